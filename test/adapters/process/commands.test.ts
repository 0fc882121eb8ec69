// Command lines of the configuration: run by a shell, in one stream, redacted, with the caller's environment only.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommands } from '../../../src/adapters/process/commands.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';

const commandsWithin = (timeoutMs: number) =>
  createCommands({
    processes: createProcesses({ graceMs: 200 }),
    env: { PATH: process.env.PATH ?? '', GREETING: 'hello' },
    timeoutMs,
    maxMemoryBytes: 2 ** 33,
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
  });
const AT = { tree: tmpdir(), dir: tmpdir(), scratch: join(tmpdir(), 'never-made') };
const run = (command: string, timeoutMs = 100_000) => commandsWithin(timeoutMs).run(command, AT, new AbortController().signal);

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
  const begun = 'echo begun; sleep 600';
  let result = await run(begun, 500);
  // It may not have begun by then.
  if (result.output === '') result = await run(begun, 20_000);
  expect(result).toMatchObject({ exitCode: null, timedOut: true, output: 'begun\n' });
});

test('the last part of long output is kept', async () => {
  const { output } = await run('seq 1 100000');
  expect(output.length).toBeLessThan(21_000);
  expect(output).toMatch(/^\[… \d+ characters left out …\]\n\d+\n[\s\S]*\n100000\n$/);
});

describe('memory', () => {
  const tight = createCommands({
    processes: createProcesses(),
    env: { PATH: process.env.PATH ?? '' },
    timeoutMs: 200_000,
    maxMemoryBytes: 200 * 1024 * 1024,
    redact: (text) => text,
  });
  const runTight = (command: string) => tight.run(command, AT, new AbortController().signal);
  const node = (script: string): string => `'${process.execPath}' -e '${script}'`;

  test('a command that takes more and more is killed, with all that it has started', async () => {
    const eat = node('const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 24, 1)), 20)');
    const result = await runTight(`(echo child $$; ${eat}) & wait`);
    expect(result).toMatchObject({ exitCode: null, timedOut: false, overMemory: true });
  });

  test('addresses that are only reserved do not count', async () => {
    const reserve = node(
      'const kept = new ArrayBuffer(8, { maxByteLength: 2 ** 32 }); setTimeout(() => console.log(kept.byteLength), 1500)',
    );
    expect(await runTight(reserve)).toMatchObject({ exitCode: 0, output: '8\n' });
  });
});

test('the environment of a command is what it was given, and nothing else', async () => {
  process.env.SOMEBODYS_TOKEN = 'canary';
  const { output } = await run('env');
  delete process.env.SOMEBODYS_TOKEN;
  const names = output
    .trim()
    .split('\n')
    .map((line) => line.split('=')[0]);
  expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? '')).sort()).toEqual(['GREETING', 'PATH']);
});
