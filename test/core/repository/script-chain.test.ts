import { type Scripts, testPart } from '../../../src/core/repository/script-chain.ts';

test.each<[name: string, scripts: Scripts, expected: string | undefined]>([
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
])('%s', (_name, scripts, expected) => {
  const part = testPart(scripts, 'test');
  const line = part && `${part.needs.join(' && ')} | ${[part.env, part.runner].filter(Boolean).join(' ')} | ${part.words.join(' ')}`;
  expect(line?.trimStart()).toBe(expected);
});
