// The lock file: one holder, free at once when its owner is dead, and never two holders while many fight over a corpse.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tryLock } from '../../src/platform/lock.ts';
import { parseOwner, thisProcess } from '../../src/platform/lock-owner.ts';
import { eventually } from '../support/program.ts';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-lock-'));
  path = join(dir, 'x.lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const me = thisProcess('0123456789abcdef');

test('is held by one and given back', () => {
  const first = tryLock(path);
  expect(first.kind).toBe('held');
  expect(tryLock(path)).toEqual({ kind: 'busy', pid: process.pid });
  if (first.kind === 'held') first.lock.release();
  expect(readdirSync(dir)).toEqual([]);
  expect(tryLock(path).kind).toBe('held');
});

test.each([
  ['of a dead process', JSON.stringify({ ...me, start: '1' }), 'held'],
  ['that is empty', '', 'held'],
  ['that is no owner', '[1]', 'held'],
  ['of a live process', JSON.stringify(me), 'busy'],
  ['fresh, of another host', JSON.stringify({ ...me, place: 'elsewhere' }), 'busy'],
  ['fresh, of an earlier boot or of another host with this name', JSON.stringify({ ...me, boot: 'another' }), 'busy'],
])('a lock %s', (_name, content, expected) => {
  writeFileSync(path, content);
  expect(tryLock(path).kind).toBe(expected);
  expect(readdirSync(dir)).toEqual(['x.lock']);
});

test.each([
  ['of another host', { ...me, place: 'elsewhere' }],
  ['of an earlier boot', { ...me, boot: 'another' }],
])('a lock %s that has not been touched for a minute is taken over, and what was left beside it goes', (_name, owner) => {
  writeFileSync(path, JSON.stringify(owner));
  const leftovers = ['x.lock.0123456789abcdef.tmp', 'x.lock.fedcba9876543210'].map((name) => join(dir, name));
  for (const name of leftovers) writeFileSync(name, JSON.stringify(owner));
  writeFileSync(`${path}.count`, '');
  const longAgo = new Date(Date.now() - 61_000);
  for (const name of [path, ...leftovers]) utimesSync(name, longAgo, longAgo);
  expect(tryLock(path).kind).toBe('held');
  expect(parseOwner(readFileSync(path, 'utf8'))?.place).toBe(me.place);
  expect(readdirSync(dir)).toEqual(['x.lock', 'x.lock.count']);
});

test('given back twice, it is given back once', () => {
  const first = tryLock(path, true);
  if (first.kind === 'held') first.lock.release();
  const second = tryLock(path);
  if (first.kind === 'held') first.lock.release();
  expect([first.kind, second.kind, tryLock(path).kind]).toEqual(['held', 'held', 'busy']);
});

test('who was taken for dead and replaced does not give the lock of the other back', () => {
  const first = tryLock(path);
  rmSync(path);
  const second = tryLock(path);
  if (first.kind === 'held') first.lock.release();
  expect([first.kind, second.kind, tryLock(path).kind]).toEqual(['held', 'held', 'busy']);
});

/** Since it was made to look old. */
const touched = (file: string): Promise<true> =>
  eventually(
    () => Date.now() - statSync(file).mtimeMs < 300_000 || undefined,
    () => `${file} was not touched`,
  );

test('a lasting lock is touched, and only it: not the lock of whoever replaced its holder', async () => {
  const attempt = tryLock(path, true);
  const longAgo = new Date(Date.now() - 600_000);
  utimesSync(path, longAgo, longAgo);
  const other = join(dir, 'other');
  writeFileSync(other, 'x');
  utimesSync(other, longAgo, longAgo);
  await touched(path);
  expect(parseOwner(readFileSync(path, 'utf8'))?.pid).toBe(process.pid);
  renameSync(other, path);
  // It is touched no later than one that was taken now.
  const later = join(dir, 'later.lock');
  const another = tryLock(later, true);
  utimesSync(later, longAgo, longAgo);
  await touched(later);
  expect(statSync(path).mtimeMs).toBe(longAgo.getTime());
  if (another.kind === 'held') another.lock.release();
  if (attempt.kind === 'held') attempt.lock.release();
  expect(readdirSync(dir)).toEqual(['x.lock']);
});

test('many processes that fight over locks left by the dead never hold one together', async () => {
  const contender = fileURLToPath(new URL('contender.ts', import.meta.url));
  writeFileSync(path, JSON.stringify({ ...me, start: '1' }));
  const contenders = Array.from({ length: 4 }, () =>
    spawn(process.execPath, [contender, path, '150'], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const ends = await Promise.all(contenders.map((child) => once(child, 'close')));
  expect(ends.map(([code]) => code)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(`${path}.count`, 'utf8')).toBe('600');
});
