// How traces with `at …` lines join: Java, Kotlin, Scala, JavaScript, C#. They share their shape so far that only the
// finished trace shows which language it is; `java.ts`, `node.ts` and `dotnet.ts` read the frames.
import type { Grammar } from './grammar.ts';

/** A class name that says it is an error, alone or followed by a message; not the event of Node by which it was told. */
const NAMED = /^(?!uncaughtException\b)(?:Uncaught )?[\w$.]*(?:Exception|Error|Throwable)\b(?: ?\[[\w-]+\])?(?::.*| --->.*)?$/;
const OPENERS = [
  /^Exception in thread "/,
  /^Unhandled exception\. /i,
  /^Unhandled Exception:/,
  // What .NET says when it ends itself.
  /^Process terminated\. \S/,
  /^V8 errors stack trace/,
  /^Uncaught (?:Error|\w*Error|\w*Exception)\b/,
  /^\(node:\d+\) (?:UnhandledPromiseRejectionWarning|Uncaught)/,
];
const PREAMBLE =
  /^(?:(?:file:\/\/)?(?:(?:\/|[A-Za-z]:[\\/])[^"']*|[\w./@-]+)\.[cm]?[jt]sx?|node:[\w/.-]+|\[eval\]|evalmachine\.<anonymous>|<anonymous_script>):\d+$/;
/** `at …`; and `name@url:1:2` of Firefox and Safari. */
const FRAME =
  /^\s+(?:eval )?at \S|^\s*(?:at )?[^\s()]+[.:][^\s()]+ ?\([^()]*\) ?\(at \S.*:\d+\)$|^\s*(?:at )?\(wrapper [\w-]+\) \S|^\s*[^\s@]*@(?:\[native code\]$|(?:https?|file|resource|webpack|capacitor):\/\/\S+:\d+:\d+$)/;
/** A frame of .NET in another language: a word, a name with its parameters, a word, a file, a word, a number. */
const TRANSLATED = /^ {3}[^\s\d]{1,10} [\w.`<>+$[\],]+ ?\([^()]*\) [^\s\d]{1,10} \S.*?\.(?:cs|vb|fs):[^\d]{1,12}\d+\.?\s*$/;
/** The source that Next.js, Vite and Babel print: line numbers, a bar, a caret. */
const GUTTER = /^\s*>?\s*\d+ \||^\s+\|\s*\^+/;
/** What Next.js prints of an error at the margin. */
const PROPERTY = /^(?:digest|page|type|code): ['"].*['"]$/;
/** The sections of a report that Rust's programs end with (anyhow, eyre), each with indented lines below it. */
const SECTION = /^(?:Caused by:|Location:|(?:Stack )?[Bb]acktrace:|(?:Error|Warning|Note|Suggestion): .*|\s+[━─-]{3,} \w+ [━─-]{3,})$/;
/** Unity's own calls, without a place. */
const BARE_CALL = /^[A-Z][\w.+`]*:[\w.<>`]+ ?\([^()]*\)$/;
/** Unity's and BepInEx' title above frames without `at`. */
const TITLE = /^Stack ?trace:$/;
/** Further lines of a message, as .NET's own classes write them. */
const DOTNET_SAID = /^(?:File name: '|Parameter name: \w|Actual value was )/;
const RETHROWN = /^Rethrow as [A-Z]\w*: /;
const MORE = /^\s*(?:\.\.\. \d+ (?:more|common frames|lines matching)|\[\.\.\. lines matching )/;
const LINK = /^\s*(?:Caused by|Suppressed|Wrapped by): /;
/** Node prints where an `error` event was emitted that nobody listened to. */
const EMITTED = /^Emitted 'error' event (?:on .* )?at:$/;

/** Node's second word on the rejection whose trace it has printed. */
const EXPLAINED = /^\(node:\d+\) UnhandledPromiseRejectionWarning: Unhandled promise rejection\. /;

/** Opens by the name of a class only. */
export const isNamed = (line: string): boolean => !OPENERS.some((opener) => opener.test(line));

/** How the lines of an `at`-trace follow each other. */
export const atGrammar: Grammar = {
  name: 'at',
  opens(line) {
    if (PREAMBLE.test(line)) return '?pre';
    if (/^FATAL EXCEPTION: /.test(line)) return 'android';
    if (/^# A fatal error has been detected by the Java Runtime/.test(line)) return 'jvm';
    if (/^FATAL ERROR: .*(?:heap|out of memory|Allocation failed|v8::)/.test(line)) return 'native';
    if (OPENERS.some((opener) => opener.test(line)) || NAMED.test(line)) return opening(line);
    return undefined;
  },
  resumes: (line) =>
    /^(?: *\t| {2})\s*at (?:[\w$<>.[\]@/ ]+[.(]|.*:\d+:\d+\)?$|.*\.cs:line \d+)/.test(line) || TRANSLATED.test(line) ? 'frames' : undefined,
  next(state, line) {
    if (state === 'end') return undefined;
    if (state === 'jvm') return /^#|^\[(?:thread \d+ also had an error|error occurred)/.test(line) ? 'jvm' : undefined;
    if (state === 'native') return /^-{3,} Native stack trace -{3,}$|^\s*\d+: (?:0x)?[0-9a-f]+ /.test(line) ? 'native' : undefined;
    if (state === 'android') return /^(?:Process|PID): /.test(line) ? 'android' : 'head';
    if (state === 'props') return properties(line);
    if (/^Node\.js v\d+/.test(line) || EXPLAINED.test(line)) return 'end';
    if (state === 'pre' || state === 'caret') return preamble(state, line);
    // An object that was printed with the error is closed, and who printed it goes on.
    if (/^[}\]]+ \S/.test(line)) return line.endsWith('{') ? 'props' : 'head';
    if (state === 'frames' && PROPERTY.test(line)) return 'frames';
    if (state === 'frames' && GUTTER.test(line)) return /\|\s+\{$/.test(line) ? 'props' : 'frames';
    if (FRAME.test(line) || MORE.test(line) || TRANSLATED.test(line)) return line.endsWith('{') ? 'props' : 'frames';
    if (LINK.test(line) || /^\s*---> /.test(line)) return 'head';
    if (EMITTED.test(line)) return 'frames';
    if (/^\s*--- End of /.test(line)) return 'frames';
    if (/^\s*(?:nested exception is:?|\[CIRCULAR REFERENCE)/.test(line)) return 'nested';
    if (state === 'nested') return line.trim() === '' ? 'nested' : 'head';
    if (state === 'lead') return 'head';
    if (state === 'report') return SECTION.test(line) || /^\s+\S/.test(line) ? 'report' : line === '' ? '?report' : undefined;
    if (state === 'head' && (/^(?:Caused by|Location|Stack backtrace):$|^ {3}0: \S/.test(line) || /^\s+[━─]{3,}/.test(line)))
      return 'report';
    if (state === 'head' && (TITLE.test(line) || DOTNET_SAID.test(line))) return 'head';
    if (state === 'frames' && RETHROWN.test(line)) return 'head';
    if (state === 'crash') return crashed(line);
    if (state === 'head') return inHead(line);
    if (state === 'frames')
      return BARE_CALL.test(line) || /^\s+(?:- |\[errors\]|\[cause\]|From previous event)|^[}\]]+[,;)]?$/.test(line) ? 'frames' : undefined;
    return undefined;
  },
};

function opening(line: string): string {
  if (/^(?:Unhandled|Uncaught) Exception:\s*$/.test(line)) return 'lead';
  return line.endsWith('{') ? 'props' : 'head';
}

/** The file line, the source line and the caret that Node prints before an uncaught error. */
function preamble(state: string, line: string): string | undefined {
  if (/^(?:Uncaught )?\[?[\w$.]*(?:Error|Exception|Rejection)\b/.test(line)) return line.endsWith('{') ? 'props' : 'crash';
  if (/^\s*\^+\s*$/.test(line)) return '?caret';
  // Below the caret stands what was thrown, whatever it is called.
  if (state === 'caret') return line === '' ? '?caret' : /^[A-Z][\w$.]*: /.test(line) ? '?crash' : '?caret';
  return /^\(Use `node --trace/.test(line) ? 'frames' : '?pre';
}

/** Behind a preamble the message goes on, whatever it looks like, until frames follow. */
const crashed = (line: string): string => (line.endsWith('{') && /Error|Exception/.test(line) ? 'props' : '?crash');

/** A message may have several lines; they count once frames follow. A new head begins another trace. */
function inHead(line: string): string | undefined {
  if (NAMED.test(line) || PREAMBLE.test(line)) return undefined;
  if (/^\s+\S/.test(line)) return 'head';
  return line.endsWith('{') && /Error|Exception/.test(line) ? 'props' : '?head';
}

/** `{ [cause]: …, errors: […] }` after the last frame, to the closing brace in column 0. */
const properties = (line: string): string => (/^[}\]]+$/.test(line) ? 'frames' : 'props');
