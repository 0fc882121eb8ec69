// Principle: where the code refuses somebody on purpose (who may not, or what was sent wrong), it works. What an own
// answer says by its status, or by the name that a framework gives to it, is such a refusal; what another service answers
// to us is not: a refusal of our own credential is a matter of the environment, a refusal of our request may be our fault.
import type { Frame } from '../model.ts';
import { type Finding, type Raised, wordsOf } from './evidence.ts';
import { type Woken, wokenIn } from './woken.ts';

/** Names of denials. Must not catch the system's (`PermissionError` with an errno comes before) nor types that only hold the word. */
const DENIED =
  /(?:^| )(?:unauthori[sz]ed(?: access)?|security|login (?:required|failed)|unauthenticated|not authenticated|authentication(?: (?:failed|required|credentials not found))?|bad credentials|forbidden|(?:access|permission) denied|(?:not|un) ?authori[sz]ed|authorization(?: failed| denied)?|(?<!method )not allowed|(?:token|jwt|session|signature) expired|^signature|invalid signature|expired (?:token|jwt|signature)|invalid (?:token|credentials|authenticity token|csrf token|jwt)|csrf(?: \w+)*|token mismatch|json web token|jwt|(?:incorrect|bad|wrong|expired|invalid) (?:credentials?|password|login|otp|pin|captcha)|unknown account|failed login|excessive attempts|too many requests|throttled|throttle requests|rate limit(?:ed| exceeded| reached)?|account (?:locked|disabled|expired)|locked account|policy (?:violation|denied)|insufficient (?:scope|permissions?|authentication|privileges))(?: (?:error|exception|http exception))?$/;

/** Names of refused input. Must not catch checks of our own answers, settings or schema, nor what only was not found in the code's own tables. */
const BAD_INPUT =
  /(?:^| )(?:bad (?:http )?request(?: key)?|(?:request|form|input|payload|body|params?|parameters?|argument|constraint) (?:validation|violation|invalid)|validation(?: failed)?|invalid (?:request|input|payload|body|params?|parameters?|form|query)|method argument (?:not valid|type mismatch)|(?:web exchange )?bind|constraint violation|unprocessable(?: entity| content)?|http message not readable|missing (?:servlet )?(?:request )?(?:param(?:eter)?|header|part|path variable)(?: value)?|param(?:eter)? missing|unpermitted parameters|record (?:not found|invalid)|model not found|entity not found|document not found|not found http|http not found|http404|no (?:route|handler|resource)(?: found)?|routing|method not allowed(?: http)?|(?:http )?(?:request )?method not supported|(?:http )?media type not (?:supported|acceptable)|unsupported media type(?: http)?|multi ?part(?: parser?)?|bad message|no route|(?:json|form|path|query|multipart|header) (?:payload|body|rejection)|not acceptable(?: http)?|payload too large|request entity too large|(?:request|payload|body|upload)(?: data| size)? too (?:big|large|long)|entity too large|max upload size exceeded|too many (?:fields|files|param(?:eter)?s|headers|parts)(?: sent)?|disallowed host|suspicious (?:operation|file operation)|malformed (?:request|json|input)|http (?:bad request|not found|conflict)|not found|gone(?: http)?)(?: (?:error|exception|http exception))?$/;

/** What stands in a name of refusal and turns it round: then our own answer, settings or wiring is meant. */
const OURS =
  /\b(?:route not|client validation|response|schema|config|configuration|settings?|env|environment|bean|class|module|template|view|key|file|command|migration|table|column|generation|rendering|serializ\w+)\b/;

/** What a program is made of, or works with: where that is not found, the sender has not asked for it. */
const OURS_NOT_FOUND =
  /\b(?:connection|service|provider|driver|adapter|factory|strategy|metadata|dependency|package|plugin|component|binding|method|function|symbol|library|instance|node|host|device|cluster|queue|topic|exchange|bucket|index|region|property|variable|import|program|executable|context|scope|relation|association|serializer|translation|locale|font|asset|partial|layout|type) not found\b/;
/** Whoever set it, a limit that is reached is no fault of the code. */
const LIMIT_REACHED =
  /\b(?:quota|rate[ -]?limit|throughput|request limit)\b.{0,20}\b(?:exceed(?:ed|s)|reached)\b|\b(?:exceed(?:ed|s)|reached) (?:your |the |its )?(?:\w+ ){0,3}(?:quota|rate limit|request limit)\b|\btoo ?many ?requests\b|\b(?:request|call|you|been|being|is|was) throttled\b/i;

const DENIED_STATUS: ReadonlySet<number> = new Set([401, 403, 407, 419, 429]);
const BAD_INPUT_STATUS: ReadonlySet<number> = new Set([400, 404, 405, 406, 410, 411, 412, 413, 414, 415, 416, 417, 422, 431]);

/** gRPC codes of an own answer. */
const RPC_DENIED =
  /\bcode(?: =|:) (?:PermissionDenied|Unauthenticated)\b|(?:^|StatusCode\.|\bcode: ['"]?)(?:\d+ )?(?:PERMISSION_DENIED|UNAUTHENTICATED|FORBIDDEN)\b|\b(?:LOGIN|AUTHENTICATION|AUTHORIZATION)_(?:ERROR|FAILED|FAILURE|DENIED)\b/m;
const RPC_BAD_INPUT =
  /\bcode(?: =|:) (?:InvalidArgument|OutOfRange|NotFound|AlreadyExists)\b|(?:^|StatusCode\.|\bcode: ['"]?)(?:\d+ )?(?:INVALID_ARGUMENT|NOT_FOUND|BAD_USER_INPUT|BAD_REQUEST|\w*VALIDATION_(?:FAILED|ERROR)|\w*PARSE_FAILED)\b/m;

/** What proves who somebody is, as sentences call it. */
const CREDENTIAL = `(?:(?:access|auth(?:entication|orization)?|bearer|refresh|api|id|csrf|xsrf|session|security|client|user)[ _-]?)?(?:tokens?|jwt|credentials?|passwords?|passphrase|signatures?|api[ _-]?key|secret|session|cookie|certificate|otp|login)`;
/** Another service wants less. */
const LIMITED =
  /^(?:\w+ )*(?:throttl(?:ing|ed)|rate limit|limit exceeded|too many requests|slow down|overloaded|quota exceeded|insufficient quota)\b|\b(?:rate|sending rate|request rate|quota|throughput)\b.{0,20}\bexceeded\b|\boverloaded\b/i;
/** What has run out, whoever says so. */
const EXPIRED = new RegExp(String.raw`\b${CREDENTIAL} (?:has|is|was) (?:already )?(?:been )?(?:expired|revoked)\b`, 'i');
/**
 * Sentences of a refusal, at the beginning of what is said or of a part of it: who may not, or what was sent wrong. Each names both
 * what is refused and that it is; a word alone (`permission`, `invalid`) says nothing.
 */
const SAID_DENIED: Woken = {
  words: [
    'allowed',
    'permitted',
    'denied',
    'forbidden',
    'auth',
    'login',
    'logon',
    'log in',
    'logged',
    'sign',
    'token',
    'jwt',
    'credential',
    'passw',
    'passphrase',
    'key',
    'secret',
    'session',
    'cookie',
    'certificate',
    'otp',
    'csrf',
    'locked',
    'disabled',
    'suspended',
    'blocked',
    'banned',
    'too many',
    'limit',
  ],
  source: String.raw`(?:^(?:[\w.]+ )?|[:;(\])]\s+|["'>]\s?|- |\b(?:is|are|was|user|request|rejected|because|reason=)\s)(?:not allowed by cors|(?:request )?origin (?:\S{1,80} )?(?:is )?not allowed|(?:access|permission) (?:is |was |to .{1,60} )?(?:denied|forbidden)|(?:is )?forbidden(?=:|[.!]?\s*$|\s+(?:by|for|from|to)\b| \(|\(["'])|(?:login|logon|sign-?in) (?:failed|failure|denied|refused)|fail(?:ed|ure) to (?:authenticate|authori[sz]e|log ?in|sign in|(?:validate|verify) (?:the |a |an )?${CREDENTIAL}\b)|(?:\w+ ){0,5}denied (?:the|your|this) (?:request|access|action|operation)|(?:un|not )(?:auth(?:ori[sz]ed|enticated))\b|authenti(?:cation|city)\s(?:\w+ )?(?:failed|failure|required|error)|authori[sz]ation\s(?:failed|failure|required|denied)|not (?:allowed|permitted) to\b|(?:invalid|bad|wrong|expired|malformed|missing|revoked|unknown|incorrect)[ _](?:\w+[ _]){0,2}?${CREDENTIAL}\b(?! (?:['"\x60<]|at (?:line|position)|in json))|${CREDENTIAL} (?:(?:has|is|was|are) )?(?:already )?(?:been )?(?:expired|revoked|invalid|malformed|rejected|not valid|mismatch(?:ed)?|(?:does|do|did) not match|verification failed|required|missing|incorrect|wrong)|csrf (?:token|verification)|(?:(?:you )?(?:must|need to|have to)|please) (?:first )?(?:be )?(?:log(?:ged)? ?in|sign(?:ed)? ?in|authenticate)|(?:account|user) (?:is |has been )?(?:locked|disabled|suspended|blocked|banned)|too many (?:requests|attempts|failed (?:login|attempts))|rate[ -]?limit(?:ed| (?:exceeded|reached|hit)))|\b${CREDENTIAL} (?:has|is|was) (?:already )?(?:been )?(?:expired|revoked|malformed|rejected)\b`,
};
/** What was sent, as sentences call it. */
const SENT = `(?:http )?(?:request|message|client|body|payload|entity|upload|form|file|field|multipart|query(?: ?string)?|headers?|url?i|url|cookie|param(?:eter)?s?|json|content|input|attachment|image)(?:[- ](?:body|entity|payload|header|headers|line|uri|url|size|line|length|data|fields?|string|parameters?|target))?`;
const SAID_BAD_INPUT: Woken = {
  words: [
    'validation',
    'bad',
    'too large',
    'too long',
    'too big',
    'maximum',
    'limit',
    'malformed',
    'unreadable',
    'not ',
    'must ',
    'missing',
    'route',
    'handler',
    'endpoint',
    'sent',
    'deseriali',
    'failed to',
    'unexpected end',
    'method',
    'unsupported',
    'invalid',
    'unknown',
  ],
  source: String.raw`(?:^|[:;(\]]\s*|["'>]\s?|- |\*\d+ |\bbecause\s|^[\w.]+ )(?:\d+ )?(?:(?:field |input |request )?validation (?:for .{1,60} )?(?:failed|errors?)\b|invalid http_host header|bad (?:http )?request\b|bad \S{2,20} header|${SENT} (?:is |was |are |exceeds? |exceeded |intended to send )?(?:the )?(?:too (?:large|long|big)|maximum|limit|malformed|unreadable|not (?:readable|acceptable|well-formed))|too (?:large|long|big) (?:a )?${SENT}|(?:client )?intended to send too large|(?:body|querystring|headers)(?:[/.][\w/.]{1,60})? must (?:have required|match|NOT have|be (?:string|number|integer|object|array|boolean|null|[<>=]))|param is missing or the value is empty|(?:no|without) (?:matching )?(?:routes?|handlers?|endpoints?) (?:match(?:e[sd])?|found|registered|for)|client sent (?:an? )?(?:invalid|malformed|wrong|bad|too (?:large|long)|unsupported)|malformed ${SENT}|(?:json )?(?:deseriali[sz]e|deseriali[sz]ation) error\b|failed to (?:read|parse|decode|deseriali[sz]e) (?:the )?(?:request|json body|parameter|param|query|multipart|form)\b|unexpected end of (?:form|json input in request)|(?:request )?method ['"]?[A-Z]+['"]? (?:is )?not (?:supported|allowed)|unsupported (?:media|content)[- ]?type|(?:invalid|unsupported|unknown) (?:http )?(?:request (?:method|line|target|version)|host header|content[- ](?:type|length)|(?:multipart )?boundary|character found in the request target))`,
};

/** Packages that read what was sent: a syntax error raised in one is the sender's. */
const BODY_PARSERS =
  /(?:^|[\\/.:])(?:body-parser|raw-body|co-body|busboy|multer|formidable|koa-bodyparser|fastify[\\/]lib[\\/]contentTypeParser|multipart|formparsers?|jackson\.http|\w*HttpMessageConverter|ActionDispatch|action_dispatch|rack[\\/]multipart|_http_server|coyote|jetty\\.http|undertow|h11|httptools|http[_.-]?parser|HttpParser|werkzeug[\\/]formparser|starlette[\\/]formparsers|(?:quer(?:y|ies)|form|cookies?|headers?|multipart|param\w*|request)(?:_?(?:string|line|data))?_?pars(?:er|ing|e))\b/;

/** Packages that speak to other services, as a directory, a namespace or a Java package. */
const CLIENTS =
  /(?:^|[\\/.$:@ ])(?:axios|node-fetch|undici|superagent|requests|httpx|urllib3?|aiohttp[\\/]client\w*|httplib2|botocore|boto3|aws-sdk|@aws-sdk|google[\\/.]api_core|googleapis|gaxios|octokit|stripe|twilio|sendgrid|[Ff]araday|rest-client|RestClient|httparty|HTTParty|net\/http|Net::HTTP|[Gg]uzzle[Hh]ttp|guzzle|http-client|okhttp3?|retrofit2?|feign|web\.client|web\.reactive\.function\.client|apache\.(?:hc|http)\w*|jersey\.client|System\.Net\.Http|Flurl|Refit|RestSharp|reqwest|hyper_util|package:dio|Tesla|HTTPoison|Finch|Req|elasticsearch|opensearch\w*|elastic_transport|msal|slack_sdk|openai|anthropic)(?=[\\/.:]|::)/;

/** Packages that serve: what they raise is an own answer. */
const SERVERS =
  /(?:^|[\\/.$:@ ])(?:express|koa[\w-]*|fastify|@fastify|@nestjs|@hapi|hapi|restify|http-errors|body-parser|raw-body|multer|busboy|passport[\w-]*|cors|csurf|csrf|helmet|jsonwebtoken|express-[\w-]+|next|nuxt|h3|werkzeug|flask\w*|django|rest_framework|starlette|fastapi|tornado|sanic|aiohttp[\\/]web\w*|bottle|pyramid|falcon|jwt|pydantic|marshmallow|jsonschema|joi|zod|yup|ajv|celebrate|class-validator|action(?:pack|controller|dispatch)|ActionController|ActionDispatch|rack[\w-]*|sinatra|grape|devise|pundit|cancan(?:can)?|activerecord|ActiveRecord|activemodel|illuminate|laravel[\\/]framework|symfony[\\/](?!http-client)[\w-]+|springframework|jakarta|javax|io\.javalin|io\.micronaut|quarkus|ktor|AspNetCore|gin|echo|chi|fiber|phoenix|plug|ecto|actix[\w-]*|axum|rocket|warp|shelf|vapor)(?=[\\/.:@-]|::|$)/i;

const CLIENT_NAMES =
  /^(?:axios|fetch|http client|http (?:server|request)(?= (?:error|exception)$)|rest client|web client|feign|gaxios|dio|unknown http status|client response|bad response status code)(?: \w+)* ?(?:error|exception)$/;
/** Names that servers give to their own answers as well: a client's where a library raised it. */
const EITHER_NAMES =
  /^(?:http(?: status| response| request)?|client (?:http|request|error)|status code|api(?: status| connection| response)?|request|response|service)(?: code)? ?(?:error|exception)$/;
const CLIENT_SAYS =
  /\brequest failed with status code\b|\b(?:answered|replied|responded|returned)(?: with)?(?: an?)?(?: http)?(?: status)?(?: code)? [45]\d\d\b|\bfor url:? |\breceived (?:http )?(?:status|response)|\bresponded with\b|\bresponse status(?: code)?\b|\bupstream\b|\b(?:from|to|calling|on|GET|POST|PUT|PATCH|DELETE)\s+["']?https?:\/\/|\ban error occurred \(\w+\) when calling\b|\bresulted in a `?\d{3}/i;

const STATUS: readonly RegExp[] = [
  /\b(?:status(?: ?code)?|statusCode|http[_ ]?status(?:[_ ]?code)?|http_code|(?:server )?response(?:[_ ]?code)?)\b["']?\s*(?:code)?\s*(?:[:=]|is|of)?\s*["']?([1-5]\d\d)\b/i,
  /^(?:\[?HTTP(?:\/[\d.]+)?\s+|error\s+)?([45]\d\d)(?=$|[\s:,.\])])(?!\s*(?:ms|kb|mb|items?|rows?|bytes?)\b)/i,
  /\bHTTP(?:\/[\d.]+)?[ :]\s*([45]\d\d)\b|\b([45]\d\d):? (?:(?:Client|Server) Error|Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Conflict|Gone|Unprocessable|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)\b/i,
  /\bcode=([45]\d\d), message=/,
  /\b(?:responded with|returned|answered|got|replied(?: with)?|received)\s+(?:an? )?(?:http )?(?:status |code )*([45]\d\d)\b|\bresulted in a `?([45]\d\d)/i,
];

/** HTTP status that the error speaks of. */
function statusOf(text: string): number | undefined {
  for (const pattern of STATUS) {
    const found = pattern.exec(text)?.slice(1).find(Boolean);
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

/** Where packages are installed. */
const INSTALLED =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|gems|vendor|\.cargo[\\/]registry|pkg[\\/]mod|deps|\.pub-cache)[\\/]/;

/**
 * Was it another service that answered? By the name of the error and what it says, else by who raised it: a package
 * that our line calls and that serves nobody is a client.
 */
function isOfAnother({ type, message }: Raised, frames: readonly Frame[]): boolean {
  if (SERVERS.test(type) && !/client/i.test(type)) return false;
  if (CLIENTS.test(type) || CLIENT_NAMES.test(wordsOf(type)) || CLIENT_SAYS.test(message)) return true;
  const above = frames.findIndex(({ inApp }) => inApp);
  if (above !== 0 && EITHER_NAMES.test(wordsOf(type))) return true;
  const raising = frames.slice(0, above < 0 ? 3 : above).map(({ file, function: name = '' }) => `${file} ${name}`);
  if (raising.some((name) => CLIENTS.test(name))) return true;
  const [nearest] = raising;
  return nearest !== undefined && above > 0 && INSTALLED.test(nearest) && !raising.some((name) => SERVERS.test(name));
}

const NAMES_A_FIELD =
  /\b(?:field|parameter|param|property|attribute|column|argument|key)s?\b.{0,40}["'`‘“]?\w|\b(?:missing|required|unknown|invalid|unexpected|unrecogni[sz]ed)\b.{0,20}["'`‘“:]?\s?\w+/i;

/** What another service's answer means. */
function answered(status: number, message: string): Finding {
  const value = `${status} of another service`;
  if (status >= 500 || status === 429 || status === 408 || status === 401 || status === 403 || status === 407)
    return { class: 'environment', kind: 'status', value };
  if ((status === 400 || status === 422) && NAMES_A_FIELD.test(message)) return { class: 'code-fault', kind: 'status', value };
  return { class: 'unknown', kind: 'status', value };
}

/**
 * A status, own or of another service; or the name or sentence of a refusal.
 * @param rest text behind the message that belongs to the error
 * @param isMeant a line of the application raises just this
 */
export function refusal(raised: Raised, rest: string, frames: readonly Frame[], isMeant: boolean): Finding | undefined {
  const { type, message } = raised;
  const first = message.slice(0, 2000);
  const another = isOfAnother(raised, frames);
  const code = another ? /\bcode: ?([45]\d\d)\b/i.exec(first)?.[1] : undefined;
  const status = statusOf(first) ?? (code === undefined ? undefined : Number(code)) ?? statusOf(rest) ?? statusOf(`${wordsOf(type)}`);
  // "Less" is what another service says whatever its status is.
  if (another && LIMITED.test(`${wordsOf(type)}: ${first}`))
    return { class: 'environment', kind: 'status', value: 'another service wants less' };
  if (another && /^(?:internal )?server (?:error|exception)$/.test(wordsOf(type)))
    return { class: 'environment', kind: 'name', value: type };
  if (another && status !== undefined) return answered(status, `${first}\n${rest}`);
  if (another && /\b(?:AccessDenied|ExpiredToken|InvalidAccessKeyId|UnrecognizedClient|invalid_grant|invalid_api_key)/.test(first))
    return { class: 'environment', kind: 'status', value: 'another service refuses our credential' };
  const words = wordsOf(type);
  if (status !== undefined && DENIED_STATUS.has(status)) return { class: 'denied', kind: 'status', value: `${status}` };
  if (status !== undefined && BAD_INPUT_STATUS.has(status)) return { class: 'bad-input', kind: 'status', value: `${status}` };
  // Whoever looked at it, a credential that has run out is no fault of this code.
  const expired = EXPIRED.exec(first)?.[0];
  if (expired !== undefined) return { class: 'denied', kind: 'words', value: expired };
  if (another) return undefined;
  const rpc = RPC_DENIED.exec(first)?.[0] ?? RPC_DENIED.exec(rest)?.[0];
  if (rpc !== undefined) return { class: 'denied', kind: 'status', value: rpc };
  const input = RPC_BAD_INPUT.exec(first)?.[0] ?? RPC_BAD_INPUT.exec(rest)?.[0];
  if (input !== undefined) return { class: 'bad-input', kind: 'status', value: input };
  if (OURS_NOT_FOUND.test(words)) return undefined;
  if (OURS.test(words.replace(/ (?:error|exception)$/, '').replace(/^bad request key$/, ''))) return undefined;
  if (isMeant && /^(?:permission|access|security|auth\w*)(?: (?:error|exception))?$/.test(words))
    return { class: 'denied', kind: 'name', value: type };
  if (DENIED.test(words)) return { class: 'denied', kind: 'name', value: type };
  // A variant of Rust says what went wrong, its enum what with.
  if (BAD_INPUT.test(words) || (type.includes('Error::') && BAD_INPUT.test(wordsOf(type.slice(0, type.lastIndexOf('::'))))))
    return { class: 'bad-input', kind: 'name', value: type };
  const denied = wokenIn(first, [SAID_DENIED]);
  if (denied !== undefined) return { class: 'denied', kind: 'words', value: denied };
  const bad = wokenIn(first, [SAID_BAD_INPUT]);
  if (bad !== undefined) return { class: 'bad-input', kind: 'words', value: bad };
  const limit = LIMIT_REACHED.exec(first)?.[0];
  return limit === undefined ? undefined : { class: 'environment', kind: 'words', value: limit };
}

/** What a parser of requests stumbled over: the sender's syntax, though the runtime raises it. */
export function unreadableInput({ type, message }: Raised, frames: readonly Frame[]): Finding | undefined {
  const nearest = `${frames[0]?.file ?? ''} ${frames[0]?.function ?? ''}`;
  if (!/syntax|pars|json|decode|unicode|multi ?part|uri/.test(wordsOf(type)) && !/parse|decode/i.test(`${nearest} ${message.slice(0, 20)}`))
    return undefined;
  const above = frames.findIndex(({ inApp }) => inApp);
  const raising = frames.slice(0, above < 0 ? 6 : Math.min(above, 6)).map(({ file, function: name = '' }) => `${file} ${name}`);
  // Before any line of the application ran, what serves it can only have read what was sent.
  const isServing = above < 0 && raising.length > 1 && raising.some((name) => SERVERS.test(name));
  const isParser = isServing || BODY_PARSERS.test(type) || raising.some((name) => BODY_PARSERS.test(name));
  return isParser ? { class: 'bad-input', kind: 'name', value: `${type} in a parser of requests` } : undefined;
}
