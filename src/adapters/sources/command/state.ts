// How far a command was read, as it stands in the token of a position.
import type { Checkpoint } from '../../../ports.ts';
import { keyOf, NOTHING_REACHED, type Reached } from '../overlap.ts';

export interface State {
  readonly reached: Reached;
  /** ms since 1970 of the first start, where what was there before it is not wanted: then there is no cursor yet. */
  readonly startedMs: number | undefined;
}

interface Stored extends Omit<Reached, 'ids'> {
  /** Formerly each with its time. */
  readonly ids: string | readonly (readonly [id: string, at: number])[];
}

export const tokenOf = ({ reached: { cursor, at, ids }, startedMs }: State): string =>
  JSON.stringify(cursor === undefined ? { startedMs } : { cursor, at, ids: ids.join(' ') });

/** @returns nothing for what is not one of ours: the checkpoint is then not used */
export function readState(checkpoint: Checkpoint | undefined): State | undefined {
  try {
    const { cursor, at, ids = '', startedMs } = JSON.parse(checkpoint?.position.token ?? '') as Partial<Stored> & Partial<State>;
    if (typeof cursor !== 'string' || typeof at !== 'number') return { reached: NOTHING_REACHED, startedMs };
    const keys = typeof ids === 'string' ? ids.split(' ').filter(Boolean) : ids.map(([id]) => keyOf(id));
    return { reached: { cursor, at, ids: keys }, startedMs: undefined };
  } catch {
    return undefined;
  }
}
