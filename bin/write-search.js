// `node bin/write-search.js`: src/core/byte-search.wat → src/core/byte-search-module.ts. With `--check` it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import loadWabt from 'wabt';

const core = join(import.meta.dirname, '../src/core');
const target = join(core, 'byte-search-module.ts');
const wabt = await loadWabt();
const parsed = wabt.parseWat('byte-search.wat', readFileSync(join(core, 'byte-search.wat'), 'utf8'), { simd: true, relaxed_simd: true });
parsed.validate();
const base64 = Buffer.from(parsed.toBinary({}).buffer).toString('base64');
const text = [
  '// Made by `node bin/write-search.js` of byte-search.wat: its bytes in base64.',
  'export const MODULE =',
  `  '${base64}';`,
  '',
].join('\n');

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text)
  throw new Error('byte-search-module.ts is not what byte-search.wat says: node bin/write-search.js');
