// `node bin/write-search.js`: src/core/read/search/byte-search.wat → src/core/read/search/byte-search-module.ts, and the tables of the search for the
// shipped keywords → src/core/read/search/byte-tables-made.ts. With `--check` it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import loadWabt from 'wabt';
import { KEYS } from '../src/config/schema.ts';
import { halfByteTables, nameOf } from '../src/core/read/search/byte-tables.ts';
import { stringsOf } from '../src/core/read/search/prefilter.ts';

const core = join(import.meta.dirname, '../src/core/read/search');

const wabt = await loadWabt();
const parsed = wabt.parseWat('byte-search.wat', readFileSync(join(core, 'byte-search.wat'), 'utf8'), { simd: true, relaxed_simd: true });
parsed.validate();
const base64 = Buffer.from(parsed.toBinary({ write_debug_names: true }).buffer).toString('base64');
write('byte-search-module.ts', [
  '// Made by `node bin/write-search.js` of byte-search.wat: its bytes in base64.',
  'export const MODULE =',
  `  '${base64}';`,
]);

const strings = stringsOf(KEYS.keywords.default);
write('byte-tables-made.ts', [
  '// Made by `node bin/write-search.js`: the tables of `byte-tables.ts` for the shipped keywords, in base64.',
  `export const MADE_FOR = '${nameOf(strings)}';`,
  'export const MADE_TABLES =',
  `  '${Buffer.from(halfByteTables(strings)).toString('base64')}';`,
]);

function write(name, lines) {
  const target = join(core, name);
  const text = [...lines, ''].join('\n');
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) throw new Error(`${name} is not what it is made of: node bin/write-search.js`);
}
