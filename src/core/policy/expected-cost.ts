// What a repair is likely to cost: what earlier ones have cost. Prices of models change; the ledger knows what was paid.
import type { FixMode, Trace } from '../model.ts';

export interface ExpectedCost {
  /** Median of the earlier repairs of the same mode, US dollars; `null` where there is none. */
  readonly usd: number | null;
  /** How many repairs it is taken from. */
  readonly repairs: number;
}

/** @param traces of any mode and ending; those that cost nothing, or nobody knows what, do not count */
export function expectedCost(traces: readonly Pick<Trace, 'mode' | 'costUsd'>[], mode: FixMode): ExpectedCost {
  const paid = traces.flatMap(({ mode: of, costUsd }) => (of === mode && costUsd !== null && costUsd > 0 ? [costUsd] : []));
  return { usd: paid.length === 0 ? null : median(paid), repairs: paid.length };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return (lower + upper) / 2;
}
