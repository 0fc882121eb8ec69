// Principle: an error is known by who tells of it. A change that keeps the one who tells from speaking (a filter, a level, a
// hook, an output that leads nowhere), or that ends the flow of an error without an answer to it, mends nothing.
// Tables for `patterns.ts`. What is told less of on purpose, by a better level for one event, is none of it.
import { GO, JS, JVM, PERL, PHP, PY, RUBY, UNIX_SHELL } from '../file-names.ts';
import type { Pattern } from '../policy.ts';

const RUST = /\.rs$/i;
const C = /\.(?:c|h|cc|cpp|cxx|hpp|mm?|swift)$/i;
const DOTNET = /\.(?:cs|vb|fs)$/i;
const ELIXIR = /\.exs?$/i;

/** A change may not bring more of it than there was. */
const of =
  (rule: string) =>
  (match: RegExp, files: RegExp): Pattern => ({ rule, verdict: 'patch-only', within: 'uncommented', match, files });
const silent = of('silenced-report');

/** Who reports is turned off, turned up, filtered, or sent to where nobody reads. */
export const REPORTS: readonly Pattern[] = [
  // What a service that collects errors is told to leave out.
  silent(
    /\bignore_?[eE]rrors\s*[:=]\s*[[(]|\bignore_logger\s*\(|\b(?:excluded|ignored)_?[eE]xceptions\b|\bignoreExceptions\b|\$dontReport\b|\bdontReport\s*\(|\bdenyUrls\s*:/g,
    /\.(?:py|[cm]?[jt]sx?|rb|php|java|kt|cs|go|dart|swift|exs?)$/i,
  ),
  silent(/\bdef\s+\w+\s*\(\s*event\s*,\s*_?hint[^\n]*\n(?:[^\S\n]+[^\n]*\n){0,20}?[^\S\n]+return(?:[^\S\n]+None)?[^\S\n]*\n/g, PY),
  silent(/\bbeforeSend\s*[:(][^;]{0,200}?\breturn\s+null\b/g, JS),
  silent(
    /^\s*["']?(?:[\w.$-]*[lL]evel|[\w.$-]+)["']?\s*[:=]\s*["']?(?:CRITICAL|FATAL|OFF)["']?\s*$/gm,
    /(?:^|\/)[^/]*log[^/]*\.(?:ya?ml|toml|ini|conf|properties)$/i,
  ),
  silent(
    /\blogging\.disable\s*\(|\.addFilter\s*\(\s*(?:lambda\b(?![^\n]*:\s*(?:True|1)\s*\))|(?!lambda)[\w.]*(?:drop|mute|quiet|silen|hide|block|ignore|suppress|no_?error)\w*)|\bdef\s+filter\s*\(\s*self[^\n]*\n(?:[^\S\n]*["'#][^\n]*\n)*[^\S\n]*return\s+(?:False|0|None|[^\n]*\blevelno\s*<)|\.setLevel\s*\(\s*(?:(?:logging\.)?(?:CRITICAL|FATAL)\b|["'](?:CRITICAL|FATAL)["']|(?:[5-9]\d|\d{3,})\s*\)|(?:logging\.)?CRITICAL\s*\+)|\.disabled\s*=\s*True\b|\.propagate\s*=\s*False\b|\.handlers(?:\.clear\s*\(|\s*=\s*\[\s*\])|\.removeHandler\s*\(|\blogging\.NullHandler\s*\(|\blogging\.raiseExceptions\s*=\s*False|\blogg?e?r?\.remove\s*\(\s*\)/g,
    PY,
  ),
  silent(
    /\bsys\.stderr\s*=|\bredirect_stderr\s*\(|\b(?:sys|threading)\.(?:excepthook|unraisablehook)\s*=|\.set_exception_handler\s*\(\s*lambda\b|\bos\.dup2\s*\([^\n]*,\s*2\s*\)|\bdef\s+__a?exit__\s*\([^\n]*\n(?:(?![^\S\n]*(?:async[^\S\n]+)?def\b)[^\S\n][^\n]*\n|\n){0,20}?[^\S\n]+return\s+True\b/g,
    PY,
  ),
  silent(
    /\bconsole\s*\.\s*(?:error|warn|log|trace)\s*=(?!=)|\bconsole\s*\[[^\]\n]*\]\s*=(?!=)|\bObject\.assign\s*\(\s*console\b|\bprocess\s*\.\s*stderr\s*\.\s*write\s*=(?!=)|(?:[\w.]*log\w*|console)\s*\.\s*(?:silent|silence|enabled)\s*=\s*(?:true|false)\b|\bsilent\s*:\s*true\b|\blevel\s*[:=]\s*["'`](?:silent|off|none|fatal)["'`]|\.(?:setLevel|level)\s*\(\s*["'`](?:silent|off|none|fatal)["'`]|\.disableAll\s*\(\s*\)|\bprocess\s*\.\s*(?:noDeprecation\s*=\s*true|removeAllListeners\s*\(\s*["'`](?:warning|uncaughtException|unhandledRejection))|\bbeforeSend\s*(?::|\()\s*(?:\(?[^()\n]{0,30}\)?\s*(?:=>)?\s*\{?\s*(?:return\s+)?null\b)|\bsetUncaughtExceptionCaptureCallback\s*\(/g,
    JS,
  ),
  silent(
    /\$stderr\s*=(?!=)|(?:\$stderr|STDERR)\.reopen\b|\blogg?er\.level\s*=\s*(?:::)?(?:Logger::(?:Severity::)?(?:FATAL|UNKNOWN)|[45]\b|:(?:fatal|unknown)|["'](?:fatal|unknown))|\blogg?er\s*=\s*(?:nil\b|(?:::)?Logger\.new\s*\(?\s*(?:nil|(?:IO|File)::NULL|["']\/dev\/null["']))|\blogg?er\.silence\b|\breport_on_exception\s*=\s*false|\$VERBOSE\s*=\s*nil/g,
    RUBY,
  ),
  silent(
    /\bini_set\s*\(\s*["'](?:log_errors["']\s*,\s*["']?(?:0|off|false|no)|error_log["']\s*,\s*["']\/dev\/null|error_reporting["']\s*,\s*["']?0)|\berror_reporting\s*\([^()\n]*~\s*E_|\bset_exception_handler\s*\(|\bnew\s+\\?(?:[\w\\]*\\)?Null(?:Logger|Handler)\b|\brestore_error_handler\s*\(/gi,
    PHP,
  ),
  silent(
    /\blog\.SetOutput\s*\(\s*(?:io|ioutil)\.Discard|\b(?:io|ioutil)\.Discard\s*,\s*["&]|\bNew(?:Text|JSON)Handler\s*\(\s*(?:io|ioutil)\.Discard|\bslog\.DiscardHandler\b|\bos\.Stderr\s*=|\bzap\.NewNop\s*\(|\bzerolog\.(?:Nop\s*\(|Disabled\b)|\bSetGlobalLevel\s*\(\s*zerolog\.(?:Fatal|Panic|No)Level|\.SetLevel\s*\(\s*(?:logrus|log)\.(?:Fatal|Panic)Level/g,
    GO,
  ),
  silent(
    /\bSystem\s*\.\s*setErr\s*\(|\bLevel\s*\.\s*OFF\b|\.setUseParentHandlers\s*\(\s*false|\bLogManager\s*\.\s*getLogManager\s*\(\s*\)\s*\.\s*reset\b|[lL]ogg?er\w*(?:\(\))?\s*\.\s*setFilter\s*\(|\bset(?:Default)?UncaughtExceptionHandler\s*[({]|\bFilterReply\s*\.\s*DENY\b|\bNOPLogger\b|\bCoroutineExceptionHandler\s*\{\s*_\s*,\s*_\s*->\s*\}/g,
    JVM,
  ),
  silent(
    /\bConsole\s*\.\s*SetError\s*\(|\bClearProviders\s*\(|\bAddFilter\s*\([^\n]*\bfalse\b|\bLogLevel\s*\.\s*(?:None|Critical)\b|\bNullLogger(?:Factory)?\b|\.SetObserved\s*\(|\bFilter\s*\.\s*ByExcluding\s*\(|\bLogEventLevel\s*\.\s*Fatal\b|\bSetMinimumLevel\s*\(\s*LogLevel\s*\.\s*(?:None|Critical)/g,
    DOTNET,
  ),
  silent(/\bLevelFilter::(?:Off|OFF)\b|\bpanic::set_hook\s*\(\s*Box::new\s*\(\s*(?:move\s*)?\|\w+\|\s*(?:\{\s*\}|\(\s*\))/g, RUST),
  silent(
    /\bfreopen\s*\(\s*"\/dev\/null"[^\n]*stderr|\bfclose\s*\(\s*stderr\s*\)|\bclose\s*\(\s*(?:2|STDERR_FILENO)\s*\)|\bdup2\s*\([^\n]*,\s*(?:2|STDERR_FILENO)\s*\)|\bcerr\s*\.\s*(?:rdbuf\s*\(\s*(?:nullptr|NULL|0)|setstate\s*\()|\bset_terminate\s*\(|\bNSSetUncaughtExceptionHandler\b|\bsignal\s*\(\s*SIG(?:SEGV|ABRT|FPE|BUS|ILL)\s*,/g,
    C,
  ),
  silent(
    /\bclose\s*\(?\s*STDERR\b|\bopen\s*\(?\s*(?:local\s+)?\*?STDERR\s*,[^\n]*\/dev\/null|\blocal\s+\*STDERR\b|\$SIG\s*\{\s*["']?__(?:WARN|DIE)__["']?\s*\}\s*=\s*(?:sub\s*\{\s*\}|["']IGNORE)/g,
    PERL,
  ),
  silent(
    /\bLogger\.(?:disable\s*\(|remove_backend\s*\(\s*:console|configure\s*\([^\n]*level:\s*:(?:none|emergency|alert|critical))|\blevel:\s*:none\b/g,
    ELIXIR,
  ),
  silent(/^\s*exec\s+(?:[^\n]*\s)?2>\s*(?:\/dev\/null|&-)|\btrap\s+(?:''|""|:|true)\s+ERR\b/gm, UNIX_SHELL),
  silent(
    /\bFlutterError\.onError\s*=|\bdebugPrint\s*=|\brunZonedGuarded\s*\([^\n]*\(\s*_?\w*\s*,\s*_?\w*\s*\)\s*\{\s*\}|\bLogger\.root\.level\s*=\s*Level\.OFF/g,
    /\.dart$/i,
  ),
  silent(
    /\blevel\s*=\s*"OFF"|\blogging\.level\.[\w.]+\s*[=:]\s*OFF\b|^\s*log4j2?\.(?:root)?[lL]ogger[\w.]*(?:\.level)?\s*=\s*OFF\b|^\s*error_reporting\s*=\s*0\s*$|^\s*log_errors\s*=\s*(?:off|0)\s*$/gim,
    /\.(?:xml|properties|ya?ml|ini|conf)$/i,
  ),
];

const later = of('limit-raised');

/** A limit of the language or its machine is put further away: what ran into it runs into it later. */
export const LIMITS: readonly Pattern[] = [
  later(
    /--max[-_]old[-_]space[-_]size=\d|--stack[-_]size=\d|(?<![\w-])-X(?:mx|ss)\d|-XX:MaxRAMPercentage=/g,
    /\.(?:sh|bash|zsh|ya?ml|json|env|service|conf|ini|toml|gradle|kts)$|(?:^|\/)(?:[^/]*Dockerfile[^/]*|Procfile|Makefile)$/i,
  ),
  later(/\bsys\.setrecursionlimit\s*\(|\bthreading\.stack_size\s*\(/g, PY),
  later(/\bresource\.setrlimit\s*\(/g, PY),
  later(/\bsetFlagsFromString\s*\(\s*["'`]--(?:stack|max-old-space)|\.setMaxListeners\s*\(|\bdefaultMaxListeners\s*=(?!=)/g, JS),
  later(/^\s*ulimit\s+-[a-zA-Z]+\s+(?:unlimited|\d|"?\$)/gm, UNIX_SHELL),
  later(/\bsetrlimit\s*\(\s*RLIMIT_/g, C),
  later(/\bini_set\s*\(\s*["'](?:memory_limit|max_execution_time|pcre\.\w+_limit|xdebug\.max_nesting_level)|\bset_time_limit\s*\(/gi, PHP),
  later(/\bdebug\.SetMaxStack\s*\(/g, GO),
];

const swallows = of('swallowed-error');

/** What an answer that says nothing looks like. */
const NOTHING = '(?:null|None|Nil|nil|undefined|true|false|-?\\d[\\d.]*|""|\'\'|\\[\\s*\\]|\\(?\\{\\s*\\}\\)?|\\(\\s*\\))';

/** Where what went wrong is handed to a function that gives a value for it, or none. */
export const ANSWERED: readonly Pattern[] = [
  swallows(
    new RegExp(
      `\\.then\\s*\\([^\\n]*,\\s*(?:\\(\\s*\\w*\\s*\\)|\\w+)\\s*=>\\s*(?:\\{\\s*\\}|${NOTHING})\\s*\\)|\\bcatchError\\s*\\(\\s*(?:\\(\\s*\\w*\\s*\\)|\\w+)\\s*=>\\s*(?:EMPTY|NEVER|of\\s*\\(\\s*${NOTHING}?\\s*\\))`,
      'g',
    ),
    JS,
  ),
  swallows(
    new RegExp(
      `\\.exceptionally\\s*\\(\\s*\\(?\\w+\\)?\\s*->\\s*${NOTHING}\\s*\\)|\\.onErrorRe(?:turn|sume)(?:Next|Item)?\\s*\\(\\s*(?:\\(?\\w+\\)?\\s*->\\s*)?(?:${NOTHING}|(?:Mono|Flux|Single|Observable|Maybe|Flowable)\\.(?:empty|never|just\\s*\\(\\s*${NOTHING}))|\\.onError(?:Continue|Complete)\\s*\\(|\\.catch\\s*\\{\\s*(?:emit\\s*\\(\\s*(?:${NOTHING}|empty\\w*\\(\\))\\s*\\)\\s*)?\\}|\\bcase\\s+(?:\\w+\\s*:\\s*(?:Throwable|Exception)|NonFatal\\s*\\(\\w+\\))\\s*=>\\s*(?:None|Nil|(?:Map|List|Seq|Set)\\.empty\\w*|${NOTHING})\\s*(?:\\n|\\})`,
      'g',
    ),
    JVM,
  ),
  swallows(new RegExp(`\\.(?:catchError|onError)\\s*\\(\\s*\\([\\w, ]*\\)\\s*(?:=>\\s*${NOTHING}\\s*\\)|\\{\\s*\\})`, 'g'), /\.dart$/i),
  swallows(/\bcatch\s+(?:_\w*|:\w+)\s*,\s*_\w*\s*->\s*(?::\w+|nil|true|false|-?\d[\d.]*|""|\[\s*\]|%?\{\s*\})(?=\s*(?:\n|$))/g, ELIXIR),
  swallows(/\bcatch\s+_\w*:_\w*\s*->\s*(?:ok|undefined|\[\]|0|error)\b/g, /\.[eh]rl$/i),
  swallows(
    /\(\s*catch\s+(?:Throwable|Exception|RuntimeException|:default|js\/Error|Object)\s+\w+\s*(?:nil|0|""|\[\]|\{\}|false|true)?\s*\)/g,
    /\.clj[cs]?$/i,
  ),
  swallows(
    /\btry\s*\([^\n]*silent\s*=\s*T(?:RUE)?\b|\berror\s*=\s*(?:function\s*\(\w*\)|\\\(\w*\))\s*\{?\s*(?:NULL|NA|0|FALSE|TRUE|"")/g,
    /\.r$/i,
  ),
  swallows(/\bcatch\s*\{[\s;]*\}/g, PERL),
];
