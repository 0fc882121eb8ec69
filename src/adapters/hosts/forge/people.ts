// Who of those that were wished for stands in what a host answers: hosts leave out in silence whom they do not want. Nothing
// here may end a repair: the request is made already.
import { AiOpsError } from '../../../errors.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param data a request as the host shows it
 * @param list name of the field that holds people, each with its login name in `field`
 */
export function missing(wished: readonly string[], data: unknown, list: string, field: string): readonly string[] {
  const rows: unknown = (data as Fields | null)?.[list];
  const there = new Set(Array.isArray(rows) ? rows.map((row: Fields | null) => String(row?.[field]).toLowerCase()) : []);
  return wished.filter((name) => !there.has(name.toLowerCase()));
}

/** Trouble on the way is a note too; only the user's own interruption is none. @returns the error */
export function unlessInterrupted(error: unknown): AiOpsError {
  if (error instanceof AiOpsError && error.code !== 'interrupted') return error;
  throw error;
}
