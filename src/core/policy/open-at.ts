// Whether a fix that was not refused is proposed, or told in an issue: depth is earned by proof, never by words. Pure.
import type { ProofLevel, Verdict } from '../model.ts';

/** `auto` asks for what the repository can show: see {@link belowOpenAt}. */
export type OpenAt = 'auto' | ProofLevel;

export interface Shown {
  readonly level: ProofLevel | null;
  readonly guard: readonly Verdict[];
  /** A command is known that runs the tests of the repository. */
  readonly hasTests: boolean;
  /** They were red without the fix and got no worse, and the tests of the change alone showed what L4 asks for. */
  readonly isShownAlone?: boolean;
}

/** Why a fix is not proposed. `hides`: it seems only to hide the error; `level`: too little was shown. */
export interface Below {
  readonly why: 'hides' | 'level';
  /** What is asked for. */
  readonly wanted: ProofLevel;
  readonly level: ProofLevel | null;
}

/** The rule whose findings say that an error is only hidden. */
const HIDES = 'swallowed-error';

/**
 * `auto` asks for L2 where the tests of a repository are known, for nothing where it has none or where they were red before
 * and those of the change, run alone, show the error, and for L3 while a rule of the guard objects that it is only hidden.
 * A level that a person has named asks for just that.
 * @returns `undefined` where it is to be proposed
 * @example belowOpenAt('auto', { level: 'L1', guard: [], hasTests: true }) // { why: 'level', wanted: 'L2', level: 'L1' }
 */
export function belowOpenAt(openAt: OpenAt, { level, guard, hasTests, isShownAlone }: Shown): Below | undefined {
  const hides = openAt === 'auto' && guard.some(({ rule, verdict }) => rule === HIDES && verdict !== 'allow');
  if (hides && isBelow(level, 'L3')) return { why: 'hides', wanted: 'L3', level };
  const wanted = openAt !== 'auto' ? openAt : hasTests && !isShownAlone ? 'L2' : null;
  return wanted !== null && isBelow(level, wanted) ? { why: 'level', wanted, level } : undefined;
}

/** Levels compare by their names. */
function isBelow(level: ProofLevel | null, wanted: ProofLevel): boolean {
  return level === null || level < wanted;
}
