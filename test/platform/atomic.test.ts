// A file is replaced whole or not at all, with the mode it is to have, and nothing is left beside it.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draftOf, putInPlace, type Replacement, replaceFile } from '../../src/platform/atomic.ts';
import { eventually, startProgram } from '../support/program.ts';

const REPLACER = [process.execPath, join(import.meta.dirname, 'replacer.ts')];
const asRoot = process.getuid?.() === 0;

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-atomic-'));
  file = join(dir, 'x');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o7777;

const modes: readonly [name: string, before: number | undefined, options: Replacement | undefined, expected: number][] = [
  ['a new file is for its owner only', undefined, undefined, 0o600],
  ['a new file of a mode', undefined, { mode: 0o444 }, 0o444],
  ['an old mode goes', 0o640, undefined, 0o600],
  ['an old mode stays where it is asked for', 0o640, { keep: true }, 0o640],
  ['an old mode wins where it is asked for', 0o600, { keep: true, mode: 0o644 }, 0o600],
  ['a new file where an old mode would be kept', undefined, { keep: true, mode: 0o640 }, 0o640],
  ['a file that may only be read', 0o444, { keep: true }, 0o444],
  ['without a wait for the disk', 0o644, { sync: false }, 0o600],
];

test.each(modes)('%s', async (_name, before, options, expected) => {
  if (before !== undefined) {
    writeFileSync(file, 'old');
    chmodSync(file, before);
  }
  await replaceFile(file, 'new', options);
  expect({ text: readFileSync(file, 'utf8'), mode: modeOf(file), all: readdirSync(dir) }).toEqual({
    text: 'new',
    mode: expected,
    all: ['x'],
  });
});

(asRoot ? test : test.skip)('an old owner stays where it is asked for', async () => {
  writeFileSync(file, 'old');
  const { chownSync } = await import('node:fs');
  chownSync(file, 4711, 4712);
  chmodSync(file, 0o2750);
  await replaceFile(file, 'new', { keep: true });
  const { uid, gid } = statSync(file);
  expect({ uid, gid, mode: modeOf(file) }).toEqual({ uid: 4711, gid: 4712, mode: 0o2750 });
});

test('bytes are bytes', async () => {
  await replaceFile(file, Uint8Array.of(0, 255, 10));
  expect([...readFileSync(file)]).toEqual([0, 255, 10]);
});

test('a link is replaced, and what it names stays', async () => {
  writeFileSync(join(dir, 'target'), 'old');
  symlinkSync('target', file);
  await replaceFile(file, 'new', { keep: true });
  expect([readFileSync(file, 'utf8'), readFileSync(join(dir, 'target'), 'utf8')]).toEqual(['new', 'old']);
});

test.each([
  ['a directory stands there', (path: string) => mkdirSync(join(path, 'child'), { recursive: true }), 'EISDIR'],
  ['its directory is missing', () => rmSync(dir, { recursive: true }), 'ENOENT'],
  [
    'its directory is a file',
    () => {
      rmSync(dir, { recursive: true });
      writeFileSync(dir, '');
    },
    'ENOTDIR',
  ],
])('%s: nothing is changed, nothing is left', async (_name, spoil, code) => {
  spoil(file);
  await expect(replaceFile(file, 'new')).rejects.toMatchObject({ code });
  expect(statSync(dir, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(dir) : []).toEqual(code === 'EISDIR' ? ['x'] : []);
});

test('a finished draft gets its name', async () => {
  const draft = draftOf(file);
  writeFileSync(draft, 'new', { mode: 0o444 });
  await putInPlace(draft, file);
  expect({ text: readFileSync(file, 'utf8'), all: readdirSync(dir) }).toEqual({ text: 'new', all: ['x'] });
});

test('content first, then the name, then the directory', async () => {
  const program = startProgram([...REPLACER, file, '--order'], { cwd: dir, env: {} });
  expect({ code: await program.exit, said: program.stdout().trim().split('\n') }).toEqual({
    code: 0,
    said: ['begins', 'sync the draft', 'rename the draft to the file', 'sync the directory'],
  });
});

test('whoever reads meanwhile, and after a kill, finds one whole content', async () => {
  const program = startProgram([...REPLACER, file], { cwd: dir, env: {} });
  await eventually(
    () => readdirSync(dir).includes('x') || undefined,
    () => program.stderr(),
  );
  const seen = new Set<string>();
  const isWhole = (text: string): boolean => /^(\d)\1*$/.test(text) && text.length === 200_000;
  for (let look = 0; look < 200; look += 1) {
    const text = readFileSync(file, 'utf8');
    seen.add(text.slice(0, 1));
    expect(isWhole(text)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(seen.size).toBeGreaterThan(1);
  await program.end('SIGKILL');
  expect(isWhole(readFileSync(file, 'utf8'))).toBe(true);
});
