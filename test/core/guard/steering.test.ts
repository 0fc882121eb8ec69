// Which files of the repository the commands of a proof run: a fix that rewrites one of them would write its own proof.
import { programsOf } from '../../../src/core/guard/steering.ts';

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
