import { createSyntaxChecker } from '../../../src/adapters/syntax/parsers.ts';

const ROWS: readonly (readonly [path: string, text: string, expected: string])[] = [
  ['a.js', 'export const a = await b();', 'ok'],
  ['a.js', 'module.exports = { a: 1 }; return;', 'ok'],
  ['a.js', '#!/usr/bin/env node\nconst a = 1;', 'ok'],
  ['a.js', 'const a = ;', 'broken'],
  ['a.mjs', 'export default 1', 'ok'],
  ['a.cjs', 'export default 1', 'broken'],
  ['a.ts', 'enum A { b }\nconst c: Record<string, A> = {};', 'ok'],
  ['a.ts', 'const c: = 1', 'broken'],
  ['a.json', '{"a":1}', 'ok'],
  ['a.json', '\ufeff{"a":1}', 'ok'],
  ['a.json', '{"a":1,}', 'broken'],
  ['tsconfig.json', '{ // why\n}', 'unknown'],
  ['a.py', 'def f(:', 'unknown'],
  ['README', 'words', 'unknown'],
];

test.each(ROWS)('%s %j is %s', async (path, text, expected) => {
  expect((await createSyntaxChecker().check(path, Buffer.from(text))).kind).toBe(expected);
});
