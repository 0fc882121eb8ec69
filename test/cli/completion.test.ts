// Completion scripts: valid for their shell where it is installed, complete, and in bash really used.
import { spawnSync } from 'node:child_process';
import { COMMAND_NAMES, COMMANDS, COMMON_OPTIONS } from '../../src/cli/command-line/commands.ts';
import type { CommandName } from '../../src/cli/command-line/options.ts';
import { SHELLS } from '../../src/cli/completion.ts';
import { runCli } from '../support/cli-world.ts';

const ALL = Object.keys(COMMANDS) as readonly CommandName[];
const installed = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

test.each(Object.keys(SHELLS))('%s holds every command and option', (shell) => {
  const script = SHELLS[shell]!(ALL);
  for (const name of ALL) expect(script).toContain(name);
  for (const { flags } of [...ALL.flatMap((name) => COMMANDS[name].options), ...COMMON_OPTIONS]) {
    expect(script).toContain(/--([\w-]+)/.exec(flags)![1]);
  }
});

test.each(Object.keys(SHELLS).filter(installed))('%s finds no fault in its script', (shell) => {
  const { status, stderr } = spawnSync(shell, ['-n'], { input: SHELLS[shell]!(ALL), encoding: 'utf8' });
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
  ];
  test.each(rows)('%s', (_name, words, expected) => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const press = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _ai_ops; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${SHELLS.bash!(ALL)}\n${press}`], { encoding: 'utf8' });
    expect([stderr, new Set(stdout.split('\n').filter(Boolean))]).toEqual(['', new Set(expected)]);
  });
});
