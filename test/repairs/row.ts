// What one repository of the set is: its seeded bug, how its program is run, and what has to come of each kind of answer.
// The files stand beside it: `NAME/repo` is the repository, `NAME/crash.log` what its program printed, `NAME/answers` what
// a model says: `right`, `wrong`, `harmful`, and `vacuous` (a fix with a test that does not see the bug).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const KINDS = ['right', 'wrong', 'harmful', 'vacuous'] as const;
export type Kind = (typeof KINDS)[number];
export type Mode = 'code_blocks' | 'agentic';

/** Where an answer has to end. */
export interface Ending {
  readonly exit: 0 | 1 | 5;
  readonly outcome: 'proposed' | 'refused' | 'failed';
  readonly code: string | null;
  /** Proof level; `null` where nothing was proven. */
  readonly level: string | null;
  /** Whether a test of the answer showed the error of the log without the fix. */
  readonly reproduced: 'yes' | 'no' | 'unknown';
  /** Words of the proof or of the refusal. */
  readonly because: RegExp;
  /** Each command of the proof, with its exit codes without and with the fix: `tests-only 1 0`. */
  readonly runs: readonly string[];
  /** Each verdict of the guard: `new-host patch-only`. */
  readonly guard: readonly string[];
}

export interface Row {
  readonly name: string;
  readonly language: string;
  readonly bug: string;
  /** What else is particular about the repository. */
  readonly special?: string;
  readonly host: 'github' | 'gitlab';
  /** Command that shows that a large toolchain is here; without one the row cannot be run. */
  readonly needs?: readonly [string, ...string[]];
  /** Shell line that runs the program in the root of the repository. */
  readonly run: string;
  /** What the program prints before it dies of the bug. */
  readonly crash: RegExp;
  /** What it prints with the right fix. */
  readonly mended: RegExp;
  /** Keys of the configuration. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The file that the prompt has to bring first. */
  readonly first: string;
  readonly answers: Readonly<Record<Kind, Ending & { readonly what: string }>>;
  /** Answers that are given with tools too, in agentic mode; they have to end in the same way. */
  readonly agentic?: readonly Kind[];
}

const TWO = ['base 0 0'];
/** Everything that is run for the highest level. */
export const ALL: readonly string[] = ['base 0 0', 'tests-only 1 0', 'fix-removed 1 0', 'fix-removed 1 0'];

type Told = Ending & { readonly what: string };
type More = Partial<Pick<Ending, 'runs' | 'guard' | 'because' | 'reproduced'>>;

/** Everything that a proof can show. */
export const proven = (what: string, more: More = {}): Told => ({
  ...{ what, exit: 0, outcome: 'proposed', code: null, level: 'L4', reproduced: 'yes', runs: ALL, guard: [] },
  because: /with the fix alone taken away it fails again/,
  ...more,
});

/** A test that passes without the fix too: the repository's own tests are all that is claimed. */
export const unseen = (what: string, more: More = {}): Told => ({
  ...{ what, exit: 0, outcome: 'proposed', code: null, level: 'L2', reproduced: 'no', runs: ['base 0 0', 'tests-only 0 0'], guard: [] },
  because: /passes without it too, so it does not see the bug/,
  ...more,
});

/** Proposed, at a lower level, with the reason why. */
export const proposedAt = (what: string, level: string | null, because: RegExp, runs: readonly string[], more: More = {}): Told => ({
  ...{ what, exit: 0, outcome: 'proposed', code: null, level, reproduced: 'unknown', because, runs, guard: [] },
  ...more,
});

/** The tests of the repository stay green: nothing more is known, and nothing more is said. */
export const unproven = (what: string): Told => proposedAt(what, 'L2', /the tests pass with the fix/, TWO);

export const brokenBy = (what: string, because: RegExp, runs: readonly string[] = ['base 0 1'], more: More = {}): Told => ({
  ...{ what, exit: 5, outcome: 'refused', code: 'proof-refused', level: null, reproduced: 'unknown', because, runs, guard: [] },
  ...more,
});

/** Read as an answer, it is none. */
export const unusable = (what: string, because: RegExp): Told => ({
  ...{ what, exit: 1, outcome: 'failed', code: 'answer-unusable', level: null, reproduced: 'unknown', because, runs: [], guard: [] },
});

export const guarded = (what: string, guard: readonly string[], because: RegExp): Told => ({
  ...{ what, exit: 5, outcome: 'refused', level: null, reproduced: 'unknown', because, runs: [], guard },
  code: guard.some((verdict) => verdict.endsWith(' refuse')) ? 'guard-refused' : 'guard-patch-only',
});

export const folderOf = (name: string): string => join(import.meta.dirname, name);
export const answerOf = (name: string, kind: string): string => readFileSync(join(folderOf(name), 'answers', `${kind}.txt`), 'utf8');
