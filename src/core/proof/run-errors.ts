// The errors that the run of a test shows. What the program printed is read by the log engine, once the runner's margins
// are taken off; what a runner has rewritten, `runner-traces.ts` reads. One trace is one error, and each of its causes is
// one as well. What they prove is not decided here.
import { ANSI } from '../formats/line-reading.ts';
import type { ErrorEvent } from '../model.ts';
import { createDetector } from '../read/detector.ts';
import { runnerTraces, type ShownError } from './runner-traces.ts';

/** Lines that are read: a run may print without end. */
const MOST_LINES = 20_000;
/** Characters of a line that are read. */
const LONGEST = 4000;

/** @example errorsIn('  TypeError: x\n      at f (/w/a.js:2:1)\n')[0]?.types // ['TypeError'] */
export function errorsIn(output: string): readonly ShownError[] {
  const all = output.replace(ANSI, '').split(/\r?\n/);
  const lines = all.slice(-MOST_LINES).map((line) => line.slice(0, LONGEST));
  const errors = [...[...asPrinted(lines), ...caughtPanics(lines)].flatMap(read), ...runnerTraces(lines)];
  const placed = new Set(errors.flatMap(({ types, frames }) => (frames.length > 0 ? types : [])));
  return errors.filter(({ types, frames }) => frames.length > 0 || !placed.has(types[0] ?? ''));
}

/** What the log engine sees in one block. */
function read(block: readonly string[]): readonly ShownError[] {
  const detector = createDetector({
    ...{ source: 'run', stream: 'run', startOffset: 0, startLines: 0 },
    ...{ level: 'error', keywords: [], ignore: [], encoding: 'utf8' },
  });
  const events = [...detector.push({ bytes: Buffer.from(`${block.join('\n')}\n`) }), ...detector.flush('ended')];
  return events.filter(({ frames, type }) => frames.length > 0 || type !== null).map(ofEvent);
}

const ofEvent = ({ type, rootCause, message, language, frames }: ErrorEvent): ShownError => ({
  types: [type, rootCause?.type].filter((name) => name != null),
  ...{ message, language, frames },
});

/** Source lines with their numbers, and the mark below one. */
const GUTTER = /^\s*>?\s*\d+\s*\||^\s*\|\s*\^/;
/** Labels between an error and its places. */
const LABEL = /^\s*(?:Stack Trace|Stacktrace|stack):\s*(?:\|-?)?$/i;
const AT = /^\s+at \S/;
/** An error inside another one's report: as its cause, or as what an assertion was given. */
const LED = /^\s*(?:\[cause\]: |(?:caused by|cause|actual): |\[ERROR\]\s+)?/i;
const HEAD = /^(?:[\w$]+(?:\.|::|\\))*(?:[A-Z][\w$]*)?(?:Error|Exception|Throwable|Failure)(?: \[[\w-]+\])?(?: ?:(?: .*)?)?$/;
const TRACEBACK = /^(\s+)(?:\S+ \| )?Traceback \(most recent call last\):$/;

/**
 * The lines as the program itself would have printed them: no margin, nothing between an error and its places. A block for
 * each error that has places below it, so that two failures in a row are not taken for one trace.
 */
function asPrinted(lines: readonly string[]): readonly (readonly string[])[] {
  const blocks: string[][] = [[]];
  let held: string[] = [];
  let margin = 0;
  let isBelowHead = false;
  let isBelowPlace = false;
  lines.forEach((line, at) => {
    margin = marginBehind(line, margin);
    const bare = line.slice(margin);
    if (GUTTER.test(bare) || (isBelowHead && (bare.trim() === '' || LABEL.test(bare)))) {
      if (bare.trim() === '') held.push(bare);
      return;
    }
    const head = headIn(bare);
    const isPlace = isBelowHead && AT.test(bare);
    if (!isPlace) blocks.at(-1)?.push(...held);
    held = [];
    const isOther = head !== undefined ? hasPlaces(lines, at + 1) : !isPlace && isBelowPlace;
    if (isOther) blocks.push([]);
    blocks.at(-1)?.push(head ?? (isPlace ? `    ${bare.trim().replace(/,$/, '')}` : bare));
    isBelowHead = head !== undefined || isPlace;
    isBelowPlace = isPlace;
  });
  blocks.at(-1)?.push(...held);
  return blocks.filter((block) => block.length > 0);
}

const PANIC_VALUE = /\bPanic value:\t(.*)$/;
const PANIC_STACK = /\bPanic stack:\t(goroutine .*)$/;
const BEHIND_MARGIN = /^\s*\t +\t(\t?\S.*)$/;

/** What an assertion of Go has caught, and prints with the stack it had: each is a panic of its own, behind a margin. */
function caughtPanics(lines: readonly string[]): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  let value = '';
  let isStack = false;
  for (const line of lines) {
    value = PANIC_VALUE.exec(line)?.[1] ?? value;
    const head = PANIC_STACK.exec(line)?.[1];
    if (head !== undefined) blocks.push([`panic: ${value}`, '', head]);
    const own: string | undefined = isStack ? BEHIND_MARGIN.exec(line)?.[1] : undefined;
    if (own !== undefined) blocks.at(-1)?.push(own);
    isStack = head !== undefined || own !== undefined;
  }
  return blocks;
}

/** Lines of what was said that are waited through for the first place. */
const MOST_WORDS = 40;

function hasPlaces(lines: readonly string[], from: number): boolean {
  for (const line of lines.slice(from, from + MOST_WORDS)) {
    if (AT.test(line)) return true;
    if (headIn(line) !== undefined) return false;
  }
  return false;
}

/** A Python trace keeps its own indentation; what stands before all of its lines is taken off. */
function marginBehind(line: string, before: number): number {
  const own = TRACEBACK.exec(line)?.[1];
  if (own !== undefined) return own.length;
  return line.trim() === '' || /^\s*$/.test(line.slice(0, before)) ? before : 0;
}

function headIn(line: string): string | undefined {
  const rest = line.slice(LED.exec(line)?.[0].length ?? 0).trimStart();
  return HEAD.test(rest) ? rest.replace(/^(\S+?)(?= : )/, '$1').replace(/^(\S+) : /, '$1: ') : undefined;
}
