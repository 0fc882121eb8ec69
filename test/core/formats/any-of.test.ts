// Many expressions asked as one give the answer that each of them gives.
import { anyOf } from '../../../src/core/formats/traces/any-of.ts';

test.each([
  ['a string with signs of an expression', ['(package:', '.go:', '** ('], ['(package:x', 'a.go:1', '** (x', 'xgo:', 'package:']],
  [
    'names of groups twice, and flags',
    [/^(?<file>a+):(?<line>\d)/, /(?<file>b)$/i, /(?<!x)y/],
    ['aa:1', ' aa:1', 'B', 'Bc', 'y', 'xy', ''],
  ],
  ['none', [], ['', 'x']],
  ['one that is in every text', [''], ['', 'x']],
])('%s', (_what, signs: readonly (string | RegExp)[], texts) => {
  const each = (text: string): boolean => signs.some((sign) => (typeof sign === 'string' ? text.includes(sign) : sign.test(text)));
  expect(texts.map(anyOf(signs))).toEqual(texts.map(each));
});
