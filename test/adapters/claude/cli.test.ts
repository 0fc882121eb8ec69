// The real Claude Code CLI against a scripted Messages API: what it sends, what it may do, and how its failures are named.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClaudeCliOptions, createClaudeCli } from '../../../src/adapters/claude/cli.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import type { FixMode } from '../../../src/core/model.ts';
import { type MessagesApi, type Script, startMessagesApi } from '../../standins/anthropic/server.ts';
import type { Turn } from '../../standins/anthropic/turns.ts';
import { type ClaudeHome, claudeHome, plantRecordedClaude } from '../../support/claude.ts';
import { claudeProgram } from '../../support/claude-program.ts';
import { inLane } from '../../support/lane.ts';

/** A turn takes half a second of its own; a loaded machine takes its time. */
const LIMIT = 300_000;

const processes = createProcesses({ graceMs: 500 });
let root = '';
let dir = '';
let recorded = '';
let home: ClaudeHome;
let api: MessagesApi;

beforeAll(async () => {
  api = await startMessagesApi([]);
});
afterAll(() => api.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-cli-'));
  dir = join(root, 'work');
  mkdirSync(dir);
  recorded = plantRecordedClaude(join(root, 'bin'), join(root, 'starts'));
  home = claudeHome(api.url);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  home.remove();
});

const cli = (more: Partial<ClaudeCliOptions> = {}) =>
  createClaudeCli({
    processes,
    command: recorded,
    args: [],
    timeoutMs: 200_000,
    maxTurns: 30,
    maxBudgetUsd: 1,
    env: { ...home.env, GITHUB_TOKEN: 'ghp_canary', SMTP_PASSWORD: 'smtp-canary' },
    ...more,
  });

const fix = (script: Script, mode: FixMode, more: Partial<ClaudeCliOptions> = {}) => {
  api.play(script);
  return cli(more).fix({ mode, prompt: 'PROMPT: mend it', dir, signal: new AbortController().signal });
};

const tool = (name: string, input: Record<string, unknown>): Turn => ({ kind: 'tool', name, input });
const DONE: Turn = { kind: 'text', text: 'done' };

/** What the CLI gave back to the model for each tool call, in order. */
function toolResults(): readonly string[] {
  const last = JSON.parse(api.requests.at(-1)?.raw ?? '{}') as { messages: readonly { content: unknown }[] };
  const blocks = last.messages.flatMap(({ content }) => (Array.isArray(content) ? content : [])) as { type: string; content: unknown }[];
  return blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => JSON.stringify(content));
}

describe('code_blocks', () => {
  test(
    'the answer, its cost and who gave it; the prompt by stdin; no tools',
    async () => {
      const before = api.requests.length;
      const answer = await fix([{ kind: 'text', text: 'The cause.\n<code_block filename="a.js">\nlet a;\n</code_block>' }], 'code_blocks');
      expect(answer).toMatchObject({
        text: 'The cause.\n<code_block filename="a.js">\nlet a;\n</code_block>',
        turns: 1,
        engine: expect.stringMatching(/^claude \d+\.\d+\.\d+ \(claude-.+\)$/),
      });
      expect(answer.costUsd).toBeGreaterThan(0);
      const sent = api.requests.slice(before);
      expect(sent).toHaveLength(1);
      expect(sent[0]?.tools).toEqual([]);
      expect(sent[0]?.messages.some(({ role, text }) => role === 'user' && text.includes('PROMPT: mend it'))).toBe(true);
      expect(cli().plan('code_blocks').argv.join(' ')).not.toContain('PROMPT');
    },
    LIMIT,
  );

  test(
    'an answer above the limit of one message is continued by the CLI, and whole',
    async () => {
      const parts = ['The cause.\n<code_bl', 'ock filename="a.js">\nlet', ' a;\n</code_block>'];
      const script = parts.map((text, at): Turn => ({ kind: 'text', text, ...(at < 2 ? { stop: 'max_tokens' } : {}) }));
      const before = api.requests.length;
      expect(await fix(script, 'code_blocks')).toMatchObject({ text: parts.join(''), turns: 1 });
      expect(api.requests.length - before).toBe(3);
    },
    LIMIT,
  );

  test(
    'a model of the user is asked for',
    async () => {
      await fix([DONE], 'code_blocks', { model: 'claude-sonnet-4-5' });
      expect(api.requests.at(-1)?.model).toBe('claude-sonnet-4-5');
    },
    LIMIT,
  );
});

describe('agentic', () => {
  test(
    'reads and edits a file',
    async () => {
      const file = join(dir, 'cart.js');
      writeFileSync(file, 'let total = order.coupon.percent;\n');
      const answer = await fix(
        [
          tool('Read', { file_path: file }),
          tool('Edit', { file_path: file, old_string: 'coupon.percent', new_string: 'coupon?.percent' }),
          DONE,
        ],
        'agentic',
      );
      expect(readFileSync(file, 'utf8')).toBe('let total = order.coupon?.percent;\n');
      expect(answer).toMatchObject({ text: 'done', turns: 3 });
      expect(readdirSync(dir)).toEqual(['cart.js']);
    },
    LIMIT,
  );

  test(
    'five tools are offered, and a shell is not one of them',
    async () => {
      await fix([tool('Bash', { command: `touch ${join(dir, 'shell-ran')}` }), DONE], 'agentic');
      expect([...(api.requests.at(-1)?.tools ?? [])].sort()).toEqual(['Edit', 'Glob', 'Grep', 'Read', 'Write']);
      expect(toolResults()[0]).toContain('No such tool available: Bash');
      expect(existsSync(join(dir, 'shell-ran'))).toBe(false);
    },
    LIMIT,
  );

  test(
    'nothing outside the work tree, and no secret within it, can be read',
    async () => {
      const outside = join(root, 'outside');
      mkdirSync(outside);
      writeFileSync(join(outside, 'key.txt'), 'CANARY outside\n');
      mkdirSync(join(home.home, '.ssh'));
      writeFileSync(join(home.home, '.ssh', 'id_ed25519'), 'CANARY ssh\n');
      writeFileSync(join(dir, '.env'), 'SECRET=CANARY dotenv\n');
      writeFileSync(join(dir, 'open.txt'), 'open to all\n');
      symlinkSync(join(outside, 'key.txt'), join(dir, 'link.txt'));
      symlinkSync(outside, join(dir, 'linked'));
      symlinkSync('/proc/self/environ', join(dir, 'environment'));
      const calls = [
        tool('Read', { file_path: '/proc/self/environ' }),
        tool('Read', { file_path: '/proc/1/environ' }),
        tool('Read', { file_path: join(dir, 'environment') }),
        tool('Read', { file_path: join(outside, 'key.txt') }),
        tool('Read', { file_path: '../outside/key.txt' }),
        tool('Read', { file_path: join(dir, 'link.txt') }),
        tool('Read', { file_path: join(dir, 'linked', 'key.txt') }),
        tool('Read', { file_path: '~/.ssh/id_ed25519' }),
        tool('Read', { file_path: join(dir, '.env') }),
        tool('Grep', { pattern: '.', path: '/proc/self/environ', output_mode: 'content' }),
        tool('Grep', { pattern: 'CANARY', path: outside, output_mode: 'content' }),
        tool('Grep', { pattern: 'CANARY', path: join(dir, 'linked'), output_mode: 'content' }),
        tool('Grep', { pattern: 'CANARY', output_mode: 'content' }),
        tool('Grep', { pattern: 'SECRET', path: join(dir, '.env'), output_mode: 'content' }),
      ];
      await fix([...calls, tool('Read', { file_path: join(dir, 'open.txt') }), DONE], 'agentic');
      const results = toolResults();
      expect(results).toHaveLength(calls.length + 1);
      expect(results.at(-1)).toContain('open to all');
      const seen = results.slice(0, -1).join('\n');
      for (const secret of ['CANARY', 'sk-ant-test-key', 'ANTHROPIC_API_KEY', 'canary']) expect(seen).not.toContain(secret);
    },
    LIMIT,
  );

  test(
    'nothing outside the work tree can be written',
    async () => {
      const outside = join(root, 'outside');
      mkdirSync(outside);
      symlinkSync(outside, join(dir, 'linked'));
      const calls = [
        tool('Write', { file_path: join(outside, 'a.txt'), content: 'x' }),
        tool('Write', { file_path: '../outside/b.txt', content: 'x' }),
        tool('Write', { file_path: join(dir, 'linked', 'c.txt'), content: 'x' }),
        tool('Write', { file_path: join(home.home, '.bashrc'), content: 'x' }),
        tool('Write', { file_path: join(dir, 'inside.txt'), content: 'x' }),
      ];
      await fix([...calls, DONE], 'agentic');
      expect(['a.txt', 'b.txt', 'c.txt'].filter((name) => existsSync(join(outside, name)))).toEqual([]);
      expect(existsSync(join(home.home, '.bashrc'))).toBe(false);
      expect(existsSync(join(dir, 'inside.txt'))).toBe(true);
    },
    LIMIT,
  );

  test(
    "the checkout's and the user's hooks, servers, settings and instructions stay out",
    async () => {
      const ran = join(root, 'ran');
      const settings = JSON.stringify({
        env: { ANTHROPIC_MODEL: 'claude-canary' },
        permissions: { allow: ['Bash'] },
        hooks: {
          UserPromptSubmit: [{ hooks: [{ type: 'command', command: `touch ${ran}` }] }],
          PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: `touch ${ran}` }] }],
        },
      });
      for (const place of [dir, home.home]) {
        mkdirSync(join(place, '.claude'));
        writeFileSync(join(place, '.claude', 'settings.json'), settings);
        writeFileSync(join(place, '.claude', 'CLAUDE.md'), 'CANARY instruction');
      }
      writeFileSync(join(dir, 'CLAUDE.md'), 'CANARY instruction');
      writeFileSync(join(dir, '.mcp.json'), JSON.stringify({ mcpServers: { canary: { command: 'touch', args: [ran] } } }));
      writeFileSync(join(dir, 'a.txt'), 'a\n');
      const before = api.requests.length;
      await fix([tool('Read', { file_path: join(dir, 'a.txt') }), DONE], 'agentic');
      const sent = api.requests.slice(before);
      expect(sent).toHaveLength(2);
      expect(sent.map(({ raw }) => raw).join('')).not.toMatch(/CANARY instruction/);
      expect(sent.map(({ model }) => model)).not.toContain('claude-canary');
      expect(existsSync(ran)).toBe(false);
    },
    LIMIT,
  );

  test(
    'an edit before a read changes nothing and is a success all the same: git has to be asked',
    async () => {
      const file = join(dir, 'a.js');
      writeFileSync(file, 'old\n');
      const answer = await fix([tool('Edit', { file_path: file, old_string: 'old', new_string: 'new' }), DONE], 'agentic');
      expect(answer.text).toBe('done');
      expect(readFileSync(file, 'utf8')).toBe('old\n');
    },
    LIMIT,
  );
});

const error = (status: number, type: string): Script => [{ kind: 'error', status, type, message: `scripted ${type}` }];
const look = tool('Glob', { pattern: '*' });

const FAILURES: readonly (readonly [string, Script, Partial<ClaudeCliOptions>, object])[] = [
  ['a wrong key', error(401, 'authentication_error'), {}, { code: 'claude-auth', exitCode: 4 }],
  ['a rate limit', error(429, 'rate_limit_error'), {}, { code: 'claude-rate-limit', exitCode: 6, retryable: true }],
  ['overloaded', error(529, 'overloaded_error'), {}, { code: 'claude-rate-limit', exitCode: 6 }],
  ['an error of the server', error(500, 'api_error'), {}, { code: 'claude-unreachable', exitCode: 7 }],
  ['a model that is not there', error(404, 'not_found_error'), {}, { code: 'claude-model', exitCode: 7 }],
  ['a page of a proxy', [{ kind: 'garbage', body: '<html>sign in</html>' }], {}, { code: 'claude-unreachable' }],
  ['turns', [look, look, look, DONE], { maxTurns: 1 }, { code: 'claude-turns', exitCode: 6, cause: { turns: 2 } }],
  ['budget', [look, look, look, DONE], { maxBudgetUsd: 0.0001 }, { code: 'claude-budget', exitCode: 6, cause: { costUsd: 0.001 } }],
  ['no answer in time', [{ kind: 'hang' }], { timeoutMs: 3000 }, { code: 'claude-timeout', exitCode: 6 }],
];

test.each(inLane(FAILURES, 0.2, ([name]) => name))(
  'failure: %s',
  async (_name, script, more, expected) => {
    await expect(fix(script, 'agentic', more)).rejects.toMatchObject(expected);
  },
  LIMIT,
);

test(
  'a later answer has what is left of the budget',
  async () => {
    api.play([look, look, look, DONE]);
    const later = { mode: 'agentic', prompt: 'PROMPT: mend it', dir, budgetUsd: 0.0001, signal: new AbortController().signal } as const;
    await expect(cli().fix(later)).rejects.toMatchObject({ code: 'claude-budget', cause: { costUsd: 0.001 } });
  },
  LIMIT,
);

test(
  'no server',
  async () => {
    home = { ...home, env: { ...home.env, ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' } };
    await expect(fix([DONE], 'code_blocks')).rejects.toMatchObject({ code: 'claude-unreachable', exitCode: 7 });
  },
  LIMIT,
);

test(
  'not logged in',
  async () => {
    const { ANTHROPIC_API_KEY: _none, ...env } = home.env;
    await expect(fix([DONE], 'code_blocks', { env })).rejects.toMatchObject({ code: 'claude-auth', exitCode: 4 });
  },
  LIMIT,
);

test(
  'interrupted',
  async () => {
    api.play([{ kind: 'hang' }]);
    const controller = new AbortController();
    const running = cli().fix({ mode: 'code_blocks', prompt: 'x', dir, signal: controller.signal });
    setTimeout(() => controller.abort(), 1500);
    await expect(running).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
  },
  LIMIT,
);

test.each([
  ['logged in by key', true, ['ok', 'ok']],
  ['not logged in', false, ['ok', 'failed']],
])(
  'check: %s',
  async (_name, withKey, statuses) => {
    const { ANTHROPIC_API_KEY: key = '', ...env } = home.env;
    const asked = cli({ command: claudeProgram(), env: withKey ? { ...env, ANTHROPIC_API_KEY: key } : env });
    const checks = await asked.check(new AbortController().signal);
    expect(checks.map(({ status }) => status)).toEqual(statuses);
    expect(checks[0]?.detail).toMatch(/\d+\.\d+\.\d+$/);
  },
  LIMIT,
);
