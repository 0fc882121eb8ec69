// How far a command was read, as it stands in the token of a position.
import type { Checkpoint } from '../../../ports.ts';
import { NOTHING_REACHED, type Reached } from '../overlap.ts';

export interface State {
  readonly reached: Reached;
  /** ms since 1970 of the first start, where what was there before it is not wanted: then there is no cursor yet. */
  readonly startedMs: number | undefined;
}

export const tokenOf = ({ reached: { cursor, at, ids }, startedMs }: State): string =>
  JSON.stringify(cursor === undefined ? { startedMs } : { cursor, at, ids });

/** @returns nothing for what is not one of ours: the checkpoint is then not used */
export function readState(checkpoint: Checkpoint | undefined): State | undefined {
  try {
    const { cursor, at, ids = [], startedMs } = JSON.parse(checkpoint?.position.token ?? '') as Partial<Reached> & Partial<State>;
    if (typeof cursor !== 'string' || typeof at !== 'number') return { reached: NOTHING_REACHED, startedMs };
    return { reached: { cursor, at, ids }, startedMs: undefined };
  } catch {
    return undefined;
  }
}
