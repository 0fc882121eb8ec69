// Completion scripts: valid for their shell where it is installed, complete, and in bash really used.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND_NAMES, COMMANDS, COMMON_OPTIONS } from '../../src/cli/command-line/commands.ts';
import type { CommandName } from '../../src/cli/command-line/options.ts';
import { SHELLS } from '../../src/cli/completion.ts';
import { runCli } from '../support/cli-world.ts';

const ALL = Object.keys(COMMANDS) as readonly CommandName[];
/** Those that can look at a script without running it. */
const installed = (shell: string): boolean => shell !== 'powershell' && spawnSync(shell, ['-c', 'exit 0']).status === 0;

test.each(Object.keys(SHELLS))('%s holds every command and option', (shell) => {
  const script = SHELLS[shell]!(ALL);
  for (const name of ALL) expect(script).toContain(name);
  for (const { flags } of [...ALL.flatMap((name) => COMMANDS[name].options), ...COMMON_OPTIONS]) {
    expect(script).toContain(/--([\w-]+)/.exec(flags)![1]);
  }
});

test.each(Object.keys(SHELLS).filter(installed))('%s finds no fault in its script', async (shell) => {
  const dir = await mkdtemp(join(tmpdir(), 'ai-ops-completion-'));
  await writeFile(join(dir, 'script'), SHELLS[shell]!(ALL));
  const { status, stderr } = spawnSync(shell, ['-n', join(dir, 'script')], { encoding: 'utf8' });
  await rm(dir, { recursive: true });
  expect([status, stderr]).toEqual([0, '']);
});

test('quotes are balanced in every single line option of zsh and fish', () => {
  for (const line of [...SHELLS.zsh!(ALL).split('\n'), ...SHELLS.fish!(ALL).split('\n')]) {
    if (line.startsWith('#') || line.startsWith('  commands')) continue;
    expect([line, line.replace(/\\'/g, '').split("'").length % 2]).toEqual([line, 1]);
  }
});

test('the command prints the script of the commands that exist', async () => {
  expect(await runCli(['completion', 'bash'])).toEqual({ code: 0, stdout: SHELLS.bash!(COMMAND_NAMES), stderr: '' });
});

describe('pressing the key in bash', () => {
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['commands', ['ai-ops', 'in'], ['init', 'incidents']],
    ['options', ['ai-ops', 'watch', '--dr'], ['--dry-run']],
    ['common options', ['ai-ops', 'doctor', '--st'], ['--state-dir']],
    ['values', ['ai-ops', 'watch', '--from', 'r'], ['resume']],
    ['values behind common options', ['ai-ops', '--json', 'fix', '--mode', ''], ['code_blocks', 'agentic']],
    ['arguments', ['ai-ops', 'completion', 'z'], ['zsh']],
    ['files', ['ai-ops', 'scan', 'package.js'], ['package.json']],
    ['directories', ['ai-ops', '--state-dir', 'sr'], ['src']],
    ['nothing', ['ai-ops', 'status', '--zz'], []],
    // The program is asked: here a function answers in its place, as it would.
    ['ids of traces', ['ai-ops', 'retry', '4k'], ['4k2xtrace']],
    ['fingerprints', ['ai-ops', 'ignore', ''], ['3f9cfingerprint']],
    ['fingerprints behind an option', ['ai-ops', 'fix', '--fingerprint', '3'], ['3f9cfingerprint']],
  ];
  test.each(rows)('%s', (_name, words, expected) => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const program = `ai-ops() { [ "$1 $2" = 'completion --ids' ] && case $3 in traces) printf '4k2xtrace\\tfailed: x\\n';; fingerprints) printf '3f9cfingerprint\\tnew: y\\n';; esac; }`;
    const press = `${program}; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _ai_ops; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${SHELLS.bash!(ALL)}\n${press}`], { encoding: 'utf8' });
    expect([stderr, new Set(stdout.split('\n').filter(Boolean))]).toEqual(['', new Set(expected)]);
  });
});

test('what is offered for ids: each with what it is, and nothing where there is no ledger', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ai-ops-ids-'));
  const state = ['--state-dir', join(dir, 'state')];
  expect(await runCli(['completion', '--ids', 'fingerprints', ...state], { cwd: dir })).toEqual({ code: 0, stdout: '', stderr: '' });
  await writeFile(join(dir, 'app.log'), '2026-03-01 10:00:00,000 ERROR shop: order 17 failed\n');
  expect(await runCli(['watch', '--once', '--dry-run', '--from', 'start', join(dir, 'app.log'), ...state], { cwd: dir })).toMatchObject({
    code: 0,
  });
  const { stdout } = await runCli(['completion', '--ids', 'fingerprints', ...state], { cwd: dir });
  expect(stdout).toMatch(/^[0-9a-f]{12}\tskipped: shop: order 17 failed\n$/);
  await rm(dir, { recursive: true });
});
