// Principle: what mends a program changes its code. A change of comments, blanks, prose or tests alone is no fix, whatever
// a test says of it.
import type { ChangeSet } from '../model.ts';
import { isSource, readCode } from '../repository/code-text.ts';
import { isTestPath } from '../repository/test-paths.ts';

const PROSE = /\.(?:md|markdown|mdx|txt|rst|adoc)$|(?:^|\/)(?:LICENSE|NOTICE|AUTHORS|CHANGELOG|CODEOWNERS)[^/]*$/i;

/** Texts for people, which no program runs. */
export const isProse = (path: string): boolean => PROSE.test(path);

/**
 * Why a change is no fix, or `undefined` where some file's code is another.
 * @example missingSubstance({ base, files: [{ path: 'a.js', before: 'f();', after: 'f(); // checked' }] }) // 'it changes comments only'
 */
export function missingSubstance({ files }: ChangeSet): string | undefined {
  const rest = files.filter(({ path }) => !isTestPath(path));
  if (rest.length === 0) return 'it changes tests only';
  const code = rest.filter(({ path }) => !isProse(path));
  if (code.length === 0) return 'it changes texts for people only';
  const isOther = code.some(({ path, mode, oldMode, before, after }) => {
    if (before === undefined || after === undefined || mode !== (oldMode ?? mode)) return true;
    return !isSource(path) || bare(path, before) !== bare(path, after);
  });
  return isOther ? undefined : 'it changes comments and blanks only';
}

/** Without comments and without blanks; where indentation is code, with that. */
function bare(path: string, bytes: Buffer): string {
  const lines = readCode(path, bytes.toString('utf8')).uncommented.split('\n');
  const isIndented = /\.(?:pyi?|pyx|ya?ml|haml|slim|pug|coffee|nim|fs|hs|sass)$/i.test(path);
  const kept = lines.map((line) => (isIndented ? line.trimEnd() : line.trim())).filter((line) => line.trim() !== '');
  return isIndented ? kept.join('\n') : kept.join('\n').replace(/[ \t]+/g, ' ');
}
