// Comments and strings told from code, in the languages there are. Lines stay where they are.
import { isSource, readCode } from '../../../src/core/repository/code-text.ts';

test.each<[string, string, string, string]>([
  ['a line comment', 'a.js', 'f(); // eval()\ng();', 'f(); \ng();'],
  ['a block comment', 'a.js', 'f(); /* eval()\n eval() */ g();', 'f(); \n g();'],
  ['a block comment that never ends', 'a.js', 'f(); /* eval()', 'f(); '],
  ['a string', 'a.js', 'f("eval()");', 'f("");'],
  ['a string with an escaped quote', 'a.js', 'f("a\\"eval()");', 'f("");'],
  ['a string that its line ends', 'a.js', "f('a\neval();", "f(''\neval();"],
  ['a string with a comment in it', 'a.js', "f('http://x'); eval();", "f(''); eval();"],
  ['a string that may hold code', 'a.py', 'f"{eval(x)}"', 'f"{eval(x)}"'],
  ['a template', 'a.js', '`a ' + '$' + '{eval(x)} // b`', '`a ' + '$' + '{eval(x)} // b`'],
  ['a template within a template', 'a.js', '`a' + '$' + '{`b`}c`; f("eval")', '`a' + '$' + '{`b`}c`; f("")'],
  ['a regular expression', 'a.js', "x = /'/; eval(); y = /'/;", 'x = //; eval(); y = //;'],
  ['a slash in a class', 'a.js', 'x = /[/\'"]/; eval();', 'x = //; eval();'],
  ['a division', 'a.js', 'x = a / b; y = c / d; // e', 'x = a / b; y = c / d; '],
  ['a hash in Python', 'a.py', 'f() # eval()\ng()', 'f() \ng()'],
  ['a docstring', 'a.py', '"""a\neval()\n"""\nf()', '"""\n\n"""\nf()'],
  ['a hash in a word', 'a.sh', 'echo a#b $# # c', 'echo a#b $# '],
  ['code within a pattern of Ruby', 'a.rb', 'x = /#{f(y)}/ # z', 'x = /#{f(y)}/ '],
  ['a hash in a class of letters', 'a.pl', '$x =~ /[^#]+/; # z', '$x =~ /[^#]+/; '],
  ['a length in a shell', 'a.sh', 'echo $' + '{#x[@]} $' + '{x##*/} # z', 'echo $' + '{#x[@]} $' + '{x##*/} '],
  ['a hash behind a bracket', 'a.py', 'f(# eval()\n  x)#y', 'f(\n  x)'],
  ['a character in Go', 'a.go', "x := '\"'; eval() // y", "x := ''; eval() "],
  ['a lifetime in Rust', 'a.rs', "fn f<'a>(x: &'a str) { eval() } // y", "fn f<'a>(x: &'a str) { eval() } "],
  ['a raw string in Go', 'a.go', 'x := `// a`; f()', 'x := `// a`; f()'],
  ['both marks in PHP', 'a.php', 'f(); # a\ng(); // b', 'f(); \ng(); '],
  ['XML', 'pom.xml', '<a/><!-- <b/> --><c/>', '<a/><c/>'],
  ['SQL', 'a.sql', 'SELECT 1 -- eval', 'SELECT 1 '],
  ['=begin in Ruby', 'a.rb', 'f\n=begin\neval\n=end\ng', 'f\n\n\n\ng'],
  ['an unknown language stays', 'a.xyz', 'f(); // eval()', 'f(); // eval()'],
  ['nothing', 'a.js', '', ''],
])('%s', (_name, path, text, code) => {
  expect(readCode(path, text).code).toBe(code);
  expect(readCode(path, text).code.split('\n')).toHaveLength(text.split('\n').length);
});

test('strings stay where only comments are taken off', () => {
  expect(readCode('a.js', "require('x'); // y").uncommented).toBe("require('x'); ");
});

test.each<[string, boolean]>([
  ['a.tsx', true],
  ['Gemfile', true],
  ['a.bin', false],
])('%s is a known language: %s', (path, known) => {
  expect(isSource(path)).toBe(known);
});

/** Known wrong. A row that begins to fail here has been mended: move it up. */
test('known wrong: a quote in a regular expression of Ruby hides what stands before the next one', () => {
  expect(readCode('a.rb', "x = /'/; eval(); y = /'/").code).toBe("x = /''/");
});
