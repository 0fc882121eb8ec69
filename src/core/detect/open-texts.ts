// What every line holds that may go on with an open event: the fast way passes over the lines that do not hold it. It follows
// from how lines find their event (`streams.ts`): by the transport that they came by, else by the head that they bear.
import { type Head, headOf } from '../formats/heads.ts';
import type { Line, Open } from './open-event.ts';
import type { PartialLine } from './partial.ts';
import { headsOf, isNext, isSetInBelow, ownsBelow, SET_IN } from './streams.ts';

/** Texts that stand all in a line of the event; each list is one way to be of it. */
export type OpenTexts = readonly (readonly string[])[];

/** With more events open, any line may be of one of them. */
const MAX_OPEN = 12;

/**
 * @param line number of the line that comes next
 * @returns `undefined` where it may be of an open event whatever it holds
 */
export function openTexts(
  opens: ReadonlyMap<string, Open>,
  partials: ReadonlyMap<string, PartialLine>,
  line: number,
): OpenTexts | undefined {
  if (opens.size + partials.size > MAX_OPEN) return undefined;
  const ways: OpenTexts[number][] = [];
  for (const open of opens.values()) {
    if (open.reading.transport === undefined && (isNext(open, line) || (!open.head && open.reading.head === undefined))) return undefined;
    if (ownsBelow(open) && isNext(open, line)) return undefined;
    if (isSetInBelow(open) && isNext(open, line)) ways.push([SET_IN]);
    open.texts ??= textsOf(open);
    ways.push(...open.texts);
  }
  for (const { line: first, reading } of partials.values()) ways.push(partsOf(reading.transport ?? reading.stream, first));
  return ways.some((way) => way.length === 0) ? undefined : ways;
}

function textsOf(open: Open): OpenTexts {
  const { transport } = open.reading;
  if (transport !== undefined) return [partsOf(transport, open.first)];
  return knownHeads(open).map((head) => head.pieces.flatMap((piece) => (piece.kind === 'text' ? words(piece.text) : [])));
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
