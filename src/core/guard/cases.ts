// A test file read as its cases: each with what stands above it, its name and its body. By the marks of frameworks and by
// indentation, no parser: a line that is no deeper than the case's own head ends it, brackets aside.
import type { Side } from './policy.ts';

/** Where a case begins, in the common frameworks of the common languages. */
export const CASE =
  /(?<![.\w$])(?:it|test|specify|scenario)(?:\.(?:each|concurrent|sequential|only|skip|todo|fails|failing))*\s*(?:[(`]|["'])|^[^\S\n]*(?:async\s+)?def\s+test\w*|^[^\S\n]*func\s+Test\w*|^[^\S\n]*@(?:Test|ParameterizedTest|RepeatedTest)\b|\[(?:Fact|Theory|Test|TestCase|TestMethod)\b|#\[(?:\w+::)?test\b|\bfunction\s+test\w*\s*\(|^[^\S\n]*TEST(?:_[FP])?\s*\(|^[^\S\n]*func\s+test\w+\s*\(|^[^\S\n]*Scenario(?: Outline)?:/gm;

/** One case, or the whole file where it has none. */
interface TestCase {
  readonly name: string;
  /** Attributes above it and its body, without comments and with plain strings emptied; expectations in a comment stay. */
  readonly code: string;
  /** Lines of the file, from 0; the second is behind the last. */
  readonly lines: readonly [from: number, to: number];
}

/** PHPUnit was told in a comment that a test fails. */
const SAID_ABOVE = /^\s*\*\s*@expectedException/;
const ATTRIBUTE = /^\s*(?:#\[|@[\w.]|\[\w)/;
const ATTRIBUTES = /^\s*(?:(?:@[\w.]+(?:\([^)]{0,400}\))?|#\[[^\]]{0,400}\]|\[[^\]]{0,400}\])\s*)+/;
/** So much of a file is looked at for the name of a case. */
const HEAD = 1000;

/** The code of a test, and what its comments say to the framework. Line n is line n of the file. */
export function checkedCode({ text, code }: Side): string {
  if (!text.includes('@expectedException')) return code;
  const said = text.split('\n');
  return code
    .split('\n')
    .map((line, at) => (SAID_ABOVE.test(said[at] ?? '') ? (said[at] as string) : line))
    .join('\n');
}

/** @example casesOf(readChange(change).before).map(({ name }) => name) // ['test_a', 'test_b'] */
function casesOf(side: Side): readonly TestCase[] {
  const code = checkedCode(side);
  const [lines, said, text] = [code.split('\n'), side.uncommented.split('\n'), side.text.split('\n')];
  const found: TestCase[] = [];
  let declared = -1;
  for (const head of headLines(code)) {
    // Several attributes of one case.
    if (head <= declared) continue;
    const [name, at] = nameOf(said, head);
    declared = at;
    let from = head;
    while (from > (found.at(-1)?.lines[1] ?? 0) && standsAbove(lines[from - 1] ?? '', text[from - 1] ?? '')) from -= 1;
    const to = endOf(lines, at);
    found.push({ name, code: lines.slice(from, to).join('\n'), lines: [from, to] });
  }
  return found;
}

/** An attribute, or a line that is a comment alone. */
const standsAbove = (line: string, text: string): boolean =>
  ATTRIBUTE.test(line) || SAID_ABOVE.test(line) || (line.trim() === '' && text.trim() !== '');

function headLines(code: string): readonly number[] {
  const heads: number[] = [];
  let [line, at] = [0, 0];
  for (const { index } of code.matchAll(CASE)) {
    for (; at < index; at += 1) if (code[at] === '\n') line += 1;
    if (heads.at(-1) !== line) heads.push(line);
  }
  return heads;
}

/** What a case is called, and the line that says so. */
function nameOf(said: readonly string[], head: number): readonly [name: string, line: number] {
  const text = said
    .slice(head, head + 20)
    .join('\n')
    .slice(0, HEAD);
  const above = ATTRIBUTES.exec(text)?.[0] ?? '';
  const at = head + above.split('\n').length - 1;
  const line = text.slice(above.length).split('\n')[0] ?? '';
  const macro = /^\s*TEST(?:_[FP])?\s*\(([^)]*)\)/.exec(line)?.[1];
  const words = /^\s*(?:it|test|specify|scenario)\b[^"'`]*(["'`])(.*?)\1/.exec(line)?.[2];
  const scenario = /^\s*(Scenario(?: Outline)?:.*)/.exec(line)?.[1];
  const named = /`([^`]+)`\s*\(|([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^<>()]*>)?\s*\(|\bdef\s+([\w?!]+)/u.exec(line);
  return [macro ?? words ?? scenario ?? named?.slice(1).find(Boolean) ?? line.trim(), at];
}

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

function endOf(lines: readonly string[], at: number): number {
  const depth = indentOf(lines[at] ?? '');
  let to = at + 1;
  const goesOn = (line: string): boolean => line.trim() === '' || indentOf(line) > depth || /^\s*(?:[)\]}{]|end\b)/.test(line);
  while (to < lines.length && goesOn(lines[to] as string)) to += 1;
  return to;
}

/** Cases of both versions that have one name; the whole files where neither has a case. */
export function sameCases(before: Side, after: Side): readonly (readonly [was: TestCase, is: TestCase])[] {
  const [old, now] = [casesOf(before), casesOf(after)];
  if (old.length === 0 && now.length === 0) return [[whole(before), whole(after)]];
  const [had, has] = [Map.groupBy(old, ({ name }) => name), Map.groupBy(now, ({ name }) => name)];
  return [...had].flatMap(([name, were]) => {
    const are = has.get(name) ?? [];
    return were.length === are.length ? were.map((was, at) => [was, are[at] as TestCase] as const) : [];
  });
}

function whole(side: Side): TestCase {
  const code = checkedCode(side);
  return { name: '', code, lines: [0, code.split('\n').length] };
}

/** The code of a file without the cases that it did not have before; `undefined` where one that it had is gone. */
export function withoutNewCases(before: Side, after: Side): string | undefined {
  const had = new Map<string, number>();
  for (const { name } of casesOf(before)) had.set(name, (had.get(name) ?? 0) + 1);
  const now = casesOf(after);
  const fresh = now.filter(({ name }) => {
    const left = had.get(name) ?? 0;
    had.set(name, left - 1);
    return left <= 0;
  });
  if ([...had.values()].some((left) => left > 0)) return undefined;
  const taken = new Set(fresh.filter(({ name }) => name !== 'TestMain').flatMap(({ lines: [from, to] }) => range(from, to)));
  return after.code
    .split('\n')
    .filter((_line, at) => !taken.has(at))
    .join('\n');
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_value, at) => from + at);
