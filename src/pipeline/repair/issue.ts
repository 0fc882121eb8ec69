// An issue in place of a request: for a fix of which too little was shown, and where Claude says that nothing should be
// changed. Found before it is made, so that a repair that was cut off makes no second one.

import type { Issue } from '../../core/model.ts';
import type { Below } from '../../core/policy/open-at.ts';
import { countWithheld } from '../../core/redact/redact.ts';
import { causeWords, type IssueCause, isOver, issueBody, issueTitle, withStanding } from '../../core/texts/issue.ts';
import { speaker } from '../../core/texts/phrases.ts';
import type { Proposal } from '../../core/texts/proposal.ts';
import { asAiOpsError, type ErrorCode } from '../../errors.ts';
import type { ToldIssue } from '../../ports.ts';
import type { Job } from './job.ts';
import { toldSimilar } from './past/similar.ts';
import type { Telling } from './step.ts';

/** For the trace and the terminal, in English. */
export const belowWords = (below: Below): string =>
  causeWords({ kind: 'below', ...below }, speaker('en')).replace(/^[A-Z](?=[a-z])|\.$/g, (end) => (end === '.' ? '' : end.toLowerCase()));

/** @throws AiOpsError `issues-off`, `host-…` */
export async function openIssue(job: Job, tell: Telling, proposal: Proposal, cause: IssueCause, patch = ''): Promise<Issue> {
  const { ports, incident, signal } = job;
  const told = { ...proposal, similar: await toldSimilar(job) };
  const draft = {
    names: [incident.fingerprint, ...(incident.formerly ?? [])],
    title: ports.redact(issueTitle(proposal)),
    // Something taken out of it, a patch would not apply.
    body: ports.redact(issueBody({ proposal: told, cause, patch: countWithheld(ports.redact(patch)) > 0 ? '' : patch })),
    patch: countWithheld(ports.redact(patch)) > 0 ? '' : patch,
  };
  const { issue, created, notes } = await ports.host.ensureIssue(draft, signal);
  tell.learn({ issue });
  tell.say([`${created ? 'opened' : 'found'} ${issue.url}`, ...notes].join('; '));
  return issue;
}

/** What says that the host has no issues for us: a repair does not hang on them. */
const WITHOUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['issues-off', 'host-auth', 'host-forbidden', 'host-not-found']);

/** Whether it is known now that no issue can be opened; otherwise it may be later. */
export function hasNoIssues(thrown: unknown): boolean {
  return WITHOUT.has(asAiOpsError(thrown).code);
}

/**
 * The issue that tells of this bug already, of whatever box. One that an ai-ops has closed because the error was gone is opened
 * again: it has come back.
 */
export async function standingIssue({ ports, settings, incident, signal }: Job, names: readonly string[]): Promise<Issue | null> {
  const told = await ports.host.findIssue(names, signal).catch((thrown: unknown) => {
    if (hasNoIssues(thrown)) return null;
    throw thrown;
  });
  if (told === null || told.issue.state !== 'closed' || !isOver(told.body)) return told?.issue ?? null;
  return ports.host.changeIssue(told, { body: standing(told, settings, incident), state: 'open' }, signal);
}

function standing({ body }: ToldIssue, { language, zone }: Job['settings'], { count, last }: Job['incident']): string {
  return withStanding(body, { language, count, last: last.time, zone });
}
