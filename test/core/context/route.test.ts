// Which repository an event is of: what decides, what is left open, and what must never decide.
import { type Route, type Routed, type RoutedRepository, route } from '../../../src/core/context/route.ts';
import { indexPaths } from '../../../src/core/repository/paths.ts';

const repository = (name: string, paths: readonly string[] | null, more: Partial<RoutedRepository> = {}): RoutedRepository => ({
  ...{ name: `github.com/acme/${name}`, services: [name], paths: [`/srv/${name}/**`] },
  files: paths === null ? undefined : indexPaths(paths),
  packages: [],
  ...more,
});

/** Made from one template: the same file names in each, and one directory of its own. */
const TEMPLATE = ['package.json', 'src/index.js', 'src/handler.js', 'src/lib/db.js', 'app.py'];
const FIVE = ['shop', 'pay', 'mail', 'auth', 'stock'].map((name) =>
  repository(name, [...TEMPLATE, `src/${name}/rules.js`, `${name}/models.py`], { paths: [] }),
);

const event = (files: readonly string[], more: Partial<Routed> = {}): Routed => ({
  ...{ source: '/var/log/all.log', language: files[0]?.endsWith('.py') ? 'python' : 'javascript' },
  frames: files.map((file) => ({ file, line: 3, inApp: !/node_modules|site-packages/.test(file) })),
  ...more,
});
const to = (found: Route): string => (found.kind === 'found' ? found.repository.replace('github.com/acme/', '') : found.reason);

const ROWS: readonly (readonly [what: string, event: Routed, expected: string])[] = [
  ['a directory that one has', event(['/usr/src/app/src/pay/rules.js']), 'pay'],
  ['behind the frames of packages', event(['/app/node_modules/pg/lib/client.js', '/app/src/auth/rules.js']), 'auth'],
  ['a file that all have, called by one that one has', event(['/app/src/lib/db.js', '/app/src/mail/rules.js']), 'mail'],
  ['a file that all have', event(['/app/src/handler.js']), 'no-repository: shop or pay or mail or auth or stock'],
  ['a file that all have, and a service', event(['/app/src/handler.js'], { origin: { service: 'stock' } }), 'stock'],
  ['a base name alone', event(['/code/app.py']), 'no-repository: no frame and no service leads to one'],
  ['a base name alone, and a service', event(['/code/app.py'], { origin: { service: 'Shop' } }), 'shop'],
  ['a bundle', event(['https://cdn.example.org/static/main.3f2a.js']), 'no-repository: no frame and no service leads to one'],
  ['a bundle, and the name of its container', event(['/app/dist/main.js'], { origin: { service: 'node', container: 'mail' } }), 'mail'],
  [
    'frame and service that speak against each other',
    event(['/app/src/pay/rules.js'], { origin: { service: 'shop' } }),
    'no-repository: pay or shop',
  ],
  [
    'a program of nobody, whose file ends like one',
    event(['/opt/other/src/pay/rules.js'], { origin: { service: 'billing' } }),
    'no-repository: src/pay/rules.js is in pay, whose services do not have the name billing',
  ],
  ['no frame', event([]), 'no-repository: no frame and no service leads to one'],
  ['the nearest frame decides, wherever it was called from', event(['/app/src/pay/rules.js', '/app/src/shop/rules.js']), 'pay'],
];

test.each(ROWS)('%s', (_what, one, expected) => {
  expect(to(route(one, FIVE))).toBe(expected);
  // In whatever order they are configured.
  const other = to(route(one, FIVE.toReversed()));
  expect(other.split(/: | or /).sort()).toEqual(expected.split(/: | or /).sort());
});

test('it says by what', () => {
  expect(route(event(['/app/src/pay/rules.js']), FIVE)).toMatchObject({ why: 'by src/pay/rules.js, found in one of 5 repositories' });
  expect(route(event([], { origin: { service: 'pay' } }), FIVE)).toMatchObject({ why: 'by its service pay' });
});

describe('what a person has said goes first', () => {
  const two = [repository('shop', TEMPLATE), repository('pay', TEMPLATE)];
  test.each<[string, Routed, string]>([
    ['the log', event(['/app/src/handler.js'], { source: '/srv/pay/logs/app.log' }), 'pay'],
    ['the directory of a frame', event(['/srv/shop/src/handler.js']), 'shop'],
    ['the log before the frame', event(['/srv/shop/src/handler.js'], { source: '/srv/pay/app.log' }), 'pay'],
  ])('%s', (_what, one, expected) => {
    expect(to(route(one, two))).toBe(expected);
  });
  test('the entry of a log', () => {
    expect(to(route(event(['/srv/shop/src/handler.js']), two, 'github.com/acme/pay'))).toBe('pay');
  });
});

test('a tree that is not known could have the file as well: only the service decides', () => {
  const some = [repository('shop', TEMPLATE, { paths: [] }), repository('pay', null, { paths: [] })];
  expect(to(route(event(['/app/src/index.js']), some))).toBe('no-repository: the files of pay are not known yet');
  expect(to(route(event(['/app/src/index.js'], { origin: { service: 'shop' } }), some))).toBe('shop');
});

test('a library that was split out of a monorepo: the longer ending', () => {
  const mono = repository('mono', ['services/shop/src/cart.ts', 'libs/money/src/round.ts'], { services: [], paths: [] });
  const money = repository('money', ['src/round.ts', 'src/index.ts'], { services: [], paths: [] });
  expect(to(route(event(['/build/libs/money/src/round.ts']), [mono, money]))).toBe('mono');
  expect(to(route(event(['/app/src/round.ts']), [mono, money]))).toBe('no-repository: mono or money');
  expect(to(route(event(['/app/src/round.ts', '/app/services/shop/src/cart.ts']), [mono, money]))).toBe('mono');
});

test('a module by its name: of who has it, and of nobody where none has', () => {
  const files = ['go.mod', 'internal/db/db.go'];
  const some = ['shop', 'pay'].map((name) =>
    repository(name, files, { services: [], paths: [], packages: [{ name: `github.com/acme/${name}`, dir: '' }] }),
  );
  const of = (file: string): string => to(route({ ...event([file]), language: 'go' }, some));
  expect(of('github.com/acme/pay/internal/db/db.go')).toBe('pay');
  expect(of('github.com/other/pay/internal/db/db.go')).toBe('no-repository: no frame and no service leads to one');
  expect(of('/src/internal/db/db.go')).toBe('no-repository: shop or pay');
});

test('two of one name are told apart by all of it', () => {
  const some = [
    repository('shop', TEMPLATE, { services: [], paths: [] }),
    { ...repository('shop', TEMPLATE, { services: [], paths: [] }), name: 'gitlab.com/acme/shop' },
  ];
  expect(to(route(event(['/app/src/index.js']), some))).toBe('no-repository: github.com/acme/shop or gitlab.com/acme/shop');
});

test('one repository takes all', () => {
  expect(to(route(event([]), [FIVE[0]!]))).toBe('shop');
});
