// Small repositories of many layouts, really installed and tested by the commands that are found for them, with the package
// managers of this machine: the tests pass as they are, and fail once the code is wrong. What is not installed is left out.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { manifestsToRead, planChecks, programsNeeded } from '../../src/core/proof/checks.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';

interface Repository {
  readonly files: Readonly<Record<string, string>>;
  /** The file at fault, and what goes wrong in it. */
  readonly near: string;
  readonly wrong: readonly [right: string, wrong: string];
  /** Needs the network, or more than a few seconds. */
  readonly isSlow?: true;
}

const NODE = 'export const twice = (n) => n * 2;\n';
const NODE_TEST = (from: string): string =>
  `import test from 'node:test';\nimport assert from 'node:assert';\nimport { twice } from '${from}';\ntest('twice', () => assert.equal(twice(2), 4));\n`;
const PY = 'def twice(n):\n    return n * 2\n';
const PY_TEST = 'from shop.a import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n';
const GO = 'package a\n\nfunc Twice(n int) int { return n * 2 }\n';
const GO_TEST = 'package a\n\nimport "testing"\n\nfunc TestTwice(t *testing.T) {\n\tif Twice(2) != 4 {\n\t\tt.Fatal("no")\n\t}\n}\n';
const RUST =
  'pub fn twice(n: i32) -> i32 { n * 2 }\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn twice() { assert_eq!(super::twice(2), 4); }\n}\n';
const C_TEST = '#include "a.h"\nint main(void) { return twice(2) == 4 ? 0 : 1; }\n';
const C = { 'a.h': 'int twice(int n);\n', 'a.c': '#include "a.h"\nint twice(int n) { return n * 2; }\n', 'a_test.c': C_TEST };

const REPOSITORIES: Readonly<Record<string, Repository>> = {
  'node:test without a script': {
    files: { 'package.json': '{"type":"module"}', 'src/a.js': NODE, 'test/a.test.js': NODE_TEST('../src/a.js') },
    ...{ near: 'src/a.js', wrong: ['n * 2', 'n * 3'] },
  },
  'an npm workspace whose packages need each other': {
    files: {
      'package.json': '{"private":true,"workspaces":["packages/*"]}',
      'packages/core/package.json': '{"name":"@x/core","version":"1.0.0","type":"module","exports":"./a.js"}',
      'packages/core/a.js': NODE,
      'packages/web/package.json':
        '{"name":"@x/web","version":"1.0.0","type":"module","dependencies":{"@x/core":"*"},"scripts":{"test":"node --test"}}',
      'packages/web/b.js': "import { twice } from '@x/core';\nexport const four = () => twice(2);\n",
      'packages/web/b.test.js':
        "import test from 'node:test';\nimport assert from 'node:assert';\nimport { four } from './b.js';\ntest('four', () => assert.equal(four(), 4));\n",
    },
    ...{ near: 'packages/web/b.js', wrong: ['twice(2)', 'twice(3)'], isSlow: true },
  },
  'a pyproject with an extra for tests': {
    files: {
      'pyproject.toml':
        "[project]\nname = 'shop'\nversion = '1'\ndependencies = []\n[project.optional-dependencies]\ntest = ['pytest']\n[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n[tool.setuptools]\npackages = ['shop']\n",
      ...{ 'shop/__init__.py': '', 'shop/a.py': PY, 'tests/test_a.py': PY_TEST },
    },
    ...{ near: 'shop/a.py', wrong: ['n * 2', 'n * 3'], isSlow: true },
  },
  'requirements in a directory': {
    files: {
      'requirements/test.txt': 'pytest\n',
      'pytest.ini': '[pytest]\npythonpath = .\n',
      ...{ 'shop/__init__.py': '', 'shop/a.py': PY, 'tests/test_a.py': PY_TEST },
    },
    ...{ near: 'shop/a.py', wrong: ['n * 2', 'n * 3'], isSlow: true },
  },
  'a Python package with a conftest': {
    files: { 'conftest.py': '', 'shop/__init__.py': '', 'shop/a.py': PY, 'shop/tests/test_a.py': PY_TEST },
    ...{ near: 'shop/a.py', wrong: ['n * 2', 'n * 3'], isSlow: true },
  },
  'a module of go.work': {
    files: {
      'go.work': 'go 1.21\n\nuse (\n\t./svc/a\n)\n',
      'svc/a/go.mod': 'module example.org/a\n\ngo 1.21\n',
      ...{ 'svc/a/a.go': GO, 'svc/a/a_test.go': GO_TEST },
    },
    ...{ near: 'svc/a/a.go', wrong: ['n * 2', 'n * 3'], isSlow: true },
  },
  'a cargo workspace': {
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n',
      'crates/core/Cargo.toml': '[package]\nname = "core-a"\nversion = "0.1.0"\nedition = "2021"\n',
      'crates/core/src/lib.rs': RUST,
    },
    ...{ near: 'crates/core/src/lib.rs', wrong: ['n * 2', 'n * 3'], isSlow: true },
  },
  CMake: {
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.10)\nproject(a C)\nenable_testing()\nadd_executable(a_test a_test.c a.c)\nadd_test(NAME a COMMAND a_test)\n',
      ...C,
    },
    ...{ near: 'a.c', wrong: ['n * 2', 'n * 3'], isSlow: true },
  },
  'a target of make': {
    files: { Makefile: 'test: a_test\n\t./a_test\na_test: a.c a_test.c\n\t$(CC) -o $@ $^\n', ...C },
    ...{ near: 'a.c', wrong: ['n * 2', 'n * 3'] },
  },
  Perl: {
    files: {
      'lib/A.pm': 'package A;\nsub twice { return $_[0] * 2 }\n1;\n',
      't/a.t': 'use strict;\nuse Test::More tests => 1;\nuse A;\nis(A::twice(2), 4);\n',
    },
    ...{ near: 'lib/A.pm', wrong: ['* 2', '* 3'] },
  },
  'RSpec alone': {
    files: {
      'lib/a.rb': 'def twice(n) = n * 2\n',
      'spec/a_spec.rb': "require_relative '../lib/a'\nRSpec.describe('twice') { it('doubles') { expect(twice(2)).to eq(4) } }\n",
    },
    ...{ near: 'lib/a.rb', wrong: ['n * 2', 'n * 3'] },
  },
};

const dirs: string[] = [];
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

const isThere = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

function planOf({ files, near }: Repository) {
  const paths = Object.keys(files);
  return planChecks({}, { paths, texts: new Map(manifestsToRead(paths, near).map((path) => [path, files[path] ?? ''])) }, near);
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

const able = Object.entries(REPOSITORIES).filter(
  ([, repository]) =>
    (IS_SLOW_LANE || !repository.isSlow) && programsNeeded([...planOf(repository).setup, ...planOf(repository).test]).every(isThere),
);

test.each(able)(
  '%s',
  (_name, repository) => {
    const { files, near, wrong } = repository;
    const { setup, test: tests } = planOf(repository);
    const dir = mkdtempSync(join(tmpdir(), 'ai-ops-plan-'));
    dirs.push(dir);
    write(dir, files);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const run = (command: string): number | null =>
      spawnSync('sh', ['-c', command], { cwd: dir, env: { ...env, CI: '1' }, timeout: 240_000 }).status;
    for (const command of setup) execFileSync('sh', ['-c', command], { cwd: dir, env, timeout: 240_000 });
    expect(tests).toHaveLength(1);
    expect(tests.map(run)).toEqual([0]);
    // A build that looks at times of whole seconds must see the change.
    const later = (files[near] ?? '').replace(wrong[0], wrong[1]);
    spawnSync('sleep', ['1.1']);
    write(dir, { [near]: later });
    expect(tests.map(run)).not.toEqual([0]);
  },
  600_000,
);
