// Title and Markdown body of an issue: what a person has to know where a request would be wrong. In the order of a request and made
// of its sections, so that the same is taken out of it and nothing in it is a mention. What people write before and after our text
// stays.

import { localTime } from '../local-time.ts';
import type { Below } from '../policy/open-at.ts';
import { marker } from './branch.ts';
import { similarSection } from './incident/similar.ts';
import { codeBlock } from './markdown.ts';
import { type Audience, speaker } from './phrases.ts';
import { type Proposal, speakerOf, subject } from './proposal.ts';
import { broke, changed, facts, fromWhere, proofSection, type Say, where, words } from './request.ts';

/** Why there is no request: too little was shown of a fix, or nothing should be changed. */
export type IssueCause = ({ readonly kind: 'below' } & Below) | { readonly kind: 'declined' };

export interface IssueAbout {
  readonly proposal: Proposal;
  readonly cause: IssueCause;
  /** Fit for `git am`; empty where there is none, or it may not be shown. */
  readonly patch: string;
}

/** Ends our text. */
const END = '<!-- ai-ops:end -->';
const SEEN_OPEN = '<!-- ai-ops-seen -->';
const SEEN_CLOSE = '<!-- /ai-ops-seen -->';
/** An ai-ops has closed the issue, and nobody has opened it again since. */
const OVER = '<!-- ai-ops-over -->';

/** A longer patch would leave no room for the rest within the limits of a host. In characters. */
const PATCH_LIMIT = 30_000;

/** @example issueTitle(proposal) // 'TypeError in orderTotal (src/pricing.js): not mended' */
export function issueTitle(proposal: Pick<Proposal, 'language' | 'incident' | 'place'>): string {
  return speaker(proposal.language)('issueTitle', { what: subject(proposal) });
}

/** Every text from the log or from Claude is inside a code span or a fenced block that it cannot leave. */
export function issueBody({ proposal, cause, patch }: IssueAbout): string {
  const say = speaker(proposal.language);
  const { incident, zone } = proposal;
  const isFix = cause.kind === 'below';
  return [
    [incident.fingerprint, ...(incident.formerly ?? [])].map(marker).join(''),
    [broke(proposal, say), ...fromWhere(proposal, say)].join(say('space')),
    say('issueIntro'),
    seenSection(say('issueSeen', { count: incident.count, last: localTime(incident.last.time, zone) })),
    `## ${say('issueWhy')}\n\n${causeWords(cause, say, speakerOf(proposal.answer))}`,
    ...(isFix ? [proofSection(proposal, say, 'shownOf')] : []),
    where(proposal, say),
    ...similarSection(proposal, say),
    ...(isFix ? [changed(proposal, say)] : []),
    words(proposal, say),
    ...(isFix ? [patchSection(patch, proposal, say)] : []),
    facts(proposal, say),
    END,
  ].join('\n\n');
}

/** In one sentence, for the trace and for people. */
export function causeWords(cause: IssueCause, say: Say, who = 'Claude'): string {
  if (cause.kind === 'declined') return say('issueDeclined', { who });
  return say(cause.why === 'hides' ? 'issueHides' : 'issueLevel', { level: cause.level ?? say('noProof'), wanted: cause.wanted });
}

function patchSection(patch: string, { trace }: Proposal, say: Say): string {
  if (patch === '' || patch.length > PATCH_LIMIT) return say('issueNoPatch', { trace });
  return `<details><summary>${say('issuePatch')}</summary>\n\n${codeBlock(patch, 'diff')}\n\n</details>`;
}

function seenSection(line: string): string {
  return `${SEEN_OPEN}\n${line}\n${SEEN_CLOSE}`;
}

/** How an issue stands by now. */
export interface IssueStanding extends Audience {
  readonly count: number;
  readonly last: string;
  /** It is closed, because it was not seen for so long. */
  readonly quiet?: string;
}

/** @returns the body with how often its error was seen by now; as it was where a person has taken that line away */
export function withStanding(body: string, { language, zone, count, last, quiet }: IssueStanding): string {
  const from = body.indexOf(SEEN_OPEN);
  const to = body.indexOf(SEEN_CLOSE, from);
  if (from < 0 || to < 0) return quiet === undefined ? body.replaceAll(OVER, '') : `${body.replaceAll(OVER, '')}${OVER}`;
  const say = speaker(language);
  const line = [
    say('issueSeen', { count, last: localTime(last, zone) }),
    ...(quiet === undefined ? [] : [say('issueOver', { quiet }), OVER]),
  ].join(' ');
  return `${body.slice(0, from)}${seenSection(line)}${body.slice(to + SEEN_CLOSE.length)}`;
}

/** Whether an ai-ops has closed it because its error was gone. */
export function isOver(body: string): boolean {
  return body.includes(OVER);
}

/** @returns the wanted text within what people have written around ours; `undefined` where ours is not in it as a whole */
export function withinTheirs(standing: string, wanted: string): string | undefined {
  const from = standing.indexOf('<!-- ai-ops:');
  const to = standing.indexOf(END);
  if (from < 0 || to < from) return undefined;
  return `${standing.slice(0, from)}${wanted}${standing.slice(to + END.length)}`;
}
