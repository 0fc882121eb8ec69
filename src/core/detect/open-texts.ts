// What every line holds that may go on with an open event: the fast way passes over the lines that do not hold it. It follows
// from how lines find their event (`streams.ts`): by the transport that they came by, else by the head that they bear.
import { type Head, headOf } from '../formats/heads.ts';
import type { Line, Open } from './open-event.ts';
import type { PartialLine } from './partial.ts';
import { headsOf, isNext } from './streams.ts';

/** Texts that stand all in a line of the event; each list is one way to be of it. */
export type OpenTexts = readonly (readonly string[])[];

/**
 * @param line number of the line that comes next
 * @returns `undefined` where it may be of an open event whatever it holds
 */
export function openTexts(opens: Iterable<Open>, partials: Iterable<PartialLine>, line: number): OpenTexts | undefined {
  const ways: OpenTexts[number][] = [];
  for (const open of opens) {
    const { transport } = open.reading;
    if (transport !== undefined) ways.push(partsOf(transport, open.first));
    else if (isNext(open, line) || (!open.head && open.reading.head === undefined)) return undefined;
    else for (const head of knownHeads(open)) ways.push(head.pieces.flatMap((piece) => (piece.kind === 'text' ? words(piece.text) : [])));
  }
  for (const { line: first, reading } of partials) ways.push(partsOf(reading.transport ?? reading.stream, first));
  return ways.some((way) => way.length === 0) ? undefined : ways;
}

/** A stream of a transport is named by parts of its lines. */
const partsOf = (transport: string, { text }: Line): readonly string[] =>
  words(transport.replace(/^json:/, '')).filter((part) => text.includes(part));

const words = (text: string): readonly string[] => text.match(/[A-Za-z0-9]+/g) ?? [];

function knownHeads(open: Open): readonly Head[] {
  if (open.head) return [open.head];
  const own = open.reading.head;
  return [...headsOf(open), ...(own === undefined ? [] : [headOf(open.reading.text.slice(0, own))])];
}
