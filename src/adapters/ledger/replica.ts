// The ledger in a process, and how it keeps in step with the disk: when to read again, what of ours to apply again on top
// of it, when the memory may be thrown away, what a write is. Takes no lock: its caller does.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { appendRecord, type LogPlace, type LogRecord, logOf, readLog } from './disk/change-log.ts';
import { openSnapshot, replaceSnapshot, type Stamp, setAside, stampOf } from './disk/snapshot.ts';
import type { Database, Sqlite } from './disk/sqlite.ts';
import { catchUp, fresh, type LogFault, load, type Opened } from './load.ts';
import { isEmpty, joined, nothingPending, type Pending, replay } from './pending.ts';
import { isLoose, rebuild } from './rebuild.ts';

/** A damaged file that is now out of the way. */
export interface Aside {
  readonly what: 'ledger' | 'changes';
  readonly path: string;
}

/** What is wrong on the disk: with the change log, or in words with the snapshot. */
export type Fault = { readonly kind: 'changes'; readonly fault: LogFault } | { readonly kind: 'ledger'; readonly fault: string };

/** Bytes: of the change log, of the pages that are in memory because they were changed, of a new snapshot. */
export interface Weight {
  readonly log: number;
  readonly changed: number;
  readonly snapshot: number;
}

export interface Replica {
  database(): Database;
  /** Grows whenever the database is another one, or somebody else has changed it. */
  version(): number;
  /** There is a snapshot on the disk. */
  isThere(): boolean;
  isDirty(): boolean;
  /** Changes the memory now; `keep` notes down what is to be written, and applied again when the disk was changed meanwhile. */
  apply<T>(work: (database: Database) => T, keep: (pending: Pending) => void): T;
  /** Notes down places that nobody reads before `show`: most blocks of a log say nothing else. */
  note(keep: (pending: Pending) => void): void;
  /** What was noted stands in the database from now on. */
  show(): void;
  /** Reads what has changed on the disk. What is damaged or gone leaves the memory as it is. */
  refresh(): Fault | undefined;
  /** As `refresh`, under the lock: what is damaged is set aside. */
  refreshOrSetAside(thorough: boolean): Aside | undefined;
  /**
   * Applies `work` and what waits, and writes both as one record of the change log. Only under the lock and after
   * `refreshOrSetAside`. When it throws, nothing of `work` stays.
   * @param asSnapshot writes all there is as a new snapshot instead, and ends the change log
   */
  change<T>(work: (database: Database) => T, asSnapshot?: boolean): Promise<T>;
  weight(): Weight;
  close(): void;
}

/** The state of the disk that the memory was made from. */
interface Origin {
  /** `undefined` where there was no snapshot. */
  readonly stamp: Stamp | undefined;
  /** All of it is in memory. */
  readonly isHeld: boolean;
  readonly place: LogPlace | undefined;
  readonly logStamp: Stamp | undefined;
}

const NOTHING: Origin = { stamp: undefined, isHeld: true, place: undefined, logStamp: undefined };

/** A snapshot and a log that do not belong together are looked at again: somebody may be replacing them right now. */
const LOOKS = 5;

/** What changes more rows at once is no matter of the change log: each who opens the ledger would do the same again. */
const LOG_MAX_ROWS = 500;

export function createReplica(file: string, clock: () => Date, sqlite: Sqlite): Replica {
  const me = randomBytes(6).toString('hex');
  const log = logOf(file);
  let opened: Opened | undefined;
  let origin = NOTHING;
  let version = 0;
  let writes = 0;
  let pending = nothingPending();
  let isNoted = false;
  /** The disk lacks something that `pending` does not hold: a migration, or everything. */
  let behind = true;
  /** The memory holds what is not sure to be on the disk: it is read again before its next use. */
  let spoilt = false;
  /** Every page is to be looked at the next time. */
  let doubtful = false;
  /** Written, and not answered: found on the disk by its id, or to be written again. */
  let unsure: { readonly id: string; readonly pending: Pending } | undefined;

  /** Looked at in this very turn of the event loop: a decision reads several things, and they are to fit together. */
  let isFresh = false;

  const now = (): string => clock().toISOString();
  const forgetFreshness = (): void => {
    isFresh = false;
  };
  /** SQLite complained. Where not every page was looked at before, the snapshot may be the cause: it is read again. */
  const doubt = (): void => {
    if (!origin.isHeld) [doubtful, spoilt] = [true, true];
  };
  const current = (): Opened => {
    opened ??= fresh(sqlite);
    return opened;
  };
  const showPending = (): void => {
    isNoted = false;
    const { database } = current();
    if (!isEmpty(pending)) database.tentatively(() => replay(database, pending, now()));
  };
  const settle = (ids: readonly string[]): void => {
    if (unsure !== undefined && !ids.includes(unsure.id)) pending = joined(unsure.pending, pending);
    unsure = undefined;
  };
  const closeOpened = (): void => {
    opened?.database.close();
    opened?.pages.close();
    opened = undefined;
  };
  const adopt = (next: Opened | undefined, from: Origin, ids: readonly string[]): void => {
    closeOpened();
    opened = next;
    origin = from;
    version += 1;
    [spoilt, doubtful] = [false, false];
    settle(ids);
    showPending();
  };
  const startAgain = (isWhole: boolean): void => {
    if (spoilt || !isWhole) adopt(undefined, NOTHING, []);
    behind = true;
  };

  const readAll = (thorough: boolean): Fault | undefined => {
    for (let looks = 1; ; looks++) {
      // Before they are read: what comes while we read is seen the next time.
      const logStamp = stampOf(log);
      const snapshot = openSnapshot(file);
      if (snapshot === undefined) {
        const isOrphan = logStamp !== undefined && origin.place === undefined;
        startAgain(true);
        return isOrphan ? { kind: 'changes', fault: 'later' } : undefined;
      }
      const loaded = load(file, snapshot, sqlite, thorough && (snapshot.isHeld || doubtful));
      if (loaded.kind === 'damaged') return { kind: 'ledger', fault: loaded.fault };
      const { place, ids, fault } = loaded.log;
      if (fault === 'later' && looks < LOOKS) {
        loaded.database.close();
        loaded.pages.close();
        continue;
      }
      adopt(loaded, { stamp: snapshot.stamp, isHeld: snapshot.isHeld, place, logStamp }, ids);
      behind = loaded.migrated;
      return fault && { kind: 'changes', fault };
    }
  };
  const readOn = (logStamp: Stamp): Fault | undefined => {
    const { database, generation } = current();
    const read = readLog(file, generation, origin.place);
    database.rewind();
    const { place, ids, fault } = catchUp(file, database, read, generation);
    if (ids.length > 0) version += 1;
    origin = { ...origin, place: place ?? origin.place, logStamp };
    settle(ids);
    showPending();
    return fault && { kind: 'changes', fault };
  };
  const look = (thorough: boolean): Fault | undefined => {
    if (spoilt || (thorough && doubtful) || stampOf(file) !== origin.stamp) return readAll(thorough);
    if (origin.stamp === undefined) return undefined;
    const logStamp = stampOf(log);
    if (logStamp === origin.logStamp) return undefined;
    if (logStamp === undefined) {
      // Deleted by hand: the memory still has what was in it.
      behind ||= origin.place !== undefined;
      origin = { ...origin, place: undefined, logStamp };
      return undefined;
    }
    return isGrown(origin.logStamp, logStamp) ? readOn(logStamp) : readAll(thorough);
  };

  /** Of the memory as it was last committed; what is applied meanwhile is not in it. */
  const writeSnapshot = async (): Promise<void> => {
    const { database, pages } = current();
    const isAnew = behind || isLoose(database);
    const pieces = pages.pieces();
    const fill = async (draft: FileHandle): Promise<void> => {
      if (!isAnew) for (const piece of pieces) await draft.appendFile(piece);
      else {
        database.rewind();
        rebuild(database, sqlite, draft.fd, now());
        showPending();
      }
    };
    await replaceSnapshot(file, fill, () => {
      unsure = undefined;
    });
    // Where it cannot be removed, it is known as the one before.
    rmSync(log, { recursive: true, force: true });
    readAll(false);
  };
  const appendToLog = async (record: LogRecord): Promise<void> => {
    const place = await appendRecord(file, current().generation, origin.place, record);
    origin = { ...origin, place, logStamp: stampOf(log) };
    [spoilt, unsure] = [false, undefined];
  };

  return {
    database: () => current().database,
    version: () => version,
    isThere: () => origin.stamp !== undefined,
    isDirty: () => behind || unsure !== undefined || !isEmpty(pending),
    apply(work, keep) {
      const { database } = current();
      try {
        const result = database.tentatively(() => work(database));
        keep(pending);
        return result;
      } catch (cause) {
        doubt();
        throw cause;
      }
    },
    note(keep) {
      keep(pending);
      isNoted = true;
    },
    show() {
      if (!isNoted) return;
      isNoted = false;
      const { database } = current();
      database.tentatively(() => replay(database, { ...nothingPending(), checkpoints: pending.checkpoints }, now()));
    },
    refresh() {
      if (isFresh && !spoilt) return undefined;
      const fault = look(false);
      isFresh = fault === undefined;
      if (isFresh) setImmediate(forgetFreshness);
      return fault;
    },
    refreshOrSetAside(thorough) {
      const { isHeld, stamp } = origin;
      const fault = look(thorough);
      if (fault === undefined) {
        // A log of the snapshot before, or the beginning of one: its writer was killed.
        if (origin.place === undefined && origin.logStamp !== undefined) rmSync(log, { recursive: true, force: true });
        return undefined;
      }
      // What could be carried out of it is in memory. Without its snapshot it is of use to nobody but a person.
      const path = stampOf(log) === undefined ? '' : setAside(log, clock());
      origin = { ...origin, place: undefined, logStamp: undefined };
      behind = true;
      if (fault.kind === 'changes') return { what: 'changes', path };
      // Not held, and written over in its place: what was not in memory is gone.
      const isWhole = isHeld || inodeOf(stamp) !== inodeOf(stampOf(file));
      const aside = setAside(file, clock());
      startAgain(isWhole);
      return { what: 'ledger', path: aside };
    },
    async change(work, asSnapshot = false) {
      const { database, generation } = current();
      let isWhole = asSnapshot || behind;
      const batch = pending;
      database.rewind();
      const { result, statements } = database.recorded((most) => {
        try {
          return database.transaction(() => {
            replay(database, batch, now());
            const result = work(database);
            isWhole ||= most() > LOG_MAX_ROWS;
            if (isWhole) database.run('UPDATE change_log SET generation = ?', [generation + 1]);
            return result;
          });
        } catch (cause) {
          doubt();
          if (!spoilt) showPending();
          throw cause;
        }
      });
      pending = nothingPending();
      if (statements.length === 0) return result;
      const id = `${me}.${++writes}`;
      unsure = { id, pending: batch };
      spoilt = true;
      await (isWhole ? writeSnapshot() : appendToLog({ id, statements }));
      return result;
    },
    weight() {
      const { database, pages } = current();
      const [pageSize, pageCount] = ['page_size', 'page_count'].map((name) => Number(database.rows(`PRAGMA ${name}`)[0]?.[name]));
      return { log: origin.place?.end ?? 0, changed: pages.changedBytes(), snapshot: pageSize! * pageCount! };
    },
    close: closeOpened,
  };
}

/** Of two stamps of a log: the same file, and not shorter. */
function isGrown(before: Stamp | undefined, after: Stamp): boolean {
  return before === undefined || (inodeOf(before) === inodeOf(after) && sizeOf(after) >= sizeOf(before));
}

function inodeOf(stamp: Stamp | undefined): string | undefined {
  return stamp?.split(' ')[0];
}

function sizeOf(stamp: Stamp): number {
  return Number(stamp.split(' ')[1]);
}
