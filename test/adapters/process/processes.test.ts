// Real programs, written into a temporary directory: what they print, how they end, and that nothing of them is left.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import type { ProcessRequest } from '../../../src/ports.ts';
import { eventually, isAlive } from '../../support/program.ts';

const processes = createProcesses({ graceMs: 300, lingerMs: 200 });
const env = { PATH: process.env.PATH ?? '' };
let dir = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-processes-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (argv: readonly string[], more: Partial<ProcessRequest> = {}) => processes.run({ argv, dir, env, timeoutMs: 100_000, ...more });

const script = (name: string, body: string): string => {
  const file = join(dir, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
};

const pidFrom = (name: string): number => Number(readFileSync(join(dir, name), 'utf8'));
const isThere = (name: string): boolean => existsSync(join(dir, name)) && readFileSync(join(dir, name), 'utf8').endsWith('\n');
const gone = (pid: number): Promise<true> =>
  eventually(
    () => !isAlive(pid) || undefined,
    () => `${pid} is alive`,
  );

/** With so much time that it has got to what it is about, and written that file, however busy the machine is. */
async function timedOut(argv: readonly string[], file: string, by = processes) {
  for (const timeoutMs of [400, 4_000, 40_000]) {
    const result = await by.run({ argv, dir, env, timeoutMs });
    if (isThere(file)) return result;
  }
  throw new Error(`${argv.join(' ')} has not got as far as ${file}`);
}

test('what watches over programs is there before the first one', async () => {
  const childrenOf = `/proc/${process.pid}/task/${process.pid}/children`;
  const earlier = readFileSync(childrenOf, 'utf8').trim().split(' ');
  const { stdout } = await createProcesses().run({ argv: ['sh', '-c', `echo $$; cat ${childrenOf}`], dir, env, timeoutMs: 100_000 });
  const [program, ...children] = stdout.trim().split(/\s+/);
  expect(children.filter((pid) => !earlier.includes(pid))).toEqual([expect.stringMatching(/^\d+$/), program]);
});

describe('result', () => {
  test.each([
    ['stdout, stderr and exit code', 'echo out; echo err >&2; exit 3', { exitCode: 3, signal: null, stdout: 'out\n', stderr: 'err\n' }],
    ['killed by a signal', 'kill -KILL $$', { exitCode: null, signal: 'SIGKILL', stdout: '', stderr: '' }],
    ['stdin is closed when none is given', 'cat; echo end', { exitCode: 0, signal: null, stdout: 'end\n', stderr: '' }],
    ['text is UTF-8', 'printf "größe 日本"', { exitCode: 0, signal: null, stdout: 'größe 日本', stderr: '' }],
  ])('%s', async (_name, body, expected) => {
    expect(await run(['sh', '-c', body])).toMatchObject({ ...expected, timedOut: false });
  });

  test('stdin arrives whole', async () => {
    const text = 'line of input\n'.repeat(200_000);
    const { stdout } = await run(['wc', '-c'], { stdin: text });
    expect(Number(stdout)).toBe(text.length);
  });

  test('a program that does not read its stdin is no error', async () => {
    expect(await run(['true'], { stdin: 'x'.repeat(2_000_000) })).toMatchObject({ exitCode: 0 });
  });

  test('the environment is exactly the one given', async () => {
    const result = await run(['/usr/bin/env'], { env: { ONLY: 'this' } });
    expect(result.stdout).toBe('ONLY=this\n');
  });

  test('the arguments are not read by a shell', async () => {
    const { stdout } = await run(['printf', '%s', '$(id); `id` "quoted" * ']);
    expect(stdout).toBe('$(id); `id` "quoted" * ');
  });

  test('long output keeps its head and its tail', async () => {
    const { stdout } = await run(['sh', '-c', 'echo first; seq 1 200000; echo last'], { maxOutputBytes: 1000 });
    expect(stdout.length).toBeLessThan(1100);
    expect(stdout).toMatch(/^first\n1\n2\n[\s\S]*\n\[… \d+ bytes left out …\]\n[\s\S]*200000\nlast\n$/);
  });
});

describe('cannot start', () => {
  test.each([
    ['no such program', ['no-such-program-here']],
    ['no such path', ['./nowhere/at-all']],
    ['not executable', ['./plain-file']],
  ])('%s', async (_name, argv) => {
    writeFileSync(join(dir, 'plain-file'), 'not a program\n', { mode: 0o644 });
    await expect(run(argv)).rejects.toMatchObject({ code: 'program-not-found' });
  });
});

describe('end', () => {
  test('timeout ends the whole group, also what ignores SIGTERM', async () => {
    const stubborn = script(
      'stubborn',
      'trap "" TERM\necho $$ > leader\n(trap "" TERM; sleep 600) &\necho $! > child\nwhile :; do sleep 600; done',
    );
    expect(await timedOut([stubborn], 'child')).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
    await gone(pidFrom('leader'));
    await gone(pidFrom('child'));
  });

  test('a program that obeys SIGTERM is not killed', async () => {
    const patient = createProcesses({ graceMs: 60_000 });
    const result = await timedOut(['sh', '-c', 'trap "echo tidy; exit 0" TERM; echo > set; sleep 60 & wait'], 'set', patient);
    expect(result).toMatchObject({ timedOut: true, exitCode: 0, stdout: 'tidy\n' });
  });

  test('what a program leaves in its group ends with it', async () => {
    const result = await run(['sh', '-c', 'sleep 600 & echo $! > left; echo done']);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'done\n', timedOut: false });
    await gone(pidFrom('left'));
  });

  test('a grandchild in another session cannot hold the call open', async () => {
    const escaping = 'setsid sh -c "echo \\$\\$ > escaped; exec sleep 600" & until [ -s escaped ]; do sleep 0.1; done; echo done';
    expect(await run(['sh', '-c', escaping])).toMatchObject({ exitCode: 0, stdout: 'done\n', timedOut: false });
    expect(isAlive(pidFrom('escaped'))).toBe(true);
    process.kill(pidFrom('escaped'), 'SIGKILL');
  });

  test('abort ends the group and is an interruption', async () => {
    const controller = new AbortController();
    const running = run(['sh', '-c', 'echo $$ > aborted; sleep 60'], { signal: controller.signal });
    void eventually(
      () => isThere('aborted') || undefined,
      () => 'it has not begun',
    ).finally(() => controller.abort());
    await expect(running).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
    await gone(pidFrom('aborted'));
  });

  test('nothing is started after an abort', async () => {
    await expect(run(['touch', 'started'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
    expect(() => pidFrom('started')).toThrow();
  });

  test('our own end kills the group', async () => {
    const module = new URL('../../../src/adapters/process/processes.ts', import.meta.url).href;
    const parent = `
      import { existsSync, readFileSync } from 'node:fs';
      const { createProcesses } = await import(${JSON.stringify(module)});
      createProcesses().run({ argv: ['sh', '-c', 'echo $$ > orphan; sleep 600'], dir: '.', env: process.env, timeoutMs: 600000 });
      setInterval(() => existsSync('orphan') && readFileSync('orphan').length > 0 && process.exit(0), 50);`;
    expect(await run([process.execPath, '--input-type=module', '-e', parent])).toMatchObject({ exitCode: 0 });
    await gone(pidFrom('orphan'));
  });
});
