// Tests that expect a failure, and what may become of them when the failure has ended.
// Principle: an expectation of a failure checks, as an assertion of a value does. Where the code fails no more, its case says
// something else: it is changed, not shrunken, and what was said of the failure goes with it, as long as what stands there now
// still asserts something. A mark that a test is known to fail (xfail, `it.fails`, todo) checks nothing: without it the test is stricter.
import { sameCases } from './cases.ts';
import type { Side } from './policy.ts';

/** Above or beside a case: the case as a whole is to fail. */
const MARK =
  /#\[should_panic|@Test\s*\([^)]{0,400}\bexpected\w*\s*=|\[[^\]\n]{0,200}\bExpectedException|^[^\S\n]*@(?:[\w.]+\.)?raises\s*\(|^[^\S\n]*\*[^\S\n]*@expectedException/gm;

/** Within a case: what stands here is to fail. */
const SAID =
  /[Aa]ssert[._]?\w{0,40}?(?:[Rr]ais|[Tt]hrow|[Rr]eject|[Pp]anic|[Ff]ailsWith|[Ee]xception)\w{0,40}|\b(?:assert|require)\.(?:Panics\w*|Error\w*|EqualError)\s*\(|\.raises\s*\(|\.(?:to)?[Tt]hrows?\w*\s*[(<]|\.reject(?:s|ed\w*)\b|\braise_(?:error|exception)\b|\bmust_raise\b|\b(?:throws_ok|dies_ok|throws_like)\s*[({]|\bshould(?:Throw|Fail)\w*\s*[<({]|\bintercept\s*[[{(]|\bthrown\.expect\w*\s*\(|\bcatchThrowable\w*\s*\(|\bexpectException\w*\s*\(|\b(?:ASSERT|EXPECT)_(?:\w{0,20}THROW|DEATH|EXIT)|\b(?:REQUIRE|CHECK)_THROWS\w*|#expect\(throws:|\bexpect_error\s*\(|@test_throws/g;

/** `assertDoesNotThrow`, `.not.toThrow(…)`, `EXPECT_NO_THROW`, `not_to raise_error`: a value as any other. */
const NEGATED = /[Nn]ot(?![a-z])|nothing|no_|NO_|[Nn]ever/;

/** Assertions of every kind, by the pattern of who asks. */
type Count = (code: string) => number;

/** Cases whose expected failure has ended, and how many checks fewer a file may have for it. */
interface EndedFailures {
  readonly names: readonly string[];
  readonly fewer: number;
}

/** @example endedFailures(before, after, count) // { names: ['garbage'], fewer: 1 }: `#[should_panic]` is gone, and the test asserts a value */
export function endedFailures(before: Side, after: Side, assertions: Count): EndedFailures {
  const ended = sameCases(before, after).flatMap(([was, is]) => {
    const [marks, said] = [marksOf(was.code) - marksOf(is.code), saidIn(was.code) - saidIn(is.code)];
    if (marks + said <= 0) return [];
    const [had, has] = [assertions(was.code), assertions(is.code)];
    // What stood beside the failure stays; in the place of a statement that is gone stands another one.
    const least = Math.max(1, had - spokenOf(was.code, assertions) + (said > 0 ? 1 : 0));
    return telling(is.code, assertions) >= least ? [{ name: is.name, fewer: Math.max(0, had - has) }] : [];
  });
  return { names: ended.map(({ name }) => name), fewer: ended.reduce((sum, { fewer }) => sum + fewer, 0) };
}

/** The case that is now to fail, or asserts within what is to fail what it asserted by itself: whatever happens it is green. */
export function nowExpected(before: Side, after: Side, assertions: Count): string | undefined {
  return sameCases(before, after).find(([was, is]) => {
    if (marksOf(is.code) > marksOf(was.code)) return true;
    const had = new Set(withinFailure(was.code, assertions));
    const stood = new Set(was.code.split('\n').map((line) => line.trim()));
    return withinFailure(is.code, assertions).some((line) => !had.has(line) && stood.has(line));
  })?.[1].name;
}

function saysFailure(line: string): boolean {
  return [...line.matchAll(SAID)].some(({ 0: said, index }) => !NEGATED.test(line.slice(Math.max(0, index - 12), index + said.length)));
}

const marksOf = (code: string): number => code.match(MARK)?.length ?? 0;

function saidIn(code: string): number {
  const failed = code.search(/(?<![.\w])(?:(?:self|Assert|Assertions)\.|\$this->)?fail\s*\(/);
  const caught = failed >= 0 && /\b(?:catch|except|rescue)\b/.test(code.slice(failed)) ? 1 : 0;
  return code.split('\n').filter(saysFailure).length + caught;
}

/** Names that the failure was given: what is said of them is said of it. */
const BOUND = /\b(?:as|rescue\b.{0,80}=>)\s+(\w+)|\b(\w{1,60})\s*:?=(?!=)|\bcatch\s*\(?\s*(?:[\w.|\\ ]{1,200}\s)?\$?(\w+)\s*\)?/;

/** Assertions of a case that are the expectation of its failure, or are about it. */
function spokenOf(code: string, assertions: Count): number {
  const lines = code.split('\n');
  const names = lines.flatMap((line) => {
    if (!saysFailure(line) && !/\b(?:catch|except|rescue)\b/.test(line)) return [];
    return BOUND.exec(line)?.slice(1).filter(Boolean) ?? [];
  });
  const about = new Set(['thrown', ...names]);
  const isAbout = (line: string): boolean => line.match(/\w+/g)?.some((word) => about.has(word)) ?? false;
  return lines.reduce((sum, line) => {
    if (saysFailure(line)) return sum + Math.max(1, assertions(line));
    return sum + (isAbout(line) ? assertions(line) : 0);
  }, marksOf(code));
}

/** Assertions that name something: one of literals alone can not fail. */
function telling(code: string, assertions: Count): number {
  return code.split('\n').reduce((sum, line) => sum + (isTelling(line) ? assertions(line) : 0), 0);
}

const isTelling = (line: string): boolean =>
  /[([{,=]\s*$/.test(line) ||
  /[\p{L}_]/u.test(
    line
      .replace(/^\s*(?:(?:@[\w.]+|#\[[^\]]*\]|\[[^\]]*\])\s*)+/, '')
      .replace(/^[^{]*\b(?:it|test|fn|fun|func|function|void|def)\b[^{]*\{/, '')
      .replace(/["'`][^"'`]*["'`]|\.\w+|\b(?:assert|refute|expect|verify|require|XCT|ASSERT|EXPECT|CHECK|REQUIRE)\w*!?/gi, ' ')
      .replace(/\b(?:true|false|null|none|nil|undefined|self|this|t|and|or|not|is|ok|to|eq|be|void|public|fun|fn|def|new)\b/gi, ' '),
  );

/** Assertions of values that stand within an expectation of a failure, by indentation. */
function withinFailure(code: string, assertions: Count): readonly string[] {
  const open: { depth: number; fails: boolean }[] = [];
  return code.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const depth = /^\s*/.exec(line)?.[0].length ?? 0;
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= depth) open.pop();
    const fails = saysFailure(line);
    const isWithin = open.some((one) => one.fails);
    open.push({ depth, fails });
    return isWithin && !fails && assertions(line) > 0 ? [line.trim()] : [];
  });
}
