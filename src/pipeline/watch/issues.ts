// What becomes of one issue: reads it on the host, holds the log against it, and writes what follows. The host first, the
// ledger after it: cut off in between, the next look finds what was written.

import type { Incident, Trace } from '../../core/model.ts';
import { type IssueNow, issueLifecycle } from '../../core/policy/issue-lifecycle.ts';
import type { FollowedState } from '../../core/policy/lifecycle.ts';
import { isOver, withStanding } from '../../core/texts/issue.ts';
import { type Audience, speaker, type TextLanguage } from '../../core/texts/phrases.ts';
import type { Clock, CodeHost } from '../../ports.ts';

export interface IssuePorts extends Audience {
  readonly host: Pick<CodeHost, 'readIssue' | 'changeIssue'>;
  readonly clock: Clock;
}

/** What there is to know of the log. */
export interface IssueLog {
  readonly incident: Incident;
  readonly heardMs: number;
  readonly confirmSeconds: number;
}

export interface IssueLook extends IssueNow {
  readonly issue: NonNullable<Trace['issue']>;
}

/** @returns `null` where the issue is gone: then nothing is changed, and no other is made */
export async function lookAtIssue(
  { host, clock, language, zone }: IssuePorts,
  { issue, ...trace }: Pick<Trace, 'outcome' | 'sequel'> & { readonly state: FollowedState; readonly issue: NonNullable<Trace['issue']> },
  { incident, heardMs, confirmSeconds }: IssueLog,
  signal: AbortSignal,
): Promise<IssueLook | null> {
  const told = await host.readIssue(issue, signal);
  if (told === null) return null;
  const { count, first, last } = incident;
  const isOpen = told.issue.state !== 'closed';
  const spanMs = Math.max(0, Date.parse(last.time) - Date.parse(first.time)) || 0;
  const now = issueLifecycle(trace, { isOpen, isOver: isOver(told.body), count, spanMs, heardMs }, confirmSeconds, clock());
  if (now.write === null) return { ...now, issue: told.issue };
  const quiet = now.write === 'close' ? { quiet: quietWords(now.sequel.quietMs ?? 0, language) } : {};
  const body = withStanding(told.body, { language, count, last: last.time, ...quiet, zone });
  const state = now.write === 'close' ? 'closed' : 'open';
  return { ...now, issue: await host.changeIssue(told, { body, state }, signal) };
}

const HOUR_MS = 3_600_000;

function quietWords(ms: number, language: TextLanguage): string {
  const say = speaker(language);
  const [count, unit] = ms < 48 * HOUR_MS ? [ms / HOUR_MS, 'hour' as const] : [ms / (24 * HOUR_MS), 'day' as const];
  const shown = Math.round(count * 10) / 10;
  return `${shown} ${say(shown === 1 ? unit : `${unit}s`)}`;
}
