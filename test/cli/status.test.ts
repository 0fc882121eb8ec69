// `ai-ops status` against a real ledger: what is listed, how one trace is found, and that looking leaves nothing behind.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../src/core/model.ts';
import { runCli } from '../support/cli-world.ts';
import { eventually } from '../support/program.ts';
import { createState, DIFF, FAILED, keep, OUTCOME, STEPS, type State, sight } from '../support/state.ts';

const OTHER = 'v1:ffeeddccbbaa99887766554433221100';
const RUNNING: Outcome = { ...OUTCOME, trace: 'aaa999', fingerprint: OTHER };

let state: State;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000 - 60_000).toISOString();
const status = (...args: readonly string[]) => runCli(['status', '--state-dir', state.dir, ...args]);
const listed = async (...args: readonly string[]): Promise<readonly string[]> =>
  (await status('--json', ...args)).stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { trace: string }).trace);

describe('of three traces', () => {
  beforeAll(async () => {
    state = createState();
    await state.write(async (ledger) => {
      await sight(ledger);
      await keep(ledger, OUTCOME, hoursAgo(50));
      await keep(ledger, FAILED, hoursAgo(3));
    });
  });
  afterAll(() => state.remove());

  test('for people: newest first, without colours', async () => {
    const { code, stdout, stderr } = await status();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'STARTED  TRACE         STATE     INCIDENT                                     PROOF    COST  REQUEST',
        '3 h ago  ccc333ddd444  failed    TypeError in orderTotal · src/pricing.js:12  -           -  -',
        '2 d ago  aaa111bbb222  proposed  TypeError in orderTotal · src/pricing.js:12  L2     $0.034  #7',
        '',
      ].join('\n'),
    );
  });

  test.each<[string, string[], string[]]>([
    ['everything, newest first', [], [FAILED.trace, OUTCOME.trace]],
    ['--limit', ['--limit', '1'], [FAILED.trace]],
    ['--state', ['--state', 'proposed'], [OUTCOME.trace]],
    ['--since an age', ['--since', '1d'], [FAILED.trace]],
    ['--since a day', ['--since', '2000-01-01'], [FAILED.trace, OUTCOME.trace]],
    ['--fingerprint', ['--fingerprint', OUTCOME.fingerprint], [FAILED.trace, OUTCOME.trace]],
    ['--fingerprint, its beginning', ['--fingerprint', 'v1:0123'], [FAILED.trace, OUTCOME.trace]],
    ['--fingerprint, the digits of the branch', ['--fingerprint', '0123456789ab'], [FAILED.trace, OUTCOME.trace]],
    ['--fingerprint, the branch', ['--fingerprint', 'ai-ops/fix-0123456789ab', '--limit', '1'], [FAILED.trace]],
    ['--fingerprint of another', ['--fingerprint', '1123'], []],
    ['--fingerprint of another version', ['--fingerprint', 'v2:0123'], []],
    ['one by its id', [OUTCOME.trace], [OUTCOME.trace]],
    ['one by the beginning of its id', ['ccc'], [FAILED.trace]],
  ])('%s', async (_name, args, expected) => expect(await listed(...args)).toEqual(expected));

  test('--json of a listing is brief, of one trace it is whole', async () => {
    const brief = JSON.parse((await status('--json', '--state', 'proposed')).stdout) as object;
    expect(brief).toMatchObject({ kind: 'trace', trace: OUTCOME.trace, state: 'proposed', request: OUTCOME.request, proof: OUTCOME.proof });
    expect(brief).not.toHaveProperty('steps');
    const whole = JSON.parse((await status('--json', OUTCOME.trace)).stdout) as { steps: readonly { name: string }[] };
    expect(whole.steps.map(({ name }) => name)).toEqual(['claim', 'fix', 'notify']);
  });

  test('one trace for people', async () => {
    const { code, stdout } = await status('aaa1');
    expect(code).toBe(0);
    for (const part of ['state     proposed', '  ✓ fix ', 'proof: L2', '  +  return order.item?.price ?? 0;'])
      expect(stdout).toContain(part);
  });

  test('what Claude said comes before what was done, and without the files in it; --answer prints all', async () => {
    const own = createState();
    try {
      const said = `It was null.\n\n<code_block filename="src/a.js">\nexport const a = 1;\n</code_block>\n\nNow it is one.`;
      await own.write(async (ledger) => {
        await sight(ledger);
        await keep(ledger, OUTCOME, hoursAgo(1), { summary: said });
      });
      const page = async (...more: readonly string[]) => (await runCli(['status', '--state-dir', own.dir, OUTCOME.trace, ...more])).stdout;
      const short = await page();
      expect(short).toContain('  │ It was null.\n  │\n  │ Now it is one.\n\nsteps\n');
      expect(short).not.toContain('export const a');
      expect(await page('--answer')).toContain('  │ export const a = 1;\n');
    } finally {
      own.remove();
    }
  });

  test('of one that was refused: each fact once, what to read it with is this page, and the way to take its change over', async () => {
    const own = createState();
    try {
      const reason = 'the guard refused the change: test/a.test.js has 0 test cases, it had 1';
      const hint = `read the diff with \`ai-ops status ${OUTCOME.trace}\`; policy.protectedPaths holds the rules`;
      const error = { code: 'guard-refused', message: reason, hint } as const;
      const refused = { ...OUTCOME, outcome: 'refused', code: 'guard-refused', reason, hint, request: null, branch: null } as const;
      await own.write(async (ledger) => {
        await sight(ledger);
        await keep(ledger, refused, hoursAgo(1), {
          steps: [{ ...STEPS[0]!, name: 'guard', outcome: 'failed', summary: '1 file, 2 lines, 1 objection', error }],
        });
      });
      const page = (...more: readonly string[]) => runCli(['status', '--state-dir', own.dir, OUTCOME.trace, ...more]);
      const { stdout } = await page();
      expect(stdout.split(reason)).toHaveLength(2);
      expect(stdout).not.toContain('read the diff');
      expect(stdout).toContain('hint      policy.protectedPaths holds the rules\n');
      expect(stdout).toContain(`apply by  ai-ops status ${OUTCOME.trace} --diff | git apply\n`);
      expect(await page('--diff')).toEqual({ code: 0, stderr: '', stdout: DIFF });
      expect(await page('--diff', '--json')).toMatchObject({ code: 2 });
    } finally {
      own.remove();
    }
  });

  test.each([['nonsense'], ['aaa111bbb2222']])('no trace %s', async (typed) => {
    expect(await status(typed)).toEqual({
      code: 2,
      stdout: '',
      stderr: `ai-ops: error: no trace ${typed} in the ledger\nai-ops: hint: run \`ai-ops status\` for the traces there are\n`,
    });
  });

  test('a filter that nothing passes is said on standard error only', async () => {
    expect(await status('--state', 'merged')).toEqual({ code: 0, stdout: '', stderr: 'no such traces\n' });
    expect(await status('--state', 'merged', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('looking changes nothing in the state directory', async () => {
    const before = readdirSync(state.dir);
    await status();
    expect(readdirSync(state.dir)).toEqual(before);
  });
});

describe('while a repair is running', () => {
  beforeEach(() => {
    state = createState();
  });
  afterEach(() => state.remove());

  test('it is running for people, and the JSON keeps its shape', async () => {
    const ledger = await state.open();
    await sight(ledger, { fingerprint: OTHER });
    await keep(ledger, OUTCOME, hoursAgo(1));
    await keep(ledger, RUNNING, hoursAgo(0), { ended: false });
    expect((await status()).stdout).toMatch(/^1 min ago +aaa999 +running .* - +- +-$/m);
    expect(JSON.parse((await status('--json', 'aaa999')).stdout)).toMatchObject({
      ...{ kind: 'trace', state: 'running', outcome: 'failed', endedAt: null, request: null, files: [], guard: [] },
      ...{ proof: { level: null, commands: [] } },
    });
    expect(await status('aaa')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("error: 'aaa' is the beginning of 2: type more of it\n"),
    });
    await ledger.close();
    expect((await status('aaa999')).stdout).toContain('state     interrupted\nreason    interrupted before its end\n');
  });

  test.each([['--json'], ['--no-color']])('--watch %s tells each trace again when it has changed, until the signal', async (flag) => {
    const ledger = await state.open();
    await sight(ledger);
    await keep(ledger, FAILED, hoursAgo(1));
    const stopping = new AbortController();
    let shown = '';
    const onStdout = (text: string): void => {
      shown += text;
    };
    const watching = runCli(['status', '--watch', flag, '--state-dir', state.dir], { signal: stopping.signal, onStdout });
    const told = (count: number): Promise<true> =>
      eventually(
        () => shown.split('\n').length > count || undefined,
        () => shown,
      );
    await told(1);
    await keep(ledger, OUTCOME, hoursAgo(0), { ended: false });
    await told(2);
    await keep(ledger, OUTCOME, hoursAgo(0));
    await told(3);
    // Nothing is told twice.
    await new Promise((resolve) => setTimeout(resolve, 800));
    stopping.abort();
    const { code, stdout, stderr } = await watching;
    await ledger.close();
    const said = stdout.split('\n').filter(Boolean);
    const seen = said.map((line) => {
      if (flag !== '--json') return line.split('  ').slice(1, 3);
      const { trace, state: at } = JSON.parse(line) as { trace: string; state: string };
      return [trace, at];
    });
    expect([code, stderr]).toEqual([130, '']);
    expect(seen).toEqual([
      [FAILED.trace, 'failed'],
      [OUTCOME.trace, 'running'],
      [OUTCOME.trace, 'proposed'],
    ]);
  });
});

describe('without a ledger', () => {
  beforeEach(() => {
    state = createState();
  });
  afterEach(() => state.remove());

  test.each([[[]], [['--json']], [['--since', '7d']]])('nothing, and nothing is made: %j', async (args) => {
    const { code, stdout, stderr } = await status(...args);
    expect([code, stdout, stderr.split('\n').length]).toEqual([0, '', 2]);
    expect(existsSync(state.dir)).toBe(false);
  });

  test('one trace is not found', async () => {
    expect(await status('abc')).toMatchObject({ code: 2, stdout: '' });
  });

  test('a damaged file is told, and stays as it is', async () => {
    mkdirSync(state.dir);
    writeFileSync(join(state.dir, 'ai-ops.sqlite'), 'SQLite format 3\0 and then nothing of use'.padEnd(4096, 'x'));
    const { code, stdout, stderr } = await status();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^ai-ops: error: the ledger .* cannot be read: .*\nai-ops: hint: .*\n$/);
    expect(readdirSync(state.dir)).toEqual(['ai-ops.sqlite']);
  });
});
