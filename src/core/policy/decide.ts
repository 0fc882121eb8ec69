// Decides what happens to an incident: repair now, wait, or leave alone. Pure; spends nothing.
// Every answer has a name from `REASONS`, so that nothing is ever left alone in silence.
import type { Decision, Incident } from '../model.ts';
import type { FixMode, IncidentState, TriageClass } from '../tables.ts';

/** Limits and gates, from the `policy`, `dedupe` and `claude` keys of the configuration. */
export interface Policy {
  readonly mode: FixMode;
  /** Occurrences before money is spent. */
  readonly minCount: number;
  /** Seconds since its first occurrence before money is spent: what goes away by itself costs nothing. */
  readonly minAgeSeconds: number;
  /** Repairs of one fingerprint, ever. */
  readonly maxAttempts: number;
  readonly maxRepairsPerHour: number;
  readonly maxRepairsPerDay: number;
  readonly maxUsdPerDay: number;
  /** Repairs of any fingerprint that fail in a row before none is begun for an hour. */
  readonly maxConsecutiveFailures: number;
  /** A fingerprint is not tried again within this time after its last attempt; each attempt after the first doubles it. */
  readonly dedupeWindowSeconds: number;
  /** Classes of incidents that are repaired; the others are only told. */
  readonly repair: readonly TriageClass[];
  /** Requests of this repository that may be open at one time: more than a team can read help nobody. */
  readonly maxOpenRequests: number;
  /** Detect and record only. */
  readonly dryRun: boolean;
}

/** What has been spent for one repository, by everybody who shares the ledger. */
export interface Budget {
  readonly repairsLastHour: number;
  readonly repairsLastDay: number;
  readonly usdLastDay: number;
  /** Repairs that failed one after the other, up to the last one that ended. */
  readonly consecutiveFailures: number;
  /** When the last of them ended. */
  readonly lastFailureAt: string | null;
  /** Requests of this repository that are open now. */
  readonly openRequests: number;
}

/** What is known around one incident when it is judged. */
export interface Circumstances {
  /** A person named it (`ai-ops fix`): gates on the incident fall away, budgets and open requests do not; `again`: another fix beside one that was merged or closed. */
  readonly asked?: boolean | 'again';
  /** A person has named just this incident: then its class falls away too. */
  readonly isNamed?: boolean;
  /** Its last repair, where that goes on: it was begun and counted, so only what it is yet to spend is judged. */
  readonly cutOff?: CutOff | undefined;
  /** What its newest trace has found out about another box. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Whose matter it is; without it nothing is known, which is treated as a fault of the code. */
  readonly class?: TriageClass;
  /** A frame leads to a file of the repository, whatever its frames look like by their names; without it those are all that is known. */
  readonly hasFrame?: boolean;
  /** It is one of several that began together and have something in common; ISO 8601 UTC when that may be over. */
  readonly stormUntil?: string | undefined;
}

/** A repair that was cut off, or that a person wants to go on. */
export interface CutOff {
  /** Claude is still to be asked: money would be spent. */
  readonly asksClaude: boolean;
}

/** What another box's claim on it says: it is at work, or it has tried. Heeded until its time; ISO 8601 UTC. */
export interface Elsewhere {
  readonly isAtWork: boolean;
  readonly until: string;
}

/** How long nothing is begun after the last of too many failures. Then one repair is tried; where it fails too, so long again. */
const BREAK_MS = 3_600_000;

const DAY_MS = 86_400_000;
const LASTS_MS = 120_000;
/** Clocks of boxes that share a ledger differ by this much at the most. */
const CLOCK_SLACK_MS = 60_000;

/** The window grows to at most 2^10 times its length. */
const MOST_DOUBLINGS = 10;

/** Every reason a decision can have, in words for people. */
export const REASONS = {
  'new-incident': 'seen for the first time',
  'seen-again': 'seen again after an attempt that did not end in a request',
  'cut-off': 'an earlier repair of it was interrupted',
  'came-back': 'its fix was merged, and the error came back',
  'asked-for': 'asked for on the command line',
  'below-min-count': 'seen fewer times than policy.minCount',
  'below-min-age': 'first seen less than policy.minAgeSeconds ago',
  'inside-dedupe-window': 'tried less than dedupe.windowSeconds ago',
  'hourly-limit': 'policy.maxRepairsPerHour is reached',
  'daily-limit': 'policy.maxRepairsPerDay is reached',
  'daily-usd-limit': 'policy.maxUsdPerDay is reached',
  breaker: 'policy.maxConsecutiveFailures repairs have failed in a row',
  'already-proposed': 'a request for it is open',
  'already-merged': 'a request for it was merged',
  confirmed: 'its fix was merged, or its issue is over, and it has not been seen since',
  'closed-by-person': 'a person closed its request without merging, or its issue',
  'closed-by-itself': 'ai-ops closed its request: the base mends it, or it was not seen any more',
  issued: 'an issue tells of it in place of a request',
  declined: 'Claude was asked, and said that nothing should be changed',
  'being-repaired': 'a repair is running',
  'other-box-repairs': 'another box is repairing it',
  'other-box-tried': 'another box tried it in vain not long ago',
  'refused-before': 'an earlier fix was refused; a new one needs `ai-ops fix`',
  'attempts-exhausted': 'policy.maxAttempts is reached',
  environment: 'no change of the code mends it: the system, another service or a resource said no',
  'not-in-policy': 'policy.repair does not name its class',
  ignored: 'a person has said that it is never to be repaired; `ai-ops ignore --undo` takes that back',
  denied: 'somebody was rightly refused',
  'bad-input': 'a caller sent what the code rightly refuses',
  storm: 'several new incidents have one cause; each is judged by itself when that is over',
  'fair-share': 'half of the budget is kept for what is seen again over some minutes or in several logs',
  'open-requests': 'policy.maxOpenRequests requests are open',
  'no-in-app-frame': 'no stack frame of the application; agentic mode can search for it',
  paused: 'repairs are paused: something they need of this machine is missing',
  'dry-run': '--dry-run only detects',
} as const;

export type Reason = keyof typeof REASONS;

/** A reason in words; what is none, a code of an error or a sentence, as it is. */
export const wordsOfReason = (reason: string): string => (Object.hasOwn(REASONS, reason) ? REASONS[reason as Reason] : reason);

/**
 * Judges one incident.
 * @example decide(incident, policy, spending, new Date(), { class: 'code-fault' })
 */
export function decide(incident: Incident, policy: Policy, budget: Budget, now: Date, about: Circumstances): Decision {
  const { asked = false, cutOff, elsewhere } = about;
  if (incident.ignored) return skip('ignored');
  const early = settled(incident, about) ?? (asked ? undefined : leftTo(elsewhere, incident, now));
  if (early) return early;
  if (cutOff) return unaffordable(cutOff, policy, budget, now, asked) ?? repair(asked ? 'asked-for' : 'cut-off');
  const gate = asked ? ofClass(policy, about) : (gated(incident, policy, now, about) ?? broken(policy, budget, now));
  const bound = gate ?? overBudget(policy, budget, now) ?? (asked ? undefined : unfair(incident, policy, budget, now));
  return bound ?? go(incident, asked);
}

function unaffordable({ asksClaude }: CutOff, policy: Policy, budget: Budget, now: Date, asked: boolean | 'again'): Decision | undefined {
  if (policy.dryRun) return skip('dry-run');
  if (!asksClaude) return undefined;
  return (asked ? undefined : broken(policy, budget, now)) ?? overMoney(policy, budget, now);
}

/** What a state by itself says against a repair. `unless`: what a person has said where it is repaired all the same. */
interface Against {
  readonly decision: Decision;
  readonly unless: 'asked' | 'named' | 'again' | null;
}

const AGAINST: Readonly<Record<IncidentState, Against | null>> = {
  new: null,
  waiting: null,
  repairing: { decision: wait('being-repaired', null), unless: 'asked' },
  refused: { decision: skip('refused-before'), unless: 'asked' },
  failed: null,
  skipped: null,
  proposed: { decision: skip('already-proposed'), unless: null },
  issued: { decision: skip('issued'), unless: 'named' },
  declined: { decision: skip('declined'), unless: 'named' },
  merged: { decision: skip('already-merged'), unless: 'again' },
  closed: { decision: skip('closed-by-person'), unless: 'again' },
  confirmed: { decision: skip('confirmed'), unless: 'again' },
  regressed: null,
};

function settled({ state }: Incident, { asked, isNamed = false }: Circumstances): Decision | undefined {
  const against = AGAINST[state];
  // What only forbids to go on unasked is judged later, with the other gates.
  if (against === null || against.unless === 'asked') return undefined;
  const again = asked === 'again';
  const isWished = against.unless === 'again' ? again : against.unless === 'named' && (again || isNamed);
  return isWished ? undefined : against.decision;
}

function gated(incident: Incident, policy: Policy, now: Date, about: Circumstances): Decision | undefined {
  if (policy.dryRun) return skip('dry-run');
  const against = AGAINST[incident.state];
  if (against !== null) return against.decision;
  const kind = about.class ?? 'unknown';
  if (about.stormUntil !== undefined && kind !== 'code-fault') return wait('storm', new Date(about.stormUntil));
  const notOurs = ofClass(policy, about);
  if (notOurs) return notOurs;
  if (incident.attempts >= policy.maxAttempts) return skip('attempts-exhausted');
  if (policy.mode === 'code_blocks' && !(about.hasFrame ?? incident.frames.some((frame) => frame.inApp))) return skip('no-in-app-frame');
  if (incident.count < policy.minCount) return wait('below-min-count', null);
  const oldEnough = Date.parse(incident.first.time) + policy.minAgeSeconds * 1000;
  // A time that cannot be read is no age: then it is never old enough where an age is asked for.
  if (policy.minAgeSeconds > 0 && !(oldEnough <= now.getTime()))
    return wait('below-min-age', Number.isNaN(oldEnough) ? null : new Date(oldEnough));
  if (incident.lastAttemptAt !== null && !wasCutOff(incident)) {
    const doublings = Math.min(Math.max(incident.attempts - 1, 0), MOST_DOUBLINGS);
    const until = timeOf(incident.lastAttemptAt, now) + policy.dedupeWindowSeconds * 1000 * 2 ** doublings;
    if (until > now.getTime()) return wait('inside-dedupe-window', new Date(until));
  }
  return undefined;
}

/** Whatever is wrong (the host, the login, the network), more attempts would only cost more. */
function broken({ maxConsecutiveFailures }: Policy, { consecutiveFailures, lastFailureAt }: Budget, now: Date): Decision | undefined {
  if (consecutiveFailures < maxConsecutiveFailures || lastFailureAt === null) return undefined;
  const until = timeOf(lastFailureAt, now) + BREAK_MS;
  return until > now.getTime() ? wait('breaker', new Date(until)) : undefined;
}

/** A time that is yet to come was written under a wrong clock: it holds nothing back. */
function timeOf(written: string, now: Date): number {
  const time = Date.parse(written);
  return time > now.getTime() + CLOCK_SLACK_MS ? Number.NEGATIVE_INFINITY : time;
}

function ofClass({ repair: classes }: Policy, { class: kind = 'unknown', isNamed = false }: Circumstances): Decision | undefined {
  return isNamed || classes.includes(kind) ? undefined : skip(REASON_OF[kind]);
}

/** Why a class is not repaired, where the policy does not name it. */
const REASON_OF: Readonly<Record<TriageClass, Reason>> = {
  'code-fault': 'not-in-policy',
  unknown: 'not-in-policy',
  environment: 'environment',
  denied: 'denied',
  'bad-input': 'bad-input',
};

/** What holds a reply on a request back: the limits of repairs are those of answers too. */
export function heldBack(policy: Policy, budget: Budget, now: Date): Decision | undefined {
  return broken(policy, budget, now) ?? overBudget(policy, budget, now);
}

/** What anybody can make with one line may use half of the hour, the day and the money; the rest is for what lasts. */
function unfair(incident: Incident, policy: Policy, budget: Budget, now: Date): Decision | undefined {
  if (budget.openRequests >= policy.maxOpenRequests) return wait('open-requests', minutesAfter(now, 60));
  if (lasts(incident) || waitsLong(incident, now)) return undefined;
  const half = (limit: number): number => Math.ceil(limit / 2);
  const isUsed =
    budget.repairsLastHour >= half(policy.maxRepairsPerHour) ||
    budget.repairsLastDay >= half(policy.maxRepairsPerDay) ||
    budget.usdLastDay >= policy.maxUsdPerDay / 2;
  return isUsed ? wait('fair-share', minutesAfter(now, 10)) : undefined;
}

/** Seen at least three times over at least two minutes, or come back: no single line makes that. */
export function lasts({ count, first, last, state }: Pick<Incident, 'count' | 'first' | 'last' | 'state'>): boolean {
  if (state === 'regressed') return true;
  if (count < 3) return false;
  return first.source !== last.source || Date.parse(last.time) - Date.parse(first.time) >= LASTS_MS;
}

/** What nobody else has used in three quarters of a day is free for all. */
function waitsLong({ first }: Incident, now: Date): boolean {
  return now.getTime() - Date.parse(first.time) >= 0.75 * DAY_MS;
}

function overBudget(policy: Policy, budget: Budget, now: Date): Decision | undefined {
  if (budget.repairsLastHour >= policy.maxRepairsPerHour) return wait('hourly-limit', minutesAfter(now, 10));
  if (budget.repairsLastDay >= policy.maxRepairsPerDay) return wait('daily-limit', minutesAfter(now, 60));
  return overMoney(policy, budget, now);
}

function overMoney({ maxUsdPerDay }: Policy, { usdLastDay }: Budget, now: Date): Decision | undefined {
  return usdLastDay >= maxUsdPerDay ? wait('daily-usd-limit', minutesAfter(now, 60)) : undefined;
}

function minutesAfter(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

function go(incident: Incident, asked: boolean | 'again'): Decision {
  if (asked) return repair('asked-for');
  if (wasCutOff(incident)) return repair('cut-off');
  if (incident.state === 'regressed') return repair('came-back');
  return repair(incident.attempts === 0 ? 'new-incident' : 'seen-again');
}

function leftTo(elsewhere: Elsewhere | undefined, { state }: Incident, now: Date): Decision | undefined {
  if (state !== 'waiting' || elsewhere === undefined || Date.parse(elsewhere.until) <= now.getTime()) return undefined;
  return wait(elsewhere.isAtWork ? 'other-box-repairs' : 'other-box-tried', new Date(elsewhere.until));
}

/** Its last repair was ended from outside. It has told nothing, so nothing is gained by waiting; it still counts as an attempt. */
export function wasCutOff({ state, reason }: Pick<Incident, 'state' | 'reason'>): boolean {
  return state === 'waiting' && reason === 'interrupted';
}

function repair(reason: Reason): Decision {
  return { kind: 'repair', reason };
}

function wait(reason: Reason, until: Date | null): Decision {
  return { kind: 'wait', until: until?.toISOString() ?? null, reason };
}

function skip(reason: Reason): Decision {
  return { kind: 'skip', reason };
}
