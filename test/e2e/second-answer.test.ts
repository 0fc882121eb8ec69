// A first answer that breaks a test, and a second one that mends it, with tests of its own: one repair, two model calls,
// one request, and a proof that says what these tests have shown. The tests are run by a real `node --test`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { slowDescribe } from '../support/lane.ts';
import { type Ran, startWorld, type World } from '../support/world.ts';
import { block, filesOf, recorded, say } from './conversations.ts';
import { branches, brief, LIMIT, resultOf, STEPS, type StepJson, stepsOf } from './observe.ts';

const cart = filesOf(recorded('cart-without-coupon.txt'))['src/cart.js'] ?? '';
const testOf = (expression: string): string =>
  [
    "import assert from 'node:assert/strict';",
    "import test from 'node:test';",
    "import { totalOf } from '../src/cart.js';",
    '',
    `test('an order without a coupon', () => assert.equal(${expression}, 450));`,
    '',
  ].join('\n');

const ROWS = [
  {
    name: 'a test that sees the bug',
    expression: 'totalOf({ lines: [{ cents: 450, count: 1 }] })',
    level: 'L4',
    detail: /with the fix alone taken away it fails again/,
    commands: ['base 0 0', 'tests-only 1 0', 'fix-removed 1 0', 'fix-removed 1 0'],
  },
  {
    name: 'a test that passes whatever is done',
    expression: 'typeof totalOf === "function" ? 450 : 0',
    level: 'L2',
    detail: /passes without it too, so it does not see the bug/,
    commands: ['base 0 0', 'tests-only 0 0'],
  },
];

interface CommandJson {
  readonly variant?: string;
  readonly before: { readonly exitCode: number | null };
  readonly after: { readonly exitCode: number | null };
}

slowDescribe.each(ROWS)('$name', ({ expression, level, detail, commands }) => {
  let world: World;
  let ran: Ran;
  let steps: readonly StepJson[];
  let prompts: readonly string[];

  beforeAll(async () => {
    world = await startWorld({ host: 'github', isNotOfClaude: true, script: [] });
    await world.startService('--log', 'app.log', '--requests', 'demo').exit;
    const config = join(world.home, 'second.json');
    writeFileSync(config, JSON.stringify({ verify: { test: ['node --test'] } }));
    const good = `Mended.\n\n${block('src/cart.js', cart)}\n${block('test/coupon.test.js', testOf(expression), true)}`;
    const bad = `No discount at all.\n\n${block('src/cart.js', cart.replace('return goods - discount;', 'return goods;'))}`;
    world.messages.play(({ raw }) => say(raw.includes('# Your earlier answer') ? good : bad));
    ran = await world.run(['fix', '--from-log', 'app.log', '--json', '--config', config]);
    steps = await stepsOf(world, resultOf(ran.json).trace, '--config', config);
    prompts = world.messages.requests.flatMap(({ messages }) => messages.filter(({ role }) => role === 'user').map(({ text }) => text));
  }, LIMIT);
  afterAll(() => world.close());

  test('one request, with the proof of the second answer', async () => {
    const { proof, ...result } = resultOf(ran.json) as { readonly proof: { readonly commands: readonly CommandJson[] } };
    expect({ exit: ran.code, ...result }).toMatchObject({ exit: 0, code: null, outcome: 'proposed' });
    expect(proof).toMatchObject({ level, detail: expect.stringMatching(detail) });
    const sides = proof.commands.map(({ variant = 'base', before, after }) => `${variant} ${before.exitCode} ${after.exitCode}`);
    expect(sides).toEqual(commands);
    expect(world.host.requests()).toHaveLength(1);
    expect(await branches(world.bare ?? '')).toHaveLength(2);
  });

  test('each row of the trace ended well, and that of the fix tells of both answers', () => {
    expect(brief(steps)).toEqual(STEPS.map((name) => `${name}: ok`));
    expect(steps.find(({ name }) => name === 'fix')?.summary).toMatch(
      /2 answers, the one before: .*passed before the fix and fails with it/,
    );
  });

  test('Claude was asked twice, the second time with what the tests printed', () => {
    expect(world.claudeStarts().filter(({ argv }) => argv.includes('--print'))).toHaveLength(2);
    expect(prompts.at(-1)).toMatch(/a coupon takes its percentage off[\s\S]*What you said:\nNo discount at all\./);
  });
});
