// The real Claude Code CLI in a sandbox and without one: a scripted model that was steered is given a shell, so that what
// stops it is the sandbox and no wall of the CLI itself.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClaudeCliOptions, createClaudeCli } from '../../../src/adapters/claude/cli.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { findSandbox } from '../../../src/adapters/sandbox/find.ts';
import type { FixMode } from '../../../src/core/model.ts';
import type { Sandbox } from '../../../src/ports.ts';
import { type MessagesApi, type Script, startMessagesApi } from '../../standins/anthropic/server.ts';
import { claudeProgram } from '../../support/claude-program.ts';
import { IS_SLOW_LANE } from '../../support/lane.ts';
import { eventually } from '../../support/program.ts';
import { attempts, CANARY, describeSandboxed, type Surroundings, startSurroundings } from '../../support/sandbox.ts';

const LIMIT = 300_000;
const processes = createProcesses({ graceMs: 500 });
const live = new AbortController().signal;
let around: Surroundings;
let api: MessagesApi;
let sandbox: Sandbox | undefined;

beforeAll(async () => {
  api = await startMessagesApi([]);
  around = await startSurroundings();
  const found = await findSandbox({ processes, env: around.env, stateDir: around.stateDir, readable: [], maxMemoryBytes: 2 ** 30 });
  sandbox = found.kind === 'found' ? found.sandbox : undefined;
});
afterAll(async () => {
  await api.close();
  await around.close();
});

/** A shell for the model, as no configuration gives it one. */
const SHELL = ['--tools', 'Bash', '--allowedTools', 'Bash', '--permission-mode', 'default', '--settings', '{}'];

const cli = (shut: boolean, more: Partial<ClaudeCliOptions> = {}) =>
  createClaudeCli({
    ...{ processes, command: claudeProgram(), timeoutMs: 60_000, maxTurns: 30, maxBudgetUsd: 1 },
    args: SHELL,
    unsafeArgs: SHELL.filter((flag) => flag.startsWith('--')),
    env: { ...around.env, ANTHROPIC_BASE_URL: api.url, ANTHROPIC_API_KEY: 'sk-ant-test-key', CLAUDE_CODE_MAX_RETRIES: '1' },
    ...(shut && sandbox ? { sandbox } : {}),
    ...more,
  });

const fix = (script: Script, shut: boolean, mode: FixMode = 'agentic', more: Partial<ClaudeCliOptions> = {}) => {
  api.play(script);
  return cli(shut, more).fix({ mode, prompt: 'mend it', dir: around.tree, signal: live });
};

/** What came back to the model for each call. */
function results(): readonly string[] {
  const last = JSON.parse(api.requests.at(-1)?.raw ?? '{}') as { messages: readonly { content: unknown }[] };
  const blocks = last.messages.flatMap(({ content }) => (Array.isArray(content) ? content : [])) as { type: string; content: unknown }[];
  return blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => JSON.stringify(content));
}

describeSandboxed('Claude with a shell', () => {
  /** The network is Claude's own way to its model. */
  const REACHED = ['a socket in the abstract space', 'a port of this machine'];

  test.each(IS_SLOW_LANE ? [true, false] : [true])(
    'reaches nothing of the machine but the network: shut in %s',
    async (shut) => {
      const rows = Object.entries(attempts(around));
      const calls: Script = rows.map(([, command]) => ({ kind: 'tool', name: 'Bash', input: { command } }));
      const done: Script = [...calls, { kind: 'text', text: 'done' }];
      expect(await fix(done, shut)).toMatchObject({ text: 'done', sandbox: shut ? 'bubblewrap' : 'none' });
      const said = results();
      expect(said).toHaveLength(rows.length);
      const reached = rows.filter((_row, at) => said[at]?.includes(CANARY)).map(([name]) => name);
      expect(reached).toEqual(shut ? REACHED : rows.map(([name]) => name));
    },
    LIMIT,
  );

  test(
    'works in its tree, and nothing of it stays in HOME',
    async () => {
      const write = (file: string): string => `require('fs').writeFileSync('${file}', 'mended')`;
      const command = `node -e "${write(join(around.tree, 'file'))}; ${write(join(around.home, '.bashrc'))}"`;
      await fix(
        [
          { kind: 'tool', name: 'Bash', input: { command } },
          { kind: 'text', text: 'done' },
        ],
        true,
      );
      expect(readFileSync(join(around.tree, 'file'), 'utf8')).toBe('mended');
      expect(() => readFileSync(join(around.home, '.bashrc'))).toThrow();
    },
    LIMIT,
  );
});

describeSandboxed('what Claude with a shell leaves', () => {
  test.each(IS_SLOW_LANE ? [true, false] : [true])(
    'no file in HOME or the temporary directory, and no process that has left its session: shut in %s',
    async (shut) => {
      const places = [join(around.home, `left-${shut}`), join(tmpdir(), `ai-ops-left-${process.pid}-${shut}`)];
      // Nobody may write there without one either, but root.
      const system = [`/usr/ai-ops-left-${process.pid}`, `/etc/ai-ops-left-${process.pid}`];
      const late = join(around.tree, `late-${shut}`);
      const commands = [
        `for f in ${[...places, ...(shut ? system : [])].join(' ')}; do echo x > $f; done`,
        `(setsid sh -c 'sleep 4; echo late > ${late}' >/dev/null 2>&1 </dev/null &); echo begun`,
      ];
      const calls: Script = commands.map((command) => ({ kind: 'tool', name: 'Bash', input: { command } }));
      expect(await fix([...calls, { kind: 'text', text: 'done' }], shut)).toMatchObject({ text: 'done' });
      if (shut) await pause(5000);
      else
        await eventually(
          () => existsSync(late) || undefined,
          () => `${late} was not written`,
        );
      const found = [...places, ...system, late].filter((path) => existsSync(path));
      for (const path of places) rmSync(path, { force: true });
      expect(found).toEqual(shut ? [] : [...places, late]);
    },
    LIMIT,
  );
});

describeSandboxed('its login', () => {
  const login = (expiresAt: number) =>
    JSON.stringify({
      claudeAiOauth: { accessToken: 'sk-ant-oat01-test', refreshToken: 'sk-ant-ort01-test', expiresAt, scopes: ['user:inference'] },
    });
  const withoutKey = () => ({ ...around.env, ANTHROPIC_BASE_URL: api.url, CLAUDE_CODE_MAX_RETRIES: '1' });

  const places: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['in a directory of its own', 'config', { CLAUDE_CONFIG_DIR: 'config' }],
    ['in HOME', '.claude', {}],
  ];
  test.each(IS_SLOW_LANE ? places : places.slice(0, 1))(
    '%s: used in both modes, and the rest of its directory is not seen',
    async (_name, dir, named) => {
      const place = join(around.home, dir);
      mkdirSync(join(place, 'projects'), { recursive: true });
      writeFileSync(join(place, '.credentials.json'), login(Date.now() + 3_600_000), { mode: 0o600 });
      writeFileSync(join(place, 'projects', 'talk'), CANARY);
      const env = { ...withoutKey(), ...('CLAUDE_CONFIG_DIR' in named ? { CLAUDE_CONFIG_DIR: place } : {}) };
      expect((await cli(true, { env }).check(live)).map(({ status }) => status)).toEqual(['ok', 'ok']);
      const call: Script = [{ kind: 'tool', name: 'Bash', input: { command: `cat ${place}/projects/talk; ls ${place}` } }];
      expect(await fix([...call, { kind: 'text', text: 'done' }], true, 'agentic', { env })).toMatchObject({ text: 'done' });
      expect(results().join()).not.toContain(CANARY);
      expect(await fix([{ kind: 'text', text: 'done' }], true, 'code_blocks', { env, args: [], unsafeArgs: [] })).toMatchObject({
        ...{ text: 'done', sandbox: 'bubblewrap' },
      });
    },
    LIMIT,
  );

  test('a file that is put in its place from within is the user’s own afterwards', async () => {
    // As the CLI does it where it cannot rename: a token that was renewed must not be lost, the old one is void.
    const file = join(around.home, '.claude', '.credentials.json');
    mkdirSync(join(around.home, '.claude'), { recursive: true });
    writeFileSync(file, login(1), { mode: 0o600 });
    const command = `cd ~/.claude && echo renewed > new && (mv new .credentials.json 2>/dev/null || cp new .credentials.json)`;
    await fix(
      [
        { kind: 'tool', name: 'Bash', input: { command } },
        { kind: 'text', text: 'done' },
      ],
      true,
    );
    expect(readFileSync(file, 'utf8')).toBe('renewed\n');
  });
});

describeSandboxed('a wrapper that needs what is not there', () => {
  const wrapper = () => {
    const file = join(around.home, 'claude-wrapper');
    writeFileSync(file, `#!/bin/sh\ncat '${around.application}/.env' >/dev/null || exit 1\nexec '${claudeProgram()}' "$@"\n`, {
      mode: 0o755,
    });
    return file;
  };

  test('is run without one, which is told', async () => {
    const checks = await cli(true, { command: wrapper() }).check(live);
    expect(checks[0]).toMatchObject({ status: 'warning', detail: expect.stringContaining('without a sandbox') });
    expect(await fix([{ kind: 'text', text: 'done' }], true, 'code_blocks', { command: wrapper() })).toMatchObject({ sandbox: 'none' });
  });

  test('is refused where one is required', async () => {
    const refused = fix([], true, 'code_blocks', { command: wrapper(), isSandboxRequired: true });
    await expect(refused).rejects.toMatchObject({ code: 'claude-not-shut', exitCode: 7 });
  });

  test.each(IS_SLOW_LANE ? [true, false] : [true])(
    'one that tells its version and then ends without a word: the same, at its first question (required: %s)',
    async (isSandboxRequired) => {
      const file = join(around.home, 'claude-late');
      const needs = `case "$1" in --print) echo asked >> '${around.application}/asked' || exit 2;; esac`;
      writeFileSync(file, `#!/bin/sh\n${needs}\nexec '${claudeProgram()}' "$@"\n`, { mode: 0o755 });
      const answer = fix([{ kind: 'text', text: 'done' }], true, 'code_blocks', { command: file, isSandboxRequired });
      if (isSandboxRequired) await expect(answer).rejects.toMatchObject({ code: 'claude-not-shut' });
      else expect(await answer).toMatchObject({ text: 'done', sandbox: 'none' });
    },
  );

  test('what is no program at all is told as that', async () => {
    await expect(fix([], true, 'code_blocks', { command: 'no-such-claude' })).rejects.toMatchObject({ code: 'claude-not-found' });
  });
});
