// Decides what happens to an incident: repair now, wait, or leave alone. Pure; spends nothing.
// Every answer has a name from `REASONS`, so that nothing is ever left alone in silence.
import type { Decision, FixMode, Incident } from './model.ts';

/** Limits and gates, from the `policy`, `dedupe` and `claude` keys of the configuration. */
export interface Policy {
  readonly mode: FixMode;
  /** Occurrences before money is spent. */
  readonly minCount: number;
  /** Repairs of one fingerprint, ever. */
  readonly maxAttempts: number;
  readonly maxRepairsPerHour: number;
  readonly maxRepairsPerDay: number;
  readonly maxUsdPerDay: number;
  /** A fingerprint is not tried again within this time after its last attempt. */
  readonly dedupeWindowSeconds: number;
  /** Detect and record only. */
  readonly dryRun: boolean;
}

/** What has been spent, by everybody who shares the ledger. */
export interface Budget {
  readonly repairsLastHour: number;
  readonly repairsLastDay: number;
  readonly usdLastDay: number;
}

/** Every reason a decision can have, in words for people. */
export const REASONS = {
  'new-incident': 'seen for the first time',
  'seen-again': 'seen again after an attempt that did not end in a request',
  'cut-off': 'an earlier repair of it was interrupted',
  'asked-for': 'asked for on the command line',
  'below-min-count': 'seen fewer times than policy.minCount',
  'inside-dedupe-window': 'tried less than dedupe.windowSeconds ago',
  'hourly-limit': 'policy.maxRepairsPerHour is reached',
  'daily-limit': 'policy.maxRepairsPerDay is reached',
  'daily-usd-limit': 'policy.maxUsdPerDay is reached',
  'already-proposed': 'a request for it is open',
  'already-merged': 'a request for it was merged',
  'closed-by-person': 'a person closed its request without merging',
  'being-repaired': 'a repair is running',
  'refused-before': 'an earlier fix was refused; a new one needs `ai-ops fix`',
  'attempts-exhausted': 'policy.maxAttempts is reached',
  'no-in-app-frame': 'no stack frame of the application; agentic mode can search for it',
  'dry-run': '--dry-run only detects',
} as const;

export type Reason = keyof typeof REASONS;

/**
 * Judges one incident. `asked` means that a person named it (`ai-ops fix`): gates on the incident
 * fall away then, budgets and open requests do not.
 * @example decide(incident, policy, spending, new Date(), false)
 */
export function decide(incident: Incident, policy: Policy, budget: Budget, now: Date, asked: boolean): Decision {
  return settled(incident) ?? (asked ? undefined : gated(incident, policy, now)) ?? overBudget(policy, budget, now) ?? go(incident, asked);
}

function settled(incident: Incident): Decision | undefined {
  if (incident.state === 'proposed') return skip('already-proposed');
  if (incident.state === 'merged') return skip('already-merged');
  if (incident.state === 'closed') return skip('closed-by-person');
  return undefined;
}

function gated(incident: Incident, policy: Policy, now: Date): Decision | undefined {
  if (policy.dryRun) return skip('dry-run');
  if (incident.state === 'repairing') return wait('being-repaired', null);
  if (incident.state === 'refused') return skip('refused-before');
  if (incident.attempts >= policy.maxAttempts) return skip('attempts-exhausted');
  if (policy.mode === 'code_blocks' && !incident.frames.some((frame) => frame.inApp)) return skip('no-in-app-frame');
  if (incident.count < policy.minCount) return wait('below-min-count', null);
  if (incident.lastAttemptAt !== null && !wasCutOff(incident)) {
    const until = Date.parse(incident.lastAttemptAt) + policy.dedupeWindowSeconds * 1000;
    if (until > now.getTime()) return wait('inside-dedupe-window', new Date(until));
  }
  return undefined;
}

function overBudget(policy: Policy, budget: Budget, now: Date): Decision | undefined {
  const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
  if (budget.repairsLastHour >= policy.maxRepairsPerHour) return wait('hourly-limit', later(10));
  if (budget.repairsLastDay >= policy.maxRepairsPerDay) return wait('daily-limit', later(60));
  if (budget.usdLastDay >= policy.maxUsdPerDay) return wait('daily-usd-limit', later(60));
  return undefined;
}

function go(incident: Incident, asked: boolean): Decision {
  if (asked) return { kind: 'repair', reason: 'asked-for' satisfies Reason };
  if (wasCutOff(incident)) return { kind: 'repair', reason: 'cut-off' satisfies Reason };
  return { kind: 'repair', reason: (incident.attempts === 0 ? 'new-incident' : 'seen-again') satisfies Reason };
}

/** Its last repair was ended from outside. It has told nothing, so nothing is gained by waiting; it still counts as an attempt. */
function wasCutOff({ state, reason }: Incident): boolean {
  return state === 'waiting' && reason === 'interrupted';
}

function wait(reason: Reason, until: Date | null): Decision {
  return { kind: 'wait', until: until?.toISOString() ?? null, reason };
}

function skip(reason: Reason): Decision {
  return { kind: 'skip', reason };
}
