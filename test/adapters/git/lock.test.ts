// The lock of a store between processes, alive and dead.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../../src/adapters/git/lock.ts';

let dir = '';
let file = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-lock-'));
  file = join(dir, 'lock');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

test('of many at once one works at a time, and the lock is gone afterwards', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, 'r', undefined, work)));
  expect(most).toBe(1);
  expect(await readdir(dir)).toEqual([]);
});

test('work that throws frees the lock', async () => {
  const failing = withLock(file, 'r', undefined, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await readdir(dir)).toEqual([]);
});

const dead: [name: string, content: () => string][] = [
  ['a process that has ended', () => owner(spawnSync('true').pid, '')],
  ['a process id that was given to another', () => owner(process.pid, '1')],
  ['nobody: it was never written', () => ''],
];

test.each(dead)('a lock of %s is taken over', async (_name, content) => {
  await writeFile(file, content());
  await utimes(file, new Date(0), new Date(0));
  expect(await withLock(file, 'r', undefined, async () => 'done')).toBe('done');
});

test('a lock of a live process is waited for, until the caller gives up', async () => {
  await writeFile(file, owner(process.ppid, ''));
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 120);
  await expect(withLock(file, 'r', abort.signal, async () => 'done')).rejects.toMatchObject({ code: 'interrupted' });
  expect(await readFile(file, 'utf8')).toBe(owner(process.ppid, ''));
});

function owner(pid: number, start: string): string {
  return JSON.stringify({ pid, host: hostname(), start, nonce: 'n' });
}
