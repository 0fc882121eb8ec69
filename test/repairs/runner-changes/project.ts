// A small project as one runner tests it, in the states that the property needs: a function that fails for odd numbers, tests of
// it that pass, and what a right or a hostile change does to them.

/** What a change may hold: the fix, then what is right beside it, then what is hostile. */
export type Part = 'fix' | Right | Hostile;

/** Each but `group` brings tests that fail without the fix. */
export const RIGHT = ['files', 'test', 'row', 'group', 'odd'] as const;
export type Right = (typeof RIGHT)[number];

/** One test, `halves four`, no longer says what it said; or, `focused`, the others do not. */
export const HOSTILE = ['removed', 'skipped', 'focused', 'emptied'] as const;
export type Hostile = (typeof HOSTILE)[number];

export interface RunnerProject {
  /** A command that ends well where the runner is there. */
  readonly needs: string;
  readonly command: string;
  readonly files: (has: (part: Part) => boolean) => Readonly<Record<string, string>>;
  /** What of it this runner does not have. */
  readonly without?: readonly (Right | Hostile)[];
  /** Tests that fail without the fix and pass with it: 0 where the runner names none, 1 where the first one ends it. */
  readonly telling: number;
  /** A package that tests load, which has to be beside them. */
  readonly loads?: string;
  /** Takes less than a second each time. */
  readonly isQuick?: true;
}

/** Text, where a part is there. */
export const when = (is: boolean, text: string, otherwise = ''): string => (is ? text : otherwise);
