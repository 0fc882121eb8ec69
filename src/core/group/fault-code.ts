// What went wrong, where the type does not say it: the kind of fault that a runtime or sanitizer names in its own fixed
// words, and the code that an operating system, a server or a database gives. The principle: both are from closed lists
// that others wrote, so neither user nor machine can make new ones without end. Plain numbers are never codes.
import type { ErrorEvent } from '../model.ts';
import { MAX_NAME } from './function-name.ts';
import { normalize } from './normalize.ts';

type Said = Pick<ErrorEvent, 'type' | 'message'>;

/** Types that say who speaks; what happened is the beginning of the message. */
const REPORTERS = /^(?:\w+Sanitizer|runtime error|fatal error|FATAL ERROR|Fatal Python error|abort)$/;
/** Go's runtime, and Rust's standard library. */
const PANICS =
  /^runtime error: [a-z][a-z -]+|^(?:assignment to entry in nil map|close of (?:nil|closed) channel|send on closed channel|interface conversion|sync: [a-z][A-Za-z ]+|index out of bounds|called `\w+::\w+\(\)` on an? `\w+` value|attempt to [a-z -]+|already (?:mutably )?borrowed|internal error: entered unreachable code|not (?:yet )?implemented|assertion .{1,20} failed)/;

/**
 * Databases, each kind of fault under one name whoever reports it: the words are the server's own, what stands around them names
 * tables, columns and values. A driver gives one class to all of them.
 */
const REFUSED: readonly (readonly [kind: string, words: RegExp])[] = [
  [
    'unique',
    /duplicate key value violates unique constraint|\bUNIQUE constraint failed\b|\bDuplicate entry '|Violation of (?:UNIQUE|PRIMARY) KEY constraint|\bE11000 duplicate key/,
  ],
  [
    'not-null',
    /violates not-null constraint|\bNOT NULL constraint failed\b|\bColumn '[^']{1,64}' cannot be null\b|Cannot insert the value NULL into column/,
  ],
  [
    'foreign-key',
    /violates foreign key constraint|\bFOREIGN KEY constraint failed\b|\ba foreign key constraint fails\b|conflicted with the (?:FOREIGN KEY|REFERENCE) constraint/,
  ],
  [
    'check',
    /violates check constraint|\bCHECK constraint failed\b|\bCheck constraint '[^']{1,64}' is violated|conflicted with the CHECK constraint/,
  ],
  ['no-table', /\brelation "[^"]{1,128}" does not exist|\bno such table: |\bTable '[^']{1,128}' doesn't exist|Invalid object name '/],
  [
    'no-column',
    /\bcolumn (?:"[^"]{1,128}"|[\w.]{1,128}) (?:of relation "[^"]{1,128}" )?does not exist|\bno such column: |\bUnknown column '|Invalid column name '/,
  ],
  ['deadlock', /\bdeadlock detected\b|\bDeadlock found when trying to get lock\b|was deadlocked on/],
  ['locked', /\bLock wait timeout exceeded\b|\bdatabase (?:table )?is locked\b|canceling statement due to lock timeout/],
  ['too-long', /\bvalue too long for type\b|\bData too long for column '|String or binary data would be truncated/],
  ['syntax', /\bsyntax error at or near "|\bnear "[^"]{1,128}": syntax error|You have an error in your SQL syntax|Incorrect syntax near '/],
];

/** The type without the kind of fault that a sanitizer's report has behind it. */
export const reporterOf = (type: string): string => type.replace(/^(\w+Sanitizer): .*$/s, '$1');

/** @example faultOf({ type: 'AddressSanitizer', message: 'heap-use-after-free on address 0x60' }) // 'heap-use-after-free' */
export function faultOf({ type, message }: Said): string | undefined {
  if (type === null) return undefined;
  const behind = /^\w+Sanitizer: (.+)$/s.exec(type)?.[1];
  const said = behind ?? message;
  if (said === null || said === undefined) return undefined;
  // What C's `assert` holds to be true is an expression of the program.
  if (type === 'Assertion') return ASSERTED.exec(said.slice(0, MAX_SAID))?.[1];
  if (behind !== undefined || REPORTERS.test(type)) return beginning(said);
  return type === 'panic' ? PANICS.exec(said)?.[0].trim() : undefined;
}

const ASSERTED = /^(.{1,200}) failed$/;

/** Up to where the runtime begins to speak of this one occurrence. */
function beginning(said: string): string | undefined {
  const end = said.search(/ on (?:unknown )?address|[:;,([\d'"`\n]/);
  const text = (end === -1 ? said : said.slice(0, end)).trim().slice(0, 80);
  return text === '' ? normalize(said).text : text;
}

/** Words of which types are made that say only that something failed, or whom was asked. */
const GENERIC = new Set(
  (
    'error errors exception runtime throwable fault failure failed standard system application base internal general unknown os io call string ' +
    'panic std operational execution completion called process sub subprocess command http https request response api service client server ' +
    'web axios gaxios fetch transport network remote rpc grpc status sql db database query pdo pg psql postgres mysql mongo oracle jdbc driver'
  ).split(' '),
);

/** Whether a type says nothing of what went wrong. @example isGeneric('java.lang.RuntimeException') // true */
function isGeneric(type: string | null): boolean {
  const name =
    type
      ?.slice(-MAX_NAME)
      .split(/[.\\/]|::/)
      .at(-1) ?? '';
  const words = name.replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2').toLowerCase();
  return words.split(/[\s_]+/).every((word) => word === '' || GENERIC.has(word));
}

const ERRNO =
  /\b(?:E2BIG|EACCES|EADDRINUSE|EADDRNOTAVAIL|EAGAIN|EAI_AGAIN|EAI_FAIL|EALREADY|EBADF|EBUSY|ECANCELED|ECHILD|ECONNABORTED|ECONNREFUSED|ECONNRESET|EDEADLK|EDQUOT|EEXIST|EFAULT|EFBIG|EHOSTDOWN|EHOSTUNREACH|EINPROGRESS|EINTR|EINVAL|EIO|EISCONN|EISDIR|ELOOP|EMFILE|EMLINK|EMSGSIZE|ENAMETOOLONG|ENETDOWN|ENETRESET|ENETUNREACH|ENFILE|ENOBUFS|ENODEV|ENOENT|ENOEXEC|ENOLCK|ENOMEM|ENOSPC|ENOSYS|ENOTCONN|ENOTDIR|ENOTEMPTY|ENOTFOUND|ENOTSOCK|ENOTSUP|ENOTTY|ENXIO|EOVERFLOW|EPERM|EPIPE|EPROTO|ERANGE|EROFS|ESPIPE|ESRCH|ESTALE|ETIMEDOUT|ETXTBSY|EWOULDBLOCK|EXDEV)\b/;

/** Each finds the code behind the words that say which list it is of. */
const CODES: readonly (readonly [list: string, pattern: RegExp])[] = [
  ['errno', /\b(?:errno|os error)\b[\s:=\]]{0,3}-?(\d{1,3})\b/i],
  ['SQLSTATE', /\bSQLSTATE[\s:[(=]{0,3}([0-9A-Z]{5}(?:\] \[\d{4})?)\b/],
  ['SQLSTATE', /\bERROR \d{4} \(([0-9A-Z]{5})\)/],
  ['status', /\b(?:status(?:[ _]?code)?|response code|HTTP(?:\/\d(?:\.\d)?)?)\b[\s:="'(]{0,3}([45]\d\d)\b/i],
  ['rpc', /\bcode = ([A-Z]\w{1,30})\b/],
  ['rpc', /\bStatusCode\.([A-Z_]{2,30})\b/],
  ['exit', /\bexit(?:ed)?(?: with)?(?: non-zero)? (?:status|code)[\s:=]{0,3}(\d{1,3})\b/i],
  // `14 UNAVAILABLE: …`, `P1001: …`, `ORA-00942: …`, `ERR_TLS_HANDSHAKE: …`: a message that begins with its code, and not with a level.
  ['', /^(?:\d{1,2} )?(?!(?:ERROR|FATAL|PANIC|WARNING): )([A-Z]{2,}(?:_[A-Z]{2,})*|[A-Z]{1,4}-?\d{4,5}): /],
];

const MAX_SAID = 500;

/**
 * The code that stands for a generic type, or for none.
 * @param event of one without a type only what is an error has a code: an access line with a status is none
 * @example codeOf({ type: 'Error', message: 'ENOSPC: no space left' }) // 'ENOSPC'
 */
export function codeOf(event: Pick<ErrorEvent, 'type' | 'message' | 'rootCause' | 'text' | 'level'>): string | undefined {
  const { type, message, rootCause, level } = event;
  if (type === null && level !== 'error' && level !== 'fatal') return undefined;
  const code = codeSaid(event);
  // SQLite has one code for all constraints.
  if (code !== undefined && code !== 'SQLITE_CONSTRAINT') return code;
  return refusedIn(rootCause?.message ?? '') ?? refusedIn(message ?? '') ?? code;
}

function codeSaid({ type, message, rootCause, text }: Parameters<typeof codeOf>[0]): string | undefined {
  const inner = rootCause !== undefined && isGeneric(rootCause.type) ? rootCause.message : null;
  // `TypeError: fetch failed` says nothing of what went wrong either; its cause does.
  if (type !== null && !isGeneric(type)) return codeIn(inner ?? '');
  const named = /^\S{0,80}(?:Error|Exception) \[([A-Z][A-Z\d_]+)\]/.exec(text)?.[1];
  return named ?? codeIn(message ?? text) ?? codeIn(inner ?? '');
}

function codeIn(message: string): string | undefined {
  const said = message.slice(0, MAX_SAID);
  const errno = ERRNO.exec(said)?.[0];
  if (errno !== undefined) return errno;
  for (const [list, pattern] of CODES) {
    const found = pattern.exec(said)?.[1];
    if (found !== undefined) return `${list} ${found.replace('] [', ' ')}`.trim();
  }
  return undefined;
}

/** What a database refused, in its own words. */
function refusedIn(message: string): string | undefined {
  const said = message.slice(0, MAX_SAID);
  const kind = REFUSED.find(([, words]) => words.test(said))?.[0];
  return kind === undefined ? undefined : `refused ${kind}`;
}
