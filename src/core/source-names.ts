// Which kind of source a name is of, as the user wrote it. Opens nothing; that is for `adapters/sources/registry.ts`.
import { SOURCES } from './tables.ts';

type SourceRow = (typeof SOURCES)[number];

const LAST = SOURCES[SOURCES.length - 1] as SourceRow;

/** @example sourceOf('-').kind // 'stdin' */
export function sourceOf(name: string): SourceRow {
  return SOURCES.find(({ names }) => names.test(name)) ?? LAST;
}
