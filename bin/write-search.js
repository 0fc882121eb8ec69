// `node bin/write-search.js`: makes src/core/read/search/byte-search-module.ts of wasm/ (AssemblyScript), and the tables of the
// search for the shipped keywords, byte-tables-made.ts. With `--check` it only compares.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { KEYS } from '../src/config/schema.ts';
import { halfByteTables, nameOf } from '../src/core/read/search/byte-tables.ts';
import { stringsOf } from '../src/core/read/search/prefilter.ts';

const room = join(import.meta.dirname, '../src/core/read/search');

write('byte-search-module.ts', [
  '// Made by `node bin/write-search.js` of wasm/: its bytes in base64.',
  'export const MODULE =',
  `  '${await fromAssemblyScript()}';`,
]);

const strings = stringsOf(KEYS.keywords.default);
write('byte-tables-made.ts', [
  '// Made by `node bin/write-search.js`: the tables of `byte-tables.ts` for the shipped keywords, in base64.',
  `export const MADE_FOR = '${nameOf(strings)}';`,
  'export const MADE_TABLES =',
  `  '${Buffer.from(halfByteTables(strings)).toString('base64')}';`,
]);

async function fromAssemblyScript() {
  const folder = mkdtempSync(join(tmpdir(), 'write-search-'));
  const out = join(folder, 'run.wasm');
  const { error, stderr } = await asc.main(
    // biome-ignore format: pairs of a name and its value
    ['wasm/run.ts', '--baseDir', room, '-O3', '--runtime', 'stub', '--enable', 'simd', '--enable', 'relaxed-simd', '--importMemory', '--noAssert', '-o', out],
    { writeFile: (name, contents) => writeFileSync(name.startsWith('/') ? name : join(room, name), contents) },
  );
  if (error) throw new Error(stderr.toString());
  const bytes = readFileSync(out);
  rmSync(folder, { recursive: true });
  return bytes.toString('base64');
}

function write(name, lines) {
  const target = join(room, name);
  const text = [...lines, ''].join('\n');
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) throw new Error(`${name} is not what it is made of: node bin/write-search.js`);
}
