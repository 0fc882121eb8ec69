// A source that holds tests of its own: rules on tests look at these, rules on code at the rest.
import { judge } from '../../../src/core/guard/judge.ts';

const POLICY = { maxFiles: 10, maxLines: 400, protectedPaths: [] };
const CODE = 'pub fn f(x: &str) -> i64 {\n    g(x)\n}\n';
const TESTS =
  '\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() {\n        assert_eq!(super::f("A"), 1);\n        assert_eq!(super::f("B"), 2);\n    }\n}\n';
const more = (body: string): string => TESTS.replace(/\}\n$/, `    #[test]\n    fn u() {\n        ${body}\n    }\n}\n`);

test.each([
  ['a test more', CODE, CODE.replace('g(x)', 'h(x)') + more('assert_eq!(super::f("C"), 3);'), []],
  [
    'an assertion less, and one in the code',
    CODE + TESTS,
    CODE.replace('g(x)', 'assert!(x != "");\n    g(x)') + TESTS.replace(/ +assert_eq!\(super::f\("B"\), 2\);\n/, ''),
    ['test-shrunk'],
  ],
  ['a test that is skipped', CODE + TESTS, CODE + TESTS.replace('#[test]', '#[test]\n    #[ignore]'), ['test-skipped']],
  [
    'the input of the test in the code',
    CODE + TESTS,
    CODE.replace('    g(x)', '    if x == "A-17" {\n        return 43;\n    }\n    g(x)') + more('assert_eq!(super::f("A-17"), 43);'),
    ['special-case'],
  ],
  [
    'a test that reads the home of its user',
    CODE,
    CODE.replace('g(x)', 'h(x)') + more('let _ = std::fs::read_to_string("/etc/passwd");'),
    ['test-reaches'],
  ],
  ['an error that only the test drops', CODE, CODE.replace('g(x)', 'h(x)') + more('super::f("C").ok();'), ['swallowed-error']],
])('%s', (_, before, after, rules) => {
  const files = [
    { path: 'src/lib.rs', mode: '100644' as const, oldMode: '100644' as const, before: Buffer.from(before), after: Buffer.from(after) },
  ];
  expect(judge({ base: 'b', files }, POLICY, 10).map(({ rule }) => rule)).toEqual(rules);
});
