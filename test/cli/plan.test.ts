// `ai-ops fix --dry-run` in a real repository: what it would do and why, at which price; nothing is called or written.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectedCost } from '../../src/core/policy/expected-cost.ts';
import { picture } from '../support/checkout.ts';
import { runCli } from '../support/cli-world.ts';
import { commitFiles, makeRepository, writeFiles } from '../support/git-program.ts';
import { createState, OUTCOME, type State, sight } from '../support/state.ts';

const LOG = [
  "2026-03-01T10:00:00.000Z ERROR TypeError: Cannot read properties of undefined (reading 'price')",
  '    at orderTotal (/app/src/pricing.js:2:21)',
  '    at placeOrder (/app/src/orders.js:3:5)',
  '',
].join('\n');
const FILES = {
  'package.json': '{"scripts":{"test":"node --test"},"dependencies":{"left":"1"}}',
  'compose.yaml': 'services: {}\n',
  'src/pricing.js': 'export function orderTotal(order) {\n  return order.price;\n}\n',
  // Its frame's line is not there, so that it cannot be shown in parts.
  'src/orders.js': `import { orderTotal } from './pricing.js';\n//${' long'.repeat(1599)}`,
  'test/pricing.test.js': "import '../src/pricing.js';\n",
};
let dir: string;
let state: State;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-plan-'));
  state = createState();
  await makeRepository(dir, { ...FILES, '.aiopsrc.json': '{"claude":{"maxContextTokens":2000}}\n' });
  await commitFiles(dir, { 'src/pricing.js': FILES['src/pricing.js'].replace('order.price', 'order.item.price') }, 'Items may be retired');
  await writeFiles(dir, { 'app.log': LOG });
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
  state.remove();
});

/** The checkout stays as it was. */
async function plan(...more: readonly string[]) {
  const before = picture(dir);
  const ran = await runCli(['fix', '--from-log', join(dir, 'app.log'), '--dry-run', '--state-dir', state.dir, ...more], { cwd: dir });
  expect(picture(dir)).toEqual(before);
  return ran;
}

/** Earlier repairs that have cost this much. */
async function paid(...costs: readonly (readonly [mode: 'code_blocks' | 'agentic', usd: number | null])[]): Promise<void> {
  await state.write(async (ledger) => {
    await sight(ledger);
    for (const [at, [mode, costUsd]] of costs.entries()) {
      const outcome = { ...OUTCOME, trace: `trace0000000${at}`, costUsd };
      const startedAt = new Date(Date.UTC(2026, 2, 1, 10, at)).toISOString();
      await ledger.begin({ id: outcome.trace, fingerprint: outcome.fingerprint, title: 'title', mode, startedAt });
      await ledger.end(outcome.trace, { outcome, state: 'proposed', endedAt: startedAt, diff: '', summary: '' });
    }
  });
}

test('as JSON: each file with its reason and its tokens, what was left out, who last changed the line', async () => {
  const ran = await plan('--json');
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const shown = JSON.parse(ran.stdout);
  expect(shown).toMatchObject({
    kind: 'plan',
    files: ['src/pricing.js', 'test/pricing.test.js'],
    left: ['src/orders.js left out: too-large, 2010 tokens'],
    context: {
      maxTokens: 2000,
      usedTokens: 24,
      files: [
        { path: 'src/pricing.js', line: 2, role: 'nearest', why: 'nearest frame', tokens: 17 },
        { path: 'test/pricing.test.js', line: null, role: 'test', why: 'tests of the first', tokens: 7 },
      ],
      left: [{ path: 'src/orders.js', tokens: 2010, reason: 'too-large' }],
      notes: [],
    },
    lastChange: { author: 'Test', date: '2024-01-02T03:04:05.000Z', subject: 'Items may be retired', path: 'src/pricing.js', line: 2 },
    commands: {
      setup: ['npm install --no-audit --no-fund'],
      check: [],
      test: ['npm test'],
      from: 'package.json',
      hints: [expect.stringContaining('compose.yaml')],
    },
    expectedCost: { usd: null, repairs: 0, atMostUsd: 2 },
    caps: { maxBudgetUsd: 2 },
  });
  expect(shown.context.promptTokens).toBe(Math.ceil(Buffer.byteLength(shown.prompt) / 4));
});

test('for people', async () => {
  await paid(['code_blocks', 0.04], ['agentic', 0.9], ['code_blocks', 0.02], ['code_blocks', 0.5], ['code_blocks', null]);
  const { code, stdout } = await plan();
  expect(code).toBe(0);
  for (const line of [
    'Incident\n  TypeError in orderTotal · src/pricing.js:2\n',
    '  src/pricing.js:2          17  nearest frame',
    '  test/pricing.test.js       7  tests of the first',
    '  src/orders.js left out: too-large, 2010 tokens',
    '  about 24 of 2000 tokens (claude.maxContextTokens)',
    '  setup: npm install --no-audit --no-fund',
    '  test: npm test',
    '  from package.json',
    '  src/pricing.js:2 was last changed by Test in ',
    '  $0.040, the median of 3 earlier repairs in code_blocks mode; at most $2.00 (claude.maxBudgetUsd)',
  ])
    expect(stdout).toContain(line);
});

test('in agentic mode only paths go in, and its own history counts', async () => {
  await paid(['code_blocks', 0.04], ['agentic', 0.9]);
  const { stdout } = await plan('--mode', 'agentic');
  expect(stdout).toContain('only their paths: in agentic mode Claude reads them itself');
  expect(stdout).toContain('  $0.900, the median of 1 earlier repair in agentic mode; at most $2.00');
  expect(stdout).toMatch(/ {2}src\/orders\.js:3 +caller/);
});

test('without any earlier repair the cost is unknown', async () => {
  expect((await plan()).stdout).toContain('  unknown, at most $2.00 (claude.maxBudgetUsd)');
});

const cost = (costUsd: number | null, mode: 'code_blocks' | 'agentic' = 'code_blocks') => ({ costUsd, mode });

test.each([
  ['nothing yet', [], { usd: null, repairs: 0 }],
  ['one', [cost(0.3)], { usd: 0.3, repairs: 1 }],
  ['an even number', [cost(0.4), cost(0.2)], { usd: 0.30000000000000004, repairs: 2 }],
  ['an outlier', [cost(9), cost(0.2), cost(0.1)], { usd: 0.2, repairs: 3 }],
  ['another mode, unknown and nothing do not count', [cost(9, 'agentic'), cost(null), cost(0), cost(0.1)], { usd: 0.1, repairs: 1 }],
])('expected cost: %s', (_name, traces, expected) => {
  expect(expectedCost(traces, 'code_blocks')).toEqual(expected);
});

test('an incident is called by its place in the repository, not in the log', async () => {
  await commitFiles(dir, { 'cart.js': 'export function total(order) {\n  return order.price;\n}\n' }, 'A cart');
  await writeFiles(dir, { 'app.log': LOG.replace('/app/src/pricing.js', '/srv/shop/cart.js') });
  const { stdout } = await plan();
  expect(stdout).toContain('Incident\n  TypeError in orderTotal · cart.js:2\n');
});
