// Tries a shape out: does the event of a block of lines depend on the values of its digits? The real assembler, reader
// and fingerprint answer, on the block with other digits, so that no rule of theirs has to be repeated here.
import type { Assembler } from '../detect/assemble.ts';
import { toEvent } from '../detect/event.ts';
import type { Assembled, Line } from '../detect/open-event.ts';
import { isRecord } from '../detect/streams.ts';
import { readLine } from '../formats/dialects.ts';
import { clean } from '../formats/line-reading.ts';
import { fingerprint } from '../group/fingerprint.ts';
import type { ErrorEvent } from '../model.ts';
import { DIGIT, HEX } from './shape.ts';
import type { Block } from './shape-memory.ts';

/** Makes an assembler with the settings of the log. */
export type MakeAssembler = (emit: (assembled: Assembled) => void) => Assembler;

export const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

/** What each masked digit becomes: all alike, or different ones, so that equal places differ and different ones are equal. */
const TRIALS: readonly ((at: number) => number)[] = [
  () => 1,
  () => 5,
  () => 9,
  () => 0,
  (at) => 1 + ((at * 7 + (at >> 3) * 3) % 9),
  (at) => 1 + ((at * 5 + (at >> 2) * 2 + 4) % 9),
];
/** In JSON a number must not begin with a zero. */
const ALL_ZERO = 3;

/** The lines of a shape with digits in it again. Each begins at a multiple of four bytes (`Shaper.words`). */
function linesOf(shape: Int32Array, digit: (at: number) => number): readonly string[] {
  const bytes = Buffer.from(
    new Uint8Array(shape.buffer).map((byte, at) =>
      byte === DIGIT ? 48 + digit(at) : byte === HEX ? '0123456789abcdef'.charCodeAt((digit(at) * 7) % 16) : byte,
    ),
  );
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(10, at);
    lines.push(bytes.toString('utf8', at, newline));
    at = (newline + 4) & ~3;
  }
  return lines;
}

/**
 * Whatever stands above: a line with such a head does not go on with it (`goesOn` in `join.ts`).
 * @returns the stream of the record that the line begins, `undefined` where it begins none
 */
export function recordOf(text: string): string | undefined {
  const reading = readLine(clean(withoutReturn(text)));
  return isRecord(reading) ? reading.stream : undefined;
}

/**
 * Does a line with other digits begin a record of the same stream still?
 * Numbers decide in JSON. What else makes a head has the same form with other digits; names of streams may hold some.
 */
export function isSteadyHead(shape: Int32Array, text: string, stream: string | undefined): boolean {
  const wrapped = readLine(clean(withoutReturn(text)));
  if (text.trimStart().startsWith('{') && (wrapped.whole || wrapped.stream === '')) return false;
  if (wrapped.stream === '') return true;
  return TRIALS.every((digit) => {
    const other = linesOf(shape, digit)[0]!;
    return recordOf(other) === stream && readLine(clean(withoutReturn(other))).stream === wrapped.stream;
  });
}

type Tried = Pick<Block, 'shape' | 'whole'>;

/** A block as it was read. */
export interface Occurrence {
  readonly event: ErrorEvent;
  readonly stream: string;
  /** The line behind it. */
  readonly after: string;
}

/**
 * Is a block with other digits one event still, of the same stream, with the same fingerprint and level?
 */
export function isSteady({ shape, whole: isWhole }: Tried, { stream, event, after }: Occurrence, make: MakeAssembler): boolean {
  const { id } = fingerprint(event);
  return TRIALS.every((digit, index) => {
    if (isWhole && index === ALL_ZERO) return true;
    const lines = linesOf(shape, digit);
    const found: Assembled[] = [];
    const assembler = make((assembled) => found.push(assembled));
    [...lines, ...(isWhole ? [] : [after])].forEach((text, index) => {
      const previous = lines[index - 1];
      const line: Line = {
        offset: index,
        endOffset: index + 1,
        line: index + 1,
        text: withoutReturn(text),
        ...(previous === undefined ? {} : { previous }),
      };
      assembler.line(line);
    });
    const [first] = found;
    if (first?.first.line !== 1 || (!isWhole && first.reading.stream !== stream)) return false;
    if (first.last.line !== lines.length || first.level !== event.level) return false;
    return fingerprint(toEvent(first, '', '')).id === id;
  });
}
