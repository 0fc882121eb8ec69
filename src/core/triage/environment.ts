// Principle: where the operating system, a driver or a peer said no, no change of this repository mends it. That is read
// from what they say it with (errno, SQLSTATE, status codes of protocols, names of their exceptions), not from words
// about it: `KeyError: 'timeout'` is a missing key.
import { awayIn } from './away.ts';
import { type Finding, type Raised, wordsOf } from './evidence.ts';

const ERRNO =
  /\b(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NONAME|ENOSPC|EDQUOT|EROFS|EIO|ENOMEM|EMFILE|ENFILE|ENOBUFS|EADDRINUSE|EADDRNOTAVAIL|ENODEV|ESTALE|EACCES|EPERM|EBUSY|EDEADLK|UND_ERR_(?:CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|SOCKET|CLOSED))\b|(?<![\w.])(?:enospc|econnrefused|econnreset|etimedout|nxdomain|ehostunreach|enetunreach|emfile|eaddrinuse)\b/;

/** Numbers of Linux where the words of the system stand beside them: 2 (not there), 17 and 22 say nothing by themselves. */
const NUMBERED = /(?:\[Errno |\[WinError |\bos error |\berrno[ =:]+-?|\bcode: |\[(?:system|generic):)(-?\d+)\b\]?/g;
const OF_THE_SYSTEM: ReadonlySet<number> = new Set([
  1, 5, 11, 12, 13, 16, 19, 23, 24, 28, 30, 32, 35, 98, 99, 100, 101, 103, 104, 105, 107, 110, 111, 112, 113, 116, 122, 10053, 10054, 10060,
  10061, 10065, 11001, 11002,
]);

/** What the C library and Windows call these numbers, where a runtime prints the words only. As sentences of their own. */
const SYSTEM_WORDS =
  /(?:^|[:(\]>]\s*|- )(?:connection (?:refused|reset(?: by (?:peer|remote host))?|timed out|aborted)|no route to host|network is (?:unreachable|down)|host is (?:unreachable|down)|no such host|name or service not known|temporary failure in name resolution|nodename nor servname provided|no address associated with hostname|broken pipe|no space left on device|disk quota exceeded|read-only file system|too many open files(?: in system)?|cannot allocate memory|input\/output error|address already in use|permission denied|operation not permitted|i\/o timeout|operation timed out|stale (?:nfs )?file handle|there is not enough space on the disk|no connection could be made because the target machine actively refused it|a connection attempt failed because)/i;

/** Memory of the process or the machine is at its end. */
const MEMORY =
  /^(?:java\.lang\.)?OutOfMemoryError|\bOutOfMemoryError\b|^MemoryError\b|\bstd::bad_alloc\b|(?:JavaScript )?heap out of memory|cannot allocate memory|^(?:runtime: )?out of memory\b|memory allocation of \d+ bytes failed|^(?:fatal error: )?Allowed memory size of \d+ bytes exhausted|^System\.OutOfMemoryException|^NoMemoryError|^Killed\b|\bsignal 9\b|\(SIGKILL\)|died with .{0,12}SIGKILL|memory limit\b.{0,20}\bexceeded|exited with code 137\b/i;

/** The certificate or the handshake of a peer. */
const TLS =
  /\b(?:CERT_HAS_EXPIRED|UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|ERR_TLS_CERT_ALTNAME_INVALID|CERT_NOT_YET_VALID|CERTIFICATE_VERIFY_FAILED|SSLV3_ALERT\w*|TLSV1_ALERT\w*)\b|\bx509: certificate\b|certificate (?:has expired|verify failed|is not yet valid)|PKIX path (?:building|validation) failed|\bremote certificate is invalid|tls: handshake failure/i;

/** Codes of gRPC and names of clouds for "not now". */
const PEER_CODE =
  /\bcode(?: =|:) (?:Unavailable|DeadlineExceeded|ResourceExhausted|Aborted)\b|\b(?:status|code)\s*[:=.]?\s*["']?(?:StatusCode\.)?(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED)\b|^(?:\d+ )?(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED)\b|\b(?:SlowDown|ThrottlingException|ProvisionedThroughputExceeded\w*|RequestLimitExceeded|ServiceUnavailable|PoolTimedOut)\b|^context deadline exceeded|: context deadline exceeded\b/;

/** A driver's words where its type is one for everything. At the beginning of a message or of a part of it. */
const DRIVER_WORDS =
  /(?:^|[:(\n)]\s*|["'] ?|\*\d+ )(?:fetch failed\.?\s*$|failed to fetch\.?\s*$|lost connection to|(?:mysql )?server has gone away|(?:database|table) is locked|deadlock (?:found|detected)|lock wait timeout|canceling statement due to (?:statement timeout|lock timeout)|(?:fatal: )?password authentication failed|connection (?:is not available|pool|terminated|closed|lost|refused|to .{1,80} (?:failed|refused))|timed? ?out (?:waiting|after|while|acquiring)|timeout (?:exceeded|expired|acquiring|waiting)|name resolution|not (?:primary|master|(?:the )?(?:partition )?leader)\b|node is (?:recovering|not))/i;

/** Go says so of every request that got no answer; what it says of the address itself is ours. */
const GO_REQUEST =
  /\b(?:Get|Head|Post|Put|Patch|Delete) \\?"https?:\/\/[^"\s\\]*\\?": (?!unsupported|invalid|stopped after|net\/http: invalid)/;
/** What Redis begins an answer with where it does not serve now. */
const REDIS = /^(?:LOADING|READONLY|OOM|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|NOAUTH|WRONGPASS|NOPERM)(?= )/;
/** What was closed and is used again: the matter of who closed it. */
const USED_AFTER_CLOSE =
  /\bafter (?:calling|invoking|it (?:was|has been)|being|the \w+ (?:was|has been)|end|close|quit)\b|\b(?:pool|connection|client|channel|session|executor|producer|consumer) (?:is |was |has been )?(?:already )?(?:shut ?down|closed)\b/i;

const SQLSTATE =
  /\b(?:FATAL|ERROR) ([0-9A-Z]{5}) \(|\bSQLSTATE[[:= ("']+([0-9A-Z]{5})\b|\bsqlstate\b\W{1,3}([0-9A-Z]{5})\b|\bcode: '([0-9A-Z]{5})'/i;
/**
 * Classes of SQLSTATE that the server or the load are behind: connection, resources, operator, system; and lock, deadlock, serialisation.
 * Not 08P01: what the client sent was not the protocol.
 */
const SERVER_STATE = /^(?:08(?!P01)|53|57P|58|28|40001|40P01|55P03|57014)/;
/** Numbers of MySQL for the same. */
const MYSQL =
  /(?:\(|\[|ERROR |errno: )(1021|1037|1040|1041|1045|1114|1129|1130|1203|1205|1213|1226|1290|1836|2002|2003|2005|2006|2013|2055)\b/;
/** Oracle's numbers for its network, for a server that is not there or is going down, and for what it has run out of. */
const ORACLE =
  /\bORA-(?:12[1-6]\d\d|0?1(?:033|034|089|090|092)|0?311[34]|03135|000(?:18|20|60)|0?1(?:652|653|654|688)|27101|17002|17008|17410)\b/;
const PRISMA = /\bP(?:1001|1002|1008|1017|2024)\b/;

/** What is outside of the process, as names of exceptions call it. */
const OUTSIDE =
  '(?:connect(?:ion)?|socket|network|transport|channel|communications?|link|handshake|ssl|tls|dns|smtp(?: server)?|brokers?|server|service|upstream|gateway|proxy|peer|remote|host|node|nodes|cluster|replicas?|shard|primary|master|leader|coordinator|quorum|partition|region|endpoints?|backend|database|db|cache|redis|pool|disk|volume|storage|stream)';
/** That it is not there, or not now. A name that only mentions it must not match (`ConnectionStringError`, `StreamClosed` of our own). */
const NOT_NOW =
  '(?:timeout|timed out|refused|reset|aborted|lost|loss|failed|failure|bad|broken|terminated|not established|not available|unavailable|un ?reachable|not reachable|not responding|no response|acquire|pool|pool timeout|initiali[sz]ation|disconnected|disconnect|interrupted|shut ?down|connect|down|busy|overloaded|exhausted|full|not ready|not found for partition|election)';
const NAMES = new RegExp(
  [
    `${OUTSIDE}(?: all)?(?: ${NOT_NOW})+(?: (?:error|exception|failure|failed|issue))?`,
    `(?:unavailable|unreachable|disconnected|not enough|too few) ${OUTSIDE}s?(?: (?:error|exception))?`,
    // Nothing but the outside, and that it failed.
    '(?:connect(?:ion)?|socket|network|transport|communications?|handshake|ssl|tls|dns|smtp server)(?: closed)?(?: (?:error|exception|failure|failed|issue))?',
    '(?:unknown|no such) host(?: exception| error)?|no (?:route to host|brokers?|nodes?|hosts?|servers?|connections?)(?: (?:available|alive|reachable))?(?: exception| error)?|port unreachable exception',
    String.raw`(?:\w+ )*(?:timeout|timed out|deadline exceeded)(?: (?:error|exception|expired))?`,
    'no (?:http )?response(?: error| exception)?|retr(?:yable|iable)(?: error| exception)?|server selection(?: timeout)?(?: error| exception)?|busy loading(?: error| exception)?|auto reconnect|cannot connect(?: now)?(?: error| exception)?|gaierror|not leader \\w+(?: \\w+)*',
    String.raw`(?:broken circuit|call not permitted|circuit (?:breaker )?open\w*|circuit breaking)(?: error| exception)?|bulkhead full exception`,
    '(?:connection|resource|pool) exhausted(?: error| exception)?|too many connections(?: error| exception)?|max retr(?:y|ies)(?: per request)?(?: error)?',
    String.raw`ssl \w*(?: ?(?:exception|error))`,
    '(?:deadlock(?: detected| victim| loser data access)?|cannot acquire lock|lock not available|serialization failure)(?: error| exception)?|lock (?:wait )?timeout(?: exception)?',
    '(?:sql |data access )?(?:transient|recoverable)(?: data access)?(?: resource)?(?: connection)?(?: error| exception)?|sql (?:transient|recoverable|non transient connection)(?: error| exception)?',
    'insufficient (?:resources|storage|memory|replicas)(?: error| exception)?|(?:cuda )?out of memory(?: error| exception)?|quota exceeded(?: error| exception)?|(?:disk|storage|device|no) (?:space|quota)(?: left| exceeded)?(?: error| exception)?',
  ]
    .map((each) => `(?:${each})`)
    .join('|')
    .replace(/^/, '(?:^|\\b)(?:')
    .replace(/$/, ')$'),
);

/** What an option, a column or a key is called says nothing of what happened. */
const NAME_IN_QUOTES =
  /\b((?:keyword|option|propert(?:y|ies)|settings?|parameters?|keys?|arguments?|fields?|columns?|attributes?|variables?|flags?|methods?|relation|table|named?)\b[^'"`\n]{0,30})(['"`])[^'"`\n]{1,80}\2/gi;

/** What the system, a driver or a peer said. `rest` is text behind the message that belongs to the same error (its fields). */
export function fromOutside({ type, message }: Raised, rest: string): Finding | undefined {
  const said = message.slice(0, 4000);
  const found = (kind: Finding['kind'], value: string): Finding => ({ class: 'environment', kind, value: value.trim() });
  const whole = `${type}: ${said}`;
  const memory = MEMORY.exec(whole)?.[0];
  if (memory !== undefined) return found('resource', memory);
  const errno = ERRNO.exec(said)?.[0] ?? ERRNO.exec(rest)?.[0] ?? numbered(said) ?? numbered(rest) ?? rubyErrno(type);
  if (errno !== undefined) return found('errno', errno);
  const tls = TLS.exec(whole)?.[0] ?? TLS.exec(rest)?.[0];
  if (tls !== undefined) return found('tls', tls);
  const state = stateOf(`${said}\n${rest}`);
  if (state !== undefined) return SERVER_STATE.test(state) ? found('sqlstate', state) : undefined;
  const code =
    PEER_CODE.exec(whole)?.[0] ??
    PEER_CODE.exec(rest)?.[0] ??
    MYSQL.exec(said)?.[0]?.replace(/\D/g, '') ??
    ORACLE.exec(said)?.[0] ??
    PRISMA.exec(`${said}\n${rest}`)?.[0];
  if (code !== undefined) return found('driver', code);
  const words = wordsOf(type);
  const name = NAMES.exec(words)?.[0];
  if (name !== undefined) return found('driver', type);
  if (/^(?:illegal state|invalid operation|interface)\b/.test(words) && USED_AFTER_CLOSE.test(said)) return undefined;
  const told = said.slice(0, 600).replace(NAME_IN_QUOTES, '$1');
  const system =
    SYSTEM_WORDS.exec(said)?.[0] ??
    DRIVER_WORDS.exec(said)?.[0] ??
    (/\bafter (?:calling|invoking|end|close|quit)\b/i.test(said) ? undefined : awayIn(told)) ??
    GO_REQUEST.exec(said)?.[0] ??
    REDIS.exec(said)?.[0];
  return system === undefined ? undefined : found('words', system.replace(/^\W+/, ''));
}

function numbered(text: string): string | undefined {
  for (const [all, number] of text.matchAll(NUMBERED)) if (OF_THE_SYSTEM.has(Math.abs(Number(number)))) return all;
  return undefined;
}

/** Ruby names errno as a class. */
function rubyErrno(type: string): string | undefined {
  return /^Errno::(?!ENOENT|EEXIST|ENOTDIR|EINVAL|EISDIR|EBADF|EDOM|ERANGE)E[A-Z]+$/.exec(type)?.[0];
}

function stateOf(text: string): string | undefined {
  const match = SQLSTATE.exec(text);
  const state = match?.slice(1).find(Boolean);
  // PDO writes HY000 for everything and MySQL's own number behind it.
  return state === undefined || state === 'HY000' || !/\d/.test(state) ? undefined : state;
}
