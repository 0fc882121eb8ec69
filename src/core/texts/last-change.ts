// One sentence about the commit that last changed the line where an error arose. Its author and subject are words of
// strangers: on a host they stand in code spans, where no name is a mention.
import type { Incident, LastChange } from '../model.ts';
import { oneLine } from './markdown.ts';
import { type Phrase, speaker } from './phrases.ts';

type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;

const HOUR_MS = 3_600_000;

/** For texts that nobody interprets: without line breaks and of bounded length. */
export const plain = (text: string): string => oneLine(text, 120);

/** @param quoted makes a piece of text inert where the sentence will stand */
export function suspectLine(suspect: LastChange, { first }: Pick<Incident, 'first'>, say: Say, quoted: (text: string) => string): string {
  return say('suspect', {
    place: quoted(plain(`${suspect.path}:${suspect.line}`)),
    author: quoted(plain(suspect.author)),
    commit: quoted(suspect.commit.slice(0, 12)),
    subject: quoted(plain(suspect.subject)),
    date: suspect.date.slice(0, 10),
    age: age(Date.parse(first.time) - Date.parse(suspect.date), say),
  });
}

/** The same for the trace and the terminal, in English. */
export const suspectWords = (suspect: LastChange, incident: Pick<Incident, 'first'>): string =>
  suspectLine(suspect, incident, speaker('en'), plain);

function age(ms: number, say: Say): string {
  if (!(ms >= 0)) return say('later');
  const hours = Math.floor(ms / HOUR_MS);
  if (hours === 0) return say('justBefore');
  const [count, unit] = hours < 48 ? [hours, 'hour' as const] : [Math.floor(hours / 24), 'day' as const];
  return say('earlier', { count, unit: say(count === 1 ? unit : `${unit}s`) });
}
