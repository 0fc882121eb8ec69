// Programs that stand where Claude should: absent, hanging, printing anything, or telling what they were given.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REQUIRED_FLAGS } from '../../../src/adapters/claude/argv.ts';
import { type ClaudeCliOptions, createClaudeCli } from '../../../src/adapters/claude/cli.ts';
import { createRecordedFixer, RECORDED_ENGINE } from '../../../src/adapters/claude/recorded.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { eventually, isAlive } from '../../support/program.ts';
import { resultLine } from '../../support/shell-claude.ts';

const HELP = REQUIRED_FLAGS.join(' ');
const SUCCESS = resultLine('ok', { total_cost_usd: 0 });
let dir = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-programs-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A program that knows `--version` and `--help`, and does `body` when it is asked to work. */
function program(name: string, body: string, version = 'echo "9.9.9 (Claude Code)"', help = HELP): string {
  const file = join(dir, name);
  writeFileSync(file, `#!/bin/sh\ncase "$1" in\n--version) ${version};;\n--help) echo "${help}";;\n*)\n${body}\n;;\nesac\n`, {
    mode: 0o755,
  });
  return file;
}

const cli = (command: string, more: Partial<ClaudeCliOptions> = {}) =>
  createClaudeCli({
    processes: createProcesses({ graceMs: 300 }),
    command,
    args: [],
    timeoutMs: 100_000,
    maxTurns: 5,
    maxBudgetUsd: 1,
    env: { PATH: process.env.PATH, HOME: dir, GITHUB_TOKEN: 'ghp_canary', SMTP_PASSWORD: 'canary', ANTHROPIC_API_KEY: 'sk-ant-canary' },
    ...more,
  });

const fix = (command: string, more: Partial<ClaudeCliOptions> = {}, prompt = 'the prompt') =>
  cli(command, more).fix({ mode: 'agentic', prompt, dir, signal: new AbortController().signal });

test.each<[string, () => string, object]>([
  ['not there', () => 'no-such-claude', { code: 'claude-not-found', exitCode: 7 }],
  ['garbage as a result', () => program('garbage', 'echo "<html>busy</html>"'), { code: 'claude-garbage', exitCode: 1 }],
  ['binary garbage', () => program('binary', 'head -c 100000 /dev/zero'), { code: 'claude-garbage' }],
  ['nothing at all', () => program('silent', 'exit 0'), { code: 'claude-failed' }],
  [
    'an error on stderr',
    () => program('broken', 'echo "cannot open display" >&2; exit 1'),
    { code: 'claude-failed', message: expect.stringContaining('cannot open display') },
  ],
  ['a success, then an exit code', () => program('late', `echo '${SUCCESS}'; exit 9`), { code: 'claude-failed' }],
  ['garbage as its version', () => program('other', 'exit 0', 'echo hello'), { code: 'claude-garbage' }],
  [
    'too old for its walls',
    () => program('old', 'exit 0', 'echo "1.0.3 (Claude Code)"', '-p, --print --output-format'),
    { code: 'claude-unsupported', message: expect.stringContaining('1.0.3') },
  ],
])('%s', async (_name, command, expected) => {
  await expect(fix(command())).rejects.toMatchObject(expected);
});

test('a program that hangs when it is asked for its version', async () => {
  const slow = program('slow', 'exit 0', 'sleep 600');
  await expect(fix(slow, { timeoutMs: 1000 })).rejects.toMatchObject({ code: 'claude-timeout' });
});

test.each(REQUIRED_FLAGS)('without %s it is refused, before it is asked and by doctor', async (flag) => {
  const help = REQUIRED_FLAGS.filter((one) => one !== flag).join(' ');
  const asked = join(dir, 'asked');
  const command = program(`old${flag}`, `touch ${asked}`, undefined, help);
  const expected = {
    code: 'claude-unsupported',
    exitCode: 7,
    message: expect.stringContaining(flag),
    hint: expect.stringContaining('claude update'),
  };
  await expect(fix(command)).rejects.toMatchObject(expected);
  await expect(cli(command).check(new AbortController().signal)).rejects.toMatchObject(expected);
  expect(existsSync(asked)).toBe(false);
});

test('a program that hangs and ignores SIGTERM is ended with its child', async () => {
  const hang = program(
    'hang',
    'trap "" TERM\nsh -c \'trap "" TERM; echo $$ > child; sleep 600\' &\necho $$ > leader\nwhile :; do sleep 600; done',
  );
  // In the first of these times it may not have begun.
  for (const timeoutMs of [1000, 10_000, 100_000]) {
    await expect(fix(hang, { timeoutMs })).rejects.toMatchObject({ code: 'claude-timeout', exitCode: 6, retryable: true });
    if (['leader', 'child'].every((name) => existsSync(join(dir, name)))) break;
  }
  for (const name of ['leader', 'child']) {
    const pid = Number(readFileSync(join(dir, name), 'utf8'));
    await eventually(
      () => !isAlive(pid) || undefined,
      () => `${name} is alive`,
    );
  }
});

test('the prompt is on stdin only; no credential of ours but Claude’s own is in the environment', async () => {
  const spy = program('spy', `cat > stdin.txt; env > env.txt; printf '%s\\n' "$@" > argv.txt; echo '${SUCCESS}'`);
  expect(await fix(spy, {}, 'secret words of a log')).toMatchObject({ text: 'ok', engine: 'claude 9.9.9' });
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  expect(read('stdin.txt')).toBe('secret words of a log');
  expect(read('argv.txt')).not.toContain('secret words');
  expect(read('argv.txt')).not.toContain('canary');
  expect(read('env.txt')).not.toMatch(/ghp_canary|SMTP|GITHUB/);
  expect(read('env.txt')).toContain('ANTHROPIC_API_KEY=sk-ant-canary');
});

test('the plan names the command line and the names of the variables, never a value', () => {
  const cli = createClaudeCli({
    processes: createProcesses(),
    command: 'claude',
    args: ['--effort', 'low'],
    timeoutMs: 1,
    maxTurns: 5,
    maxBudgetUsd: 1,
    env: { PATH: '/bin', ANTHROPIC_API_KEY: 'sk-ant-canary' },
  });
  const plan = cli.plan('agentic');
  expect(plan.argv.slice(0, 4)).toEqual(['claude', '--print', '--effort', 'low']);
  expect(plan.environment).toEqual(expect.arrayContaining(['ANTHROPIC_API_KEY', 'PATH', 'DISABLE_AUTOUPDATER']));
  expect(JSON.stringify(plan)).not.toContain('sk-ant-canary');
});

test('an argument that takes a wall down is refused before anything runs', () => {
  expect(() =>
    createClaudeCli({
      processes: createProcesses(),
      command: 'claude',
      args: ['--dangerously-skip-permissions'],
      timeoutMs: 1,
      maxTurns: 1,
      maxBudgetUsd: 1,
      env: {},
    }),
  ).toThrow(expect.objectContaining({ code: 'claude-args-refused' }));
});

describe('recorded answer', () => {
  const request = {
    mode: 'code_blocks',
    prompt: 'at x (src/second.js:3:1)\nat y (src/first.js:1:1)',
    dir: '.',
    signal: new AbortController().signal,
  } as const;
  const answers = [
    { file: 'src/first.js', text: 'first' },
    { file: 'src/second.js', text: 'second' },
  ];

  test('says that it is one', async () => {
    expect(await createRecordedFixer({ text: 'words' }).fix(request)).toMatchObject({ text: 'words', engine: RECORDED_ENGINE, costUsd: 0 });
  });

  test('from a file', async () => {
    const file = join(dir, 'answer.txt');
    writeFileSync(file, 'from a file');
    expect(await createRecordedFixer({ file }).fix(request)).toMatchObject({ text: 'from a file' });
  });

  test('the one for the file that the prompt names first, or none', async () => {
    expect(await createRecordedFixer({ answers }).fix(request)).toMatchObject({ text: 'second' });
    await expect(createRecordedFixer({ answers }).fix({ ...request, prompt: 'another' })).rejects.toMatchObject({ code: 'claude-failed' });
  });
});
