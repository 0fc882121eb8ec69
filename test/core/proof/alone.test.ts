// Each runner's own way to run one file. What the flags mean stands in the runners' own documents.
import { aloneRuns, asRun, behind, type TestFile } from '../../../src/core/proof/alone.ts';
import type { NodeScript } from '../../../src/core/repository/script-chain.ts';

const GO = 'package a\n\nfunc TestOld(t *testing.T) {\n\tx()\n}\n';

test.each<[command: string, path: string, expected: string | undefined, text?: Partial<TestFile>]>([
  ['python3 -m pytest -q', 'tests/test_a.py', 'python3 -m pytest -q tests/test_a.py'],
  ['.venv/bin/python -m pytest -q tests', 'tests/test_a.py', '.venv/bin/python -m pytest -q tests/test_a.py'],
  ['python3 -m pytest -k slow', 'tests/test_a.py', 'python3 -m pytest -k slow tests/test_a.py'],
  [
    "cd 'api' && uv run --frozen python -m pytest -q",
    'api/tests/test_a.py',
    "cd 'api' && uv run --frozen python -m pytest -q tests/test_a.py",
  ],
  ["cd 'api' && python3 -m pytest -q", 'web/tests/test_a.py', undefined],
  ['python3 -m pytest -q', 'tests/conftest.py', undefined],
  ['python3 -m unittest discover -s tests -t .', 'tests/test_a.py', 'python3 -m unittest discover -s tests -t . -p test_a.py'],
  ['python3 manage.py test', 'shop/tests.py', 'python3 manage.py test shop.tests'],
  [
    'go test ./...',
    'a/b_test.go',
    "go test -run '^(TestNew|TestOld)$' ./a",
    { after: `package a\nfunc TestNew(t *testing.T) {\n}\n${GO}`.replace('x()', 'y()'), before: GO },
  ],
  ['go test ./...', 'b_test.go', "go test -run '^(TestNew)$' .", { after: `${GO}\nfunc TestNew(t *testing.T) {\n}\n`, before: GO }],
  ['go test ./...', 'b_test.go', undefined, { after: `${GO}// more\n`, before: GO }],
  ['cargo test --quiet --no-fail-fast', 'tests/parse.rs', 'cargo test --quiet --no-fail-fast --test parse'],
  [
    'cargo test --quiet -- --test-threads=1',
    'src/lib.rs',
    'cargo test --quiet -- --test-threads=1 new changed',
    {
      before: `fn f() {}\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn old() {}\n    #[test]\n    fn changed() {}\n}\n`,
      after: `fn f() {}\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn old() {}\n    #[test]\n    fn new() {}\n    #[test]\n    fn changed() { f() }\n}\n`,
    },
  ],
  ['cargo test --quiet', 'src/lib.rs', undefined, { after: 'fn f() {}\n' }],
  ['npx --no-install vitest run', 'src/a.test.ts', 'npx --no-install vitest run src/a.test.ts'],
  ['npx --no-install jest --ci', 'src/a.test.ts', 'npx --no-install jest --ci --runTestsByPath src/a.test.ts'],
  ['node --test', 'test/a b.test.js', "node --test 'test/a b.test.js'"],
  [
    'mvn --quiet --batch-mode test',
    'core/src/test/java/a/BTest.java',
    'mvn --quiet --batch-mode test -pl core -am -Dtest=BTest -Dsurefire.failIfNoSpecifiedTests=false -DfailIfNoTests=false',
  ],
  ['sh ./gradlew --no-daemon --quiet test', 'src/test/java/a/BTest.java', "sh ./gradlew --no-daemon --quiet test --tests '*BTest'"],
  ['sh ./gradlew --no-daemon --quiet test', 'a/b/src/test/java/BTest.java', "sh ./gradlew --no-daemon --quiet :a:b:test --tests '*BTest'"],
  [
    'sh ./gradlew --no-daemon --quiet test',
    'a b;x/src/test/java/BTest.java',
    "sh ./gradlew --no-daemon --quiet ':a b;x:test' --tests '*BTest'",
  ],
  ['bundle exec rspec', 'spec/a_spec.rb', 'bundle exec rspec spec/a_spec.rb'],
  ['bundle exec rake test', 'test/a_test.rb', 'bundle exec rake test TEST=test/a_test.rb'],
  ['vendor/bin/phpunit tests', 'tests/ATest.php', 'vendor/bin/phpunit tests/ATest.php'],
  ['prove -lr t', 't/a.t', 'prove -l t/a.t'],
  ['make test', 'tests/test_a.py', undefined],
  ['python3 -m pytest -q | tee log', 'tests/test_a.py', undefined],
])('%s: %s', (command, path, expected, text = {}) => {
  const runs = aloneRuns(command, [{ path, after: 'x', ...text }]);
  expect(runs.map((run) => run.command)).toEqual(expected === undefined ? [] : [expected]);
});

test('a file that is called like a command is an argument', () => {
  const [run] = aloneRuns('python3 -m pytest -q', [{ path: "a'; rm -rf ~ #/test_a.py", after: '' }]);
  expect(run?.command).toBe(`python3 -m pytest -q 'a'\\''; rm -rf ~ #/test_a.py'`);
});

const node = (scripts: NodeScript['scripts']): NodeScript => ({ scripts, name: 'test', manager: 'npm' });
const BIN = 'export PATH="$PWD/node_modules/.bin:$PATH" && ';

test.each<[script: string, expected: string | undefined]>([
  ['node --test', `${BIN}node --test test/a.test.js`],
  ['eslint . && jest --coverage', `${BIN}jest --coverage --runTestsByPath test/a.test.js`],
  ['rollup -c && mocha test/*.js', `${BIN}rollup -c && mocha test/a.test.js`],
  ['./run-tests.sh', undefined],
])('npm test as %s', (test, expected) => {
  const runs = aloneRuns('npm test', [{ path: 'test/a.test.js', after: '' }], node({ test }));
  expect(runs.map(({ command }) => command)).toEqual(expected === undefined ? [] : [expected]);
});

test('what is behind a script that ends before its tests', () => {
  const chained = node({ test: 'npm run types && npm run unit', types: 'tsc', unit: 'mocha' });
  expect(behind('npm test', { node: chained })).toBe('npm run unit');
  expect(behind("cd 'a' && npm test", { node: chained })).toBe("cd 'a' && npm run unit");
  expect(behind('npm test', { node: node({ test: 'tsc && mocha -b' }) })).toBe(`${BIN}mocha -b`);
  expect(behind('npm test', { node: node({ test: 'mocha' }) })).toBeUndefined();
  expect(behind('npm test', {})).toBeUndefined();
  const plan = { setup: [], check: [], test: ['npm test'], testFrom: 'package.json', node: chained };
  const ran = (command: string) => ({
    runs: [{ command, role: 'test' as const, exitCode: 0, durationMs: 1, timedOut: false, output: '' }],
  });
  expect(asRun(plan, ran('npm run unit')).test).toEqual(['npm run unit']);
  expect(asRun(plan, ran('npm test')).test).toEqual(['npm test']);
});
