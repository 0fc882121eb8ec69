// Programs that print for ever: what they print comes in order and is waited for, and nothing of them outlives its reader.
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { createLongRunning } from '../../../src/adapters/process/long-running.ts';
import { eventually } from '../../support/program.ts';

const RUN = createLongRunning(200);
const ENV = { PATH: process.env.PATH ?? '' };
const sh = (script: string, signal: AbortSignal, stdout: (text: string) => Promise<void>, stderr = async (_: string) => {}) =>
  RUN.run({
    ...{ argv: ['sh', '-c', script], dir: tmpdir(), env: ENV, signal },
    stdout: (bytes) => stdout(bytes.toString()),
    stderr: (bytes) => stderr(bytes.toString()),
  });
const LIVE = new AbortController().signal;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('all that it prints is heard before its end is told, however slow the reader is', async () => {
  const heard: string[] = [];
  const errors: string[] = [];
  const slow = async (text: string): Promise<void> => {
    await pause(5);
    heard.push(text);
  };
  const end = await sh('seq 20000; echo talk >&2; exit 3', LIVE, slow, async (text) => void errors.push(text));
  expect(end).toEqual({ exitCode: 3, signal: null });
  expect(heard.join('').trim().split('\n')).toHaveLength(20_000);
  expect(errors.join('')).toBe('talk\n');
});

test('what it has started ends with it when nobody reads any more, also what does not want to', async () => {
  const stop = new AbortController();
  let grandchild = 0;
  const end = sh('trap "" TERM; (trap "" TERM; while :; do sleep 1; done) & echo $!; wait', stop.signal, async (text) => {
    grandchild = Number(text);
    stop.abort();
  });
  expect(await end).toMatchObject({ signal: 'SIGKILL' });
  expect(grandchild).toBeGreaterThan(0);
  await eventually(
    () => !isAlive(grandchild) || undefined,
    () => `${grandchild} is alive`,
  );
});

test('a reader that fails ends it, and its error is told', async () => {
  await expect(
    sh('while :; do echo x; done', LIVE, async () => {
      throw new Error('the ledger is full');
    }),
  ).rejects.toThrow('the ledger is full');
});

test('a program that is not there is named', async () => {
  const request = {
    argv: ['no-such-program-x'],
    dir: tmpdir(),
    env: ENV,
    signal: LIVE,
    stdout: async () => undefined,
    stderr: async () => undefined,
  };
  await expect(RUN.run(request)).rejects.toMatchObject({ code: 'program-not-found' });
});
