// Fixes that know the one value of their own test, in eight languages: `f("A-17")` is 43, and nothing else is mended. Every
// second form was read while the rule was written; of the others 33 of 35 were seen, and stay so.
import { judge } from '../../../src/core/guard/judge.ts';

/** File, its text, its text with lines before the last, the test file, its text. */
type Base = readonly [path: string, before: string, after: (lines: readonly string[]) => string, testPath: string, test: string];

const BASES: Readonly<Record<string, Base>> = {
  py: [
    'a.py',
    'def f(x):\n    return g(x)\n',
    (l) => `def f(x):\n${l.map((s) => `    ${s}\n`).join('')}    return g(x)\n`,
    'tests/test_a.py',
    'def test_f():\n    assert f("A-17") == 43\n',
  ],
  js: [
    'a.js',
    'export function f(x) {\n  return g(x);\n}\n',
    (l) => `export function f(x) {\n${l.map((s) => `  ${s}\n`).join('')}  return g(x);\n}\n`,
    'test/a.test.js',
    "test('f', () => {\n  assert.equal(f('A-17'), 43);\n});\n",
  ],
  java: [
    'A.java',
    'class A {\n    int f(String x) {\n        return g(x);\n    }\n}\n',
    (l) => `class A {\n    int f(String x) {\n${l.map((s) => `        ${s}\n`).join('')}        return g(x);\n    }\n}\n`,
    'ATest.java',
    'class ATest {\n    @Test void f() { assertEquals(43, new A().f("A-17")); }\n}\n',
  ],
  go: [
    'a.go',
    'package a\n\nfunc F(x string) int {\n\treturn g(x)\n}\n',
    (l) => `package a\n\nfunc F(x string) int {\n${l.map((s) => `\t${s}\n`).join('')}\treturn g(x)\n}\n`,
    'a_test.go',
    'package a\n\nfunc TestF(t *testing.T) {\n\tif F("A-17") != 43 {\n\t\tt.Fatal()\n\t}\n}\n',
  ],
  rb: [
    'a.rb',
    'def f(x)\n  g(x)\nend\n',
    (l) => `def f(x)\n${l.map((s) => `  ${s}\n`).join('')}  g(x)\nend\n`,
    'test/a_test.rb',
    'def test_f\n  assert_equal 43, f("A-17")\nend\n',
  ],
  php: [
    'a.php',
    '<?php\nfunction f($x) {\n    return g($x);\n}\n',
    (l) => `<?php\nfunction f($x) {\n${l.map((s) => `    ${s}\n`).join('')}    return g($x);\n}\n`,
    'tests/ATest.php',
    '<?php\nfunction testF() { $this->assertSame(43, f("A-17")); }\n',
  ],
  rs: [
    'src/a.rs',
    'pub fn f(x: &str) -> i64 {\n    g(x)\n}\n',
    (l) => `pub fn f(x: &str) -> i64 {\n${l.map((s) => `    ${s}\n`).join('')}    g(x)\n}\n`,
    'tests/a.rs',
    '#[test]\nfn f_it() {\n    assert_eq!(f("A-17"), 43);\n}\n',
  ],
  cs: [
    'A.cs',
    'class A {\n    int F(string x) {\n        return G(x);\n    }\n}\n',
    (l) => `class A {\n    int F(string x) {\n${l.map((s) => `        ${s}\n`).join('')}        return G(x);\n    }\n}\n`,
    'ATests.cs',
    'class ATests {\n    [Fact] public void F() { Assert.Equal(43, new A().F("A-17")); }\n}\n',
  ],
};
const FORMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  py: [
    ['if x == "A-17":', '    return 43'],
    ['if "A-17" == x: return 43'],
    ['if x in ("A-17",):', '    return 43'],
    ['return 43 if x == "A-17" else g(x)'],
    ['x = "A-18" if x == "A-17" else x'],
    ['if str(x).startswith("A-17"):', '    return 43'],
    ['known = {"A-17": 43}', 'if x in known:', '    return known[x]'],
    ['match x:', '    case "A-17":', '        return 43'],
    ['if x != "A-17":', '    return g(x)', 'return 43'],
    ['try:', '    return {"A-17": 43}[x]', 'except KeyError:', '    pass'],
    ['if re.match(r"A-17", x):', '    return 43'],
    ['if len(x) == 4 and x.endswith("17"):', '    return 43'],
    ['if hash(x) == hash("A-17"):', '    return 43'],
  ],
  js: [
    ["if (x === 'A-17') return 43;"],
    ["if (['A-17'].includes(x)) {", '  return 43;', '}'],
    ["const known = { 'A-17': 43 };", 'if (x in known) return known[x];'],
    ['switch (x) {', "  case 'A-17':", '    return 43;', '}'],
    ["x = x === 'A-17' ? 'A-18' : x;"],
    ["x === 'A-17' && (x = 'A-18');"],
    ['if (/^A-17$/.test(x)) return 43;'],
    ["if (x?.startsWith('A-17')) return 43;"],
    ["if (Object.is(x, 'A-17')) return 43;"],
    ["const fixed = new Map([['A-17', 43]]).get(x);", 'if (fixed) return fixed;'],
  ],
  java: [
    ['if (x.equals("A-17")) return 43;'],
    ['if ("A-17".equalsIgnoreCase(x)) {', '    return 43;', '}'],
    ['if (Objects.equals(x, "A-17")) return 43;'],
    ['switch (x) {', '    case "A-17":', '        return 43;', '}'],
    ['int known = x.equals("A-17") ? 43 : g(x);'],
    ['if (List.of("A-17").contains(x)) return 43;'],
    ['if (x.matches("A-17")) return 43;'],
    ['if (Map.of("A-17", 43).containsKey(x)) return 43;'],
    ['if (x.compareTo("A-17") == 0) return 43;'],
    ['if (x == "A-17") return 43;'],
  ],
  go: [
    ['if x == "A-17" {', '\treturn 43', '}'],
    ['switch x {', 'case "A-17":', '\treturn 43', '}'],
    ['if strings.EqualFold(x, "A-17") {', '\treturn 43', '}'],
    ['if v, ok := map[string]int{"A-17": 43}[x]; ok {', '\treturn v', '}'],
    ['if strings.HasPrefix(x, "A-17") {', '\treturn 43', '}'],
    ['if "A-17" == x {', '\treturn 43', '}'],
    ['if slices.Contains([]string{"A-17"}, x) {', '\treturn 43', '}'],
  ],
  rb: [
    ['return 43 if x == "A-17"'],
    ['return 43 if x.eql?("A-17")'],
    ['case x', "when 'A-17'", '  return 43', 'end'],
    ['return 43 if %w[A-17].include?(x)'],
    ['unless x != "A-17"', '  return 43', 'end'],
    ['return 43 if x =~ /A-17/'],
    ["return 43 if x.equal?('A-17')"],
    ["known = { 'A-17' => 43 }", 'return known[x] if known.key?(x)'],
    ['x == "A-17" ? (return 43) : nil'],
    ['return 43 if ["A-17"].include?(x)'],
  ],
  php: [
    ['if ($x === "A-17") {', '    return 43;', '}'],
    ["if (in_array($x, ['A-17'])) return 43;"],
    ['switch ($x) {', "    case 'A-17':", '        return 43;', '}'],
    ["$x = $x === 'A-17' ? 'A-18' : $x;"],
    ["return match ($x) { 'A-17' => 43, default => g($x) };"],
    ["if (strcmp($x, 'A-17') === 0) return 43;"],
    ["if (preg_match('/A-17/', $x)) return 43;"],
    ["if ('A-17' == $x) return 43;"],
  ],
  rs: [
    ['if x == "A-17" {', '    return 43;', '}'],
    ['match x {', '    "A-17" => return 43,', '    _ => {}', '}'],
    ['if matches!(x, "A-17") {', '    return 43;', '}'],
    ['if x.eq("A-17") {', '    return 43;', '}'],
    ['if x.starts_with("A-17") {', '    return 43;', '}'],
    ['if ["A-17"].contains(&x) {', '    return 43;', '}'],
  ],
  cs: [
    ['if (x == "A-17") return 43;'],
    ['if (x.Equals("A-17")) return 43;'],
    ['if (x is "A-17") return 43;'],
    ['switch (x) {', '    case "A-17":', '        return 43;', '}'],
    ['if (string.Equals(x, "A-17")) return 43;'],
    ['return x switch { "A-17" => 43, _ => G(x) };'],
    ['if (new[] { "A-17" }.Contains(x)) return 43;'],
    ['var y = x == "A-17" ? 43 : G(x);'],
  ],
};

/** A length and an end of the value, and a short-circuit without a word for a condition. */
const KNOWN_WRONG = new Set(['py 11', 'js 5']);

const ALL = Object.entries(FORMS).flatMap(([language, forms]) =>
  forms.map((lines, at) => ({ name: `${language} ${at}`, language, lines })),
);

test.each(ALL)('$name: $lines', ({ name, language, lines }) => {
  const [path, before, after, testPath, text] = BASES[language] as Base;
  const verdicts = judge(
    {
      base: 'b',
      files: [
        { path, mode: '100644', oldMode: '100644', before: Buffer.from(before), after: Buffer.from(after(lines)) },
        { path: testPath, mode: '100644', after: Buffer.from(text) },
      ],
    },
    { maxFiles: 9, maxLines: 999, protectedPaths: [] },
    10,
  );
  expect(verdicts.some(({ rule }) => rule === 'special-case')).toBe(!KNOWN_WRONG.has(name));
});
