// Whether an occurrence after a merge can say anything against the fix, as far as records name their release. The principle: a
// release that was heard before the merge cannot hold it, so that as long as only such ones are heard it is not deployed. A
// release that has never changed says nothing: some programs always call theirs `latest`.
import type { FactValue } from '../model.ts';

/** A `last` may be a minute behind. */
const UNNAMED_MS = 120_000;

/** What releases say about the time since a merge; ms since 1970. */
export interface ReleasesSince {
  /** Until then only releases without the fix were heard, as far as any were. */
  readonly deployedAt: number;
  /** When the error was seen last in a release that may hold the fix; `undefined` where it was not. */
  readonly seenWithFix: number | undefined;
}

/**
 * @param own of the incident
 * @param all of the repository, those of the incident among them
 * @param lastTime of the incident's last occurrence
 * @returns `undefined` where releases tell nothing
 */
export function releasesSince(
  own: readonly FactValue[] | undefined,
  all: readonly FactValue[] | undefined,
  mergedAt: string,
  lastTime: string,
): ReleasesSince | undefined {
  if (own === undefined || all === undefined || all.length < 2) return undefined;
  // What came last names none.
  if (Date.parse(lastTime) - Math.max(...own.map(({ last }) => Date.parse(last))) > UNNAMED_MS) return undefined;
  const isOld = ({ first }: FactValue): boolean => first < mergedAt;
  const [old, fresh] = [all.filter(isOld), all.filter((one) => !isOld(one))];
  const oldNames = new Set(old.map(({ value }) => value));
  const later = own.filter(({ value }) => !oldNames.has(value)).map(({ last }) => Date.parse(last));
  const times = fresh.length > 0 ? [Math.min(...fresh.map(({ first }) => Date.parse(first)))] : old.map(({ last }) => Date.parse(last));
  return { deployedAt: Math.max(Date.parse(mergedAt), ...times), seenWithFix: later.length === 0 ? undefined : Math.max(...later) };
}
