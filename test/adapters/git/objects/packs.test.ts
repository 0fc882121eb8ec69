// Packs against the real git: what it packs we read and index byte for byte as it does, what we pack it unpacks; and what
// is cut short, garbled or incomplete is refused.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { objectId } from '../../../../src/adapters/git/objects/object-id.ts';
import { openObjects } from '../../../../src/adapters/git/objects/objects.ts';
import { takePack } from '../../../../src/adapters/git/objects/pack-intake.ts';
import { formatPack } from '../../../../src/adapters/git/objects/pack-write.ts';
import { openPacks } from '../../../../src/adapters/git/objects/packs.ts';
import { commitFiles, GIT_ENV, git, makeRepository } from '../../../support/git-program.ts';

let root = '';
let work = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-packs-'));
  work = join(root, 'work');
  const lines = (n: number): string => Array.from({ length: 400 }, (_, at) => `line ${at} ${at === n ? 'changed' : 'same'}\n`).join('');
  await makeRepository(work, { 'a.txt': lines(0), 'big.bin': Buffer.alloc(300_000, 'x'), empty: '', 'ü.txt': 'ü\n' });
  for (let n = 1; n < 30; n += 1) await commitFiles(work, { 'a.txt': lines(n), [`d${n % 7}/f${n}.txt`]: lines(n * 3) }, `commit ${n}`);
  await git(work, 'tag', '-a', '-m', 'a tag', 'v1');
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** A pack of everything, as git makes it. */
function packed(...options: readonly string[]): Buffer {
  const argv = ['pack-objects', '--stdout', '--all', '-q', ...options];
  return execFileSync('git', argv, { cwd: work, env: GIT_ENV, input: '', maxBuffer: 2 ** 26 });
}

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const KINDS: [name: string, options: readonly string[]][] = [
  ['deltas by offset', ['--delta-base-offset', '--depth=50', '--window=50']],
  ['deltas by name', ['--depth=50']],
  ['no deltas', ['--depth=0', '--window=0']],
];

test.each(KINDS)('a pack with %s is indexed as git does, and every object in it is read', async (name, options) => {
  const objectsDir = join(root, name.replaceAll(' ', '-'));
  const bytes = packed(...options);
  await takePack(objectsDir, chunks(bytes, 1000));
  const packDir = join(objectsDir, 'pack');
  const names = await readdir(packDir);
  expect(names.length).toBe(2);
  const index = names.find((file) => file.endsWith('.idx')) as string;
  execFileSync('git', ['index-pack', '--stdin', join(root, `${name.length}.pack`)], { cwd: work, env: GIT_ENV, input: bytes });
  expect((await readFile(join(packDir, index))).equals(await readFile(join(root, `${name.length}.idx`)))).toBe(true);
  const packs = openPacks(packDir);
  const oids = (await git(work, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(objecttype)')).split('\n');
  expect(oids.length).toBeGreaterThan(100);
  for (const [oid, type] of oids.map((line) => line.split(' ') as [string, string])) {
    const found = packs.read(oid);
    expect(found?.type).toBe(type);
    expect(objectId(found?.type ?? '', found?.bytes ?? Buffer.alloc(0))).toBe(oid);
  }
  expect(packs.read('0'.repeat(40))).toBeUndefined();
  packs.close();
});

const whole = (): Buffer => packed('--delta-base-offset');
const DAMAGE: [name: string, make: () => Buffer][] = [
  ['cut short', () => whole().subarray(0, 5000)],
  ['empty', () => Buffer.alloc(0)],
  ['with a byte changed', () => Buffer.from(whole().map((byte, at) => (at === 3000 ? byte ^ 1 : byte)))],
  ['that is no pack', () => Buffer.from('<html>Sign in</html>'.repeat(10))],
  ['whose deltas are of objects that are not in it', () => thin()],
];

test.each(DAMAGE)('a pack %s is refused and leaves nothing', async (name, make) => {
  const objectsDir = join(root, `damaged-${name.replaceAll(' ', '-')}`);
  const bytes = make();
  await expect(takePack(objectsDir, chunks(bytes, 700))).rejects.toThrow();
  expect(await readdir(join(objectsDir, 'pack'))).toEqual([]);
});

function thin(): Buffer {
  const input = 'HEAD\n^HEAD~1\n';
  return execFileSync('git', ['pack-objects', '--stdout', '--thin', '--revs', '-q'], { cwd: work, env: GIT_ENV, input });
}

test('a pack of a few objects becomes loose objects, which git reads', async () => {
  const store = openObjects(join(root, 'loose.git'), 'x');
  await store.init(undefined);
  const input = 'HEAD\n^HEAD~1\n';
  const bytes = execFileSync('git', ['pack-objects', '--stdout', '--revs', '-q'], { cwd: work, env: GIT_ENV, input });
  await store.take(chunks(bytes, 100));
  expect(await readdir(join(store.dir, 'objects', 'pack'))).toEqual([]);
  expect(await git(store.dir, 'cat-file', '-t', await git(work, 'rev-parse', 'HEAD'))).toBe('commit');
});

const text = (n: number): Buffer => Buffer.from(Array.from({ length: n }, (_, at) => `row ${at}\n`).join(''));
const EDITS: [name: string, base: Buffer, made: Buffer][] = [
  ['a line in the middle', text(500), Buffer.concat([text(250), Buffer.from('new\n'), text(500).subarray(text(250).length)])],
  ['an end that is cut', text(500), text(499)],
  ['an end that is added', text(500), text(520)],
  ['a begin that is new', text(500), Buffer.concat([Buffer.from('head\n'), text(500)])],
  ['repetitions, where begin and end overlap', Buffer.alloc(1000, 'ab'), Buffer.alloc(1200, 'ab')],
  ['more than one copy order holds', Buffer.alloc(300_000, 'x'), Buffer.concat([Buffer.alloc(300_000, 'x'), Buffer.from('y')])],
  ['nothing in common', Buffer.from('aaaa'), Buffer.from('bbbb'.repeat(90))],
  ['an empty base', Buffer.alloc(0), Buffer.from('new')],
  ['all of it removed', text(50), Buffer.alloc(0)],
];

test.each(EDITS)('git makes the same of a difference: %s', async (_name, base, made) => {
  const bare = await mkdtemp(join(root, 'thin-'));
  await git(bare, 'init', '-q', '--bare');
  const hash = (input: Buffer, ...argv: string[]): string =>
    execFileSync('git', ['hash-object', ...argv, '--stdin'], { cwd: bare, env: GIT_ENV, input })
      .toString()
      .trim();
  const oid = hash(base, '-w');
  const pack = formatPack([{ object: { type: 'blob', bytes: made }, base: { oid, bytes: base } }]);
  execFileSync('git', ['index-pack', '--stdin', '--fix-thin'], { cwd: bare, env: GIT_ENV, input: pack });
  expect(execFileSync('git', ['cat-file', 'blob', hash(made)], { cwd: bare, env: GIT_ENV }).equals(made)).toBe(true);
  if (base.length > 2000 && made.length > 2000) expect(pack.length).toBeLessThan(400);
});

describe('a few bytes that stand for gigabytes are refused before there is room for them', () => {
  /** Kind and size as a pack writes them, seven bits a byte after the first four. */
  const head = (kind: number, size: number): Buffer => {
    const bytes = [(kind << 4) | (size & 15)];
    for (let left = Math.floor(size / 16); left > 0; left = Math.floor(left / 128)) {
      bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
      bytes.push(left & 0x7f);
    }
    return Buffer.from(bytes);
  };
  const varint = (size: number): Buffer => {
    const bytes = [size & 0x7f];
    for (let left = Math.floor(size / 128); left > 0; left = Math.floor(left / 128)) {
      bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
      bytes.push(left & 0x7f);
    }
    return Buffer.from(bytes);
  };
  const pack = (...entries: readonly Buffer[]): Buffer => {
    const front = Buffer.from([0x50, 0x41, 0x43, 0x4b, 0, 0, 0, 2, 0, 0, 0, entries.length]);
    const all = Buffer.concat([front, ...entries]);
    return Buffer.concat([all, createHash('sha1').update(all).digest()]);
  };
  const blob = (bytes: Buffer): Buffer => Buffer.concat([head(3, bytes.length), deflateSync(bytes)]);
  const delta = (base: Buffer, claimed: number): Buffer => {
    const orders = Buffer.concat([varint(base.length), varint(claimed), Buffer.from([0x90, base.length])]);
    return Buffer.concat([head(6, orders.length), Buffer.from([blob(base).length]), deflateSync(orders)]);
  };
  /** Each is a delta of the one before, and says all of it again. */
  const chained = (links: number, size: number): Buffer => {
    const copy = Buffer.concat([varint(size), varint(size), Buffer.from([0xf0, size & 0xff, (size >> 8) & 0xff, size >> 16])]);
    const entries = [blob(Buffer.alloc(size, 'x'))];
    while (entries.length <= links) {
      const back = (entries.at(-1) as Buffer).length;
      const far = back < 128 ? [back] : [0x80 | (back / 128 - 1), back & 0x7f];
      entries.push(Buffer.concat([head(6, copy.length), Buffer.from(far), deflateSync(copy)]));
    }
    return pack(...entries);
  };
  const base = Buffer.from('base\n');
  const zeros = blob(Buffer.alloc(120 * 2 ** 20));

  test.each<[string, Buffer, RegExp]>([
    ['an object of 300 MB', pack(Buffer.concat([head(3, 300 * 2 ** 20), deflateSync(base)])), /more than 256 MB/],
    ['a delta that makes 2 GB', pack(blob(base), delta(base, 2 ** 31)), /more than 256 MB/],
    ['a delta that makes 2^40', pack(blob(base), delta(base, 2 ** 40)), /more than 256 MB/],
    ['deltas of deltas of 7 MB each', chained(200, 7_000_000), /whose objects have more than|take too much/],
    ['nine objects of 120 MB each', pack(...Array.from({ length: 9 }, () => zeros)), /whose objects have more than/],
  ])('%s', async (name, bytes, says) => {
    await expect(takePack(join(root, name.replaceAll(/\W/g, '-')), chunks(bytes, 100_000))).rejects.toThrow(says);
  });
});
