// The registry of stack-trace languages: the grammars that join lines, and the readers of finished traces.
// Adding a language is a file beside this and a row in each table.
import type { TraceLanguage } from '../../tables.ts';
import { anyOf } from './any-of.ts';
import { atGrammar, isNamed } from './at-lines.ts';
import { consoleGrammar, readConsole } from './console.ts';
import { cppGrammar, readCpp } from './cpp.ts';
import { dartGrammar, readDart } from './dart.ts';
import { readDotnet } from './dotnet.ts';
import { elixirGrammar, readElixir } from './elixir.ts';
import { erlangGrammar, readErlang } from './erlang.ts';
import { goGrammar, readGo } from './go.ts';
import type { Grammar, Reader, State, Trace } from './grammar.ts';
import { readJava } from './java.ts';
import { readNode } from './node.ts';
import { perlGrammar, readPerl } from './perl.ts';
import { phpGrammar, readPhp } from './php.ts';
import { mayOpenPlaced, mayResumePlaced, placedGrammars, readPlaced } from './placed.ts';
import { pythonGrammar, readPython } from './python.ts';
import { readRuby, rubyGrammar } from './ruby.ts';
import { readRust, rustGrammar } from './rust.ts';
import { readSwift, swiftGrammar } from './swift.ts';

/** In the order of trial: exact openers before those that share words with others. */
const GRAMMARS: Readonly<Record<TraceLanguage, readonly Grammar[]>> = {
  python: [pythonGrammar],
  go: [goGrammar],
  rust: [rustGrammar],
  php: [phpGrammar, consoleGrammar],
  dart: [dartGrammar],
  ruby: [rubyGrammar],
  cpp: [cppGrammar],
  elixir: [elixirGrammar, erlangGrammar],
  swift: [swiftGrammar],
  perl: [perlGrammar],
  java: [atGrammar],
  javascript: [atGrammar],
  dotnet: [atGrammar],
};

/** A reader, and what stands in every trace that it reads: one of these. Most texts are of one language, and spare the others. */
interface Reads {
  readonly read: Reader;
  readonly signs: readonly (string | RegExp)[];
}

/** In the order of trial: on a tie the first one has the trace. */
export const READERS: Readonly<Record<TraceLanguage, readonly Reads[]>> = {
  python: [{ read: readPython, signs: ['Traceback', 'File "', 'Fatal Python', 'Cell In['] }],
  go: [{ read: readGo, signs: ['DATA RACE', 'goroutine ', '.go:', '.s:', '.c:', '.cgo:'] }],
  rust: [{ read: readRust, signs: ["hread '", 'Caused by:', 'Location:', 'Stack backtrace:', 'BACKTRACE', 'SPANTRACE'] }],
  cpp: [
    {
      read: readCpp,
      signs: [
        ...['Sanitizer', ': terminated', '(): ', 'double free', 'corrupted ', 'Segmentation fault', 'Bus error', 'Illegal instruction'],
        ...['Floating point exception', 'c++', ': runtime error: ', 'terminate called', 'terminating', 'Assertion ', 'ASSERT'],
        ...[' received signal ', ' terminated with signal ', ' of user ', 'ignal ', 'ignal: ', ' received at time=', ') received by PID'],
        'Assert error in ',
      ],
    },
  ],
  dart: [{ read: readDart, signs: ['(package:', '(file:', '(dart:', 'Unhandled exception:', 'Unhandled Exception:'] }],
  php: [
    {
      read: readPhp,
      signs: [...["xception '", 'Uncaught ', 'Next ', '[object] (', 'Fatal error', 'Parse error', 'Stack trace:'], / (?:in|at) \S+?:\d/],
    },
    { read: readConsole, signs: ['.php line ', 'Exception trace:'] },
  ],
  ruby: [{ read: readRuby, signs: [':in `', ":in '", '.rb:'] }],
  dotnet: [
    {
      read: readDotnet,
      signs: ['.cs:', '.vb:', '.fs:', ':line ', ' [0x', '--- End of', 'at System.', 'at Microsoft.', 'Process terminated. '],
    },
  ],
  java: [{ read: readJava, signs: ['Caused by: ', '# A fatal error', /at [^\s(]+\(/] }],
  javascript: [
    {
      read: readNode,
      signs: [
        ...['(native)', '(unknown location)', '(<anonymous>)', '(index ', 'Node.js v', 'Native stack trace', 'node::', 'v8::'],
        /:\d+:\d/,
      ],
    },
  ],
  elixir: [
    { read: readElixir, signs: ['** (', '.ex:', '.exs:', '.erl:'] },
    { read: readErlang, signs: ['{', 'exception error: ', 'exception exit: ', 'exception throw: ', 'in function ', 'in call from '] },
  ],
  swift: [
    {
      read: readSwift,
      signs: ['Terminating app', 'Swift runtime failure', 'Fatal error', 'Precondition failed', 'Assertion failed', ' + '],
    },
  ],
  perl: [{ read: readPerl, signs: [' line '] }],
};

/** Lines of a trace are no longer: what stands in the middle of one that is says nothing, and must cost nothing. */
const MAX_LINE = 2000;
const TAIL = 500;

const bounded = (line: string): string => (line.length <= MAX_LINE ? line : line.slice(0, MAX_LINE - TAIL) + line.slice(-TAIL));

/** A grammar that is never shown a line beyond the bound: `openTrace` and `resumeTrace` cut it once for all of them. */
const boundedGrammar = ({ next, ...named }: Grammar): Grammar => ({ ...named, next: (state, line) => next(state, bounded(line)) });

const ownGrammars: readonly Grammar[] = [...new Set(Object.values(GRAMMARS).flat())].map(boundedGrammar);
const grammars: readonly Grammar[] = [...ownGrammars, ...placedGrammars.map(boundedGrammar)];

const readers = [...Object.values(READERS).flat(), { read: readPlaced, signs: [''] }].map(({ read, signs }) => ({
  read,
  mayRead: anyOf(signs),
}));

/** A grammar and the state it is in. */
export interface Place {
  readonly grammar: Grammar;
  readonly state: State;
}

/** Every opener holds one of these; most lines hold none, and are spared the grammars. */
const HINT =
  /[Tt]raceback|FATAL ERROR|A fatal error|[Ee]xception|EXCEPTION|[Ee]rror|Throwable|panic|goroutine|SIG|[Ss]ignal|rocess terminated|hread '|:in |\.rb:|::|===|Sanitizer|terminate|ssert|ASSERT|^raised |Precond|crashed|Swift|\*\* \(|V8 |nhandled|ncaught|[jt]sx?:\d|node:|eval|File "| line |DEADLY|: terminated$|free|alloc\(\)|munmap_chunk|corrupted |pure virtual|fault|Bus error|Illegal|c\+\+\/|RACE|anonymous_script|^Process |\):\s*$|init terminating|\bBacktrace:$|\blua|\.d\(\d|\(most recent call last\)/;

/** Frames of some languages begin at the margin. */
const PLACED =
  /\.(?:zig|nim|scm|clj|ps[dm]?1|d)[:(]\d|\.ps[dm]?1: line \d|^\S+:\d+:in [`']|^[\w-]+ \([\w.]+\) \S+:\d+:in [`']|^(?:Raised|Re-raised|Called) .*, lines? \d|^At line \d|^\S+\.(?:go|s|c|cgo):\d+ \(0x|\(at \S+:\d+\)$|^\d+ +\S+ +0x|^ {4}(?:while|invoked)/;

/** False where `line` cannot begin a trace nor be one by itself. */
export const mayOpen = (line: string): boolean => HINT.test(bounded(line));

/** @returns the grammar that can begin a trace with `line`. */
export function openTrace(line: string): Place | undefined {
  const short = bounded(line);
  if (!HINT.test(short)) return undefined;
  for (const grammar of mayOpenPlaced(short) ? grammars : ownGrammars) {
    const state = grammar.opens(short);
    if (state !== undefined) return { grammar, state };
  }
  return undefined;
}

/** False for openers that also are sentences: `TypeError: x`, `x at a.pl line 3`, `Got signal: 7`; and for those that need more lines. */
export const isSureOpener = ({ grammar, state }: Place, line: string): boolean =>
  grammar.name !== 'perl' && state !== 'caught' && !state.startsWith('?') && !(grammar.name === 'at' && isNamed(bounded(line)));

/** False for an opener before which anything may stand: Perl's message has the place at its end. */
export const isWholeLine = ({ grammar }: Place): boolean => grammar.name !== 'perl';

/** @returns the grammar for which `line` can only be inside a trace. */
export function resumeTrace(line: string): Place | undefined {
  const short = bounded(line);
  if (!/^[\s#g[*|+]/.test(short) && !PLACED.test(short)) return undefined;
  for (const grammar of mayResumePlaced(short) ? grammars : ownGrammars) {
    const state = grammar.resumes(short);
    if (state !== undefined) return { grammar, state };
  }
  return undefined;
}

/** Is it a frame but for the blanks that stand before one? */
export const atMargin = (line: string): boolean =>
  /^(?:at |from |File "|\S+\.\w+:\d)/.test(line) && !resumeTrace(line) && resumeTrace(`\t${line}`) !== undefined;

/** The lines with blanks before their frames, where none has any: who carried them has taken them off. */
export function withBlanks(lines: readonly string[]): readonly string[] {
  if (lines.length < 3 || lines.some((line, at) => at > 0 && /^\s+\S/.test(line))) return lines;
  return lines.map((line, at) => (at > 0 && atMargin(line) ? `\t${line}` : line));
}

/** Which version of a program threw it. */
const VERSION = /^\[[\w-]*\d\.[\w.+-]*\] (?=[\w.$]+(?:Exception|Error)\b)/;

/** Reads a finished trace; the reader that finds most frames has it, the first of the list on a tie. */
export function readTrace(lines: readonly string[]): Trace | undefined {
  let best: Trace | undefined;
  const short = lines.map((line) => bounded(line).replace(VERSION, ''));
  const text = short.join('\n');
  for (const { read, mayRead } of readers) {
    if (!mayRead(text)) continue;
    const trace = read(short);
    if (trace && (!best || trace.frames.length > best.frames.length)) best = trace;
  }
  return best;
}
