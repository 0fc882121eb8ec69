// What one of all boxes does: by a claim on the remote, as a repair is.
import type { Claims } from '../../ports.ts';

export interface Aloneness {
  readonly claims: Claims | null;
  readonly claimSeconds: number;
}

/** @returns `undefined` where another box is at it; where the remote takes no claims it is done all the same */
export async function alone<T>(
  { claims, claimSeconds: seconds }: Aloneness,
  name: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const taken = await claims?.take({ fingerprint: `reply:${name}`, asked: false, seconds }, signal);
  if (taken?.kind === 'respected') return undefined;
  const claim = taken?.kind === 'held' ? taken.claim : undefined;
  try {
    return await work();
  } finally {
    await claim?.end({ kind: 'release' }, signal);
  }
}
