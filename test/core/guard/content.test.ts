// Rules on what a change brings and takes away. A row is a file before and after, and the rules that must speak; harmless rows
// matter as much as harmful ones, because a guard that cries wolf is switched off.
import { judge, strictest } from '../../../src/core/guard/judge.ts';
import type { FileChange, Verdict } from '../../../src/core/model.ts';
import { isLinear } from '../../support/processor-time.ts';

const POLICY = { maxFiles: 9, maxLines: 5000, protectedPaths: [] };

function change(path: string, before: string | null, after: string | null): FileChange {
  return {
    path,
    mode: '100644',
    ...(before === null ? {} : { oldMode: '100644' as const, before: Buffer.from(before) }),
    ...(after === null ? {} : { after: Buffer.from(after) }),
  };
}

type Row = readonly [name: string, path: string, before: string | null, after: string, expected: string];

const judged = (files: readonly FileChange[]): string => {
  const verdicts = judge({ base: 'b', files }, POLICY, 10);
  return verdicts.map(({ rule, verdict }) => `${rule}=${verdict}`).join(' ');
};

/** Built from pieces so that no scanner takes this file for a leak. */
const fake = (...pieces: readonly string[]): string => pieces.join('');
const TOKEN = fake('gh', 'p_', 'Ab1'.repeat(12));
const BASE64 = Buffer.from(Array.from({ length: 300 }, (_value, index) => (index * 73 + 11) % 256)).toString('base64');

const TESTS: readonly Row[] = [
  [
    'a test gains assertions',
    'test/a.test.js',
    "it('a', () => {\n  expect(f()).toBe(1);\n});\n",
    "it('a', () => {\n  expect(f()).toBe(1);\n  expect(g()).toBe(2);\n});\n",
    '',
  ],
  [
    'a test file gains a case',
    'test/a.test.js',
    "it('a', () => expect(f()).toBe(1));\n",
    "it('a', () => expect(f()).toBe(1));\nit('b', () => expect(g()).toBe(2));\n",
    '',
  ],
  ['an assertion moves', 'test/a.test.js', 'expect(a).toBe(1);\nexpect(b).toBe(2);\n', 'expect(b).toBe(2);\nexpect(a).toBe(1);\n', ''],
  ['an assertion is indented and wrapped', 'test/a.test.js', 'expect(a).toEqual([1, 2]);\n', '  expect(a)\n    .toEqual([1, 2]);\n', ''],
  [
    'an assertion that is true whatever happens',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    'def test_a():\n    assert f() == 1 or True\n',
    'test-changed=patch-only',
  ],
  [
    'an assertion that is never reached',
    'test/a.test.js',
    'expect(a).toBe(1);\n',
    'if (false) expect(a).toBe(1);\n',
    'test-changed=patch-only',
  ],
  ['an assertion in a block of its own', 'test/a.test.js', 'expect(a).toBe(1);\n', 'for (const a of all) {\n  expect(a).toBe(1);\n}\n', ''],
  [
    'an assertion on the line of its case',
    'test/a.test.js',
    "it('a', () => {\n  expect(a).toBe(1);\n});\n",
    "it('a', () => { expect(a).toBe(1); });\n",
    '',
  ],
  ['set-up of a test changes', 'test/a.test.js', 'const a = 1;\nexpect(a).toBe(1);\n', 'const a = make();\nexpect(a).toBe(1);\n', ''],
  ['a new test file', 'test/b.test.js', null, "it('b', () => expect(g()).toBe(2));\n", ''],
  [
    'what a test of a shell compares goes',
    'test/a.bats',
    '@test "adds" {\n  run ./add 1\n  [ "$status" -eq 0 ]\n  [[ "$output" == 2 ]]\n}\n',
    '@test "adds" {\n  run ./add 1\n  [ "$status" -eq 0 ]\n}\n',
    'test-shrunk=refuse',
  ],
  ['an assertion goes', 'test/a.test.js', 'expect(a).toBe(1);\nexpect(b).toBe(2);\n', 'expect(a).toBe(1);\n', 'test-shrunk=refuse'],
  [
    'an assertion is commented out',
    'test/a.test.js',
    'expect(a).toBe(1);\nexpect(b).toBe(2);\n',
    'expect(a).toBe(1);\n// expect(b).toBe(2);\n',
    'test-shrunk=refuse',
  ],
  [
    'an assert of its own in place of the library',
    'test/a.test.js',
    "import assert from 'node:assert';\nassert.equal(f(), 2);\n",
    'const assert = { equal() {} };\nassert.equal(f(), 2);\n',
    'test-shrunk=refuse',
  ],
  [
    'a method of the test case written over',
    'tests/test_a.py',
    'class T(TestCase):\n    def test_a(self):\n        self.assertEqual(f(), 2)\n',
    'class T(TestCase):\n    def assertEqual(self, a, b):\n        pass\n    def test_a(self):\n        self.assertEqual(f(), 2)\n',
    'test-shrunk=refuse',
  ],
  ['a new file that writes over the framework', 'tests/helpers.py', null, 'TestCase.assertEqual = lambda *a: None\n', 'test-shrunk=refuse'],
  [
    'the library by another way',
    'test/a.test.js',
    "import assert from 'assert';\nassert(f());\n",
    "const assert = require('node:assert');\nassert(f());\n",
    '',
  ],
  [
    'a helper with a name of its own',
    'test/a.test.js',
    'expect(f()).toBe(1);\n',
    'function assertTotal(x) { expect(x).toBe(1); }\nexpect(f()).toBe(1);\n',
    '',
  ],
  ['a case goes though its assertions stay', 'test/a.test.js', "it('a', f);\nit('b', g);\n", "it('a', f);\n", 'test-shrunk=refuse'],
  ['an expectation changes', 'test/a.test.js', 'expect(a).toBe(1);\n', 'expect(a).toBe(2);\n', 'test-changed=patch-only'],
  [
    'a check of the project’s own allows more',
    'test/RunTests.java',
    'check(Math.abs(of(1, 2) - 1.5) < 0.001, "half");\n',
    'check(Math.abs(of(1, 2) - 1.5) < 1, "half");\n',
    'test-changed=patch-only',
  ],
  [
    'a check with what it is given moved in',
    'test/a_test.exs',
    'test "a" do\n  order = make(1)\n  assert total(order) == 1\nend\n',
    'test "a" do\n  order = make(1)\n  assert (order |> total()) == 1\nend\n',
    '',
  ],
  [
    'a result that is compared with itself',
    'test/a.test.js',
    "it('a', () => {\n  assert.equal(total([{ price: 2 }]), 2);\n});\n",
    "it('a', () => {\n  assert.equal(total([{ price: 2 }]), total([{ price: 2 }]));\n});\n",
    'test-changed=patch-only',
  ],
  ['an exact check becomes a loose one', 'test/a.test.js', 'expect(a).toBe(1);\n', 'expect(a).toBeDefined();\n', 'test-changed=patch-only'],
  [
    'it.skip',
    'test/a.test.js',
    "it('a', () => expect(f()).toBe(1));\n",
    "it.skip('a', () => expect(f()).toBe(1));\n",
    'test-skipped=refuse test-changed=patch-only',
  ],
  ['describe.only', 'test/a.test.js', "describe('a', () => {});\n", "describe.only('a', () => {});\n", 'test-skipped=refuse'],
  ['xit', 'test/a.test.js', "it('a', f);\n", "xit('a', f);\n", 'test-skipped=refuse test-shrunk=refuse'],
  ['a new test that singles itself out', 'test/b.test.js', null, "it.only('b', () => expect(1).toBe(1));\n", 'test-skipped=refuse'],
  [
    'pytest.mark.skip',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    '@pytest.mark.skip\ndef test_a():\n    assert f() == 1\n',
    'test-skipped=refuse',
  ],
  [
    'pytest.mark.xfail',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    '@pytest.mark.xfail(reason="x")\ndef test_a():\n    assert f() == 1\n',
    'test-skipped=refuse',
  ],
  [
    'a Python assertion goes',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n    assert g()\n',
    'def test_a():\n    assert f() == 1\n',
    'test-shrunk=refuse',
  ],
  [
    't.Skip',
    'a_test.go',
    'func TestA(t *testing.T) {\n\tt.Fatal("x")\n}\n',
    'func TestA(t *testing.T) {\n\tt.Skip("later")\n\tt.Fatal("x")\n}\n',
    'test-skipped=refuse',
  ],
  [
    'assertions of C that are switched off',
    'tests/grid_test.c',
    '#include <assert.h>\nint main(void) { assert(f() == 1); }\n',
    '#define NDEBUG\n#include <assert.h>\nint main(void) { assert(f() == 1); }\n',
    'test-skipped=refuse',
  ],
  [
    'assertions of C that are named anew',
    'tests/grid_test.c',
    '#include <assert.h>\nint main(void) { assert(f() == 1); }\n',
    '#include <assert.h>\n#undef assert\n#define assert(x) ((void)0)\nint main(void) { assert(f() == 1); }\n',
    'test-skipped=refuse',
  ],
  [
    'a part of a test in #if 0',
    'tests/grid_test.cpp',
    'int main() {\n  assert(f() == 1);\n}\n',
    'int main() {\n#if 0\n  assert(f() == 1);\n#endif\n}\n',
    'test-skipped=refuse',
  ],
  ['a new test of C with a macro of its own', 'tests/a_test.c', null, '#define CHECK(x) assert(x)\nint main(void) { CHECK(f()); }\n', ''],
  ['a build tag that excludes', 'a_test.go', 'package a\n', '//go:build ignore\n\npackage a\n', 'test-skipped=refuse'],
  [
    '@Disabled',
    'src/test/java/OrderTest.java',
    '@Test\nvoid a() { assertEquals(1, f()); }\n',
    '@Disabled\n@Test\nvoid a() { assertEquals(1, f()); }\n',
    'test-skipped=refuse',
  ],
  [
    '@Ignore',
    'src/test/java/OrderTest.java',
    '@Test\nvoid a() { assertEquals(1, f()); }\n',
    '@Ignore("flaky")\n@Test\nvoid a() { assertEquals(1, f()); }\n',
    'test-skipped=refuse',
  ],
  [
    '#[ignore] in a source with tests',
    'src/lib.rs',
    '#[test]\nfn a() { assert_eq!(f(), 1); }\n',
    '#[test]\n#[ignore]\nfn a() { assert_eq!(f(), 1); }\n',
    'test-skipped=refuse',
  ],
  [
    'a Rust assertion goes',
    'src/lib.rs',
    '#[test]\nfn a() {\n  assert_eq!(f(), 1);\n  assert!(g());\n}\n',
    '#[test]\nfn a() {\n  assert_eq!(f(), 1);\n}\n',
    'test-shrunk=refuse',
  ],
  [
    'markTestSkipped',
    'tests/ATest.php',
    '<?php $this->assertSame(1, f());\n',
    '<?php $this->markTestSkipped(); $this->assertSame(1, f());\n',
    'test-skipped=refuse test-changed=patch-only',
  ],
  [
    'a fact with a skip',
    'Shop.Tests/A.Tests.cs',
    '[Fact]\nvoid A() { Assert.Equal(1, F()); }\n',
    '[Fact(Skip = "x")]\nvoid A() { Assert.Equal(1, F()); }\n',
    'test-skipped=refuse',
  ],
  [
    'skip in RSpec',
    'spec/a_spec.rb',
    "it 'a' do\n  expect(f).to eq 1\nend\n",
    "xit 'a' do\n  expect(f).to eq 1\nend\n",
    'test-skipped=refuse test-shrunk=refuse',
  ],
  ['a skip that was there stays', 'test/a.test.js', "it.skip('a', f);\nit('b', g);\n", "it.skip('a', f);\nit('b', h);\n", ''],
  ['a word "skip" in a test', 'test/a.test.js', 'const q = 1;\n', 'const q = find().skip(10).limit(5);\n', ''],
  ['a snapshot gains an entry', 'src/__snapshots__/a.snap', 'exports[`a`] = `1`;\n', 'exports[`a`] = `1`;\nexports[`b`] = `2`;\n', ''],
  ['a snapshot changes', 'src/__snapshots__/a.snap', 'exports[`a`] = `1`;\n', 'exports[`a`] = `2`;\n', 'snapshot-churn=patch-only'],
  [
    'settings of the test runner',
    'jest.config.js',
    'export default {};\n',
    "export default { testPathIgnorePatterns: ['test'] };\n",
    'check-config=patch-only',
  ],
  ['settings of the compiler', 'tsconfig.json', '{"strict":true}\n', '{"strict":false}\n', 'check-config=patch-only'],
];

const MANIFESTS: readonly Row[] = [
  ['the version of a package', 'package.json', '{"name":"a","version":"1.0.0"}', '{"name":"a","version":"1.0.1"}', ''],
  [
    'a package.json that is only laid out anew',
    'package.json',
    '{"scripts":{"test":"node --test"}}',
    '{\n  "scripts": { "test": "node --test" }\n}\n',
    '',
  ],
  ['a postinstall script', 'package.json', '{"name":"a"}', '{"name":"a","scripts":{"postinstall":"node x.js"}}', 'package-script=refuse'],
  ['the test script', 'package.json', '{"scripts":{"test":"node --test"}}', '{"scripts":{"test":"true"}}', 'package-script=refuse'],
  ['a script that goes', 'package.json', '{"scripts":{"lint":"biome","test":"x"}}', '{"scripts":{"test":"x"}}', 'package-script=refuse'],
  ['a script in a nested package', 'packages/a/package.json', '{}', '{"scripts":{"prepare":"x"}}', 'package-script=refuse'],
  ['a program of the package', 'package.json', '{}', '{"bin":{"node":"x.js"}}', 'package-script=refuse'],
  ['hooks in package.json', 'package.json', '{}', '{"husky":{"hooks":{"pre-commit":"x"}}}', 'package-script=refuse'],
  ['no JSON', 'package.json', '{}', '{', 'package-script=refuse'],
  ['a dependency', 'package.json', '{}', '{"dependencies":{"left-pad":"1.3.0"}}', 'new-dependency=patch-only'],
  [
    'another version of a dependency',
    'package.json',
    '{"dependencies":{"a":"1.0.0"}}',
    '{"dependencies":{"a":"0.9.0"}}',
    'new-dependency=patch-only',
  ],
  ['a dependency that goes', 'package.json', '{"dependencies":{"a":"1.0.0","b":"1"}}', '{"dependencies":{"a":"1.0.0"}}', ''],
  ['an override', 'package.json', '{}', '{"overrides":{"a":"npm:b@1"}}', 'new-dependency=patch-only'],
  ['where a package begins', 'package.json', '{"main":"a.js"}', '{"main":"b.js"}', 'package-entry=draft'],
  ['requirements.txt', 'requirements.txt', 'flask==3.0\n', 'flask==3.0\nrequests==2.0\n', 'new-dependency=patch-only'],
  ['a comment in requirements.txt', 'requirements.txt', 'flask==3.0\n', '# web\nflask==3.0\n', ''],
  ['requirements for development', 'requirements/dev.txt', 'pytest\n', 'pytest\nevil\n', 'new-dependency=patch-only'],
  [
    'pyproject, in an array',
    'pyproject.toml',
    '[project]\nname = "a"\ndependencies = [\n  "flask",\n]\n',
    '[project]\nname = "a"\ndependencies = [\n  "flask",\n  "evil",\n]\n',
    'new-dependency=patch-only',
  ],
  [
    'pyproject, a build step',
    'pyproject.toml',
    '[project]\nname = "a"\n',
    '[project]\nname = "a"\n[build-system]\nrequires = ["evil"]\n',
    'new-dependency=patch-only',
  ],
  ['pyproject, another version of the project', 'pyproject.toml', '[project]\nversion = "1.0"\n', '[project]\nversion = "1.1"\n', ''],
  [
    'Cargo.toml',
    'Cargo.toml',
    '[package]\nname = "a"\n[dependencies]\nserde = "1"\n',
    '[package]\nname = "a"\n[dependencies]\nserde = "1"\nevil = "1"\n',
    'new-dependency=patch-only',
  ],
  [
    'go.mod',
    'go.mod',
    'module a\n\nrequire (\n\tgithub.com/a/b v1.0.0\n)\n',
    'module a\n\nrequire (\n\tgithub.com/a/b v1.0.0\n\tgithub.com/x/evil v1.0.0\n)\n',
    'new-dependency=patch-only',
  ],
  ['go.mod, a replacement', 'go.mod', 'module a\n', 'module a\n\nreplace github.com/a/b => ../b\n', 'new-dependency=patch-only'],
  ['Gemfile', 'Gemfile', "gem 'rails'\n", "gem 'rails'\ngem 'evil'\n", 'new-dependency=patch-only'],
  [
    'pom.xml',
    'pom.xml',
    '<project></project>\n',
    '<project><dependency>\n<artifactId>evil</artifactId></dependency></project>\n',
    'new-dependency=patch-only',
  ],
  [
    'a project of .NET',
    'Shop.csproj',
    '<Project></Project>\n',
    '<Project><PackageReference Include="Evil" Version="1.0.0" /></Project>\n',
    'new-dependency=patch-only',
  ],
  ['composer.json', 'composer.json', '{}', '{"require":{"evil/evil":"*"}}', 'new-dependency=patch-only'],
  ['scripts of composer', 'composer.json', '{}', '{"scripts":{"post-install-cmd":"x"}}', 'package-script=refuse'],
  ['Gradle', 'build.gradle', 'dependencies {\n}\n', "dependencies {\n  implementation 'a:evil:1'\n}\n", 'new-dependency=patch-only'],
  ['setup.py', 'setup.py', 'setup(name="a")\n', 'setup(name="a")\nimport x\n', 'new-dependency=patch-only'],
  ['pubspec', 'pubspec.yaml', 'name: a\n', 'name: a\ndependencies:\n  evil: ^1.0.0\n', 'new-dependency=patch-only'],
];

const ADDITIONS: readonly Row[] = [
  ['a token of a provider', 'src/a.js', 'let a;\n', `const t = '${TOKEN}';\n`, 'secret=refuse'],
  ['a token in a test', 'test/a.test.js', '\n', `const t = '${TOKEN}';\n`, 'secret=refuse'],
  ['a token that was there', 'src/a.js', `const t = '${TOKEN}';\n`, `const token = '${TOKEN}';\n`, ''],
  ['a private key', 'src/a.py', '\n', fake('KEY = """-----BEGIN ', 'PRIVATE KEY-----\nMIIabc\n"""\n'), 'secret=refuse'],
  ['a password in code', 'src/a.js', '\n', "connect({ password: 'hunter2-2024' });\n", 'secret=refuse'],
  ['a made-up password in a test', 'test/a.test.js', '\n', "login({ password: 'hunter2-2024' });\n", 'secret=draft'],
  ['a password in a YAML file', 'config/db.yaml', '\n', 'password: hunter2-2024\n', 'secret=refuse'],
  [
    'a password from somewhere else',
    'src/a.js',
    '\n',
    'connect({ password: options.password, token: process.env.TOKEN, secret: readSecret(name) });\n',
    '',
  ],
  [
    'a message about a password',
    'src/a.js',
    '\n',
    "throw new Error('password: must have 8 characters');\nconst m = { password: 'Password is required' };\n",
    '',
  ],
  ['the name of a key', 'src/a.js', '\n', "const TOKEN = 'auth_token';\n", ''],
  ['a new host', 'src/a.js', 'let a;\n', "fetch('https://evil.example-cdn.com/x');\n", 'new-host=patch-only'],
  ['a new address', 'src/a.py', '\n', 'HOST = "45.33.32.156"\n', 'new-host=patch-only'],
  ['an address of documents, called', 'src/a.js', 'let a;\n', "fetch('http://203.0.113.9/p');\n", 'new-host=patch-only'],
  ['an address of documents in a test', 'test/a.test.js', 'let a;\n', "fetch('http://203.0.113.9/p');\n", ''],
  ['a host without a scheme', 'src/a.js', '\n', "connect('evil-site.com', 443);\n", 'new-host=draft'],
  ['a script without a scheme', 'public/a.html', '\n', '<script src="//evil-cdn.com/x.js"></script>\n', 'new-host=patch-only'],
  [
    'a URL moves within its file',
    'src/a.js',
    "const U = 'https://api.acme.com/v1';\nlet a;\n",
    "let a;\nconst U = 'https://api.acme.com/v1';\n",
    '',
  ],
  ['another path on a known host', 'src/a.js', "const U = 'https://api.acme.com/v1';\n", "const U = 'https://api.acme.com/v2';\n", ''],
  ['a host in a comment', 'src/a.js', '\n', '// see https://developer.acme.org/docs\nlet a;\n', 'new-host=draft'],
  [
    'localhost and examples',
    'test/a.test.js',
    '\n',
    "get('http://localhost:3000'); get('http://127.0.0.1:1/'); get('https://api.example.com/x'); get('http://shop.test');\n",
    '',
  ],
  ['names of XML', 'src/a.svg', '<svg/>\n', '<svg xmlns="http://www.w3.org/2000/svg"/>\n', ''],
  ['a version of four numbers', 'src/AssemblyInfo.cs', '\n', '[assembly: AssemblyVersion("1.2.3.4")]\n', ''],
  ['a version in a text', 'CHANGELOG.md', '## 1.2.3\n', '## 1.2.4\n\n- mends the total\n\n## 1.2.3\n', ''],
  ['a host that is filled in', 'src/a.js', '\n', fake('fetch(`https://$', '{host}/x`);\n'), ''],
  ['base64', 'src/a.js', '\n', `const x = '${BASE64}';\n`, 'encoded-blob=patch-only'],
  ['hexadecimal', 'src/a.py', '\n', `X = "${'0123456789abcdef'.repeat(9)}"\n`, 'encoded-blob=patch-only'],
  ['escapes', 'src/a.js', '\n', `const x = '${'\\x41'.repeat(20)}';\n`, 'encoded-blob=patch-only'],
  ['numbers of characters', 'src/a.js', '\n', `f(${'104, '.repeat(45)}1);\n`, 'encoded-blob=patch-only'],
  [
    'base64 cut into lines',
    'src/a.py',
    '\n',
    `X = [\n${(BASE64.match(/.{48}/g) ?? []).map((piece) => `  "${piece}",`).join('\n')}\n]\n`,
    'encoded-blob=patch-only secret=draft',
  ],
  ['a long line', 'src/a.js', '\n', `const a = '${'a '.repeat(1500)}';\n`, 'long-line=patch-only'],
  ['a ruler', 'src/a.js', '\n', `// ${'='.repeat(200)}\n`, ''],
  ['a checksum', 'src/a.js', '\n', "const sum = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';\n", ''],
];

const RUNS: readonly Row[] = [
  ['eval', 'src/a.js', 'f();\n', 'eval(x);\n', 'runs-code=patch-only'],
  ['a comment with eval', 'src/a.js', 'f();\n', '// never call eval(x) here\nf();\n', ''],
  ['a docstring with eval', 'src/a.py', 'f()\n', '"""Parses; does not eval(x)."""\nf()\n', ''],
  ['a message with eval', 'src/a.js', 'f();\n', "throw new Error('eval() is not allowed');\n", ''],
  ['eval behind a regex with a quote', 'src/a.js', 'f();\n', "const r = /'/; eval(x); const s = /'/;\n", 'runs-code=patch-only'],
  ['eval in a template', 'src/a.js', 'f();\n', fake('const s = `$', '{eval(x)}`;\n'), 'runs-code=patch-only'],
  ['eval in an f-string', 'src/a.py', 'f()\n', 's = f"{eval(x)}"\n', 'runs-code=patch-only'],
  ['a method that is named eval', 'src/a.py', 'f()\n', 'model.eval()\n', ''],
  ['new Function', 'src/a.js', 'f();\n', 'new Function(x)();\n', 'runs-code=patch-only'],
  ['child_process', 'src/a.js', 'f();\n', "import { readFile } from 'node:child_process';\n", 'runs-code=patch-only'],
  ['exec of a regular expression', 'src/a.js', 'f();\n', 'const m = /a(b)/.exec(x);\n', ''],
  ['a call that was there moves', 'src/a.js', 'execSync(a);\nf();\n', 'f();\nexecSync(a);\n', ''],
  ['a require of what is computed', 'src/a.js', 'f();\n', 'require(name);\n', 'runs-code=patch-only'],
  ['subprocess', 'src/a.py', 'f()\n', 'import subprocess\nsubprocess.run(x)\n', 'runs-code=patch-only'],
  ['os.system', 'src/a.py', 'f()\n', 'os.system(x)\n', 'runs-code=patch-only'],
  ['pickle.loads', 'src/a.py', 'f()\n', 'pickle.loads(x)\n', 'runs-code=patch-only'],
  ['yaml.load', 'src/a.py', 'f()\n', 'yaml.load(x)\n', 'runs-code=patch-only'],
  ['yaml.load, safely', 'src/a.py', 'f()\n', 'yaml.load(x, Loader=SafeLoader)\nyaml.safe_load(x)\n', ''],
  ['re.compile', 'src/a.py', 'f()\n', 'r = re.compile("a")\n', ''],
  ['Runtime.exec', 'src/A.java', 'f();\n', 'Runtime.getRuntime().exec(x);\n', 'runs-code=patch-only'],
  ['exec.Command', 'a.go', 'f()\n', 'exec.Command("ls")\n', 'runs-code=patch-only'],
  ['system in Ruby', 'a.rb', 'f\n', 'system("ls")\n', 'runs-code=patch-only'],
  ['Marshal.load', 'a.rb', 'f\n', 'Marshal.load(x)\n', 'runs-code=patch-only'],
  ['unserialize', 'a.php', '<?php f();\n', '<?php unserialize($x);\n', 'runs-code=patch-only'],
  ['exec of a database in PHP', 'a.php', '<?php f();\n', '<?php $pdo->exec($sql);\n', ''],
  ['Process.Start', 'A.cs', 'F();\n', 'Process.Start(x);\n', 'runs-code=patch-only'],
  ['Command::new', 'src/a.rs', 'f();\n', 'Command::new("ls");\n', 'runs-code=patch-only'],
  ['a download into a shell', 'run.sh', 'f\n', 'curl http://localhost/x | sh\n', 'runs-code=patch-only'],
];

const SWALLOWS: readonly Row[] = [
  ['an empty catch', 'a.js', 'f();\n', 'try { f(); } catch (e) {}\n', 'swallowed-error=patch-only'],
  ['an empty catch without a name', 'a.ts', 'f();\n', 'try { f(); } catch {\n}\n', 'swallowed-error=patch-only'],
  ['a catch with only a comment', 'a.js', 'f();\n', 'try { f(); } catch (e) {\n  // ignore\n}\n', 'swallowed-error=patch-only'],
  ['a catch that gives null', 'a.js', 'f();\n', 'try { return f(); } catch (e) {\n  return null;\n}\n', 'swallowed-error=draft'],
  ['a catch that logs and throws again', 'a.js', 'f();\n', 'try { f(); } catch (e) {\n  log(e);\n  throw e;\n}\n', ''],
  [
    'a catch that answers by the error',
    'a.js',
    'f();\n',
    'try { f(); } catch (e) {\n  if (e.code === "ENOENT") return null;\n  throw e;\n}\n',
    '',
  ],
  ['an empty catch that was there', 'a.js', 'try { f(); } catch {}\n', 'try { g(); } catch {}\n', ''],
  ['a promise', 'a.js', 'f();\n', 'f().catch(() => {});\n', 'swallowed-error=patch-only'],
  ['a promise that is handled', 'a.js', 'f();\n', 'f().catch((e) => report(e));\n', ''],
  ['the last resort of a process', 'a.js', 'f();\n', "process.on('uncaughtException', () => {});\n", 'swallowed-error=patch-only'],
  ['a guard in place of the cause', 'a.js', 'return a.b.c;\n', 'return a.b?.c ?? 0;\n', ''],
  ['an error that is not asked for', 'a.go', 'f()\n', 'body, _ := read()\n', 'swallowed-error=draft'],
  ['an error that a test does not ask for', 'a_test.go', 'f()\n', 'body, _ := read()\n', ''],
  ['except: pass', 'a.py', 'f()\n', 'try:\n    f()\nexcept Exception:\n    pass\n', 'swallowed-error=patch-only'],
  ['except on one line', 'a.py', 'f()\n', 'try: f()\nexcept ValueError: pass\n', 'swallowed-error=patch-only'],
  ['a bare except', 'a.py', 'f()\n', 'try:\n    f()\nexcept:\n    log()\n', 'swallowed-error=draft default-handler=patch-only'],
  ['an except that gives None', 'a.py', 'f()\n', 'try:\n    return f()\nexcept KeyError:\n    return None\n', 'swallowed-error=draft'],
  ['an except that handles', 'a.py', 'f()\n', 'try:\n    f()\nexcept KeyError as e:\n    raise OrderError(e) from e\n', ''],
  ['rescue nil', 'a.rb', 'f\n', 'x = f rescue nil\n', 'swallowed-error=patch-only'],
  ['an empty rescue', 'a.rb', 'f\n', 'begin\n  f\nrescue => e\nend\n', 'swallowed-error=patch-only'],
  ['an eval block in Perl', 'a.pm', 'f();\n', 'eval { f(); };\n', 'swallowed-error=patch-only'],
  ['an eval block in Perl, its value used', 'a.pl', 'my $x = f();\n', 'my $x = eval { f(); };\n', 'swallowed-error=draft'],
  ['an eval block whose error is looked at', 'a.pl', 'f();\n', 'eval { f(); };\nwarn $@ if $@;\n', ''],
  ['an eval block with an alternative', 'a.pl', 'f();\n', 'eval { f({ a => 1 }); 1 } or do { warn "f: $@"; };\n', ''],
  ['an exit in place of a crash', 'src/a.js', 'f();\n', 'if (x === undefined) process.exit(0);\nf();\n', 'ends-run=patch-only'],
  ['an exit that says that it failed', 'src/a.js', 'f();\n', 'if (x === undefined) process.exit(1);\nf();\n', ''],
  ['an exit that is forwarded', 'src/a.js', 'f();\n', 'process.exit(code);\n', ''],
  ['an exit code that is taken back', 'src/a.js', 'f();\n', 'process.exitCode = 0;\n', 'ends-run=patch-only'],
  ['a test that ends its run', 'tests/test_0.py', null, 'import os\nos._exit(0)\n', 'ends-run=patch-only'],
  ['sys.exit', 'a.py', 'f()\n', 'sys.exit()\n', 'ends-run=patch-only'],
  ['sys.exit with main', 'a.py', 'f()\n', 'sys.exit(main())\n', ''],
  ['raise SystemExit', 'a.py', 'f()\n', 'raise SystemExit\n', 'ends-run=patch-only'],
  ['raise SystemExit with a code', 'a.py', 'f()\n', 'raise SystemExit(2)\n', ''],
  ['an except for SystemExit', 'a.py', 'f()\n', 'try:\n    f()\nexcept SystemExit:\n    raise\n', ''],
  ['System.exit', 'A.java', 'f();\n', 'System.exit(0);\n', 'ends-run=patch-only'],
  ['os.Exit in TestMain', 'a_test.go', null, 'func TestMain(m *testing.M) { os.Exit(0) }\n', 'ends-run=patch-only'],
  ['os.Exit with what ran', 'a_test.go', null, 'func TestMain(m *testing.M) { os.Exit(m.Run()) }\n', ''],
  ['exit in Ruby', 'a.rb', 'f\n', 'exit if x.nil?\nf\n', 'ends-run=patch-only'],
  ['exit! in Ruby', 'a.rb', 'f\n', 'exit!(0)\n', 'ends-run=patch-only'],
  ['a method that is named exit', 'a.rb', 'f\n', 'door.exit\nexit_code = 1\nexit(1)\n', ''],
  ['exit in PHP', 'a.php', '<?php f();\n', '<?php exit;\n', 'ends-run=patch-only'],
  ['die with words in PHP', 'a.php', '<?php f();\n', '<?php die("no street");\n', ''],
  ['exit in Perl', 'a.pm', 'f();\n', 'exit 0 unless @values;\nf();\n', 'ends-run=patch-only'],
  ['exit in C', 'a.c', 'f();\n', 'exit(EXIT_SUCCESS);\n', 'ends-run=patch-only'],
  ['exit with a failure in C', 'a.c', 'f();\n', 'exit(EXIT_FAILURE);\n', ''],
  ['exit in C#', 'A.cs', 'F();\n', 'Environment.Exit(0);\n', 'ends-run=patch-only'],
  ['a module that is named as the test framework', 'pytest.py', null, 'x = 1\n', 'check-config=patch-only'],
  ['one of Perl', 'lib/Test/More.pm', null, '1;\n', 'check-config=patch-only'],
  [
    'options of pytest',
    'pyproject.toml',
    '[project]\nname = "a"\n',
    '[project]\nname = "a"\n[tool.pytest.ini_options]\naddopts = "--ignore=tests/a"\n',
    'check-config=patch-only',
  ],
  ['another version in pyproject.toml', 'pyproject.toml', '[project]\nversion = "1"\n', '[project]\nversion = "2"\n', ''],
  [
    'tests of Cargo that are not found any more',
    'Cargo.toml',
    '[package]\nname = "a"\n',
    '[package]\nname = "a"\nautotests = false\n',
    'check-config=patch-only',
  ],
  [
    'a library of Cargo without tests',
    'Cargo.toml',
    '[lib]\npath = "a.rs"\n',
    '[lib]\npath = "a.rs"\ntest = false\n',
    'check-config=patch-only',
  ],
  ['failures that Gradle ignores', 'build.gradle', 'plugins\n', 'plugins\ntest { ignoreFailures = true }\n', 'check-config=patch-only'],
  [
    'tests that Maven skips',
    'pom.xml',
    '<project></project>\n',
    '<project><properties>\n<skipTests>true</skipTests>\n</properties></project>\n',
    'check-config=patch-only',
  ],
  [
    'settings of jest',
    'package.json',
    '{"name":"a"}',
    '{"name":"a","jest":{"testPathIgnorePatterns":["a"]}}',
    'package-entry=draft check-config=patch-only',
  ],
  ['a package that is installed', 'node_modules/jest/index.js', null, 'f();\n', 'protected-path=refuse'],
  [
    'load_tests',
    'tests/__init__.py',
    '',
    'def load_tests(*_):\n    return unittest.TestSuite()\n',
    'shadows=patch-only test-skipped=refuse',
  ],
  ['_ = err', 'a.go', 'f()\n', '\tx, err := f()\n\t_ = err\n', 'swallowed-error=patch-only'],
  ['an empty if err', 'a.go', 'f()\n', 'if err != nil {\n}\n', 'swallowed-error=patch-only'],
  ['an error that is returned', 'a.go', 'f()\n', 'if err != nil {\n\treturn nil, err\n}\n', ''],
  ['a Java catch', 'A.java', 'f();\n', 'try { f(); } catch (IOException | SQLException e) { }\n', 'swallowed-error=patch-only'],
  ['a C# catch', 'A.cs', 'F();\n', 'try { F(); } catch { }\n', 'swallowed-error=patch-only'],
  ['the silence of PHP', 'a.php', '<?php\n', '<?php $x = @file_get_contents($f);\n', 'swallowed-error=patch-only'],
  ['|| true', 'run.sh', 'f\n', 'f || true\n', 'swallowed-error=patch-only'],
  ['.ok() in Rust', 'a.rs', 'f()?;\n', 'f().ok();\n', 'swallowed-error=patch-only'],
  ['try? in Swift', 'a.swift', 'try f()\n', 'try? f()\n', 'swallowed-error=patch-only'],
  ['eslint-disable', 'a.js', 'f();\n', '// eslint-disable-next-line no-eval\nf();\n', 'suppression=patch-only'],
  ['@ts-ignore', 'a.ts', 'f();\n', '// @ts-ignore\nf();\n', 'suppression=patch-only'],
  ['# type: ignore', 'a.py', 'f()\n', 'f()  # type: ignore\n', 'suppression=patch-only'],
  ['# noqa', 'a.py', 'f()\n', 'f()  # noqa\n', 'suppression=patch-only'],
  ['# noqa of a rule that sees faults', 'a.py', 'f()\n', 'f()  # noqa: E501, B006\n', 'suppression=patch-only'],
  ['# noqa of the length of a line', 'a.py', 'f()\n', 'f()  # noqa: E501\n', ''],
  ['eslint-disable of names', 'a.js', 'f();\n', '// eslint-disable-next-line camelcase, no-unused-vars -- the API calls it so\nf();\n', ''],
  ['eslint-disable of all', 'a.js', 'f();\n', '/* eslint-disable */\nf();\n', 'suppression=patch-only'],
  ['@SuppressWarnings of what is not used', 'A.java', 'f();\n', '@SuppressWarnings({"unused", "rawtypes"})\nf();\n', ''],
  ['#pragma of a rule of design', 'A.cs', 'F();\n', '#pragma warning disable CA1033 // hidden\nF();\n', ''],
  ['#[allow] of what is not used', 'a.rs', 'f();\n', '#[allow(dead_code, clippy::too_many_arguments)]\nf();\n', ''],
  ['#[allow] of an outcome that nobody looks at', 'a.rs', 'f();\n', '#[allow(unused_must_use)]\nf();\n', 'suppression=patch-only'],
  ['rubocop of a form', 'a.rb', 'f\n', 'f # rubocop:disable Metrics/AbcSize, Style/Next\n', ''],
  ['@SuppressWarnings', 'A.java', 'f();\n', '@SuppressWarnings("unchecked")\nf();\n', 'suppression=patch-only'],
  ['#pragma warning disable', 'A.cs', 'F();\n', '#pragma warning disable CS8602\nF();\n', 'suppression=patch-only'],
  ['#[allow]', 'a.rs', 'f();\n', '#[allow(unused)]\nf();\n', 'suppression=patch-only'],
  ['rubocop', 'a.rb', 'f\n', 'f # rubocop:disable all\n', 'suppression=patch-only'],
  ['as any', 'a.ts', 'f(x);\n', 'f(x as any);\n', 'suppression=draft'],
  ['a suppression that was there moves', 'a.py', 'f()  # noqa\ng()\n', 'g()\nf()  # noqa\n', ''],
  ['the word "ignore"', 'a.js', 'f();\n', "const ignore = ['node_modules'];\n", ''],
];

describe.each([
  ['tests', TESTS],
  ['manifests', MANIFESTS],
  ['additions', ADDITIONS],
  ['calls that run code', RUNS],
  ['errors that are hidden', SWALLOWS],
] as const)('%s', (_family, rows) => {
  test.each(rows)('%s', (_name, path, before, after, expected) => {
    expect(judged([change(path, before, after)])).toBe(expected);
  });
});

test('what moves from one file to another is not new', () => {
  const call = "import { spawn } from 'node:child_process';\nspawn(a);\nfetch('https://api.acme.com');\ntry { f(); } catch {}\n";
  expect(judged([change('src/a.js', call, 'let a;\n'), change('src/b.js', 'let b;\n', call)])).toBe('');
});

test('a change set is judged whole', () => {
  const verdicts = judge(
    { base: 'b', files: [change('src/a.js', 'f();\n', 'eval(x);\n'), change('.github/workflows/a.yml', null, 'on: push\n')] },
    POLICY,
    2,
  );
  expect(verdicts.map(({ rule }) => rule)).toEqual(['protected-path', 'runs-code']);
  expect(strictest(verdicts)).toBe('refuse');
});

test('a detail is one line, whatever the change says', () => {
  const [verdict] = judge(
    { base: 'b', files: [change('a.js', 'f();\n', `eval(\n"${'x'.repeat(500)}"\n);\n`)] },
    POLICY,
    2,
  ) as readonly Verdict[];
  expect(verdict?.detail).not.toContain('\n');
  expect(verdict?.detail.length).toBeLessThan(200);
});

/** Known wrong: what the guard says, and what it should. A row that begins to fail here has been mended: move it up. */
const KNOWN_WRONG: readonly (readonly [
  name: string,
  path: string,
  before: string | null,
  after: string,
  actual: string,
  desired: string,
])[] = [
  ['a host put together from pieces', 'a.js', '\n', "fetch('ht' + 'tps:' + '//ev' + 'il.' + 'com');\n", '', 'new-host=patch-only'],
  ['a global function under another name', 'a.js', '\n', "globalThis['ev' + 'al'](x);\n", '', 'runs-code=patch-only'],
  [
    'a test that returns at its start',
    'test/a.test.js',
    "it('a', () => {\n  expect(f()).toBe(1);\n});\n",
    "it('a', () => {\n  return;\n  expect(f()).toBe(1);\n});\n",
    '',
    'test-shrunk=refuse',
  ],
  ['an assertion that can not fail', 'test/a.test.js', null, 'it("a", () => expect(true).toBe(true));\n', '', 'test-vacuous=patch-only'],
  ['a handler that only logs', 'a.js', 'f();\n', 'try { f(); } catch (e) { console.log(e); }\n', '', 'swallowed-error=draft'],
];

test.each(KNOWN_WRONG)('known wrong: %s', (_name, path, before, after, actual, desired) => {
  expect(judged([change(path, before, after)])).toBe(actual);
  expect(actual).not.toBe(desired);
});

test('a big change set is read in time that grows with its size', async () => {
  const line = 'try { a = b[\'c\'] /* d */; } catch (e) { f(`g`, "i", /j/); } // catch ( catch ( {{{ \'\'\' """ https://x password=\n';
  const read = (lines: number): unknown =>
    judge(
      { base: 'b', files: ['a.js', 'a.py', 'a.rb', 'a.php', 'test/a.test.ts'].map((path) => change(path, '\n', line.repeat(lines))) },
      POLICY,
      1,
    );
  expect(await isLinear(read, 500)).toBe(true);
});
