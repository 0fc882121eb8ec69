// Repairs that must not become a request: whatever the answer says, nothing reaches the repository, the host or the
// user's checkout, the trace tells where it ended, and the exit code is the one of the table in doc/cli.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from '../standins/anthropic/server.ts';
import { inLane } from '../support/lane.ts';
import { type Ran, startWorld, type World } from '../support/world.ts';
import { block, CART_AFTER, CART_BEFORE, call, conversation, filesOf, recorded, say } from './conversations.ts';
import { branches, brief, LIMIT, picture, resultOf, STEPS, type StepJson, stepsOf, survivors } from './observe.ts';

const fixed = filesOf(recorded('cart-without-coupon.txt'));
const cart = fixed['src/cart.js'] ?? '';
const broken = cart.replace('return goods - discount;', 'return goods;');

const answer = (...blocks: readonly string[]): Script => [say(`The cause, and the change.\n\n${blocks.join('\n')}`)];

interface Row {
  readonly name: string;
  readonly mode: 'code_blocks' | 'agentic';
  readonly script: Script;
  /** What the result says. */
  readonly expected: {
    readonly exit: number;
    readonly outcome: string;
    readonly code: string;
    readonly step: string;
    readonly reason: RegExp;
  };
  /** Keys of the configuration that are not those of the example. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** What `ai-ops status` shows a person, beside the words above. */
  readonly shown?: RegExp;
}

const refused = (code: string, step: string, reason: RegExp) => ({ exit: 5, outcome: 'refused', code, step, reason });
const failed = (exit: number, code: string, reason: RegExp, step = 'fix') => ({ exit, outcome: 'failed', code, step, reason });

const ROWS: readonly Row[] = [
  {
    name: 'a fix that breaks a test which passed',
    mode: 'code_blocks',
    script: answer(block('src/cart.js', broken)),
    expected: refused('proof-refused', 'verify', /`node --test` passed before the fix and fails with it \(exit code 1\)/),
    shown: /│.*a coupon takes its percentage off[\s\S]*│.*fail 2/,
  },
  {
    name: 'a fix that does not parse',
    mode: 'code_blocks',
    script: answer(block('src/cart.js', cart.replace('return goods', 'return return goods'))),
    expected: refused('proof-refused', 'verify', /src\/cart\.js/),
  },
  {
    name: 'a fix that brings a workflow of the CI along',
    mode: 'code_blocks',
    script: answer(block('src/cart.js', cart), block('.github/workflows/x.yml', 'on: push\n', true)),
    expected: refused('guard-refused', 'guard', /\.github\/workflows\/x\.yml/),
  },
  {
    name: 'a fix that writes a workflow of the CI with a tool',
    mode: 'agentic',
    script: conversation(
      (path) => call('Write', { file_path: path('.github/workflows/x.yml'), content: 'on: push\n' }),
      () => say('Done.'),
    ),
    expected: refused('guard-refused', 'guard', /\.github\/workflows\/x\.yml/),
  },
  {
    name: 'an answer with a path outside the repository',
    mode: 'code_blocks',
    script: answer(block('src/cart.js', cart), block('../../etc/x', 'x\n', true)),
    expected: refused('answer-outside', 'guard', /etc\/x/),
  },
  {
    name: 'an answer with the file as it is',
    mode: 'code_blocks',
    script: answer(block('src/cart.js', readFileSync('examples/orders-service/src/cart.js', 'utf8'))),
    expected: failed(1, 'answer-empty', /no change/, 'guard'),
  },
  {
    name: 'an edit in the checkout of the user instead of the work tree',
    mode: 'agentic',
    script: (request) =>
      request.turn === 0
        ? call('Read', { file_path: join(world.checkout, 'src', 'cart.js') })
        : request.turn === 1
          ? call('Edit', { file_path: join(world.checkout, 'src', 'cart.js'), old_string: CART_BEFORE, new_string: CART_AFTER })
          : say('Done.'),
    expected: failed(1, 'answer-empty', /no change/, 'guard'),
  },
  {
    name: 'a key that the API refuses',
    mode: 'code_blocks',
    script: [{ kind: 'error', status: 401, type: 'authentication_error', message: 'invalid x-api-key' }],
    expected: failed(4, 'claude-auth', /./),
  },
  {
    name: 'a Claude that never answers',
    mode: 'code_blocks',
    script: [{ kind: 'hang' }],
    config: { claude: { timeoutSeconds: 4 } },
    expected: failed(6, 'claude-timeout', /4/),
  },
];

let world: World;

beforeAll(async () => {
  world = await startWorld({ host: 'github', script: [] });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
});
afterAll(() => world.close());

describe.each(inLane(ROWS, 0.25, ({ name }) => name))('$mode: $name', ({ name, mode, script, config, expected, shown }) => {
  let ran: Ran;
  let before: Readonly<Record<string, string>>;
  let steps: readonly StepJson[];
  let page: string;
  let earlier: number;

  beforeAll(async () => {
    const place = join(world.home, name.replaceAll(/\W/g, '-'));
    writeFileSync(`${place}.json`, JSON.stringify({ verify: { test: ['node --test'] }, claude: { maxRetries: 0 }, ...config }));
    before = picture(world.checkout);
    earlier = world.mailbox.mails.length;
    world.messages.play(script);
    const common = ['--state-dir', place, '--config', `${place}.json`];
    ran = await world.run(['fix', '--from-log', 'app.log', '--json', ...common], { CLAUDE_FIX_MODE: mode });
    const trace = String(resultOf(ran.json).trace);
    steps = await stepsOf(world, trace, ...common);
    page = shown ? (await world.run(['status', trace, ...common])).stdout : '';
  }, LIMIT);

  test('ends as the table says, at its step, with one line and one hint for people', () => {
    const { exit, step, reason, ...result } = expected;
    expect({
      code: ran.code,
      stderr: ran.stderr
        .split('\n')
        .map((line) => line.split(/: |, /).slice(0, 2).join(': '))
        .filter((line) => !line.startsWith('requests')),
    }).toEqual({
      code: exit,
      stderr: ['ai-ops: error', 'ai-ops: hint', ''],
    });
    expect(resultOf(ran.json)).toMatchObject({ ...result, reason: expect.stringMatching(reason), branch: null, request: null });
    const until = STEPS.slice(0, STEPS.indexOf(step as (typeof STEPS)[number]));
    if (shown) expect(page).toMatch(shown);
    expect(brief(steps)).toEqual([...until.map((each) => `${each}: ok`), `${step}: failed ${result.code}`]);
  });

  test('leaves no branch, no request, no process and no trace of itself in the checkout, and one mail that says so', async () => {
    expect(await branches(world.bare ?? '')).toEqual(['main']);
    expect(world.host.requests()).toEqual([]);
    expect(world.host.violations()).toEqual([]);
    const mails = world.mailbox.mails.slice(earlier).map(({ mail }) => [mail.subject?.split(':')[0], mail.attachments.length]);
    expect(mails).toEqual([[expected.outcome === 'refused' ? '[ai-ops] Fix refused' : '[ai-ops] Repair failed', 0]]);
    expect(await survivors(world.claudeStarts().map(({ pid }) => pid))).toEqual([]);
    expect(picture(world.checkout)).toEqual(before);
    expect(existsSync(join(world.home, 'etc'))).toBe(false);
  });
});
