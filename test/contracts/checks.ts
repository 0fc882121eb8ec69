// What every host that runs checks must do: run on the fake, and on GitHub and GitLab over their stand-ins.
import type { CommitCheck } from '../../src/core/policy/red-checks.ts';
import type { Checks } from '../../src/ports.ts';

/** What machines do, in the same words for each host. */
export interface CheckWorld {
  check(commit: string, name: string, state: CommitCheck['state'], said?: { log?: string; notes?: string }): void;
  /** What a check that is run again comes to. */
  nextRun(state: 'runs' | 'green' | 'red'): void;
}

export interface CheckBench {
  readonly checks: Checks;
  /** Of a token that may only look at the code; `null` where there is none. */
  readonly blind: Checks | null;
  readonly world: CheckWorld;
  /** Logs lie on another server: headers of the calls there. */
  elsewhere(): readonly Readonly<Record<string, unknown>>[] | null;
  violations(): readonly string[];
  close(): Promise<void>;
}

const HEAD = '1234567'.padEnd(40, 'a');
const OTHER = '89abcde'.padEnd(40, 'b');

export function checkContract(name: string, open: () => Promise<CheckBench>): void {
  describe(`contract of the checks of a host: ${name}`, () => {
    const signal = new AbortController().signal;
    let bench: CheckBench;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(async () => {
      const violations = bench.violations();
      await bench.close();
      expect(violations).toEqual([]);
    });
    const states = async (commit = HEAD): Promise<Readonly<Record<string, string>>> =>
      Object.fromEntries((await bench.checks.of(commit, signal)).map(({ name: called, state }) => [called, state]));
    const red = async (): Promise<readonly CommitCheck[]> => (await bench.checks.of(HEAD, signal)).filter(({ state }) => state === 'red');

    test('a commit that nothing has run on', async () => {
      expect(await states()).toEqual({});
    });

    test('each check of a commit with its state, and none of another commit', async () => {
      bench.world.check(OTHER, 'unit', 'red');
      bench.world.check(HEAD, 'unit', 'green');
      bench.world.check(HEAD, 'lint', 'red');
      bench.world.check(HEAD, 'by hand', 'other');
      expect(await states()).toEqual({ unit: 'green', lint: 'red', 'by hand': 'other' });
    });

    test('what goes on is known to go on', async () => {
      bench.world.check(HEAD, 'unit', 'red');
      bench.world.check(HEAD, 'slow', 'runs');
      expect(Object.values(await states())).toContain('runs');
    });

    test('the end of a log, wherever it lies, without our token; and what the host notes', async () => {
      const long = `${'a line of a log that is long\n'.repeat(200)}not ok 3 - the price`;
      bench.world.check(HEAD, 'unit', 'red', { log: long, notes: 'script_failure' });
      const [check] = await red();
      const { log, notes } = await bench.checks.why(HEAD, check!, signal);
      expect(log?.endsWith('not ok 3 - the price')).toBe(true);
      expect(notes).toContain('script_failure');
      const calls = bench.elsewhere();
      if (calls === null) return;
      expect(calls).toHaveLength(1);
      expect(calls[0]).not.toHaveProperty('authorization');
      expect(JSON.stringify(calls)).not.toContain('secret-of-the-host');
    });

    test('what failed is run again once', async () => {
      bench.world.check(HEAD, 'unit', 'red');
      bench.world.check(HEAD, 'lint', 'green');
      const before = await red();
      bench.world.nextRun('runs');
      expect(await bench.checks.runAgain(HEAD, before, signal)).toBe('begun');
      expect(Object.values(await states())).toContain('runs');
      bench.world.check(HEAD, 'unit', 'red');
      expect(await bench.checks.runAgain(HEAD, await red(), signal)).toBe('was');
    });

    test('a token without the rights: no log, no other run, and no error', async () => {
      if (bench.blind === null) return;
      bench.world.check(HEAD, 'unit', 'red', { log: 'x' });
      const [check] = await red();
      expect(await bench.blind.why(HEAD, check!, signal)).toMatchObject({ log: null });
      expect(await bench.blind.runAgain(HEAD, [check!], signal)).toBe('no');
    });
  });
}
