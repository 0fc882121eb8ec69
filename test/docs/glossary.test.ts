// Every word of doc/glossary.md is used in the source, and the type beside it is defined where it says.
import { declares, readDoc, readSource, tableRows } from './read-docs.ts';

const SOURCE = readSource();
const ROWS = tableRows(readDoc('doc/glossary.md').prose).map(([word = '', meaning = '', type = '', file = '']) => ({
  word,
  meaning,
  type: type.replaceAll('`', ''),
  file: file.replaceAll('`', ''),
}));

test('there are words, each once, each with a meaning', () => {
  expect(ROWS.length).toBeGreaterThan(40);
  expect(new Set(ROWS.map(({ word }) => word)).size).toBe(ROWS.length);
  expect(ROWS.filter(({ meaning }) => meaning === '')).toEqual([]);
});

test.each(ROWS)('$word: $type is in $file', ({ type, file }) => {
  expect(declares(SOURCE.get(file) ?? '', type)).toBe(true);
});

/** In code, not in comments: `changeSet`, `change_set`, `ChangeSet` and `change set` are the same word. */
const CODE = [...SOURCE.values()]
  .map((text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, ''))
  .join('\n')
  .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  .replace(/[_-]/g, ' ')
  .toLowerCase();

test('every word is used in code', () => {
  expect(ROWS.map(({ word }) => word).filter((word) => !new RegExp(`\\b${word}(?:e?s)?\\b`).test(CODE))).toEqual([]);
});
