import { type ConfiguredChecks, planChecks } from '../../src/core/checks.ts';

const NPM = '{"scripts":{"test":"node --test"}}';
const ROWS: readonly (readonly [
  name: string,
  configured: ConfiguredChecks,
  paths: readonly string[],
  packageJson: string | undefined,
  setup: string,
  test: string,
])[] = [
  ['npm test', {}, ['package.json'], NPM, '', 'npm test'],
  ['npm placeholder is no test', {}, ['package.json'], '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}', '', ''],
  [
    'npm with dependencies and a lock',
    {},
    ['package.json', 'package-lock.json'],
    '{"scripts":{"test":"jest"},"devDependencies":{"jest":"1"}}',
    'npm ci --no-audit --no-fund',
    'npm test',
  ],
  ['npm with dependencies and no lock', {}, ['package.json'], '{"scripts":{"test":"jest"},"devDependencies":{"jest":"1"}}', '', 'npm test'],
  ['broken package.json', {}, ['package.json'], '{', '', ''],
  ['pytest', {}, ['app/main.py', 'tests/test_main.py'], undefined, '', 'python3 -m pytest -q'],
  ['go', {}, ['go.mod', 'main.go'], undefined, '', 'go test ./...'],
  ['cargo', {}, ['Cargo.toml'], undefined, '', 'cargo test --quiet'],
  ['maven', {}, ['pom.xml'], undefined, '', 'mvn --quiet --batch-mode test'],
  ['gradle wrapper before maven', {}, ['gradlew', 'pom.xml'], undefined, '', './gradlew --quiet test'],
  ['nothing plain', {}, ['main.c'], undefined, '', ''],
  ['configuration wins', { test: ['make check'] }, ['package.json'], NPM, '', 'make check'],
  ['an empty list switches it off', { test: [] }, ['package.json'], NPM, '', ''],
];

test.each(ROWS)('%s', (_name, configured, paths, packageJson, setup, expected) => {
  const plan = planChecks(configured, paths, packageJson);
  expect([plan.setup.join('; '), plan.test.join('; ')]).toEqual([setup, expected]);
});
