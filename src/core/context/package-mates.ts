// Files that a file uses without a word of import: in languages where a directory is a package, the others in it. Which of
// them matter is told by the words near the frames, the more the fewer others say them. No parser.
import { dirName } from '../repository/paths.ts';
import type { FilePlace } from './excerpt.ts';
import { isTest } from './related-files.ts';

/** Their files see each other by being in one directory. */
const ENDINGS = /\.(?:go|java|kt|scala|swift|cs)$/;
/** Of a larger package the names in one directory say too little. */
const MOST_MATES = 80;
const MOST_SHOWN = 2;
const LINES_ABOVE = 40;
const LINES_BELOW = 5;

/**
 * The sources beside `path` that may be of its package; none where there are too many.
 * @example matesOf('lex.go', ['lex.go', 'error.go', 'error_test.go', 'cmd/main.go']) // ['error.go']
 */
export function matesOf(path: string, paths: readonly string[]): readonly string[] {
  const [ending] = ENDINGS.exec(path) ?? [];
  if (ending === undefined) return [];
  const dir = dirName(path);
  const mates = paths.filter((each) => each !== path && each.endsWith(ending) && dirName(each) === dir && !isTest(each));
  return mates.length > MOST_MATES ? [] : mates;
}

/**
 * Those of the mates that say most of what stands near the frames, at most two.
 * @param text of the file with the frames
 * @param mates the others of its package, with their texts
 */
export function nearMates(
  text: string,
  places: readonly FilePlace[],
  mates: readonly { readonly path: string; readonly text: string }[],
): readonly string[] {
  const lines = text.split('\n');
  const near = places.flatMap(({ line }) => (line === null ? [] : lines.slice(Math.max(0, line - LINES_ABOVE), line + LINES_BELOW)));
  const words = wordsOf(near.join('\n'));
  const said = mates.map(({ path, text }) => ({ path, words: new Set([...wordsOf(text)].filter((word) => words.has(word))) }));
  // A word that all say is one of the language or of everybody.
  const worth = (word: string): number => Math.log(mates.length / said.filter((each) => each.words.has(word)).length);
  return said
    .map(({ path, words }) => ({ path, score: [...words].reduce((sum, word) => sum + worth(word), 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_SHOWN)
    .map(({ path }) => path);
}

const wordsOf = (text: string): Set<string> => new Set(text.match(/[A-Za-z_]\w{2,}/g));
