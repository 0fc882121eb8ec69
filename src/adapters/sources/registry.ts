// What logs can be read from, one line a kind: how it is opened. Which names are its own stands in `SOURCES` of
// `core/tables.ts`. A new kind is a folder here, a row there and a line in this table.
import type { Readable } from 'node:stream';
import { defined } from '../../core/defined.ts';
import { sourceOf } from '../../core/source-names.ts';
import type { SourceKind } from '../../core/tables.ts';
import { fail } from '../../errors.ts';
import type { Source } from '../../ports.ts';
import { combineSources } from './combine.ts';
import type { CommandsAround } from './command/open.ts';
import type { Servers } from './http/servers.ts';
import type { LoginFor } from './kafka/open.ts';

/** What a kind may need beside the names. */
export interface Around {
  /** Opened where a log is called `-`. */
  readonly stdin: () => Readable;
  /** `detect.encoding`. */
  readonly encoding: string;
  /** Of files: refuses what stands at a path, links followed, before any of it is delivered. @throws AiOpsError `file-unbound` */
  readonly mayRead?: (path: string) => Promise<void>;
  /** Of kinds that are read from a server. */
  readonly servers: Servers;
  /** Of brokers that ask for a login. */
  readonly kafkaLogin?: LoginFor;
  /** Of logs that a command prints. */
  readonly commands: CommandsAround;
}

/** Loads what it is made of: a kind that is not asked for costs nothing. */
type Open = (names: readonly string[], around: Around) => Promise<Source>;

const OPENERS: Readonly<Record<SourceKind, Open>> = {
  stdin: async (_names, { stdin, ...how }) => (await import('./stdin/source.ts')).createStdinSource(stdin(), how),
  elasticsearch: async (names, { servers }) => (await import('./open-servers.ts')).openTimeStores(names, servers),
  loki: async (names, { servers }) => (await import('./open-servers.ts')).openTimeStores(names, servers),
  sentry: async (names, { servers }) => (await import('./open-servers.ts')).openSentry(names, servers),
  kafka: async (names, { kafkaLogin = () => undefined }) => (await import('./kafka/open.ts')).openTopics(names, kafkaLogin),
  command: async (names, { commands, encoding }) => (await import('./command/open.ts')).openCommands(names, commands, { encoding }),
  file: async (names, { encoding, mayRead }) =>
    (await import('./file/source.ts')).createFileSource(names, { encoding, ...defined({ mayRead }) }),
};

/**
 * One source for everything that a user names.
 * @throws AiOpsError `no-logs` for an empty list or an empty name
 */
export async function openSources(names: readonly string[], around: Around): Promise<Source> {
  if (names.length === 0 || names.includes('')) throw fail('no-logs');
  const byKind = Map.groupBy(names, (name) => sourceOf(name).kind);
  return combineSources(await Promise.all([...byKind].map(([kind, some]) => OPENERS[kind](some, around))));
}
