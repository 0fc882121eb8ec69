// The commit message of a fix, generated from facts. Trailers let any clone find the bug again.

import { detailIn } from './chinese/details.ts';
import { speaker } from './phrases.ts';
import { levelWords } from './proof-words.ts';
import type { Proposal } from './proposal.ts';
import { fillTemplate } from './template.ts';

/** How a commit is to look. */
export interface CommitForm {
  /** Template of the first line. */
  readonly subject: string;
  /** Who signs it off; nobody without. */
  readonly signedOffBy?: { readonly name: string; readonly email: string };
}

/** By the rules of Conventional Commits: what follows the colon begins with a word of ours, in lower case. */
export const COMMIT_SUBJECT = 'fix: handle {what}';

/** Longest line, as git's own documents have it. */
const WIDTH = 72;

/** LF line ends, no line longer than 72 characters but for a word or a trailer that is, one trailing newline. */
export function commitMessage(proposal: Proposal, { subject, signedOffBy }: CommitForm = { subject: COMMIT_SUBJECT }): string {
  const say = speaker(proposal.language);
  const { incident, proof } = proposal;
  const lines = [
    fillTemplate(subject, proposal, WIDTH),
    '',
    ...wrap(say('commitSeen', { count: incident.count, first: incident.first.time, last: incident.last.time })),
    ...proposal.files.map((file) => `- ${tail(file.path)} (+${file.added} -${file.removed})`),
    '',
    ...wrap(say('commitProof', { level: levelWords(proof, say), detail: detailIn(proposal.language, proof.detail) })),
    '',
    ...wrap(say('commitMade', { version: proposal.version, engine: proposal.answer.engine, trace: proposal.trace })),
    '',
    // One block of trailers, for git; the first is one that checkers of messages know.
    ...(signedOffBy === undefined ? [] : [`Signed-off-by: ${signedOffBy.name} <${signedOffBy.email}>`]),
    `Ai-Ops-Fingerprint: ${incident.fingerprint}`,
    ...(proof.introduced?.how === 'proven' ? [`Introduced-By: ${proof.introduced.commit}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Checkers of messages allow 100 characters; the end of a path tells more than its beginning. */
const tail = (path: string): string => (path.length <= 80 ? path : `…${path.slice(-79)}`);

/** At blanks, and after the marks of a script that has none. */
export function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=\s)|(?<=[，。；：、])/)) {
    if (line !== '' && width(line) + width(part.trimEnd()) > WIDTH) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

/** In columns: a character of Chinese takes two. */
const width = (text: string): number => text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
