// Tests that expected a failure, and what they become when it has ended: another expectation, or a test that checks nothing.
// The first part of a row is the test before; then with an assertion in place of the failure, and with nothing that checks.
import { judge } from '../../../src/core/guard/judge.ts';
import type { FileChange } from '../../../src/core/model.ts';

const POLICY = { maxFiles: 9, maxLines: 5000, protectedPaths: [] };

function judged(path: string, before: string | null, after: string): string {
  const change: FileChange = {
    path,
    mode: '100644',
    ...(before === null ? {} : { oldMode: '100644' as const, before: Buffer.from(before) }),
    after: Buffer.from(after),
  };
  return judge({ base: 'b', files: [change] }, POLICY, 10)
    .map(({ rule, verdict }) => `${rule}=${verdict}`)
    .join(' ');
}

type Row = readonly [name: string, path: string, before: string, mended: string, hollow: string];

const RUST = (mark: string, body: string): string =>
  `#[test]\nfn other() {\n    assert_eq!(g(), 1);\n}\n\n#[test]\n${mark}fn garbage() {\n${body}}\n`;
const JAVA = (test: string, body: string): string =>
  `public class OrderTest {\n    @Test\n    public void other() {\n        assertEquals(1, g());\n    }\n\n    ${test}\n    public void parses() {\n${body}    }\n\n    private void check(int a) {\n        assertEquals(1, a);\n    }\n}\n`;
const PYTHON = (mark: string, body: string): string =>
  `class TestOrder(TestCase):\n    def test_other(self):\n        self.assertEqual(g(), 1)\n\n${mark}    def test_parses(self):\n${body}`;
const JS = (body: string): string => `it('other', () => {\n  expect(g()).toBe(1);\n});\n\nit('parses', async () => {\n${body}});\n`;

const ENDED: readonly Row[] = [
  [
    'a panic that Rust waits for',
    'crates/edit/tests/parse.rs',
    RUST(
      '#[should_panic = "setting a value should set a prefix"]\n',
      '    let err = parse("={").unwrap_err();\n    assert_data_eq!(err.to_string(), str![]);\n',
    ),
    RUST(
      '',
      '    let err = parse("={").unwrap_err();\n    assert_data_eq!(\n        err.to_string(),\n        str![[r#"\nTOML parse error\n"#]]\n    );\n',
    ),
    RUST('', '    let _ = parse("={");\n'),
  ],
  [
    'the same, with the attribute above',
    'tests/parse.rs',
    '#[should_panic]\n#[test]\nfn garbage() {\n    parse("={");\n}\n',
    '#[should_panic]\n#[test]\nfn garbage() {\n    parse("={");\n}\n'
      .replace('#[should_panic]\n', '')
      .replace('parse("={")', 'assert!(parse("={").is_none())'),
    '#[test]\nfn garbage() {\n    assert!(true);\n}\n'.replace('assert!(true)', 'parse("={")'),
  ],
  [
    'a failure that JUnit 4 waits for',
    'src/test/java/OrderTest.java',
    JAVA('@Test(expected = StringIndexOutOfBoundsException.class)', '        parse("");\n'),
    JAVA('@Test', '        assertNull(parse(""));\n'),
    JAVA('@Test', '        parse("");\n'),
  ],
  [
    'one of TestNG, over two lines',
    'src/test/java/OrderTest.java',
    JAVA('@Test(\n        expectedExceptions = NullPointerException.class)', '        parse("");\n'),
    JAVA('@Test', '        assertNull(parse(""));\n'),
    JAVA('@Test', '        parse("");\n'),
  ],
  [
    'assertThrows, and what was said of the failure',
    'src/test/java/OrderTest.java',
    JAVA(
      '@Test',
      '        IllegalStateException e = assertThrows(IllegalStateException.class, () -> parse(""));\n        assertEquals("no code", e.getMessage());\n        assertNull(e.getCause());\n',
    ),
    JAVA('@Test', '        assertEquals(List.of(), parse(""));\n'),
    JAVA('@Test', '        parse("");\n'),
  ],
  [
    'fail() and what the handler checks',
    'src/test/java/OrderTest.java',
    JAVA(
      '@Test',
      '        try {\n            parse("");\n            fail("no failure");\n        } catch (ParseException e) {\n            assertEquals("no code", e.getMessage());\n            assertEquals(0, e.getOffset());\n        }\n',
    ),
    JAVA('@Test', '        assertEquals(List.of(), parse(""));\n'),
    JAVA('@Test', '        parse("");\n'),
  ],
  [
    'a rule of JUnit 4',
    'src/test/java/OrderTest.java',
    JAVA('@Test', '        thrown.expect(IllegalStateException.class);\n        thrown.expectMessage("no code");\n        parse("");\n'),
    JAVA('@Test', '        assertEquals(List.of(), parse(""));\n'),
    JAVA('@Test', '        parse("");\n'),
  ],
  [
    'assertRaises with what it caught',
    'tests/test_order.py',
    PYTHON(
      '',
      "        with self.assertRaises(ValueError) as caught:\n            parse('')\n        self.assertEqual(str(caught.exception), 'no code')\n        self.assertIsNone(caught.exception.code)\n",
    ),
    PYTHON('', "        self.assertEqual(parse(''), [])\n"),
    PYTHON('', "        parse('')\n"),
  ],
  [
    'pytest.raises with what it caught',
    'tests/test_order.py',
    "def test_other():\n    assert g() == 1\n\n\ndef test_parses():\n    with pytest.raises(ValueError) as e:\n        parse('')\n    assert str(e.value) == 'no code'\n    assert e.value.code is None\n",
    "def test_other():\n    assert g() == 1\n\n\ndef test_parses():\n    assert parse('') == []\n",
    'def test_other():\n    assert g() == 1\n\n\ndef test_parses():\n    assert True\n',
  ],
  [
    '@raises of nose',
    'tests/test_order.py',
    PYTHON('    @raises(ValueError)\n', "        parse('')\n"),
    PYTHON('', "        self.assertEqual(parse(''), [])\n"),
    PYTHON('', "        parse('')\n"),
  ],
  [
    'toThrow, with two more that say of what kind',
    'test/order.test.js',
    JS(
      "  const failure = await expect(parse('')).rejects.toThrow();\n  expect(failure.code).toBe('EPARSE');\n  expect(failure.line).toBe(1);\n",
    ),
    JS("  expect(await parse('')).toEqual([]);\n"),
    JS("  await parse('');\n"),
  ],
  [
    'throws of node:test',
    'test/order.test.js',
    "test('parses', () => {\n  assert.throws(() => parse(''), TypeError);\n  assert.throws(() => parse(' '), TypeError);\n});\n",
    "test('parses', () => {\n  assert.deepEqual(parse(''), []);\n});\n",
    "test('parses', () => {\n  parse('');\n});\n",
  ],
  [
    'an attribute of MSTest',
    'Shop.Tests/OrderTests.cs',
    'public class OrderTests\n{\n    [TestMethod]\n    [ExpectedException(typeof(NullReferenceException))]\n    public void Parses()\n    {\n        Parse("");\n    }\n}\n',
    'public class OrderTests\n{\n    [TestMethod]\n    public void Parses()\n    {\n        Assert.IsNull(Parse(""));\n    }\n}\n',
    'public class OrderTests\n{\n    [TestMethod]\n    public void Parses()\n    {\n        Parse("");\n    }\n}\n',
  ],
  [
    'expectException and its message',
    'tests/OrderTest.php',
    "<?php\nfinal class OrderTest extends TestCase\n{\n    public function testParses()\n    {\n        $this->expectException(TypeError::class);\n        $this->expectExceptionMessage('no code');\n        parse('');\n    }\n}\n",
    "<?php\nfinal class OrderTest extends TestCase\n{\n    public function testParses()\n    {\n        $this->assertSame([], parse(''));\n    }\n}\n",
    "<?php\nfinal class OrderTest extends TestCase\n{\n    public function testParses()\n    {\n        parse('');\n    }\n}\n",
  ],
  [
    'what PHPUnit was told in a comment',
    'tests/OrderTest.php',
    "<?php\nfinal class OrderTest extends TestCase\n{\n    /**\n     * @expectedException TypeError\n     * @expectedExceptionMessage no code\n     */\n    public function testParses()\n    {\n        parse('');\n    }\n}\n",
    "<?php\nfinal class OrderTest extends TestCase\n{\n    public function testParses()\n    {\n        $this->assertSame([], parse(''));\n    }\n}\n",
    "<?php\nfinal class OrderTest extends TestCase\n{\n    public function testParses()\n    {\n        parse('');\n    }\n}\n",
  ],
  [
    'raise_error of RSpec',
    'spec/order_spec.rb',
    "it 'parses' do\n  expect { parse('') }.to raise_error(ArgumentError)\n  expect { parse(' ') }.to raise_error(ArgumentError)\nend\n",
    "it 'parses' do\n  expect(parse('')).to eq []\nend\n",
    "it 'parses' do\n  parse('')\nend\n",
  ],
  [
    'panics of testify',
    'order_test.go',
    'func TestParses(t *testing.T) {\n\tassert.Panics(t, func() { Parse("") })\n\tassert.PanicsWithValue(t, "no code", func() { Parse(" ") })\n}\n',
    'func TestParses(t *testing.T) {\n\tassert.Empty(t, Parse(""))\n}\n',
    'func TestParses(t *testing.T) {\n\tParse("")\n}\n',
  ],
  [
    'shouldThrow of Kotest',
    'src/test/kotlin/OrderTest.kt',
    'class OrderTest {\n    @Test\n    fun `parses nothing`() {\n        shouldThrow<IllegalStateException> { parse("") }\n    }\n}\n',
    'class OrderTest {\n    @Test\n    fun `parses nothing`() {\n        assertEquals(0, parse("").size)\n    }\n}\n',
    'class OrderTest {\n    @Test\n    fun `parses nothing`() {\n        parse("")\n    }\n}\n',
  ],
  [
    'throws_ok of Perl, in a file without cases',
    't/order.t',
    "use Test::More;\nis(g(), 1);\nthrows_ok { parse('') } qr/no code/;\nthrows_ok { parse(' ') } qr/no code/;\n",
    "use Test::More;\nis(g(), 1);\nis_deeply(parse(''), []);\n",
    "use Test::More;\nis(g(), 1);\nparse('');\n",
  ],
];

describe.each(ENDED)('%s', (_name, path, before, mended, hollow) => {
  test('with an assertion in its place it is a changed test', () => expect(judged(path, before, mended)).toBe('test-changed=patch-only'));
  test('with nothing in its place it is refused', () => expect(judged(path, before, hollow)).toMatch(/^test-shrunk=refuse/));
});

type Other = readonly [name: string, path: string, before: string | null, after: string, expected: string];

/** A mark that a test is known to fail goes: the test has to pass from now on. */
const KNOWN_TO_FAIL: readonly Other[] = [
  [
    'xfail',
    'tests/test_a.py',
    '@pytest.mark.xfail(raises=ValueError)\ndef test_a():\n    assert f() == 1\n',
    'def test_a():\n    assert f() == 1\n',
    '',
  ],
  [
    'expectedFailure',
    'tests/test_a.py',
    PYTHON('    @unittest.expectedFailure\n', '        self.assertEqual(f(), 1)\n'),
    PYTHON('', '        self.assertEqual(f(), 1)\n'),
    '',
  ],
  ['it.fails, in one line', 'test/a.test.ts', "it.fails('a', () => expect(f()).toBe(1));\n", "it('a', () => expect(f()).toBe(1));\n", ''],
  [
    'todo of node:test, in one line',
    'test/a.test.js',
    "test('a', { todo: true }, () => assert.equal(f(), 1));\n",
    "test('a', () => assert.equal(f(), 1));\n",
    '',
  ],
  ['xit, in one line', 'test/a.test.js', "xit('a', () => expect(f()).toBe(1));\n", "it('a', () => expect(f()).toBe(1));\n", ''],
  [
    'pending of RSpec',
    'spec/a_spec.rb',
    "it 'a' do\n  pending 'not yet'\n  expect(f).to eq 1\nend\n",
    "it 'a' do\n  expect(f).to eq 1\nend\n",
    '',
  ],
  [
    'it.fails, and the test emptied',
    'test/a.test.ts',
    "it.fails('a', () => {\n  expect(f()).toBe(1);\n});\n",
    "it('a', () => {\n  f();\n});\n",
    'test-shrunk=refuse',
  ],
  [
    'xfail, and the test emptied',
    'tests/test_a.py',
    '@pytest.mark.xfail\ndef test_a():\n    assert f() == 1\n',
    'def test_a():\n    f()\n',
    'test-shrunk=refuse',
  ],
];

/** The other way round: what was checked is now to fail, so that it is green whatever the code does. */
const NOW_EXPECTED: readonly Other[] = [
  [
    'should_panic on a test that was there',
    'tests/a.rs',
    RUST('', '    assert_eq!(f(), 1);\n'),
    RUST('#[should_panic]\n', '    assert_eq!(f(), 1);\n'),
    'test-changed=patch-only',
  ],
  [
    'expected = … likewise',
    'src/test/java/OrderTest.java',
    JAVA('@Test', '        assertEquals(1, f());\n'),
    JAVA('@Test(expected = AssertionError.class)', '        assertEquals(1, f());\n'),
    'test-changed=patch-only',
  ],
  [
    'an assertion that is itself to fail',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    'def test_a():\n    with pytest.raises(AssertionError):\n        assert f() == 1\n',
    'test-changed=patch-only',
  ],
  [
    'the same within a function',
    'test/a.test.js',
    "it('a', () => {\n  expect(f()).toBe(1);\n});\n",
    "it('a', () => {\n  assert.throws(() => {\n    expect(f()).toBe(1);\n  });\n});\n",
    'test-changed=patch-only',
  ],
  [
    'a new test that expects a panic',
    'tests/a.rs',
    RUST('', '    assert_eq!(f(), 1);\n'),
    `${RUST('', '    assert_eq!(f(), 1);\n')}\n#[test]\n#[should_panic]\nfn more() {\n    h();\n}\n`,
    '',
  ],
  [
    'one more failure that is expected',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    'def test_a():\n    assert f() == 1\n    with pytest.raises(ValueError):\n        f(-1)\n',
    '',
  ],
];

/** What must not be taken for an end of a failure. */
const NOT_ENDED: readonly Other[] = [
  [
    'values go together with the failure',
    'tests/test_order.py',
    PYTHON(
      '',
      "        self.assertEqual(f(1), 1)\n        self.assertEqual(f(2), 2)\n        with self.assertRaises(ValueError):\n            f('')\n",
    ),
    PYTHON('', "        self.assertIsNone(f(''))\n"),
    'test-shrunk=refuse',
  ],
  [
    'the failure of another test ends',
    'tests/a.rs',
    `${RUST('', '    assert_eq!(f(), 1);\n    assert_eq!(f(), 2);\n')}#[test]\n#[should_panic]\nfn more() {\n    h();\n}\n`,
    `${RUST('', '    f();\n')}#[test]\nfn more() {\n    assert_eq!(h(), 1);\n}\n`,
    'test-shrunk=refuse',
  ],
  [
    'an assertion that something does not throw',
    'test/a.test.js',
    "it('a', () => {\n  expect(() => f()).not.toThrow();\n  expect(g()).toBe(1);\n});\n",
    "it('a', () => {\n  expect(g()).toBe(1);\n});\n",
    'test-shrunk=refuse',
  ],
  [
    'an assertion of nothing but a constant',
    'tests/a.rs',
    RUST('#[should_panic]\n', '    f();\n    assert_eq!(f(), 1);\n'),
    RUST('', '    f();\n    assert!(true);\n'),
    'test-shrunk=refuse',
  ],
];

/** A new case may be skipped where the old ones are all there. */
const SKIPPED: readonly Other[] = [
  [
    'a new test that needs another system',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    "def test_a():\n    assert f() == 1\n\n\n@pytest.mark.skipif(WIN, reason='x')\ndef test_b():\n    assert g() == 1\n",
    '',
  ],
  [
    'a new test of Go that may take long',
    'a_test.go',
    'func TestA(t *testing.T) {\n\tt.Fatal("x")\n}\n',
    'func TestA(t *testing.T) {\n\tt.Fatal("x")\n}\n\nfunc TestB(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip("long")\n\t}\n\tt.Fatal("y")\n}\n',
    '',
  ],
  [
    'an old test under another name',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    '@pytest.mark.skip\ndef test_b():\n    assert f() == 1\n',
    'test-skipped=refuse',
  ],
  [
    'a mark for the whole file beside a new test',
    'tests/test_a.py',
    'def test_a():\n    assert f() == 1\n',
    'pytestmark = pytest.mark.skip\n\n\ndef test_a():\n    assert f() == 1\n\n\ndef test_b():\n    assert g() == 1\n',
    'test-skipped=refuse',
  ],
  [
    'a class around it all',
    'tests/test_a.py',
    'class TestA:\n    def test_a(self):\n        assert f() == 1\n',
    '@pytest.mark.skip\nclass TestA:\n    def test_a(self):\n        assert f() == 1\n\n    def test_b(self):\n        assert g() == 1\n',
    'test-skipped=refuse',
  ],
  [
    'a new test that is the only one',
    'test/a.test.js',
    "it('a', () => expect(f()).toBe(1));\n",
    "it('a', () => expect(f()).toBe(1));\nit.only('b', () => expect(g()).toBe(2));\n",
    'test-skipped=refuse',
  ],
  [
    'TestMain, which is no test',
    'a_test.go',
    'func TestA(t *testing.T) {\n\tt.Fatal("x")\n}\n',
    'func TestA(t *testing.T) {\n\tt.Fatal("x")\n}\n\nfunc TestMain(m *testing.M) {\n\tif testing.Short() {\n\t\treturn\n\t}\n\tos.Exit(m.Run())\n}\n',
    'test-skipped=refuse',
  ],
];

describe.each([
  ['a test that was known to fail', KNOWN_TO_FAIL],
  ['a test that is now to fail', NOW_EXPECTED],
  ['no end of a failure', NOT_ENDED],
  ['a new test that is skipped', SKIPPED],
] as const)('%s', (_family, rows) => {
  test.each(rows)('%s', (_name, path, before, after, expected) => {
    expect(judged(path, before, after)).toBe(expected);
  });
});
