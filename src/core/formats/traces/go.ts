// Go panics, fatal errors and stack dumps. Only the first goroutine of a dump is read: it is the one that crashed.
import type { Frame } from '../../model.ts';
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const GOROUTINE = /^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[^\]]*\]:$/;
const CALL = /^(?:created by )?[\w./*()$@[\]{}…·,-]+(?:\(.*\)|(?: in goroutine \d+))?$/;
/** What prints a journal writes tabs as blanks. */
const PLACE = /^(?:\t| {4,8})(?:\/|[A-Za-z]:|[\w.@~-]).*\.(?:go|s|c|cgo):\d+(?= \+0x[0-9a-f]|\s*$)/;

const BARRED = /^\s*│ \\t\S+\.go:\d+$/;
/**
 * As cockroachdb's errors print themselves with all they know: each error around the first one under a number, what is said of it
 * behind a bar, and the names of their types last.
 */
const LAYER = /^(?:Wraps: )?\(\d+\) |^\s+(?:-- |\| )/;
const LAYER_PLACE = /^\s+\| (?:\t| {4,8})\S.*\.(?:go|s|c|cgo):\d+$/;
const LAYER_TYPES = /^Error types: \(\d+\) /;

const RACE = /^WARNING: DATA RACE$/;

/** How the lines of a panic follow each other. */
export const goGrammar: Grammar = {
  name: 'go',
  opens(line) {
    if (/^panic: |^fatal error: (?!.*\bin \S+\.php\b)|^\[signal SIG|^(?:SIGQUIT|SIGABRT): |^runtime: goroutine stack exceeds/.test(line))
      return 'head';
    if (/http: panic serving /.test(line)) return 'head';
    if (RACE.test(line)) return 'race';
    return GOROUTINE.test(line) ? 'frames' : undefined;
  },
  resumes: (line) => (GOROUTINE.test(line) || PLACE.test(line) ? 'frames' : LAYER_PLACE.test(line) ? 'report' : undefined),
  next(state, line) {
    if (state === 'end') return undefined;
    if (state === 'race') return /^={18,}$/.test(line) ? 'end' : 'race';
    if (state === 'report') return LAYER_TYPES.test(line) ? 'end' : LAYER.test(line) ? 'report' : undefined;
    if (GOROUTINE.test(line)) return 'frames';
    if (/^exit status \d+$/.test(line)) return 'end';
    if (state === 'head') {
      if (/^panic: /.test(line)) return undefined;
      return /^\[signal |^\s+\S|^runtime stack:|^fatal error: /.test(line) ? 'head' : '?head';
    }
    // As zap prints a stack: names without arguments, which are frames only when a place follows.
    if (/^[\w./*()$@[\]{}…·-]+\.[\w.()*[\]…-]+$/.test(line)) return '?frames';
    return PLACE.test(line) ||
      (CALL.test(line) && /[(]| in goroutine |^created by /.test(line)) ||
      /^\.\.\.(?:additional|\d+) frames elided/.test(line) ||
      /^r\w+\s+0x[0-9a-f]+$/.test(line) ||
      /^runtime stack:$/.test(line)
      ? 'frames'
      : undefined;
  },
};

/** Frames of the first goroutine; the runtime's own frames above the panic are library frames. */
export const readGo: Reader = (written) => {
  if (written.some((line) => LAYER_PLACE.test(line))) return readLayers(written);
  // charmbracelet/log draws a bar before each line of a value, and writes the tab out.
  const lines = written.some((line) => BARRED.test(line))
    ? written.map((line) => line.replace(/^\s*│ (?:\\t)?/, (bar) => (bar.endsWith('t') ? '\t' : '')))
    : written;
  const race = lines.findIndex((line) => RACE.test(line));
  if (race >= 0)
    return chained('go', [{ type: 'DATA RACE', message: lines[race + 1]?.replace(/ at 0x.*/, '') ?? null, frames: raced(lines, race) }]);
  const start = lines.findIndex((line) => GOROUTINE.test(line));
  const places = lines.some((line) => PLACE.test(line));
  const head = lines
    .map((line) => /(?:^|\s)(?:panic|fatal error|http: panic serving \S+): (.*)$/.exec(line) ?? /http: panic serving (\S+: .*)$/.exec(line))
    .find((m) => m !== null);
  if (start < 0 && !places) return readRecovered(lines);
  const serving = /http: panic serving \S+: (.*)$/.exec(lines[0] ?? '');
  const message = serving?.[1] ?? head?.[1] ?? null;
  const frames = readFrames(lines, Math.max(0, start));
  // A logged stack, as zap prints it: nothing panicked.
  if (start < 0 && message === null) return frames.length === 0 ? undefined : { language: 'go', type: null, message: null, frames };
  const fatal = lines.some((line) => /^fatal error: /.test(line)) && !lines.some((line) => /^panic: /.test(line));
  const thrown = /^(?:main\.|[\w/]+\.)?(\w+)\{/.exec(message ?? '');
  return chained('go', [
    {
      type: fatal ? 'fatal error' : 'panic',
      message: thrown ? message : (message?.replace(/ \[recovered\].*$/, '') ?? null),
      frames,
    },
  ]);
};

/** The innermost error stands last, and its stack leads to where it was made. */
function readLayers(written: readonly string[]): ReturnType<Reader> {
  const layers: string[][] = [[]];
  for (const line of written) {
    if (/^(?:Wraps: )?\(\d+\) /.test(line)) layers.push([]);
    layers.at(-1)!.push(line.replace(/^\s+\| /, ''));
  }
  const links = layers.map((lines) => ({ type: '', message: null, frames: readFrames(lines, 0) }));
  return { language: 'go', type: null, message: null, frames: chained('go', links)!.frames };
}

/** As gin's recovery prints a stack: a place with its address, and below it the function with the line of its source. */
const ADDRESSED = /^(\S.*\.(?:go|s)):(\d+) \(0x[0-9a-f]+\)$/;

/** The message stands above the first place, below the request where that is printed. */
function readRecovered(lines: readonly string[]): ReturnType<Reader> {
  const first = lines.findIndex((line, at) => ADDRESSED.test(line) && /^\t\S+: /.test(lines[at + 1] ?? ''));
  if (first < 0) return undefined;
  const said = lines[first - 1] ?? '';
  const frames = lines.flatMap((line, at) => {
    const [, file = '', number] = ADDRESSED.exec(line) ?? [];
    const name = /^\t(\S+): /.exec(lines[at + 1] ?? '')?.[1];
    return number === undefined || name === undefined ? [] : [frame(file, number, name, !LIBRARY.test(file))];
  });
  return chained('go', [{ type: 'panic', message: said.replace(/^.*\bpanic recovered:\s*/, '') || null, frames }]);
}

const LIBRARY = /(?:^|\/)go\/(?:src|pkg\/mod)\/|@v\d[^/]*\/|\/usr\/(?:local\/|lib\/)go/;

/** Above the call of `panic` stand deferred functions that looked at it; the frames below lead to the crash. */
function panicking(lines: readonly string[], start: number): number {
  let last = start;
  for (let i = start; i < lines.length; i++) {
    if (i > start && GOROUTINE.test(lines[i]!)) break;
    if (/^panic\(/.test(lines[i]!)) last = i;
  }
  return last;
}

/** The first of the two accesses. Its lines are those of a panic, two blanks deeper. */
const raced = (lines: readonly string[], race: number): Frame[] => {
  const end = lines.indexOf('', race);
  return readFrames(
    lines.slice(race, end < 0 ? undefined : end).map((line) => line.replace(/^ {2}(?: {4})?/, (blank) => (blank.length > 2 ? '\t' : ''))),
    0,
  );
};

function readFrames(lines: readonly string[], start: number): Frame[] {
  const frames: Frame[] = [];
  for (let i = Math.max(start, panicking(lines, start)); i < lines.length; i++) {
    if (i > start && GOROUTINE.test(lines[i]!)) break;
    const place = /^(?:\t| {4,8})(\S.*?):(\d+)(?: \+0x[0-9a-f]+)?/.exec(lines[i]!);
    if (!place) continue;
    const call = (lines[i - 1] ?? '').replace(/^created by /, '').replace(/ in goroutine \d+$/, '');
    const name = call.replace(/\((?:[^()]|\([^()]*\))*\)$/, '');
    const library = /^(?:runtime|net\/http|reflect|sync|testing|panic)(?:\.|$)/.test(name) || LIBRARY.test(place[1]!);
    const mine = /(?:^|\/)go\/src\//.test(place[1]!) && /^main\./.test(name);
    frames.push(frame(place[1]!, place[2], name, mine || !library));
  }
  return frames;
}
