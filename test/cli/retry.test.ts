// `ai-ops retry`: which traces go on, which do not and why. That one comes to its end is in test/e2e/retry.test.ts.
import type { Outcome, TraceState } from '../../src/core/model.ts';
import { runCli } from '../support/cli-world.ts';
import { createState, FAILED, keep, OUTCOME, type State, sight } from '../support/state.ts';

let state: State;
beforeEach(() => {
  state = createState();
});
afterEach(() => state.remove());

const retry = (trace: string, env: Readonly<Record<string, string>> = {}) =>
  runCli(['retry', trace, '--json', '--state-dir', state.dir], { env });
const at = (): string => new Date().toISOString();

/** A ledger with one incident whose only trace has this ending. */
async function given(outcome: Outcome, as: TraceState = outcome.outcome): Promise<void> {
  await state.write(async (ledger) => {
    await sight(ledger);
    const { trace, fingerprint } = outcome;
    await ledger.begin({ id: trace, fingerprint, title: 'title', mode: 'code_blocks', startedAt: at() });
    await ledger.end(trace, { outcome, state: as, endedAt: at(), diff: '', summary: '' });
  });
}

interface Row {
  readonly name: string;
  readonly outcome: Outcome;
  readonly as?: TraceState;
  readonly code: number;
  readonly stderr: string;
}

const SKIPPED: Outcome = { ...OUTCOME, outcome: 'skipped', code: 'policy-skip', reason: 'not repaired: a request for it is open' };
const REFUSED: Outcome = { ...FAILED, outcome: 'refused', code: 'guard-refused', reason: 'the guard refused the change: too many lines' };

const ROWS: readonly Row[] = [
  { name: 'one that was proposed', outcome: OUTCOME, code: 0, stderr: 'nothing to do: trace aaa111bbb222 has ended' },
  { name: 'one that was merged', outcome: OUTCOME, as: 'merged', code: 0, stderr: 'nothing to do' },
  { name: 'one that a person closed', outcome: OUTCOME, as: 'closed', code: 0, stderr: 'nothing to do' },
  { name: 'one that was skipped', outcome: SKIPPED, code: 0, stderr: 'nothing to do' },
  { name: 'one that the guard refused', outcome: REFUSED, code: 5, stderr: 'ai-ops fix --from-log LOG --fingerprint v1:' },
  { name: 'one that the proof refused', outcome: { ...REFUSED, code: 'proof-refused' }, code: 5, stderr: 'a new answer is needed' },
  { name: 'one whose answer changes nothing', outcome: { ...FAILED, code: 'answer-empty' }, code: 5, stderr: 'a new answer is needed' },
  { name: 'one whose answer cannot be used', outcome: { ...FAILED, code: 'answer-unusable' }, code: 5, stderr: 'a new answer is needed' },
];

test.each(ROWS)('$name does not go on', async ({ outcome, as, code, stderr }) => {
  await given(outcome, as);
  const ran = await retry(outcome.trace.slice(0, 4));
  expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(stderr)]);
  expect(JSON.parse(ran.stdout)).toMatchObject({ kind: 'result', trace: outcome.trace, outcome: outcome.outcome });
});

test.each([
  ['that is not there', ['zzz'], 2, 'no trace zzz'],
  ['that is not named', [], 2, 'trace'],
  ['that two begin like', ['c'], 2, "'c' is the beginning of 2"],
])('a trace %s', async (_name, typed, code, stderr) => {
  await state.write(async (ledger) => {
    await sight(ledger);
    for (const trace of ['ccc1', 'ccc2']) await keep(ledger, { ...FAILED, trace }, at());
  });
  const ran = await runCli(['retry', ...typed, '--state-dir', state.dir]);
  expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringContaining(stderr)]);
});

test('one that another ai-ops is working on is left to it', async () => {
  const other = await state.open();
  await sight(other);
  await keep(other, FAILED, at(), { ended: false });
  expect(await retry(FAILED.trace)).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('another ai-ops is repairing') });
  await other.close();
});

test('one whose incident has a request meanwhile is left alone', async () => {
  await given(FAILED);
  await state.write((ledger) => keep(ledger, { ...OUTCOME, trace: 'later' }, at()));
  const ran = await retry(FAILED.trace);
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: 'skipped', code: 'policy-skip', trace: 'later' });
});

test('where Claude is still to be asked, the budget is respected', async () => {
  await given({ ...FAILED, costUsd: 3 });
  const ran = await retry(FAILED.trace, { MAX_USD_PER_DAY: '2' });
  expect(ran.code).toBe(6);
  expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: 'skipped', code: 'policy-limit' });
});
