// One more answer where the first cannot stand: when it is asked for, what it is told, what it costs, and what a crash leaves.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../../src/adapters/ledger/ledger-port.ts';
import type { StepRecord } from '../../../src/core/model.ts';
import { fail } from '../../../src/errors.ts';
import type { RepairSettings } from '../../../src/pipeline/repair/job.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import type { CommandPlace } from '../../../src/ports.ts';
import { createFakeFixer, type FakeAnswer } from '../../fakes/fixer.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { BROKEN, block, createShop, FIXED, SETTINGS as WITHOUT } from '../../support/pipeline.ts';

const SETTINGS: RepairSettings = { ...WITHOUT, maxRetries: 1 };
const LIVE = new AbortController().signal;
const GOOD = block('src/pricing.js', FIXED);
const WORSE = block('src/pricing.js', FIXED.replace('?? 0', '?? 1'), 'One will do.');
const CI = block('.github/workflows/x.yml" new="true', 'on: push\n');
/** The file as it is. */
const UNCHANGED = block('src/pricing.js', BROKEN);
/** An answer that nothing should be changed. */
const DECLINED = 'The price is missing in the data; the code is right.';

/** The tests know that nothing costs nothing. */
const tested = (pricing: string): number => (pricing.includes('?? 1') ? 1 : 0);

async function shopWith(...answers: readonly [FakeAnswer, ...FakeAnswer[]]) {
  const shop = await createShop('', tested);
  const fixer = createFakeFixer(...answers);
  const rows: StepRecord[] = [];
  const ports = {
    ...shop.ports,
    fixer,
    progress: { step: (_trace: string, row: StepRecord) => void rows.push(row), note: () => undefined },
  };
  const run = (settings: Partial<RepairSettings> = {}) => repair(INCIDENT, ports, { ...SETTINGS, ...settings }, LIVE);
  return { ...shop, ports, fixer, rows, run };
}

const MENDED: readonly { readonly name: string; readonly first: string; readonly told: readonly (string | RegExp)[] }[] = [
  { name: 'the file as it is', first: block('src/pricing.js', BROKEN), told: ['Claude proposed no change'] },
  {
    name: 'a form that cannot be applied',
    first: 'Here.\n\n<code_block filename="src/pricing.js">\n// ... rest unchanged\n',
    told: ['the answer could not be applied', 'Here.'],
  },
  { name: 'a protected path', first: CI, told: ['the guard refused the change', '.github/workflows/x.yml', '+on: push'] },
  { name: 'a file that does not parse', first: block('src/pricing.js', 'export {\n'), told: ['does not parse', '+export {'] },
  {
    name: 'an error that it swallows',
    first: block('src/pricing.js', BROKEN.replace('  return order.item.price;', '  try {\n    return order.item.price;\n  } catch {}')),
    told: ['the guard', 'a handler that swallows the error', '+  } catch {}'],
  },
  {
    name: 'a check that it silences',
    first: block('src/pricing.js', FIXED.replace('  return', '  // eslint-disable-next-line\n  return')),
    told: ['a comment that silences a check'],
  },
  {
    name: 'a test that it breaks',
    first: WORSE,
    told: ['`npm test` passed before the fix and fails with it', 'expected 0, got 1', 'One will do.', '+  return order.item?.price ?? 1;'],
  },
];

test.each(MENDED)('$name: asked once more with what was wrong', async ({ first, told }) => {
  const { ports, fixer, ledger, host, rows } = await shopWith(first, GOOD);
  const runTests = async (command: string, at: CommandPlace, signal: AbortSignal) => {
    const done = await ports.commands.runTests(command, at, signal);
    return { ...done, output: done.exitCode === 0 ? '' : 'expected 0, got 1\n' };
  };
  const commands = { ...ports.commands, runTests };
  const outcome = await repair(INCIDENT, { ...ports, commands }, SETTINGS, LIVE);
  expect(outcome).toMatchObject({ outcome: 'proposed', proof: { level: 'L2' }, costUsd: 0.1, turns: 4, modelMs: 2400 });
  expect(outcome.files.map(({ path }) => path)).toEqual(['src/pricing.js']);
  expect([fixer.requests.length, host.requests.length]).toEqual([2, 1]);

  const [{ prompt: one }, { prompt: two, budgetUsd }] = [fixer.requests[0]!, fixer.requests[1]!];
  expect([fixer.requests[0]!.budgetUsd, budgetUsd]).toEqual([undefined, 1.95]);
  const withoutNonce = (text: string): string => text.replace(/trace\d{7}/g, 'nonce');
  expect(withoutNonce(two).startsWith(withoutNonce(one))).toBe(true);
  const added = two.slice(one.length);
  for (const words of told) expect(added).toMatch(words);
  expect(added).not.toContain('<code_block');

  const [trace] = await ledger.traces({ trace: outcome.trace });
  expect(trace!.steps.map(({ name, outcome: ended }) => `${name} ${ended}`)).toHaveLength(11);
  expect(trace!.steps.every(({ outcome: ended }) => ended === 'ok')).toBe(true);
  expect(trace!.steps.find(({ name }) => name === 'fix')!.summary).toMatch(/2 answers, the one before: /);
  expect(trace!.diff).toContain('+  return order.item?.price ?? 0;');
  expect(rows.filter(({ name, outcome: ended }) => name === 'fix' && ended === 'ok')).toHaveLength(2);
});

const ENDINGS: readonly {
  readonly name: string;
  readonly answers: readonly [FakeAnswer, ...FakeAnswer[]];
  readonly settings?: Partial<RepairSettings>;
  readonly calls: number;
  readonly code: string;
}[] = [
  { name: 'the second is no better: no third', answers: [UNCHANGED, WORSE, GOOD], calls: 2, code: 'proof-refused' },
  {
    name: 'as many as are configured',
    answers: [UNCHANGED, WORSE, CI, GOOD],
    settings: { maxRetries: 2 },
    calls: 3,
    code: 'guard-refused',
  },
  { name: 'none is configured', answers: [WORSE, GOOD], settings: { maxRetries: 0 }, calls: 1, code: 'proof-refused' },
  {
    name: 'less than half of the budget is left',
    answers: [WORSE, GOOD],
    settings: { maxBudgetUsd: 0.09 },
    calls: 1,
    code: 'proof-refused',
  },
  { name: 'just half of the budget is left', answers: [WORSE, CI], settings: { maxBudgetUsd: 0.1 }, calls: 2, code: 'guard-refused' },
  { name: 'a path outside', answers: [block('../../etc/passwd', 'x\n'), GOOD], calls: 1, code: 'answer-outside' },
  {
    name: 'a secret',
    answers: [block('src/pricing.js', `${FIXED}const key = '${['AKIA', 'Q4ZX7PLMN2RT6WVB'].join('')}';\n`), GOOD],
    calls: 1,
    code: 'guard-refused',
  },
  {
    name: 'a program that it runs',
    answers: [block('src/pricing.js', `${FIXED}import 'node:child_process';\n`), GOOD],
    calls: 1,
    code: 'guard-patch-only',
  },
  {
    name: 'a host that it names',
    answers: [block('src/pricing.js', `${FIXED}fetch('https://collect.acme-metrics.io/');\n`), GOOD],
    calls: 1,
    code: 'guard-patch-only',
  },
  { name: 'Claude is over its limit', answers: [fail('claude-rate-limit', { detail: 'x' }), GOOD], calls: 1, code: 'claude-rate-limit' },
  {
    name: 'Claude fails the second time',
    answers: [UNCHANGED, fail('claude-timeout', { seconds: 9 }), GOOD],
    calls: 2,
    code: 'claude-timeout',
  },
];

test.each(ENDINGS)('$name: $calls', async ({ answers, settings, calls, code }) => {
  const { run, fixer, files, host } = await shopWith(...answers);
  const outcome = await run(settings);
  expect({ calls: fixer.requests.length, code: outcome.code }).toEqual({ calls, code });
  expect([[...files.branches.keys()], host.requests.length]).toEqual([['main'], 0]);
});

test('that nothing should be changed is an answer: Claude is not asked a second time', async () => {
  const { run, fixer, ledger } = await shopWith(DECLINED, GOOD);
  expect(await run()).toMatchObject({ outcome: 'declined', code: 'answer-declined', costUsd: 0.05 });
  expect(fixer.requests).toHaveLength(1);
  expect((await ledger.traces())[0]).toMatchObject({ state: 'declined', summary: DECLINED });
});

test('what the outcome says is of the last answer', async () => {
  const { run } = await shopWith(WORSE, UNCHANGED);
  expect(await run()).toMatchObject({ code: 'answer-empty', proof: null, files: [], guard: [], costUsd: 0.1 });
});

test('a second answer that fails is paid too, and the trace tells why it was asked for', async () => {
  const { run, ledger } = await shopWith(UNCHANGED, fail('claude-turns', { limit: 3 }, { costUsd: 0.7, turns: 3, modelMs: 9 }));
  expect(await run()).toMatchObject({ code: 'claude-turns', costUsd: 0.75, turns: 5, modelMs: 1209 });
  const [trace] = await ledger.traces();
  const summary = '2 answers, the one before: Claude proposed no change';
  expect(trace!.steps.at(-1)).toMatchObject({ name: 'fix', outcome: 'failed', summary, error: { code: 'claude-turns' } });
});

test('secrets of the first answer are not told', async () => {
  const secret = 'configured-secret-value';
  const { run, fixer } = await shopWith(block('src/pricing.js', BROKEN, `It was ${secret}.`), GOOD);
  await run();
  expect(fixer.requests[1]!.prompt).toContain('It was [redacted configured-secret 1].');
  expect(fixer.requests[1]!.prompt).not.toContain(secret);
});

test('agentic: begun from the base commit again', async () => {
  const { run, fixer } = await shopWith(
    ({ dir }) => {
      writeFileSync(join(dir, 'ci.yml'), 'x\n');
      writeFileSync(join(dir, 'src/pricing.js'), 'export {\n');
      return 'Done.';
    },
    ({ dir }) => {
      expect([existsSync(join(dir, 'ci.yml')), readFileSync(join(dir, 'src/pricing.js'), 'utf8')]).toEqual([false, BROKEN]);
      writeFileSync(join(dir, 'src/pricing.js'), FIXED);
      return 'The item may be gone.';
    },
  );
  const outcome = await run({ mode: 'agentic' });
  expect(outcome).toMatchObject({ outcome: 'proposed', files: [{ path: 'src/pricing.js' }] });
  expect(fixer.requests[1]!.prompt).toMatch(/Make your edits once more[\s\S]*$/);
});

describe('killed on the way', () => {
  type Moment = (row: StepRecord, answers: number) => boolean;

  /** A process that dies before (`isLost`) or after a row is stored. */
  function dying(ledger: Ledger, calls: () => number, moment: Moment, isLost: boolean): Ledger {
    let isDead = false;
    const die = (): never => {
      isDead = true;
      throw new Error('killed');
    };
    return {
      ...ledger,
      step: async (trace, row, kept) => {
        if (isDead) die();
        const isIt = moment(row, calls());
        if (isIt && isLost) die();
        await ledger.step(trace, row, kept);
        if (isIt) die();
      },
      end: async (trace, ending) => (isDead ? die() : ledger.end(trace, ending)),
    };
  }

  const at =
    (name: string, outcome: string, answers: number): Moment =>
    (row, calls) =>
      row.name === name && row.outcome === outcome && calls === answers;

  const rows: readonly (readonly [name: string, moment: Moment, isLost: boolean, calls: number])[] = [
    ['before the refusal is stored', at('verify', 'failed', 1), true, 2],
    ['after the refusal is stored', at('verify', 'failed', 1), false, 2],
    ['when the second has begun', at('fix', 'running', 1), false, 2],
    ['with the second answer not stored: asked again for the second, not for the first', at('fix', 'ok', 2), true, 3],
    ['with the second answer stored', at('fix', 'ok', 2), false, 2],
    ['when the second is judged', at('guard', 'ok', 2), false, 2],
    ['when the second is proven', at('verify', 'ok', 2), false, 2],
  ];

  test.each(rows)('%s', async (_name, moment, isLost, calls) => {
    const shop = await createShop('', tested, false);
    const state = createMemoryState();
    const fixer = createFakeFixer(WORSE, GOOD);
    const run = (store: Ledger) => repair(INCIDENT, { ...shop.ports, fixer, store }, SETTINGS, LIVE);
    const { fingerprint, title, sample, count, first, last } = INCIDENT;
    const ledger = createMemoryLedger(state);
    await ledger.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
    await expect(run(dying(ledger, () => fixer.requests.length, moment, isLost))).rejects.toThrow('killed');
    await ledger.close();

    const outcome = await run(createMemoryLedger(state));
    expect(outcome).toMatchObject({ outcome: 'proposed', costUsd: 0.1, proof: { level: 'L2' } });
    expect([fixer.requests.length, state.traces.size, shop.host.requests.length]).toEqual([calls, 1, 1]);
    const told = fixer.requests.slice(1).every(({ prompt }) => prompt.includes('Your earlier answer') && prompt.includes('One will do.'));
    expect(told).toBe(true);
    const [trace] = [...state.traces.values()];
    expect(trace!.steps.find(({ name }) => name === 'fix')!.summary).toContain('2 answers');
  });

  test('a second answer that cannot stand after a crash is the last one', async () => {
    const shop = await createShop('', tested, false);
    const state = createMemoryState();
    const fixer = createFakeFixer(WORSE, UNCHANGED, GOOD);
    const run = (store: Ledger) => repair(INCIDENT, { ...shop.ports, fixer, store }, SETTINGS, LIVE);
    const { fingerprint, title, sample, count, first, last } = INCIDENT;
    const ledger = createMemoryLedger(state);
    await ledger.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
    await expect(run(dying(ledger, () => fixer.requests.length, at('fix', 'ok', 2), false))).rejects.toThrow('killed');
    await ledger.close();
    expect(await run(createMemoryLedger(state))).toMatchObject({ code: 'answer-empty', costUsd: 0.1, turns: 4 });
    expect(fixer.requests).toHaveLength(2);
  });
});
