// What each state of an incident means to `watch`: whether a new sighting or the passing of time brings it back to the
// queue, and how it stands after a decision not to repair it. Whether it is repaired is for `decide`.
import type { Incident } from '../model.ts';
import { INCIDENT_STATES, type IncidentState } from '../tables.ts';

interface StateRules {
  /** A new sighting brings it back to the queue. */
  readonly reopens: boolean;
  /** Judged again now and then: always, while no reason was written yet, or never. */
  readonly sweep: 'always' | 'without-reason' | 'never';
  /** Says nothing of an earlier repair: a dry run may write its reason there. */
  readonly isUndecided: boolean;
  /** How it stands once it is to wait. */
  readonly waiting: IncidentState;
  /** How it stands once it is left alone: that does not hide how an earlier repair ended. */
  readonly skipped: IncidentState;
}

const RULES: Readonly<Record<IncidentState, StateRules>> = {
  new: { reopens: true, sweep: 'without-reason', isUndecided: true, waiting: 'waiting', skipped: 'skipped' },
  waiting: { reopens: true, sweep: 'always', isUndecided: true, waiting: 'waiting', skipped: 'skipped' },
  repairing: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'repairing', skipped: 'repairing' },
  refused: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'refused' },
  failed: { reopens: true, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'failed' },
  skipped: { reopens: true, sweep: 'never', isUndecided: true, waiting: 'waiting', skipped: 'skipped' },
  proposed: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'proposed' },
  issued: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'issued' },
  declined: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'declined' },
  merged: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'merged' },
  closed: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'closed' },
  confirmed: { reopens: false, sweep: 'never', isUndecided: false, waiting: 'waiting', skipped: 'confirmed' },
  regressed: { reopens: true, sweep: 'always', isUndecided: false, waiting: 'regressed', skipped: 'regressed' },
};

/** Whether a new sighting brings an incident in this state back to the queue. */
export const reopens = (state: IncidentState): boolean => RULES[state].reopens;

/** Whether a dry run may write its reason to an incident in this state. */
export const isUndecided = (state: IncidentState): boolean => RULES[state].isUndecided;

/** States in which an incident may be {@link isSwept}. */
export const SWEPT_STATES: readonly IncidentState[] = INCIDENT_STATES.filter((state) => RULES[state].sweep !== 'never');

/** Whether an incident is judged again although nothing new was seen of it. */
export function isSwept({ state, reason }: Pick<Incident, 'state' | 'reason'>): boolean {
  const { sweep } = RULES[state];
  return sweep === 'always' || (sweep === 'without-reason' && reason === null);
}

/** @example stateAfter('skip', 'failed') // 'failed' */
export function stateAfter(decision: 'wait' | 'skip', state: IncidentState): IncidentState {
  return { wait: RULES[state].waiting, skip: RULES[state].skipped }[decision];
}
