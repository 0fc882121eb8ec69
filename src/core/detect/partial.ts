// Lines that their wrapper cut: docker and CRI do at 16 KiB, and say that the next line of the stream goes on with it.
import { readLine } from '../formats/dialects.ts';
import type { Reading } from '../formats/line-reading.ts';
import { kept } from './nearest.ts';
import type { Line, Piece } from './open-event.ts';

/** The beginning of a line that its wrapper cut. */
export interface PartialLine {
  readonly line: Line;
  readonly last: Line;
  readonly reading: Reading;
  readonly text: string;
}

/** Behind the text of a line, docker writes its pipe and the time. */
const END = 120;

const streamOf = (reading: Reading): string => reading.transport ?? reading.stream;

/** The pieces of one stream are put together. @returns `undefined` while more is to come */
export function joinPartial(partials: Map<string, PartialLine>, line: Line, reading: Reading, limit: number): Piece | undefined {
  const held = partials.get(streamOf(reading)) ?? passedOver(line, reading);
  if (!held && !reading.partial) return { line, reading };
  const text = (held?.text ?? '') + (held && held.text.length > limit ? '' : reading.text);
  const part = { line: held?.line ?? (reading.partial ? kept(line) : line), last: line, reading: held?.reading ?? reading, text };
  if (reading.partial) {
    partials.set(streamOf(reading), part);
    return undefined;
  }
  partials.delete(streamOf(reading));
  return wholeLine(part);
}

/** docker's piece of a line right above that nobody has read, as it held nothing of an error: the excerpt tells what the line is. */
function passedOver({ long, ...line }: Line, reading: Reading): PartialLine | undefined {
  if (long === undefined || reading.format !== 'docker' || /\\n"\s*[,}]/.test(long.text.slice(-END))) return undefined;
  const above = readLine(long.text);
  if (above.format !== 'docker' || streamOf(above) !== streamOf(reading)) return undefined;
  const first = { ...line, line: line.line - 1, offset: line.offset - long.bytes, endOffset: line.offset, text: long.text };
  return { line: first, last: line, reading: above, text: above.text };
}

/** The inner line as it was before it was cut. */
export function wholeLine({ line, last, reading: outer, text }: PartialLine): Piece {
  const { partial: _, transport = outer.stream, ...inner } = readLine(text);
  const stream = [streamOf(outer), inner.stream].filter((part) => part !== '').join('|');
  const reading = { ...inner, format: outer.format, stream, transport, wrapped: inner.level === undefined && !inner.timed };
  return { line: { ...line, endOffset: last.endOffset, text, endLine: last.endLine ?? last.line }, reading };
}
