import {
  atLeast,
  keywordTest,
  levelOfHundreds,
  levelOfName,
  levelOfNumber,
  levelOfOtel,
  levelOfSyslog,
} from '../../../src/core/formats/level.ts';
import { KEYWORDS } from '../read/detector-run.ts';

const test_ = keywordTest(KEYWORDS);

describe('keywords in text without a level', () => {
  const rows: readonly (readonly [text: string, expected: string | undefined])[] = [
    ['unexpected error while reading', 'error'],
    ['Error: Cannot find module', 'error'],
    ['SomeException: foo', 'error'],
    ['java.lang.NullPointerException', 'error'],
    ['caught TypeError in worker', 'error'],
    ['CRITICAL disk failure', 'fatal'],
    ['panic: oh no', 'fatal'],
    ['error=disk full', 'error'],
    ['exit with error.', 'error'],
    ['errors=0', undefined],
    ['error=0 warn=2', undefined],
    ['error: null', undefined],
    ['errors: 3', undefined],
    ['Tests: 12 passed, 0 failed', undefined],
    ['finished without errors', undefined],
    ['finished without error', undefined],
    ['completed with no errors', undefined],
    ['This is not an exception.', undefined],
    ['it contains no exception.', undefined],
    ['GET /error/500 200', undefined],
    ['see https://example.org/error?x=1', undefined],
    ['loading error.html', undefined],
    ['error_page set', undefined],
    ['the error-handler is ready', undefined],
    ['query "panic: fatal exception" took 3 ms', undefined],
    ["matching 'error' in titles", undefined],
    ['`error` is a reserved word', undefined],
    ['entering critical section', undefined],
    ['mirror errorless terror', undefined],
    ['hispanic food', undefined],
    ['the error rate is 0%', undefined],
    ['error rate 0.0054% below threshold 1%', undefined],
    ['error budget 93% left', undefined],
    ['error rate 7% is above 1%', 'error'],
    ['error handling is enabled', undefined],
    ['Error count: 0', undefined],
    ['fatal error page reachable', undefined],
    ['fatal error: no rate', 'fatal'],
    ['error budget of checkout exhausted', 'error'],
    ['error ratings cannot be loaded', 'error'],
    ['loaded error catalogue with 120 entries', undefined],
    ['error queue overflow', 'error'],
    ['Installing signal handlers for fatal signals', undefined],
    ['Installing shop, got an error from the server', 'error'],
    ['Opening /etc/shop.conf: error', 'error'],
    ['Starting shop failed with error 5', 'error'],
    ['set log level to error', undefined],
    ['retry succeeded after transient error', undefined],
    ['recovered from previous error, continuing', undefined],
    ['mean absolute error 0.231', undefined],
    ['error 51 while paying', 'error'],
    ['lastError=<nil>', undefined],
    ['Started error-log.service - Collects errors.', undefined],
    ['Started shop.service but error in its hook', 'error'],
  ];
  test.each(rows)('%s → %s', (text, expected) => {
    expect(test_(text)).toBe(expected);
  });

  test('no keywords, no matches; keywords with signs are taken literally', () => {
    expect(keywordTest([])('ERROR')).toBeUndefined();
    expect(keywordTest(['(fail)'])('it did (fail) again')).toBe('error');
    expect(keywordTest(['a.c'])('abc')).toBeUndefined();
  });
});

/** Wrong answers we know of: whoever mends one moves its row up. */
describe('known wrong', () => {
  const rows: readonly (readonly [text: string, desired: string | undefined, actual: string | undefined])[] = [
    ['Errors: 3 of 10 jobs', 'error', undefined],
    ['12 jobs failed', 'error', undefined],
  ];
  test.each(rows)('%s: desired %s, actual %s', (text, desired, actual) => {
    expect(test_(text)).toBe(actual);
    expect(actual).not.toBe(desired);
  });
});

describe('levels by name and number', () => {
  test.each([
    ['SEVERE', 'error'],
    ['crit', 'fatal'],
    ['Warning', 'warn'],
    ['notice', 'info'],
    ['ERRO', 'error'],
    ['trace8', 'trace'],
    ['DEBUG1', 'debug'],
    ['error1', undefined],
    ['debug0', undefined],
    ['constructor', undefined],
    ['errors', undefined],
  ])('%s is %s', (name, expected) => {
    expect(levelOfName(name)).toBe(expected);
  });
  test('numbers of syslog, pino, Python and OpenTelemetry', () => {
    expect([0, 2, 3, 4, 5, 7].map(levelOfSyslog)).toEqual(['fatal', 'fatal', 'error', 'warn', 'info', 'debug']);
    expect([10, 30, 40, 50, 55, 60].map((value) => levelOfNumber(value, false))).toEqual([
      'trace',
      'info',
      'warn',
      'error',
      'error',
      'fatal',
    ]);
    expect([10, 20, 30, 40, 50].map((value) => levelOfNumber(value, true))).toEqual(['debug', 'info', 'warn', 'error', 'fatal']);
    expect([1, 5, 9, 13, 17, 21].map(levelOfOtel)).toEqual(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);
  });
  test('order', () => {
    expect(atLeast('fatal', 'error')).toBe(true);
    expect(atLeast('warn', 'error')).toBe(false);
    expect(atLeast('trace', 'all')).toBe(true);
  });
});

describe('levels in hundreds', () => {
  test.each<[number, string | undefined, string | undefined]>([
    [100, 'debug', 'debug'],
    [200, 'info', 'info'],
    [250, 'info', 'info'],
    [300, 'warn', 'info'],
    [400, 'error', 'warn'],
    [500, 'fatal', 'error'],
    [550, 'fatal', 'error'],
    [600, 'fatal', 'fatal'],
    [800, undefined, 'fatal'],
    [404, undefined, undefined],
    [1500, undefined, undefined],
  ])('%i', (value, monolog, google) => {
    expect([levelOfHundreds(value, false), levelOfHundreds(value, true)]).toEqual([monolog, google]);
  });
});
