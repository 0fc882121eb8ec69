// Tags behind the level of a record, `FATAL -- : [5a1f] NoMethodError …`, that its formatter repeats before each further line of
// the message. Such a line bears no head of its own.
import { plainText, type Reading } from '../formats/line-reading.ts';
import type { Open } from './open-event.ts';

const TAGS = /^(?:\[[^[\]\s]{1,80}\] ?)+(?= |$)/;

/** @returns the line as text of the record that is open above it; `undefined` where it does not begin with the record's tags */
export function belowTags({ owner, reading: { text, body } }: Open, line: Reading): Reading | undefined {
  if (!owner || line.timed || line.whole || !line.text.startsWith('[')) return undefined;
  const tags = TAGS.exec(line.text)?.[0].trimEnd();
  const at = tags === undefined ? -1 : text.lastIndexOf(tags, body);
  if (tags === undefined || at <= 0 || body > at + tags.length + 8) return undefined;
  const { stream, transport, wrapped, isLed } = line;
  return { ...plainText(line.text), stream, wrapped, transport, isLed };
}
