// What is no regular file is not waited for, and nothing is read beyond its bound.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlain, readPlainNow } from '../../src/platform/read-plain.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-plain-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const ways: readonly (readonly [name: string, read: (path: string, maxBytes: number) => Promise<Buffer>])[] = [
  ['later', readPlain],
  ['at once', async (path, maxBytes) => readPlainNow(path, maxBytes)],
];

test.each(ways)('%s: a file, and one that a link leads to', async (_, read) => {
  writeFileSync(join(dir, 'file'), '0123456789');
  symlinkSync('file', join(dir, 'link'));
  expect([String(await read(join(dir, 'file'), 10)), String(await read(join(dir, 'link'), 10))]).toEqual(['0123456789', '0123456789']);
});

test.each(ways)('%s: all else is refused, and not waited for', async (_, read) => {
  const codeOf = (name: string): Promise<unknown> =>
    read(join(dir, name), 10).then(
      () => undefined,
      (error: unknown) => (error as { readonly code?: string }).code,
    );
  writeFileSync(join(dir, 'long'), '0123456789a');
  mkdirSync(join(dir, 'directory'));
  execFileSync('mkfifo', [join(dir, 'pipe')]);
  symlinkSync('/dev/zero', join(dir, 'device'));
  symlinkSync('circle', join(dir, 'circle'));
  const names = ['long', 'directory', 'pipe', 'device', 'circle', 'nothing'];
  expect(await Promise.all(names.map(codeOf))).toEqual(['EFBIG', 'EISDIR', 'EINVAL', 'EINVAL', 'ELOOP', 'ENOENT']);
});
