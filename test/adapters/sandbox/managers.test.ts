// Real package managers in the sandbox, by the plan that is found: they install and fetch with the network, tests run without
// it, and a second repair finds what the first has fetched. Of the slow lane; a manager that is not here is named.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCommands, type Network } from '../../../src/adapters/process/commands.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { findSandbox } from '../../../src/adapters/sandbox/find.ts';
import { manifestsToRead, planChecks, programsNeeded } from '../../../src/core/proof/checks.ts';
import { fetches } from '../../../src/core/proof/machine/fetches.ts';
import { toolchains } from '../../repairs/toolchains.ts';
import { IS_SLOW_LANE } from '../../support/lane.ts';
import { noSandbox } from '../../support/sandbox.ts';

interface Row {
  readonly files: Readonly<Record<string, string>>;
  readonly near: string;
  /** Of tests, by the runner's own report. */
  readonly passed: string;
  /** A second work tree can be tested without the network, with no setup of its own. */
  readonly isKept?: true;
}

const POM = (dependency: string): string =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties><dependencies><dependency>${dependency}<scope>test</scope></dependency></dependencies><build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId><version>3.2.5</version></plugin></plugins></build></project>`;

const ROWS: Readonly<Record<string, Row>> = {
  // Surefire looks for what runs tests of JUnit 5 only when it has found one.
  'Maven, JUnit 5': {
    files: {
      'pom.xml': POM('<groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.10.2</version>'),
      'src/main/java/a/A.java': 'package a;\npublic class A { public static int twice(int n) { return n * 2; } }\n',
      'src/test/java/a/ATest.java':
        'package a;\nimport org.junit.jupiter.api.*;\nclass ATest { @Test void twice() { Assertions.assertEquals(4, A.twice(2)); } }\n',
    },
    ...{ near: 'src/main/java/a/A.java', passed: 'a.ATest > twice', isKept: true },
  },
  Go: {
    files: {
      'go.mod': 'module example.org/a\n\ngo 1.21\n\nrequire github.com/google/uuid v1.6.0\n',
      'go.sum':
        'github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=\ngithub.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n',
      'a.go': 'package a\n\nimport "github.com/google/uuid"\n\nfunc Twice(n int) int { return n * len(uuid.Nil[:2]) }\n',
      'a_test.go': 'package a\n\nimport "testing"\n\nfunc TestTwice(t *testing.T) {\n\tif Twice(2) != 4 {\n\t\tt.Fatal("no")\n\t}\n}\n',
    },
    ...{ near: 'a.go', passed: 'example.org/a > TestTwice', isKept: true },
  },
  Cargo: {
    files: {
      'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nitoa = "1"\n',
      'src/lib.rs':
        'pub fn twice(n: i32) -> String { itoa::Buffer::new().format(n * 2).to_string() }\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn twice() { assert_eq!(super::twice(2), "4"); }\n}\n',
    },
    ...{ near: 'src/lib.rs', passed: 'tests::twice', isKept: true },
  },
  npm: {
    files: {
      'package.json': '{"name":"a","version":"1.0.0","type":"module","dependencies":{"ms":"2.1.3"},"scripts":{"test":"node --test"}}',
      'a.js': "import ms from 'ms';\nexport const twice = (n) => (ms('2s') / 1000) * n;\n",
      'a.test.js':
        "import test from 'node:test';\nimport assert from 'node:assert';\nimport { twice } from './a.js';\ntest('twice', () => assert.equal(twice(2), 4));\n",
    },
    ...{ near: 'a.js', passed: 'twice' },
  },
  pip: {
    files: {
      'requirements.txt': 'pytest\n',
      'pytest.ini': '[pytest]\npythonpath = .\n',
      'shop/a.py': 'def twice(n):\n    return n * 2\n',
      'tests/test_a.py': 'from shop.a import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n',
    },
    ...{ near: 'shop/a.py', passed: 'tests.test_a > test_twice' },
  },
};

const root = mkdtempSync(join(tmpdir(), 'ai-ops-managers-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const stateDir = join(root, 'state');
const live = new AbortController().signal;

async function commandsIn(network: Network) {
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  mkdirSync(stateDir, { recursive: true });
  const { GOCACHE: _own, CARGO_NET_OFFLINE: _offline, ...tools } = toolchains();
  // The Node.js of the tests brings its own certificates, a machine's npm knows those of the machine.
  const certificates = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt'].find((file) => existsSync(file));
  const env = { ...tools, HOME: home, CI: 'true', ...(certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates }) };
  const processes = createProcesses();
  const found = await findSandbox({ processes, env, stateDir, readable: [], maxMemoryBytes: 2 ** 30 });
  if (found.kind === 'none') throw new Error(found.why);
  const limits = { timeoutMs: 400_000, maxMemoryBytes: 2 ** 33, redact: (text: string) => text };
  return createCommands({ processes, env, ...limits, sandbox: found.sandbox, network, cacheDir: join(stateDir, 'caches') });
}

function treeOf(name: string, files: Row['files']) {
  const work = join(stateDir, 'workspaces', name.replace(/\W/g, ''));
  const tree = join(work, 'repo');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return { tree, dir: tree, scratch: join(work, 'scratch') };
}

/** What Cargo has resolved stands in the tree. */
function lockOf(tree: string): Row['files'] {
  const file = join(tree, 'Cargo.lock');
  return existsSync(file) ? { 'Cargo.lock': readFileSync(file, 'utf8') } : {};
}

function planOf({ files, near }: Row) {
  const paths = Object.keys(files);
  return planChecks({}, { paths, texts: new Map(manifestsToRead(paths, near).map((path) => [path, files[path] ?? ''])) }, near);
}

const isThere = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

for (const [name, row] of Object.entries(ROWS)) {
  const plan = planOf(row);
  const missing = programsNeeded([...plan.setup, ...plan.test]).filter((program) => !isThere(program));
  const why = IS_SLOW_LANE ? (noSandbox ?? missing.join(', ')) : 'the slow lane';
  (why === '' ? test : test.skip)(
    `${name}${why === '' ? '' : ` (${why})`}`,
    async () => {
      const commands = await commandsIn('setup');
      const at = treeOf(name, row.files);
      for (const command of plan.setup) {
        const { exitCode, output } = await commands.setUp(command, at, live);
        expect({ exitCode, output }).toEqual({ exitCode: 0, output });
      }
      // One that fails is left to the tests, which may have all that they need.
      for (const { command, fillsBuilds } of fetches(plan, Object.keys(row.files))) await commands.setUp(command, at, live, fillsBuilds);
      const [line = ''] = plan.test;
      const { exitCode, tests, output } = await commands.runTests(line, at, live);
      expect({ exitCode, output }).toEqual({ exitCode: 0, output });
      expect(tests?.names).toEqual({ [row.passed]: ['passed'] });
      expect(readdirSync(join(root, 'home'))).toEqual([]);
      if (!row.isKept) return;
      const again = await (await commandsIn('none')).runTests(line, treeOf(`${name} again`, { ...row.files, ...lockOf(at.tree) }), live);
      expect({ exitCode: again.exitCode, output: again.output }).toEqual({ exitCode: 0, output: again.output });
      if (name === 'Go') expect(existsSync(join(stateDir, 'caches', '.cache-go-build'))).toBe(true);
    },
    900_000,
  );
}
