// Small suites of three tests, one green, one red and one skipped, run for real by the runners of this machine as a repair runs
// them: the name and the outcome of each test are read. A runner that is not installed is left out and counts as skipped.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createCommands } from '../../src/adapters/process/commands.ts';
import { createProcesses } from '../../src/adapters/process/processes.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { toolchains } from './toolchains.ts';

interface Suite {
  /** A command that ends well where the runner is there. */
  readonly needs: string;
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
  /** Names of the green, the red and the skipped test. */
  readonly names: readonly [string, string, string];
  /** Takes less than a second. */
  readonly isQuick?: true;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
<properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target></properties>
<dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency></dependencies></project>`;

const SUITES: Readonly<Record<string, Suite>> = {
  prove: {
    needs: 'prove --version',
    command: 'prove -lr t',
    files: { 't/cart.t': "use Test::More;\nok(1, 'adds');\nok(0, 'fails');\nSKIP: { skip 'off', 1; ok(1); }\ndone_testing;\n" },
    names: ['t/cart.t > adds', 't/cart.t > fails', 't/cart.t > (no name)'],
    isQuick: true,
  },
  unittest: {
    needs: 'python3 --version',
    command: 'python3 -m unittest',
    files: {
      'test_cart.py':
        'import unittest\n\n\nclass T(unittest.TestCase):\n    def test_adds(self):\n        pass\n\n    def test_fails(self):\n        self.fail()\n\n    @unittest.skip("off")\n    def test_off(self):\n        pass\n',
    },
    names: ['test_adds (test_cart.T.test_adds)', 'test_fails (test_cart.T.test_fails)', 'test_off (test_cart.T.test_off)'],
    isQuick: true,
  },
  pytest: {
    needs: 'python3 -m pytest --version',
    command: 'python3 -m pytest -q',
    files: {
      'test_cart.py':
        'import pytest\n\n\ndef test_adds():\n    pass\n\n\ndef test_fails():\n    assert 0\n\n\n@pytest.mark.skip\ndef test_off():\n    pass\n',
    },
    names: ['test_cart > test_adds', 'test_cart > test_fails', 'test_cart > test_off'],
  },
  'node:test behind npm test': {
    needs: 'npm --version',
    command: 'npm test',
    files: {
      'package.json': '{"type":"module","scripts":{"test":"node --test"}}',
      'cart.test.js':
        "import test from 'node:test';\ntest('adds', () => {});\ntest('fails', () => { throw new Error('no'); });\ntest.skip('off', () => {});\n",
    },
    names: ['adds', 'fails', 'off'],
  },
  'Jest behind npm test': {
    needs: 'npm --version && jest --version',
    command: 'npm test',
    files: {
      'package.json': '{"scripts":{"test":"jest"},"jest":{"transform":{},"testEnvironment":"node"}}',
      'cart.test.js': "test('adds', () => {});\ntest('fails', () => { throw new Error('no'); });\ntest.skip('off', () => {});\n",
    },
    names: ['cart.test.js > adds', 'cart.test.js > fails', 'cart.test.js > off'],
  },
  Bun: {
    needs: 'bun --version',
    command: 'bun test',
    files: {
      'cart.test.ts':
        "import { test } from 'bun:test';\ntest('adds', () => {});\ntest('fails', () => { throw new Error('no'); });\ntest.skip('off', () => {});\n",
    },
    names: ['cart.test.ts > adds', 'cart.test.ts > fails', 'cart.test.ts > off'],
  },
  RSpec: {
    needs: 'rspec --version',
    command: 'rspec',
    files: {
      'spec/cart_spec.rb': "RSpec.describe 'cart' do\n  it('adds') { }\n  it('fails') { raise 'no' }\n  xit('is off') { }\nend\n",
    },
    names: ['spec/cart_spec.rb > cart > adds', 'spec/cart_spec.rb > cart > fails', 'spec/cart_spec.rb > cart > is off'],
  },
  'Minitest by rake': {
    needs: 'rake --version && ruby -r minitest -e 1',
    command: 'rake test',
    files: {
      Rakefile: "require 'rake/testtask'\nRake::TestTask.new { |t| t.pattern = 'test/*_test.rb' }\n",
      'test/cart_test.rb':
        "require 'minitest/autorun'\nclass CartTest < Minitest::Test\n  def test_adds; assert true; end\n  def test_fails; flunk; end\n  def test_off; skip; end\nend\n",
    },
    names: ['CartTest#test_adds', 'CartTest#test_fails', 'CartTest#test_off'],
  },
  PHPUnit: {
    needs: 'phpunit --version',
    command: 'phpunit tests',
    files: {
      'tests/CartTest.php':
        '<?php\nfinal class CartTest extends PHPUnit\\Framework\\TestCase {\n  public function testAdds(): void { $this->assertTrue(true); }\n  public function testFails(): void { $this->fail(); }\n  public function testOff(): void { $this->markTestSkipped(); }\n}\n',
    },
    names: ['CartTest > testAdds', 'CartTest > testFails', 'CartTest > testOff'],
  },
  Go: {
    needs: 'go version',
    command: 'go test ./...',
    files: {
      'go.mod': 'module shop\n\ngo 1.21\n',
      'cart_test.go':
        'package shop\n\nimport "testing"\n\nfunc TestAdds(t *testing.T)  {}\nfunc TestFails(t *testing.T) { t.Fail() }\nfunc TestOff(t *testing.T)   { t.Skip() }\n',
    },
    names: ['shop > TestAdds', 'shop > TestFails', 'shop > TestOff'],
  },
  Cargo: {
    needs: 'cargo --version',
    command: 'cargo test --quiet',
    files: {
      'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/lib.rs':
        '#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {}\n    #[test]\n    fn fails() { panic!() }\n    #[test]\n    #[ignore]\n    fn off() {}\n}\n',
    },
    names: ['tests::adds', 'tests::fails', 'tests::off'],
  },
  CTest: {
    needs: 'ctest --version && cmake --version',
    command: 'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure',
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.10)\nproject(shop NONE)\nenable_testing()\nadd_test(NAME adds COMMAND true)\nadd_test(NAME fails COMMAND false)\nadd_test(NAME off COMMAND false)\nset_tests_properties(off PROPERTIES DISABLED TRUE)\n',
    },
    names: ['adds', 'fails', 'off'],
  },
  'Surefire of Maven': {
    needs: 'mvn --version',
    command: 'mvn --quiet --batch-mode test',
    files: {
      'pom.xml': POM,
      'src/test/java/CartTest.java':
        'import org.junit.*;\npublic class CartTest {\n  @Test public void adds() {}\n  @Test public void fails() { Assert.fail(); }\n  @Ignore @Test public void off() {}\n}\n',
    },
    names: ['CartTest > adds', 'CartTest > fails', 'CartTest > off'],
  },
};

const OWN_BIN = resolve('node_modules', '.bin');
const ENV = {
  ...process.env,
  ...toolchains(),
  HOME: homedir(),
  PYTHONDONTWRITEBYTECODE: '1',
} as Record<string, string>;
ENV.PATH = [ENV.PATH, OWN_BIN].join(delimiter);
const commands = createCommands({
  processes: createProcesses(),
  env: ENV,
  timeoutMs: 300_000,
  maxMemoryBytes: 2 ** 36,
  redact: (text) => text,
});

for (const [name, { needs, command, files, names, isQuick }] of Object.entries(SUITES)) {
  const isRun = (IS_SLOW_LANE || isQuick) && spawnSync('sh', ['-c', needs], { env: ENV }).status === 0;
  (isRun ? test : test.skip)(
    `${name}: names and outcomes of three tests`,
    async () => {
      const dir = realpathSync(mkdtempSync(join(tmpdir(), 'runner-names-')));
      try {
        for (const [path, text] of Object.entries(files)) {
          mkdirSync(dirname(join(dir, path)), { recursive: true });
          writeFileSync(join(dir, path), text);
        }
        const run = await commands.runTests(command, { dir, tree: dir, scratch: dir }, new AbortController().signal);
        const [green, red, skipped] = names;
        expect(run.tests).toEqual({ ran: 2, names: { [green]: ['passed'], [red]: ['failed'], [skipped]: ['skipped'] } });
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
    320_000,
  );
}
