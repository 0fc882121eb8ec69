// The tests beside a file, and the files it imports.
import { importsOf, isTest, testsOf } from '../../../src/core/context/related-files.ts';
import { indexPaths } from '../../../src/core/repository/paths.ts';
import { isLinear } from '../../support/processor-time.ts';

test.each<[string, string, readonly string[], readonly string[]]>([
  ['beside it', 'src/cart.ts', ['src/cart.test.ts', 'test/cart.test.ts'], ['src/cart.test.ts']],
  ['in a directory of tests', 'src/cart.js', ['test/cart.test.js', 'test/main.test.js'], ['test/cart.test.js']],
  ['of another ending', 'src/Cart.tsx', ['src/__tests__/Cart.spec.ts'], ['src/__tests__/Cart.spec.ts']],
  ['of the same name, in a directory of tests', 'lib/cart.js', ['test/cart.js', 'docs/cart.js'], ['test/cart.js']],
  ['the mirrored one', 'src/orders/list.ts', ['test/users/list.test.ts', 'test/orders/list.test.ts'], ['test/orders/list.test.ts']],
  ['a common name only near', 'src/orders/index.ts', ['test/users/index.test.ts'], []],
  ['a common name, mirrored', 'src/orders/index.ts', ['test/orders/index.test.ts'], ['test/orders/index.test.ts']],
  ['Python', 'acme/orders.py', ['tests/test_orders.py', 'tests/test_users.py'], ['tests/test_orders.py']],
  ['Python, behind its name', 'acme/orders.py', ['acme/orders_test.py'], ['acme/orders_test.py']],
  ['Java', 'src/main/java/com/acme/Shop.java', ['src/test/java/com/acme/ShopTest.java'], ['src/test/java/com/acme/ShopTest.java']],
  [
    'Java, of the same package',
    'src/main/java/com/acme/Shop.java',
    ['src/test/java/com/other/ShopTest.java', 'src/test/java/com/acme/ShopTest.java'],
    ['src/test/java/com/acme/ShopTest.java'],
  ],
  [
    'Kotlin of Java',
    'src/main/java/com/acme/Shop.java',
    ['src/test/kotlin/com/acme/ShopTest.kt'],
    ['src/test/kotlin/com/acme/ShopTest.kt'],
  ],
  ['Go', 'store/store.go', ['store/store_test.go', 'cache/store_test.go'], ['store/store_test.go']],
  ['Ruby', 'app/models/order.rb', ['spec/models/order_spec.rb'], ['spec/models/order_spec.rb']],
  ['PHP', 'app/Services/Pricing.php', ['tests/Unit/PricingTest.php'], ['tests/Unit/PricingTest.php']],
  ['Rust', 'src/price.rs', ['tests/price.rs', 'benches/price.rs'], ['tests/price.rs']],
  ['Elixir', 'lib/shop/orders.ex', ['test/shop/orders_test.exs'], ['test/shop/orders_test.exs']],
  ['C#', 'src/Acme/OrderService.cs', ['test/Acme.Tests/OrderServiceTests.cs'], ['test/Acme.Tests/OrderServiceTests.cs']],
  ['Dart', 'lib/orders.dart', ['test/orders_test.dart'], ['test/orders_test.dart']],
  ['C++', 'src/cart.cc', ['src/cart_test.cc'], ['src/cart_test.cc']],
  ['Perl', 'lib/Shop/Cart.pm', ['t/cart.t'], ['t/cart.t']],
  ['none', 'src/cart.ts', ['src/main.ts'], []],
  ['a test has none', 'test/cart.test.ts', ['test/cart.test.test.ts'], []],
  ['what is no code has none', 'README.md', ['test/README.md'], []],
])('tests: %s', (_name, path, others, expected) => {
  expect(testsOf(path, indexPaths([path, ...others]))).toEqual(expected);
});

test.each([
  ['src/cart.test.ts', true],
  ['spec/models/order_spec.rb', true],
  ['store/store_test.go', true],
  ['src/test/java/com/acme/Data.java', true],
  ['Acme.Tests/Helper.cs', true],
  ['src/contest.ts', false],
  ['src/latest/cart.ts', false],
  ['src/Credit.java', false],
  ['src/attest.py', false],
])('isTest %s: %s', (path, expected) => {
  expect(isTest(path)).toBe(expected);
});

const FILES = [
  'src/orders/total.ts',
  'src/orders/rates.ts',
  'src/money.ts',
  'src/util/index.ts',
  'src/legacy.js',
  'src/lib/tax.tsx',
  'acme/orders/views.py',
  'acme/orders/models.py',
  'acme/billing/__init__.py',
  'acme/money.py',
  'shop/src/main/java/com/acme/Money.java',
  'app/Models/Order.php',
  'lib/shop/line_item.ex',
  'lib/pricing.rb',
  'include/cart.h',
  'src/price.rs',
];

test.each<[string, string, string, readonly string[]]>([
  ['beside it', 'src/orders/total.ts', "import { rates } from './rates.ts';", ['src/orders/rates.ts']],
  ['TypeScript by the name of what it becomes', 'src/orders/total.ts', "import { rates } from './rates.js';", ['src/orders/rates.ts']],
  ['without ending, above', 'src/orders/total.ts', "export * from '../money';", ['src/money.ts']],
  ['a directory', 'src/orders/total.ts', "import x from '../util';", ['src/util/index.ts']],
  ['require', 'src/orders/total.ts', "const x = require('../legacy');", ['src/legacy.js']],
  ['on demand', 'src/orders/total.ts', "const x = await import('../legacy.js');", ['src/legacy.js']],
  ['by alias', 'src/orders/total.ts', "import { tax } from '@/lib/tax';", ['src/lib/tax.tsx']],
  ['a package', 'src/orders/total.ts', "import express from 'express';", []],
  ['out of the repository', 'src/orders/total.ts', "import x from '../../../../money';", []],
  ['Python, relative', 'acme/orders/views.py', 'from .models import Order', ['acme/orders/models.py']],
  ['Python, above', 'acme/orders/views.py', 'from ..money import Money', ['acme/money.py']],
  ['Python, a module of the package', 'acme/orders/views.py', 'from . import models', ['acme/orders/models.py']],
  ['Python, absolute', 'acme/orders/views.py', 'from acme.billing import invoice', ['acme/billing/__init__.py']],
  ['Python, whole', 'acme/orders/views.py', 'import acme.orders.models', ['acme/orders/models.py']],
  ['Python, a package of others', 'acme/orders/views.py', 'from django.db import models', []],
  ['Java', 'shop/src/main/java/com/acme/Shop.java', 'import com.acme.Money;', ['shop/src/main/java/com/acme/Money.java']],
  ['PHP', 'app/Http/X.php', 'use App\\Models\\Order;', ['app/Models/Order.php']],
  ['Elixir', 'lib/shop/orders.ex', '  alias Shop.LineItem', ['lib/shop/line_item.ex']],
  ['Ruby', 'lib/main.rb', "require_relative 'pricing'", ['lib/pricing.rb']],
  ['C', 'src/cart.c', '#include "cart.h"', ['include/cart.h']],
  ['Rust', 'src/lib.rs', 'mod price;', ['src/price.rs']],
])('imports: %s', (_name, path, line, expected) => {
  expect(importsOf(path, `${line}\n`, indexPaths(FILES), null)).toEqual(expected);
});

test('what is used near the line comes first, and no more than asked for', () => {
  const text = [
    "import { legacy } from '../legacy.js';",
    "import { rates } from './rates.ts';",
    "import { money } from '../money.ts';",
    '',
    '',
    '',
    '',
    '',
    'return money(1);',
  ].join('\n');
  const index = indexPaths(FILES);
  expect(importsOf('src/orders/total.ts', text, index, 9)).toEqual(['src/money.ts', 'src/legacy.js', 'src/orders/rates.ts']);
  expect(importsOf('src/orders/total.ts', text, index, 9, 1)).toEqual(['src/money.ts']);
});

test('a long line without an end is read in time that grows with its length', async () => {
  expect(await isLinear((size) => importsOf('a.ts', `import ${'a.'.repeat(size)}`, indexPaths(FILES), null), 25_000)).toBe(true);
  expect(await isLinear((size) => testsOf(`${'a/'.repeat(size)}b.ts`, indexPaths(FILES)), 25_000)).toBe(true);
});
