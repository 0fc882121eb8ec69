// Whose matter an error is: rows of (what was raised, class), language by language, with the neighbours that look like it.
import type { Frame, Language } from '../../../src/core/model.ts';
import type { TriageClass } from '../../../src/core/tables.ts';
import { raiseSite } from '../../../src/core/triage/raise-site.ts';
import { type Triaged, triage } from '../../../src/core/triage/triage.ts';
import { isLinear } from '../../support/processor-time.ts';

const OWN: Frame = { file: '/srv/app/src/orders.js', line: 3, function: 'total', inApp: true };
const library = (file: string, name = 'run'): Frame => ({ file, line: 9, function: name, inApp: false });

interface More {
  readonly frames?: readonly Frame[];
  readonly cause?: readonly [string, string];
  /** Lines behind the first of the text. */
  readonly rest?: string;
  readonly language?: Language;
  /** The source, of which the third line is the frame's. */
  readonly line?: string;
}

function classOf(
  type: string,
  message: string,
  { frames = [OWN], cause, rest = '', language = 'javascript', line }: More = {},
): TriageClass {
  const event: Triaged = {
    type: type === '' ? null : type,
    message,
    frames,
    language,
    text: `${type}: ${message}\n${rest}`,
    ...(cause === undefined ? {} : { rootCause: { type: cause[0], message: cause[1] } }),
  };
  const site = line === undefined ? undefined : raiseSite('src/orders.js', `// orders\nfunction total(o) {\n${line}\n}\n`, 3);
  return triage(event, site).class;
}

type Row = readonly [type: string, message: string, more?: More];

const CODE_FAULTS: readonly Row[] = [
  ['TypeError', "Cannot read properties of undefined (reading 'timeout')"],
  ['AttributeError', "'NoneType' object has no attribute 'permission'", { language: 'python' }],
  ['KeyError', "'connection refused'", { language: 'python' }],
  ['java.lang.NullPointerException', 'Cannot invoke "Socket.getPort()" because "socket" is null', { language: 'java' }],
  ['org.springframework.web.util.NestedServletException', 'Request processing failed', { cause: ['java.lang.NullPointerException', ''] }],
  ['runtime error', 'index out of range [3] with length 3', { language: 'go' }],
  ['panic', 'assignment to entry in nil map', { language: 'go' }],
  ['panic', 'called `Option::unwrap()` on a `None` value', { language: 'rust' }],
  ['NoMethodError', "undefined method `permission' for nil:NilClass", { language: 'ruby' }],
  ['Error', 'Call to a member function connect() on null', { language: 'php' }],
  ['System.InvalidOperationException', 'Sequence contains no elements', { language: 'dotnet' }],
  ['MatchError', 'no match of right hand side value: []', { language: 'elixir' }],
  ['TypeError', 'fetch failed twice is not a function', { cause: ['Error', 'connect ECONNREFUSED 10.0.0.5:5432'] }],
  ['psycopg2.errors.UndefinedColumn', 'column "qtty" does not exist', { language: 'python' }],
  ['sqlite3.OperationalError', 'no such table: orders', { language: 'python' }],
  [
    'IllegalStateException',
    'must not be called before open()',
    { line: '  throw new IllegalStateException("must not be called before open()");', language: 'java' },
  ],
  ['Error', 'unreachable: order without lines', { line: "  throw new Error('unreachable: order without lines');" }],
  [
    'Error',
    "ENOENT: no such file or directory, open './templates/reciept.html'",
    { line: "  return fs.readFileSync('./templates/reciept.html');" },
  ],
  ['fastapi.exceptions.ResponseValidationError', '1 validation error', { language: 'python' }],
];

const ENVIRONMENT: readonly Row[] = [
  ['Error', 'connect ECONNREFUSED 10.0.0.5:5432'],
  ['Error', 'Query read timeout', { rest: "  errno: -110,\n  code: 'ETIMEDOUT'," }],
  ['OSError', '[Errno 28] No space left on device', { language: 'python' }],
  ['PermissionError', "[Errno 13] Permission denied: '/var/lib/app/x'", { language: 'python' }],
  ['java.net.SocketTimeoutException', 'Read timed out', { language: 'java' }],
  ['com.acme.OrderException', 'cannot save', { cause: ['java.net.ConnectException', 'Connection refused'], language: 'java' }],
  ['java.lang.OutOfMemoryError', 'Java heap space', { language: 'java' }],
  ['Errno::ECONNRESET', 'Connection reset by peer', { language: 'ruby' }],
  ['PDOException', 'SQLSTATE[HY000] [2002] Connection refused', { language: 'php' }],
  ['psycopg2.OperationalError', 'FATAL:  sorry, too many clients already', { language: 'python' }],
  ['', 'dial tcp 10.0.0.5:5432: connect: connection refused', { language: 'go' }],
  ['', 'rpc error: code = Unavailable desc = name resolver error', { language: 'go' }],
  [
    'panic',
    'called `Result::unwrap()` on an `Err` value: Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }',
    { language: 'rust' },
  ],
  ['MatchError', 'no match of right hand side value: {:error, :econnrefused}', { language: 'elixir' }],
  ['AxiosError', 'Request failed with status code 503'],
  ['requests.exceptions.HTTPError', '401 Client Error: Unauthorized for url: https://pay.example/v1', { language: 'python' }],
  ['Error', 'unable to verify the first certificate', { rest: "  code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'" }],
  ['SQLException', 'Deadlock found when trying to get lock; try restarting transaction', { rest: "  sqlState: '40001'" }],
  [
    'FileNotFoundError',
    "[Errno 2] No such file or directory: '/mnt/share/in.csv'",
    { frames: [{ ...OWN, file: '/srv/app/shop/load.py' }], language: 'python' },
  ],
];

const DENIED: readonly Row[] = [
  ['UnauthorizedError', 'invalid token'],
  ['ForbiddenException', 'no'],
  ['org.springframework.security.access.AccessDeniedException', 'Access is denied', { language: 'java' }],
  ['jwt.exceptions.ExpiredSignatureError', 'Signature has expired', { language: 'python' }],
  ['HttpError', 'no entry', { rest: '  status: 403,', frames: [OWN, library('/srv/app/node_modules/express/lib/router/layer.js')] }],
  ['Error', 'Not allowed by CORS'],
  ['Error', 'Please authenticate'],
  ['Error', 'please log in first'],
];

const BAD_INPUT: readonly Row[] = [
  ['ValidationError', 'amount is required', { line: "  throw new ValidationError('amount is required');" }],
  ['ActiveRecord::RecordNotFound', "Couldn't find Order with 'id'=17", { language: 'ruby' }],
  ['org.springframework.web.bind.MethodArgumentNotValidException', 'Validation failed for argument [0]', { language: 'java' }],
  [
    'SyntaxError',
    'Unexpected token } in JSON at position 41',
    { frames: [library('/srv/app/node_modules/body-parser/lib/types/json.js', 'parse')] },
  ],
  [
    'django.core.exceptions.DisallowedHost',
    "Invalid HTTP_HOST header: 'x'",
    { frames: [library('/usr/lib/python3/dist-packages/django/http/request.py')], language: 'python' },
  ],
  ['BadRequestException', 'qty must be a number', { rest: '  status: 400' }],
];

const UNKNOWN: readonly Row[] = [
  ['SyncError', 'did not finish', { line: "  throw new SyncError('did not finish');" }],
  ['Error', 'something went wrong'],
  ['Error', 'please sign the form'],
  ['AxiosError', 'Request failed with status code 404'],
  ['ValueError', 'bad value', { language: 'python', line: "  raise ValueError('bad value')" }],
  ['pydantic_core.SettingsError', 'error parsing value', { language: 'python' }],
];

const rows = (all: readonly Row[]): readonly [string, Row][] => all.map((row) => [`${row[0]}: ${row[1].slice(0, 60)}`, row]);

describe('a fault of the code', () => {
  test.each(rows(CODE_FAULTS))('%s', (_name, [type, message, more]) => {
    expect(['code-fault', 'unknown']).toContain(classOf(type, message, more));
  });
});
describe('the environment', () => {
  test.each(rows(ENVIRONMENT))('%s', (_name, [type, message, more]) => expect(classOf(type, message, more)).toBe('environment'));
});
describe('a denial', () => {
  test.each(rows(DENIED))('%s', (_name, [type, message, more]) => expect(classOf(type, message, more)).toBe('denied'));
});
describe('bad input', () => {
  test.each(rows(BAD_INPUT))('%s', (_name, [type, message, more]) => expect(classOf(type, message, more)).toBe('bad-input'));
});
describe('nothing says whose', () => {
  test.each(rows(UNKNOWN))('%s', (_name, [type, message, more]) => expect(classOf(type, message, more)).toBe('unknown'));
});

test('the evidence names what decided, and then what would have decided otherwise', () => {
  const message = "Cannot read properties of undefined (reading 'code'): connect ECONNREFUSED 10.0.0.5:1";
  const { evidence } = triage({ type: 'TypeError', message, frames: [OWN], language: 'javascript', text: `TypeError: ${message}` });
  expect(evidence[0]).toEqual({ kind: 'runtime-fault', value: 'TypeError', contributes: true });
  expect(evidence[1]).toEqual({ kind: 'errno', value: 'ECONNREFUSED', contributes: false });
});

test('what says the same as what decided contributes too', () => {
  const message = 'runtime error: invalid memory address or nil pointer dereference';
  const cause = { type: 'runtime error', message: message.replace('runtime error: ', '') };
  const { evidence } = triage({ type: 'panic', message, rootCause: cause, frames: [OWN], language: 'go', text: `panic: ${message}` });
  expect(evidence.map(({ kind, contributes }) => ({ kind, contributes }))).toEqual([
    { kind: 'runtime-fault', contributes: true },
    { kind: 'runtime-fault', contributes: true },
  ]);
});

test('a number of the system is named whole, with its brackets', () => {
  const message = '[Errno 111] Connection refused';
  const { evidence } = triage({ type: 'ConnectionRefusedError', message, frames: [OWN], language: 'python', text: message });
  expect(evidence[0]).toEqual({ kind: 'errno', value: '[Errno 111]', contributes: true });
});

test.each([
  'connection to a.b.c ',
  'server is ',
  'X.Error: ',
  'a.B',
  'invalid token ',
  '"error":"',
  'err=x ',
  'request too ',
  'status ',
  '([',
])('is linear in %s', async (piece) => {
  const grows = (size: number): void => {
    const message = piece.repeat(size);
    for (const type of ['Error', message]) classOf(type, message, { rest: '  code: x\n'.repeat(size) });
    classOf('Error', 'x', { rest: `{"${message}` });
  };
  expect(await isLinear(grows)).toBe(true);
});
