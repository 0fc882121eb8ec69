// A small program of each language with one crash, and tests of it: some meet the crash, the others are red for another
// reason and try to look as if they did.

export interface Language {
  readonly name: string;
  /** A program that has to be there, with arguments that make it end well. */
  readonly needs: readonly string[];
  /** Slow ones run in the slow lane. */
  readonly isSlow?: true;
  readonly files: Readonly<Record<string, string>>;
  /** Dies of the bug, and writes the log. */
  readonly dies: string;
  readonly runsTests: string;
  readonly testFile: string;
  /** Text of the test file by what it does. */
  readonly tests: Readonly<Record<Kind, string>>;
}

/** What a test does, and whether that shows the error of the log. */
export const KINDS = {
  'calls it': true,
  'calls it through a helper of the test': true,
  'raises the same error itself': false,
  'hands over a function that raises the same error': false,
  'prints the trace of the log': false,
  'meets the same type in another function of the file': false,
  'asserts another thing': false,
} as const;
export type Kind = keyof typeof KINDS;

const PY = (body: string): string => `import json\nfrom shop.cart import total, first\n\n\n${body}`;
const python = (name: string, needs: readonly string[], runsTests: string): Language => ({
  name,
  needs,
  files: {
    'shop/__init__.py': '',
    'tests/__init__.py': '',
    'shop/cart.py':
      '"""Sums."""\n\n\ndef total(items, rate):\n    sum = 0\n    for item in items:\n        factor = rate(item)\n        sum += item["price"] * factor\n    return sum\n\n\ndef first(items):\n    return items[0]["price"]\n',
    'main.py': 'from shop.cart import total\n\ntotal([{"name": "tea"}], lambda item: 1)\n',
  },
  dies: 'python3 main.py',
  runsTests,
  testFile: 'tests/test_cart.py',
  tests: of((body, extra = '') =>
    PY(`${extra}import unittest\n\n\nclass Cart(unittest.TestCase):\n    def test_it(self):\n${indented(body, 8)}`),
  )({
    'calls it': 'self.assertEqual(total([{"name": "x"}], lambda item: 1), 0)',
    'calls it through a helper of the test': [
      'self.assertEqual(run([{}]), 0)',
      'def run(items):\n    return total(items, lambda item: 2)\n\n\n',
    ],
    'raises the same error itself': 'raise KeyError("price")',
    'hands over a function that raises the same error': ['total([{"price": 1}], bad)', 'def bad(item):\n    raise KeyError("price")\n\n\n'],
    'prints the trace of the log': 'print(open("app.log").read())\nself.assertTrue(False)',
    'meets the same type in another function of the file': 'self.assertEqual(first([{}]), 0)',
    'asserts another thing': 'self.assertEqual(total([], lambda item: 1), 7)',
  }),
});

const javascript: Language = {
  name: 'JavaScript, node:test',
  needs: ['node', '--version'],
  files: {
    'package.json': '{"type":"module"}\n',
    'src/cart.js':
      '// Sums.\n\nexport async function total(items, rate) {\n  let sum = 0;\n  for (const item of items) {\n    const factor = rate(item);\n    await null;\n    sum += item.price.amount * factor;\n  }\n  return sum;\n}\n\nexport const first = (items) => {\n  return items[0].price.amount;\n};\n',
    'main.js': "import { total } from './src/cart.js';\n\nawait total([{ name: 'tea' }], () => 1);\n",
  },
  dies: 'node main.js',
  runsTests: 'node --test',
  testFile: 'test/cart.test.js',
  tests: of(
    (body, extra = '') =>
      `import assert from 'node:assert/strict';\nimport { readFileSync } from 'node:fs';\nimport { test } from 'node:test';\nimport { first, total } from '../src/cart.js';\n\n${extra}test('it', async () => {\n${indented(body, 2)}});\n`,
  )({
    'calls it': 'assert.equal(await total([{}], () => 1), 0);',
    'calls it through a helper of the test': [
      'await assert.doesNotReject(() => run([{}]));',
      'const run = async (items) => total(items, () => 2);\n',
    ],
    'raises the same error itself': 'throw new TypeError("Cannot read properties of undefined (reading \'amount\')");',
    'hands over a function that raises the same error': [
      'await total([{ price: { amount: 1 } }], bad);',
      "const bad = () => {\n  throw new TypeError('bad');\n};\n",
    ],
    'prints the trace of the log': "console.log(readFileSync('app.log', 'utf8'));\nassert.ok(false);",
    'meets the same type in another function of the file': 'assert.equal(first([{}]), 0);',
    'asserts another thing': 'assert.equal(await total([], () => 1), 7);',
  }),
};

const ruby: Language = {
  name: 'Ruby, Minitest',
  needs: ['ruby', '-rminitest', '-e', ''],
  files: {
    'lib/cart.rb':
      '# Sums.\n\ndef total(items, rate)\n  sum = 0\n  items.each do |item|\n    factor = rate.call(item)\n    sum += item[:price].amount * factor\n  end\n  sum\nend\n\ndef first(items)\n  items[0][:price].amount\nend\n',
    'main.rb': "require_relative 'lib/cart'\n\ntotal([{ name: 'tea' }], ->(_item) { 1 })\n",
  },
  dies: 'ruby main.rb',
  runsTests: 'ruby -Ilib -Itest test/cart_test.rb',
  testFile: 'test/cart_test.rb',
  tests: of(
    (body, extra = '') =>
      `require 'minitest/autorun'\nrequire 'cart'\n\n${extra}class CartTest < Minitest::Test\n  def test_it\n${indented(body, 4)}  end\nend\n`,
  )({
    'calls it': 'assert_equal 0, total([{}], ->(_item) { 1 })',
    'calls it through a helper of the test': [
      'assert_equal 0, run_it([{}])',
      'def run_it(items)\n  total(items, ->(_item) { 2 })\nend\n\n',
    ],
    'raises the same error itself': 'raise NoMethodError, "undefined method `amount\' for nil:NilClass"',
    'hands over a function that raises the same error': 'total([{ price: 1 }], ->(_item) { raise NoMethodError, "bad" })',
    'prints the trace of the log': "puts File.read('app.log')\nassert false",
    'meets the same type in another function of the file': 'assert_equal 0, first([{}])',
    'asserts another thing': 'assert_equal 7, total([], ->(_item) { 1 })',
  }),
};

const php: Language = {
  name: 'PHP, PHPUnit',
  needs: ['phpunit', '--version'],
  files: {
    'src/cart.php':
      '<?php\n\nfunction line(string $name): string\n{\n    return strtoupper($name);\n}\n\nfunction total(array $items, callable $rate): string\n{\n    $sum = "";\n    foreach ($items as $item) {\n        $rate($item);\n        $sum .= strrev($item["name"]);\n    }\n    return $sum;\n}\n\nfunction first(array $items): string\n{\n    return strrev($items[0]);\n}\n',
    'main.php': '<?php\nrequire __DIR__ . "/src/cart.php";\ntotal([["name" => []]], fn ($item) => 1);\n',
  },
  dies: 'php -d display_errors=stderr -d log_errors=0 main.php',
  runsTests: 'phpunit tests',
  testFile: 'tests/CartTest.php',
  tests: of(
    (body, extra = '') =>
      `<?php\nuse PHPUnit\\Framework\\TestCase;\nrequire_once __DIR__ . '/../src/cart.php';\n\nfinal class CartTest extends TestCase\n{\n    public function testIt(): void\n    {\n${indented(body, 8)}    }\n${indented(extra, 4)}}\n`,
  )({
    'calls it': '$this->assertSame("", total([["name" => []]], fn ($item) => 1));',
    'calls it through a helper of the test': [
      '$this->assertSame("", $this->go([["name" => []]]));',
      'private function go(array $items): string\n{\n    return total($items, fn ($item) => 2);\n}\n',
    ],
    'raises the same error itself': 'throw new TypeError("strrev(): Argument #1 ($string) must be of type string, array given");',
    'hands over a function that raises the same error': 'total([["name" => "a"]], function ($item) {\n    throw new TypeError("bad");\n});',
    'prints the trace of the log': 'fwrite(STDERR, file_get_contents("app.log"));\n$this->assertTrue(false);',
    'meets the same type in another function of the file': '$this->assertSame("", first([[]]));',
    'asserts another thing': '$this->assertSame("7", total([], fn ($item) => 1));',
  }),
};

const go: Language = {
  name: 'Go',
  needs: ['go', 'version'],
  files: {
    'go.mod': 'module example.org/shop\n\ngo 1.21\n',
    'cart/cart.go':
      'package cart\n\ntype Item struct{ Price *int }\n\n//go:noinline\nfunc Total(items []Item, rate func(Item) int) int {\n\tsum := 0\n\tfor _, item := range items {\n\t\tfactor := rate(item)\n\t\tsum += *item.Price * factor\n\t}\n\treturn sum\n}\n\n//go:noinline\nfunc First(items []Item) int {\n\treturn *items[0].Price\n}\n',
    'main.go':
      'package main\n\nimport "example.org/shop/cart"\n\nfunc main() {\n\tcart.Total([]cart.Item{{}}, func(cart.Item) int { return 1 })\n}\n',
  },
  dies: 'go run .',
  runsTests: 'go test ./...',
  testFile: 'cart/cart_test.go',
  tests: of(
    (body, extra = '') =>
      `package cart\n\nimport (\n\t"os"\n\t"testing"\n)\n\nvar _ = os.Args\n\nfunc one(Item) int { return 1 }\n\n${extra}func TestIt(t *testing.T) {\n${indented(body, 4)}}\n`,
  )({
    'calls it': 'if Total([]Item{{}}, one) != 0 { t.Fatal("not 0") }',
    'calls it through a helper of the test': ['if run() != 0 { t.Fatal("not 0") }', 'func run() int { return Total([]Item{{}}, one) }\n\n'],
    'raises the same error itself': 'var p *int\nt.Log(*p)',
    'hands over a function that raises the same error': 'v := 1\nTotal([]Item{{&v}}, func(i Item) int { var p *int; return *p })',
    'prints the trace of the log': 'b, _ := os.ReadFile("../app.log")\nos.Stderr.Write(b)\nt.Fatal("no")',
    'meets the same type in another function of the file': 'if First([]Item{{}}) != 0 { t.Fatal("not 0") }',
    'asserts another thing': 'if Total(nil, one) != 7 { t.Fatal("not 7") }',
  }),
};

const rust: Language = {
  name: 'Rust',
  needs: ['cargo', '--version'],
  isSlow: true,
  files: {
    'Cargo.toml':
      '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\npath = "src/lib.rs"\n\n[[bin]]\nname = "main"\npath = "src/main.rs"\n',
    'src/lib.rs': 'pub mod cart;\n',
    'src/cart.rs':
      '//! Sums.\n\npub fn total(items: &[Option<i64>], rate: fn(i64) -> i64) -> i64 {\n    let mut sum = 0;\n    for item in items {\n        sum += rate(1);\n        sum += item.unwrap();\n    }\n    sum\n}\n\npub fn first(items: &[Option<i64>]) -> i64 {\n    items[0].unwrap()\n}\n',
    'src/main.rs': 'fn main() {\n    shop::cart::total(&[None], |x| x);\n}\n',
  },
  dies: 'cargo run -q --bin main',
  runsTests: 'cargo test --quiet --no-fail-fast',
  testFile: 'tests/cart_test.rs',
  tests: of(
    (body, extra = '') => `use shop::cart::{first, total};\n\n${extra}#[test]\nfn it() {\n    let _ = first;\n${indented(body, 4)}}\n`,
  )({
    'calls it': 'assert_eq!(total(&[None], |x| x), 1);',
    'calls it through a helper of the test': [
      'assert_eq!(run(&[None]), 1);',
      'fn run(items: &[Option<i64>]) -> i64 {\n    total(items, |x| x)\n}\n\n',
    ],
    'raises the same error itself': 'let none: Option<i64> = None;\nassert_eq!(none.unwrap() + total(&[], |x| x), 1);',
    'hands over a function that raises the same error': 'total(&[Some(1)], |_| { let none: Option<i64> = None; none.unwrap() });',
    'prints the trace of the log': 'eprintln!("{}", std::fs::read_to_string("app.log").unwrap());\nassert_eq!(total(&[], |x| x), 9);',
    'meets the same type in another function of the file': 'assert_eq!(first(&[None]), 1);',
    'asserts another thing': 'assert_eq!(total(&[], |x| x), 7);',
  }),
};

const java: Language = {
  name: 'Java, JUnit 4',
  needs: ['javac', '-version'],
  isSlow: true,
  files: {
    'src/shop/Cart.java':
      'package shop;\n\nimport java.util.List;\nimport java.util.Map;\nimport java.util.function.Function;\n\npublic final class Cart {\n    public static int total(List<Map<String, Integer>> items, Function<Map<String, Integer>, Integer> rate) {\n        int sum = 0;\n        for (Map<String, Integer> item : items) {\n            int factor = rate.apply(item);\n            sum += item.get("price").intValue() * factor;\n        }\n        return sum;\n    }\n\n    public static int first(List<Map<String, Integer>> items) {\n        return items.get(0).get("price").intValue();\n    }\n}\n',
    'src/shop/Main.java':
      'package shop;\n\nimport java.util.List;\nimport java.util.Map;\n\npublic final class Main {\n    public static void main(String[] args) {\n        Cart.total(List.of(Map.of("name", 1)), item -> 1);\n    }\n}\n',
    'test.sh':
      'set -e\nmkdir -p classes\nlibraries=/usr/share/java/junit4.jar:/usr/share/java/hamcrest-core.jar\njavac -d classes -cp "$libraries" $(find src test -name "*.java")\njava -cp "classes:$libraries" org.junit.runner.JUnitCore shop.CartTest\n',
  },
  dies: 'mkdir -p classes && javac -d classes src/shop/*.java && java -cp classes shop.Main',
  runsTests: 'sh test.sh',
  testFile: 'test/shop/CartTest.java',
  tests: of(
    (body, extra = '') =>
      `package shop;\n\nimport static org.junit.Assert.assertEquals;\n\nimport java.nio.file.*;\nimport java.util.List;\nimport java.util.Map;\nimport org.junit.Test;\n\npublic class CartTest {\n    @Test\n    public void it() throws Exception {\n${indented(body, 8)}    }\n${indented(extra, 4)}}\n`,
  )({
    'calls it': 'assertEquals(0, Cart.total(List.of(Map.of()), item -> 1));',
    'calls it through a helper of the test': [
      'assertEquals(0, go(List.of(Map.of())));',
      'private int go(List<Map<String, Integer>> items) {\n    return Cart.total(items, item -> 2);\n}\n',
    ],
    'raises the same error itself': 'throw new NullPointerException();',
    'hands over a function that raises the same error':
      'Cart.total(List.of(Map.of("price", 1)), item -> { throw new NullPointerException("bad"); });',
    'prints the trace of the log': 'System.err.println(Files.readString(Path.of("app.log")));\nassertEquals(1, 2);',
    'meets the same type in another function of the file': 'assertEquals(0, Cart.first(List.of(Map.of())));',
    'asserts another thing': 'assertEquals(7, Cart.total(List.of(), item -> 1));',
  }),
};

export const LANGUAGES: readonly Language[] = [
  python('Python, unittest', ['python3', '--version'], 'python3 -m unittest discover -s tests -t .'),
  python('Python, pytest', ['python3', '-m', 'pytest', '--version'], 'python3 -m pytest -q'),
  javascript,
  ruby,
  php,
  go,
  rust,
  java,
];

type Body = string | readonly [body: string, extra: string];

/** Puts each body into the frame of its language. */
function of(frame: (body: string, extra?: string) => string) {
  return (bodies: Readonly<Record<Kind, Body>>): Language['tests'] =>
    Object.fromEntries(
      Object.entries(bodies).map(([kind, body]) => [kind, typeof body === 'string' ? frame(body) : frame(body[0], body[1])]),
    ) as Language['tests'];
}

function indented(text: string, by: number): string {
  if (text === '') return '';
  return `${text
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`)
    .join('\n')}\n`;
}
