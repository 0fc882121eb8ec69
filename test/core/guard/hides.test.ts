// Changes that only hide a bug, and changes that look like it and are right: both sides of each rule.
import { judge } from '../../../src/core/guard/judge.ts';
import type { FileChange } from '../../../src/core/model.ts';
import { isLinear } from '../../support/processor-time.ts';

type Versions = readonly [path: string, before: string | null, after: string];

const change = ([path, before, after]: Versions): FileChange => ({
  path,
  mode: '100644',
  ...(before === null ? {} : { oldMode: '100644' as const, before: Buffer.from(before) }),
  after: Buffer.from(after),
});
const judged = (files: readonly Versions[]): string =>
  judge({ base: 'b', files: files.map(change) }, { maxFiles: 9, maxLines: 5000, protectedPaths: [] }, 10)
    .map(({ rule }) => rule)
    .join(' ');

const PY = 'def total(items):\n    return sum(item.price for item in items)\n';
const JS = 'export function total(order) {\n  return order.items.map(price);\n}\n';
const PERL = 'sub mean {\n    my @values = @_;\n    return sum0(@values) / @values;\n}\n';
const perl = (line: string): string => PERL.replace('@_;\n', `@_;\n    ${line}\n`);
const py = (...lines: readonly string[]): string => PY.replace('items):\n', `items):\n${lines.map((line) => `    ${line}\n`).join('')}`);
const js = (...lines: readonly string[]): string => JS.replace('{\n', `{\n${lines.map((line) => `  ${line}\n`).join('')}`);
const pyTest = (line: string): Versions => [
  'tests/test_total.py',
  'def test_a():\n    pass\n',
  `def test_a():\n    pass\n\ndef test_b():\n    ${line}\n`,
];
const jsTest = (line: string): Versions => ['test/total.test.js', "test('a', f);\n", `test('a', f);\ntest('b', () => {\n  ${line}\n});\n`];

test.each<[string, readonly Versions[], string]>([
  [
    'the list of the test',
    [['total.py', PY, py('if items == [[5, 4], 3]:', '    return 12')], pyTest('assert total([[5, 4], 3]) == 12')],
    'special-case',
  ],
  [
    'its text, quoted otherwise',
    [['total.js', JS, js("if (order.id === 'A-17') return 0;")], jsTest('assert.equal(total({ id: "A-17" }), 0);')],
    'special-case',
  ],
  [
    'a case of a switch',
    [['total.js', JS, js('switch (order.id) {', "  case 'A-17':", '    return 0;', '}')], jsTest("total({ id: 'A-17' });")],
    'special-case',
  ],
  ['a ternary', [['total.js', JS, js("return order.id === 'A-17' ? 0 : 1;")], jsTest("total({ id: 'A-17' });")], 'special-case'],
  [
    'equals in Java',
    [
      ['A.java', 'class A {\n}\n', 'class A {\n  int f(String s) {\n    if ("A-17".equals(s)) { return 0; }\n    return g(s);\n  }\n}\n'],
      ['ATest.java', '', 'assert f("A-17") == 0;\n'],
    ],
    'special-case',
  ],
  [
    'a bound that is an edge of the machine',
    [['total.js', JS, js('if (order.code > 0x7f) return wide(order);')], jsTest('assert.ok(total({ code: 0x80 }) > 0x7f);')],
    '',
  ],
  [
    'the same number, asked for as a value',
    [['total.js', JS, js('if (order.code === 0x80) return 0;')], jsTest('assert.equal(total({ code: 0x80 }), 0);')],
    'special-case',
  ],
  [
    'a bound that is a number of the test',
    [['total.js', JS, js('if (order.code > 412) return 0;')], jsTest('assert.equal(total({ code: 413 }) > 412, false);')],
    'special-case',
  ],
  [
    'a word that the program knows',
    [
      ['total.py', `KINDS = ["gift"]\n${PY}`, `KINDS = ["gift"]\n${py('if items.kind == "gift":', '    return 0')}`],
      pyTest('assert total(Items("gift")) == 0'),
    ],
    '',
  ],
  ['a type', [['total.js', JS, js("if (typeof order === 'string') return parse(order);")], jsTest("total('string');")], ''],
  ['nothing and one', [['total.py', PY, py('if len(items) == 1:', '    return items[0].price')], pyTest('assert total([x(1)]) == 1')], ''],
  [
    'one as a float',
    [['total.py', PY, py('if items.rate == 1.0:', '    return items.price')], pyTest('assert total(x(rate=1.0)) == 3')],
    '',
  ],
  [
    'a limit that the test does not name',
    [['total.py', PY, py('if items == "A-17":', '    raise ValueError(items)')], pyTest('total("A-18")')],
    '',
  ],
  [
    'a number that the program knows, and the answer of the test',
    [
      ['total.py', PY.replace('return sum', 'k = 7\n    return sum'), py('if items == [7]:', '    return [7]')],
      pyTest('assert total([7]) == [7]'),
    ],
    'special-case',
  ],
  [
    'a number that the program knows, and nothing for an answer',
    [
      ['total.py', PY.replace('return sum', 'k = 7\n    return sum'), py('if items == 7:', '    return None')],
      pyTest('assert total(7) is None'),
    ],
    'special-case',
  ],
  ['without a test', [['total.py', PY, py('if items == "A-17":', '    return 0')]], ''],

  ['a constant at the beginning', [['total.py', PY, py('return 0')]], 'early-constant'],
  ['behind the words of the function', [['total.py', PY, py('"""All."""', 'return None')]], 'early-constant'],
  ['of a function in braces', [['total.js', JS, js('return [];')]], 'early-constant'],
  ['a guard', [['total.py', PY, py('if not items:', '    return 0')]], ''],
  ['a guard in one line', [['total.js', JS, js('if (!order.items) return [];')]], ''],
  ...['return 0 unless @values;', 'return 0 if !@values;', 'return if(@values == 0);', 'return "only if asked" unless @values;'].map(
    (guard): [string, readonly Versions[], string] => [`a guard behind it: ${guard}`, [['Mean.pm', PERL, perl(guard)]], ''],
  ),
  ['a text is no guard', [['Mean.pm', PERL, perl('return "only if asked";')]], 'early-constant'],
  ['nor is a choice', [['total.py', PY, py('known = price(items)', 'return known if items else 0')]], 'early-constant'],
  ['a function that gives only that', [['total.js', JS, `${JS}export function none() {\n  return [];\n}\n`]], ''],

  [
    'logs and goes on',
    [
      [
        'total.py',
        PY,
        py(
          'try:',
          '    check(items)',
          'except Exception as error:',
          '    logging.warning(',
          '        "no total: %s", error)',
          '    result = None',
        ),
      ],
    ],
    'default-handler',
  ],
  [
    'logs and gives null',
    [
      [
        'total.js',
        JS,
        js('try {', '  return order.items.map(price);', '} catch (error) {', '  console.error(error);', '  return [];', '}'),
      ],
    ],
    'default-handler',
  ],
  [
    'Java: any exception',
    [
      [
        'A.java',
        'class A {\n}\n',
        'class A {\n  int f() {\n    try {\n      return g();\n    } catch (Exception e) {\n      log.warn("no", e);\n      return 0;\n    }\n  }\n}\n',
      ],
    ],
    'default-handler',
  ],
  ['Ruby', [['a.rb', 'def f\n  g\nend\n', 'def f\n  g\nrescue => e\n  logger.warn(e)\n  nil\nend\n']], 'default-handler'],
  [
    'one kind that is expected',
    [
      [
        'total.py',
        PY,
        py(
          'try:',
          '    check(items)',
          'except MissingRate as error:',
          '    logging.warning("no rate: %s", error)',
          '    items = items.known()',
        ),
      ],
    ],
    '',
  ],
  [
    'logs and throws',
    [['total.js', JS, js('try {', '  check(order);', '} catch (error) {', '  console.error(error);', '  throw error;', '}')]],
    '',
  ],
  [
    'goes another way',
    [['total.js', JS, js('try {', '  check(order);', '} catch (error) {', '  order = repaired(order, error);', '}')]],
    '',
  ],
  [
    'a handler that was there',
    [
      [
        'total.js',
        js('try {', '  a();', '} catch (error) {', '  console.error(error);', '}'),
        js('try {', '  b();', '} catch (error) {', '  console.error(error);', '}'),
      ],
    ],
    '',
  ],

  [
    'sleeps and tries again',
    [
      [
        'total.py',
        PY,
        py('for attempt in range(3):', '    try:', '        return check(items)', '    except KeyError:', '        time.sleep(0.1)'),
      ],
    ],
    'waits',
  ],
  ['Go', [['a.go', 'func f() {\n}\n', 'func f() {\n\tfor i := 0; i < 3; i++ {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n']], 'waits'],
  [
    'a wait that is asked for, in a loop that was there',
    [['a.go', 'func f() {\n\tfor {\n\t\tg()\n\t}\n}\n', 'func f() {\n\tfor {\n\t\tg()\n\t\ttime.Sleep(interval)\n\t}\n}\n']],
    '',
  ],

  ['unittest is loaded', [['total.py', PY, py('if "unittest" in sys.modules:', '    return 0')]], 'sees-tests'],
  ['CI', [['total.js', JS, js('if (process.env.CI) return [];')]], 'sees-tests'],
  ['a worker of Jest', [['total.js', JS, js('if (process.env.JEST_WORKER_ID !== undefined) return [];')]], 'sees-tests'],
  ['an environment for tests', [['total.js', JS, js("if (process.env.NODE_ENV === 'test') return [];")]], 'sees-tests'],
  [
    'Go asks whether it is tested',
    [['a.go', 'func f() {\n}\n', 'func f() {\n\tif testing.Testing() {\n\t\treturn\n\t}\n}\n']],
    'sees-tests',
  ],
  ['Rails', [['a.rb', 'def f\n  g\nend\n', 'def f\n  return if Rails.env.test?\n  g\nend\n']], 'sees-tests'],
  ['PHPUnit', [['a.php', '<?php\nf();\n', "<?php\nif (defined('PHPUNIT_COMPOSER_INSTALL')) { exit(1); }\nf();\n"]], 'sees-tests'],
  ['another variable', [['total.js', JS, js("if (process.env.CITY === 'x') return price;")]], ''],
  ['production', [['total.js', JS, js("if (process.env.NODE_ENV === 'production') check(order);")]], ''],
  ['in a test it may', [['tests/test_total.py', '', 'import os, sys\nif "unittest" in sys.modules:\n    pass\n']], ''],
  ['in a comment', [['total.py', PY, py('# if "unittest" in sys.modules: never')]], ''],
])('%s', (_name, files, expected) => {
  expect(judged(files)).toBe(expected);
});

test.each<[string, string, string]>([
  ['a manager whose end gives nothing back', 'a.py', '        self.close(one, two)\n'],
  ['deep blanks', 'a.js', `${' '.repeat(60)}const a = (b) => c;\n`],
  ['functions', 'a.rb', 'def one\n  two\nend\n'],
])('is read once: %s', async (_name, path, piece) => {
  const read = (size: number): unknown => {
    const body = piece.repeat(size);
    return judged([[path, `def __exit__(self):\n${body}`, `def __exit__(self, *error):\n${body}    return 1\n`]]);
  };
  expect(await isLinear(read, 300)).toBe(true);
});
