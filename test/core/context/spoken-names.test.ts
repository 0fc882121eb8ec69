// What an event speaks of without a frame: which files that means, and where it is left alone.
import { chooseFiles } from '../../../src/core/context/rank.ts';
import { lineSaying, namedByLogger, namedTemplates, sayingOf } from '../../../src/core/context/spoken-names.ts';
import { indexPaths } from '../../../src/core/repository/paths.ts';

const PATHS = [
  'src/main/java/com/acme/pay/Gateway.java',
  'src/main/java/com/acme/ship/Gateway.java',
  'src/main/java/com/acme/pay/Bill.kt',
  'app/pay.py',
  'app/ship/__init__.py',
  'src/Shop/Orders.cs',
  'lib/util.js',
  'shop/templates/cart.html',
  'a/templates/list.html',
  'b/templates/list.html',
  'app/views/orders/show.html.erb',
];
const INDEX = indexPaths(PATHS);

test.each<[string, string, readonly string[]]>([
  ['a class as a logger', 'ERROR 1 --- [nio-1] com.acme.pay.Gateway : refused order 4711', ['src/main/java/com/acme/pay/Gateway.java']],
  ['shortened by a pattern', 'ERROR c.a.ship.Gateway - refused', ['src/main/java/com/acme/ship/Gateway.java']],
  [
    'shortened so that two fit',
    'ERROR c.a.p.Gateway c.a.s.Gateway',
    ['src/main/java/com/acme/pay/Gateway.java', 'src/main/java/com/acme/ship/Gateway.java'],
  ],
  ['Kotlin', 'com.acme.pay.Bill: no rate', ['src/main/java/com/acme/pay/Bill.kt']],
  ['a Python module', '2026-01-02 ERROR app.pay payment refused', ['app/pay.py']],
  ['a Python package', 'ERROR:app.ship:no carrier', ['app/ship/__init__.py']],
  ['a .NET namespace', 'fail: Shop.Orders[0] no rate', ['src/Shop/Orders.cs']],
  ['a class of nobody here', 'ERROR org.hibernate.SQL refused', []],
  ['another package of the same name', 'ERROR com.other.Gateway refused', []],
  ['a word with a dot', 'see example.org or v1.2 of lib.util.x', []],
])('the logger: %s', (_name, text, expected) => {
  expect(namedByLogger(text, INDEX)).toEqual(expected);
});

test.each<[string, string, readonly string[]]>([
  ['in quotes', 'return render(request, "cart.html")', ['shop/templates/cart.html']],
  ['with its folder', "TemplateNotFound: 'a/templates/list.html'", ['a/templates/list.html']],
  ['one of two', 'in list.html', []],
  ['with two extensions', 'rendering (orders/show.html.erb)', ['app/views/orders/show.html.erb']],
])('a template: %s', (_name, text, expected) => {
  expect(namedTemplates(text, INDEX)).toEqual(expected);
});

test.each<[string, string | undefined]>([
  ['payment gateway refused order 4711', 'payment gateway refused order'],
  ['app.pay payment gateway refused order 4711', 'payment gateway refused order'],
  ['could not reach "db-1:5432": giving up after 3 tries', 'could not reach'],
  ['failed', undefined],
  ['order 4711 failed', undefined],
])('the words of the programmer in %j', (message, expected) => {
  expect(sayingOf(message)).toBe(expected);
});

test('the line of the words', () => {
  expect([lineSaying('refused', 'a\n  log("refused %s")\n'), lineSaying('taken', 'a\n')]).toEqual([2, undefined]);
});

test('with a frame that leads to a file, names of loggers are not looked at', () => {
  const event = {
    language: 'java',
    text: 'com.acme.pay.Gateway refused',
    frames: [{ file: 'lib/util.js', line: 1, inApp: true }],
  } as const;
  const entries = PATHS.map((path) => ({ path }));
  expect(chooseFiles(event, entries).files.map(({ path }) => path)).toEqual(['lib/util.js']);
  expect(chooseFiles({ ...event, frames: [] }, entries).files.map(({ path }) => path)).toEqual(['src/main/java/com/acme/pay/Gateway.java']);
});
