// Which files of its package a file needs beside it, without a word of import.
import { matesOf, nearMates } from '../../../src/core/context/package-mates.ts';

const PATHS = [
  'read.go',
  'read_test.go',
  'lex.go',
  'write.go',
  'cmd/main.go',
  'a/Order.java',
  'a/OrderTest.java',
  'a/Line.java',
  'x.js',
  'y.js',
];

test.each<[string, readonly string[]]>([
  ['read.go', ['lex.go', 'write.go']],
  ['a/Order.java', ['a/Line.java']],
  ['cmd/main.go', []],
  ['x.js', []],
])('mates of %s', (path, mates) => {
  expect(matesOf(path, PATHS)).toEqual(mates);
});

test('a package of a hundred files says nothing', () => {
  expect(
    matesOf(
      'a0.go',
      Array.from({ length: 100 }, (_, at) => `a${at}.go`),
    ),
  ).toEqual([]);
});

test('the one that says what only few say comes first, one that says only what all say not at all', () => {
  const text = 'package shop\n\nfunc place(at Position) string {\n\treturn lines[at.Offset]\n}\n';
  const mates = [
    { path: 'names.go', text: 'package shop\n\nfunc name() string { return "" }\n' },
    { path: 'all.go', text: 'package shop\n\nfunc all(at Position) string { return "" }\n' },
    { path: 'lex.go', text: 'package shop\n\nfunc lex() string {\n\tat := Position{}\n\tat.Offset--\n\treturn ""\n}\n' },
  ];
  expect(nearMates(text, [{ line: 4 }], mates)).toEqual(['lex.go', 'all.go']);
  expect(nearMates(text, [{ line: null }], mates)).toEqual([]);
});
