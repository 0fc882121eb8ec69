// Crash logs in the words of each language's runtime, as programs write them in containers, bundles and monorepos; the
// files of the repository they came from; and the file that a person would open first.

export interface Row {
  readonly name: string;
  readonly log: string;
  readonly files: readonly string[];
  /** Text of manifests among the files. */
  readonly manifests?: Readonly<Record<string, string>>;
  readonly subdir?: string;
  /** The file with the bug. */
  readonly bug: string;
}

const node = (message: string, ...frames: readonly string[]): string =>
  [`TypeError: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n');
const python = (...frames: readonly (readonly [file: string, line: number, name: string])[]): string =>
  [
    'Traceback (most recent call last):',
    ...frames.flatMap(([file, line, name]) => [`  File "${file}", line ${line}, in ${name}`, '    return work(order)']),
    "KeyError: 'price'",
  ].join('\n');
const java = (...frames: readonly string[]): string =>
  ['Exception in thread "main" java.lang.IllegalStateException: no price', ...frames.map((frame) => `\tat ${frame}`)].join('\n');
const go = (...frames: readonly (readonly [name: string, place: string])[]): string =>
  [
    'panic: runtime error: index out of range [3] with length 3',
    '',
    'goroutine 1 [running]:',
    ...frames.flatMap(([name, place]) => [`${name}(0x1)`, `\t${place} +0x1d`]),
  ].join('\n');
const ruby = (first: string, ...more: readonly string[]): string =>
  [`${first}: undefined method \`price' for nil:NilClass (NoMethodError)`, ...more.map((frame) => `\tfrom ${frame}`)].join('\n');
const php = (file: string, line: number, ...frames: readonly string[]): string =>
  [
    `PHP Fatal error:  Uncaught TypeError: no price in ${file}:${line}`,
    'Stack trace:',
    ...frames.map((frame, at) => `#${at} ${frame}`),
    `#${frames.length} {main}`,
    `  thrown in ${file} on line ${line}`,
  ].join('\n');
const dotnet = (...frames: readonly string[]): string =>
  ['Unhandled exception. System.InvalidOperationException: no price', ...frames.map((frame) => `   at ${frame}`)].join('\n');
const rust = (place: string, ...frames: readonly string[]): string =>
  [`thread 'main' panicked at ${place}:`, 'no price', 'stack backtrace:', ...frames].join('\n');
const elixir = (...frames: readonly string[]): string =>
  ['** (KeyError) key :price not found in: %{}', ...frames.map((frame) => `    ${frame}`)].join('\n');
const dart = (...frames: readonly string[]): string =>
  ['Unhandled exception:', 'Bad state: no price', ...frames.map((frame, at) => `#${at}      ${frame}`)].join('\n');

const SHOP_JS = [
  'src/cart.js',
  'src/main.js',
  'src/pricing.js',
  'src/routes/orders.js',
  'test/cart.test.js',
  'test/pricing.test.js',
  'package.json',
  'README.md',
];
const SHOP_TS = [
  'src/cart.ts',
  'src/main.ts',
  'src/orders/index.ts',
  'src/orders/store.ts',
  'src/util.ts',
  'package.json',
  'tsconfig.json',
  'test/cart.test.ts',
];
const MONO_TS = [
  'packages/api/src/server.ts',
  'packages/api/src/util.ts',
  'packages/api/src/orders.ts',
  'packages/api/package.json',
  'packages/web/src/server.ts',
  'packages/web/src/util.ts',
  'packages/web/src/App.tsx',
  'packages/web/package.json',
  'packages/rates/src/index.ts',
  'packages/rates/src/table.ts',
  'packages/rates/package.json',
  'package.json',
];
const DJANGO = [
  'manage.py',
  'acme/settings.py',
  'acme/urls.py',
  'acme/orders/models.py',
  'acme/orders/views.py',
  'acme/orders/tests/test_views.py',
  'acme/billing/models.py',
  'acme/billing/views.py',
  'acme/billing/tests/test_views.py',
  'requirements.txt',
];
const SRC_PY = [
  'src/acme/__init__.py',
  'src/acme/orders.py',
  'src/acme/cli.py',
  'src/acme/json/decoder.py',
  'tests/test_orders.py',
  'pyproject.toml',
];
const MONO_PY = [
  'services/orders/app/main.py',
  'services/orders/app/models.py',
  'services/orders/app/store.py',
  'services/billing/app/main.py',
  'services/billing/app/models.py',
  'services/billing/app/invoice.py',
  'libs/common/common/money.py',
];
const SPRING = [
  'pom.xml',
  'orders/src/main/java/com/acme/orders/OrderService.java',
  'orders/src/main/java/com/acme/orders/Util.java',
  'orders/src/test/java/com/acme/orders/OrderServiceTest.java',
  'billing/src/main/java/com/acme/billing/Invoice.java',
  'billing/src/main/java/com/acme/billing/Util.java',
  'web/src/main/java/com/acme/web/OrderController.java',
  'web/src/main/kotlin/com/acme/web/Main.kt',
];
const KOTLIN = [
  'src/main/kotlin/Main.kt',
  'src/main/kotlin/orders/OrderService.kt',
  'src/main/kotlin/billing/Invoice.kt',
  'src/test/kotlin/orders/OrderServiceTest.kt',
];
const GO = [
  'go.mod',
  'main.go',
  'internal/store/store.go',
  'internal/store/store_test.go',
  'internal/orders/orders.go',
  'internal/orders/decode.go',
  'cmd/worker/main.go',
];
const GO_MOD = { 'go.mod': 'module acme.dev/shop\n\ngo 1.22\n' };
const GO_MONO = [
  'services/orders/go.mod',
  'services/orders/main.go',
  'services/orders/store/store.go',
  'services/billing/go.mod',
  'services/billing/main.go',
  'services/billing/store/store.go',
];
const GO_MONO_MODS = { 'services/orders/go.mod': 'module acme.dev/orders\n', 'services/billing/go.mod': 'module acme.dev/billing\n' };
const RAILS = [
  'app/models/order.rb',
  'app/models/invoice.rb',
  'app/controllers/orders_controller.rb',
  'app/controllers/api/orders_controller.rb',
  'lib/pricing.rb',
  'spec/models/order_spec.rb',
  'config/application.rb',
  'config.ru',
];
const LARAVEL = [
  'app/Models/Order.php',
  'app/Http/Controllers/OrderController.php',
  'app/Services/Pricing.php',
  'app/Services/Billing/Pricing.php',
  'public/index.php',
  'tests/Unit/PricingTest.php',
  'artisan',
];
const CSHARP = [
  'src/Acme.Orders/OrderService.cs',
  'src/Acme.Orders/Util.cs',
  'src/Acme.Billing/Invoice.cs',
  'src/Acme.Billing/Util.cs',
  'test/Acme.Orders.Tests/OrderServiceTests.cs',
  'Acme.sln',
];
const CRATE = ['Cargo.toml', 'src/main.rs', 'src/lib.rs', 'src/orders/mod.rs', 'src/orders/price.rs', 'tests/price.rs'];
const WORKSPACE = [
  'Cargo.toml',
  'crates/shop-orders/src/lib.rs',
  'crates/shop-orders/src/price.rs',
  'crates/shop-billing/src/lib.rs',
  'crates/shop-billing/src/price.rs',
  'crates/cli/src/main.rs',
];
const PHOENIX = [
  'mix.exs',
  'lib/shop/orders.ex',
  'lib/shop/application.ex',
  'lib/shop_web/controllers/order_controller.ex',
  'test/shop/orders_test.exs',
];
const UMBRELLA = [
  'mix.exs',
  'apps/shop/lib/shop/orders.ex',
  'apps/shop/lib/shop/application.ex',
  'apps/mailer/lib/mailer/orders.ex',
  'apps/mailer/lib/mailer/application.ex',
];
const FLUTTER = ['pubspec.yaml', 'lib/main.dart', 'lib/orders.dart', 'lib/src/price.dart', 'test/orders_test.dart'];

export const ROWS: readonly Row[] = [
  // ------------------------------------------------------------ JavaScript
  {
    name: 'node in /app',
    log: node('no price', 'total (/app/src/cart.js:7:10)', 'main (/app/src/main.js:3:1)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  { name: 'node in /usr/src/app', log: node('no price', 'total (/usr/src/app/src/cart.js:7:10)'), files: SHOP_JS, bug: 'src/cart.js' },
  {
    name: 'node in /workspace',
    log: node('no price', 'total (/workspace/src/pricing.js:7:10)', 'x (/workspace/src/cart.js:1:1)'),
    files: SHOP_JS,
    bug: 'src/pricing.js',
  },
  {
    name: 'node on AWS Lambda',
    log: node('no price', 'Runtime.handler (/var/task/src/routes/orders.js:7:10)'),
    files: SHOP_JS,
    bug: 'src/routes/orders.js',
  },
  { name: 'modules have URLs', log: node('no price', 'total (file:///srv/shop/src/cart.js:7:10)'), files: SHOP_JS, bug: 'src/cart.js' },
  {
    name: 'a space in a URL',
    log: node('no price', 'total (file:///srv/my%20shop/web%20app/cart.js:7:10)'),
    files: ['web app/cart.js', 'web/cart.js'],
    bug: 'web app/cart.js',
  },
  {
    name: 'node on Windows',
    log: node('no price', 'total (C:\\svc\\shop\\src\\cart.js:7:10)', 'main (C:\\svc\\shop\\src\\main.js:7:10)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'below a library',
    log: node(
      'no price',
      'parse (/app/node_modules/qs/lib/parse.js:7:10)',
      'order (/app/src/routes/orders.js:12:4)',
      'next (/app/node_modules/express/lib/router/layer.js:95:5)',
    ),
    files: [...SHOP_JS, 'lib/parse.js'],
    bug: 'src/routes/orders.js',
  },
  {
    name: 'pnpm',
    log: node(
      'no price',
      'f (/app/node_modules/.pnpm/qs@6.1.0/node_modules/qs/lib/parse.js:7:10)',
      'order (/app/src/routes/orders.js:12:4)',
    ),
    files: [...SHOP_JS, 'lib/parse.js'],
    bug: 'src/routes/orders.js',
  },
  {
    name: 'an internal frame first',
    log: node(
      'no price',
      'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
      'async total (/app/src/cart.js:7:10)',
    ),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'the root cause',
    log: [
      'Error: order failed',
      '    at order (/app/src/routes/orders.js:9:9)',
      '    at main (/app/src/main.js:2:1) {',
      '  [cause]: TypeError: no price',
      '      at price (/app/src/pricing.js:4:2)',
      '      at order (/app/src/routes/orders.js:7:9)',
      '}',
    ].join('\n'),
    files: SHOP_JS,
    bug: 'src/pricing.js',
  },
  {
    name: 'compiled to dist',
    log: node('no price', 'total (/app/dist/cart.js:7:10)', 'main (/app/dist/main.js:1:1)'),
    files: SHOP_TS,
    bug: 'src/cart.ts',
  },
  { name: 'compiled to dist/src', log: node('no price', 'total (/app/dist/src/cart.js:7:10)'), files: SHOP_TS, bug: 'src/cart.ts' },
  {
    name: 'compiled to build, nested',
    log: node('no price', 'get (/app/build/orders/store.js:7:10)'),
    files: SHOP_TS,
    bug: 'src/orders/store.ts',
  },
  {
    name: 'compiled to a directory of any name, tests called as what they test',
    log: node('no price', 'trim (/srv/node/app/libesm/util/text.js:7:10)', 'get (/srv/node/app/libesm/orders/store.js:7:10)'),
    files: [...SHOP_TS, 'src/util/text.ts', 'test/util/text.js', 'test/orders/store.js'],
    bug: 'src/util/text.ts',
  },
  {
    name: 'compiled of a workspace, to a directory of any name',
    log: node('no price', 'f (/repo/packages/web/es2022/pages/cart.js:3:1)'),
    files: [...MONO_TS, 'packages/web/src/pages/cart.tsx'],
    bug: 'packages/web/src/pages/cart.tsx',
  },
  {
    name: 'an index that was compiled',
    log: node('no price', 'list (/app/dist/orders/index.js:7:10)'),
    files: [...SHOP_TS, 'src/index.ts', 'src/users/index.ts'],
    bug: 'src/orders/index.ts',
  },
  {
    name: 'dist is in the repository too',
    log: node('no price', 'total (/app/dist/cart.js:7:10)'),
    files: [...SHOP_TS, 'dist/cart.js', 'dist/main.js'],
    bug: 'src/cart.ts',
  },
  {
    name: 'ESM output',
    log: node('no price', 'total (file:///app/dist/cart.mjs:7:10)'),
    files: ['src/cart.mts', 'src/main.mts'],
    bug: 'src/cart.mts',
  },
  {
    name: 'lib that is source',
    log: node('no price', 'total (/app/lib/cart.js:7:10)'),
    files: ['lib/cart.js', 'lib/main.js', 'index.js', 'test/cart.js'],
    bug: 'lib/cart.js',
  },
  {
    name: 'a workspace of a monorepo in its own image',
    log: node('no price', 'f (/app/src/util.ts:3:1)', 'main (/app/src/orders.ts:9:1)'),
    files: MONO_TS,
    bug: 'packages/api/src/util.ts',
  },
  {
    name: 'the other workspace',
    log: node('no price', 'f (/app/src/util.ts:3:1)', 'App (/app/src/App.tsx:9:1)'),
    files: MONO_TS,
    bug: 'packages/web/src/util.ts',
  },
  {
    name: 'the directory that is configured',
    log: node('no price', 'f (/app/src/server.ts:3:1)'),
    files: MONO_TS,
    subdir: 'packages/web',
    bug: 'packages/web/src/server.ts',
  },
  {
    name: 'dist of a workspace',
    log: node('no price', 'f (/repo/packages/web/dist/server.js:3:1)'),
    files: MONO_TS,
    bug: 'packages/web/src/server.ts',
  },
  {
    name: 'a workspace below node_modules',
    log: node('no price', 'rate (/app/node_modules/@acme/rates/dist/table.js:3:1)', 'f (/app/dist/orders.js:3:1)'),
    files: MONO_TS,
    manifests: { 'packages/rates/package.json': '{\n  "name": "@acme/rates"\n}\n', 'packages/api/package.json': '{"name":"@acme/api"}' },
    bug: 'packages/rates/src/table.ts',
  },
  { name: 'webpack', log: node('no price', 'total (webpack://shop/./src/cart.js:7:10)'), files: SHOP_JS, bug: 'src/cart.js' },
  { name: 'webpack-internal', log: node('no price', 'total (webpack-internal:///./src/cart.js:7:10)'), files: SHOP_JS, bug: 'src/cart.js' },
  {
    name: 'webpack with a content hash',
    log: node('no price', 'total (webpack:///./src/cart.js?a1b2:7:10)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'webpack, out of the package',
    log: node('no price', 'total (webpack://web/../rates/src/table.ts:7:10)'),
    files: MONO_TS,
    bug: 'packages/rates/src/table.ts',
  },
  {
    name: 'Next.js',
    log: node('no price', 'Page (webpack-internal:///(rsc)/./app/orders/page.tsx:7:10)'),
    files: ['app/orders/page.tsx', 'app/page.tsx', 'app/layout.tsx', 'next.config.js'],
    bug: 'app/orders/page.tsx',
  },
  {
    name: 'Next.js, built',
    log: node('no price', 'Page (/app/.next/server/app/orders/page.js:1:900)'),
    files: ['app/orders/page.tsx', 'app/page.tsx', 'app/layout.tsx'],
    bug: 'app/orders/page.tsx',
  },
  {
    name: 'turbopack',
    log: node('no price', 'Page (turbopack:///[project]/app/orders/page.tsx:7:10)'),
    files: ['app/orders/page.tsx', 'app/page.tsx'],
    bug: 'app/orders/page.tsx',
  },
  {
    name: 'vite',
    log: node('no price', 'App (http://localhost:5173/src/App.tsx?t=1700000000000:7:10)'),
    files: MONO_TS,
    bug: 'packages/web/src/App.tsx',
  },
  {
    name: 'vite, out of its root',
    log: node('no price', 'rate (http://localhost:5173/@fs/home/u/shop/packages/rates/src/table.ts:7:10)'),
    files: MONO_TS,
    bug: 'packages/rates/src/table.ts',
  },
  {
    name: 'Firefox',
    log: 'TypeError: no price\ntotal@https://shop.example/src/cart.js:7:10\nmain@https://shop.example/src/main.js:1:1',
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'a test calls it',
    log: node('no price', 'total (/app/src/cart.js:7:10)', 'Object.<anonymous> (/app/test/cart.test.js:3:1)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'thrown in the test itself',
    log: node('expected 3, got 4', 'check (/app/test/cart.test.js:12:3)', 'total (/app/src/cart.js:7:10)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'a checkout of a runner',
    log: node('no price', 'total (/home/runner/work/shop/shop/src/cart.js:7:10)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'a release directory',
    log: node('no price', 'total (/srv/www/shop/releases/20260301101112/src/cart.js:7:10)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'the place of another frame, though a namesake is nearer to it',
    log: node('no price', 'f (/app/util.js:1:1)', 'g (/app/plugins/y/lib/hook.js:2:2)'),
    files: ['server/plugins/y/util.js', 'server/plugins/y/lib/hook.js', 'server/util.js'],
    bug: 'server/util.js',
  },
  {
    name: 'nothing but nearness tells',
    log: node('no price', 'f (/srv/x/util.ts:1:1)', 'App (webpack://shop/./src/App.tsx:2:2)'),
    files: MONO_TS,
    bug: 'packages/web/src/util.ts',
  },
  // ------------------------------------------------------------ Python
  {
    name: 'Django',
    log: python(
      ['/usr/local/lib/python3.12/site-packages/django/core/handlers/base.py', 197, 'get_response'],
      ['/app/acme/orders/views.py', 9, 'show'],
      ['/app/acme/orders/models.py', 4, 'price'],
    ),
    files: DJANGO,
    bug: 'acme/orders/models.py',
  },
  {
    name: 'Django, the other application',
    log: python(['/code/acme/billing/views.py', 9, 'show'], ['/code/acme/billing/models.py', 4, 'price']),
    files: DJANGO,
    bug: 'acme/billing/models.py',
  },
  {
    name: 'below a library',
    log: python(['/app/acme/orders/views.py', 9, 'show'], ['/usr/local/lib/python3.12/json/decoder.py', 355, 'raw_decode']),
    files: [...DJANGO, 'acme/decoder.py'],
    bug: 'acme/orders/views.py',
  },
  {
    name: 'a virtual environment beside it',
    log: python(
      ['/srv/shop/acme/orders/views.py', 9, 'show'],
      ['/srv/shop/.venv/lib/python3.12/site-packages/requests/models.py', 1, 'json'],
    ),
    files: [...DJANGO, 'models.py'],
    bug: 'acme/orders/views.py',
  },
  {
    name: 'src layout, in place',
    log: python(['/app/src/acme/cli.py', 3, 'main'], ['/app/src/acme/orders.py', 9, 'price']),
    files: SRC_PY,
    bug: 'src/acme/orders.py',
  },
  {
    name: 'src layout, installed',
    log: python(
      ['/usr/local/bin/acme', 8, '<module>'],
      ['/usr/local/lib/python3.12/site-packages/acme/cli.py', 3, 'main'],
      ['/usr/local/lib/python3.12/site-packages/acme/orders.py', 9, 'price'],
    ),
    files: SRC_PY,
    bug: 'src/acme/orders.py',
  },
  {
    name: 'flat, relative',
    log: python(['main.py', 3, '<module>'], ['orders.py', 9, 'price']),
    files: ['main.py', 'orders.py', 'README.md'],
    bug: 'orders.py',
  },
  {
    name: 'AWS Lambda',
    log: python(['/var/task/handler.py', 3, 'handle'], ['/var/task/shop/orders.py', 9, 'price']),
    files: ['handler.py', 'shop/orders.py', 'shop/__init__.py', 'serverless.yml'],
    bug: 'shop/orders.py',
  },
  {
    name: 'monorepo, by the files of the callers',
    log: python(['/app/app/main.py', 3, 'main'], ['/app/app/store.py', 9, 'get'], ['/app/app/models.py', 9, 'price']),
    files: MONO_PY,
    bug: 'services/orders/app/models.py',
  },
  {
    name: 'monorepo, by the directory of the image',
    log: python(['/srv/billing/app/main.py', 3, 'main'], ['/srv/billing/app/models.py', 9, 'price']),
    files: MONO_PY,
    bug: 'services/billing/app/models.py',
  },
  {
    name: 'monorepo, by configuration',
    log: python(['/app/app/main.py', 3, 'main'], ['/app/app/models.py', 9, 'price']),
    files: MONO_PY,
    subdir: 'services/billing',
    bug: 'services/billing/app/models.py',
  },
  {
    name: 'bazel',
    log: python([
      '/root/.cache/bazel/_bazel_root/1/execroot/_main/bazel-out/k8-fastbuild/bin/services/orders/app/main.runfiles/_main/services/orders/app/store.py',
      9,
      'get',
    ]),
    files: MONO_PY,
    bug: 'services/orders/app/store.py',
  },
  { name: 'pex', log: python(['/root/.pex/unzipped_pexes/0a1b/acme/orders.py', 9, 'price']), files: SRC_PY, bug: 'src/acme/orders.py' },
  {
    name: 'a chain',
    log: `${python(['/app/src/acme/orders.py', 9, 'price'])}\n\nThe above exception was the direct cause of the following exception:\n\n${python(['/app/src/acme/cli.py', 3, 'main'])}`,
    files: SRC_PY,
    bug: 'src/acme/orders.py',
  },
  { name: 'Windows', log: python(['C:\\inetpub\\shop\\acme\\orders\\views.py', 9, 'show']), files: DJANGO, bug: 'acme/orders/views.py' },
  // ------------------------------------------------------------ Java, Kotlin
  {
    name: 'Spring, several modules',
    log: java(
      'com.acme.orders.OrderService.place(OrderService.java:42)',
      'com.acme.web.OrderController.post(OrderController.java:17)',
      'org.springframework.web.method.HandlerMethod.invoke(HandlerMethod.java:1)',
    ),
    files: SPRING,
    bug: 'orders/src/main/java/com/acme/orders/OrderService.java',
  },
  {
    name: 'the same name in two packages',
    log: java('com.acme.billing.Util.round(Util.java:4)', 'com.acme.orders.OrderService.place(OrderService.java:42)'),
    files: SPRING,
    bug: 'billing/src/main/java/com/acme/billing/Util.java',
  },
  {
    name: 'an inner class',
    log: java('com.acme.orders.OrderService$Line.cents(OrderService.java:80)'),
    files: SPRING,
    bug: 'orders/src/main/java/com/acme/orders/OrderService.java',
  },
  {
    name: 'a lambda',
    log: java(
      'com.acme.billing.Invoice.lambda$total$0(Invoice.java:8)',
      'java.base/java.util.ArrayList.forEach(ArrayList.java:1511)',
      'com.acme.billing.Invoice.total(Invoice.java:7)',
    ),
    files: SPRING,
    bug: 'billing/src/main/java/com/acme/billing/Invoice.java',
  },
  {
    name: 'a class loader and a module in front',
    log: java('app//com.acme.billing.Invoice.total(Invoice.java:7)'),
    files: SPRING,
    bug: 'billing/src/main/java/com/acme/billing/Invoice.java',
  },
  {
    name: 'a class of a library of the same company',
    log: java('com.acme.lib.Util.check(Util.java:4)', 'com.acme.web.OrderController.post(OrderController.java:17)'),
    files: SPRING,
    bug: 'web/src/main/java/com/acme/web/OrderController.java',
  },
  {
    name: 'without debug information',
    log: java('com.acme.billing.Invoice.total(Unknown Source)', 'com.acme.web.OrderController.post(Unknown Source)'),
    files: SPRING,
    bug: 'billing/src/main/java/com/acme/billing/Invoice.java',
  },
  {
    name: 'the root cause',
    log: `${java('com.acme.web.OrderController.post(OrderController.java:17)')}\nCaused by: java.lang.NullPointerException: no price\n\tat com.acme.billing.Invoice.total(Invoice.java:7)\n\t... 1 more`,
    files: SPRING,
    bug: 'billing/src/main/java/com/acme/billing/Invoice.java',
  },
  { name: 'Kotlin', log: java('com.acme.web.MainKt.main(Main.kt:4)'), files: SPRING, bug: 'web/src/main/kotlin/com/acme/web/Main.kt' },
  {
    name: 'Kotlin without the common folders',
    log: java('com.acme.orders.OrderService.place(OrderService.kt:9)', 'com.acme.MainKt.main(Main.kt:4)'),
    files: KOTLIN,
    bug: 'src/main/kotlin/orders/OrderService.kt',
  },
  {
    name: 'Kotlin, a coroutine',
    log: java(
      'com.acme.billing.Invoice$total$1.invokeSuspend(Invoice.kt:12)',
      'kotlin.coroutines.jvm.internal.BaseContinuationImpl.resumeWith(ContinuationImpl.kt:33)',
    ),
    files: KOTLIN,
    bug: 'src/main/kotlin/billing/Invoice.kt',
  },
  // ------------------------------------------------------------ Go
  {
    name: 'Go, where it was built',
    log: go(['acme.dev/shop/internal/store.Get', '/src/internal/store/store.go:12'], ['main.main', '/src/main.go:5']),
    files: GO,
    manifests: GO_MOD,
    bug: 'internal/store/store.go',
  },
  {
    name: 'Go, -trimpath',
    log: go(
      ['acme.dev/shop/internal/orders.Total', 'acme.dev/shop/internal/orders/orders.go:12'],
      ['main.main', 'acme.dev/shop/main.go:5'],
    ),
    files: GO,
    manifests: GO_MOD,
    bug: 'internal/orders/orders.go',
  },
  {
    name: 'Go, -trimpath, below the standard library',
    log: go(
      ['encoding/json.Unmarshal', 'encoding/json/decode.go:100'],
      ['acme.dev/shop/internal/orders.Total', 'acme.dev/shop/internal/orders/orders.go:12'],
    ),
    files: GO,
    manifests: GO_MOD,
    bug: 'internal/orders/orders.go',
  },
  {
    name: 'Go, -trimpath, below another module',
    log: go(
      ['github.com/acme/kit/store.Get', 'github.com/acme/kit@v1.2.3/store/store.go:100'],
      ['acme.dev/shop/internal/orders.Total', 'acme.dev/shop/internal/orders/orders.go:12'],
    ),
    files: GO,
    manifests: GO_MOD,
    bug: 'internal/orders/orders.go',
  },
  {
    name: 'Go, GOPATH',
    log: go(['acme.dev/shop/internal/orders.Total', '/go/src/acme.dev/shop/internal/orders/orders.go:12']),
    files: GO,
    manifests: GO_MOD,
    bug: 'internal/orders/orders.go',
  },
  {
    name: 'Go, one of two main files',
    log: go(['main.main', '/src/cmd/worker/main.go:12']),
    files: GO,
    manifests: GO_MOD,
    bug: 'cmd/worker/main.go',
  },
  {
    name: 'Go, several modules',
    log: go(['acme.dev/billing/store.Get', 'acme.dev/billing/store/store.go:12'], ['main.main', 'acme.dev/billing/main.go:5']),
    files: GO_MONO,
    manifests: GO_MONO_MODS,
    bug: 'services/billing/store/store.go',
  },
  {
    name: 'Go, several modules, absolute',
    log: go(['acme.dev/billing/store.Get', '/app/store/store.go:12'], ['main.main', '/app/main.go:5']),
    files: GO_MONO,
    manifests: GO_MONO_MODS,
    bug: 'services/billing/store/store.go',
  },
  // ------------------------------------------------------------ Ruby, PHP
  {
    name: 'Rails',
    log: ruby(
      "/app/app/models/order.rb:12:in `price'",
      "/app/app/controllers/orders_controller.rb:4:in `show'",
      "/usr/local/bundle/gems/actionpack-7.1.0/lib/action_controller/metal/basic_implicit_render.rb:6:in `send_action'",
    ),
    files: RAILS,
    bug: 'app/models/order.rb',
  },
  {
    name: 'Rails, one of two controllers',
    log: ruby("/app/app/controllers/api/orders_controller.rb:4:in `show'"),
    files: RAILS,
    bug: 'app/controllers/api/orders_controller.rb',
  },
  {
    name: 'Capistrano',
    log: ruby(
      "/var/www/shop/releases/20260301/lib/pricing.rb:12:in `round'",
      "/var/www/shop/releases/20260301/app/models/order.rb:3:in `price'",
    ),
    files: RAILS,
    bug: 'lib/pricing.rb',
  },
  {
    name: 'below a gem',
    log: ruby("/usr/local/bundle/gems/money-6.0/lib/pricing.rb:12:in `round'", "/app/app/models/invoice.rb:3:in `price'"),
    files: RAILS,
    bug: 'app/models/invoice.rb',
  },
  {
    name: 'Laravel',
    log: php(
      '/var/www/html/app/Services/Pricing.php',
      12,
      '/var/www/html/app/Http/Controllers/OrderController.php(9): App\\Services\\Pricing->total()',
      '/var/www/html/vendor/laravel/framework/src/Illuminate/Routing/Controller.php(54): show()',
    ),
    files: LARAVEL,
    bug: 'app/Services/Pricing.php',
  },
  {
    name: 'PHP below vendor',
    log: php(
      '/var/www/html/vendor/acme/kit/Models/Order.php',
      12,
      '/var/www/html/app/Services/Billing/Pricing.php(9): Kit\\Order->price()',
    ),
    files: LARAVEL,
    bug: 'app/Services/Billing/Pricing.php',
  },
  // ------------------------------------------------------------ .NET
  {
    name: '.NET in a container',
    log: dotnet(
      'Acme.Orders.OrderService.Place(Order order) in /src/src/Acme.Orders/OrderService.cs:line 12',
      'Program.<Main>$(String[] args) in /src/Program.cs:line 3',
    ),
    files: CSHARP,
    bug: 'src/Acme.Orders/OrderService.cs',
  },
  {
    name: '.NET on Windows',
    log: dotnet('Acme.Billing.Util.Round(Decimal d) in C:\\agent\\_work\\1\\s\\src\\Acme.Billing\\Util.cs:line 12'),
    files: CSHARP,
    bug: 'src/Acme.Billing/Util.cs',
  },
  {
    name: '.NET, deterministic',
    log: dotnet('Acme.Billing.Invoice.Total() in /_/src/Acme.Billing/Invoice.cs:line 12'),
    files: CSHARP,
    bug: 'src/Acme.Billing/Invoice.cs',
  },
  {
    name: '.NET without symbols',
    log: dotnet('Acme.Orders.OrderService.<PlaceAsync>d__3.MoveNext()', 'System.Runtime.CompilerServices.TaskAwaiter.GetResult()'),
    files: CSHARP,
    bug: 'src/Acme.Orders/OrderService.cs',
  },
  {
    name: '.NET without symbols, one of two',
    log: dotnet('Acme.Billing.Util.Round(Decimal d)'),
    files: CSHARP,
    bug: 'src/Acme.Billing/Util.cs',
  },
  {
    name: '.NET without symbols, the namespace tells',
    log: dotnet('Acme.Billing.Util.Round(Decimal d)', 'Program.<Main>$(String[] args) in /src/Program.cs:line 3'),
    files: CSHARP,
    bug: 'src/Acme.Billing/Util.cs',
  },
  // ------------------------------------------------------------ Rust
  {
    name: 'Rust',
    log: rust(
      'src/orders/price.rs:12:9',
      '   0: rust_begin_unwind',
      '             at /rustc/0a1b2c/library/std/src/panicking.rs:645:5',
      '   1: shop::orders::price::total',
      '             at ./src/orders/price.rs:12:9',
      '   2: shop::main',
      '             at ./src/main.rs:4:5',
    ),
    files: CRATE,
    bug: 'src/orders/price.rs',
  },
  {
    name: 'Rust, below a crate',
    log: rust(
      '/usr/local/cargo/registry/src/index.crates.io-6f17d22bba15001f/rust_decimal-1.0/src/price.rs:12:9',
      '   1: rust_decimal::price::total',
      '             at /usr/local/cargo/registry/src/index.crates.io-6f17d22bba15001f/rust_decimal-1.0/src/price.rs:12:9',
      '   2: shop::main',
      '             at ./src/main.rs:4:5',
    ),
    files: CRATE,
    bug: 'src/main.rs',
  },
  {
    name: 'Rust workspace',
    log: rust(
      'crates/shop-billing/src/price.rs:12:9',
      '   1: shop_billing::price::total',
      '             at ./crates/shop-billing/src/price.rs:12:9',
    ),
    files: WORKSPACE,
    bug: 'crates/shop-billing/src/price.rs',
  },
  {
    name: 'Rust, a crate of a workspace by itself',
    log: rust('src/price.rs:12:9', '   1: shop_orders::price::total', '             at ./src/price.rs:12:9'),
    files: WORKSPACE,
    bug: 'crates/shop-orders/src/price.rs',
  },
  {
    name: 'Rust, another crate of it by itself',
    log: rust('src/price.rs:12:9', '   1: shop_billing::price::total', '             at ./src/price.rs:12:9'),
    files: WORKSPACE,
    bug: 'crates/shop-billing/src/price.rs',
  },
  // ------------------------------------------------------------ Elixir, Dart
  {
    name: 'Elixir',
    log: elixir(
      '(shop 0.1.0) lib/shop/orders.ex:12: Shop.Orders.price/1',
      '(phoenix 1.7.0) lib/phoenix/router.ex:430: Phoenix.Router.__call__/5',
    ),
    files: PHOENIX,
    bug: 'lib/shop/orders.ex',
  },
  {
    name: 'Elixir, an umbrella',
    log: elixir('(mailer 0.1.0) lib/mailer/application.ex:12: Mailer.Application.start/2'),
    files: UMBRELLA,
    bug: 'apps/mailer/lib/mailer/application.ex',
  },
  {
    name: 'Dart',
    log: dart('total (package:shop/orders.dart:12:5)', 'main (package:shop/main.dart:3:1)'),
    files: FLUTTER,
    manifests: { 'pubspec.yaml': 'name: shop\nversion: 1.0.0\n' },
    bug: 'lib/orders.dart',
  },
  {
    name: 'Dart, below a package',
    log: dart('get (package:http/src/price.dart:12:5)', 'total (package:shop/orders.dart:12:5)'),
    files: FLUTTER,
    manifests: { 'pubspec.yaml': 'name: shop\n' },
    bug: 'lib/orders.dart',
  },
  // ------------------------------------------------------------ no trace
  { name: 'a place in a message', log: '2026-03-01T10:00:00Z ERROR order failed at src/cart.js:7', files: SHOP_JS, bug: 'src/cart.js' },
  {
    name: 'a module in place of a file',
    log: '{"level":"error","time":"2026-03-01T10:00:00Z","message":"no price","stack":"Traceback (most recent call last):\\n  File \\"/app/acme/orders/views.py\\", line 9, in show\\nKeyError: 1"}',
    files: DJANGO,
    bug: 'acme/orders/views.py',
  },
  // ------------------------------------------------------------ where the crash is not the bug, or the file is not named
  {
    name: 'a check throws, its caller is wrong',
    log: node('no price', 'assertPositive (/app/src/pricing.js:7:10)', 'total (/app/src/cart.js:7:10)'),
    files: SHOP_JS,
    bug: 'src/cart.js',
  },
  {
    name: 'one bundle without a map',
    log: node('no price', 'o (/app/server.js:1:90000)', 'i (/app/server.js:1:1000)'),
    files: SHOP_TS,
    bug: 'src/cart.ts',
  },
];
