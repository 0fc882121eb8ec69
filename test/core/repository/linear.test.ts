// No file that a model writes, or that a repository has, is worse than linear to look through for what it has lost.

import { lostImports } from '../../../src/core/repository/imports.ts';
import { losses } from '../../../src/core/repository/losses.ts';
import { isLinear } from '../../support/processor-time.ts';

type Make = (n: number) => string;

const each = (n: number, line: (at: number) => string): string => Array.from({ length: n }, (_, at) => line(at)).join('\n');
const functions: Make = (n) => each(n, (at) => `function f${at}() {\n  return a${at};\n}\nf${at}(1, 2);`);

const FILES: readonly (readonly [string, string, Make, Make])[] = [
  ['functions that are gone', 'a.py', (n) => each(n, (at) => `def f${at}():\n    return a${at}`), () => 'x = 1\n'],
  ['functions of the file that are gone', 'a.ts', functions, () => 'x();\n'],
  ['functions of which each is another', 'a.ts', functions, (n) => functions(n).replaceAll('return a', 'return b')],
  ['functions that are called otherwise', 'a.ts', functions, (n) => functions(n).replaceAll('f', 'g')],
  ['names of names', 'a.rs', (n) => each(n, (at) => `fn a${at}::f() {\n}`), (n) => each(n, (at) => `fn b::a${at}::f() {\n}`)],
  ['settings', 'a.yml', (n) => each(n, (at) => `  a${at}: 1`), (n) => each(n, (at) => `  b${at}: 1`)],
];

test.each(FILES)('%s', async (_, path, before, after) => {
  expect(await isLinear((size) => losses([{ path, before: before(size), after: after(size) }]), 600)).toBe(true);
});

const IMPORTS: readonly (readonly [string, string, Make, Make])[] = [
  ['imports that bring nothing', 'a.ts', (n) => 'import a\n'.repeat(n), () => 'a.x()\n'],
  ['imports that are not closed', 'a.ts', (n) => 'import { '.repeat(n), () => 'a.x()\n'],
  ['blanks behind an import', 'a.ts', (n) => `import ${' '.repeat(n)}\nimport a${'\n'.repeat(n)}`, () => 'a.x()\n'],
  ['brackets that are not closed', 'a.py', (n) => 'from a import (\n'.repeat(n), () => 'json.loads(1)\n'],
  ['names that are gone', 'a.py', (n) => each(n, (at) => `import m${at}`), (n) => each(n, (at) => `m${at}.f()`)],
  ['blank lines', 'a.py', () => 'import json\n', (n) => `${'\n'.repeat(n)}json.loads(1)\n`],
  ['a line of imports', 'a.py', () => 'import json\n', (n) => `${'import '.repeat(n)}\njson.loads(1)\n`],
];

test.each(IMPORTS)('%s', async (_, path, before, after) => {
  expect(await isLinear((size) => lostImports(path, before(size), after(size)))).toBe(true);
});
