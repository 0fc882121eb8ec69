// A repair that dies, at every step and before and after its row is stored, and the one that goes on from there.
// A dead process is a ledger that answers nothing any more; the next one is another ledger over the same state.
import { writeFile } from 'node:fs/promises';
import type { Ledger } from '../../../src/adapters/ledger/ledger-port.ts';
import type { FixMode, StepName, StepRecord } from '../../../src/core/model.ts';
import { MAX_RESUMES, STEP_ORDER } from '../../../src/core/policy/steps.ts';
import { STEPS } from '../../../src/core/tables.ts';
import { fail } from '../../../src/errors.ts';
import type { RepairPorts } from '../../../src/pipeline/repair/job.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import type { Claims } from '../../../src/ports.ts';
import { createFakeClaims } from '../../fakes/claims.ts';
import type { FakeAnswer } from '../../fakes/fixer.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { BROKEN, block, createShop, FILES, FIXED, SETTINGS } from '../../support/pipeline.ts';

const LIVE = new AbortController().signal;
const BRANCH = 'ai-ops/fix-0123456789ab';
const GOOD = block('src/pricing.js', FIXED);

type Moment = 'when it has begun' | 'before its row is stored' | 'after its row is stored';

/** A process; once it is over, nothing of it reaches the world. */
interface Life {
  isOver: boolean;
}

/** A process that dies at one moment of one step. */
function dying(ledger: Ledger, life: Life, name: StepName, moment: Moment): Ledger {
  const die = (): never => {
    life.isOver = true;
    throw new Error('killed');
  };
  return {
    ...ledger,
    step: async (trace: string, row: StepRecord, kept) => {
      if (life.isOver) die();
      const isIt = row.name === name;
      if (isIt && row.outcome !== 'running' && moment === 'before its row is stored') die();
      await ledger.step(trace, row, kept);
      if (isIt && moment === (row.outcome === 'running' ? 'when it has begun' : 'after its row is stored')) die();
    },
    end: async (trace, ending) => (life.isOver ? die() : ledger.end(trace, ending)),
  };
}

async function createCrashSite(answer: FakeAnswer, mode: FixMode = 'code_blocks', test: () => number = () => 0) {
  const shop = await createShop(answer, test, false);
  const state = createMemoryState();
  const notes: string[] = [];
  const box = createFakeClaims().box('mine');
  let life: Life = { isOver: false };
  const attempts: number[] = [];
  const claims: Claims = {
    take: async (...wish) => {
      const answer = await box.take(...wish);
      if (answer.kind !== 'held') return answer;
      const { claim } = answer;
      const mine = life;
      attempts.push(claim.attempts);
      return { kind: 'held', claim: { ...claim, end: async (...ending) => (mine.isOver ? undefined : claim.end(...ending)) } };
    },
  };
  const { fingerprint, title, sample, count, first, last } = INCIDENT;
  await createMemoryLedger(state).record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
  const run = (store: Ledger) => {
    const progress = { step: () => undefined, note: (text: string) => void notes.push(text) };
    return repair(INCIDENT, { ...shop.ports, claims, store, outbox: store, progress }, { ...SETTINGS, mode }, LIVE);
  };
  return {
    ...shop,
    state,
    notes,
    attempts,
    async crash(name: StepName, moment: Moment): Promise<void> {
      const ledger = createMemoryLedger(state);
      life = { isOver: false };
      await expect(run(dying(ledger, life, name, moment))).rejects.toThrow('killed');
      // What the next start of a ledger does with what a dead process was running.
      await ledger.close();
    },
    goOn: () => {
      life = { isOver: false };
      return run(createMemoryLedger(state));
    },
    trace: () => [...state.traces.values()][0]!,
  };
}

const EDIT: FakeAnswer = async ({ dir }) => {
  await writeFile(`${dir}/src/pricing.js`, FIXED);
  return 'The item may be gone.';
};

type OnceStep = Extract<(typeof STEPS)[number], { readonly once: true }>['name'];

/** How often others see what a step does that is to be there once. */
const SEEN: Readonly<Record<OnceStep, (site: Awaited<ReturnType<typeof createCrashSite>>) => number>> = {
  claim: ({ attempts }) => Math.max(...attempts),
  push: ({ files }) => [...files.branches.keys()].filter((name) => name.startsWith('ai-ops/')).length,
  request: ({ host }) => host.requests.length,
  notify: ({ notices }) => notices.length,
};
const ONCE = Object.keys(SEEN) as readonly OnceStep[];

const MOMENTS: readonly Moment[] = ['when it has begun', 'before its row is stored', 'after its row is stored'];
const CRASHES = (['code_blocks', 'agentic'] as const).flatMap((mode) =>
  STEP_ORDER.flatMap((step) => MOMENTS.map((moment) => ({ mode, step, moment }))),
);

test.each(CRASHES)('$mode: killed at $step, $moment', async ({ mode, step, moment }) => {
  const site = await createCrashSite(mode === 'agentic' ? EDIT : GOOD, mode);
  await site.crash(step, moment);
  // Somebody pushes meanwhile: a repair that has a base commit stays on it.
  site.files.advance({ ...FILES, 'later.txt': 'later\n' });
  const outcome = await site.goOn();

  const isAsked = (step === 'fix' && moment === 'before its row is stored') as boolean;
  expect(site.fixer.requests).toHaveLength(isAsked ? 2 : 1);
  expect([...site.state.traces.keys()]).toEqual([outcome.trace]);
  expect(outcome).toMatchObject({ outcome: 'proposed', branch: BRANCH, costUsd: 0.05, turns: 2, proof: { level: 'L2' } });
  expect(outcome.files).toEqual([{ path: 'src/pricing.js', status: 'modified', added: 1, removed: 1 }]);
  expect(Object.fromEntries(site.files.branches)[BRANCH]).toBe(outcome.commit);
  expect(site.host).toMatchObject({ writes: 1, requests: [{ branch: BRANCH, commit: outcome.commit }] });

  const isBased = step !== 'claim' && (step !== 'checkout' || moment === 'after its row is stored');
  expect((await site.files.repository.read(outcome.commit!, 'later.txt')) === undefined).toBe(isBased);
  expect((await site.files.repository.read(outcome.commit!, 'src/pricing.js'))?.bytes.toString()).toBe(FIXED);

  expect(Object.fromEntries(ONCE.map((name) => [name, SEEN[name](site)]))).toEqual(Object.fromEntries(ONCE.map((name) => [name, 1])));
  for (const { patch } of site.notices) expect(patch).toContain('+  return order.item?.price ?? 0;');
  const { steps, state, diff, summary } = site.trace();
  expect(steps.map(({ name, outcome: ended }) => `${name} ${ended}`)).toEqual(STEP_ORDER.map((name) => `${name} ok`));
  expect(steps.at(-1)!.summary).toBe('noted');
  expect([state, diff.includes('order.item?.price'), summary.includes('may be gone')]).toEqual(['proposed', true, true]);
  expect([...site.state.incidents.values()]).toMatchObject([{ state: 'proposed', attempts: 1 }]);
  expect(site.state.kept.size).toBe(0);
});

describe('in place of a request, an issue', () => {
  const RED = (): number => 1;
  const WORDS = 'The price is missing in the data; the code is right.';
  const ENDINGS = [
    { name: 'declined', answer: WORDS, steps: STEP_ORDER.filter((step) => !['verify', 'commit', 'push', 'notify'].includes(step)) },
    { name: 'issued', answer: GOOD, steps: STEP_ORDER.filter((step) => step !== 'notify') },
  ] as const;
  const rows = ENDINGS.flatMap(({ steps, ...row }) => steps.flatMap((step) => MOMENTS.map((moment) => ({ ...row, step, moment }))));

  test.each(rows)('$name: killed at $step, $moment: one issue, one mail, paid once', async ({ name, answer, step, moment }) => {
    const site = await createCrashSite(answer, 'code_blocks', RED);
    await site.crash(step, moment);
    const outcome = await site.goOn();
    expect(outcome).toMatchObject({ outcome: name, issue: { number: 1000, state: 'open' }, request: null, costUsd: 0.05 });
    expect(site.fixer.requests).toHaveLength(step === 'fix' && moment === 'before its row is stored' ? 2 : 1);
    expect([site.host.issues.length, site.host.requests.length, site.files.branches.size, site.state.traces.size]).toEqual([1, 0, 1, 1]);
    expect([...site.state.incidents.values()]).toMatchObject([{ state: name, attempts: 1 }]);
    expect(site.trace().state).toBe(name);
  });

  test('killed while it was made, before anybody knew its answer: it is found by its marker', async () => {
    const site = await createCrashSite(WORDS);
    await site.crash('request', 'when it has begun');
    await site.goOn();
    await site.goOn();
    expect(site.host.issues).toHaveLength(1);
  });
});

test('killed again and again, one step further each time: still one of each', async () => {
  const site = await createCrashSite(GOOD);
  for (const step of ['checkout', 'guard', 'push'] as const) await site.crash(step, 'after its row is stored');
  expect(await site.goOn()).toMatchObject({ outcome: 'proposed', costUsd: 0.05 });
  expect([site.fixer.requests.length, site.host.requests.length, site.notices.length, site.state.traces.size]).toEqual([1, 1, 1, 1]);
  expect(site.trace().resumes).toBe(3);
  expect(site.notes).toEqual(['context', 'verify', 'request'].map((step) => expect.stringMatching(`goes on at ${step}$`)));
});

test('what never comes to its end is begun anew after some tries', async () => {
  const site = await createCrashSite(GOOD);
  for (let time = 0; time <= MAX_RESUMES; time += 1) await site.crash('verify', 'when it has begun');
  expect([site.state.traces.size, site.fixer.requests.length]).toEqual([1, 1]);
  expect((await site.goOn()).outcome).toBe('proposed');
  expect([site.state.traces.size, site.fixer.requests.length]).toEqual([2, 2]);
});

describe('an answer with a secret in it is not written down exactly', () => {
  const secret = 'configured-secret-value';
  const leaky = block('src/pricing.js', FIXED, `It was ${secret}.`);

  test('killed before the commit: Claude is asked again, and the trace says so', async () => {
    const site = await createCrashSite(leaky);
    await site.crash('guard', 'after its row is stored');
    expect(JSON.stringify([...site.state.kept.get(site.trace().trace)!])).not.toContain(secret);
    expect(site.trace().steps.find(({ name }) => name === 'fix')!.summary).toContain('not kept for a resume');
    expect(await site.goOn()).toMatchObject({ outcome: 'proposed', costUsd: 0.1 });
    expect(site.fixer.requests).toHaveLength(2);
    expect(site.notes).toEqual([expect.stringMatching('goes on at fix$')]);
  });

  test.each(STEPS.flatMap(({ name, neededUntil }) => (neededUntil === 'notify' ? [] : [name])))(
    'killed after the request, when what %s has found was not kept: nobody needs it any more',
    async (name) => {
      const site = await createCrashSite(GOOD);
      await site.crash('request', 'after its row is stored');
      const kept = site.state.kept.get(site.trace().trace)!;
      kept.set(name, JSON.stringify({ ...JSON.parse(kept.get(name) ?? '{"format":1,"facts":{}}'), value: undefined }));
      expect(await site.goOn()).toMatchObject({ outcome: 'proposed', costUsd: 0.05 });
      expect([site.fixer.requests.length, site.host.requests.length, site.notices.length]).toEqual([1, 1, 1]);
    },
  );

  test('killed after the commit: the answer is not needed any more', async () => {
    const site = await createCrashSite(leaky);
    await site.crash('push', 'after its row is stored');
    expect((await site.goOn()).outcome).toBe('proposed');
    expect([site.fixer.requests.length, site.host.requests.length]).toEqual([1, 1]);
  });
});

describe('a repair that failed', () => {
  test('and is gone on with for another destination, whose store has no such commit: committed again, no other answer', async () => {
    const site = await createCrashSite(GOOD);
    site.host.failures.push('host-unreachable');
    const first = await site.goOn();
    site.files.forget(first.commit!);
    expect(await site.goOn()).toMatchObject({ outcome: 'proposed', trace: first.trace, commit: first.commit, costUsd: 0.05 });
    expect(site.notes).toEqual([expect.stringMatching('goes on at commit$')]);
    expect([site.fixer.requests.length, site.host.requests.length]).toEqual([1, 1]);
  });

  test('after Claude was paid: the next one is the same trace, another attempt, no other answer', async () => {
    const site = await createCrashSite(GOOD);
    site.host.failures.push('host-unreachable');
    const first = await site.goOn();
    expect(first).toMatchObject({ outcome: 'failed', code: 'host-unreachable', costUsd: 0.05 });
    expect(await site.goOn()).toMatchObject({ outcome: 'proposed', trace: first.trace, commit: first.commit, costUsd: 0.05 });
    expect([site.fixer.requests.length, site.host.requests.length]).toEqual([1, 1]);
    expect(site.notices.map(({ kind }) => kind)).toEqual(['failed', 'proposed']);
    expect([...site.state.incidents.values()]).toMatchObject([{ state: 'proposed', attempts: 2 }]);
  });

  test.each([
    ['before Claude has answered', fail('claude-turns', { limit: 3 }, { costUsd: 0.7, turns: 3, modelMs: 9 })],
    ['by its answer', block('src/pricing.js', 'export function {\n')],
    ['for no change at all', block('src/pricing.js', BROKEN)],
  ] as const)('%s: the next one is a new trace', async (_name, answer) => {
    const site = await createCrashSite(answer);
    const [first, second] = [await site.goOn(), await site.goOn()];
    expect(first.outcome).not.toBe('proposed');
    expect([second.trace === first.trace, site.fixer.requests.length]).toEqual([false, 2]);
  });

  test('what all tries have cost is in the mail of the one that ends well', async () => {
    const answers = [block('src/pricing.js', BROKEN), block('src/pricing.js', BROKEN), GOOD];
    const site = await createCrashSite(() => answers.shift() ?? '');
    for (let time = 0; time < 3; time += 1) await site.goOn();
    const proposed = site.notices.filter(({ kind }) => kind === 'proposed');
    expect(proposed.map(({ text }) => text)).toEqual([expect.stringContaining('All 3 repairs of this error: $0.150')]);
  });

  test('asked to go on with it, what it cost before is added', async () => {
    const answers: FakeAnswer[] = [fail('claude-turns', { limit: 3 }, { costUsd: 0.5, turns: 3, modelMs: 9 }), GOOD];
    const site = await createCrashSite(() => {
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer as string;
    });
    const first = await site.goOn();
    const ports = { ...site.ports, store: createMemoryLedger(site.state) };
    const second = await repair(INCIDENT, ports, SETTINGS, LIVE, site.trace());
    expect(second).toMatchObject({ outcome: 'proposed', trace: first.trace, costUsd: 0.55, turns: 5, modelMs: 1209 });
  });
});

test('interrupted in order between two steps, a notice that was not begun is sent', async () => {
  const stop = new AbortController();
  const site = await createCrashSite(GOOD);
  const { host } = site.ports;
  const ports: RepairPorts = {
    ...site.ports,
    store: createMemoryLedger(site.state),
    host: { ...host, ensureRequest: (draft, signal) => host.ensureRequest(draft, signal).finally(() => stop.abort()) },
  };
  expect(await repair(INCIDENT, ports, SETTINGS, stop.signal)).toMatchObject({ outcome: 'failed', code: 'interrupted' });
  expect(site.trace()).toMatchObject({ state: 'interrupted' });
  expect(await site.goOn()).toMatchObject({ outcome: 'proposed' });
  expect([site.notices.length, site.host.requests.length, site.fixer.requests.length]).toEqual([1, 1, 1]);
});
