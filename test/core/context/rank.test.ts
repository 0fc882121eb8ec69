// Which files an event points to, in which order, and what fits into a prompt.
import { chooseFiles } from '../../../src/core/context/rank.ts';
import type { Frame } from '../../../src/core/model.ts';
import { isDoneWithin } from '../../support/processor-time.ts';

const PATHS = [
  'src/cart.js',
  'src/main.js',
  'src/orders.ts',
  'src/cli.ts',
  'lib/real.js',
  'packages/api/src/util.js',
  'packages/web/src/util.js',
  'app/orders/service.py',
  'app/billing/__init__.py',
  'service/src/main/java/com/acme/orders/Order.java',
  'service/src/main/java/com/acme/billing/Order.java',
  'web/src/main/kotlin/com/acme/Main.kt',
  'internal/store/store.go',
  'config/app.json',
  'express/index.js',
  'src/util/text.ts',
  'test/util/text.js',
  'src/pages/help.ts',
];
const ENTRIES = PATHS.map((path) => ({ path }));

const at = (file: string, line: number | null = 1, more: Partial<Frame> = {}): Frame => ({ file, line, inApp: true, ...more });
const installed = (file: string): Frame => at(file, 5, { inApp: false });
const choose = (frames: readonly Frame[], text = '', options = {}) =>
  chooseFiles({ frames, language: 'none', text }, ENTRIES, options).files;

test.each<[string, readonly Frame[], readonly (readonly [string, number | null])[]]>([
  [
    'nearest first',
    [at('/app/src/cart.js', 7), at('/app/src/main.js', 30)],
    [
      ['src/cart.js', 7],
      ['src/main.js', 30],
    ],
  ],
  [
    'a file once, at its nearest line',
    [at('src/cart.js', 7), at('src/main.js', 3), at('src/cart.js', 99)],
    [
      ['src/cart.js', 7],
      ['src/main.js', 3],
    ],
  ],
  ['file URL', [at('file:///srv/x/src/cart.js', 7)], [['src/cart.js', 7]]],
  ['a query of a bundler', [at('webpack-internal:///./src/cart.js?a1b2', 7)], [['src/cart.js', 7]]],
  ['windows', [at('C:\\svc\\src\\cart.js', 7)], [['src/cart.js', 7]]],
  [
    'of two files that fit equally, both, after what is sure',
    [at('/app/src/util.js', 7), at('/app/src/main.js', 3)],
    [
      ['src/main.js', 3],
      ['packages/api/src/util.js', 7],
      ['packages/web/src/util.js', 7],
    ],
  ],
  ['not in the repository', [at('/app/src/other.js')], []],
  [
    'a common name in a directory that the repository does not have, beside a file that it has',
    [at('/app/internal/store/store.go', 8), at('/app/cmd/run/Order.java', 12)],
    [['internal/store/store.go', 8]],
  ],
  ['outside', [at('../../src/cart.js')], []],
  [
    'Java by package',
    [at('Order.java', 12, { function: 'com.acme.billing.Order.total' })],
    [['service/src/main/java/com/acme/billing/Order.java', 12]],
  ],
  [
    'Java by package, with a module',
    [at('Order.java', 12, { function: 'shop.jar//com.acme.orders.Order.<init>' })],
    [['service/src/main/java/com/acme/orders/Order.java', 12]],
  ],
  [
    'Java, inner class',
    [at('Order.java', 12, { function: 'com.acme.orders.Order$Line.cents' })],
    [['service/src/main/java/com/acme/orders/Order.java', 12]],
  ],
  ['Kotlin', [at('Main.kt', 4, { function: 'com.acme.MainKt.main' })], [['web/src/main/kotlin/com/acme/Main.kt', 4]]],
  [
    'Java without its package fits two',
    [at('Order.java', 12)],
    [
      ['service/src/main/java/com/acme/orders/Order.java', 12],
      ['service/src/main/java/com/acme/billing/Order.java', 12],
    ],
  ],
  ['Java of another package is not ours', [at('com/other/Order.java', 12)], []],
  ['Python module', [at('app.orders.service', 3)], [['app/orders/service.py', 3]]],
  ['Python package', [at('app.billing', 3)], [['app/billing/__init__.py', 3]]],
  ['Go, with the module before', [at('/go/src/github.com/acme/shop/internal/store/store.go', 8)], [['internal/store/store.go', 8]]],
  ['compiled TypeScript', [at('/app/dist/orders.js', 8)], [['src/orders.ts', null]]],
  ['compiled TypeScript of another name', [at('/app/build/cli.js', 8)], [['src/cli.ts', null]]],
  ['compiled to a directory of any name, one name in common', [at('/app/libesm/orders.js', 8)], []],
  ['a bundle at an address', [at('https://shop.example/libesm/pages/help.js', 8)], []],
  ['a package', [at('/app/node_modules/other/libesm/util/text.js', 8)], []],
  ['compiled to a directory of any name', [at('/app/libesm/pages/help.js', 8)], [['src/pages/help.ts', null]]],
  [
    'compiled, and a test called as it is',
    [at('/app/libesm/util/text.js', 8)],
    [
      ['src/util/text.ts', null],
      ['test/util/text.js', null],
    ],
  ],
  ['the test itself', [at('/app/test/util/text.js', 8)], [['test/util/text.js', 8]]],
  ['a file that only looks compiled', [at('/app/lib/real.js', 8)], [['lib/real.js', 8]]],
  ['frames of packages are not files of ours', [installed('/app/node_modules/express/index.js'), at('src/main.js')], [['src/main.js', 1]]],
  [
    'a library’s file of the same name, and nothing else in common',
    [installed('/opt/kit/cart.js'), at('src/main.js')],
    [['src/main.js', 1]],
  ],
  [
    'a frame taken for a library that is ours comes after',
    [installed('/usr/local/src/cart.js'), at('src/main.js', 2)],
    [
      ['src/main.js', 2],
      ['src/cart.js', 5],
    ],
  ],
])('chooseFiles: %s', (_name, frames, expected) => {
  expect(choose(frames).map(({ path, line }) => [path, line])).toEqual(expected);
});

test.each([
  ['a path in the text', 'cannot parse config/app.json: line 3', [['config/app.json', null]]],
  ['a file and a line', 'failed at cart.js:12 again', [['src/cart.js', 12]]],
  ['a bare name is no path', 'cart.js is fine', []],
  ['a host is no file', 'connect to db.internal:5432', []],
  ['a file of a package', 'node_modules/express/index.js:12', []],
])('mentioned: %s', (_name, text, expected) => {
  expect(choose([], text).map(({ path, line }) => [path, line])).toEqual(expected);
});

test('frames come before what is mentioned', () => {
  expect(choose([at('src/main.js')], 'see src/cart.js and src/main.js').map(({ path, role }) => `${role} ${path}`)).toEqual([
    'nearest src/main.js',
    'mentioned src/cart.js',
  ]);
});

test('the directory of the application decides where several fit', () => {
  expect(choose([at('/app/src/util.js')], '', { subdir: 'packages/api' }).map(({ path }) => path)).toEqual(['packages/api/src/util.js']);
});

test('no more files than the limit', () => {
  expect(choose([at('src/cart.js'), at('src/main.js'), at('src/orders.ts')], '', { limit: 2 })).toHaveLength(2);
});

test('what a stranger writes is read in time', async () => {
  const read = (): void => {
    choose([], 'a/'.repeat(500_000));
    choose([], 'a.'.repeat(500_000));
    for (const piece of ['dist/', 'node_modules/', 'a@v1/', '../../', '%2e/', 'site-packages/', '/', 'src/main/java/', 'a.b'])
      choose(Array.from({ length: 5000 }, () => at(`${piece.repeat(200_000)}x.js`, 1, { function: 'A.b'.repeat(1000) })));
    for (const piece of ['dist/', 'node_modules/', 'a@v1/', '../../', '%2e/', 'site-packages/', '/', 'src/main/java/', 'a.b'])
      choose(Array.from({ length: 5000 }, (_, line) => at(`${piece.repeat(Math.floor(1000 / piece.length))}cart.js`, line)));
  };
  expect(await isDoneWithin(60_000, read)).toBe(true);
});

test('thirty thousand files and sixty frames take no time to speak of', async () => {
  const many = Array.from({ length: 30_000 }, (_, n) => ({
    path: `packages/p${n % 300}/src/d${Math.floor(n / 300)}/index${n % 10 === 0 ? '' : n}.ts`,
  }));
  const frames = Array.from({ length: 60 }, (_, n) => at(`/app/packages/p${10 * n}/dist/d7/index.js`, n + 1));
  const read = (): void => {
    const { files } = chooseFiles({ frames, language: 'javascript', text: '' }, many);
    expect(files[0]!.path).toBe('packages/p0/src/d7/index.ts');
  };
  expect(await isDoneWithin(60_000, read)).toBe(true);
});
