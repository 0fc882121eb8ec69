// Errors as programs of nineteen repositories write them, and whose each is: said before any was routed. `null`: of none, or of
// several, and a guess would be wrong. Frames of eleven languages, containers, bundles, monorepos, files of one name, service names.
import type { Origin } from '../../../src/core/model.ts';

export interface Drawn {
  readonly name: string;
  readonly log: string;
  readonly to: string | null;
  readonly source?: string;
  /** What its record, or its entry in `logs`, says of it, where the text does not. */
  readonly origin?: Origin;
}

interface Owner {
  readonly services: readonly string[];
  readonly paths: readonly string[];
  readonly files: readonly string[];
}

const owner = (services: string, files: string, paths = ''): Owner => ({
  services: services.split(' ').filter(Boolean),
  paths: paths.split(' ').filter(Boolean),
  files: files.split(' '),
});

/** By their names on github.com/acme. */
export const OWNERS: Readonly<Record<string, Owner>> = {
  shop: owner(
    'shop shop-worker',
    'package.json Dockerfile packages/api/src/server.ts packages/api/src/routes/cart.ts packages/api/src/index.ts packages/core/package.json packages/core/src/price.ts packages/core/src/index.ts packages/web/src/App.tsx packages/web/src/index.tsx apps/worker/src/main.ts apps/worker/src/jobs/refund.ts src/index.ts',
  ),
  pay: owner(
    'pay',
    'build.gradle src/main/java/com/acme/pay/PayController.java src/main/java/com/acme/pay/Ledger.java src/main/java/com/acme/common/Money.java src/main/java/com/acme/Application.java src/main/kotlin/com/acme/pay/Refunds.kt',
  ),
  billing: owner(
    'billing billing-cron',
    'pom.xml src/main/java/com/acme/billing/Invoice.java src/main/java/com/acme/billing/Mailer.java src/main/java/com/acme/common/Money.java src/main/java/com/acme/Application.java',
  ),
  ledger: owner('ledger', 'go.mod main.go cmd/ledger/main.go internal/db/db.go internal/post/post.go internal/http/handler.go'),
  stock: owner('stock stock-api', 'go.mod main.go cmd/stock/main.go internal/db/db.go internal/count/count.go internal/http/handler.go'),
  mail: owner(
    'mailer',
    'manage.py setup.py mail/__init__.py mail/models.py mail/views.py mail/tasks.py shared/retry.py config/settings.py',
  ),
  crm: owner('crm crm-web', 'manage.py crm/__init__.py crm/models.py crm/views.py shared/retry.py config/settings.py app/main.py'),
  search: owner('search', 'Cargo.toml src/main.rs src/index/mod.rs src/query/parse.rs crates/rank/src/lib.rs crates/rank/Cargo.toml'),
  feed: owner('feed', 'Cargo.toml src/main.rs src/lib.rs src/query/mod.rs crates/store/src/lib.rs crates/store/Cargo.toml'),
  portal: owner('portal', 'composer.json artisan app/Http/Controllers/OrderController.php app/Models/Order.php routes/web.php'),
  admin: owner('admin', 'composer.json artisan app/Http/Controllers/UserController.php app/Models/Order.php routes/web.php'),
  desk: owner('desk', 'Desk.sln src/Desk.Api/Controllers/TicketsController.cs src/Desk.Api/Program.cs src/Desk.Core/Ticket.cs'),
  storefront: owner(
    'storefront',
    'Gemfile app/models/order.rb app/models/cart.rb app/controllers/orders_controller.rb config/application.rb',
  ),
  legacy: owner('legacy', 'Gemfile app/models/order.rb app/models/coupon.rb config/application.rb lib/export.rb', '/srv/legacy/**'),
  'ui-kit': owner('', 'package.json src/button/Button.tsx src/index.ts src/table/Table.tsx'),
  money: owner('', 'pyproject.toml src/acme_money/__init__.py src/acme_money/round.py tests/test_round.py'),
  gateway: owner('gateway', 'CMakeLists.txt src/main.cpp src/net/socket.cpp src/net/socket.h'),
  game: owner(
    'game',
    'mix.exs lib/game/room.ex lib/game/application.ex lib/game_web/controllers/room_controller.ex lib/game_web/endpoint.ex',
  ),
  tablet: owner('', 'pubspec.yaml lib/main.dart lib/cart/cart_page.dart lib/api/client.dart'),
};

const node = (...frames: readonly string[]): string =>
  ["TypeError: Cannot read properties of undefined (reading 'price')", ...frames.map((frame) => `    at ${frame}`)].join('\n');
const python = (...frames: readonly string[]): string =>
  [
    'Traceback (most recent call last):',
    ...frames.flatMap((file) => [`  File "${file}", line 12, in handle`, '    return work(order)']),
    "KeyError: 'price'",
  ].join('\n');
const java = (...frames: readonly string[]): string =>
  ['Exception in thread "main" java.lang.IllegalStateException: no price', ...frames.map((frame) => `\tat ${frame}`)].join('\n');
const go = (...frames: readonly (readonly [string, string])[]): string =>
  [
    'panic: runtime error: index out of range [3] with length 3',
    '',
    'goroutine 1 [running]:',
    ...frames.flatMap(([name, place]) => [`${name}(0x1)`, `\t${place} +0x1d`]),
  ].join('\n');
const rust = (place: string): string =>
  `thread 'main' panicked at ${place}:\nindex out of bounds: the len is 3 but the index is 3\nnote: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace`;
const ruby = (first: string, ...more: readonly string[]): string =>
  [`${first}: undefined method 'price' for nil (NoMethodError)`, ...more.map((frame) => `\tfrom ${frame}`)].join('\n');
const php = (file: string, ...frames: readonly string[]): string =>
  [
    `PHP Fatal error:  Uncaught TypeError: no price in ${file}:12`,
    'Stack trace:',
    ...frames.map((frame, at) => `#${at} ${frame}`),
    `#${frames.length} {main}`,
    `  thrown in ${file} on line 12`,
  ].join('\n');
const dotnet = (...frames: readonly string[]): string =>
  ['Unhandled exception. System.InvalidOperationException: no price', ...frames.map((frame) => `   at ${frame}`)].join('\n');
const json = (record: object): string => JSON.stringify({ level: 'error', time: '2026-03-01T10:00:00.000Z', ...record });
const pods = (pod: string, container: string): string => `/var/log/pods/prod_${pod}_0b6f-11/${container}/0.log`;

const c = (name: string, to: string | null, log: string, more: Pick<Drawn, 'source' | 'origin'> = {}): Drawn => ({
  name,
  to,
  log,
  ...more,
});

export const DRAWN: readonly Drawn[] = [
  // JavaScript and TypeScript
  c(
    'node-monorepo-container',
    'shop',
    node('total (/app/packages/api/src/routes/cart.ts:14:20)', 'run (/app/packages/api/src/server.ts:30:5)'),
  ),
  c('node-worker-deep', 'shop', node('refund (/usr/src/app/apps/worker/src/jobs/refund.ts:9:3)')),
  c(
    'node-behind-packages',
    'shop',
    node('Layer.handle (/app/node_modules/express/lib/router/layer.js:95:5)', 'total (/app/packages/core/src/price.ts:4:9)'),
  ),
  c('node-index-of-two', null, node('boot (/app/src/index.ts:3:1)')),
  c(
    'node-index-with-service',
    'shop',
    json({ service: 'shop', err: { type: 'TypeError', message: 'no price', stack: node('boot (/app/src/index.ts:3:1)') } }),
  ),
  c('node-index-then-own', 'ui-kit', node('boot (/app/src/index.ts:3:1)', 'render (/app/src/table/Table.tsx:30:2)')),
  c('node-bare-index', null, node('boot (/srv/server.js:3:1)')),
  c('node-dist-compiled', 'shop', node('total (/app/packages/api/dist/routes/cart.js:14:20)')),
  c('node-dist-bundle', null, node('t (/app/dist/server.js:1:20714)')),
  c('node-bundle-pod', 'shop', node('t (/app/dist/server.js:1:20714)'), { source: pods('shop-7d9f-x2', 'shop') }),
  c('browser-bundle', null, node('e (https://cdn.example.org/assets/index-3fa2c1.js:1:20714)')),
  c('browser-webpack', 'ui-kit', node('Button (webpack:///./src/button/Button.tsx:21:4)')),
  c('browser-webpack-scoped', 'shop', node('App (webpack://web/./packages/web/src/App.tsx:21:4)')),
  c(
    'library-installed',
    'shop',
    node('Button (/app/node_modules/@acme/ui-kit/dist/button/Button.js:21:4)', 'total (/app/packages/web/src/App.tsx:8:2)'),
  ),
  c('file-url', 'shop', node('file:///home/ci/build/packages/core/src/price.ts:4:9')),
  c('windows-node', 'shop', node('total (C:\\svc\\shop\\packages\\api\\src\\routes\\cart.ts:14:20)')),
  c(
    'service-of-other',
    null,
    json({
      service: 'feed',
      err: { type: 'TypeError', message: 'no price', stack: node('total (/app/packages/api/src/routes/cart.ts:14:20)') },
    }),
  ),
  c(
    'service-stranger',
    null,
    json({ service: 'analytics', err: { type: 'TypeError', message: 'x', stack: node('boot (/app/packages/core/src/index.ts:3:1)') } }),
  ),
  c(
    'service-worker-name',
    'shop',
    json({
      'service.name': 'shop-worker',
      msg: 'job failed',
      err: { type: 'Error', message: 'boom', stack: node('run (/app/main.js:1:1)') },
    }),
  ),
  c('next-chunk', null, node('e (/app/.next/server/chunks/413.js:1:5120)')),
  // Java and Kotlin
  c(
    'java-own-package',
    'pay',
    java('com.acme.pay.PayController.charge(PayController.java:41)', 'com.acme.Application.main(Application.java:9)'),
  ),
  c('java-common-then-own', 'billing', java('com.acme.common.Money.add(Money.java:12)', 'com.acme.billing.Invoice.sum(Invoice.java:80)')),
  c('java-common-alone', null, java('com.acme.common.Money.add(Money.java:12)')),
  c(
    'java-common-service',
    'pay',
    json({
      service: 'pay',
      message: 'failed',
      stack_trace: java('com.acme.common.Money.add(Money.java:12)').replace('Exception in thread "main" ', ''),
    }),
  ),
  c(
    'java-library-first',
    'pay',
    java(
      'java.base/java.util.Objects.requireNonNull(Objects.java:233)',
      'org.springframework.web.Dispatcher.go(Dispatcher.java:1)',
      'com.acme.pay.Ledger.post(Ledger.java:7)',
    ),
  ),
  c('kotlin-own', 'pay', java('com.acme.pay.Refunds$refund$1.invokeSuspend(Refunds.kt:33)')),
  c('java-lambda-inner', 'billing', java('com.acme.billing.Invoice$Line.lambda$total$0(Invoice.java:91)')),
  c('java-other-company', null, java('org.example.pay.PayController.charge(PayController.java:41)')),
  c('java-no-frames-service', 'billing', json({ service: 'billing-cron', message: 'java.lang.OutOfMemoryError: Java heap space' })),
  c('java-jar-module', 'billing', java('app//com.acme.billing.Mailer.send(Mailer.java:19)')),
  c('java-same-main', null, java('com.acme.Application.main(Application.java:9)')),
  c('java-mailer-not-mail', 'billing', java('com.acme.billing.Mailer.send(Mailer.java:19)'), { origin: { host: 'mail-1' } }),
  // Go
  c('go-own-dir', 'ledger', go(['main.post', '/build/internal/post/post.go:31'], ['main.main', '/build/cmd/ledger/main.go:12'])),
  c('go-trimpath-module', 'stock', go(['github.com/acme/stock/internal/db.Open', 'github.com/acme/stock/internal/db/db.go:31'])),
  c(
    'go-trimpath-both',
    'ledger',
    go(
      ['github.com/acme/ledger/internal/http.Serve', 'github.com/acme/ledger/internal/http/handler.go:31'],
      ['main.main', 'github.com/acme/ledger/main.go:9'],
    ),
  ),
  c('go-same-file', null, go(['x/internal/db.Open', '/src/internal/db/db.go:31'])),
  c(
    'go-same-then-own',
    'stock',
    go(['x/internal/db.Open', '/src/internal/db/db.go:31'], ['x/internal/count.All', '/src/internal/count/count.go:8']),
  ),
  c('go-main-alone', null, go(['main.main', '/app/main.go:9'])),
  c(
    'go-stdlib-first',
    'ledger',
    go(
      ['panic', '/usr/local/go/src/runtime/panic.go:770'],
      ['net/http.(*conn).serve', '/usr/local/go/src/net/http/server.go:2000'],
      ['x/internal/post.Do', '/src/internal/post/post.go:8'],
    ),
  ),
  c(
    'go-vendor',
    'stock',
    go(
      ['github.com/lib/pq.(*conn).Exec', '/src/vendor/github.com/lib/pq/conn.go:1'],
      ['x/internal/count.All', '/src/internal/count/count.go:8'],
    ),
  ),
  c(
    'go-service-same',
    'stock',
    json({ service: 'stock-api', msg: 'panic', stack: go(['x/internal/db.Open', '/src/internal/db/db.go:31']) }),
  ),
  c('go-other-module', null, go(['github.com/other/tool/internal/db.Open', 'github.com/other/tool/internal/db/db.go:31'])),
  // Python
  c('python-django', 'crm', python('/usr/local/lib/python3.12/site-packages/django/core/handlers/base.py', '/app/crm/views.py')),
  c('python-task', 'mail', python('/app/manage.py', '/app/mail/tasks.py')),
  c('python-shared-outer-own', 'mail', python('/app/mail/tasks.py', '/app/shared/retry.py')),
  c('python-shared-alone', null, python('/app/shared/retry.py')),
  c('python-settings-alone', null, python('/app/config/settings.py')),
  c('python-installed-lib', 'money', python('/srv/x/lib/python3.12/site-packages/acme_money/round.py')),
  c('python-lib-from-crm', 'money', python('/app/crm/models.py', '/usr/lib/python3/dist-packages/acme_money/round.py')),
  c('python-manage-alone', null, python('/app/manage.py')),
  c('python-app-main', 'crm', python('/code/app/main.py')),
  c('python-lambda', 'crm', python('/var/task/crm/models.py')),
  c('python-pod-by-container', 'mail', python('/app/shared/retry.py'), { source: pods('mailer-5c-9x', 'mailer') }),
  c('python-pod-speaks-against', null, python('/app/crm/models.py'), { source: pods('mailer-5c-9x', 'mailer') }),
  // Rust, C++
  c('rust-own', 'search', rust('src/query/parse.rs:14:9')),
  c('rust-main', null, rust('src/main.rs:4:5')),
  c('rust-crate', 'feed', rust('crates/store/src/lib.rs:8:2')),
  c('rust-absolute', 'search', rust('/build/search/crates/rank/src/lib.rs:8:2')),
  c('rust-registry', null, rust('/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/serde_json-1.0.1/src/lib.rs:8:2')),
  c(
    'cpp-asan',
    'gateway',
    [
      '==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x602',
      '    #0 0x55 in Socket::read(char*) /build/src/net/socket.cpp:31:9',
      '    #1 0x56 in main /build/src/main.cpp:9',
    ].join('\n'),
  ),
  // PHP, Ruby
  c(
    'php-laravel-own',
    'portal',
    php(
      '/var/www/html/app/Http/Controllers/OrderController.php',
      '/var/www/html/vendor/laravel/framework/src/Illuminate/Routing/Controller.php(54): index()',
    ),
  ),
  c('php-model-of-two', null, php('/var/www/html/app/Models/Order.php', '/var/www/html/public/index.php(9): run()')),
  c(
    'php-model-then-own',
    'admin',
    php('/var/www/html/app/Models/Order.php', '/var/www/html/app/Http/Controllers/UserController.php(20): total()'),
  ),
  c('php-model-service', 'admin', php('/var/www/html/app/Models/Order.php'), { origin: { service: 'admin' } }),
  c('ruby-model-of-two', null, ruby("/app/app/models/order.rb:12:in 'total'")),
  c(
    'ruby-model-own',
    'storefront',
    ruby("/app/app/models/order.rb:12:in 'total'", "/app/app/controllers/orders_controller.rb:8:in 'show'"),
  ),
  c('ruby-by-directory', 'legacy', ruby("/srv/legacy/current/app/models/order.rb:12:in 'total'")),
  c('ruby-by-log', 'legacy', ruby("/app/app/models/order.rb:12:in 'total'"), { source: '/srv/legacy/log/production.log' }),
  c('ruby-gem-first', 'legacy', ruby("/usr/local/bundle/gems/csv-3.3.0/lib/csv.rb:9:in 'open'", "/app/lib/export.rb:4:in 'run'")),
  // .NET, Elixir, Dart
  c(
    'dotnet-own',
    'desk',
    dotnet('Desk.Api.Controllers.TicketsController.Get(Int32 id) in /src/src/Desk.Api/Controllers/TicketsController.cs:line 31'),
  ),
  c('dotnet-windows', 'desk', dotnet('Desk.Core.Ticket.Close() in D:\\a\\1\\s\\src\\Desk.Core\\Ticket.cs:line 31')),
  c('dotnet-program-alone', null, dotnet('Program.<Main>$(String[] args) in /src/Program.cs:line 3')),
  c(
    'elixir-own',
    'game',
    [
      '** (KeyError) key :price not found in: %{}',
      '    (game 0.1.0) lib/game/room.ex:31: Game.Room.join/2',
      '    (phoenix 1.7.1) lib/phoenix/endpoint.ex:9: Phoenix.Endpoint.call/2',
    ].join('\n'),
  ),
  c(
    'dart-lib',
    'tablet',
    [
      'Unhandled exception:',
      'Null check operator used on a null value',
      '#0      CartPage.build (package:tablet/cart/cart_page.dart:31:9)',
      '#1      main (package:tablet/main.dart:9:3)',
    ].join('\n'),
  ),
  // Without frames
  c('no-frame-service', 'search', json({ service: 'search', msg: 'index is broken' })),
  c('no-frame-container', 'gateway', json({ 'container.name': 'gateway', msg: 'peer closed' })),
  c('no-frame-compose', 'feed', json({ 'label.com.docker.compose.service': 'feed', msg: 'peer closed' })),
  c('no-frame-nothing', null, json({ msg: 'peer closed' })),
  c('no-frame-unknown-service', null, json({ service: 'payments', msg: 'peer closed' })),
  c('no-frame-part-of-name', null, json({ service: 'shop-search', msg: 'peer closed' })),
  c('no-frame-by-log', 'legacy', json({ msg: 'peer closed' }), { source: '/srv/legacy/log/jobs.log' }),
  c('no-frame-log-before-service', 'legacy', json({ service: 'shop', msg: 'peer closed' }), { source: '/srv/legacy/log/jobs.log' }),
];

/** Written when rules had been mended by those above, and never opened: of these only the total is seen. */
export const FRESH: readonly Drawn[] = [
  c('esm-url-query', 'ui-kit', node('render (http://localhost:5173/src/table/Table.tsx?t=1732:30:2)')),
  c(
    'ts-node-register',
    'shop',
    node('refund (/repo/apps/worker/src/jobs/refund.ts:9:3)', 'Module.m._compile (/repo/node_modules/ts-node/src/index.ts:1618:23)'),
  ),
  c('compiled-deep', 'shop', node('refund (/app/apps/worker/dist/jobs/refund.js:9:3)')),
  c('compiled-index', null, node('boot (/app/dist/index.js:9:3)')),
  c('compiled-index-service', 'shop', node('boot (/app/dist/index.js:9:3)'), { origin: { service: 'SHOP' } }),
  c(
    'pnpm-store',
    'shop',
    node('q (/app/node_modules/.pnpm/pg@8.1.0/node_modules/pg/lib/client.js:5:1)', 'run (/app/packages/api/src/server.ts:30:5)'),
  ),
  c('async-frames', 'shop', node('async total (file:///app/packages/core/src/price.ts:4:9)', 'async Promise.all (index 0)')),
  c(
    'lambda-task',
    null,
    node('Runtime.handler (/var/task/index.js:30:5)', 'Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)'),
  ),
  c(
    'spring-boot-nested',
    'pay',
    java('com.acme.pay.Ledger.post(Ledger.java:7) ~[!/:1.4.2]', 'org.springframework.boot.loader.launch.Launcher.launch(Launcher.java:91)'),
  ),
  c(
    'java-caused-by',
    'billing',
    `${java('com.acme.common.Money.add(Money.java:12)', 'com.acme.Application.main(Application.java:9)')}\nCaused by: java.lang.NullPointerException: no price\n\tat com.acme.billing.Invoice.sum(Invoice.java:80)\n\t... 2 more`,
  ),
  c('java-proguard', null, java('a.b.c.a(SourceFile:4)', 'a.b.d.run(SourceFile:91)')),
  c(
    'java-logger-service-mdc',
    'pay',
    json({
      service: { name: 'pay' },
      message: 'failed',
      error: {
        type: 'java.io.IOException',
        message: 'reset',
        stack_trace: `java.io.IOException: reset\n\tat com.acme.common.Money.add(Money.java:12)`,
      },
    }),
  ),
  c('go-gopath', 'stock', go(['github.com/acme/stock/internal/count.All', '/go/src/github.com/acme/stock/internal/count/count.go:8'])),
  c(
    'go-mod-cache-own',
    'ledger',
    go(['github.com/acme/ledger/internal/post.Do', '/go/pkg/mod/github.com/acme/ledger@v1.2.3/internal/post/post.go:8']),
  ),
  c(
    'go-zap-json',
    'stock',
    json({
      logger: 'api',
      caller: 'count/count.go:8',
      msg: 'panic recovered',
      stacktrace: 'github.com/acme/stock/internal/count.All\n\t/src/internal/count/count.go:8\nmain.main\n\t/src/cmd/stock/main.go:12',
    }),
  ),
  c('go-handler-both', null, go(['x/internal/http.Serve', '/workspace/internal/http/handler.go:31'])),
  c('celery', 'mail', python('/usr/local/lib/python3.12/site-packages/celery/app/trace.py', '/code/mail/tasks.py')),
  c('python-relative', 'crm', python('crm/views.py')),
  c('python-retry-service', 'crm', json({ service: 'crm-web', message: 'failed', exc_info: python('/app/shared/retry.py') })),
  c('python-pyodide-exec', null, python('<string>', '<frozen importlib._bootstrap>')),
  c('python-windows', 'mail', python('C:\\svc\\mail\\views.py')),
  c('rust-workspace-same', null, rust('src/lib.rs:8:2')),
  c('rust-windows', 'search', rust('crates\\rank\\src\\lib.rs:8:2')),
  c('rust-std', null, rust('/rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/core/src/option.rs:1:1')),
  c('php-symlinked-release', 'admin', php('/var/www/releases/20260301/app/Http/Controllers/UserController.php')),
  c('php-route', null, php('/var/www/html/routes/web.php')),
  c('php-fpm-pod', 'portal', php('/var/www/html/app/Models/Order.php'), { source: pods('portal-5c-9x', 'portal') }),
  c('ruby-capistrano', 'storefront', ruby("/home/deploy/storefront/releases/202603/app/controllers/orders_controller.rb:8:in 'show'")),
  c('ruby-config', null, ruby("/app/config/application.rb:8:in '<top (required)>'")),
  c('dotnet-no-files', 'desk', dotnet('Desk.Core.Ticket.Close()', 'Desk.Api.Controllers.TicketsController.Get(Int32 id)'), {
    origin: { service: 'desk' },
  }),
  c(
    'dotnet-system-first',
    'desk',
    dotnet('System.Collections.Generic.List`1.get_Item(Int32 index)', 'Desk.Core.Ticket.Close() in /build/src/Desk.Core/Ticket.cs:line 31'),
  ),
  c(
    'cpp-gdb',
    'gateway',
    [
      'Program received signal SIGSEGV, Segmentation fault.',
      '#0  0x0000555 in Socket::read (this=0x0) at /work/src/net/socket.cpp:31',
      '#1  0x0000556 in main () at /work/src/main.cpp:9',
    ].join('\n'),
  ),
  c(
    'elixir-controller',
    'game',
    [
      '** (FunctionClauseError) no function clause matching in GameWeb.RoomController.show/2',
      '    (game 0.1.0) lib/game_web/controllers/room_controller.ex:9: GameWeb.RoomController.show(%Plug.Conn{}, %{})',
      '    (game 0.1.0) lib/game_web/endpoint.ex:1: GameWeb.Endpoint.call/2',
    ].join('\n'),
  ),
  c(
    'dart-other-package',
    null,
    [
      'Unhandled exception:',
      'Bad state: no element',
      '#0      get (package:http/src/client.dart:31:9)',
      '#1      main (package:kiosk/main.dart:9:3)',
    ].join('\n'),
  ),
  c('service-case-and-none', 'gateway', json({ service: 'Gateway', msg: 'link lost' })),
  c('service-with-namespace', null, json({ service: 'prod/gateway', msg: 'link lost' })),
  c(
    'service-and-own-frame',
    'game',
    json({
      service: 'game',
      msg: 'x',
      stack: ['** (KeyError) key :price not found', '    (game 0.1.0) lib/game/room.ex:31: Game.Room.join/2'].join('\n'),
    }),
  ),
];
