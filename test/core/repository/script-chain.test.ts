import { type Scripts, testPart } from '../../../src/core/repository/script-chain.ts';

type Row = readonly [name: string, scripts: Scripts, expected: string | undefined];

/** What it needs, its environment and runner, its words; `undefined` where it is not taken apart. */
function lineOf(scripts: Scripts): string | undefined {
  const part = testPart(scripts, 'test');
  return part && `${part.needs.join(' && ')} | ${[part.env, part.runner].filter(Boolean).join(' ')} | ${part.words.join(' ')}`.trimStart();
}

test.each<Row>([
  ['a runner alone', { test: 'mocha -R dot' }, '| mocha | -R dot'],
  [
    'behind a linter and types',
    { test: 'npm run lint && npm run check && npm run unit', lint: 'eslint .', check: 'tsc', unit: 'jest --ci' },
    '| jest | --ci',
  ],
  ['behind a build, which it needs', { test: 'npm run build && mocha test', build: 'tsc -b' }, 'tsc -b | mocha | test'],
  ['what is done before a script of that name', { pretest: 'rollup -c', test: 'vitest' }, 'rollup -c | vitest run | '],
  ['its environment stays, its coverage goes', { test: 'cross-env TZ=UTC nyc --check-coverage mocha a.js' }, '| TZ=UTC mocha | a.js'],
  ['the runner of Node', { test: 'node --import tsx --test test/*.js' }, '| node | --import tsx --test test/*.js'],
  ['a program that is none', { test: 'node run-tests.js' }, undefined],
  ['two runners', { test: 'mocha a && jest' }, undefined],
  ['a pipe', { test: 'tape a.js | tap-spec' }, undefined],
  ['a circle', { test: 'npm run test' }, undefined],
  ['an alternative', { test: 'mocha || true' }, undefined],
  // Forms of scripts of 156 published packages, of which about 130 were taken apart as they should when they were first looked at.
  ['measured by a program with options of its own', { test: 'c8 -c c8.json node --test a.js' }, '| node | --test a.js'],
  ['a script that is measured', { test: 'npm run lint && nyc npm run spec', lint: 'xo', spec: 'tape a.js' }, '| tape | a.js'],
  [
    'a script within an environment',
    { test: 'npm run build && cross-env NODE_ENV=test npm run unit', build: 'rollup -c', unit: 'mocha' },
    'rollup -c | NODE_ENV=test mocha | ',
  ],
  ['several scripts in a row', { test: 'run-s -n lint test:*', lint: 'eslint .', 'test:unit': 'ava' }, '| ava | '],
  ['several scripts at once', { test: 'run-p lint unit', lint: 'eslint .', unit: 'ava' }, undefined],
  ['nothing behind two dashes', { test: 'npm run unit --', unit: 'nyc tape a.js' }, '| tape | a.js'],
  ['a linter before a script of that name', { pretest: 'npm run lint', test: 'mocha', lint: 'semistandard' }, '| mocha | '],
  ['another directory before it', { pretest: 'cd fixtures && npm ci', test: 'mocha' }, '(cd fixtures && npm ci) | mocha | '],
  ['another directory in a script', { test: 'npm run db && mocha', db: 'cd db && prisma push' }, 'npm run db | mocha | '],
  ['types before a script that makes it', { pretest: 'tsc -p test', test: 'mocha' }, 'tsc -p test | mocha | '],
  ['types of which a script is made', { test: 'npm run build && mocha', build: 'tsc', types: 'tsc' }, 'tsc | mocha | '],
  ['a test that types are made to', { test: 'tsc test.ts && jest test.js' }, 'tsc test.ts | jest | test.js'],
  ['a linter by its place', { test: './node_modules/jshint/bin/jshint lib && ./node_modules/mocha/bin/mocha' }, '| mocha | '],
  [
    'programs by a manager that are no scripts',
    { test: 'yarn eslint && yarn tsc --outDir lib && yarn attw --pack && yarn mocha -r a', build: 'x' },
    'yarn tsc --outDir lib | mocha | -r a',
  ],
  ['runners of later years', { test: 'standard && borp -p "a/*.js"' }, '| borp | -p "a/*.js"'],
])('%s', (_name, scripts, expected) => {
  expect(lineOf(scripts)).toBe(expected);
});

/** Forms of scripts of 23 other packages and projects that nothing was mended for; 21 were right when they were first looked at. */
test.each<Row>([
  ['coverage of Node', { test: 'node --test --experimental-test-coverage' }, '| node | --test --experimental-test-coverage'],
  ['an environment of Jest', { test: 'jest --env node --bail a.ts' }, '| jest | --env node --bail a.ts'],
  ['a linter before', { test: 'tap --100 -J a.js', pretest: 'standard' }, '| tap | --100 -J a.js'],
  ['types behind', { test: 'ava && tsd' }, '| ava | '],
  ['a pipe of tests', { test: 'nyc --silent node a.js | tap -c -' }, undefined],
  [
    'an environment in front',
    { test: 'NODE_ENV=test mocha --require ts-node/register a.ts' },
    '| NODE_ENV=test mocha | --require ts-node/register a.ts',
  ],
  [
    'a script with an environment',
    { test: 'npm run eslint && npm run jasmine', eslint: 'eslint --fix .', jasmine: 'TZ=UTC jasmine' },
    '| TZ=UTC jasmine | ',
  ],
  ['a linter of a manager', { test: 'npx eslint . && mocha a.js' }, '| mocha | a.js'],
  [
    'a linter in a linter',
    {
      test: 'npm run lint && npm run unit && npm run types',
      lint: 'npm run lint:eslint',
      'lint:eslint': 'eslint',
      unit: 'borp',
      types: 'tstyche',
    },
    '| borp | ',
  ],
  ['types of a specification', { test: 'tsc -p tsconfig.spec.json && vitest --run' }, '| vitest run | '],
  ['the same runner twice', { test: 'vitest run && yarn built', built: 'vitest run --config b.ts' }, undefined],
  [
    'a program that starts runners',
    { test: 'npm run a && npm run b', a: 'node fix.js mocha a.js', b: 'node fix.js mocha b.js' },
    undefined,
  ],
])('%s', (_name, scripts, expected) => {
  expect(lineOf(scripts)).toBe(expected);
});
