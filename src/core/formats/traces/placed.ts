// Traces of languages that have no file of their own here. They are alike: what went wrong, a title or none, then lines
// that each name a place. One row tells how a language writes them; how the lines join, and what they say, is the same
// for all. Nothing is known here of any logger.
import type { Frame } from '../../model.ts';
import { remembering } from '../remember.ts';
import { anyOf } from './any-of.ts';
import { frame, type Grammar, type Reader } from './grammar.ts';

interface Form {
  readonly name: string;
  /** The line that says what went wrong. Groups `type` and `message`. */
  readonly head?: RegExp;
  /** The head's form is that of other things as well. */
  readonly isVague?: boolean;
  /** A line above all others that says nothing. */
  readonly lead?: RegExp;
  /** Titles between the head and the frames. */
  readonly title?: RegExp;
  /** A title that stands nowhere else. */
  readonly isTitleSure?: boolean;
  /** A place. Groups `file`, `line`, `column`, `call`. */
  readonly frame: RegExp;
  /** What else stands between frames: source, carets, calls without a place. */
  readonly between?: RegExp;
  /** A cause is printed behind a blank line. */
  readonly isBlankBetween?: boolean;
  /** The last line, which may be the one that says what went wrong. */
  readonly last?: RegExp;
  /** The call stands on the line above its place. */
  readonly callAbove?: RegExp;
  /** The frames are printed with the crash site last. */
  readonly isReversed?: boolean;
  /** The head stands below the first frame. */
  readonly isHeadBelow?: boolean;
  readonly library?: RegExp;
  /** Where it was raised, before what was said: it tells the number that the frame of its file lacks. */
  readonly raised?: RegExp;
  /** The last line of this form says what went wrong; or the first. */
  readonly said?: RegExp;
  readonly saidFirst?: RegExp;
  /** What went wrong stands on the line below the head. */
  readonly isSaidBelow?: boolean;
}

const FORMS: readonly Form[] = [
  {
    name: 'lua',
    head: /^(?:\S*\blua[\w.-]*: )(?<message>(?:\[string ".*"\]|\S.*?\.lua):\d+: .*)$/i,
    title: /^\s*stack traceback:$|^coroutine \d+:$/,
    // A function without the lines of its source has no number; nginx says behind the last frame whose request it was.
    frame:
      /^\s+(?<file>[^\s:[][^:]*\.lua|\.\.\.[^:]*)(?::(?<line>\d+))?: in (?:main chunk|(?:local |upvalue |field |method |global )?(?:function )?['<]?(?<call>[^'<>]*?)['>]?)(?:, (?:client|context): .*)?$/,
    raised: /(?:^|\s)(?<file>\S+?\.lua):(?<line>\d+): /,
    between:
      /^\s+(?:\[C\]|\[string ".*"\](?::\d+)?|\(\.\.\.tail calls\.\.\.\)|@?builtin[^:]*):?(?: in .*| \?)?$|^\s+\.\.\.\s*\(skipping|^\s+\.\.\.$/,
  },
  {
    name: 'haskell',
    head: /^[\w.-]+: Uncaught exception (?:[\w-]+:)?(?<type>[A-Z][\w.]*):$/,
    isSaidBelow: true,
    title: /^(?:CallStack \(from HasCallStack\)|HasCallStack backtrace|Backtrace from \w+):$/,
    frame: /^\s+(?<call>\S+), called at (?<file>\S+?):(?<line>\d+):(?<column>\d+) in (?<unit>\S+)$/,
    library: /^libraries[/\\]|in (?:base|ghc-[\w.-]+|containers|text|bytestring)(?:-[\w.]+)?:/,
  },
  {
    name: 'zig',
    head: /^thread \d+ panic: (?<message>.*)$/,
    frame: /^(?<file>\S+?\.zig):(?<line>\d+):(?<column>\d+): 0x[0-9a-f]+ in (?<call>\S+) \(.*\)$/,
    between: /^\s+\S|^\?\?\?:\?:\?: 0x|^\S.*\.(?:c|S|h):\d+:\d+: 0x|^(?:Unwind error|Unable to dump|Unable to print)/,
    library: /[/\\]lib[/\\](?:zig[/\\])?std[/\\]|compiler_rt/,
  },
  {
    name: 'powershell',
    head: /^(?<type>[A-Z]\w+(?:-\w+)?): (?:\S.*?\.ps[dm]?1):\d+(?::\d+)?$/,
    isVague: true,
    said: /^\s+\|\s+(?<message>[^~\s].*)$/,
    frame:
      /^At (?<file>\S.*?\.ps[dm]?1):(?<line>\d+) char:(?<column>\d+)$|^at (?<call>[\w<>.-]+), (?<file2>\S.*?\.ps[dm]?1): line (?<line2>\d+)$|^(?:\w+(?:-\w+)?|\S+Exception): (?<file3>\S.*?\.ps[dm]?1):(?<line3>\d+)(?::\d+)?$/,
    between: /^\s*(?:\+ |\+\s+~|~+$)|^\s*(?:Line )?(?:\d+ )?\s*\|(?:\s|$)|^\s{4}\+ \w+\s+: |^at <ScriptBlock>, /,
  },
  {
    name: 'julia',
    isVague: true,
    head: /^(?:ERROR: |caused by: )?(?:LoadError: )*(?:(?<type>[A-Z]\w*): ?)?(?<message>.*)$/,
    title: /^Stacktrace:$|^in expression starting at /,
    // Until 1.5 call and place stood on one line.
    frame:
      /^\s+@ (?:\S+ )?(?<file>\S.*?\.jl):(?<line>\d+)(?: \[inlined\])?$|^\s+\[\d+\] (?<call>[^\s({]\S*?)(?:\(.*\))? at (?<file2>\S+\.jl):(?<line2>\d+)$/,
    between: /^\s+(?:\[\d+\] |@ |\.\.\.)|^in expression starting at |^while loading .*, in expression starting on line \d+$|^caused by: /,
    isBlankBetween: true,
    callAbove: /^\s+\[\d+\] ([^\s({]+)/,
    library: /^\.[/\\]|[/\\]julia[/\\]stdlib|[/\\]\.julia[/\\]packages/,
  },
  {
    name: 'tslog',
    head: /^ (?<type>[A-Z]\w*) {2}(?<message>\S.*)$/,
    isVague: true,
    title: /^error stack:$/,
    frame: /^\t(?<file>\S+\.\w+|node:\S+):(?<line>\d+)$/,
    between: /^\s+• \S+\t|^Caused by \(\d+\): /,
    callAbove: /^\s+• \S+\t(\S+)/,
    library: /^node:/,
  },
  {
    name: 'ocaml',
    head: /^Fatal error: exception (?<type>[A-Z][\w.]*)(?:\((?<message>.*)\))?$/,
    frame:
      /^(?:Raised(?: by primitive operation)?|Re-raised|Called)(?: at| from)(?: (?<call>\S+) in)? file "(?<file>[^"]+)"(?: \(inlined\))?, lines? (?<line>\d+)/,
    library: /^(?:stdlib|list|hashtbl|map|camlinternal\w*|scanf|string|bytes|array)\.ml$/,
  },
  {
    name: 'nim',
    lead: /^Traceback \(most recent call last\)$/,
    frame: /^(?<file>[^\s(]+\.nim)\((?<line>\d+)(?:, \d+)?\)\s+(?<call>\S+)$/,
    between: /^\s*\[\[reraised from:|^\s*\]\]$/,
    last: /^Error: unhandled exception: (?<message>.*?) \[(?<type>[A-Z]\w*)\]$/,
    isReversed: true,
    library: /[/\\]lib[/\\](?:pure|system|std|core)[/\\]|^(?:fatal|iterators|system|tables)\.nim$/,
  },
  {
    name: 'crystal',
    head: /^Unhandled exception(?: in spawn)?: (?<message>.*) \((?<type>[A-Z][\w:]*)\)$/,
    frame: /^\s+from (?<file>\S.*?\.cr):(?<line>\d+):(?<column>\d+) in '(?<call>.*)'$/,
    between: /^\s+from /,
    library: /[/\\]crystal[/\\]src[/\\]|[/\\]lib[/\\]crystal/,
  },
  {
    name: 'tcl',
    isTitleSure: true,
    title: /^\s{4}(?:while executing|invoked from within|while compiling)$/,
    frame: /^\s{4}\(file "(?<file>[^"]+)" line (?<line>\d+)\)$/,
    between: /^\s{4}\((?:procedure|"\w+" body)|^\s{4}(?:while|invoked)|^".*"?$|"$/,
  },
  {
    name: 'ada',
    head: /^raised (?<type>[A-Z][\w.]*) : (?:\S+\.ad[bs]:\d+(?::\d+)? )?(?<message>.*)$/,
    frame: /^raised [A-Z][\w.]* : (?<file>\S+\.ad[bs]):(?<line>\d+)(?::(?<column>\d+))?(?: .*)?$/,
    between: /^\[\S.* at \S+:\d+\]$|^Call stack traceback locations:$|^0x[0-9a-f]+/,
  },
  {
    // Gin prints a stack so, the place before its call.
    name: 'gin',
    frame: /^(?<file>\S+\.(?:go|s|c|cgo)):(?<line>\d+) \(0x[0-9a-f]+\)$/,
    between: /^\t\S/,
    library: /[/\\]go[/\\](?:src|pkg)[/\\]/,
  },
  {
    name: 'fortran',
    isHeadBelow: true,
    isVague: true,
    head: /^Fortran runtime error: (?<message>.*)$/,
    title: /^(?:Error termination\. Backtrace:|Fortran runtime error: .*)$/,
    frame: /^At line (?<line>\d+) of file (?<file>\S+)|^\t?\s*at (?<file2>\S+?\.[fF]\w*):(?<line2>\d+)$/,
    between: /^#\d+\s+0x|^\t?\s*at \S/,
  },
  {
    name: 'r',
    head: /^Error in (?<call>.+?) : ?(?<message>.*)$|^Error in `[^`]+`:$/,
    // As rlang writes it.
    saidFirst: /^! (?<message>\S.*)$/,
    title: /^(?:Calls: |Backtrace:$|In addition: )/,
    frame: /^\s*\d+: (?<call>[\w.:]+)(?:\(.*\) at (?<file>\S+?)#(?<line>\d+)| \[(?<file2>[^#\]]+)#(?<line2>\d+)\])$/,
    between: /^\s+\S|^\s*(?:\d+: |[█▆├└│])|^[!ℹ✖•] |^Caused by error/u,
    last: /^Execution halted$/,
  },
  {
    name: 'clojure',
    head: /^(?:Execution|Syntax) error (?:\((?<type>[\w.$]+)\) )?(?:[a-z]+ )?(?:at|compiling at) (?:\S+ )?\([^()]+:\d+(?::\d+)?\)\.$/,
    title: /^Full report at:$/,
    frame:
      /^(?:Execution|Syntax) error (?:\([\w.$]+\) )?(?:[a-z]+ )?(?:at|compiling at) (?:(?<call>\S+) )?\((?<file>[^():]+):(?<line>\d+)(?::\d+)?\)\.$/,
    between: /^\S+\.edn$|^Caused by: /,
    isSaidBelow: true,
  },
  {
    name: 'lisp',
    head: /^Unhandled (?<type>[A-Z][\w:*-]*) in thread /,
    saidFirst: /^ {2}(?<message>\S.*)$/,
    title: /^Backtrace for: /,
    frame: /^\s*source: \(.*\) (?<file>\S+\.lisp):(?<line>\d+)$/,
    between: /^\d+: \(|^\s+\S/,
    last: /^unhandled condition in --disable-debugger mode, quitting$/,
  },
  {
    name: 'scheme',
    lead: /^Backtrace:$/,
    title: /^In (?:\S+\.scm|unknown file):$/,
    frame: /^(?<file>\S+?\.scm):(?<line>\d+):(?<column>\d+): In procedure (?<call>\S+?):(?: .*)?$/,
    said: /^(?:\S+?\.scm:\d+:\d+: )?(?:ERROR: )?In procedure \S+?: (?<message>.+)$/,
    between: /^\s+(?:\d+:\d+|\?: \?|\d+)\s+(?:\d+ )?\(|^(?:ERROR: )?In procedure |^ERROR: /,
    library: /^(?:ice-9|srfi|system|rnrs)[/\\]/,
  },
  {
    name: 'pascal',
    head: /^An unhandled exception occurred at \$[\dA-F]+:$/,
    saidFirst: /^(?<type>[A-Z]\w*): (?<message>.*)$/,
    isSaidBelow: true,
    frame: /^\s+\$[\dA-F]+ {2}(?<call>[\w$.]+), {1,2}line (?<line>\d+) of (?<file>\S+)$/,
    between: /^\s+\$[\dA-F]+/,
    library: /[/\\]rtl[/\\]|\bsystem\.(?:pp|inc)$/,
  },
  {
    // SourceMod's plugins.
    name: 'sourcepawn',
    head: /^Exception reported: (?<message>.*)$/,
    title: /^(?:Blaming: \S+|Call stack trace:)$/,
    frame: /^\s*\[\d+\] Line (?<line>\d+), (?<file>\S.*?)::(?<call>\S+)$/,
    between: /^\s*\[\d+\] \S/,
    library: /[/\\]scripting[/\\]include[/\\]/,
  },
  {
    name: 'd',
    head: /^(?<type>[a-z_]\w*(?:\.\w+)*\.[A-Z]\w*)@\S+?\.d\(\d+\)(?:: (?<message>.*))?$/,
    title: /^-{16}$/,
    frame: /^(?<file>\S+\.d):(?<line>\d+) (?:[^(]* )?(?<call>[\w.]+)(?:[!(].*)? \[0x[\da-f]+\]$/,
    between: /^\?\?:\? .*\[0x[\da-f]+\]$/,
    library: /[/\\](?:phobos|druntime)[/\\]|^(?:std|core)[/\\]/,
  },
  {
    // backward-cpp, which prints the signal last.
    name: 'backward',
    lead: /^Stack trace \(most recent call last\)(?: in thread \d+)?:$/,
    frame: /^#\d+\s+Source "(?<file>[^"]+)", line (?<line>\d+), in (?<call>[^\s(]+).* \[0x[\da-f]+\]$/,
    between: /^#\d+\s+(?:Object|Source) "|^\s+>?\s*\d+: /,
    last: /^(?<message>(?:Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception)\b.*)$/,
    isReversed: true,
  },
  {
    name: 'mono',
    frame: /^\s*(?:at )?(?<call>[A-Za-z_][^\s()]*[.:][^\s()]+) ?\([^()]*\) ?\(at (?<file>.+):(?<line>\d+)\)$/,
    between: /^Rethrow as |^\s*(?:at )?\(wrapper [\w-]+\) \S|^[A-Z][\w.+`]*:[\w.<>`]+ ?\([^()]*\)$/,
    library: /^\s*(?:at )?(?:System|Microsoft|Mono|UnityEngine|Unity|BepInEx|HarmonyLib|Cysharp)\b/,
  },
];

/** Its states are `below` (what went wrong is still to come), `head`, which may go on over lines, and `frames`. */
function grammarOf(form: Form): Grammar {
  const isFrame = (line: string): boolean => form.frame.test(line);
  return {
    name: form.name,
    isSaidBelow: form.isReversed === true || form.isHeadBelow === true,
    isHead: (line) => form.isVague === true && form.said !== undefined && form.head?.test(line) === true,
    opens(line) {
      if (form.lead?.test(line)) return '?frames';
      return form.isVague !== true && form.head?.test(line) ? (form.isSaidBelow ? 'below' : 'head') : undefined;
    },
    resumes: (line) => (isFrame(line) || (form.isTitleSure && form.title?.test(line)) ? 'frames' : undefined),
    next(state, line) {
      if (state === 'end') return undefined;
      if (state === 'below') return 'head';
      if (form.last?.test(line)) return 'end';
      if (isFrame(line) || form.title?.test(line)) return 'frames';
      if (state === 'frames') return form.between?.test(line) ? 'frames' : form.isBlankBetween && line === '' ? '?frames' : undefined;
      if (form.isVague !== true && form.head?.test(line)) return undefined;
      return form.between?.test(line) ? 'head' : '?head';
    },
  };
}

export const placedGrammars: readonly Grammar[] = FORMS.map(grammarOf);

const SURE_HEADS = FORMS.filter(({ head, isVague }) => head !== undefined && isVague !== true);
const anyWritten = (forms: readonly (RegExp | undefined)[]): ((line: string) => boolean) =>
  anyOf(forms.filter((form) => form !== undefined));

/** False where none of these grammars opens with the line: one look spares asking each. */
export const mayOpenPlaced = anyWritten([...SURE_HEADS.map(({ head }) => head), ...FORMS.map(({ lead }) => lead)]);

/** False where the line is a frame of none, nor a title that stands nowhere else. */
export const mayResumePlaced = anyWritten(FORMS.flatMap((form) => [form.frame, form.isTitleSure ? form.title : undefined]));

/** The forms that such a line may be a frame of. */
const formsOfFrame = remembering((line) => (mayResumePlaced(line) ? FORMS.filter(({ frame }) => frame.test(line)) : []));

/** The form with the most frames has the trace. Its language has no name of its own in an event. */
export const readPlaced: Reader = (lines) => {
  let best: { form: Form; frames: Frame[] } | undefined;
  const seen = new Set(lines.flatMap(formsOfFrame));
  for (const form of FORMS) {
    if (!seen.has(form)) continue;
    const frames = framesOf(form, lines);
    if (frames.length > (best?.frames.length ?? 0)) best = { form, frames };
  }
  const first = lines[0] ?? '';
  const form = best?.form ?? (mayOpenPlaced(first) ? SURE_HEADS.find(({ head }) => head?.test(first)) : undefined);
  if (!form) return undefined;
  const at = lines.findIndex((line) => form.head?.test(line) === true || form.last?.test(line) === true);
  const said = form.head?.exec(lines[at] ?? '') ?? form.last?.exec(lines[at] ?? '');
  const frames = numbered(form, lines, best?.frames ?? []);
  return {
    language: 'none',
    type: said?.groups?.type ?? lines.map((line) => form.saidFirst?.exec(line)?.groups?.type).find((type) => type !== undefined) ?? null,
    message:
      (form.isSaidBelow && form.saidFirst === undefined && at >= 0
        ? lines.slice(at + 1).find((line) => line.trim() !== '')
        : lastSaid(form, lines) || said?.groups?.message) || null,
    frames: form.isReversed ? frames.reverse() : frames,
  };
};

/** The frame nearest the crash with the number that stands before the message, where it has none itself. */
function numbered({ raised }: Form, lines: readonly string[], frames: Frame[]): Frame[] {
  const [first, ...rest] = frames;
  if (!raised || first?.line !== null) return frames;
  const at = lines.map((line) => raised.exec(line)?.groups).find((groups) => groups !== undefined);
  return at?.file === first.file ? [{ ...first, line: Number(at.line) }, ...rest] : frames;
}

function lastSaid({ said, saidFirst }: Form, lines: readonly string[]): string | undefined {
  const form = said ?? saidFirst;
  const messages = form ? lines.map((line) => form.exec(line)?.groups?.message).filter((message) => message !== undefined) : [];
  return said ? messages.at(-1) : messages[0];
}

/** Where a system keeps what came with a language, and a user's tools what they have fetched. */
const SYSTEM = /^\/usr\/(?:local\/)?(?:lib|include)\w*\/|[/\\]\.cache[/\\]/;

function framesOf(form: Form, lines: readonly string[]): Frame[] {
  return lines.flatMap((text, index) => {
    const groups = form.frame.exec(text)?.groups;
    if (!groups) return [];
    const file = groups.file ?? groups.file2 ?? groups.file3;
    const above = form.callAbove?.exec(lines[index - 1] ?? '');
    if (file === undefined || (form.callAbove && !above && groups.call === undefined)) return [];
    const call = groups.call ?? above?.[1];
    const isLibrary = SYSTEM.test(file) || form.library?.test(file) === true || form.library?.test(text) === true;
    // A build without symbols names a hash.
    if (/^<.*>$/.test(file)) return [frame('', undefined, call, !isLibrary)];
    return [frame(file, groups.line ?? groups.line2 ?? groups.line3, call, !isLibrary, groups.column)];
  });
}
