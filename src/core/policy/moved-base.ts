// What a base that has moved means for a request of ours. Pure. The principle: nobody is disturbed by a base that moves. A
// request is rebuilt only where its host says that it cannot be merged any more, and closed only where the base itself shows
// that it is not needed: the lines are there, or the test of the fix is green there; or the error has not been seen for long
// and the files where it was raised were changed since.

import { createHash } from 'node:crypto';
import type { Frame } from '../model.ts';
import type { ReplyMark } from './reply-mark.ts';

/** Names a base commit in the mark of what is said of it. */
export function baseKey(commit: string): string {
  return `base:${commit.slice(0, 12)}@${createHash('sha256').update(commit).digest('hex').slice(0, 16)}`;
}

/** @returns `over` where people were told already that it cannot be rebuilt; `closed` where they were told why it is closed */
export function spokenOfBase(marks: readonly ReplyMark[]): 'over' | 'closed' | undefined {
  const ofBase = marks.filter(({ keys }) => keys.some((key) => key.startsWith('base:')));
  if (ofBase.some(({ ending }) => ending === 'closed')) return 'closed';
  return ofBase.some(({ ending }) => ending === 'none') ? 'over' : undefined;
}

export interface BaseFacts {
  /** What its host says. */
  readonly isConflicting: boolean;
  /** The code that the request changes, without its tests: all of it is in the base already. */
  readonly isThere: boolean;
  /** The base has changed one of those files. */
  readonly isTouched: boolean;
  /** Its test has shown the error on the base that it was made on. */
  readonly hasShown: boolean;
  /** Days since the error was seen last. */
  readonly quietDays: number;
  /** The base has changed a file where the error was raised. */
  readonly areFramesTouched: boolean;
}

export type BaseMove =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'close'; readonly why: 'lines' | 'stale' }
  /** To be looked at with the commands of the proof: whether its test is green without it; and rebuilt, where it conflicts. */
  | { readonly kind: 'prove'; readonly isConflicting: boolean };

/** @param staleDays 0 for never */
export function baseMove(facts: BaseFacts, staleDays: number): BaseMove {
  if (facts.isThere) return { kind: 'close', why: 'lines' };
  if (facts.isConflicting) return { kind: 'prove', isConflicting: true };
  if (facts.isTouched && facts.hasShown) return { kind: 'prove', isConflicting: false };
  return isStale(facts, staleDays) ? { kind: 'close', why: 'stale' } : { kind: 'nothing' };
}

const isStale = ({ quietDays, areFramesTouched }: Pick<BaseFacts, 'quietDays' | 'areFramesTouched'>, staleDays: number): boolean =>
  staleDays > 0 && quietDays >= staleDays && areFramesTouched;

/** Whether one of these paths is the file of a frame of the application, by the end of either. */
export function framesIn(frames: readonly Frame[], paths: readonly string[]): boolean {
  const files = frames.filter(({ inApp }) => inApp).map(({ file }) => file.replaceAll('\\', '/').replace(/^.*?:\/\/+/, ''));
  return paths.some((path) => files.some((file) => endsWith(file, path) || endsWith(path, file)));
}

const endsWith = (long: string, short: string): boolean => long === short || (short.length > 2 && long.endsWith(`/${short}`));
