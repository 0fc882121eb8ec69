// The lock file: one holder, free at once when its owner is dead, and never two holders while many fight over a corpse.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tryLock } from '../../src/platform/lock.ts';
import { lifeOf, type Owner, parseOwner, thisProcess } from '../../src/platform/lock-owner.ts';

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

test.each<readonly [string, Owner, 'alive' | 'dead' | 'unknown']>([
  ['this process', me, 'alive'],
  ['its pid in another life', { ...me, start: '1' }, 'dead'],
  ['a pid that is not there', { ...me, pid: 2 ** 30 }, 'dead'],
  ['an earlier boot', { ...me, boot: 'another' }, 'dead'],
  ['another host', { ...me, place: 'elsewhere pid:[1]' }, 'unknown'],
  ['this process, without /proc', { ...me, start: null }, 'alive'],
  ['a pid that is not there, without /proc', { ...me, start: null, pid: 2 ** 30 }, 'dead'],
])('life of %s', (_name, owner, expected) => {
  expect(lifeOf(owner)).toBe(expected);
});

test('a killed process that nobody has waited for yet is dead', async () => {
  // The shell's child is killed and stays a zombie, because the shell has become `sleep`, which never waits.
  const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -9 $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = (await once(shell.stdout, 'data')) as [Buffer];
  const pid = Number(text.toString());
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(lifeOf({ ...me, pid, start: fields[19] ?? '' })).toBe('dead');
  shell.kill('SIGKILL');
  await once(shell, 'close');
});

test.each([
  ['of a dead process', JSON.stringify({ ...me, start: '1' }), 'held'],
  ['that is empty', '', 'held'],
  ['that is no owner', '[1]', 'held'],
  ['of a live process', JSON.stringify(me), 'busy'],
  ['fresh, of another host', JSON.stringify({ ...me, place: 'elsewhere' }), 'busy'],
])('a lock %s', (_name, content, expected) => {
  writeFileSync(path, content);
  expect(tryLock(path).kind).toBe(expected);
  expect(readdirSync(dir)).toEqual(['x.lock']);
});

test('a lock of another host that has not been touched for a minute is taken over', () => {
  writeFileSync(path, JSON.stringify({ ...me, place: 'elsewhere' }));
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(path, longAgo, longAgo);
  expect(tryLock(path).kind).toBe('held');
  expect(parseOwner(readFileSync(path, 'utf8'))?.place).toBe(me.place);
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
}, 60_000);
