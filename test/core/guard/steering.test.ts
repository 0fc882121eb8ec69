// Which files of the repository the commands of a proof run: a fix that rewrites one of them would write its own proof.
import { readChange } from '../../../src/core/guard/policy.ts';
import { programsOf, steering } from '../../../src/core/guard/steering.ts';

const PATHS = [
  'test.sh',
  'run',
  'ci/all.py',
  'ci/__main__.py',
  'scripts/test.js',
  'scripts/setup.mjs',
  'src/app.js',
  'api/scripts/test.js',
];
const scripts = (entries: Readonly<Record<string, string>>): string => JSON.stringify({ scripts: entries });

const ROWS: readonly (readonly [name: string, command: string, packageJson: string, expected: readonly string[], dir?: string])[] = [
  ['a script by its path', './test.sh', '', ['test.sh']],
  ['a script of a shell', 'sh -eu test.sh', '', ['test.sh']],
  ['behind a variable', 'CI=1 ./run all', '', ['run']],
  ['in quotes', '"./test.sh" --fast', '', ['test.sh']],
  ['the second of two', 'true && ./test.sh', '', ['test.sh']],
  ['a program of an interpreter', 'node --test-reporter=dot scripts/test.js', '', ['scripts/test.js']],
  ['without its ending', 'node scripts/test', '', ['scripts/test.js']],
  ['loaded before', 'node --import ./scripts/setup.mjs --test', '', ['scripts/setup.mjs']],
  ['loaded before, with a sign', 'node --import=./scripts/setup.mjs --test', '', ['scripts/setup.mjs']],
  ['a module of Python', 'python3 -m ci.all', '', ['ci/all.py']],
  ['a package of Python', 'python3 -m ci', '', ['ci/__main__.py']],
  ['npm test', 'npm test', scripts({ test: 'node scripts/test.js' }), ['scripts/test.js']],
  ['what runs before it', 'npm test', scripts({ pretest: 'node scripts/setup.mjs', test: 'jest' }), ['scripts/setup.mjs']],
  ['a script that runs another', 'npm t', scripts({ test: 'npm run -s all', all: './run' }), ['run']],
  ['a script that runs itself', 'npm test', scripts({ test: 'npm test; ./run' }), ['run']],
  ['another runner', 'pnpm run all', scripts({ all: './run' }), ['run']],
  ['below a directory', 'node scripts/test.js', '', ['api/scripts/test.js'], 'api'],
  ['after cd', "cd 'api' && node scripts/test.js", '', ['api/scripts/test.js']],
  ['a file that is only checked', 'node --check src/app.js', '', []],
  ['a shell script that is only read', 'bash -n test.sh', '', []],
  ['an argument of a program', 'eslint src/app.js', '', []],
  ['a program that is not of the repository', 'go test ./...', '', []],
  ['a path outside', '../test.sh', '', ['test.sh']],
  ['a program that is not there yet', 'vendor/bin/phpunit', '', ['vendor/bin/phpunit']],
  ['a package.json that does not parse', 'npm test', '{', []],
];

test.each(ROWS.map(([name, command, packageJson, expected, dir = '']) => ({ name, command, packageJson, expected, dir })))(
  '$name: $command',
  ({ command, packageJson, expected, dir }) => {
    expect(programsOf({ dir, commands: [command] }, PATHS, new Map([['package.json', packageJson]]))).toEqual(expected);
  },
);

const SH = 'set -e\nfail() { echo "$1"; exit 1; }\n[ "$(f 1)" = 1 ] || fail one\necho ok\n';
const PHP = '<?php\n$failed = 0;\nfunction same($a, $b) { global $failed; if ($a !== $b) $failed++; }\nsame(1, f(1));\nexit($failed);\n';
const between = (text: string, line: string, added: string): string => text.replace(line, added + line);

/** A program of a project's own that checks it: what may be put into it, and what not. */
test.each<[string, string, string, string, boolean]>([
  ['one more check', 'tests/run.sh', SH, '[ "$(f 2)" = 2 ] || fail two\n', true],
  ['one that is asked for', 'tests/run.sh', SH, 'if true; then\n  [ "$(f 2)" = 2 ] || fail two\nfi\n', true],
  ['an end', 'tests/run.sh', SH, 'exit 0\n', false],
  ['half a condition', 'tests/run.sh', SH, 'if false; then\n', false],
  ['a text that takes in the rest', 'tests/run.sh', SH, ": <<'X'\n", false],
  ['another function of that name', 'tests/run.sh', SH, 'fail() { :; }\n', false],
  ['where programs are looked for', 'tests/run.sh', SH, 'PATH=x\n', false],
  ['not in a test', 'scripts/run.sh', SH, '[ "$(f 2)" = 2 ] || fail two\n', false],
  [
    'one more check in PHP',
    'tests/run.php',
    PHP,
    "try {\n    f(null);\n    same(1, 2);\n} catch (TypeError $e) {\n    same('a', $e->getMessage());\n}\n",
    true,
  ],
  ['what was counted is forgotten', 'tests/run.php', PHP, '$failed = 0;\n', false],
  ['a comment that takes in the rest', 'tests/run.php', PHP, '/*\n', false],
])('%s', (_name, path, before, added, isAllowed) => {
  const after = between(before, path.endsWith('.sh') ? 'echo ok' : 'exit(', added);
  const file = readChange({ path, mode: '100755', oldMode: '100755', before: Buffer.from(before), after: Buffer.from(after) });
  expect(steering([path])(file)).toHaveLength(isAllowed ? 0 : 1);
});

test('a line that was there may not change', () => {
  const after = SH.replace('= 1 ]', '= 2 ]');
  const file = readChange({ path: 'tests/run.sh', mode: '100755', oldMode: '100755', before: Buffer.from(SH), after: Buffer.from(after) });
  expect(steering(['tests/run.sh'])(file)).toHaveLength(1);
});
