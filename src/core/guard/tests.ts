// Existing tests may not shrink: not be deleted, moved away, skipped, emptied, or made to expect something else.
// A file's own counts before and after are compared; what a test means is not understood.
import type { Verdict } from '../model.ts';
import { isTestPath } from '../repository/test-paths.ts';
import { CASE, checkedCode, withoutNewCases } from './cases.ts';
import { endedFailures, nowExpected } from './expected-failures.ts';
import { GO, JS } from './file-names.ts';
import { beyond, patchOnly, quote, type ReadFile, refuse, type Side } from './policy.ts';

/** Calls and statements that check something, in the common frameworks of the common languages. */
const ASSERTION =
  /\bexpect(?:_\w+|That)?\s*[({]|\bexpectException\w*\s*\(|(?<!#\[)\b(?:assert|refute|verify)\w*!?(?:\.\w+)*\s*[(]|^[^\S\n]*(?:assert|refute)(?:_\w+)?[^\S\n]+[\w"'([{!~&*:@]|\bXCT(?:Assert\w*|Fail)\s*\(|\b(?:ASSERT|EXPECT|REQUIRE|CHECK)(?:_\w+)?\s*\(|\bAssert\.\w+|\.[Ss]hould\b|\bmust_\w+|\b(?:is|cmp)_expected\b|\bt\.(?:is|not|deepEqual|equal|equals|same|notSame|ok|true|false|truthy|falsy|throws|throwsAsync|rejects|like|regex|snapshot|match|Errorf?|Fatalf?|Fail|FailNow)\s*\(|\brequire\.[A-Z]\w+\s*\(|\bpytest\.(?:raises|warns|fail)\b|#\[should_panic|@Test\s*\([^)]{0,400}\bexpected\w*\s*=|\[[^\]\n]{0,200}\bExpectedException|^[^\S\n]*@(?:[\w.]+\.)?raises\s*\(|^[^\S\n]*\*[^\S\n]*@expectedException\w*|\bassert\w+<[^<>\n]{0,80}>\s*[({]|\bshould(?:Throw|Fail)\w*\s*[<({]|\bintercept\s*[[{(]|\bthrown\.expect\w*\s*\(|^[^\S\n]*(?:throws_ok|dies_ok|throws_like)\s*[({]|^[^\S\n]*(?:ok|is|isnt|like|is_deeply|cmp_ok)\s*\(|^[^\S\n]*\[\[? [^\n]{0,200} (?:-[enlg][qet]|=~|==?|!=) [^\n]{0,200}\]$/gm;

const SKIP =
  /(?<![.\w$])(?:it|test|describe|context|suite|spec|scenario)(?:\.\w+)*\.(?:skip|skipIf|only|todo|fixme|fails|failing)\b|(?<![.\w$])(?:x(?:it|test|describe|context|specify|feature|scenario)|f(?:it|describe|context|specify))\s*[("'`]|@?pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|@?unittest\.(?:skip\w*|expectedFailure)\b|\bself\.skipTest\s*\(|\bSkipTest\b|\bt\.Skip(?:f|Now)?\s*\(|\btesting\.Short\s*\(|@(?:Disabled|Ignore)\w*\b|\bAssum(?:e|ptions)\.\w+|\bassum(?:e|ing)(?:True|False|That|NotNull)\s*\(|#\[ignore|\bmarkTest(?:Skipped|Incomplete)\b|\[Ignore\b|\bSkip\s*=\s*"|\bAssert\.(?:Ignore|Inconclusive)\b|@(?:module)?tag\s+:?skip|\bXCTSkip\w*|\bGTEST_SKIP\b|\bDISABLED_\w+|^[^\S\n]*(?:skip|pending)\b[^\S\n]*(?:["'(]|$)|\bdef\s+load_tests\b|\b__test__\s*=\s*False\b|\bthis\.skip\s*\(|\bt\.skip\s*\(|\bskip\s*:\s*(?:true|["'])|--no-verify\b/gm;

/** What is singled out leaves all others out. */
const SINGLED =
  /(?<![.\w$])(?:it|test|describe|context|suite|spec|scenario)(?:\.\w+)*\.only\b|(?<![.\w$])f(?:it|describe|context|specify)\s*[("'`]/gm;

/** Go's build tags and Rust's cfg take a file out of the run without a word in it. */
const EXCLUDES = /^\/\/go:build\s+(?:ignore|never|!)|^\/\/\s*\+build\s+(?:ignore|!)|#!\[cfg\((?:any\(\)|not\(test\))\)\]/gm;

/** C's preprocessor takes assertions out without touching them, or makes them say nothing. */
const PREPROCESSED =
  /^[^\S\n]*#[^\S\n]*(?:(?:define|undef)[^\S\n]+(?:NDEBUG|\w*(?:assert|expect|require|check)\w*)\b|if[^\S\n]+(?:0|false)\b)/gim;
const C_LIKE = /\.(?:c|h|cc|cpp|cxx|hh|hpp|hxx|mm?)$/i;

/** A name that a framework gives, declared by the test itself, or a function of the framework written over. */
const OWN_CHECK =
  /^[^\S\n]*(?:export\s+)?(?:async\s+)?(?:(?:function|class|def|sub)\s+(?:self\.)?(?:test|it|describe|should)\b|(?:function|class|def|fn|func|sub)\s+(?:self\.)?(?:assert|expect|assert(?:_?(?:[eE]quals?|[tT]rue|[fF]alse|[rR]aises|[sS]ame|[tT]hat|[nN]ull|[nN]ot_?[nN]ull|[tT]hrows))|ok|is_deeply)\b).*$|\b(?:assert|expect|Assert|TestCase|Minitest::Test)\.\w+\s*=(?![=>]).*$/gm;
/** Where the names are values, and not of everybody's own. */
const OWN_VALUE =
  /^[^\S\n]*(?:export\s+)?(?:const|let|var)\s+(?:assert|expect|test|it|describe|should)\s*=(?!.*\b(?:require|import)\b).*$/gm;

export function tests(file: ReadFile): readonly Verdict[] {
  const { change, path, before, after } = file;
  if (!file.isTest) return [];
  // A file that is moved is gone at its old place.
  if (change.after === undefined) return isTestPath(path) ? [refuse('test-deleted', `${path} is a test and is deleted`)] : [];
  const skips = skipped(file) ?? more(EXCLUDES, before.text, after.text) ?? unpreprocessed(file);
  const found: Verdict[] = [];
  if (skips !== undefined) found.push(refuse('test-skipped', `${path} skips or singles out tests: ${quote(skips)}`));
  const own =
    more(OWN_CHECK, before.uncommented, after.uncommented) ??
    (JS.test(path) ? more(OWN_VALUE, before.uncommented, after.uncommented) : undefined);
  if (own !== undefined) found.push(refuse('test-shrunk', `${path} puts something of its own in place of what checks: ${quote(own)}`));
  if (change.before === undefined) return found;
  if (isSnapshot(path)) return [...found, ...snapshot(file)];
  return [...found, ...shrunk(file)];
}

/** A test that is new may say what it likes of itself: it only shows less. */
function unpreprocessed({ change, path, before, after }: ReadFile): string | undefined {
  return change.before !== undefined && C_LIKE.test(path) ? more(PREPROCESSED, before.uncommented, after.uncommented) : undefined;
}

/** A case that is new takes nothing away where it is skipped, unless it takes the place of one that is gone, or singles itself out. */
function skipped({ before, after }: ReadFile): string | undefined {
  return more(SINGLED, before.code, after.code) ?? more(SKIP, before.code, withoutNewCases(before, after) ?? after.code);
}

/** What is called, given and expected, each as often as it is; not how one is handed to the other. */
function wordsOf(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [word] of text
    .replace(/\|>|->|=>|::/g, ' ')
    .matchAll(/[\p{L}_$@][\p{L}\p{N}_$]*[?!]?|\d[\d_.]*|"[^"\n]*"|'[^'\n]*'|[!=<>~]+/gu))
    found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

/** More checks that are gone are a change that a person looks at. */
const MOST_ASKED = 50;

/** Of checks that are gone those that no new one says: all that it said, and beyond that only what its case said above it. */
function unsaid(gone: readonly string[], before: Side, after: Side): readonly string[] {
  if (gone.length === 0 || gone.length > MOST_ASKED) return gone;
  const lines = before.uncommented.split('\n');
  const fresh = beyond(after.uncommented, before.uncommented).flatMap((line) => {
    const checks = assertions(line);
    return checks === 0 ? [] : [{ checks, words: wordsOf(line) }];
  });
  return gone.filter((line) => {
    const at = lines.indexOf(line);
    const depth = indentOf(line);
    const head = lines.slice(0, at).findLastIndex((other) => other.trim() !== '' && indentOf(other) < depth);
    const [said, known] = [wordsOf(line), wordsOf(lines.slice(Math.max(0, head + 1), at + 1).join('\n'))];
    return !fresh.some(({ checks, words }) => checks >= assertions(line) && isWithin(said, words) && isWithin(words, known));
  });
}

/** What is compared with itself has twice what was there once. */
const isWithin = (some: ReadonlyMap<string, number>, all: ReadonlyMap<string, number>): boolean =>
  [...some].every(([word, times]) => (all.get(word) ?? 0) >= times);

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

const assertions = (code: string): number => count(ASSERTION, code);

function shrunk(file: ReadFile): readonly Verdict[] {
  const { path, before, after } = file;
  const cases = [count(CASE, before.code), count(CASE, after.code)] as const;
  if (cases[1] < cases[0]) return [refuse('test-shrunk', `${path} has ${cases[1]} test cases, it had ${cases[0]}`)];
  const checks = [assertions(checkedCode(before)), assertions(checkedCode(after))] as const;
  const ended = endedFailures(before, after, assertions);
  if (checks[1] < checks[0] - ended.fewer) return [refuse('test-shrunk', `${path} has ${checks[1]} assertions, it had ${checks[0]}`)];
  const closeUp = withoutBlanks(after.uncommented);
  const isGone = (line: string): boolean => {
    const statement = unmarked(line).trim();
    return assertions(line) > 0 && !(closeUp.includes(withoutBlanks(statement)) && stands(statement, after.uncommented));
  };
  const otherwise = (GO.test(path) ? comparedOtherwise(before, after) : undefined) ?? withOtherNumbers(before, after);
  if (otherwise !== undefined) return [patchOnly('test-changed', `${path} no longer checks ${quote(otherwise)}`)];
  const gone = unsaid(beyond(before.uncommented, after.uncommented).filter(isGone), before, after);
  if (gone[0] !== undefined) return [patchOnly('test-changed', `${path} no longer checks ${quote(gone[0])}`)];
  if (ended.names[0] !== undefined) return [patchOnly('test-changed', `${path} no longer expects that ${quote(ended.names[0])} fails`)];
  const expected = nowExpected(before, after, assertions);
  return expected === undefined ? [] : [patchOnly('test-changed', `${path} expects now that ${quote(expected)} fails`)];
}

/** Whatever a test calls its checks: a line that is the same but for its numbers expects, or allows, something else. */
function withOtherNumbers(before: Side, after: Side): string | undefined {
  const masked = (line: string): string => line.trim().replace(/(?<![\p{L}\p{N}_$.])\d[\d_]*(?:\.\d+)?/gu, '0');
  const fresh = new Set(beyond(after.uncommented, before.uncommented).map(masked));
  return beyond(before.uncommented, after.uncommented).find((line) => /\w\s*\(.*\d/.test(line) && fresh.has(masked(line)));
}

/** Go compares by hand: the same call and another value, with a failure of the test below it. */
function comparedOtherwise(before: Side, after: Side): string | undefined {
  const checks = (side: Side): ReadonlyMap<string, readonly string[]> => {
    const lines = side.uncommented.split('\n');
    const found = new Map<string, string[]>();
    for (const [at, line] of lines.entries()) {
      const [, asked] = /^\s*if\s+(.*\S)\s*(?:[!=]=|[<>]=?)\s*[^=<>!]+\{\s*$/.exec(line) ?? [];
      if (asked === undefined || !/\([^()]*\S/.test(asked) || !/\b[tbf]\.(?:Error|Fatal|Fail)/.test(lines[at + 1] ?? '')) continue;
      found.set(asked, [...(found.get(asked) ?? []), line.trim()]);
    }
    return found;
  };
  const now = checks(after);
  for (const [asked, were] of checks(before)) {
    const are = now.get(asked) ?? [];
    if (are.length >= were.length && were.some((line) => !are.includes(line))) return were.find((line) => !are.includes(line));
  }
  return undefined;
}

/** A case that was skipped, or known to fail, and is no more: it is run, and has to pass. */
function unmarked(line: string): string {
  return line
    .replace(/\.(?:skip|todo|fails|failing|fixme)\b/, '')
    .replace(/(?<![.\w$])x(?=(?:it|test|specify|scenario)\s*[("'`])/, '')
    .replace(/\{\s*(?:todo|skip|expectFailure)\s*:[^{}]{0,100}\},\s*/, '');
}

const withoutBlanks = (text: string): string => text.replace(/\s+/g, '');

/** The same statement, laid out in another way; not as a part of another one (`… or True`, `if (false) …`). */
function stands(statement: string, text: string): boolean {
  if (statement.length > 500) return false;
  const characters = [...withoutBlanks(statement)].map((char) => char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?:^|[\\n;{(,]|=>)[^\\S\\n]*${characters.join('\\s*')}\\s*(?:$|[;})\\],]|(?<=\\n\\s*))`, 'u').test(text);
}

const isSnapshot = (path: string): boolean => /\.(?:snap|ambr)$|(?:^|\/)__snapshots__\//i.test(path);

function snapshot({ path, removed }: ReadFile): readonly Verdict[] {
  return removed.length === 0 ? [] : [patchOnly('snapshot-churn', `${path} changes ${removed.length} lines of a recorded result`)];
}

const count = (pattern: RegExp, text: string): number => text.match(pattern)?.length ?? 0;

/** A match that the text after holds more often than the text before. */
function more(pattern: RegExp, before: string, after: string): string | undefined {
  const was: readonly string[] = before.match(pattern) ?? [];
  const is: readonly string[] = after.match(pattern) ?? [];
  if (is.length <= was.length) return undefined;
  return is.find((hit) => !was.includes(hit)) ?? is.at(-1);
}
