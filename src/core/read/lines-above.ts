// The lines above the one that is being read: those that were passed over are not decoded until somebody asks for them,
// and of earlier blocks only so many bytes are kept.
import type { Charset } from '../detect/charset.ts';
import type { Line } from '../detect/open-event.ts';

const NEWLINE = 10;
const NOTHING: Buffer = Buffer.alloc(0);
/** How far above a line its neighbours can still be asked for. */
const TAIL_BYTES = 16 * 1024;
const MAX_NOTED = 4;

export interface Tail {
  /** Keeps whole lines, the next ones in the generation; `undefined` stands for one that was cut, of which nobody can ask. */
  add(bytes: Buffer | undefined): void;
  /** Of an encoding with two bytes, whose lines are all read, the lines themselves are kept. */
  note(line: Line): void;
  /**
   * @param block what was read since `add`, as far as the line at `position`
   * @returns lines directly above that line, nearest first
   */
  above(count: number, block: Buffer, position: Pick<Line, 'offset' | 'line'>, charset: Charset): readonly Line[];
}

export function createTail(): Tail {
  let tail: Buffer = NOTHING;
  let noted: readonly Line[] = [];
  return {
    add(bytes) {
      if (bytes === undefined) tail = NOTHING;
      if (bytes === undefined || bytes.length === 0) return;
      const all = bytes.length < TAIL_BYTES ? Buffer.concat([tail, bytes]) : bytes;
      const from = all.length <= TAIL_BYTES ? 0 : all.indexOf(NEWLINE, all.length - TAIL_BYTES - 1) + 1;
      // The bytes of a block may be written over.
      tail = all === bytes ? Buffer.from(all.subarray(from)) : all.subarray(from);
    },
    note(line) {
      noted = [{ ...line, above: undefined }, ...noted.slice(0, MAX_NOTED - 1)];
    },
    above(count, block, position, charset) {
      if (charset.unit === 2) return noted.slice(0, count);
      const found: Line[] = [];
      let [end, number] = [position.offset, position.line - 1];
      for (const bytes of [block, tail]) {
        for (let stop = bytes.length; stop > 0 && found.length < count; ) {
          const start = stop < 2 ? 0 : bytes.lastIndexOf(NEWLINE, stop - 2) + 1;
          const begin = end - (stop - start);
          if (position.offset - begin > TAIL_BYTES) return found;
          const text = charset.text(bytes.subarray(start, stop - 1));
          found.push({ offset: begin, endOffset: end, line: number, text: text.endsWith('\r') ? text.slice(0, -1) : text });
          [stop, end, number] = [start, begin, number - 1];
        }
      }
      return found;
    },
  };
}
