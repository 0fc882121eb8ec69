// Real runners in small projects, by the commands of a plan: what is read of their single tests. A runner that is not on the
// machine is skipped; those that start a JVM are of the slow lane.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createCommands } from '../../../src/adapters/process/commands.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { lostTests } from '../../../src/core/proof/lost-tests.ts';
import { IS_SLOW_LANE } from '../../support/lane.ts';

interface Row {
  readonly needs: readonly string[];
  readonly isSlow?: true;
  readonly files: Readonly<Record<string, string>>;
  readonly command: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** A change after which `lost` is what people are told. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly lost: string;
}

const JAVA = (body: string): string => `package a;\nimport org.junit.*;\npublic class CartTest {\n${body}}\n`;
const ADDS = '  @Test public void addsUp() { Assert.assertEquals(2, Cart.sum(1, 1)); }\n';
const LATER = '  @Ignore @Test public void later() { }\n';
const CART = 'package a;\npublic class Cart { public static int sum(int a, int b) { return a + b; } }\n';
const JAVA_TESTS = {
  names: { 'a.CartTest > addsUp': ['passed'], 'a.CartTest > later': ['skipped'] },
  hidden: { 'src/test/java/a/CartTest.java': JAVA(`  @Ignore${ADDS}  @Test public void other() { }\n`) },
  lost: 'the test "a.CartTest > addsUp" passed before the fix and is skipped with it',
} as const;

const JEST = resolve('node_modules/jest/bin/jest.js');

const ROWS: Readonly<Record<string, Row>> = {
  RSpec: {
    needs: ['rspec'],
    files: {
      'spec/a_spec.rb': "RSpec.describe('cart') { it('adds') { expect(1).to eq(1) }\n it('red') { expect(1).to eq(2) }\n xit('off') {} }\n",
    },
    command: 'rspec',
    names: {
      'spec/a_spec.rb > cart > adds': ['passed'],
      'spec/a_spec.rb > cart > red': ['failed'],
      'spec/a_spec.rb > cart > off': ['skipped'],
    },
    hidden: { 'spec/a_spec.rb': "RSpec.describe('cart') { xit('adds') { expect(1).to eq(1) }\n it('red') { }\n it('more') {} }\n" },
    lost: 'the test "spec/a_spec.rb > cart > adds" passed before the fix and is skipped with it',
  },
  CTest: {
    needs: ['cmake', 'ctest'],
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.21)\nproject(x NONE)\nenable_testing()\nadd_test(NAME good COMMAND true)\nadd_test(NAME bad COMMAND false)\n',
    },
    command: 'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure',
    names: { good: ['passed'], bad: ['failed'] },
    hidden: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.21)\nproject(x NONE)\nenable_testing()\nadd_test(NAME good COMMAND true)\nset_tests_properties(good PROPERTIES DISABLED TRUE)\nadd_test(NAME bad COMMAND true)\n',
    },
    lost: 'the test "good" passed before the fix and is skipped with it',
  },
  'Jest behind npm test, two files': {
    needs: ['npm'],
    files: {
      'package.json': JSON.stringify({ scripts: { test: `node ${JEST} --ci` }, jest: { testEnvironment: 'node' } }),
      'a.test.js': "describe('cart', () => { test('adds', () => {}); test.skip('off', () => {}); });\n",
      'b.test.js': "test('red', () => { throw new Error('x'); });\n",
    },
    command: 'npm test',
    names: { 'a.test.js > cart > adds': ['passed'], 'a.test.js > cart > off': ['skipped'], 'b.test.js > red': ['failed'] },
    hidden: { 'a.test.js': "describe('cart', () => { test('off', () => {}); test('other', () => {}); });\n" },
    lost: 'the test "a.test.js > cart > adds" passed before the fix and is gone with it',
  },
  PHPUnit: {
    needs: ['phpunit'],
    files: {
      'tests/CartTest.php':
        '<?php\nclass CartTest extends PHPUnit\\Framework\\TestCase {\n function testAdds() { $this->assertTrue(true); }\n function testOff() { $this->markTestSkipped(); }\n}\n',
    },
    command: 'phpunit tests',
    names: { 'CartTest > testAdds': ['passed'], 'CartTest > testOff': ['skipped'] },
    hidden: {
      'tests/CartTest.php':
        '<?php\nclass CartTest extends PHPUnit\\Framework\\TestCase {\n function testAdds() { $this->markTestSkipped(); }\n function testOff() { $this->assertTrue(true); }\n}\n',
    },
    lost: 'the test "CartTest > testAdds" passed before the fix and is skipped with it',
  },
  Maven: {
    needs: ['mvn', 'javac'],
    isSlow: true,
    files: {
      'pom.xml':
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties><dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency></dependencies></project>',
      'src/main/java/a/Cart.java': CART,
      'src/test/java/a/CartTest.java': JAVA(ADDS + LATER),
    },
    command: 'mvn --quiet --batch-mode test',
    ...JAVA_TESTS,
  },
  Gradle: {
    needs: ['gradle', 'javac'],
    isSlow: true,
    files: {
      'build.gradle':
        "apply plugin: 'java'\ndependencies { testCompile files('/usr/share/java/junit4.jar', '/usr/share/java/hamcrest-core.jar') }\n",
      'src/main/java/a/Cart.java': CART,
      'src/test/java/a/CartTest.java': JAVA(ADDS + LATER),
    },
    command: 'gradle --no-daemon --quiet --offline test',
    ...JAVA_TESTS,
  },
};

const hasProgram = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

const dir = mkdtempSync(join(tmpdir(), 'ai-ops-runners-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const { PATH = '', HOME = '', JAVA_HOME = '' } = process.env;
const commands = createCommands({
  processes: createProcesses(),
  env: { PATH, HOME, CI: 'true', ...(JAVA_HOME === '' ? {} : { JAVA_HOME }) },
  timeoutMs: 300_000,
  maxMemoryBytes: 2 ** 33,
  redact: (text) => text,
});

function put(tree: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
}

for (const [name, { needs, isSlow, files, command, names, hidden, lost }] of Object.entries(ROWS)) {
  const isHere = needs.every(hasProgram) && (!isSlow || IS_SLOW_LANE);
  (isHere ? test : test.skip)(
    `${name}${isHere ? '' : ` (${isSlow && !IS_SLOW_LANE ? 'the slow lane' : needs.join(', ')})`}`,
    async () => {
      const tree = join(dir, name.replace(/\W/g, ''));
      const at = { tree, dir: tree, scratch: join(tree, '..', 'scratch') };
      put(tree, files);
      const before = await commands.runTests(command, at, new AbortController().signal);
      expect({ names: before.tests?.names, output: before.output }).toMatchObject({ names });
      expect(Object.keys(before.tests?.names ?? {})).toHaveLength(Object.keys(names).length);
      put(tree, hidden);
      const after = await commands.runTests(command, at, new AbortController().signal);
      expect(lostTests(before.tests, after.tests)).toBe(lost);
    },
    600_000,
  );
}

test('of reports in the work tree those of this run are read, of every module near its build, and none of packages of others', async () => {
  const tree = join(dir, 'left');
  const report = (name: string): string => `<testsuite><testcase classname="a" name="${name}"/></testsuite>`;
  put(tree, {
    'core/target/surefire-reports/TEST-gone.xml': report('gone'),
    'node_modules/x/build/test-results/test/TEST-x.xml': report('x'),
    'svc/x/pom.xml': '<project/>',
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const at = { tree, dir: tree, scratch: join(tree, '..', 'scratch') };
  const places = [
    'core/target/surefire-reports',
    'app/build/test-results/test',
    'web/target/test-reports',
    'node_modules/y/target/surefire-reports',
    'far/a/b/c/target/surefire-reports',
    'svc/x/y/z/target/surefire-reports',
  ];
  const write = places.map((place, n) => `mkdir -p ${place} && echo '${report(`t${n}`)}' > ${place}/TEST-t.xml`).join(' && ');
  const { tests } = await commands.runTests(
    `${write}; echo '${report('other')}' > core/target/surefire-reports/summary.xml`,
    at,
    new AbortController().signal,
  );
  expect(Object.keys(tests?.names ?? {}).sort()).toEqual(['a > t0', 'a > t1', 'a > t2', 'a > t5']);
});
