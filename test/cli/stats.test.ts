// `ai-ops stats` against a real ledger: what is counted, in which order, and how it is shown.
import { existsSync } from 'node:fs';
import { runCli } from '../support/cli-world.ts';
import { createState, FAILED, keep, OUTCOME, type State, sight } from '../support/state.ts';

let state: State;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const stats = (...args: readonly string[]) => runCli(['stats', '--state-dir', state.dir, ...args]);
const told = async (...args: readonly string[]) =>
  (await stats('--json', ...args)).stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeEach(() => {
  state = createState();
});
afterEach(() => state.remove());

const twoTraces = (): Promise<void> =>
  state.write(async (ledger) => {
    await sight(ledger);
    await keep(ledger, OUTCOME, hoursAgo(50));
    await keep(ledger, FAILED, hoursAgo(3));
  });

test('the whole, then levels, classes and languages', async () => {
  await twoTraces();
  const rows = await told();
  expect(rows.map(({ by, value }) => [by, value])).toEqual([
    ['all', null],
    ['level', 'L2'],
    ['level', null],
    ['class', 'code-fault'],
    ['language', 'javascript'],
  ]);
  expect(rows[0]).toEqual({
    ...{ kind: 'stats', since: null, by: 'all', value: null, repairs: 2, proposed: 1, issued: 0, merged: 0, confirmed: 0, regressed: 0 },
    ...{ closed: 0, costUsd: 0.0342, unpriced: 0, usdPerMerged: null, usdPerConfirmed: null },
  });
});

test('--since leaves older repairs out', async () => {
  await twoTraces();
  expect((await told('--since', '1d'))[0]).toMatchObject({ since: expect.any(String), repairs: 1, proposed: 0 });
});

test('for people: a table, and what its costs hold', async () => {
  await twoTraces();
  const { code, stdout, stderr } = await stats();
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    'REPAIRS              ENDED  PROPOSED  MERGED  CONFIRMED    COST  PER MERGED  PER CONFIRMED',
    'all                      2         1       0          0  $0.034           -              -',
    'level L2                 1         1       0          0  $0.034           -              -',
  ]);
  expect(stderr).toContain('what was paid for all repairs of its row');
});

test('without a ledger nothing is counted, and nothing is created', async () => {
  expect(await stats()).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('no repair has ended yet') });
  expect(existsSync(state.dir)).toBe(false);
});
