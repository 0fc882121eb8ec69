// What is run or obeyed without being asked, what stands in the place of something else, and what nobody sees. A row is a file before
// and after, and the rules that must speak; on 290 merged fixes of public projects they spoke once (test/bench/right-fixes.js).
import { judge } from '../../../src/core/guard/judge.ts';
import type { FileChange } from '../../../src/core/model.ts';

const POLICY = { maxFiles: 9, maxLines: 5000, protectedPaths: [] };

const judged = (path: string, before: string | null, after: string): string => {
  const change: FileChange = {
    ...{ path, mode: '100644', after: Buffer.from(after) },
    ...(before === null ? {} : { oldMode: '100644' as const, before: Buffer.from(before) }),
  };
  const rules = ['self-run', 'shadows', 'hidden-text', 'lookalike', 'protected-path', 'check-config'];
  return judge({ base: 'b', files: [change] }, POLICY, 10)
    .flatMap(({ rule, verdict }) => (rules.includes(rule) ? [`${rule}=${verdict}`] : []))
    .join(' ');
};

const SELF_RUN = [
  ...[
    'webpack.config.js',
    'apps/web/vite.config.ts',
    'next.config.mjs',
    'rollup.config.js',
    'postcss.config.cjs',
    'metro.config.js',
    'gulpfile.js',
    'Gruntfile.js',
  ],
  ...[
    'CMakeLists.txt',
    'src/CMakeLists.txt',
    'meson.build',
    'configure.ac',
    'settings.gradle.kts',
    'buildSrc/src/main/kotlin/a.kt',
    'build.xml',
    'pkg/BUILD.bazel',
  ],
  ...[
    'MODULE.bazel',
    '.bazelrc',
    'flake.nix',
    'shell.nix',
    'Earthfile',
    'Brewfile',
    'infra/main.tf',
    'k8s/deployment.yaml',
    'charts/shop/values.yaml',
  ],
  ...[
    'ansible/site.yml',
    'serverless.yml',
    'deploy/shop.service',
    'crontab',
    'public/.htaccess',
    '.user.ini',
    'web.config',
    'nginx.conf',
    'uv.toml',
    '.curlrc',
    '.wgetrc',
  ],
  ...[
    '.nvmrc',
    'rust-toolchain.toml',
    'global.json',
    '.config/dotnet-tools.json',
    '__mocks__/fs.js',
    'fabfile.py',
    'build.zig',
    '.gdbinit',
    '.irbrc',
    'Capfile',
  ],
];

test.each(SELF_RUN)('a person applies a change of %s', (path) => {
  expect(judged(path, 'a\n', 'b\n')).toBe('self-run=patch-only');
});

test.each([
  'action.yml',
  '.github/actions/x/action.yaml',
  '.zuul.yaml',
  'ios/ci_scripts/ci_post_clone.sh',
  '.buddy/x.yml',
  '.gitea/workflows/a.yml',
])('CI is not changed: %s', (path) => expect(judged(path, 'a\n', 'b\n')).toBe('protected-path=refuse'));

test.each([
  'src/config.ts',
  'src/kubernetes/client.ts',
  'shop/tasks.py',
  'locales/en/global.json',
  'src/webpack/loader.js',
  'lib/vite.js',
  'docs/nginx.md',
  'src/service.ts',
  'app/services/cron.rb',
  'src/build/index.ts',
  'src/action.ts',
  'terraform/README.md',
])('code like any other: %s', (path) => {
  expect(judged(path, 'a\n', 'b\n')).toBe('');
});

test.each([
  ['random.py', null, 'def random(): return 4\n', 'shadows=patch-only'],
  ['src/json/__init__.py', null, 'x = 1\n', 'shadows=patch-only'],
  ['tests/typing.py', null, 'x = 1\n', 'shadows=patch-only'],
  ['lib/set.rb', null, 'class Set; end\n', 'shadows=patch-only'],
  ['lib/strict.pm', null, 'package strict; 1;\n', 'shadows=patch-only'],
  ['tests/__init__.py', '', 'import unittest\nunittest.TestCase.assertEqual = print\n', 'shadows=patch-only'],
  // A module of a package is found by the package's name.
  ['shop/types.py', null, 'x = 1\n', ''],
  ['random.py', 'a = 1\n', 'a = 2\n', ''],
  ['src/cart.py', null, 'x = 1\n', ''],
  ['tests/__init__.py', null, '', ''],
  ['tests/__init__.py', null, '# tests of the shop\n', ''],
] as const)('%s from %j to %j: %s', (path, before, after, expected) => {
  expect(judged(path, before, after)).toBe(expected);
});

test.each([
  ['an override', 'src/a.js', "if (role !== 'user\u202e \u2066// admin\u2069 \u2066') {\n", 'hidden-text=refuse'],
  ['an isolate in a comment', 'src/a.py', "x = 1 # \u2067''' then\n", 'hidden-text=refuse'],
  ['an override in a translation', 'locale/ar.po', 'msgstr "\u202eabc"\n', 'hidden-text=refuse'],
  ['bytes in tags', 'src/a.js', "const a = 'x\u{e0041}\u{e0042}';\n", 'hidden-text=refuse'],
  ['bytes in variation selectors', 'src/a.js', 'const a = `\ufe00\ufe01\ufe02\ufe0e`;\n', 'hidden-text=refuse'],
  ['a zero-width space in a name', 'src/a.js', 'const isAdmin\u200b = true;\n', 'hidden-text=patch-only'],
  ['a filler as a name', 'src/a.js', 'const { timeout,\u3164 } = req.query;\n', 'hidden-text=patch-only'],
  ['a Cyrillic letter in a name', 'src/a.js', 'function isАdmin() { return true; }\n', 'lookalike=patch-only'],
  ['a Greek letter in a name', 'src/a.py', 'def hashΡassword(x): return x\n', 'lookalike=patch-only'],
  ['a mark of a direction in a translation', 'locale/he.json', '{"a":"\u200fabc"}\n', ''],
  ['an emoji that is joined', 'src/a.js', "const a = '👩\u200d💻 ❤\ufe0f';\n", ''],
  ['the flag of a region', 'src/a.js', `const a = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';\n`, ''],
  ['names in another script', 'src/a.py', 'приветствие = "Привет"\nσ_x = 1\nΔt = 2\n', ''],
  ['a text in another script', 'src/a.js', "const a = 'Цена (price)'; // цена for the USER\n", ''],
  ['a byte order mark', 'src/a.cs', '\ufeffclass A {}\n', ''],
] as const)('%s', (_name, path, after, expected) => {
  expect(judged(path, '', after)).toBe(expected);
  // What the base has already is nobody's news.
  expect(judged(path, after, `${after}x\n`)).toBe('');
});
