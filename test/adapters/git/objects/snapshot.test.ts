// Trees that no person has made: a few directories that hold each other stand for any number of files.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ignoreRules } from '../../../../src/adapters/git/objects/ignore-rules.ts';
import { type Objects, openObjects } from '../../../../src/adapters/git/objects/objects.ts';
import { listFiles } from '../../../../src/adapters/git/objects/snapshot.ts';
import { type Entry, formatTree } from '../../../../src/adapters/git/objects/tree.ts';
import { isDoneWithin } from '../../../support/processor-time.ts';

let root = '';
let objects: Objects;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-snapshot-'));
  objects = openObjects(join(root, 'store.git'), 'https://host.example/shop.git');
  await objects.init(undefined);
});

afterAll(() => rm(root, { recursive: true, force: true }));

const tree = (entries: readonly Entry[]): Promise<string> => objects.write('tree', formatTree(entries));
const file = async (name: string): Promise<Entry> => ({ mode: '100644', name, oid: await objects.write('blob', Buffer.from('x')) });

/** Each level holds the one below it, `wide` times. */
async function levels(count: number, wide: number, name = 'd'): Promise<string> {
  let entries: readonly Entry[] = [await file('f')];
  for (let level = 0; level < count; level += 1) {
    const oid = await tree(entries);
    entries = Array.from({ length: wide }, (_, at) => ({ mode: '40000', name: `${name}${at}`, oid }));
  }
  return tree(entries);
}

test.each([
  ['ten directories within each other, ten at a time', () => levels(10, 10), 'one directory of it stands at more than 20000 places'],
  ['a directory within a directory within a directory …', () => levels(25, 1, 'd'.repeat(200)), 'a path of it has more than 4096 bytes'],
])('%s are refused in words, before anybody waits', async (_name, make, detail) => {
  const oid = await make();
  const refused = { code: 'repository-unsupported', message: expect.stringContaining(detail) };
  expect(await isDoneWithin(20_000, () => expect(listFiles(objects, oid)).rejects.toMatchObject(refused))).toBe(true);
});

test('the same directory at many places, as real repositories have it, is listed', async () => {
  expect(await listFiles(objects, await levels(3, 10))).toHaveLength(1000);
});

test('files in a directory of 300 levels are asked for in the ignore rules without asking for all above again', async () => {
  const rules = ignoreRules(
    new Map([
      ['', 'node_modules/\n*.tmp\n'],
      ['d/d/', '!keep.tmp\n'],
    ]),
  );
  const deep = 'd/'.repeat(300);
  const ask = (): void => {
    for (let at = 0; at < 500; at += 1) expect(rules.ignores(`${deep}f${at}.js`, false)).toBe(false);
  };
  expect(await isDoneWithin(10_000, ask)).toBe(true);
  expect(rules.ignores(`${deep}keep.tmp`, false)).toBe(false);
  expect(rules.ignores('d/keep.tmp', false)).toBe(true);
  expect(rules.ignores('d/node_modules/d/x.js', false)).toBe(true);
});
