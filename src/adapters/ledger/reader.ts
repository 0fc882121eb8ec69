// The ledger for commands that only look: no lock, no directory made, no file changed. Every query sees the newest file. A
// snapshot on which nothing has come since is read where it lies (`still.ts`); all else as its next writer would see it, by
// the SQLite that is compiled for that.

import type { MetRepository } from '../../core/repository/identity.ts';
import { fail } from '../../errors.ts';
import { messageOf } from '../../platform/errno.ts';
import type { Clock } from '../../ports.ts';
import { logOf } from './disk/change-log.ts';
import { type Stamp, stampOf } from './disk/snapshot.ts';
import { loadSqlite, type Queried } from './disk/sqlite.ts';
import { openStill, type Still } from './disk/still.ts';
import { reading } from './faults.ts';
import { refuseOthers } from './foreign.ts';
import { adoptOrphans, hasOrphans, type Reach, type Scope, scopeOf } from './identity/repositories.ts';
import { selectCheckpoints, selectFacts, selectFingerprints, selectIncidents, selectNames, selectWaiting } from './journal.ts';
import type { LedgerReader } from './ledger-port.ts';
import { selectDeliveries } from './outbox.ts';
import { createReplica, type Replica } from './replica.ts';
import { isOfToday } from './schema.ts';
import { NOTHING_SPENT, selectSpending } from './spending.ts';
import { selectTraces } from './traces.ts';

/**
 * Its queries throw `ledger-unreadable`, `ledger-newer`, `ledger-foreign`.
 * @param repository whose incidents, traces and messages are looked at; without it those of all
 */
export function openReader(file: string, wasm: () => Uint8Array, repository?: MetRepository): LedgerReader {
  refuseOthers(file, true);
  const query = createQuery(file, wasm, repository);
  const reachOf = (scope: Scope, filter: { readonly allRepositories?: boolean } = {}): Reach =>
    filter.allRepositories || repository === undefined ? 'all' : scope;
  return {
    checkpoints: () => query(selectCheckpoints, []),
    incidents: (filter = {}) => query((database, scope) => selectIncidents(database, reachOf(scope, filter), filter), []),
    fingerprints: (filter) => query((database, scope) => selectFingerprints(database, reachOf(scope, filter), filter), []),
    names: (filter) => query((database, scope) => selectNames(database, reachOf(scope, filter)), []),
    facts: (filter) => query((database, scope) => selectFacts(database, reachOf(scope, filter)), {}),
    waiting: (limit) => query((database, scope) => selectWaiting(database, scope, limit), []),
    traces: (filter = {}) => query((database, scope) => selectTraces(database, reachOf(scope, filter), filter), []),
    spending: (now) => query((database, scope) => selectSpending(database, scope, now), NOTHING_SPENT),
    deliveries: (filter) => query((database, scope) => selectDeliveries(database, reachOf(scope), filter), []),
    close: async () => query.close(),
  };
}

interface Query {
  <T>(work: (database: Queried, scope: Scope) => T, whenThereIsNone: T): Promise<T>;
  close(): void;
}

/** What is only looked at carries no time of ours. */
const NO_TIME: Clock = () => new Date(0);

function createQuery(file: string, wasm: () => Uint8Array, repository: MetRepository | undefined): Query {
  let replica: Replica | undefined;
  let known: { readonly scope: Scope; readonly version: number } | undefined;
  const scopeIn = (found: Replica): Scope => {
    if (known?.version === found.version()) return known.scope;
    const scope = scopeOf(found.database(), repository);
    // As its next writer will: shown, and not written.
    if (scope.id !== '' && hasOrphans(found.database()))
      found.apply(
        (database) => adoptOrphans(database, scope),
        () => undefined,
      );
    known = { scope, version: found.version() };
    return scope;
  };
  const resting = createResting(file, repository);
  const query = async <T>(work: (database: Queried, scope: Scope) => T, whenThereIsNone: T): Promise<T> => {
    if (replica === undefined) {
      if ((await reading(file, () => stampOf(file))) === undefined) return whenThereIsNone;
      const answer = await reading(file, () => resting.ask(work));
      if (answer !== undefined) return answer.is;
      const sqlite = await loadSqlite(wasm(), true);
      resting.close();
      replica ??= createReplica(file, NO_TIME, sqlite);
    }
    // From here on without a pause: queries that run side by side must not close each other's database.
    const fault = await reading(file, replica.refresh);
    if (fault?.kind === 'ledger') throw damaged(file, fault.fault);
    if (fault?.fault === 'damaged') throw damaged(file, 'a record of its change log is damaged');
    if (!replica.isThere()) return whenThereIsNone;
    try {
      return work(replica.database(), scopeIn(replica));
    } catch (cause) {
      // The pages were not checked one by one when the file was opened: the first query finds the bad one.
      throw damaged(file, messageOf(cause), cause);
    }
  };
  const close = (): void => {
    resting.close();
    replica?.close();
  };
  return Object.assign(query, { close });
}

/** A snapshot with nothing beside it, of today's tables, in which every row has its repository: it is read as it stands. */
interface Resting {
  /** @returns `undefined` where it is not so, or SQLite complains: who knows more about it is to be asked */
  ask<T>(work: (database: Queried, scope: Scope) => T): { readonly is: T } | undefined;
  close(): void;
}

function createResting(file: string, repository: MetRepository | undefined): Resting {
  let opened: { readonly still: Still; readonly scope: Scope; readonly stamp: Stamp } | undefined;
  const close = (): void => {
    opened?.still.close();
    opened = undefined;
  };
  /** What was replaced while it was opened may have been another file. */
  const scopeNow = (still: Still, stamp: Stamp): Scope | undefined => {
    const scope = isOfToday(still) ? scopeOf(still, repository) : undefined;
    if (scope === undefined || (scope.id !== '' && hasOrphans(still))) return undefined;
    return stampOf(file) === stamp ? scope : undefined;
  };
  const open = (stamp: Stamp): typeof opened => {
    const still = openStill(file);
    let scope: Scope | undefined;
    try {
      scope = still && scopeNow(still, stamp);
    } finally {
      if (scope === undefined) still?.close();
    }
    if (still !== undefined && scope !== undefined) opened = { still, scope, stamp };
    return opened;
  };
  return {
    ask(work) {
      // First the log: whoever folds it in replaces the snapshot before the log goes.
      const log = stampOf(logOf(file));
      const stamp = stampOf(file);
      try {
        if (opened?.stamp !== stamp) close();
        const found = stamp === undefined || log !== undefined ? undefined : (opened ?? open(stamp));
        return found && { is: work(found.still, found.scope) };
      } catch {
        return undefined;
      }
    },
    close,
  };
}

function damaged(file: string, detail: string, cause?: unknown): Error {
  return fail('ledger-unreadable', { file, detail }, cause);
}
