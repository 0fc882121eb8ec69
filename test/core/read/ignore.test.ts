// `detect.ignore`: expressions of a repository, held against what strangers write. They find what the language finds, and none of them,
// against no text, takes more than a look a letter. On the commit before, `/(a+)+$/` and a line of 38 letters took 93 s of processor time, and
// no signal ended it.
import { ignoreTest } from '../../../src/core/read/ignore/ignored.ts';
import { problemOf } from '../../../src/core/read/ignore/pattern.ts';
import { isLinear } from '../../support/processor-time.ts';
import { seeded } from '../../support/sample-of.ts';

const random = seeded(20_261);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const times = <T>(most: number, make: () => T): readonly T[] => Array.from({ length: 1 + Math.floor(random() * most) }, make);

const SIGNS = [
  'a',
  'b',
  'c',
  '.',
  '[ab]',
  '[^a]',
  '[\\]a-]',
  '\\d',
  '\\w',
  '\\s',
  '\\b',
  '\\B',
  '^',
  '$',
  '1',
  ' ',
  '\\.',
  '-',
  '\\n',
  '\\x61',
];
const TIMES = ['', '', '', '*', '+', '?', '{2}', '{1,3}', '{0,2}', '{2,}', '*?', '+?'];
const atom = (depth: number): string =>
  depth > 0 && random() < 0.3 ? `(${pick(['', '?:', '?<n>'])}${expression(0)})${pick(TIMES)}` : pick(SIGNS);
const expression = (depth: number): string =>
  times(2, () =>
    times(3, () => atom(depth))
      .map((one) => (/^(?:\\[bB]|\^|\$)$/.test(one) ? one : one + pick(TIMES)))
      .join(''),
  ).join('|');
const compiled = (source: string, flags: string): RegExp | undefined => {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
};

test('finds what the language finds', () => {
  let tried = 0;
  for (let round = 0; round < 1500; round += 1) {
    const [source, flags] = [expression(1), pick(['', 'i', 'm', 's', 'im', 'u'])];
    const native = compiled(source, flags);
    if (native === undefined) continue;
    const test = ignoreTest([`/${source}/${flags}`]);
    for (const text of times(6, () => times(9, () => pick(['a', 'b', 'c', 'A', 'B', '1', ' ', '\n', '-', '.', 'é', '_'])).join(''))) {
      expect([source, flags, text, test(text)]).toEqual([source, flags, text, native.test(text)]);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(3000);
});

test.each([
  ['/(a+)+$/', 'a'],
  ['/(a|a)*b/', 'a'],
  ['/(x+x+)+y/', 'x'],
  ['/a*a*a*a*a*a*b/', 'a'],
  ['/(?:a{0,20}){0,20}b/', 'a'],
  ['/(?:a|b)*a(?:a|b){240}c/', 'ab'],
  ['/(\\w+\\s?)+:/', 'word '],
])('%s is done with any text in its length', async (pattern, part) => {
  const test = ignoreTest([pattern]);
  expect(test(`${part.repeat(20_000)}!`)).toBe(pattern === '/(a+)+$/');
  // Going back, each of them takes longer than anybody waits.
  expect(await isLinear((size) => test(`${part.repeat(size)}!`), 2500)).toBe(true);
});

test.each([
  ['look-around', ['/(?=a)b/'], '`(?=` is not known here'],
  ['what stands before', ['/(?<!a)b/'], '`(?<` is not known here'],
  ['what was found', ['/(a)\\1/'], '`\\1` is not known here'],
  ['flags within', ['/(?i:a)b/'], '`(?i` is not known here'],
  ['no expression', ['/(/'], 'Invalid regular expression: /(/: Unterminated group'],
  ['a large one', ['/a{1,3000}/'], 'all expressions together are larger than 1000 states'],
  ['many', Array.from({ length: 200 }, () => '/\\d{3}-\\d{4}/'), 'all expressions together are larger than 1000 states'],
  ['a long one', [`/${'a'.repeat(1001)}/`], 'an expression is longer than 1000 signs'],
  ['texts are none', ['(', 'a{1,3000}', '/time.?out/i'], undefined],
])('refused: %s', (_, patterns, problem) => {
  expect(problemOf(patterns)).toBe(problem);
});

test('of a long event the beginning is looked at', () => {
  const test = ignoreTest(['needle', '/n.edle/']);
  expect(test(`${' '.repeat(16_378)}needle`)).toBe(true);
  expect(test(`${' '.repeat(16_379)}needle`)).toBe(false);
});
