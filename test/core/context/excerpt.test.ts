// Which parts of a file are shown where the whole is too large: imports, the function of the frame, what encloses and what it calls.
import { excerptOf, type FilePlace } from '../../../src/core/context/excerpt.ts';
import { fitFiles } from '../../../src/core/context/token-budget.ts';
import { estimateTokens } from '../../../src/core/context/tokens.ts';

/** Functions that nothing has to do with. */
const filler = (count: number, one: (number: number) => string): string => Array.from({ length: count }, (_, at) => one(at)).join('\n');

const PYTHON = `import decimal
from shop import rates

${filler(400, (n) => `def other_${n}(value):\n    # stays away ${n}\n    return value * ${n}\n`)}

def rate_of(item):
    return rates.TABLE[item.kind]


class Cart:
    def __init__(self, items):
        self.items = items

    @property
    def total(self):
        """What all cost."""
        total = decimal.Decimal(0)
        for item in self.items:
            total += item.price * rate_of(item)

        return total

    def empty(self):
        return not self.items

${filler(400, (n) => `def more_${n}(value):\n    return value - ${n}\n`)}`;

const SCRIPT = `import { rates } from './rates.js';
const fs = require('node:fs');

${filler(500, (n) => `export function other${n}(value) {\n  return value * ${n};\n}\n`)}
function rateOf(item) {
  return rates[item.kind].value;
}

export const total = (items) => {
  let sum = 0;
  for (const item of items) {
    sum += item.price * rateOf(item);
  }
  return sum;
};

${filler(500, (n) => `export function more${n}(value) {\n  return value - ${n};\n}\n`)}`;

const GO = `package shop

import (
\t"fmt"
\t"strings"
)

${filler(400, (n) => `func other${n}(v int) int {\n\treturn v * ${n}\n}\n`)}
// Total adds up.
func (c *Cart) Total() (int, error) {
\tif c == nil {
\t\treturn 0, fmt.Errorf("no cart")
\t}
\treturn c.sum(), nil
}

func (c *Cart) sum() int {
\treturn len(strings.Split(c.lines, "\\n"))
}
`;

const at = (text: string, line: string): FilePlace => ({ line: text.split('\n').findIndex((other) => other.includes(line)) + 1 });

test.each<[string, string, string, FilePlace[], string[], string[]]>([
  [
    'a method: its class, its decorator, the function it calls',
    'cart.py',
    PYTHON,
    [at(PYTHON, 'total += item.price')],
    ['import decimal', 'class Cart:', '@property', 'return total', 'def rate_of'],
    ['other_7(', 'more_7(', 'def empty'],
  ],
  [
    'an arrow function',
    'cart.js',
    SCRIPT,
    [at(SCRIPT, 'sum += item.price')],
    ["from './rates.js'", "require('node:fs')", 'return sum', 'function rateOf'],
    ['other7(', 'more7('],
  ],
  [
    'a Go method with its comment; an import of several lines',
    'cart.go',
    GO,
    [at(GO, 'c.sum(), nil')],
    ['package shop', '"strings"\n)', '// Total adds up.', 'no cart', 'func (c *Cart) sum()'],
    ['other7('],
  ],
  [
    'two frames',
    'cart.py',
    PYTHON,
    [at(PYTHON, 'def rate_of'), at(PYTHON, 'return value * 9')],
    ['rates.TABLE', 'def other_9('],
    ['other_8(', 'class Cart'],
  ],
  ['a frame without a line', 'cart.py', PYTHON, [{ line: null, function: 'Cart.empty' }], ['def empty', 'not self.items'], ['def total']],
])('%s', (_name, path, text, places, has, lacks) => {
  const parts = excerptOf(path, text, places, 2000);
  const shown = parts.map((part) => part.text).join('\n');
  for (const words of has) expect(shown).toContain(words);
  for (const words of lacks) expect(shown).not.toContain(words);
  const lines = text.split('\n');
  for (const { from, to, text: part } of parts) expect(part).toBe(lines.slice(from - 1, to).join('\n'));
});

test('a function without end is shown around the frame, within the room', () => {
  const text = `def main():\n${filler(3000, (n) => `    step(${n}, "${'x'.repeat(20)}")`)}`;
  const parts = excerptOf('main.py', text, [{ line: 1500 }], 1000);
  expect(estimateTokens(parts.map((part) => part.text).join('\n'))).toBeLessThanOrEqual(1000);
  expect(parts.map((part) => part.text).join('\n')).toContain('step(1498,');
  expect(parts[0]).toMatchObject({ from: 1, text: 'def main():' });
});

test.each<[string, readonly FilePlace[], number]>([
  ['no place', [], 2000],
  ['a line that is not there', [{ line: 9_999_999 }], 2000],
  ['a name that is not there', [{ line: null, function: 'nobody' }], 2000],
  ['no room', [at(PYTHON, 'class Cart')], 3],
])('nothing: %s', (_name, places, room) => {
  expect(excerptOf('cart.py', PYTHON, places, room)).toEqual([]);
});

test('a minified file of one line has no part that fits', () => {
  expect(excerptOf('app.min.js', 'a();'.repeat(50_000), [{ line: 1 }], 1000)).toEqual([]);
});

test('the budget shows a large file in parts, and the next ones whole', () => {
  const { kept, left, used } = fitFiles(
    [
      { path: 'cart.py', text: PYTHON, places: [at(PYTHON, 'def rate_of')] },
      { path: 'rates.py', text: 'TABLE = {}\n' },
    ],
    3000,
  );
  expect(left).toEqual([]);
  expect(kept.map(({ path, parts }) => [path, parts !== undefined])).toEqual([
    ['cart.py', true],
    ['rates.py', false],
  ]);
  expect(used).toBeLessThan(1600);
});
