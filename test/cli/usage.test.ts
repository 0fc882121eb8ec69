// The command line: what is understood, what is refused and how that is told, and how the process ends.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/command-line/commands.ts';
import { EXIT_CODES } from '../../src/cli/command-line/exit-codes.ts';
import type { CommandName } from '../../src/cli/command-line/options.ts';
import { type Invocation, parseCommandLine } from '../../src/cli/command-line/program.ts';
import { AiOpsError, EXIT } from '../../src/errors.ts';
import { runCli } from '../support/cli-world.ts';
import { MAIN } from '../support/main-file.ts';
import { eventually } from '../support/program.ts';

const ALL = Object.keys(COMMANDS) as readonly CommandName[];
const parse = (...argv: readonly string[]): Invocation => parseCommandLine(argv, { names: ALL, version: '1.2.3', columns: 100 });

function refusal(...argv: readonly string[]): AiOpsError {
  try {
    parse(...argv);
  } catch (thrown) {
    if (thrown instanceof AiOpsError) return thrown;
    throw thrown;
  }
  throw new Error(`${argv.join(' ')} was understood`);
}

describe('understood', () => {
  const rows: readonly (readonly [string, readonly string[], object])[] = [
    ['watch with nothing', ['watch'], { name: 'watch', args: [], options: { dryRun: false, events: false, from: 'resume', once: false } }],
    [
      'watch with all',
      ['watch', 'a.log', '-', '--dry-run', '--events', '--from', 'start', '--once'],
      { args: ['a.log', '-'], options: { dryRun: true, events: true, from: 'start', once: true } },
    ],
    ['a dash is a source', ['scan', '-'], { name: 'scan', args: ['-'] }],
    ['a source that looks like an option', ['scan', '--', '--x.log'], { args: ['--x.log'] }],
    [
      'a level is a key of the configuration',
      ['scan', 'a', '--level', 'all'],
      { given: { 'detect.level': { flag: '--level', value: 'all' } } },
    ],
    [
      'fix',
      ['fix', '--from-log', 'a', '--mode', 'agentic'],
      {
        options: { fromLog: 'a', mode: 'agentic', all: false, dryRun: false },
        given: { 'claude.mode': { flag: '--mode', value: 'agentic' } },
      },
    ],
    ['status', ['status', '--since', '7d', '--limit=3'], { args: [], options: { since: '7d', limit: 3, watch: false } }],
    [
      'common options before the command',
      ['--json', '--state-dir', 'x', 'status', 'abc'],
      {
        args: ['abc'],
        flags: { json: true, stateDir: 'x', color: true, quiet: false, verbose: false, config: undefined },
        given: { 'state.dir': { flag: '--state-dir', value: 'x' } },
      },
    ],
    [
      'common options after it',
      ['incidents', '--json', '--no-color', '--config', 'c'],
      { flags: { json: true, color: false, config: 'c', quiet: false, verbose: false, stateDir: undefined } },
    ],
    ['repeated options', ['init', '--log', 'a', '--log', 'b'], { options: { log: ['a', 'b'], mailTo: [], force: false } }],
  ];
  test.each(rows)('%s', (_name, argv, expected) => {
    expect(parse(...argv)).toMatchObject({ kind: 'run', ...expected });
  });
});

describe('refused with exit 2', () => {
  const rows: readonly (readonly [string, readonly string[], string, string])[] = [
    ['unknown command', ['wacth'], "unknown command 'wacth' (did you mean watch?)", 'run `ai-ops --help`'],
    ['help of an unknown command', ['help', 'wacth'], "unknown command 'wacth' (did you mean watch?)", 'run `ai-ops --help`'],
    ['a command of the Python AI-Ops', ['server'], "unknown command 'server': a word of the Python AI-Ops", 'there is no server any more'],
    [
      'an option of it',
      ['watch', '--log-path=a.log'],
      "unknown option '--log-path=a.log': a word of the Python AI-Ops",
      'the log is named without a flag',
    ],
    ['unknown option', ['watch', '--dryrun'], "unknown option '--dryrun' (did you mean --dry-run?)", 'run `ai-ops watch --help`'],
    ['unknown common option', ['--jsn'], "unknown option '--jsn' (did you mean --json?)", 'run `ai-ops --help`'],
    ['missing argument', ['retry'], "missing required argument 'trace'", 'run `ai-ops retry --help`'],
    ['no such shell', ['completion', 'tcsh'], "no shell 'tcsh': there are bash, zsh, fish, powershell", 'run `ai-ops completion --help`'],
    ['missing value', ['status', '--state'], "option '--state <state>' argument missing", 'run `ai-ops status --help`'],
    ['wrong word', ['watch', '--from', 'middle'], "--from cannot be 'middle': there are start, end, resume", 'run `ai-ops watch --help`'],
    ['wrong number', ['status', '--limit', '0'], "--limit cannot be '0': expected a whole number from 1 on", 'run `ai-ops status --help`'],
    [
      'wrong time',
      ['status', '--since', 'soon'],
      "--since cannot be 'soon': expected ISO 8601, or an age such as 30min, 2h, 7d",
      'run `ai-ops status --help`',
    ],
    ['too much', ['doctor', 'x'], "too many arguments for 'doctor'. Expected 0 arguments but got 1: x", 'run `ai-ops doctor --help`'],
    [
      'contradiction',
      ['fix', '--from-log', 'a', '--all', '--fingerprint', 'f'],
      '--fingerprint cannot stand beside --all',
      'run `ai-ops fix --help`',
    ],
  ];
  test.each(rows)('%s', (_name, argv, message, hint) => {
    const error = refusal(...argv);
    expect([error.exitCode, error.message]).toEqual([2, message]);
    expect(error.hint).toContain(hint);
  });
});

test('one error line, one hint, nothing on standard output', async () => {
  expect(await runCli(['config', '--jsno'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      "ai-ops: error: unknown option '--jsno' (did you mean --json?)\nai-ops: hint: run `ai-ops config --help` for the options and examples\n",
  });
});

test('with --json the same stands below as one object', async () => {
  const { stdout, stderr } = await runCli(['config', '--json', '--config', 'nowhere.json'], { cwd: '/' });
  const lines = stderr.trimEnd().split('\n');
  expect([stdout, lines.length]).toEqual(['', 3]);
  expect(JSON.parse(lines[2]!)).toEqual({
    kind: 'error',
    code: 'config-unreadable',
    message: 'cannot read the configuration file /nowhere.json: no such file',
    hint: 'check the path, the permissions and the syntax of the file',
    exitCode: 2,
  });
});

test('--verbose adds where it was thrown', async () => {
  const { stderr } = await runCli(['config', '--verbose', '--config', 'nowhere.json'], { cwd: '/' });
  expect(stderr).toMatch(/ai-ops: hint: .*\nAiOpsError: cannot read[\s\S]*\n {4}at /);
});

test('a token in an error is not shown', async () => {
  const token = 'ghp_123456789012345678901234';
  const { stderr } = await runCli(['config', '--config', `/x/${token}.json`]);
  expect(stderr).not.toContain(token);
});

test('the exit codes told to people are the exit codes', () => {
  expect(EXIT_CODES.map(([code]) => code)).toEqual(Object.values(EXIT));
});

describe('the process', () => {
  const start = (argv: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, ...argv], { encoding: 'utf8', env: { HOME: '/nonexistent', PATH: '/usr/bin:/bin' } });

  test.each(['-v', 'version'])('%s says the version too', (word) => expect(parse(word)).toEqual({ kind: 'text', text: '1.2.3\n' }));

  test('--version', () => {
    const { status, stdout, stderr } = start(['--version']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('its exit code', () => {
    expect(start(['nonsense']).status).toBe(2);
    expect(start(['completion', 'bash']).status).toBe(0);
  });

  test('a reader that leaves ends it quietly', async () => {
    const child = spawn(process.execPath, [MAIN, 'completion', 'bash'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { HOME: '/nonexistent' },
    });
    let talk = '';
    child.stderr.on('data', (data: Buffer) => {
      talk += data.toString();
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, talk]).toEqual([0, '']);
  });

  /** A scan that waits for more on its standard input. */
  async function waiting(command: readonly string[]) {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { env: { HOME: '/nonexistent', PATH: '/usr/bin:/bin' } });
    let talk = '';
    child.stderr.on('data', (data: Buffer) => {
      talk += data.toString();
    });
    child.stdin.write('2026-01-02 03:04:05 ERROR boom\n');
    await eventually(
      () => (talk.includes('read from offset') ? true : undefined),
      () => talk,
    );
    return { child, talk: () => talk, ended: new Promise<number | null>((resolve) => child.on('close', resolve)) };
  }

  test('SIGUSR1 opens no debugger', async () => {
    const { child, talk, ended } = await waiting([process.execPath, MAIN, 'scan', '-', '--json', '--verbose']);
    child.kill('SIGUSR1');
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(talk()).not.toMatch(/debugger/i);
  });

  test('what has no terminal, as nohup starts it, lives on when one closes', async () => {
    const { child, ended } = await waiting(['nohup', process.execPath, MAIN, 'scan', '-', '--json', '--verbose']);
    child.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  test('the launcher says that it is not built', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'ai-ops-bin-'));
    try {
      cpSync('bin/ai-ops.cjs', path.join(dir, 'bin', 'ai-ops.cjs'));
      cpSync('bin/ai-ops.js', path.join(dir, 'bin', 'ai-ops.js'));
      cpSync('package.json', path.join(dir, 'package.json'));
      const launchAs = (name: string, ...argv: readonly string[]) =>
        spawnSync(process.execPath, [path.join(dir, 'bin', name), ...argv], { encoding: 'utf8' });
      const launch = (...argv: readonly string[]) => launchAs('ai-ops.cjs', ...argv);
      expect(launch('status')).toMatchObject({
        status: 2,
        stdout: '',
        stderr: 'ai-ops: error: is not built\nai-ops: hint: run `npm run build` in its directory\n',
      });
      expect(launch('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
      // The name that older units and scripts start.
      expect(launchAs('ai-ops.js', '--version').stdout).toBe(launch('--version').stdout);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

test('every command that exists can be loaded', async () => {
  const { REGISTRY } = await import('../../src/cli/registry.ts');
  for (const name of COMMAND_NAMES) expect(typeof (await REGISTRY[name]()).run).toBe('function');
});
