import { createSyntaxChecker } from '../../../src/adapters/syntax/parsers.ts';

const checker = createSyntaxChecker();
const kindOf = async (path: string, text: string, base?: string): Promise<string> =>
  (await checker.check(path, Buffer.from(text), base === undefined ? undefined : Buffer.from(base))).kind;

const ROWS: readonly (readonly [path: string, text: string, expected: string])[] = [
  ['a.js', 'export const a = await b();', 'ok'],
  ['a.js', 'module.exports = { a: 1 }; return;', 'ok'],
  ['a.js', '#!/usr/bin/env node\nconst a = 1;', 'ok'],
  ['a.js', 'const a = ;', 'broken'],
  ['a.js', 'const a = <b>{c}</b>;', 'ok'],
  ['a.js', 'const a = <b>{c}</b>; const d = ;', 'broken'],
  ['a.mjs', 'export default 1', 'ok'],
  ['a.mjs', 'export default', 'broken'],
  ['a.cjs', 'export default 1', 'broken'],
  ['a.jsx', 'export const A = () => <b className="x">{c ?? d}</b>;', 'ok'],
  ['a.jsx', 'export const A = () => <b>{c</b>;', 'broken'],
  ['a.ts', 'enum A { b }\nconst c: Record<string, A> = {};', 'ok'],
  ['a.ts', '@Injectable()\nexport class A { constructor(private readonly b: B) {} @Input() c!: string; }', 'ok'],
  ['a.ts', 'const a = { b: 1 } satisfies C; using d = e(); class F<const T> { accessor g = 1; }', 'ok'],
  ['a.ts', 'const c: = 1', 'broken'],
  ['a.mts', 'import type { A } from "./a.mjs";', 'ok'],
  ['a.tsx', 'const A = <T,>({ b }: { b: T }) => <p>{String(b)}</p>;', 'ok'],
  ['a.tsx', 'const a = <div>;', 'broken'],
  ['a.json', '{"a":1}', 'ok'],
  ['a.json', '\ufeff{"a":1}', 'ok'],
  ['a.json', '{"a":1,}', 'broken'],
  ['tsconfig.json', '{ // why\n}', 'unknown'],
  ['a.py', 'def f(a: int) -> str:\n    return f"{a!r}"\n', 'ok'],
  [
    'a.py',
    'match a:\n    case {"b": [c, *_]} if (d := c):\n        pass\ntype E[T] = list[T]\ntry:\n    pass\nexcept* OSError:\n    pass\n',
    'ok',
  ],
  ['a.py', 'def f(:\n    pass\n', 'broken'],
  ['a.py', 'def f():\n    return (1\n', 'broken'],
  ['a.py', 'if a\n    b()\n', 'broken'],
  ['a.py', '# -*- coding: latin-1 -*-\na = "\u00fc"\n', 'ok'],
  ['A.java', 'package a; class A { int b() { return 1; } }', 'ok'],
  [
    'A.java',
    'record A(int b) { sealed interface C permits D {} String e(Object f) { return switch (f) { case A(var g) when g > 1 -> """\n  x\n  """; default -> "y"; }; } }',
    'ok',
  ],
  ['A.java', 'class A { void b() { c(; } }', 'broken'],
  ['A.java', 'class A { void b() { ', 'broken'],
  ['a.go', 'package a\n\nfunc B() error { return nil }\n', 'ok'],
  ['a.go', 'package a\n\nfunc Map[T, U any](s []T, f func(T) U) []U { for i := range 10 { _ = i }; return nil }\n', 'ok'],
  ['a.go', 'package a\n\nfunc B() error { return nil\n', 'broken'],
  ['a.go', 'package a\n\nfunc B( { }\n', 'broken'],
  ['a.rb', 'class A\n  def b(c:, d: nil) = c&.e\nend\n', 'ok'],
  ['a.rb', 'case a\nin {b: Integer => c, **rest} if c > 1\n  d(b:, **rest)\nend\n', 'ok'],
  ['a.rb', 'def a\n  [1, 2\nend\n', 'broken'],
  ['Rakefile', 'task :a do\n  b\n', 'broken'],
  ['a.php', '<?php function a(?int $b): string { return $b?->c ?? "d"; }', 'ok'],
  ['a.php', '<?php enum A: string { case B = "b"; public function c(): int { return match($this) { self::B => 1 }; } }', 'ok'],
  ['a.php', '<?php final readonly class A { public function __construct(private int $b) {} }', 'ok'],
  ['a.php', '<?php function a( { return 1; }', 'broken'],
  ['a.php', '<html><?php if ($a): ?><b></b><?php endif; ?></html>', 'ok'],
  ['A.cs', 'namespace A; public record B(int C) { public required string D { get; init; } }', 'ok'],
  ['A.cs', 'class A(int b) { int[] c = [1, 2]; string d => b switch { > 1 => """x""", _ => "y" }; }', 'ok'],
  ['A.cs', 'class A { void B( { } }', 'broken'],
  ['a.rs', 'fn main() { let Some(a) = b() else { return }; println!("{a}"); }', 'ok'],
  ['a.rs', 'impl<const N: usize> A for [u8; N] { async fn b(&self) -> impl Iterator<Item = u8> + use<> { todo!() } }', 'ok'],
  ['a.rs', 'fn main( { }', 'broken'],
  ['a.c', '#include <stdio.h>\nint main(void) { printf("%d\\n", 1); return 0; }\n', 'ok'],
  ['a.c', 'int main(void) { return 0;\n', 'broken'],
  ['a.cpp', 'template <typename T> concept A = requires(T t) { t.b(); };\nauto c = [](auto&&... d) { return (d + ...); };\n', 'ok'],
  ['a.cpp', 'int main( { return 0; }', 'broken'],
  ['a.h', '#pragma once\nstruct A { int b; };\n', 'ok'],
  ['a.yaml', 'a:\n  - b: !Ref c\n---\nd: |\n  e\n', 'ok'],
  ['a.yml', 'a: [1, 2\nb: 3\n', 'broken'],
  ['a.yml', 'a: 1\na: 2\n', 'broken'],
  ['a.yml', '', 'ok'],
  ['a.toml', '[a]\nb = 1979-05-27T07:32:00Z\nc = [\n  1,\n]\n', 'ok'],
  ['a.toml', '[a\nb = 1\n', 'broken'],
  ['a.xml', '<?xml version="1.0"?><a b="c"><d/></a>', 'ok'],
  ['a.csproj', '<Project><ItemGroup></Project>', 'broken'],
  ['a.kt', 'fun main( {', 'unknown'],
  ['a.swift', 'func a( {', 'unknown'],
  ['README', 'words', 'unknown'],
];

test.each(ROWS)('%s %j is %s', async (path, text, expected) => {
  expect(await kindOf(path, text)).toBe(expected);
});

const MACRO = 'BEGIN_TABLE(orders\n  ROW(a b)\nint f(int a) {\n  return a + 1;\n}\n';

const GAP = 'class A {\n  void B() {\n    c?.d = 1;\n  }\n\n  int E() {\n    return 1;\n  }\n}\n';

const CHANGES: readonly (readonly [name: string, path: string, base: string, text: string, expected: string])[] = [
  ['a change that breaks a file', 'a.py', 'a = 1\n', 'a = (1\n', 'broken'],
  ['a change that mends a file', 'a.py', 'a = (1\n', 'a = 1\n', 'ok'],
  ['what the grammar cannot read, untouched', 'a.cpp', MACRO, MACRO.replace('a + 1', 'a + 2'), 'unknown'],
  ['the same, moved to other lines', 'a.cpp', MACRO, `// new\n${MACRO}`, 'unknown'],
  ['a problem beside what the grammar cannot read', 'A.cs', GAP, GAP.replace('return 1', 'return (1'), 'broken'],
  ['what the grammar cannot read, changed: nobody can tell', 'A.cs', GAP, GAP.replace('d = 1', 'd = 2'), 'unknown'],
  ['Python 2', 'a.py', 'print "a"\nb = 1\n', 'print "a"\nb = 2\n', 'ok'],
  ['comments in JSON that were there before', 'a.json', '{ // why\n}', '{ // why\n"a": 1 }', 'unknown'],
  ['a template that is no YAML', 'a.yaml', '{{- if .Values.a }}\nb: 1\n{{- end }}\n', '{{- if .Values.a }}\nb: 2\n{{- end }}\n', 'unknown'],
  ['Flow types, which nothing here knows', 'a.js', 'const a: number = 1;', 'const a: number = 2;', 'unknown'],
];

test.each(CHANGES)('%s: %s', async (_name, path, base, text, expected) => {
  expect(await kindOf(path, text, base)).toBe(expected);
});

test('where it is broken is said, and not what stands there', async () => {
  expect(await checker.check('a.java', Buffer.from('class A {\n  String s = secret"hunter2;\n'))).toEqual({
    kind: 'broken',
    detail: expect.stringMatching(/^(syntax error|missing `.+`) \(\d+:\d+\)$/),
  });
});

test('a huge file is not parsed', async () => {
  expect(await kindOf('a.json', `[${' '.repeat(1_000_000)}`)).toBe('unknown');
});

/** What the grammars get wrong; the last column is what would be right. */
const KNOWN_WRONG: readonly (readonly [name: string, path: string, text: string, actual: string, desired: string])[] = [
  ['a grammar does not know every rule of the language', 'a.py', 'return 1\nbreak\n', 'ok', 'broken'],
  ['a name that is declared twice', 'a.ts', 'let a; let a;', 'ok', 'broken'],
  ['C with names that are keywords of C++', 'a.c', 'void f(void) { template = 2; }\n', 'broken', 'ok'],
  ['C as before 1989', 'a.c', 'int f(a) int a; { return a; }\n', 'broken', 'ok'],
  ['Python 3.13: a type parameter with a default', 'a.py', 'def f[T = int](a: T): ...\n', 'broken', 'ok'],
  ['Java 25: a file without a class', 'A.java', 'import module java.base;\nvoid main() {}\n', 'broken', 'ok'],
  ['Java 25: a statement before super()', 'A.java', 'class A { A() { check(); super(); } }', 'broken', 'ok'],
  ['C# 14: an extension block', 'A.cs', 'static class A { extension(string s) { public bool B => true; } }', 'broken', 'ok'],
  ['C# 14: an assignment that may be left out', 'A.cs', 'class A { void B() { c?.d = 1; } }', 'broken', 'ok'],
];

test.each(KNOWN_WRONG)('known wrong: %s', async (_name, path, text, actual, desired) => {
  expect(await kindOf(path, text)).toBe(actual);
  expect(actual).not.toBe(desired);
});
