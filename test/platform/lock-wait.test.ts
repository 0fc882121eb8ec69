// Waiting for a lock: for the living as long as asked, for the dead not at all, for those that cannot be asked until it is
// sure. Real processes, real namespaces, real time.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { thisProcess } from '../../src/platform/lock-owner.ts';
import { acquire } from '../../src/platform/lock-wait.ts';
import { elsewhere, isElsewherePermitted } from '../support/elsewhere.ts';
import { eventually, type Program, startProgram } from '../support/program.ts';
import { age, timed } from './touches.ts';

const HOLDER = [process.execPath, join(import.meta.dirname, 'holder.ts')];
const me = thisProcess('0123456789abcdef');
const lasting = { waitMs: 120_000, lasting: true };

let dir: string;
let path: string;
let programs: Program[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-lock-'));
  path = join(dir, 'x.lock');
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.end('SIGKILL')));
  rmSync(dir, { recursive: true, force: true });
});

function start(command: readonly string[]): Program {
  const program = startProgram(command, { cwd: dir, env: { PATH: process.env.PATH ?? '' } });
  programs.push(program);
  return program;
}

const shown = (some: readonly Program[]): string => some.map((program) => program.stdout() + program.stderr()).join('\n');
const holders = (some: readonly Program[]): readonly Program[] => some.filter((program) => program.stdout().includes('held'));

/** At least one of them has the lock. */
const oneHolds = (some: readonly Program[]): Promise<true> =>
  eventually(
    () => holders(some).length > 0 || undefined,
    () => shown(some),
  );

test('of many at once one works at a time, and the lock is gone afterwards', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    const attempt = await acquire(path, lasting);
    most = Math.max(most, ++inside);
    await pause(5);
    inside -= 1;
    if (attempt.kind === 'held') attempt.lock.release();
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect({ inside, most, left: readdirSync(dir) }).toEqual({ inside: 0, most: 1, left: [] });
});

test('a living process is waited for as long as asked and is told once; its lock stays', async () => {
  writeFileSync(path, JSON.stringify(me));
  const told: unknown[] = [];
  const onWait = (holder: unknown): void => void told.push(holder);
  const { result, seconds } = await timed(acquire(path, { waitMs: 2_500, lasting: true, onWait }));
  const holder = { kind: 'busy', pid: process.pid };
  expect({ result, told }).toEqual({ result: holder, told: [holder] });
  // By another clock than the one that is waited by: they may drift.
  expect(seconds).toBeGreaterThanOrEqual(2.4);
  expect(readFileSync(path, 'utf8')).toBe(JSON.stringify(me));
});

test('a short wait is not told, and ends with the signal', async () => {
  writeFileSync(path, JSON.stringify(me));
  const told: unknown[] = [];
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const waiting = acquire(path, { ...lasting, signal: AbortSignal.timeout(150), onWait: (holder) => void told.push(holder) });
  await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  expect({ told: seconds() < 2 ? told : [] }).toEqual({ told: [] });
  await expect(acquire(path, { ...lasting, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
  expect(readdirSync(dir)).toEqual(['x.lock']);
});

/** The holder is killed below a parent that never asks what became of it. */
async function zombieHolder(): Promise<void> {
  const shell = start(['sh', '-c', '"$@" & echo "pid $!"; exec sleep 600', 'sh', ...HOLDER, path]);
  await oneHolds([shell]);
  process.kill(Number(/pid (\d+)/.exec(shell.stdout())?.[1]), 'SIGKILL');
}

test('a zombie holds nothing: of two that wait one has the lock at once', async () => {
  await zombieHolder();
  const waiting = [start([...HOLDER, path]), start([...HOLDER, path])];
  await oneHolds(waiting);
  // It was not told to wait.
  expect(holders(waiting).map((program) => program.stdout())).toEqual(['held\n']);
  await eventually(
    () => shown(waiting).includes('waits for') || undefined,
    () => shown(waiting),
  );
  expect(holders(waiting)).toHaveLength(1);
});

const whereItIsPermitted = isElsewherePermitted ? test : test.skip;

whereItIsPermitted(
  'a holder in another container is left alone while it lives; once it is killed, of two that wait one has the lock',
  async () => {
    const holder = start(elsewhere('faraway', [...HOLDER, path]));
    await oneHolds([holder]);
    expect(await acquire(path, { waitMs: 100, lasting: true })).toEqual({ kind: 'busy', pid: 1, elsewhere: 'faraway' });
    await holder.end('SIGKILL');
    age(path, 24);
    const waiting = [start([...HOLDER, path]), start([...HOLDER, path])];
    await eventually(
      () => waiting.every((program) => program.stdout().includes('waits for')) || undefined,
      () => shown(waiting),
    );
    // Six seconds after they came, two of them gone by; where the age did not count, thirty.
    const { seconds } = await timed(oneHolds(waiting));
    expect(seconds).toBeLessThan(20);
    expect(waiting.map((program) => program.stdout().split('\n')[0])).toEqual(['waits for 1 on faraway', 'waits for 1 on faraway']);
    await pause(3_000);
    const [winner, ...others] = holders(waiting);
    expect(others).toEqual([]);
    // The other one goes on as soon as that one is dead, which can be asked.
    await winner?.end('SIGKILL');
    await oneHolds(waiting.filter((program) => program !== winner));
  },
);

whereItIsPermitted('a new process namespace that kept the old /proc does not ask it', async () => {
  const killed = '"$@" & until [ -e "$0" ]; do sleep 0.1; done; kill -9 $!; wait $!; echo killed; exec "$@"';
  const both = start(elsewhere('faraway', ['sh', '-c', killed, path, ...HOLDER, path], 'old /proc'));
  await eventually(
    () => /killed\s+held/.test(both.stdout()) || undefined,
    () => shown([both]),
  );
});
