// What files cost in tokens, and which of them the budget pays for.
import { fitFiles } from '../../../src/core/context/token-budget.ts';
import { estimateTokens } from '../../../src/core/context/tokens.ts';

/** A file of so many tokens. */
const file = (path: string, tokens: number, text = 'x'.repeat(4 * tokens)) => ({ path, text });

test.each([
  ['all fit', [file('a', 10), file('b', 10)], ['a', 'b'], [], 20],
  ['the first first while there is room', [file('a', 60), file('b', 50)], ['a'], [['b', 'no-room', 50]], 60],
  ['a smaller one behind still fits', [file('a', 60), file('b', 50), file('c', 40)], ['a', 'c'], [['b', 'no-room', 50]], 100],
  ['exactly full', [file('a', 50), file('b', 50)], ['a', 'b'], [], 100],
  ['the first may take all', [file('a', 100), file('b', 1)], ['a'], [['b', 'no-room', 1]], 100],
  ['the first is too large', [file('a', 101), file('b', 50)], ['b'], [['a', 'too-large', 101]], 50],
  ['another one may take half', [file('a', 10), file('b', 51), file('c', 50)], ['a', 'c'], [['b', 'too-large', 51]], 60],
  [
    'not text',
    [file('a', 0, 'x\0y'), file('b', 0, 'gr\ufffd')],
    [],
    [
      ['a', 'not-text', 1],
      ['b', 'not-text', 2],
    ],
    0,
  ],
  ['an empty file', [file('a', 0)], ['a'], [], 0],
])('fitFiles: %s', (_name, files, kept, left, used) => {
  const result = fitFiles(files, 100);
  expect(result.kept.map(({ path }) => path)).toEqual(kept);
  expect(result.left.map(({ path, reason, tokens }) => [path, reason, tokens])).toEqual(left);
  expect(result.used).toBe(used);
});

test.each([
  ['nothing', '', 0],
  ['one letter', 'x', 1],
  ['four bytes', 'abcd', 1],
  ['bytes, not letters', '日本', 2],
])('estimateTokens: %s', (_name, text, expected) => {
  expect(estimateTokens(text)).toBe(expected);
});
