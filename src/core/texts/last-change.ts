// One sentence about the commit that brought an error, or that last changed the line where it arose. Its author and subject
// are words of strangers: on a host they stand in code spans, where no name is a mention.
import type { AboutCommit, Incident, Introduced, LastChange } from '../model.ts';
import type { SayHere } from './chinese/say.ts';
import { oneLine } from './markdown.ts';
import { type Phrase, speaker } from './phrases.ts';

type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;

/** A piece of text as it may stand in the sentence. */
type Quoted = (text: string) => string;

const HOUR_MS = 3_600_000;

/** For texts that nobody interprets: without line breaks and of bounded length. */
export const plain = (text: string): string => oneLine(text, 120);

/**
 * @param quoted makes a piece of text inert where the sentence will stand
 * @param linked the same for the id of a commit
 */
export function suspectLine(
  suspect: LastChange,
  { first }: Pick<Incident, 'first'>,
  say: Say,
  quoted: Quoted,
  linked: Quoted = (commit) => quoted(short(commit)),
): string {
  return say('suspect', { place: quoted(plain(`${suspect.path}:${suspect.line}`)), ...about(suspect, first.time, say, quoted, linked) });
}

/** What was shown of the commit that brought the error; empty where nothing was. */
export function introducedLines(
  introduced: Introduced | null | undefined,
  { first }: Pick<Incident, 'first'>,
  say: Say,
  quoted: Quoted,
  linked: Quoted = (commit) => quoted(short(commit)),
): readonly string[] {
  if (!introduced || introduced.how === 'blamed') return [];
  const { how, passesAt = [], between = 0 } = introduced;
  const before = passesAt.map(linked).join(', ');
  return [say(how, { ...about(introduced, first.time, say, quoted, linked), before, count: between })];
}

/** For the terminal and the report. @example introducedWords(introduced, sayIn('en')) // 'proven: 0123456789ab, Items may be retired' */
export const introducedWords = ({ how, commit, subject }: Introduced, say: SayHere): string =>
  say('{how}: {commit}, {subject}', { how: say(how), commit: short(commit), subject: plain(subject) });

const short = (commit: string): string => commit.slice(0, 12);

function about({ author, commit, subject, date }: AboutCommit, seen: string, say: Say, quoted: Quoted, linked: Quoted) {
  return {
    author: quoted(plain(author)),
    commit: linked(commit),
    subject: quoted(plain(subject)),
    date: date.slice(0, 10),
    age: age(Date.parse(seen) - Date.parse(date), say),
  };
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
