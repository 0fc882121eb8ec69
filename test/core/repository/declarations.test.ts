// What a change has lost, by its names and bodies: rows in every language that we read, and what is no loss.
import { declarationsOf } from '../../../src/core/repository/declarations.ts';
import { losses } from '../../../src/core/repository/losses.ts';

test.each<[string, string, readonly string[]]>([
  [
    'a.js',
    'export function f(a) {\n  return a;\n}\nclass C {\n  run(x) {\n    if (x) {\n    }\n  }\n}\nmodule.exports.g = 1;\n',
    ['f', 'C', 'run', 'g'],
  ],
  [
    'a.ts',
    'export const LIMIT = 3;\nexport default async function load(): Promise<void> {\n}\ninterface Order {\n}\n',
    ['LIMIT', 'load', 'Order'],
  ],
  ['r.js', "app.get('/orders', list);\nrouter.post('/orders', add);\n", ["get('/orders'", "post('/orders'"]],
  ['a.test.js', "test('adds', () => {\n});\nit(`works`, () => {\n});\n", ["'adds'", '`works`']],
  ['a.py', 'LIMIT = 3\ndef f(x):\n    pass\nclass C(Base):\n    async def g(self):\n        pass\n', ['LIMIT', 'f', 'C', 'g']],
  ['a.go', 'type Order struct {\n}\nfunc (o *Order) Total() int {\n}\nfunc Load() error {\n}\n', ['Order', 'Total', 'Load']],
  [
    'A.java',
    'public class Orders {\n  private static int total(List<Order> all) throws IOException {\n    for (Order o : all) {\n    }\n  }\n}\n',
    ['Orders', 'total'],
  ],
  ['a.rb', 'class Order\n  def total\n  end\n  def self.load(id)\n  end\nend\n', ['Order', 'total', 'self.load']],
  ['a.rs', 'pub struct Order {\n}\nimpl Order {\n    pub fn total(&self) -> u32 {\n    }\n}\n', ['Order', 'Order', 'total']],
  ['a.php', '<?php\nfinal class Order {\n  public function total(): int {\n  }\n}\n', ['Order', 'total']],
  ['A.cs', 'public class Orders {\n  public async Task<int> TotalAsync(int id) {\n  }\n}\n', ['Orders', 'TotalAsync']],
  ['a.kt', 'data class Order(val id: Int)\nfun total(o: Order): Int {\n}\n', ['Order', 'total']],
  ['a.ex', 'defmodule Shop.Orders do\n  def total(o) do\n  end\n  defp one(o), do: o\nend\n', ['Shop.Orders', 'total', 'one']],
  ['a.cc', 'int Orders::total(int id) const {\n}\n', ['Orders::total']],
  [
    'a.sql',
    'CREATE TABLE orders (\n  id int\n);\ncreate index if not exists by_day on orders (day);\n',
    ['TABLE orders', 'index if not exists by_day'],
  ],
  ['a.css', '.card {\n  color: red;\n}\n#top > a {\n}\n', ['.card', '#top > a']],
  ['a.yml', 'version: 3\nservices:\n  web:\n    image: x\n', ['version', 'services', '  web']],
])('%s', (path, text, names) => {
  expect(declarationsOf(path, text).map(({ name }) => name)).toEqual(names.map((name) => name.trim()));
});

const BASE = `const TAX = 0.2;
export function total(order) {
  const sum = order.lines.reduce((all, line) => all + line.price, 0);
  return sum * (1 + TAX);
}
export function label(order) {
  const name = order.customer.name;
  return name.toUpperCase();
}
function helper(order) {
  log('helping', order.id);
  return order.id + 1;
}
`;
const lost = (after: string, ...more: readonly { path: string; before?: string; after?: string }[]) =>
  losses([{ path: 'orders.js', before: BASE, after }, ...more]).map(({ names }) => names);

test.each<[string, string, string, boolean]>([
  ['an override that only calls its parent', '  on(kind, f) {\n    return super.on(kind, f);\n  }\n', 'a.ts', false],
  ['one that calls another method of it', '  on(kind, f) {\n    return super.once(kind, f);\n  }\n', 'a.ts', true],
  ['one that does more', '  on(kind, f) {\n    this.count += 1;\n    return super.on(kind, f);\n  }\n', 'a.ts', true],
])('lost or inherited: %s', (_name, method, path, isLost) => {
  const before = `export class Queue extends EventEmitter {\n  #next = 0;\n\n${method}\n  push(job) {\n    this.#next += job.weight;\n    return this.#next;\n  }\n}\n`;
  expect(losses([{ path, before, after: before.replace(`${method}\n`, '') }]).length > 0).toBe(isLost);
});

test.each<[string, string, readonly (readonly string[])[]]>([
  ['nothing', BASE.replace('order.lines', '(order.lines ?? [])'), []],
  ['a function, with nothing in its place', BASE.slice(0, BASE.indexOf('export function label')), [['label', 'helper']]],
  ['a function, with words in its place', `${BASE.slice(0, BASE.indexOf('function helper'))}// 此处省略未修改的函数\n`, [['helper']]],
  ['a name, while its body stands', BASE.replace('function helper', 'function nextId'), []],
  ['a constant that nobody names any more', BASE.replace('const TAX = 0.2;\n', '').replace(' * (1 + TAX)', ''), []],
  ['a constant that is still named', BASE.replace('const TAX = 0.2;\n', ''), [['TAX']]],
])('lost: %s', (_name, after, expected) => {
  expect(lost(after)).toEqual(expected);
});

test('what another file of the change has gained is not lost', () => {
  const at = BASE.indexOf('function helper');
  const moved = { path: 'helper.js', after: `export ${BASE.slice(at)}` };
  expect(lost(`import { helper } from './helper.js';\n${BASE.slice(0, at)}`, moved)).toEqual([]);
});

test('a text of no known language: a run of lines that is gone', () => {
  const before = Array.from({ length: 40 }, (_, index) => `entry number ${index} of the list`).join('\n');
  const after = before.split('\n').slice(0, 10).join('\n');
  expect(losses([{ path: 'list.dat', before, after }])).toMatchObject([{ names: null }]);
});

test.each([
  ['called otherwise', "test('a', f);\ntest('c', h);\n", []],
  ['and one more', "test('c', h);\n", [["'a'", "'b'"]]],
])('a test that is gone, %s', (_name, after, expected) => {
  const before = "test('a', f);\ntest('b', g);\n";
  expect(losses([{ path: 'test/a.test.js', before, after }]).map(({ names }) => names)).toEqual(expected);
});

const MODULE = `type Names = ['a', 'b'];

const NAMES: Names[] = [
  ['a', 'b'],
];

export function openErrors(state) {
  return state.openFailures;
}

export function first(state) {
  const names = NAMES[0];
  return state.get(names[0]);
}
`;

test.each<[string, string, readonly (readonly string[])[]]>([
  [
    'called otherwise, and what it says with it',
    MODULE.replace('export function openErrors', 'function errors').replace('openFailures', 'failures'),
    [['openErrors']],
  ],
  ['of its own, called otherwise', MODULE.replace('NAMES[0]', 'named()').concat('\nfunction named() {\n  return NAMES[0];\n}\n'), []],
  [
    'gone, and another one in its place',
    MODULE.replace(/export function openErrors[^}]*\}/, 'export function size(list) {\n  log(1);\n  return list.length;\n}'),
    [['openErrors']],
  ],
  [
    'a table of the file, its type and the use of both',
    `${MODULE.slice(MODULE.indexOf('export function openErrors')).replace('const names = NAMES[0];', '').replace('names[0]', "'a'")}`,
    [],
  ],
  ['a table of the file, while it is still used', MODULE.slice(MODULE.indexOf('export function openErrors')), [['NAMES']]],
  ['made a comment as it is', MODULE.replace(/export function first[^}]*\}/, (text) => text.replace(/^/gm, '// ')), []],
])('a module, %s', (_name, after, expected) => {
  expect(losses([{ path: 'a.ts', before: MODULE, after }]).map(({ names }) => names)).toEqual(expected);
});

test('a name that another file spoke of, and now none, was taken out', () => {
  const manifest = (...names: readonly string[]): string => `{\n${names.map((name) => `  "${name}": "^1.0.0"`).join(',\n')}\n}\n`;
  const files = (after: string): ReturnType<typeof losses> =>
    losses([
      { path: 'package.json', before: manifest('error-inject', 'fresh'), after: manifest('fresh') },
      { path: 'lib/a.js', before: "const inject = require('error-inject');\ninject(x);\n", after },
    ]);
  expect(files('x.once(fail);\n')).toEqual([]);
  expect(files("const inject = require('error-inject');\ninject(x, 1);\n")).toMatchObject([{ names: ['error-inject'] }]);
});

test('of two functions with one name the second one is emptied', () => {
  const of = (body: string): string =>
    `class A {\n  func open() -> Int {\n    return 1\n  }\n}\nclass B {\n  func open() -> Int {\n${body}  }\n}\n`;
  const before = of('    input.open()\n    output.open()\n    return 2\n');
  expect(losses([{ path: 'a.swift', before, after: of('    fatalError("unimplemented")\n') }])).toMatchObject([{ names: ['open'] }]);
});

test.each<[string, string, string, string, number]>([
  [
    'Go: both callers of two functions of the package gave way to one line',
    'a.go',
    'package a\n\nfunc Parse(text string) (string, string) {\n\thost := before(text)\n\tport := after(text)\n\treturn host, port\n}\n\nfunc before(text string) string {\n\treturn text[:strings.Index(text, ":")]\n}\n\nfunc after(text string) string {\n\treturn text[strings.Index(text, ":")+1:]\n}\n',
    'package a\n\nfunc Parse(text string) (string, string) {\n\thost, port, _ := strings.Cut(text, ":")\n\treturn host, port\n}\n',
    0,
  ],
  [
    'C#: a private method that nothing calls',
    'A.cs',
    'class A {\n    public int Of(string key) {\n        return table[key];\n    }\n\n    private int Old() {\n        return table["x"] * 2;\n    }\n}\n',
    'class A {\n    public int Of(string key) {\n        return table.GetValueOrDefault(key);\n    }\n}\n',
    0,
  ],
  [
    'Java: one that something calls by its annotation',
    'A.java',
    'class A {\n    int of(String key) {\n        return table.get(key);\n    }\n\n    @PostConstruct\n    private void fill() {\n        table.put("x", 2);\n    }\n}\n',
    'class A {\n    int of(String key) {\n        return table.getOrDefault(key, 0);\n    }\n}\n',
    1,
  ],
  [
    'JavaScript: what others import is called otherwise, and none of them is in the change',
    'a.js',
    'export function slug(title) {\n  return title.normalize().toLowerCase();\n}\n',
    "export function toSlug(title) {\n  return String(title ?? '').normalize().toLowerCase();\n}\n",
    1,
  ],
])('%s', (_name, path, before, after, lost) => {
  expect(losses([{ path, before, after }])).toHaveLength(lost);
});
