// C and C++: the sanitizers' reports, `terminate called`, failed assertions.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const SANITIZER = /^==\d+==\s?(?:ERROR|WARNING): (\w+Sanitizer): (.*)$/;
/** Printed by the signal's handler, before the report. */
const DEADLY = /^(?:\w+Sanitizer|UndefinedBehaviorSanitizer):DEADLYSIGNAL$/;
/** The C library's and libstdc++'s last words. */
const LAST_WORDS =
  /^(?:\*\*\* (.+) \*\*\*: terminated|((?:free|malloc|realloc|calloc|munmap_chunk|malloc_consolidate)\(\): .+)|(double free or corruption \(.*\)|corrupted (?:size vs\. prev_size|double-linked list).*)|(?:\S+: line \d+: +\d+ )?(Segmentation fault|Bus error|Illegal instruction|Floating point exception)(?: *\(core dumped\).*)?)$/;
/** libstdc++ in debug mode: place, function, then `Error: …`. */
const DEBUG_MODE = /^(\/\S*c\+\+\S*\/debug\/\S+):(\d+):$/;
const UBSAN = /^(\/.*?|[A-Za-z]:[\\/].*?|[^\s:]+):(\d+):(\d+): runtime error: (.*)$/;
const TERMINATE = /^terminate called (?:after throwing an instance of '(.*)'|without an active exception|recursively)/;
/** The same of LLVM's library; it tells of Objective-C's exceptions, too. */
const TERMINATING =
  /^libc\+\+abi(?:\.dylib)?: terminating (?:(?:with|due to) uncaught exception of type ([^\s:]+(?:::[^\s:]+)*)(?:: (.*))?|.+)$/;
const OBJECTIVE_C = /^(?:\*\*\* Terminating app due to|terminating (?:with|due to)) uncaught exception /;
const ASSERTION = /^(?:\S+: )?(\S+?):(\d+): (?:(.*): )?Assertion [`'](.*)' failed\.?$/;
/** The same as the libraries of other systems write it, and databases. */
const FAILED =
  /^(?:[\w.-]+: |0x[0-9a-f]+ +)*Assertion fail(?:ed|ure)(?:: (.*?),)?(?: (?:function|in thread) \S+?,?)?(?: in)? file (\S+?),? line (\d+)\.?$/;
/** Varnish's, behind the words of whoever has found the child dead. */
const PANICKED = /^"?Assert error in (\w+)\(\), (\S+) line (\d+):$/;
/** Qt's. */
const QT_ASSERT = /^ASSERT(?: failure in (.*?))?: "(.*)"(?:, |\s+in )file (\S+), line (\d+)$/;
/** A debugger that was told to run the program, or the service that keeps cores. */
const SIGNALLED = /^(?:Program|Thread .*) (?:received|terminated with) signal (SIG\w+), (.*?)\.?$/;
const DUMPED = /^Process \d+ \((.+)\) of user \d+ (?:dumped core|terminated abnormally.*)\.?$/;
/** A program's own handler: what it caught is a signal of those that end a program, by name, number, or in words. */
const CAUGHT =
  /^(?:\*{3} )?(?:\[?\w[\w.:-]*\]?:? )?(?:\*{3} )?(?:(?:[Cc]aught|[Rr]eceived|[Gg]ot|[Ff]atal|[Uu]nhandled)(?: an?)?(?: (?:fatal|unexpected|unhandled|deadly))? [Ss]ignal(?::? (?:4|6|7|8|11)|(?:: | \(|: \(| (?=SIG))(?:4|6|7|8|11|(?:SIG)?(?:SEGV|ABRT|BUS|FPE|ILL)|Aborted|Segmentation fault|Bus error|Illegal instruction|Floating point exception))(?![\w.-])|Process received signal \*{3}$|SIG(?:SEGV|ABRT|BUS|FPE|ILL) (?:received at time=|\(@0x[\da-f]+\) received by PID))/;
/** Places without a file, as Ceph, abseil and glog, OpenFOAM, and glibc number them. */
const NATIVE_FRAMES: readonly RegExp[] = [
  /^\s*\d+: \(([A-Za-z_~][\w:~]*)?.*\+0x[\da-f]+\) \[0x/,
  /^\s*@ +0x[\da-f]+ +(?:\d+ +)?(?:\(unknown\) *)?([A-Za-z_~][\w:~]*)?/,
  /^\s*#\d+ +([A-Za-z_~][\w:~]*).* (?:at|in) \S/,
  /^\s*(?:\[ ?\d+\] |\d+: |0x[\da-f]+: )?[^\s()]+\(([A-Za-z_~][\w:~]*)?(?:\+0x[\da-f]+)?\) ?\[0x/,
];
const GDB_FRAME = /^\s*#\d+ +(?:0x[0-9a-f]+ )?(?:in )?\S/;
const GO_RACE = /^WARNING: DATA RACE$/;
const TSAN = /^WARNING: ThreadSanitizer: (.*?)(?: \(pid=\d+\))?$/;

/** How the lines follow each other. A report runs from its ruler to `ABORTING`, or to the end of its shadow bytes. */
export const cppGrammar: Grammar = {
  name: 'cpp',
  opens(line) {
    if (/^={18,}$/.test(line)) return '?ruler';
    if (DEADLY.test(line)) return 'deadly';
    if (LAST_WORDS.test(line)) return 'what';
    if (/^pure virtual method called$/.test(line)) return 'pure';
    if (DEBUG_MODE.test(line)) return '?debug';
    if (SANITIZER.test(line)) return 'report';
    if (UBSAN.test(line)) return 'ubsan';
    if (TSAN.test(line)) return 'race';
    if (SIGNALLED.test(line)) return 'signalled';
    if (CAUGHT.test(line)) return 'caught';
    return TERMINATE.test(line) ||
      TERMINATING.test(line) ||
      DUMPED.test(line) ||
      ASSERTION.test(line) ||
      FAILED.test(line) ||
      QT_ASSERT.test(line)
      ? 'what'
      : undefined;
  },
  resumes: (line) => (/^\s+#\d+ 0x[0-9a-f]+ in \S/.test(line) ? 'report' : undefined),
  next(state, line) {
    if (state === 'end') return undefined;
    if (state === 'deadly') return /^={18,}$/.test(line) ? 'ruler' : SANITIZER.test(line) ? 'report' : undefined;
    if (state === 'ruler') return SANITIZER.test(line) ? 'report' : TSAN.test(line) || GO_RACE.test(line) ? 'race' : undefined;
    if (state === 'race') return /^={18,}$/.test(line) ? 'raced' : 'race';
    if (state === 'raced') return /^ThreadSanitizer: reported \d+ warnings|^Found \d+ data race/.test(line) ? 'end' : undefined;
    if (state === 'pure') return TERMINATE.test(line) ? 'what' : undefined;
    if (state === 'debug') return debugMode(line);
    if (state === 'signalled') return GDB_FRAME.test(line) || /^\d+\t|^\S.* at \S+:\d+$|^\s+\S/.test(line) ? state : undefined;
    if (state === 'caught')
      return line === ''
        ? '?caught'
        : /^\s+\S|^\*{3} |^\[end of stack trace\]$|^Signal(?: code)?: |^PC: @ /.test(line) || isNative(line)
          ? state
          : undefined;
    if (state === 'objects') return /^\s+\S/.test(line) ? 'objects' : undefined;
    if (state === 'what')
      return /^\s+what\(\): |^Aborted|^\s+\S|^\*\*\* First throw call stack:|^[()]/.test(line) || OBJECTIVE_C.test(line)
        ? 'what'
        : undefined;
    if (/^==\d+==\s?ABORTING|^Exiting$/.test(line)) return 'end';
    if (/^==\d+==\s?HINT: /.test(line)) return 'summary';
    if (state === 'ubsan' && DEADLY.test(line)) return undefined;
    if (state === 'ubsan')
      return /^\s+#\d+ |^SUMMARY: |^\S.*: note: |^\s+\S|^$/.test(line) ? (line === '' ? '?ubsan' : 'ubsan') : undefined;
    if (state === 'summary') return /^(?:Shadow |\s|=>|Addressable|Left|Right|[A-Z][\w ()]*:\s)/.test(line) ? 'summary' : undefined;
    if (/^SUMMARY: /.test(line)) return 'summary';
    return SANITIZER.test(line) || /^={18,}$/.test(line) ? undefined : 'report';
  },
};

/** Everything in it is indented, but for `Error: …`, the rest of its sentence, and the titles. */
function debugMode(line: string): string | undefined {
  if (/^Error: /.test(line)) return 'debug';
  if (/^Objects involved in the operation:$/.test(line)) return 'objects';
  if (line === '') return '?debug';
  return /^(?:In function:|\s+\S)/.test(line) ? '?debug' : /\.$/.test(line) ? 'debug' : undefined;
}

/** The first stack of a report is the faulty access; the later ones tell where memory was freed or allocated. */
export const readCpp: Reader = (lines) => {
  const isObjectiveC = lines.some((line) => OBJECTIVE_C.test(line));
  for (const line of lines) {
    const report = SANITIZER.exec(line) ?? TSAN.exec(line);
    if (report)
      return chained('cpp', [
        {
          type: report[2] === undefined ? `ThreadSanitizer: ${report[1]}` : kindOf(report[1]!, report[2]),
          message: (report[2] ?? report[1]!).replace(/ on (?:unknown )?(?:address )?0x.*/, ''),
          frames: firstStack(lines),
        },
      ]);
    const signal = SIGNALLED.exec(line);
    if (signal) return chained('cpp', [{ type: signal[1]!, message: line, frames: firstStack(lines) }]);
    if (CAUGHT.test(line))
      return chained('cpp', [
        {
          type: 'signal',
          message: (lines.find((one) => /^Signal: /.test(one)) ?? line).replace(/^\*+ | \*+\s*$/g, ''),
          frames: nativeFrames(lines),
        },
      ]);
    const words = LAST_WORDS.exec(line);
    if (words) return chained('cpp', [{ type: 'abort', message: words.slice(1).find((word) => word !== undefined)!, frames: [] }]);
    if (DEBUG_MODE.test(line)) return chained('cpp', [{ type: 'Error', message: debugMessage(lines), frames: [] }]);
    const ub = UBSAN.exec(line);
    if (ub) return chained('cpp', [{ type: 'runtime error', message: ub[4]!, frames: withPlace(ub, lines) }]);
    const terminate = TERMINATE.exec(line);
    if (terminate) return chained('cpp', [{ type: terminate[1] ?? 'terminate', message: saidBy(lines), frames: firstStack(lines) }]);
    const terminating = isObjectiveC ? null : TERMINATING.exec(line);
    if (terminating) return chained('cpp', [{ type: terminating[1] ?? 'terminate', message: terminating[2] ?? line, frames: [] }]);
    const assertion = ASSERTION.exec(line);
    if (assertion) return asserted(`${assertion[4]} failed`, assertion[1]!, assertion[2]!, assertion[3]);
    const failed = FAILED.exec(line);
    if (failed) return asserted(failed[1] === undefined ? line : `${failed[1]} failed`, failed[2]!, failed[3]!);
    const panicked = PANICKED.exec(line);
    if (panicked) return asserted(line.replace(/^"|:$/g, ''), panicked[2]!, panicked[3]!, panicked[1]);
    const qt = QT_ASSERT.exec(line);
    if (qt) return asserted(qt[2]!, qt[3]!, qt[4]!, qt[1]);
  }
  return undefined;
};

const asserted = (message: string, file: string, line: string, name?: string): ReturnType<Reader> =>
  chained('cpp', [{ type: 'Assertion', message, frames: [frame(file, line, name, !isLibrary(file))] }]);

/** What happened is what tells two reports apart: `AddressSanitizer: heap-use-after-free`. */
function kindOf(sanitizer: string, words: string): string {
  const kind = /^(?:attempting )?([a-z]+(?:-[a-z]+)+|double-free|SEGV|FPE|ILL|BUS|detected memory leaks)\b/.exec(words)?.[1];
  return kind === undefined ? sanitizer : `${sanitizer}: ${kind}`;
}

const isNative = (line: string): boolean => NATIVE_FRAMES.some((form) => form.test(line));

/** What hands a signal on, and what a thread begins with, is nobody's. */
const RUNTIME =
  /^(?:__|_start$|std::|google::|absl::|boost::|g?signal|sig|raise$|abort$|killpg$|clone$|start_thread$|pthread_|main$)|assert|print_?stack|backtrace/i;

function nativeFrames(lines: readonly string[]): ReturnType<typeof frame>[] {
  return lines.flatMap((whole) => {
    // Each in a record of its own.
    const line = whole.replace(/^[^@]{1,160}?[\])a-z\d]: +(?:PC: )?(?=@ +0x)/, '');
    const found = NATIVE_FRAMES.map((form) => form.exec(line)).find((one) => one !== null);
    return found?.[1] === undefined ? [] : [frame('', undefined, found[1], !RUNTIME.test(found[1]))];
  });
}

/** Looked for once, however many lines there are. */
const saidBy = (lines: readonly string[]): string | null =>
  lines.map((text) => /^\s+what\(\): {1,2}(.*)$/.exec(text)).find((m) => m !== null)?.[1] ?? null;

const debugMessage = (lines: readonly string[]): string | null => {
  const at = lines.findIndex((line) => /^Error: /.test(line));
  if (at < 0) return null;
  const end = lines.findIndex((line, index) => index >= at && /\.$/.test(line));
  return lines
    .slice(at, end < at ? at + 1 : end + 1)
    .map((line) => line.trim())
    .join(' ')
    .replace(/^Error: /, '');
};

function withPlace(ub: RegExpExecArray, lines: readonly string[]): ReturnType<typeof frame>[] {
  const stack = firstStack(lines);
  return stack.length > 0 ? stack : [frame(ub[1]!, ub[2], undefined, true, ub[3])];
}

function firstStack(lines: readonly string[]): ReturnType<typeof frame>[] {
  const frames: ReturnType<typeof frame>[] = [];
  for (const line of lines) {
    const m =
      /^\s+#(\d+) 0x[0-9a-f]+ in (.+?)(?: (\S+?):(\d+)(?::(\d+))?| \((\S+?)(?:\+0x[0-9a-f]+)?\).*)?$/.exec(line) ??
      /^\s+#(\d+) (\S.*?) (\S+?):(\d+)(?::(\d+))? \(.*\)$/.exec(line) ??
      // A debugger's, with what the function was called with.
      /^#(\d+) +(?:0x[0-9a-f]+ in )?(\S+) \(.*\) at (\S+?):(\d+)$/.exec(line);
    if (!m) continue;
    if (m[1] === '0' && frames.length > 0) break;
    const file = m[3] ?? m[6] ?? '';
    const library = m[3] === undefined || isLibrary(file) || /^(?:std::|__|_start)/.test(m[2]!);
    frames.push(frame(file, m[4], m[2]!.replace(/\(.*$/, ''), !library, m[5]));
  }
  return frames;
}

/**
 * Distributions build packages below `/build`, in a directory that bears the version (`glibc-SzIz7B/glibc-2.31`), or the package's
 * name twice (`gcc/src/gcc`); a program of one's own is built there too, in a container.
 */
const OF_DISTRIBUTION = /^\/build\/(?:(?:[^/]+\/)?[^/]+-\d[^/]*\/|([^/]+)\/src\/\1\/)/;

const isLibrary = (file: string): boolean =>
  OF_DISTRIBUTION.test(file) ||
  /^(?:\/usr\/|(?:\.\.?\/)*(?:sysdeps|csu|nptl|stdlib|malloc|src\/libsanitizer))|libsanitizer|libc-start|compiler-rt/.test(file);
