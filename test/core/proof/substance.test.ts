// A change of comments, blanks, prose or tests alone is no fix.
import { missingSubstance } from '../../../src/core/proof/substance.ts';

const file = (path: string, before: string | undefined, after: string | undefined) => ({
  path,
  mode: '100644' as const,
  oldMode: '100644' as const,
  ...(before === undefined ? {} : { before: Buffer.from(before) }),
  ...(after === undefined ? {} : { after: Buffer.from(after) }),
});

const RUST_TEST = '#[test]\nfn t() {\n    f();\n}\n';

test.each<[string, readonly ReturnType<typeof file>[], RegExp | undefined]>([
  ['code', [file('a.js', 'f(1);\n', 'f(2);\n')], undefined],
  ['a comment', [file('a.js', 'f(1);\n', '// checked\nf(1);\n')], /comments/],
  [
    'a comment behind code, and a test that looks for it',
    [file('a.py', 'f(1)\n', 'f(1)  # fixed\n'), file('test_a.py', undefined, 'x\n')],
    /comments/,
  ],
  ['a test within a source', [file('a.rs', 'fn f() {}\n', `// The code.\nfn f() {}\n\n${RUST_TEST}`)], /tests only/],
  [
    'a comment, and a test within another source',
    [file('a.rs', 'f();\n', '// f\nf();\n'), file('b.rs', 'g();\n', `g();\n${RUST_TEST}`)],
    /comments/,
  ],
  ['code and a test within one source', [file('a.rs', 'fn f() {}\n', `fn f() { g() }\n${RUST_TEST}`)], undefined],
  ['blanks', [file('a.go', 'f(1)\n', '\n  f(1)\n\n')], /blanks/],
  ['one more line in the log', [file('a.py', 'f(1)\n', 'import logging\nlogging.error("f is called")\nf(1)\n')], /log/],
  ['a line in the log, and work', [file('a.py', 'f(1)\n', 'logging.error("f is called")\nf(2)\n')], undefined],
  ['a line that is written for somebody', [file('a.py', 'f(1)\n', 'print("done")\nf(1)\n')], undefined],
  ['a condition that tells', [file('a.js', 'f(1);\n', 'console.warn(x ?? (x = 1));\nf(1);\n')], undefined],
  ['a chain over several lines', [file('a.rb', 'page[:title].downcase\n', 'page[:title]\n  .downcase\n')], /blanks/],
  ['arguments over several lines', [file('a.js', 'f(a, b);\n', 'f(\n  a,\n  b,\n);\n')], /blanks/],
  ['arguments over several lines, in Python', [file('a.py', 'x = f(a, b)\n', 'x = f(\n    a,\n    b,\n)\n')], /blanks/],
  ['a value that a line break cuts off', [file('a.js', 'return x;\n', 'return\nx;\n')], undefined],
  ['blanks within a text', [file('a.js', 'f("a  b");\n', 'f("a b");\n')], undefined],
  ['blanks within a pattern', [file('a.js', 's.split(/, (x)/);\n', 's.split(/,(x)/);\n')], undefined],
  ['blanks that are code in a shell', [file('a.sh', '["$x" = 1 ]\n', '[ "$x" = 1 ]\n')], undefined],
  ['a pattern with code in it', [file('a.rb', "re = /#{name.gsub(' ', '')}/\n", "re = /#{escape(name).gsub(' ', '')}/\n")], undefined],
  ['a pattern with the mark of a comment', [file('a.pl', '$x =~ /[^#]a/;\n', '$x =~ /[^#]b/;\n')], undefined],
  ['a source that is called like a text', [file('cmd/licenses.go', 'f(1)\n', 'f(2)\n')], undefined],
  ['indentation that is code', [file('a.py', 'if x:\n    f()\ng()\n', 'if x:\n    f()\n    g()\n')], undefined],
  ['a string that looks like a comment', [file('a.js', 'f("// a");\n', 'f("// b");\n')], undefined],
  ['tests only', [file('test/a.test.js', 'x\n', 'y\n')], /tests/],
  ['prose only', [file('README.md', 'x\n', 'y\n')], /people/],
  ['a new file of code', [file('src/b.js', undefined, 'f();\n')], undefined],
  ['a setting', [file('config.json', '{"a":1}\n', '{"a":2}\n')], undefined],
  ['a file that no marks are known of', [file('a.dat', 'x\n', 'y\n')], undefined],
])('%s', (_name, files, why) => {
  const found = missingSubstance({ base: 'b', files });
  if (why === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(why);
});
