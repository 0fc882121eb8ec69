// Replaces a file again and again until it is killed: `replacer.ts FILE`. With `--order` once, and says in which order
// it spoke to the file system.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const [file = '', option] = process.argv.slice(2);
const fs = createRequire(import.meta.url)('node:fs/promises') as typeof import('node:fs/promises');

if (option === '--order') {
  const { open, rename } = fs;
  const named = (path: unknown): string =>
    String(path) === file ? 'the file' : file.startsWith(`${path}/`) ? 'the directory' : 'the draft';
  fs.open = async (path, ...rest) => {
    const handle = await open(path, ...rest);
    const { sync } = handle;
    handle.sync = async () => {
      console.log(`sync ${named(path)}`);
      await sync.call(handle);
    };
    return handle;
  };
  fs.rename = async (from, to) => {
    console.log(`rename ${named(from)} to ${named(to)}`);
    await rename(from, to);
  };
  syncBuiltinESMExports();
}

const { replaceFile } = await import('../../src/platform/atomic.ts');
console.log('begins');
for (let turn = 1; option !== '--order' || turn === 1; turn += 1) await replaceFile(file, `${turn % 10}`.repeat(200_000));
