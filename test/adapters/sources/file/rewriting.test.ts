// A file that is changed where it has been read already: each part of the proof alone must show it.
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import { collect, stopAll } from '../collect.ts';

let dir: string;
let log: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-rewriting-'));
  log = join(dir, 'app.log');
});
afterEach(async () => {
  await stopAll();
  await rm(dir, { recursive: true, force: true });
});

const filler = (length: number): string => 'the same line, over and over\n'.repeat(length);

test.each([
  ['the head, and nothing before the place', `first life\n${filler(200)}`, 0, 'other life'],
  ['what stands before the place, and not the head', `${filler(200)}first life\n`, filler(200).length, 'other life'],
])('in place and without a change of size: %s', async (_name, before, at, change) => {
  await writeFile(log, before);
  const seen = collect(createFileSource([log], { pollMs: 30, rotateWaitMs: 60 }));
  await seen.until(() => seen.lines().length === 201);
  const writer = await open(log, 'r+');
  await writer.write(change, at);
  await writer.write('more\n', before.length);
  await writer.close();
  await seen.until(() => seen.lines().includes('more'));
  expect(seen.generations).toHaveLength(2);
  const after = `${before.slice(0, at)}${change}${before.slice(at + change.length)}more`;
  expect(seen.lines().slice(201)).toEqual(after.split('\n'));
  expect(seen.gaps).toHaveLength(1);
});
