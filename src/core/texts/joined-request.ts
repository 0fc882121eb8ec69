// The part of a request's body that names the other bugs it is for. It is added when their fixes touch the same lines, and
// carried over when the rest of the body is written anew. Everything outside of it stays as people have left it.
import type { Meeting } from '../answer/touched-lines.ts';
import { marker } from './branch.ts';
import { codeSpan } from './markdown.ts';
import { speaker } from './phrases.ts';
import type { Proposal } from './proposal.ts';

const OPEN = '<!-- ai-ops-also -->';
const CLOSE = '<!-- /ai-ops-also -->';

/** A line for one more bug, and what it belongs under. */
export interface Joining {
  readonly fingerprint: string;
  readonly heading: string;
  readonly line: string;
}

/** @param how an equal change is evidence that the request mends this bug too; an overlapping one is not, and the line says so */
export function joining(proposal: Proposal, how: Meeting): Joining {
  const say = speaker(proposal.language);
  const { fingerprint, title } = proposal.incident;
  const values = {
    what: codeSpan(title),
    proof: proposal.proof.level ?? say('noProof'),
    trace: proposal.trace,
    fingerprint: codeSpan(fingerprint),
  };
  return { fingerprint, heading: say('also'), line: say(how === 'same' ? 'alsoSame' : 'alsoOverlap', values) };
}

/** @returns the body with the line in it; as it was where the bug is named already */
export function withJoined(body: string, { fingerprint, heading, line }: Joining): string {
  if (isMarkedFor(body, fingerprint)) return body;
  const row = `- ${line} ${marker(fingerprint)}`;
  const [before, section, after] = split(body);
  if (section === '') return `${body.trimEnd()}\n\n${OPEN}\n## ${heading}\n\n${row}\n${CLOSE}`;
  return `${before}${section.slice(0, -CLOSE.length).trimEnd()}\n${row}\n${CLOSE}${after}`;
}

/** @returns `wanted` with what the standing body says of other bugs */
export function carryJoined(standing: string, wanted: string): string {
  const [, section] = split(standing);
  return section === '' || split(wanted)[1] !== '' ? wanted : `${wanted.trimEnd()}\n\n${section}`;
}

/** Whether a request is for this bug, as its own or joined. */
export function isMarkedFor(body: string, fingerprint: string): boolean {
  return body.includes(marker(fingerprint));
}

function split(body: string): readonly [before: string, section: string, after: string] {
  const from = body.indexOf(OPEN);
  const to = body.indexOf(CLOSE, from);
  if (from < 0 || to < 0) return [body, '', ''];
  const end = to + CLOSE.length;
  return [body.slice(0, from), body.slice(from, end).replace(/\r\n/g, '\n'), body.slice(end)];
}
