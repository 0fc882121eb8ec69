// Sources that hold tests of their own: what of them is a test, and the code of one version with the tests of another.
import { laidInto, onlyTests, testLines, withBrokenTests, withoutTests } from '../../../src/core/repository/in-source/split.ts';
import { isLinear } from '../../support/processor-time.ts';

/** Lines that are tests end with `// t`. */
const FILES: readonly (readonly [name: string, path: string, source: string])[] = [
  ['a module of tests', 'a.rs', 'fn f() {}\n\n#[cfg(test)] // t\nmod tests { // t\n    #[test] // t\n    fn g() {} // t\n} // t\n'],
  ['a test alone', 'a.rs', '#[test] // t\nfn g() {} // t\nfn f() {}\n'],
  ['a test of a framework', 'a.rs', '#[tokio::test(flavor = "x")] // t\nasync fn g() {} // t\n'],
  ['further attributes', 'a.rs', '#[allow(dead_code)] // t\n#[cfg(all(feature = "std", test))] // t\nuse a::{b, c}; // t\nuse d;\n'],
  ['what tests and others meet', 'a.rs', '#[cfg(any(test, feature = "x"))]\nfn f() {}\n'],
  ['what tests do not meet', 'a.rs', '#[cfg(not(test))]\nfn f() {}\n'],
  ['a function for tests', 'a.rs', 'impl A {\n    #[cfg(test)] // t\n    fn g() {} // t\n    fn f() {}\n}\n'],
  ['a line within a function', 'a.rs', 'fn f() {\n    #[cfg(test)]\n    { return; }\n    #[cfg(test)]\n    fn g() {}\n}\n'],
  ['a value within a structure', 'a.rs', 'struct A {\n    #[cfg(test)]\n    seen: bool,\n}\n'],
  [
    'brackets in texts',
    'a.rs',
    `const A: &str = r#"#[cfg(test)] mod t { "#;\nconst B: char = '{';\n#[test] // t\nfn g() { f("}"); } // t\n`,
  ],
  ['lifetimes', 'a.rs', "fn f<'a>(x: &'a str) -> &'a str { x }\n#[test] // t\nfn g() { let c = '\\''; } // t\nfn h() {}\n"],
  ['comments within comments', 'a.rs', '/* /* { */ #[test] fn g() {} */\nfn f() {}\n#[test] // t\nfn g() {} // t\n'],
  ['tests that stand elsewhere', 'a.rs', '#[cfg(test)] // t\nmod tests; // t\n'],
  ['tests that a macro makes', 'a.rs', 'macro_rules! m {\n    () => {\n        #[test]\n        fn g() {}\n    };\n}\n'],
  ['a file of tests', 'a.rs', '#![cfg(test)] // t\nfn helper() {} // t\n'],
  ['brackets that do not meet', 'a.rs', 'fn f() {\n#[test]\nfn g() {}\n'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
  ['Vitest', 'a.ts', "const a = /[{]/;\nif (import.meta.vitest) { // t\n  test(`${a ? `}` : '{'}`, () => {}); // t\n} // t\n"],
  ['Vitest, compared', 'a.js', 'if (import.meta.vitest !== undefined) { // t\n} // t\nrun();\n'],
  ['what is done otherwise', 'a.ts', 'if (import.meta.vitest) {\n} else {\n  start();\n}\n'],
  ['within a function of TypeScript', 'a.ts', 'function f() {\n  if (import.meta.vitest) {\n    return 1;\n  }\n}\n'],
  [
    'D',
    'a.d',
    'struct A {\n    @("adds") pure @safe unittest { // t\n        assert(`{` != "}"); // t\n    } // t\n    void f() {}\n}\n/+ /+ +/ unittest { +/\n',
  ],
  [
    'Zig',
    'a.zig',
    'fn f() void {}\ntest "adds {" { // t\n    const a = // t\n        \\\\ { // t\n    ; // t\n} // t\nfn t() void { x.test {}; }\n',
  ],
  ['no marks', 'a.py', 'class TestA:\n    def test_a(self):\n        pass\n'],
];

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

test.each(FILES)('%s', (_, path, source) => {
  const all = source.split('\n');
  const isTest = (line: string): boolean => line.endsWith('// t');
  expect(lines(onlyTests(path, source))).toEqual(all.filter(isTest));
  expect(lines(withoutTests(path, source))).toEqual(lines(source).filter((line) => !isTest(line)));
  const numbers = testLines(path, source).flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_value, at) => from + at));
  expect(numbers).toEqual(all.flatMap((line, at) => (isTest(line) ? [at + 1] : [])));
  // Laid into itself it is the same.
  expect(laidInto(path, source, source) ?? source).toBe(source);
});

const TESTS = '#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() {}\n}\n';

const LAID: readonly (readonly [name: string, path: string, base: string, other: string, want: string | undefined])[] = [
  ['the first tests', 'a.rs', 'fn f() { 1 }\n', `fn f() { 2 }\n\n${TESTS}`, `fn f() { 1 }\n\n${TESTS}`],
  ['no line end', 'a.rs', 'fn f() { 1 }', `fn f() { 2 }\n${TESTS}`, `fn f() { 1 }\n\n${TESTS}`],
  [
    'other tests, code above and below',
    'a.rs',
    `fn f() { 1 }\n${TESTS}fn g() { 1 }\n`,
    `fn f() { 2 }\nfn h() {}\n${TESTS.replace('t()', 'u()')}fn g() { 2 }\n`,
    `fn f() { 1 }\n${TESTS.replace('t()', 'u()')}fn g() { 1 }\n`,
  ],
  [
    'a test more',
    'a.rs',
    'fn f() {}\n#[test]\nfn t() {}\n',
    'fn f() { 2 }\n#[test]\nfn t() {}\n#[test]\nfn u() {}\n',
    'fn f() {}\n#[test]\nfn t() {}\n\n#[test]\nfn u() {}\n',
  ],
  ['tests that are gone', 'a.rs', `fn f() {}\n${TESTS}`, 'fn f() { 2 }\n', 'fn f() {}\n'],
  [
    'in an implementation that the base has',
    'a.rs',
    'impl A {\n    #[cfg(test)]\n    fn t() {}\n    fn f() {}\n}\n',
    'impl A {\n    #[cfg(test)]\n    fn t() { 1 }\n    fn f() { 2 }\n}\n',
    'impl A {\n    #[cfg(test)]\n    fn t() { 1 }\n    fn f() {}\n}\n',
  ],
  ['in one that it does not have', 'a.rs', 'impl A {\n}\n', 'impl B {\n    #[cfg(test)]\n    fn t() {}\n}\n', undefined],
  ['no tests at all', 'a.rs', 'fn f() {}\n', 'fn f() { 2 }\n', undefined],
  ['a base that cannot be read', 'a.rs', 'fn f() {\n', `fn f() {}\n${TESTS}`, undefined],
  [
    'Vitest',
    'a.ts',
    'export const f = 1;\n',
    'export const f = 2;\nif (import.meta.vitest) {\n  it(f);\n}\n',
    'export const f = 1;\n\nif (import.meta.vitest) {\n  it(f);\n}\n',
  ],
];

test.each(LAID)('laid into another version: %s', (_, path, base, other, want) => {
  expect(laidInto(path, base, other)).toBe(want);
});

test('tests are broken where they are run, and the code is what it was', () => {
  const broken = withBrokenTests('a.rs', `fn f() {}\n${TESTS}`) ?? '';
  expect(broken).toContain('mod tests { compile_error!("");');
  expect(withoutTests('a.rs', broken)).toBe(withoutTests('a.rs', `fn f() {}\n${TESTS}`));
  expect(withBrokenTests('a.rs', 'fn f() {}\n')).toBeUndefined();
});

const GROWING: readonly (readonly [name: string, path: string, make: (n: number) => string])[] = [
  ['tests', 'a.rs', (n) => '#[test]\nfn t() {}\n'.repeat(n)],
  ['attributes', 'a.rs', (n) => `${'#[a]\n'.repeat(n)}#[test]\nfn t() {}\n`],
  ['implementations', 'a.rs', (n) => 'impl A {\n    #[cfg(test)]\n    fn t() {}\n}\n'.repeat(n)],
  ['brackets', 'a.rs', (n) => `${'{'.repeat(n)}#[test]${'}'.repeat(n)}`],
  ['quotes', 'a.ts', (n) => `import.meta.vitest ${"\\'".repeat(n)}`],
  ['slashes', 'a.ts', (n) => `import.meta.vitest ${'=/['.repeat(n / 10)}`],
  ['templates', 'a.ts', (n) => `import.meta.vitest ${'`${'.repeat(n)}`],
  ['blanks', 'a.zig', (n) => `test${' '.repeat(n)}`],
];

test.each(GROWING)('read in linear time: %s', async (_, path, make) => {
  expect(await isLinear((size) => onlyTests(path, make(size)))).toBe(true);
});
