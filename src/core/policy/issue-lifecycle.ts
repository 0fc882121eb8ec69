// What becomes of an issue: it is brought up to date while its error is seen, closed when that is gone, opened again when it
// comes back, and left alone for ever once a person has closed it. Pure: what the host and the log say comes in, how the
// trace stands and what is to be written goes out.
import type { OutcomeKind, Sequel } from '../model.ts';
import type { FollowedState } from '../tables.ts';

/** How its trace stood when it was looked at last. */
export interface StandingIssue {
  readonly state: FollowedState;
  readonly outcome: OutcomeKind;
  readonly sequel?: Sequel;
}

export interface IssueFacts {
  /** As the host shows it now. */
  readonly isOpen: boolean;
  /** An ai-ops has closed it, and no person has touched that. */
  readonly isOver: boolean;
  /** Occurrences of the incident, ever, and the time from the first to the last; ms. */
  readonly count: number;
  readonly spanMs: number;
  /** How long its log was followed since this was last asked; ms. */
  readonly heardMs: number;
}

/** What the issue needs. `seen`: how often its error was seen by now; `close` and `reopen` say that too. */
export type IssueWrite = 'seen' | 'close' | 'reopen' | null;

export interface IssueNow {
  readonly state: FollowedState;
  readonly sequel: Sequel;
  readonly write: IssueWrite;
}

/** Silence says something only against how often an error came: so many of its usual gaps must have passed. */
const GAPS = 3;

/** An issue is written again when the number in it is so many times too small: a thousand repeats are ten writes. */
const TIMES = 2;

/** How the trace of an issue stands while that is open. */
function openState({ outcome }: Pick<StandingIssue, 'outcome'>): FollowedState {
  return outcome === 'declined' ? 'declined' : 'issued';
}

/**
 * @param confirmSeconds silence that says that an error is gone
 * @example issueLifecycle(standing, { isOpen: false, isOver: false, count: 3, spanMs: 0, heardMs: 0 }, 86_400, now).state // 'closed'
 */
export function issueLifecycle(before: StandingIssue, facts: IssueFacts, confirmSeconds: number, now: Date): IssueNow {
  const since = now.toISOString();
  const { sequel = { since, counted: facts.count, told: facts.count } } = before;
  const moved = (state: FollowedState, more: Partial<Sequel>, write: IssueWrite): IssueNow => {
    return { state, sequel: { ...sequel, ...more, ...(state === before.state ? {} : { since }) }, write };
  };
  const isBack = facts.count > (sequel.counted ?? facts.count);
  const seen = { counted: facts.count, quietMs: 0 };
  if (!facts.isOpen) {
    if (!facts.isOver) return moved('closed', {}, null);
    return isBack ? moved(openState(before), { ...seen, told: facts.count }, 'reopen') : moved('confirmed', {}, null);
  }
  // Who opens what was closed wants it open.
  const isReopened = before.state === 'closed' || (before.state === 'confirmed' && !isBack);
  if (isReopened) return moved(openState(before), { ...seen, told: facts.count, isKept: true }, 'seen');
  const quietMs = isBack ? 0 : (sequel.quietMs ?? 0) + facts.heardMs;
  if (quietMs >= neededMs(facts, confirmSeconds) && !sequel.isKept && before.outcome !== 'skipped')
    return moved('confirmed', { counted: facts.count, quietMs, told: facts.count }, 'close');
  const isToTell = before.outcome !== 'skipped' && facts.count >= TIMES * (sequel.told ?? facts.count);
  const told = isToTell ? { told: facts.count } : {};
  return moved(openState(before), { counted: facts.count, quietMs, ...told }, isToTell ? 'seen' : null);
}

function neededMs({ count, spanMs }: IssueFacts, confirmSeconds: number): number {
  return Math.max(confirmSeconds * 1000, count > 1 ? (GAPS * spanMs) / (count - 1) : 0);
}
