// Names from frames and answers against the files of a repository. A wrong file is worse than none.
import { indexPaths, longestEnding, newPath, type Resolution, resolvePath } from '../../../src/core/repository/paths.ts';

const REPOSITORY = [
  'README.md',
  'index.js',
  'package.json',
  'src/cart.js',
  'src/orders/index.js',
  'src/orders/store.js',
  'src/report.js',
  'lib/report.js',
  'packages/api/src/server.ts',
  'packages/web/src/server.ts',
  'app/models/user.py',
  'app/__init__.py',
  'service/src/main/java/com/acme/orders/OrderService.java',
  'cmd/worker/main.go',
  'größe/日本.py',
  'with space/a b.js',
];

const found = (path: string): Resolution => ({ kind: 'found', path });
const ambiguous = (...paths: string[]): Resolution => ({ kind: 'ambiguous', paths });
const absent: Resolution = { kind: 'absent' };

describe('resolvePath', () => {
  test.each<[string, string, Resolution]>([
    ['the path itself', 'src/cart.js', found('src/cart.js')],
    ['with ./', './src/cart.js', found('src/cart.js')],
    ['with inner dots', 'src/./orders/../cart.js', found('src/cart.js')],
    ['doubled slashes', 'src//cart.js', found('src/cart.js')],
    ['quoted', '`src/cart.js`', found('src/cart.js')],
    ['surrounded by spaces', '  src/cart.js ', found('src/cart.js')],
    ['backslashes', 'src\\orders\\store.js', found('src/orders/store.js')],
    ['absolute', '/home/me/shop/src/cart.js', found('src/cart.js')],
    ['in a container', '/app/src/cart.js', found('src/cart.js')],
    ['in a container whose prefix is a folder of the repository', '/app/app/models/user.py', found('app/models/user.py')],
    ['drive letter', 'C:\\build\\shop\\src\\cart.js', found('src/cart.js')],
    ['drive letter with slashes', 'd:/shop/src/cart.js', found('src/cart.js')],
    ['file URL', 'file:///srv/shop/src/cart.js', found('src/cart.js')],
    ['webpack', 'webpack-internal:///./src/cart.js', found('src/cart.js')],
    ['webpack with a name', 'webpack://shop/./src/cart.js', found('src/cart.js')],
    ['a workspace of a tool', '/var/lib/x/workspaces/42/repo/src/cart.js', found('src/cart.js')],
    ['a relative workspace', 'workspaces/a/b/repo/src/report.js', found('src/report.js')],
    ['the workspace prefix decides where the suffix would not', 'workspaces/a/repo/index.js', found('index.js')],
    ['diff prefix', 'b/src/cart.js', found('src/cart.js')],
    ['a bare name that is unique', 'store.js', found('src/orders/store.js')],
    ['a bare name in the root wins', 'index.js', found('index.js')],
    ['a bare name that is not unique', 'report.js', ambiguous('src/report.js', 'lib/report.js')],
    ['a suffix that is not unique', '/srv/src/server.ts', ambiguous('packages/api/src/server.ts', 'packages/web/src/server.ts')],
    ['one folder more makes it unique', '/srv/web/src/server.ts', found('packages/web/src/server.ts')],
    ['a path inside the repository from a sub-project', 'orders/index.js', found('src/orders/index.js')],
    ['the longest suffix wins', '/x/src/orders/index.js', found('src/orders/index.js')],
    ['a package path', 'com/acme/orders/OrderService.java', found('service/src/main/java/com/acme/orders/OrderService.java')],
    ['other letters', '/app/größe/日本.py', found('größe/日本.py')],
    ['spaces', 'with space/a b.js', found('with space/a b.js')],
    ['no such file', 'src/nowhere.js', absent],
    ['a directory', 'src/orders', absent],
    ['case is not guessed', 'src/Cart.js', absent],
    ['part of a name is not a suffix', 'art.js', absent],
    ['an anonymous script', '<anonymous>', absent],
    ['dots that lead out', '../../etc/passwd', { kind: 'outside', detail: 'the name leads out of the repository' }],
    ['dots that lead out later', 'src/../../cart.js', { kind: 'outside', detail: 'the name leads out of the repository' }],
    ['dots that lead out with backslashes', '..\\src\\cart.js', { kind: 'outside', detail: 'the name leads out of the repository' }],
    [
      'dots that lead out of the workspace',
      'workspaces/a/repo/../../x.js',
      { kind: 'outside', detail: 'the name leads out of the repository' },
    ],
    ['nothing', '', { kind: 'outside', detail: 'the name is no file name' }],
    ['only slashes', '///', { kind: 'outside', detail: 'the name is no file name' }],
    ['a NUL byte', 'src/cart.js\u0000.png', { kind: 'outside', detail: 'the name holds characters that no file name should' }],
    ['a line break', 'src/cart.js\nREADME.md', { kind: 'outside', detail: 'the name holds characters that no file name should' }],
    ['a direction override', 'src/\u202esj.trac', { kind: 'outside', detail: 'the name holds characters that no file name should' }],
  ])('%s', (_name, input, expected) => {
    expect(resolvePath(input, REPOSITORY)).toEqual(expected);
  });
});

test.each([
  ['most of the name', 'app/src/cart.js', 2, ['src/cart.js']],
  ['all of the name', 'src/orders/index.js', 3, ['src/orders/index.js']],
  ['the whole path before one with more in front', 'app/index.js', 1, ['index.js']],
  ['several', 'x/report.js', 1, ['src/report.js', 'lib/report.js']],
  ['none', 'x/nowhere.js', 0, []],
])('longestEnding: %s', (_name, whole, parts, paths) => {
  expect(longestEnding(whole, indexPaths(REPOSITORY))).toEqual({ parts, paths });
});

test.each([
  ['relative', 'test/cart.test.js', 'test/cart.test.js'],
  ['with ./', './test/new.js', 'test/new.js'],
  ['dots within', 'test/x/../new.js', 'test/new.js'],
  ['in a workspace', '/tmp/workspaces/1/repo/test/new.js', 'test/new.js'],
  ['hidden file', '.gitignore', '.gitignore'],
  ['absolute', '/etc/cron.d/x', undefined],
  ['home', '~/.bashrc', undefined],
  ['drive', 'C:/x.js', undefined],
  ['URL', 'https://example.org/x.js', undefined],
  ['outside', '../x.js', undefined],
  ['directory', 'test/', undefined],
  ["git's directory", '.git/hooks/pre-commit', undefined],
  ["git's directory, other case", 'sub/.GIT/config', undefined],
  ["git's directory, short name", 'GIT~1/config', undefined],
  ["git's directory, trailing dot", '.git./config', undefined],
  ["git's directory, stream", '.git::$INDEX_ALLOCATION/config', undefined],
  ["git's directory, invisible letter", '.g\u200cit/config', undefined],
  ['a device of Windows', 'src/nul.js', undefined],
  ['trailing space', 'src/a.js /b', undefined],
  ['a wildcard', 'src/*.js', undefined],
])('newPath: %s', (_name, input, expected) => {
  expect(newPath(input)).toBe(expected);
});
