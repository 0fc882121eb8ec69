// A decision with the figures that it rests on, in one line, for whoever asks with `--verbose`. Decides nothing.
import type { Decision, Incident } from '../model.ts';
import type { Budget, Policy } from './decide.ts';

/** @example figures(incident, policy, spending, decision) // 'wait (below-min-count); seen 1, policy.minCount 3; tried 0 of 3; …' */
export function figures(incident: Incident, policy: Policy, budget: Budget, decision: Decision): string {
  const until = decision.kind === 'wait' && decision.until !== null ? ` until ${decision.until}` : '';
  return [
    `${decision.kind}${until} (${decision.reason})`,
    `it was ${incident.state}, seen ${incident.count}, policy.minCount ${policy.minCount}`,
    `tried ${incident.attempts} of ${policy.maxAttempts}`,
    `${budget.repairsLastHour} of ${policy.maxRepairsPerHour} repairs in the hour`,
    `${budget.repairsLastDay} of ${policy.maxRepairsPerDay} in the day`,
    `${budget.usdLastDay.toFixed(2)} of ${policy.maxUsdPerDay.toFixed(2)} USD in the day`,
    `${budget.consecutiveFailures} of ${policy.maxConsecutiveFailures} failures in a row`,
  ].join('; ');
}
