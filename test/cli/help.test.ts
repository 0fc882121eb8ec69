// `--help` of the program and of every command: complete, on standard output, exit 0.

import { COMMAND_NAMES, COMMANDS, COMMON_OPTIONS } from '../../src/cli/command-line/commands.ts';
import { parseCommandLine } from '../../src/cli/command-line/program.ts';
import { runCli } from '../support/cli-world.ts';

test.each([[[]], [['--help']], [['-h']], [['help']]])('ai-ops %s', async (argv) => {
  const { code, stdout, stderr } = await runCli(argv);
  expect([code, stderr]).toEqual([0, '']);
  for (const name of COMMAND_NAMES) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  expect(stdout).toContain('Exit codes:\n  0    done, or nothing to do\n');
});

describe.each(COMMAND_NAMES.map((name) => [name]))('%s', (name) => {
  const { options, examples, summary } = COMMANDS[name as keyof typeof COMMANDS];

  test.each([[[name, '--help']], [['help', name]], [['--json', name, '-h']]])('%j', async (argv) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(summary);
    for (const { flags } of [...options, ...COMMON_OPTIONS]) expect(stdout).toContain(`  ${flags}`);
    for (const [line] of examples) expect(stdout).toContain(line);
  });
});

test('no help line is wider than the terminal', async () => {
  const { stdout } = await runCli(['init', '--help']);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

describe.each([[[]], ...COMMAND_NAMES.map((name) => [[name]])])('the help of %j', (argv) => {
  test.each([40, 60, 80])('fits %i columns, whole words to a line', (columns) => {
    const asked = { names: COMMAND_NAMES, version: '1', columns };
    const told = parseCommandLine([...argv, '--help'], asked);
    const lines = told.kind === 'text' ? told.text.split('\n') : [];
    // A command to copy, and one long word, stay whole; how to call it stands on one line.
    const isWhole = (line: string): boolean =>
      /^ {2}(?:.*\| |sudo )?ai-ops |^Usage: /.test(line) || !/\S \S/.test(line.trim().replace(/^-\w, /, ''));
    expect(lines.filter((line) => line.length > columns && !isWhole(line))).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
  });
});

test('no colour codes without a terminal', async () => {
  expect((await runCli(['--help'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b');
});
