// The row `context`: what Claude is shown, why, within which budget; and who last touched the line, to the end of the repair.

import { estimateTokens } from '../../../src/core/context/tokens.ts';
import type { LastChange } from '../../../src/core/model.ts';
import type { RepairPorts, RepairSettings } from '../../../src/pipeline/repair/job.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import { contextOf } from '../../../src/pipeline/steps/context.ts';
import type { History } from '../../../src/ports.ts';
import { createFakeFixer } from '../../fakes/fixer.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { createFakeRepository } from '../../fakes/repository.ts';
import { EVENT, INCIDENT } from '../../support/incidents.ts';
import { block, createShop, FIXED, NO_HISTORY, SETTINGS } from '../../support/pipeline.ts';

const LIVE = new AbortController().signal;
const GOOD = block('src/pricing.js', FIXED);
const FILES = {
  'src/orders.js': "import { orderTotal } from './pricing.js';\nimport { log } from './log.js';\n",
  'src/pricing.js': `import { rate } from './rates.js';\n${'// \n'.repeat(10)}export const orderTotal = (order) => rate(order.item.price);\n`,
  'src/rates.js': 'export const rate = (price) => price;\n',
  'src/log.js': 'export const log = console.log;\n',
  'test/pricing.test.js': "import '../src/pricing.js';\n",
  'docs/pricing.md': 'text\n',
};

async function contextIn(
  files: Readonly<Record<string, string>>,
  settings: Partial<RepairSettings> = {},
  ports: Partial<RepairPorts> = {},
) {
  const shop = await createShop(GOOD);
  const { repository } = createFakeRepository(files);
  const base = await repository.sync(LIVE);
  return contextOf(
    { ...shop.ports, repository, ...ports },
    { ...SETTINGS, ...settings },
    INCIDENT,
    base,
    await repository.list(base.commit),
    LIVE,
  );
}

test('the nearest file, its caller, its tests, what it imports: each with its reason and its price', async () => {
  const { files, left, usedTokens } = await contextIn(FILES);
  expect(files.map(({ path, line, role, why }) => [path, line, role, why])).toEqual([
    ['src/pricing.js', 12, 'nearest', 'nearest frame'],
    ['src/orders.js', 30, 'caller', 'caller'],
    ['test/pricing.test.js', null, 'test', 'tests of the first'],
    ['src/rates.js', null, 'imported', 'imported by the first'],
  ]);
  expect(files.map(({ text, path }) => text === FILES[path as keyof typeof FILES])).toEqual([true, true, true, true]);
  expect(files.map(({ tokens }) => tokens)).toEqual(files.map(({ text = '' }) => estimateTokens(text)));
  expect(usedTokens).toBe(files.reduce((sum, { tokens }) => sum + tokens, 0));
  expect(left).toEqual([]);
});

test('what the budget does not pay for is left out and said', async () => {
  const { files, left } = await contextIn({ ...FILES, 'src/orders.js': 'x'.repeat(4001) }, { maxContextTokens: 2000 });
  expect(files.map(({ path }) => path)).toEqual(['src/pricing.js', 'test/pricing.test.js', 'src/rates.js']);
  expect(left).toEqual([{ path: 'src/orders.js', tokens: 1001, reason: 'too-large' }]);
});

test('a file that is too large is shown around the frame, and may be changed by edits only', async () => {
  const others = (from: number) => Array.from({ length: 200 }, (_, at) => `export const other${from + at} = (a) => {\n  return a;\n};`);
  const pricing = [...others(0), 'export const orderTotal = (order) => {', '  return order.item.price;', '};', ...others(300), ''].join(
    '\n',
  );
  const frames = EVENT.frames.map((frame, at) => (at === 0 ? { ...frame, line: 602 } : frame));
  const incident = { ...INCIDENT, sample: { ...EVENT, frames } };
  const shop = await createShop('');
  shop.files.advance({ 'src/pricing.js': pricing });
  const edit = '<<<<<<< SEARCH\n  return order.item.price;\n=======\n  return order.item?.price ?? 0;\n>>>>>>> REPLACE\n';
  const fixer = createFakeFixer(block('src/pricing.js', pricing.replace('item.price', 'item?.price ?? 0')), block('src/pricing.js', edit));
  const settings = { ...SETTINGS, maxContextTokens: 1000, maxRetries: 1 };
  const outcome = await repair(incident, { ...shop.ports, fixer }, settings, LIVE);
  expect(outcome).toMatchObject({ outcome: 'proposed', files: [{ path: 'src/pricing.js', added: 1, removed: 1 }] });
  const [one = '', two = ''] = fixer.requests.map(({ prompt }) => prompt);
  expect(one).toMatch(/<file-\w+ path="src\/pricing.js" lines="601-603">\n/);
  expect(one).not.toContain('other7');
  expect(two).toContain('holds the whole file, of which only parts were shown; change it by edits');
});

test('without a frame: the source that says the words of the log', async () => {
  const shop = await createShop('');
  const event = { ...EVENT, frames: [], message: 'payment gateway refused order 4711', text: 'ERROR payment gateway refused order 4711' };
  const inFiles = async (files: Readonly<Record<string, string>>) => {
    const { repository } = createFakeRepository(files);
    const base = await repository.sync(LIVE);
    return contextOf({ ...shop.ports, repository }, SETTINGS, { sample: event }, base, await repository.list(base.commit), LIVE);
  };
  const pay = "log.info('paid');\nlog.error(`payment gateway refused order ` + id);\n";
  const { files } = await inFiles({ 'src/pay.js': pay, 'src/other.js': 'paid();\n', 'test/pay.test.js': pay, 'docs/pay.md': pay });
  expect(files.map(({ path, line, role }) => [path, line, role])).toEqual([['src/pay.js', 2, 'mentioned']]);
  const many = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`src/${name}.js`, pay]));
  expect((await inFiles(many)).files).toEqual([]);
});

test('where nothing fits, the repair is skipped and says what to raise', async () => {
  const { ports, fixer } = await createShop(GOOD);
  const outcome = await repair(INCIDENT, ports, { ...SETTINGS, maxContextTokens: 1 }, LIVE);
  expect(outcome).toMatchObject({ outcome: 'skipped', code: 'policy-skip' });
  expect(outcome.reason).toContain('src/pricing.js left out: too-large, ');
  expect(outcome.reason).toContain('raise claude.maxContextTokens');
  expect(fixer.requests).toEqual([]);
});

test('in agentic mode only paths go in, whatever their size', async () => {
  const context = await contextIn({ ...FILES, 'src/pricing.js': 'x'.repeat(500_000) }, { mode: 'agentic', maxContextTokens: 1000 });
  expect(context.files.map(({ path, text, tokens }) => [path, text, tokens])).toEqual([
    ['src/pricing.js', undefined, 0],
    ['src/orders.js', undefined, 0],
    ['test/pricing.test.js', undefined, 0],
  ]);
  expect(context.usedTokens).toBe(0);
});

test('symbolic links and submodules are no files', async () => {
  const shop = await createShop(GOOD);
  const { repository } = createFakeRepository(FILES);
  const base = await repository.sync(LIVE);
  const entries = (await repository.list(base.commit)).map((entry) =>
    entry.path === 'src/pricing.js' ? { ...entry, mode: '120000' as const } : entry,
  );
  const { files } = await contextOf({ ...shop.ports, repository }, SETTINGS, { sample: EVENT }, base, entries, LIVE);
  expect(files.map(({ path }) => path)).not.toContain('src/pricing.js');
});

const LAST: LastChange = {
  commit: '2222222222222222222222222222222222222222',
  author: 'Zoë @all configured-secret-value',
  date: '2026-02-26T09:00:00.000Z',
  subject: 'Items may be retired',
  path: 'src/pricing.js',
  line: 12,
};

/** Knows one line. */
const history: History = {
  ...NO_HISTORY,
  lastChange: async (_base, path, line) => (path === LAST.path && line === LAST.line ? LAST : null),
};
const SAID = 'src/pricing.js:12';

test('who last changed the line stands in the trace, the request and the mail, redacted', async () => {
  const { ports, host, notices, ledger } = await createShop(GOOD);
  const outcome = await repair(INCIDENT, { ...ports, history }, SETTINGS, LIVE);
  const [trace] = await ledger.traces({ trace: outcome.trace });
  const row = trace!.steps.find(({ name }) => name === 'context')!.summary;
  expect(row).toMatch(
    /^src\/pricing\.js:12 nearest frame; test\/pricing\.test\.js tests of the first; about \d+ tokens; src\/pricing\.js:12 was last changed by /,
  );
  for (const text of [row, host.requests[0]!.body, notices[0]!.text, notices[0]!.html]) {
    expect(text).toContain(SAID);
    expect(text).toContain('Zoë');
    expect(text).toContain('3 days before the error was first seen');
    expect(text).not.toContain('configured-secret-value');
  }
  expect(host.requests[0]!.body).toMatch(/was last changed by `Zoë @all [^`]+` in \[`222222222222`\]\(/);
});

test('and where nobody knows, nothing is said', async () => {
  const { ports, host } = await createShop(GOOD);
  await repair(INCIDENT, ports, SETTINGS, LIVE);
  expect(host.requests[0]!.body).not.toContain('last changed');
});

test('a repair that goes on after Claude was paid still knows it, though nobody looks again', async () => {
  const state = createMemoryState();
  const { fingerprint, title, sample, count, first, last } = INCIDENT;
  const { ports, host, fixer } = await createShop(GOOD, undefined, false);
  await createMemoryLedger(state).record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
  const dead = createMemoryLedger(state);
  const dying: RepairPorts['store'] = {
    ...dead,
    step: async (trace, row, kept) => {
      if (row.name === 'commit') throw new Error('killed');
      await dead.step(trace, row, kept);
    },
    end: () => Promise.reject(new Error('killed')),
  };
  await expect(repair(INCIDENT, { ...ports, history, store: dying }, SETTINGS, LIVE)).rejects.toThrow('killed');
  await dead.close();
  const outcome = await repair(INCIDENT, { ...ports, store: createMemoryLedger(state) }, SETTINGS, LIVE);
  expect(outcome.outcome).toBe('proposed');
  expect(fixer.requests).toHaveLength(1);
  expect(host.requests[0]!.body).toContain('was last changed by `Zoë');
});
