// Claims in memory, for tests of the pipeline: the refs of one remote that several boxes share, judged by the same rules.
import { type ClaimRecord, judgeClaim } from '../../src/core/policy/claim.ts';
import type { Claims } from '../../src/ports.ts';

export interface FakeRemoteClaims {
  /** The claims that stand, by fingerprint. */
  readonly standing: Map<string, ClaimRecord>;
  /** The port as one box has it. */
  box(name: string): Claims;
  /** The remote refuses every claim from now on, for this reason. */
  refuse(reason: string): void;
  /** The remote's clock, in ms since 1970. */
  now: number;
}

export function createFakeClaims(): FakeRemoteClaims {
  let refusal: string | undefined;
  let nonces = 0;
  const standing = new Map<string, ClaimRecord>();
  const fake: FakeRemoteClaims = {
    standing,
    now: Date.now(),
    refuse: (reason) => {
      refusal = reason;
    },
    box: (box) => ({
      take: async ({ fingerprint, formerly = [], asked, seconds }) => {
        if (refusal !== undefined) return { kind: 'unavailable', reason: refusal };
        for (const name of formerly) {
          const older = judgeClaim(standing.get(name) ?? null, { box, asked }, new Date(fake.now));
          if (older.kind === 'respect') return { kind: 'respected', state: older.state, until: older.until };
        }
        const found = standing.get(fingerprint) ?? null;
        const move = judgeClaim(found, { box, asked }, new Date(fake.now));
        if (move.kind === 'respect') return { kind: 'respected', state: move.state, until: move.until };
        const attempts = (found?.attempts ?? 0) + (move.kind === 'replace' && move.isOurs ? 0 : 1);
        let mine = '';
        const write = (state: ClaimRecord['state'], forSeconds: number): void => {
          nonces += 1;
          mine = `n${nonces}`;
          const [at, until] = [fake.now, fake.now + forSeconds * 1000].map((ms) => new Date(ms).toISOString()) as [string, string];
          standing.set(fingerprint, { fingerprint, box, nonce: mine, state, at, until, attempts });
        };
        const isMine = (): boolean => standing.get(fingerprint)?.nonce === mine;
        write('working', seconds);
        return {
          kind: 'held',
          claim: {
            attempts,
            renew: async () => {
              if (!isMine()) return 'lost';
              write('working', seconds);
              return 'held';
            },
            end: async (ending) => {
              if (!isMine() || ending.kind === 'keep') return;
              if (ending.kind === 'release') standing.delete(fingerprint);
              else write(ending.state, ending.seconds);
            },
          },
        };
      },
    }),
  };
  return fake;
}
