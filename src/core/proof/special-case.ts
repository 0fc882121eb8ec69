// Whether a change asks for the very values of its own test. Such a test is red without it and green with it, and shows
// nothing of any other value: it proves no more than the tests that were there.
import type { ChangeSet, FileChange } from '../model.ts';
import { isTestPath } from '../repository/test-paths.ts';

/** A comparison for equality, as conditions of the common languages write it. */
const COMPARES = /(?:^|[^=!<>])={2,3}(?!=)|\.(?:equals|eql\?|Equals)\s*\(|^\s*(?:case|when)\b|\b(?:in|is|eq)\b/;
const CONDITION = /^\s*(?:\}?\s*(?:else\s*)?(?:if|elif|elsif|unless|while|switch|match|case|when)\b|return\b.*\?)/;
const LITERAL = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])/g;
/** What says where a list begins, or that there is nothing, also as a float: not a value of anybody's. */
const PLAIN = /^(?:[01](?:\.0+)?)?$/;

/**
 * The first added condition all of whose values stand in the added lines of the tests.
 * @example specialCase({ base, files }) // "if raw == 'abc':"
 */
export function specialCase({ files }: ChangeSet): string | undefined {
  const tested = files.filter(({ path }) => isTestPath(path)).flatMap(addedLines);
  const known = new Set(tested.flatMap(literalsOf));
  const source = files.filter(({ path }) => !isTestPath(path)).flatMap(addedLines);
  return source.find((line) => isAbout(line, known))?.trim();
}

function isAbout(line: string, known: ReadonlySet<string>): boolean {
  if (!CONDITION.test(line) || !COMPARES.test(line)) return false;
  const values = literalsOf(line).filter((value) => !PLAIN.test(value));
  return values.length > 0 && values.every((value) => known.has(value));
}

const literalsOf = (line: string): readonly string[] => [...line.matchAll(LITERAL)].map(([, a, b, c]) => a ?? b ?? c ?? '');

/** Lines that the file did not have. */
function addedLines({ before, after }: FileChange): readonly string[] {
  const old = new Set((before?.toString('utf8') ?? '').split(/\r?\n/));
  return (after?.toString('utf8') ?? '').split(/\r?\n/).filter((line) => !old.has(line));
}
