// The commit message of a fix, generated from facts. Trailers let any clone find the bug again.

import { speaker } from './phrases.ts';
import { levelWords } from './proof-words.ts';
import type { Proposal } from './proposal.ts';
import { subject } from './proposal.ts';
import { detailIn } from './translated-details.ts';

/** LF line ends, subject line of at most 72 characters, one trailing newline. */
export function commitMessage(proposal: Proposal): string {
  const say = speaker(proposal.language);
  const { incident, proof } = proposal;
  const lines = [
    clip(`fix: ${subject(incident)}`, 72),
    '',
    say('commitSeen', { count: incident.count, first: incident.first.time, last: incident.last.time }),
    ...proposal.files.map((file) => `- ${file.path} (+${file.added} -${file.removed})`),
    say('commitProof', { level: levelWords(proof, say), detail: detailIn(proposal.language, proof.detail) }),
    '',
    say('commitMade', { version: proposal.version, engine: proposal.answer.engine, trace: proposal.trace }),
    '',
    `Ai-Ops-Fingerprint: ${incident.fingerprint}`,
    ...(proof.introduced?.how === 'proven' ? [`Introduced-By: ${proof.introduced.commit}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function clip(line: string, max: number): string {
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}
