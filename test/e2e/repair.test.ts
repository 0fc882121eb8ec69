// The main job, as a specification: a crash in a log becomes a proven fix on a branch, with a request and a mail.
// The real program, the real Claude Code CLI, a real git server; the model and the code host are stand-ins.
// Read it from top to bottom: one repair, then what comes after it.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commitFiles, git } from '../support/git-program.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { CANARIES, type Json, type Ran, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook, CART_AFTER, CART_BEFORE, editTheCart, filesOf, recorded } from './conversations.ts';
import { branches, brief, changed, filesWith, LIMIT, picture, resultOf, STEPS, stepsOf } from './observe.ts';

const original = readFileSync('examples/orders-service/src/cart.js', 'utf8');

const MODES = {
  code_blocks: {
    script: answerFromTheBook,
    turns: 1,
    tools: [],
    files: filesOf(recorded('cart-without-coupon.txt')),
    level: 'L4',
    words: 'An order without a coupon now gets a discount of zero percent',
  },
  agentic: {
    script: editTheCart,
    turns: 3,
    tools: ['Edit', 'Glob', 'Grep', 'Read', 'Write'],
    files: { 'src/cart.js': original.replace(CART_BEFORE, CART_AFTER) },
    level: 'L2',
    words: 'Without a coupon the discount is now zero.',
  },
} as const;

/** What a title says of a proof: only a test of the change can have reproduced the error. */
const told = (level: string): string => (level === 'L4' ? 'L4, reproduced' : level);

const WAYS = [
  { host: 'github', mode: 'code_blocks' },
  { host: 'gitlab', mode: 'agentic' },
  { host: 'github', mode: 'agentic' },
  { host: 'gitlab', mode: 'code_blocks' },
] as const;

// The other host and mode are those of `sinks.test.ts`; all four in the slow lane.
describe.each(IS_SLOW_LANE ? WAYS : WAYS.slice(0, 1))('ai-ops fix --from-log on $host, $mode', ({ host, mode }) => {
  const { script, turns, tools, files, level, words } = MODES[mode];
  let world: World;
  let bare: string;
  let main: string;
  let before: Readonly<Record<string, string>>;
  let ran: Ran;
  let result: Json;
  let branch: string;

  beforeAll(async () => {
    world = await startWorld({ host, script, env: { CLAUDE_FIX_MODE: mode } });
    bare = world.bare ?? '';
    // Our store holds one commit only: the line's history is in the checkout alone.
    await commitFiles(world.checkout, { 'NOTES.md': 'nothing of the cart\n' }, 'notes');
    await git(world.checkout, 'push', '-q', bare, 'main');
    main = await git(bare, 'rev-parse', 'main');
    await world.startService('--log', 'app.log', '--requests', 'demo').exit;
    before = picture(world.checkout);
    ran = await world.run(['fix', '--from-log', 'app.log', '--json']);
    result = resultOf(ran.json);
    branch = String(result.branch);
  }, LIMIT);
  afterAll(() => world.close());

  test('it ends well, and says in one line what it did', () => {
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^requests go to \w+, 127\.0\.0\.1:\d+\/acme\S* \(configured token\)\n$/),
    });
    expect(result).toEqual({
      kind: 'result',
      trace: expect.stringMatching(/^[a-z0-9]{12}$/),
      fingerprint: expect.stringMatching(/^v2:[0-9a-f]{32}$/),
      repository: expect.stringMatching(/^127\.0\.0\.1:\d+\/acme\/(?:shop\/)?orders-service$/),
      outcome: 'proposed',
      reason: `proposed with proof ${level}`,
      code: null,
      branch: expect.stringMatching(/^ai-ops\/fix-[0-9a-f]{12}$/),
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      request: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/acme\/.+\/1$/), number: 1, state: 'open' },
      issue: null,
      proof: {
        level,
        reproduced: level === 'L4' ? 'yes' : 'unknown',
        introduced: expect.objectContaining({ how: 'blamed', subject: 'orders-service' }),
        isolation: { sandbox: 'none', network: true },
        commands: [
          {
            command: 'node --test',
            before: { exitCode: 0, durationMs: expect.any(Number) },
            after: { exitCode: 0, durationMs: expect.any(Number) },
          },
          // The recorded answer brings a test: it fails without the fix, before and after.
          ...(level === 'L4' ? ['tests-only', 'fix-removed', 'fix-removed'] : []).map((variant) => ({
            command: 'node --test',
            before: { exitCode: 1, durationMs: expect.any(Number) },
            after: { exitCode: 0, durationMs: expect.any(Number) },
            variant,
          })),
        ],
        detail: expect.any(String),
      },
      files: Object.keys(files).map((path) => ({ path, status: 'modified', added: expect.any(Number), removed: expect.any(Number) })),
      guard: [],
      costUsd: expect.any(Number),
      turns,
      durationMs: expect.any(Number),
      modelMs: expect.any(Number),
      withheld: 0,
    });
    expect(result.costUsd).toBeGreaterThan(0);
    expect(branch).toBe(`ai-ops/fix-${String(result.fingerprint).slice(3, 15)}`);
  });

  test('the branch holds one commit on top of main, with exactly the change', async () => {
    expect(await branches(bare)).toEqual([branch, 'main']);
    expect(await git(bare, 'rev-parse', 'main')).toBe(main);
    expect(await git(bare, 'rev-parse', branch, `${branch}^@`)).toBe(`${result.commit}\n${main}`);
    expect(await changed(bare, 'main', branch)).toEqual(files);
    expect(await git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  });

  test('its commit says who made it, and for which error', async () => {
    const [author, committer, subject, fingerprint] = (
      await git(bare, 'log', '-1', '--format=%an <%ae>%n%cn <%ce>%n%s%n%(trailers:key=Ai-Ops-Fingerprint,valueonly)', branch)
    ).split('\n');
    expect({ author, committer, subject, fingerprint }).toEqual({
      author: expect.stringMatching(/^robot <\d+[+-]robot@users\.noreply\.127\.0\.0\.1>$/),
      committer: author,
      subject: 'fix: handle TypeError in totalOf (src/cart.js)',
      fingerprint: result.fingerprint,
    });
  });

  test('one draft request proposes it, with the facts in its body', () => {
    const [request, ...more] = world.host.requests();
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      number: 1,
      head: branch,
      base: 'main',
      commit: result.commit,
      title: `Fix TypeError in totalOf (src/cart.js) [proof ${told(level)}]`,
      isDraft: true,
      author: 'robot',
    });
    const body = request?.body ?? '';
    for (const part of [
      `<!-- ai-ops:${result.fingerprint} -->`,
      "TypeError: Cannot read properties of undefined (reading 'percent')",
      'failed 3 times since ',
      'src/cart.js:6',
      '`src/cart.js:6` was last changed by `',
      '| `node --test` | exit code 0',
      `## Why it is believed: ${told(level)}`,
      `mode \`${mode}\``,
      words,
      String(result.trace),
      main.slice(0, 12),
    ]) {
      expect(body).toContain(part);
    }
    for (const path of Object.keys(files)) expect(body).toMatch(new RegExp(`^- \\[\`${path}\`\\]\\(http\\S+\\) modified, \\+\\d`, 'm'));
  });

  test('everything said between ai-ops and the host keeps to the official description', () => {
    expect(world.host.violations()).toEqual([]);
    const made = world.host.calls().filter((line) => line.startsWith('POST '));
    expect(made.filter((line) => !line.endsWith('/labels 200'))).toEqual([expect.stringMatching(/(pulls|merge_requests) 201$/)]);
  });

  test('one mail tells the receivers, with the patch', () => {
    const [one, ...more] = world.mailbox.mails;
    expect(more).toEqual([]);
    expect(one?.recipients).toEqual(['night@example.invalid', 'day@example.invalid']);
    const mail = one?.mail;
    expect(mail?.subject).toBe(`[ai-ops] Fix TypeError in totalOf (src/cart.js) [proof ${told(level)}]`);
    expect(mail?.messageId).toBe(`<ai-ops.trace.${result.trace}@example.invalid>`);
    for (const text of [mail?.text, String(mail?.html)]) {
      expect(text).toContain((result.request as Json).url);
      expect(text).toContain('src/cart.js:6 was last changed by ');
    }
    const [patch] = mail?.attachments ?? [];
    expect(patch?.content.toString()).toMatch(new RegExp(`^From ${result.commit} .*\\n[\\s\\S]*^\\+.*coupon\\?\\.percent \\?\\? 0`, 'm'));
  });

  test('the trace tells every step', async () => {
    const steps = await stepsOf(world, result.trace);
    expect(brief(steps)).toEqual(STEPS.map((name) => `${name}: ok`));
    expect(steps.map(({ summary }) => summary)).not.toContain('');
  });

  test("the user's checkout is as it was, to the byte and the nanosecond, and no work tree is left", () => {
    expect(picture(world.checkout)).toEqual(before);
    // One is kept for the next repair, and none is in use.
    expect(readdirSync(join(world.stateDir, 'workspaces')).sort()).toEqual(
      [/^tree-[0-9a-f]{16}$/, /^tree-[0-9a-f]{16}\.free$/].map((name) => expect.stringMatching(name)),
    );
  });

  test('Claude got the tools of its mode, and the error', () => {
    expect(world.messages.requests.length).toBe(turns);
    for (const request of world.messages.requests) expect([...request.tools].sort()).toEqual(tools);
    expect(world.messages.requests[0]?.raw).toContain('Cannot read properties of undefined');
  });

  test('no credential has come where it does not belong', () => {
    const secrets = Object.values(CANARIES);
    const starts = world.claudeStarts();
    expect(starts.some(({ argv, env }) => argv.startsWith('--print\n') && env.includes('\nHOME='))).toBe(true);
    const places = {
      output: [ran.stdout, ran.stderr],
      claude: starts.flatMap(({ argv, env }) => [argv, env]),
      model: world.messages.requests.flatMap(({ raw, headers }) => [raw, JSON.stringify(headers)]),
      request: world.host.requests().map(({ title, body }) => title + body),
      mail: world.mailbox.mails.map(({ raw }) => raw),
    };
    for (const [place, texts] of Object.entries(places)) {
      expect(texts.length).toBeGreaterThan(0);
      expect({ place, leaks: texts.filter((text) => secrets.some((secret) => text.includes(secret))) }).toEqual({ place, leaks: [] });
    }
    expect(filesWith(world.home, [branch])).toContain(relative(world.home, world.database));
    expect(filesWith(world.home, secrets)).toEqual([]);
  });

  describe('asked for the same error again', () => {
    test(
      'it points to the open request and spends nothing',
      async () => {
        const again = await world.run(['fix', '--from-log', 'app.log', '--fingerprint', String(result.fingerprint), '--json']);
        expect(again.code).toBe(0);
        expect(resultOf(again.json)).toMatchObject({ outcome: 'skipped', code: 'policy-skip', request: result.request, costUsd: null });
        expect(resultOf(again.json).reason).toContain('a request for it is open');
        expect(world.messages.requests.length).toBe(turns);
        expect(world.host.requests()).toHaveLength(1);
      },
      LIMIT,
    );

    test(
      'without its ledger it finds the request on the host, before the model is asked',
      async () => {
        rmSync(world.stateDir, { recursive: true });
        const again = await world.run(['fix', '--from-log', 'app.log', '--json']);
        expect(again.code).toBe(0);
        expect(resultOf(again.json)).toMatchObject({ outcome: 'skipped', code: 'policy-skip', branch, request: result.request });
        expect(brief(await stepsOf(world, resultOf(again.json).trace))).toEqual(['claim: skipped policy-skip']);
        expect(world.messages.requests.length).toBe(turns);
        expect(world.host.requests()).toHaveLength(1);
        expect(world.mailbox.mails).toHaveLength(1);
        expect(world.host.violations()).toEqual([]);
      },
      LIMIT,
    );
  });
});
