// What an event says, for people: of a record in JSON its message and its trace, not the object in one line with `\n` in it. The
// text as it was written is in the JSON of the commands.

import { readLine } from '../../formats/dialects.ts';
import type { ErrorEvent } from '../../model.ts';
import { stripHidden } from '../../redact/redact.ts';

/** Its lines, without control characters. */
export function eventLines({ text }: Pick<ErrorEvent, 'text'>): readonly string[] {
  const lines = stripHidden(text).split('\n');
  // A record is one line, and an object.
  if (lines.length > 1 || !text.includes('{"')) return lines;
  const { whole, message, error } = readLine(text);
  if (!whole || (error?.stack === undefined && message === undefined)) return lines;
  const said = message === undefined || error?.stack?.includes(message) ? [] : [message];
  const trace = error?.stack ?? [error?.type, error?.message].filter(Boolean).join(': ');
  return stripHidden([...said, ...(trace === '' ? [] : [trace])].join('\n')).split('\n');
}

/** The first of them, for a list. */
export const eventLine = (event: Pick<ErrorEvent, 'text'>): string => eventLines(event)[0] ?? '';
