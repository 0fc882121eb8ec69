// Runners of JavaScript and TypeScript.
import { type Part, type RunnerProject, when } from './project.ts';

type Has = (part: Part) => boolean;

const half = (isFixed: boolean, as = 'export '): string =>
  `${as}function half(n) {\n${when(!isFixed, "  if (n % 2 !== 0) throw new RangeError('odd');\n")}  return n / 2;\n}\n`;

interface Words {
  readonly head: string;
  readonly equal: (value: string, wanted: string) => string;
  /** @param name as a literal */
  readonly test?: (name: string, body: string, how: '' | '.skip' | '.only') => string;
  readonly group?: (name: string, body: string) => string;
}

const usual = (name: string, body: string, how: string): string => `test${how}(${name}, () => { ${body} });\n`;
const described = (name: string, body: string): string => `describe(${name}, () => {\n${body}});\n`;

/** Names that runners print beside marks of their own, or take apart. */
export const ODD = [
  'a "quote" and it\'s `one`',
  'größer: 半分 ✔ ok',
  'two\nlines',
  'a: [b] (c) {d} <e> # f',
  'not ok 3 - x (1ms)',
  'toString',
  ' spaced ',
  'a > b',
  '50% %s $1 \\\\',
];

function tests({ equal, test = usual, group = described, head }: Words): (has: Has) => string {
  return (has) => {
    const four = when(!has('emptied'), equal('half(4)', '2'));
    const how = has('skipped') ? '.skip' : '';
    const body = [
      has('removed') ? '' : test("'halves four'", four, how),
      test("'halves two'", equal('half(2)', '1'), has('focused') ? '.only' : ''),
      ...[6, 8, ...(has('row') ? [7] : [])].map((n) => test(`'row ${n}'`, equal(`half(${n})`, String(n / 2)), '')),
      ...(has('test') ? [test("'halves three'", equal('half(3)', '1.5'), '')] : []),
      ...(has('odd') ? ODD.map((name) => test(JSON.stringify(name), equal('half(5)', '2.5'), '')) : []),
    ].join('');
    return `${head}${group(has('group') ? "'numbers'" : "'half'", body)}${test("'halves none'", equal('half(0)', '0'), '')}`;
  };
}

/** A file with a longer name in front of the others, one with a shorter name behind them. */
function more(words: Words, before: string, behind: string) {
  const { head, equal, test = usual } = words;
  return (has: Has): Readonly<Record<string, string>> =>
    has('files')
      ? {
          [before]: head + test("'halves nine'", equal('half(9)', '4.5'), ''),
          [behind]: head + test("'halves two'", equal('half(2)', '1'), '') + test("'halves one'", equal('half(1)', '0.5'), ''),
        }
      : {};
}

const node: Words = {
  head: "import { describe, test } from 'node:test';\nimport assert from 'node:assert';\nimport { half } from './half.js';\n",
  equal: (value, wanted) => `assert.equal(${value}, ${wanted});`,
};

const NODE: Omit<RunnerProject, 'command' | 'telling'> = {
  needs: 'npm --version',
  // `.only` asks for a flag of its own.
  without: ['focused'],
  files: (has) => ({
    'package.json': '{"type":"module","scripts":{"test":"node --test"}}',
    'half.js': half(has('fix')),
    'half.test.js': tests(node)(has),
    ...more(node, 'a-number-that-is-odd.test.js', 'z.test.js')(has),
  }),
};

const expects = (value: string, wanted: string): string => `expect(${value}).toBe(${wanted});`;
const jest: Words = { head: "const { half } = require('./half.js');\n", equal: expects };
const vitest: Words = { head: "import { describe, expect, test } from 'vitest';\nimport { half } from './half.js';\n", equal: expects };
const bun: Words = { head: "import { describe, expect, test } from 'bun:test';\nimport { half } from './half.js';\n", equal: expects };
const mocha: Words = {
  head: "import assert from 'node:assert';\nimport { half } from './half.js';\n",
  equal: node.equal,
  test: (name, body, how) => `it${how}(${name}, () => { ${body} });\n`,
};
const deno: Words = {
  head: "import assert from 'node:assert';\nimport { half } from './half.js';\n",
  equal: node.equal,
  test: (name, body, how) => `Deno.test${how === '.skip' ? '.ignore' : how}(${name}, () => { ${body} });\n`,
  group: (_, body) => body,
};
const ava: Words = {
  head: "import test from 'ava';\nimport { half } from './half.js';\n",
  equal: (value, wanted) => `t.is(${value}, ${wanted});`,
  test: (name, body, how) => `test${how}(${name}, (t) => { ${body === '' ? 't.pass();' : body} });\n`,
  group: (_, body) => body,
};
const tap: Words = {
  head: "import t from 'tap';\nimport { half } from './half.js';\n",
  equal: (value, wanted) => `t.equal(${value}, ${wanted});`,
  test: (name, body, how) => `t.test(${name}, ${how === '' ? '' : `{ ${how.slice(1)}: true }, `}(t) => { ${body} t.end(); });\n`,
  group: (name, body) => `t.test(${name}, (t) => {\n${body}t.end(); });\n`,
};

const withTests =
  (words: Words, files: (has: Has) => Readonly<Record<string, string>>): RunnerProject['files'] =>
  (has) => ({
    'half.js': half(has('fix')),
    'half.test.js': tests(words)(has),
    ...more(words, 'a-number-that-is-odd.test.js', 'z.test.js')(has),
    ...files(has),
  });

export const JAVASCRIPT: Readonly<Record<string, RunnerProject>> = {
  'node:test': { ...NODE, command: 'node --test', telling: 13 },
  'node:test behind npm test': { ...NODE, command: 'npm test', telling: 13 },
  'node:test as TAP': { ...NODE, command: 'node --test --test-reporter=tap', telling: 13 },
  Jest: {
    needs: 'jest --version',
    command: 'jest --ci',
    telling: 13,
    files: (has) => ({
      ...withTests(jest, () => ({}))(has),
      'half.js': `${half(has('fix'), '')}module.exports = { half };\n`,
      'package.json': '{"jest":{"transform":{},"testEnvironment":"node"}}',
    }),
  },
  'Jest, at random, behind npm test': {
    needs: 'npm --version && jest --version',
    command: 'npm test',
    telling: 13,
    files: (has) => ({
      ...withTests(jest, () => ({}))(has),
      'half.js': `${half(has('fix'), '')}module.exports = { half };\n`,
      'package.json': '{"scripts":{"test":"jest --randomize"},"jest":{"transform":{},"testEnvironment":"node"}}',
    }),
  },
  Vitest: {
    needs: 'vitest --version',
    command: 'vitest run',
    telling: 13,
    files: withTests(vitest, () => ({
      'package.json': '{"type":"module"}',
      'vitest.config.js': 'export default { test: { sequence: { shuffle: true } } };\n',
    })),
  },
  Mocha: {
    needs: 'mocha --version',
    command: 'mocha',
    telling: 13,
    files: withTests(mocha, () => ({ 'package.json': '{"type":"module"}', '.mocharc.json': '{"spec":"*.test.js"}' })),
  },
  'Mocha in parallel behind npm test': {
    needs: 'npm --version && mocha --version',
    command: 'npm test',
    telling: 13,
    files: withTests(mocha, () => ({ 'package.json': '{"type":"module","scripts":{"test":"mocha --parallel *.test.js"}}' })),
    without: ['focused'],
  },
  AVA: {
    needs: 'ava --version',
    command: 'ava',
    // A name that ends as its own times do is another one where it fails.
    telling: 12,
    loads: 'ava',
    files: withTests(ava, () => ({ 'package.json': '{"type":"module"}' })),
    without: ['group'],
  },
  tap: {
    needs: 'tap --version',
    command: 'tap --disable-coverage',
    telling: 13,
    loads: 'tap',
    files: withTests(tap, () => ({ 'package.json': '{"type":"module"}' })),
    without: ['focused'],
  },
  Bun: { needs: 'bun --version', command: 'bun test', telling: 13, files: withTests(bun, () => ({ 'package.json': '{"type":"module"}' })) },
  Deno: { needs: 'deno --version', command: 'deno test', telling: 13, files: withTests(deno, () => ({})), without: ['group'] },
};
