// Command lines of the configuration: run by a shell, in one stream, redacted, with the caller's environment only.
import { tmpdir } from 'node:os';
import { createCommands } from '../../../src/adapters/process/commands.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';

const commands = createCommands({
  processes: createProcesses({ graceMs: 200 }),
  env: { PATH: process.env.PATH ?? '', GREETING: 'hello' },
  timeoutMs: 2000,
  redact: (text) => text.replaceAll('hunter2', '[redacted]'),
});
const run = (command: string) => commands.run(command, tmpdir(), new AbortController().signal);

test.each([
  ['exit code and both streams in order', 'echo one; echo two >&2; echo three; exit 4', { exitCode: 4, output: 'one\ntwo\nthree\n' }],
  ['the shell reads quotes, pipes and variables', 'echo "$GREETING  you" | tr a-z A-Z', { exitCode: 0, output: 'HELLO  YOU\n' }],
  ['an unknown command is a result, not an error', 'no-such-command-here 2>/dev/null', { exitCode: 127, output: '' }],
  ['output is redacted', 'echo the password is hunter2', { exitCode: 0, output: 'the password is [redacted]\n' }],
  ['a syntax error is a result too', 'echo (', { exitCode: 2 }],
])('%s', async (_name, command, expected) => {
  expect(await run(command)).toMatchObject({ ...expected, command, timedOut: false });
});

test('timeout leaves no exit code', async () => {
  const result = await run('echo begun; sleep 30');
  expect(result).toMatchObject({ exitCode: null, timedOut: true, output: 'begun\n' });
});

test('the last part of long output is kept', async () => {
  const { output } = await run('seq 1 100000');
  expect(output.length).toBeLessThan(21_000);
  expect(output).toMatch(/^\[… \d+ characters left out …\]\n\d+\n[\s\S]*\n100000\n$/);
});
