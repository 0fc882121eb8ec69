// A change of comments, blanks, prose or tests alone is no fix.
import { missingSubstance } from '../../../src/core/proof/substance.ts';

const file = (path: string, before: string | undefined, after: string | undefined) => ({
  path,
  mode: '100644' as const,
  oldMode: '100644' as const,
  ...(before === undefined ? {} : { before: Buffer.from(before) }),
  ...(after === undefined ? {} : { after: Buffer.from(after) }),
});

test.each<[string, readonly ReturnType<typeof file>[], RegExp | undefined]>([
  ['code', [file('a.js', 'f(1);\n', 'f(2);\n')], undefined],
  ['a comment', [file('a.js', 'f(1);\n', '// checked\nf(1);\n')], /comments/],
  [
    'a comment behind code, and a test that looks for it',
    [file('a.py', 'f(1)\n', 'f(1)  # fixed\n'), file('test_a.py', undefined, 'x\n')],
    /comments/,
  ],
  ['blanks', [file('a.go', 'f(1)\n', '\n  f(1)\n\n')], /blanks/],
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
