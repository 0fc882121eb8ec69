// Principle: where the operating system, a driver or a peer said no, no change of this repository mends it. That is read
// from what they say it with (errno, SQLSTATE, status codes of protocols, names of their exceptions), not from words
// about it: `KeyError: 'timeout'` is a missing key.
import { type Finding, type Raised, wordsOf } from './evidence.ts';

const ERRNO =
  /\b(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NONAME|ENOSPC|EDQUOT|EROFS|EIO|ENOMEM|EMFILE|ENFILE|ENOBUFS|EADDRINUSE|EADDRNOTAVAIL|ENODEV|ESTALE|EACCES|EPERM|EBUSY|EDEADLK|UND_ERR_(?:CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|SOCKET|CLOSED))\b|(?<![\w.])(?:enospc|econnrefused|econnreset|etimedout|nxdomain|ehostunreach|enetunreach|emfile|eaddrinuse)\b/;

/** Numbers of Linux where the words of the system stand beside them: 2 (not there), 17 and 22 say nothing by themselves. */
const NUMBERED = /(?:\[Errno |\[WinError |\bos error |\berrno[ =:]+-?|\bcode: )(-?\d+)\b/g;
const OF_THE_SYSTEM: ReadonlySet<number> = new Set([
  1, 5, 11, 12, 13, 16, 19, 23, 24, 28, 30, 32, 35, 98, 99, 100, 101, 103, 104, 105, 107, 110, 111, 112, 113, 116, 122, 10053, 10054, 10060,
  10061, 10065, 11001, 11002,
]);

/** What the C library and Windows call these numbers, where a runtime prints the words only. As sentences of their own. */
const SYSTEM_WORDS =
  /(?:^|[:(]\s*|- )(?:connection (?:refused|reset(?: by (?:peer|remote host))?|timed out|aborted)|no route to host|network is (?:unreachable|down)|host is (?:unreachable|down)|no such host|name or service not known|temporary failure in name resolution|nodename nor servname provided|no address associated with hostname|broken pipe|no space left on device|disk quota exceeded|read-only file system|too many open files(?: in system)?|cannot allocate memory|input\/output error|address already in use|permission denied|operation not permitted|i\/o timeout|operation timed out|stale (?:nfs )?file handle|there is not enough space on the disk|no connection could be made because the target machine actively refused it|a connection attempt failed because)/i;

/** Memory of the process or the machine is at its end. */
const MEMORY =
  /^(?:java\.lang\.)?OutOfMemoryError|\bOutOfMemoryError\b|^MemoryError\b|\bstd::bad_alloc\b|(?:JavaScript )?heap out of memory|cannot allocate memory|^(?:runtime: )?out of memory\b|memory allocation of \d+ bytes failed|^(?:fatal error: )?Allowed memory size of \d+ bytes exhausted|^System\.OutOfMemoryException|^NoMemoryError|^Killed\b|\bsignal 9\b|\(SIGKILL\)|exited with code 137\b/i;

/** The certificate or the handshake of a peer. */
const TLS =
  /\b(?:CERT_HAS_EXPIRED|UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|ERR_TLS_CERT_ALTNAME_INVALID|CERT_NOT_YET_VALID|CERTIFICATE_VERIFY_FAILED|SSLV3_ALERT\w*|TLSV1_ALERT\w*)\b|\bx509: certificate\b|certificate (?:has expired|verify failed|is not yet valid)|PKIX path (?:building|validation) failed|\bremote certificate is invalid|tls: handshake failure/i;

/** Codes of gRPC and names of clouds for "not now". */
const PEER_CODE =
  /\bcode = (?:Unavailable|DeadlineExceeded|ResourceExhausted|Aborted)\b|\b(?:status|code)\s*[:=.]?\s*["']?(?:StatusCode\.)?(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED)\b|^(?:\d+ )?(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED)\b|\b(?:SlowDown|ThrottlingException|ProvisionedThroughputExceeded\w*|RequestLimitExceeded|ServiceUnavailable|PoolTimedOut)\b|^context deadline exceeded|: context deadline exceeded\b/;

/** A driver's words where its type is one for everything. At the beginning of a message or of a part of it. */
const DRIVER_WORDS =
  /(?:^|[:(\n]\s*|["'] ?)(?:fetch failed\.?\s*$|failed to fetch\.?\s*$|(?:could not|can(?:'|no)t|unable to|failed to) (?:connect|reach|open (?:a )?connection|acquire|obtain|get (?:a )?(?:jdbc )?connection)\b|(?:fatal: )?(?:sorry, )?too many (?:clients|connections)|remaining connection slots|(?:the )?server closed the connection|terminating connection due to|(?:the )?database system is (?:starting|shutting)|(?:fatal: )?password authentication failed|lost connection to|(?:mysql )?server has gone away|(?:database|table) is locked|deadlock (?:found|detected)|lock wait timeout|canceling statement due to (?:statement timeout|lock timeout)|no (?:available|suitable) servers?|connection (?:is not available|pool|terminated|closed|lost|refused|to .{1,80} (?:failed|refused))|timed? ?out (?:waiting|after|while|acquiring)|timeout (?:exceeded|expired|acquiring|waiting)|pool timed out|queuepool limit|not enough replicas|no brokers? available|all (?:configured )?(?:nodes|hosts|brokers) (?:are )?(?:down|failed|unreachable)|name resolution)/i;

const SQLSTATE = /\bSQLSTATE[[:= ("']+([0-9A-Z]{5})\b|\bsqlstate\b\W{1,3}([0-9A-Z]{5})\b|\bcode: '([0-9A-Z]{5})'/i;
/** Classes of SQLSTATE that the server or the load are behind: connection, resources, operator, system; and lock, deadlock, serialisation. */
const SERVER_STATE = /^(?:08|53|57P|58|28|40001|40P01|55P03|57014)/;
/** Numbers of MySQL for the same. */
const MYSQL = /(?:\(|\[|ERROR |errno: )(1040|1045|1129|1130|1203|1205|1213|1226|2002|2003|2005|2006|2013|2055)\b/;
const PRISMA = /\bP(?:1001|1002|1008|1017|2024)\b/;

/** Names of exceptions for connections, time-outs and exhausted resources. Must not catch a name that only mentions them (`TimeoutHandler`, `ConnectionStringError`). */
const NAMES =
  /(?:^|\b)(?:(?:connect(?:ion)?|socket|network|transport|communications?|handshake|ssl|tls|dns|smtp server)(?: (?:timeout|timed out|refused|reset|aborted|closed|lost|failed|failure|bad|broken|terminated|not established|acquire|pool|pool timeout|initiali[sz]ation|disconnected|unavailable|interrupted|shutdown|connect))*(?: (?:error|exception|failure|failed|issue))?|(?:unknown|no such) host(?: exception| error)?|no route to host(?: exception)?|port unreachable exception|host unreachable(?: error| exception)?|(?:\w+ )*(?:timeout|timed out|deadline exceeded)(?: (?:error|exception|expired))?|server selection(?: timeout)?(?: error| exception)?|auto reconnect|(?:broken circuit|call not permitted|circuit (?:breaker )?open\w*|circuit breaking)(?: error| exception)?|cannot connect(?: now)?(?: error| exception)?|(?:connection|resource|pool) exhausted(?: error| exception)?|(?:service|server) unavailable(?: error| exception)?|too many connections(?: error| exception)?|gaierror|no brokers available|max retr(?:y|ies)(?: per request)?(?: error)?|ssl \w*(?: ?(?:exception|error))|deadlock(?: detected| victim| loser data access)?(?: error| exception)?|lock (?:wait )?timeout(?: exception)?|lock not available|serialization failure|cannot acquire lock exception|disk full|bulkhead full exception|insufficient (?:resources|storage))$/;

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
    PRISMA.exec(`${said}\n${rest}`)?.[0];
  if (code !== undefined) return found('driver', code);
  const words = wordsOf(type);
  const name = NAMES.exec(words)?.[0];
  if (name !== undefined) return found('driver', type);
  const system = SYSTEM_WORDS.exec(said)?.[0] ?? DRIVER_WORDS.exec(said)?.[0];
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
  const state = match?.[1] ?? match?.[2] ?? match?.[3];
  // PDO writes HY000 for everything and MySQL's own number behind it.
  return state === undefined || state === 'HY000' || !/\d/.test(state) ? undefined : state;
}
