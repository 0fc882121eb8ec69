// What logs can be read from, one line a kind: which names are its own, and how it is opened. A new kind is a folder here,
// a word in `SOURCE_KINDS` and a line in this table.
import type { Readable } from 'node:stream';
import type { SourceKind } from '../../core/tables.ts';
import { fail } from '../../errors.ts';
import type { Source } from '../../ports.ts';
import { combineSources } from './combine.ts';

/** What a kind may need beside the names. */
export interface Around {
  readonly stdin: Readable;
  /** `detect.encoding`. */
  readonly encoding: string;
}

interface Kind {
  /** The name, as the user wrote it, is one of its own. A name that nobody else takes is a path or a glob. */
  readonly takes: (name: string) => boolean;
  /** Loads what it is made of: a kind that is not asked for costs nothing. */
  readonly open: (names: readonly string[], around: Around) => Promise<Source>;
}

const SOURCES: Readonly<Record<SourceKind, Kind>> = {
  stdin: {
    takes: (name) => name === '-',
    open: async (_names, { stdin, ...how }) => (await import('./stdin/source.ts')).createStdinSource(stdin, how),
  },
  file: {
    takes: () => true,
    open: async (names, { encoding }) => (await import('./file/source.ts')).createFileSource(names, { encoding }),
  },
};

/**
 * One source for everything that a user names.
 * @throws AiOpsError `no-logs` for an empty list or an empty name
 */
export async function openSources(names: readonly string[], around: Around): Promise<Source> {
  if (names.length === 0 || names.includes('')) throw fail('no-logs');
  const kinds = Object.values(SOURCES);
  const byKind = Map.groupBy(names, (name) => kinds.find(({ takes }) => takes(name)));
  return combineSources(await Promise.all(kinds.flatMap((kind) => (byKind.has(kind) ? [kind.open(byKind.get(kind)!, around)] : []))));
}
