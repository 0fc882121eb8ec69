// Both sides of the sources of a change, as the rules on what is gone read them.
import type { Verdict } from '../../model.ts';
import { beyond, type ReadFile } from '../policy.ts';
import { bracesUp, type Outline, outlineOf } from './outline.ts';

/** One source that was there and still is. Without comments. */
export interface Sides {
  readonly path: string;
  readonly was: readonly string[];
  readonly now: readonly string[];
  readonly gone: readonly string[];
  readonly added: readonly string[];
  /** What its comments say after, each line without its mark. */
  readonly muted: ReadonlySet<string>;
  /** What its comments and texts of several lines say before. */
  readonly said: string;
}

/** Longer lines are made by a machine. */
const LONGEST = 500;

export function sidesOf(files: readonly ReadFile[], isCode: (path: string) => boolean): readonly Sides[] {
  return files
    .filter(({ isTest, path, before, after }) => !isTest && isCode(path) && before.text !== '' && after.text !== '')
    .map(({ path, before, after }) => {
      const [was, now] = [bracesUp(before.uncommented), bracesUp(after.uncommented)];
      const added = beyond(now, was).filter((line) => line.length < LONGEST);
      return {
        path,
        was: was.split('\n'),
        now: now.split('\n'),
        gone: beyond(was, now),
        added,
        said: saidIn(before),
        muted: mutedIn(after),
      };
    });
}

/** Where a line is a comment alone, what stands behind its mark. */
const mutedIn = ({ text, uncommented }: ReadFile['after']): ReadonlySet<string> => {
  const bare = uncommented.split('\n');
  return new Set(
    text.split('\n').flatMap((line, at) =>
      bare[at]?.trim() === ''
        ? [
            line
              .replace(/^\s*(?:\/\/+|#+|--|\/?\*+|<!--|%+|;+)\s*/, '')
              .replace(/\s*\*\/\s*$/, '')
              .trim(),
          ]
        : [],
    ),
  );
};

/** Lines of which a part is a comment, and texts that stand alone. */
export function saidIn({ text, uncommented }: ReadFile['before']): string {
  const bare = uncommented.split('\n');
  const said = text.split('\n').filter((line, at) => line.trim() !== (bare[at] ?? '').trim());
  return [...said, ...(text.match(/"""[\s\S]*?"""/g) ?? [])].join('\n');
}

/** Lines that stand within each line, and the outline that says so. */
export interface Read extends Outline {
  readonly lines: readonly string[];
}

export const read = (lines: readonly string[]): Read => ({ lines, ...outlineOf(lines) });

/** Lines below a head, those within them too. */
export const within = ({ lines, ends }: Read, head: number): readonly string[] =>
  lines.slice(head + 1, ends[head]).filter((line) => line.trim() !== '');

/** What a rule has to say of one file. */
export interface InFile {
  readonly path: string;
  readonly verdict: Verdict;
}
