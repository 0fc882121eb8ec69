// The checks of a code host in memory.
import type { CommitCheck } from '../../src/core/policy/red-checks.ts';
import type { Checks } from '../../src/ports.ts';

export interface FakeCheck extends Omit<CommitCheck, 'says'> {
  readonly says?: string;
  readonly notes?: string;
  /** `null` where the token may not read it. */
  readonly log?: string | null;
}

export interface FakeChecks extends Checks {
  /** Commit → its checks. */
  readonly runs: Map<string, readonly FakeCheck[]>;
  /** What comes of asking for another run. */
  again: 'may' | 'may-not';
  /** Commits whose checks were run again. */
  readonly runAgainOf: string[];
  /** Reads so far. */
  reads: number;
}

export function createFakeChecks(): FakeChecks {
  const runs = new Map<string, readonly FakeCheck[]>();
  const runAgainOf: string[] = [];
  const fake: FakeChecks = {
    ...{ runs, runAgainOf, again: 'may-not', reads: 0 },
    of: async (commit) => {
      fake.reads += 1;
      return (runs.get(commit) ?? []).map(({ id, name, state, says = '' }) => ({ id, name, state, says }));
    },
    async why(commit, { id }) {
      const found = runs.get(commit)?.find((one) => one.id === id);
      return { notes: [found?.says, found?.notes].filter(Boolean).join('\n'), log: found?.log ?? null };
    },
    async runAgain(commit, red) {
      if (fake.again === 'may-not') return 'no';
      if (runAgainOf.includes(commit)) return 'was';
      runAgainOf.push(commit);
      const names = new Set(red.map(({ name }) => name));
      runs.set(
        commit,
        (runs.get(commit) ?? []).map((one) => (names.has(one.name) ? { ...one, state: 'runs' } : one)),
      );
      return 'begun';
    },
  };
  return fake;
}
