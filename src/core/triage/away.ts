// Principle: a sentence that names what is outside of the process and says that it is away is true whatever this code does. The
// parts are put together from what can be away and from what is said of it.
import { type Woken, wokenIn } from './woken.ts';

/** What is outside of the process and can be away, as sentences call it. */
const THING =
  '(?:connections?|sockets?|servers?|hosts?|peers?|brokers?|nodes?|clusters?|upstreams?|backends?|gateway|proxy|network|database(?: system| server)?|db|leader|primary|master|coordinator|(?:primary )?shards?|replicas?|endpoints?|services?|remote(?: end| host| server| side)?|tunnel|link|redis|smtp|ldap|dns)';
/** What ends between two programs, and fails by itself. */
const LINE =
  '(?:connections?|sockets?|handshake|link|tunnel|dns(?: lookup| query)?|name resolution|network|transport|heartbeat|disk|i/o|tls|ssl)';
const SLOWLY = String.raw`(?:(?:has|have|had|is|was|were|are|been|got|currently|temporarily|prematurely|unexpectedly|abruptly|forcibly|suddenly|already|be)\s+)*`;
/** "Is closed" is a state, which says nothing of who closed it; "closed" is what happened to it. */
const HAPPENED = '(?<!\\b(?:is|are|be|already|in|if|when) (?:already )?)';

const row = (words: readonly string[], source: string): Woken => ({ words, source });

const SENTENCES: readonly Woken[] = [
  row(['exhausted', 'full', 'saturated', 'capacity', 'empty'], `pool ${SLOWLY}(?:exhausted|full|saturated|at capacity|empty)\\b`),
  row(
    [
      'unavailable',
      'unreachable',
      'down',
      'offline',
      'overloaded',
      'exhausted',
      'gone',
      'disconnected',
      'not ',
      'recovery',
      'starting up',
      'too busy',
      'went away',
      'only',
      'safe',
      'maintenance',
      'standby',
      'failed to',
    ],
    `${THING} ${SLOWLY}(?:unavailable|unreachable|down|offline|overloaded|exhausted|gone|disconnected|not (?:currently )?(?:available|active|reachable|responding|respond|answering|ready|established|accepting)|(?:in|not yet out of) recovery|starting up|shutting down|too busy|went away|(?:running |in )?(?:with the )?-{0,2}(?:read[- ]?only|safe ?mode|maintenance|standby)|(?:failed to|(?:did|does) not) (?:reply|respond|answer))\\b`,
  ),
  row(
    ['closed', 'lost', 'broken', 'reset', 'refused', 'aborted', 'terminated', 'dropped', 'interrupted', 'timed out', 'cut'],
    `(?:${LINE}|remote(?: end| host| side)?|peer|server|upstream|broker)(?: (?:to|with|from) \\S{1,80})? ${SLOWLY}(?:${HAPPENED}closed|lost|broken|reset|refused|aborted|terminated|dropped|interrupted|timed out|cut)\\b`,
  ),
  row(['busy', 'is loading'], `(?:server|service|system|broker|host|node|cluster|backend) ${SLOWLY}busy\\b|\\bcoordinator is loading\\b`),
  row(
    ['available', 'goaway', 'circuit', 'quota'],
    String.raw`\bno (?:\w+ )?(?:instances?|responders?|workers?|slots?|capacity|resources?|members?) (?:are |is )?(?:currently )?available\b|\bGOAWAY (?:received|frame)\b|\bshort-circuited\b|\bcircuit (?:breaker )?(?:is )?(?:now )?open\b|\bexceed(?:ed|s|ing) (?:\w+ )?quota\b`,
  ),
  row(['fail', 'error'], `(?:${LINE}|server selection) ${SLOWLY}(?:fail(?:ed|ure)|errors?)\\b`),
  row(
    ['connection', 'socket', 'link', 'pipe'],
    '(?:closed|lost|broken?|dropped|reset|refused|aborted|terminat(?:ed|ing)|bad|dead|stale|interrupted) (?:the |its |our |a |an |tcp |tls |ssl |idle |existing )*(?:connection|socket|link|pipe)\\b',
  ),
  row(
    ['no ', 'without'],
    String.raw`\b(?:no|without(?: any)?) (?:live|available|suitable|healthy|reachable|active|known|alive) ${THING}\b|\bno ${THING} (?:is |are |was |were )?(?:available|alive|reachable|found|left|elected|while|to)\b`,
  ),
  row(
    ['out of', 'consistency level', 'too many', 'slots', 'not enough'],
    String.raw`\b(?:run|ran|running) out of \w+|\bcannot achieve consistency level\b|\btoo many (?:clients|(?:open )?connections|open files)\b|\bremaining connection slots\b|\bnot enough (?:replicas|memory|space|disk space)\b`,
  ),
  row(
    ['connect', 'reach', 'contact', 'communicat', 'resolv', 'socket'],
    `(?:could not|can(?:'|no)t|unable to|failed to|failure to|error (?:trying to|while)|problem) (?:be )?(?:re)?(?:connect(?:ing|ed)?(?! (?:until|before|twice))|reach(?:ing|ed)?|contact(?:ing)?|communicat(?:e|ing) with|resolv(?:e|ing) (?:the )?(?:host|address|name)|(?:acquir|obtain|provid|open|establish|get|creat)(?:e|ing|ed)? (?:a |an |the )?(?:new |jdbc |database |db |tcp |tls )?(?:connection|socket))(?! string)`,
  ),
  row(
    ['timed out', 'timedout', 'timeout', 'time-out'],
    `(?:request|operation|query|command|statement|read|write|recv|send|connect(?:ion)?|connack|ack|transaction|lock|lease|call|lookup|dial|ping|handshake|response|reply|gateway|headers?|body|idle|pool|socket) (?:has |was )?(?:timed ?out\\b|time-?out\\b(?! (?:must|should|is|was|of)|[ =:]+\\S*\\d*[ .]*(?:invalid|not)))`,
  ),
  row(['timeout', 'time-out'], String.raw`\btime-?out\b.{0,40}\b(?:exceeded|elapsed|elapsing|expired|reached)\b`),
  row(
    ['temporar', 'again', 'down', 'failed', 'unreachable'],
    String.raw`\btemporar(?:y|ily) (?:unavailable|failure|error|overloaded|disabled|out of)|\b(?:please )?(?:try|retry) again(?: later|\.?$| in \d)|\ball (?:configured )?${THING} (?:are )?(?:down|failed|unreachable)|\b\d+/\d+ ${THING} are down`,
  ),
  row(
    ['election', 'change', 'failover', 'restart', 'shutdown', 'maintenance', 'outage', 'failure', 'stepped down', 'failed over'],
    String.raw`\b(?:leader|primary|master|coordinator|node|server|database|broker) (?:election|change|failover|restart|shutdown|maintenance|outage|failure)\b|\b(?:leader|primary|master|coordinator) (?:changed|stepped down|failed over)\b|\bdue to (?:a |an |the )?(?:\w+ )?(?:election|failover|maintenance|outage)\b`,
  ),
  row(
    [' by ', 'no '],
    String.raw`\b(?:detached|terminated|dropped|disconnected|killed|evicted|reset|aborted) by (?:the |its )?(?:remote |other )?(?:peer|server|broker|host|remote|upstream|administrator|service|operator)\b|\bno (?:\w+ )?(?:leader|primary|quorum)\b(?! (?:key|index))|\bno (?:response|reply|answer) (?:from|within|received)\b`,
  ),
  row(
    ['error', 'heartbeat', 'lost '],
    String.raw`\berror (?:while |when )?(?:reading|writing|receiving|sending) (?:\w+ ){0,3}(?:banner|socket|handshake|packet|connection)\b|\bmissed (?:too many )?heartbeats?\b|\blost (?:contact|connectivity|leadership|executor|node|worker|broker|peer)\b`,
  ),
  row(
    ['timeout', 'time-out'],
    String.raw`\btime-?out (?:occurred )?(?:while |when |on |during )?(?:waiting|acquiring|executing|calling|connecting|reading|writing)\b`,
  ),
  row(
    ['respond', 'disconnected', 'connect', 'unreachable', 'timed out', 'incompletemessage'],
    String.raw`\S:\d{2,5}\W{1,3}(?:failed to respond|disconnected|connect(?:ion)? (?:failed|lost)|unreachable|timed out)\b|\bIncompleteMessage\b`,
  ),
  row(
    ['disk i/o', 'error number', 'kind: '],
    String.raw`\bdisk i/o error\b|\berror number (?:5|12|23|24|28|30|32|110|111|113)\b|\bkind: (?:Connection(?:Refused|Reset|Aborted)|NotConnected|AddrInUse|AddrNotAvailable|BrokenPipe|TimedOut|HostUnreachable|Network(?:Unreachable|Down)|StorageFull|QuotaExceeded|FilesystemQuotaExceeded|ReadOnlyFilesystem|ResourceBusy|OutOfMemory|StaleNetworkFileHandle)\b`,
  ),
];

/**
 * What a text says of something outside that is away, wherever it stands. What was closed by ourselves and is used again is no such
 * thing: whoever asks has looked for that.
 * @returns the words
 */
export const awayIn = (text: string): string | undefined => wokenIn(text, SENTENCES);
