// Journal and trace store in one SQLite file: offsets, incidents, traces and steps, replaced together or not at all.
// On the disk it is a snapshot and a change log (`replica.ts`). A writer goes by `writer.ts`; a reader takes no lock and
// creates nothing (`reader.ts`).
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ErrorEvent, Incident } from '../../core/model.ts';
import type { MetRepository } from '../../core/repository/identity.ts';
import type { AiOpsError } from '../../errors.ts';
import { type Owner, thisProcess } from '../../platform/lock-owner.ts';
import type { Clock, Journal, Outbox, Rulings, TraceStore } from '../../ports.ts';
import { type Database, loadSqlite } from './disk/sqlite.ts';
import { refuseForeign, refuseOthers } from './foreign.ts';
import { NO_REPOSITORY, type Reach, type Registered, register, type Scope } from './identity/repositories.ts';
import {
  applyEntry,
  applyState,
  incidentOf,
  type ScopeFor,
  selectCheckpoints,
  selectFacts,
  selectFingerprints,
  selectIncidents,
  selectNames,
  selectSample,
  selectStanding,
  selectWaiting,
} from './journal.ts';
import type { Ledger, LedgerView } from './ledger-port.ts';
import {
  gatherMessages,
  isMessageToTake,
  isSendingOne,
  loseMessages,
  pruneMessages,
  putMessages,
  selectDeliveries,
  settleMessage,
  takeMessage,
} from './outbox.ts';
import { addEntry, addState, type Pending } from './pending.ts';
import { forgetTraces, prune, type Retention } from './retention.ts';
import { ignoreIncident, resetIncident } from './rulings.ts';
import { selectSpending } from './spending.ts';
import { selectKept, writeKept } from './step-results.ts';
import { beginTrace, endTrace, followTrace, forgetsKept, interruptOrphans, isRunningOne, selectTraces, writeStep } from './traces.ts';
import { createWatches } from './watches.ts';
import { openWriter, type Writer } from './writer.ts';

export interface LedgerOptions {
  /** The state directory. It is made where it is not there (mode 0700). */
  readonly dir: string;
  /** The ledger's file, where it is not `ai-ops.sqlite` in `dir`. */
  readonly file?: string;
  /** Whose incidents, places, traces and messages these are; without it they are of none. */
  readonly repository?: MetRepository;
  /** Others that what is read here may be of. */
  readonly others?: readonly MetRepository[];
  readonly clock: Clock;
  readonly retention: Retention;
  /** Bytes of sql.js's `sql-wasm.wasm`. Called only when there is a database to open. */
  readonly wasm: () => Uint8Array;
  /** Told what goes wrong in the background: a flush that failed and is tried again, a file found damaged while running. */
  readonly notice?: (error: AiOpsError) => void;
}

const DEFAULT_NAME = 'ai-ops.sqlite';

/** Samples kept parsed, so that counting one more occurrence does not parse a whole event. */
const MAX_SAMPLES = 1_000;

/**
 * Opens the ledger to write. To look only: `openReader`.
 * @throws AiOpsError `ledger-damaged`, `ledger-changes-damaged` (set aside: the next call succeeds), `ledger-newer`,
 *   `ledger-foreign`, `ledger-locked`, `state-unwritable`
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { dir, clock, retention, wasm, notice = () => undefined } = options;
  const file = options.file ?? join(dir, DEFAULT_NAME);
  refuseOthers(file);
  refuseForeign(file, DEFAULT_NAME);
  const me = thisProcess(randomBytes(8).toString('hex'));
  const sqlite = await loadSqlite(wasm(), false);
  const forget = (database: Database): void => {
    pruneMessages(database, clock());
    prune(database, retention, clock());
  };
  let registered: Registered = { scope: NO_REPOSITORY, adopted: 0 };
  let others: ReadonlyMap<string, Scope> = new Map();
  const writer = await openWriter({ file, clock, sqlite, notice, forget }, (database) => {
    registered = register(database, options.repository);
    others = new Map((options.others ?? []).map((met) => [met.name, register(database, met).scope]));
    interruptOrphans(database, clock());
    loseMessages(database, clock());
    forget(database);
  });
  const { scope } = registered;
  const watches = createWatches(file, notice, scope.id);
  const viewOf = (own: Scope): LedgerView => ({
    ...journalOf(writer, own, others, clock),
    ...traceStoreOf(writer, own, clock, me, retention),
    ...outboxOf(writer, own, me),
    ...rulingsOf(writer, own),
  });
  return {
    ...(options.repository ? { registered } : {}),
    ...viewOf(scope),
    of: (name) => {
      const own = others.get(name);
      return own && viewOf(own);
    },
    watchLock: watches.take,
    forgetTraces: (ids) => writer.change((database) => forgetTraces(database, ids)),
    async close() {
      try {
        const isRunning = await writer.read((database) => isRunningOne(database, me) || isSendingOne(database, me));
        if (isRunning)
          await writer.change((database) => {
            interruptOrphans(database, clock(), me);
            loseMessages(database, clock(), me);
          });
      } finally {
        watches.release();
        await writer.close();
      }
    },
  };
}

const reachOf = (scope: Scope, { allRepositories }: { readonly allRepositories?: boolean } = {}): Reach =>
  allRepositories ? 'all' : scope;

function journalOf(writer: Writer, scope: Scope, others: ReadonlyMap<string, Scope>, clock: Clock): Journal {
  const standing = createStanding(writer);
  const scopeFor: ScopeFor = (name) => (name === undefined ? scope : (others.get(name) ?? scope));
  return {
    checkpoints: () => writer.read((database) => selectCheckpoints(database, scope)),
    record: async (entry) => {
      const now = clock().toISOString();
      const keep = (pending: Pending): void => addEntry(pending, scopeFor, entry, now);
      if (entry.sightings.length === 0) {
        writer.note(keep);
        return [];
      }
      return writer.apply((database) => {
        const touched = applyEntry(database, scopeFor, entry, now);
        return touched.map(({ scope: own, fingerprint, isNew, of }) => ({ incident: standing(database, own, fingerprint)!, isNew, of }));
      }, keep);
    },
    incidents: (filter = {}) =>
      writer.read((database) => {
        const { fingerprint, allRepositories } = filter;
        const incident = fingerprint === undefined || allRepositories ? undefined : standing(database, scope, fingerprint);
        // Not of this name: it may have been its name for an older version.
        return incident === undefined ? selectIncidents(database, reachOf(scope, filter), filter) : [incident];
      }),
    fingerprints: (filter) => writer.read((database) => selectFingerprints(database, reachOf(scope, filter), filter)),
    names: (filter) => writer.read((database) => selectNames(database, reachOf(scope, filter))),
    facts: (filter) => writer.read((database) => selectFacts(database, reachOf(scope, filter))),
    waiting: (limit) => writer.read((database) => selectWaiting(database, scope, limit)),
    setState: async (fingerprint, state, reason) =>
      writer.apply(
        (database) => applyState(database, scope, fingerprint, state, reason),
        (pending) => addState(pending, scope, fingerprint, state, reason),
      ),
    flush: (force = false) => writer.flush(force),
  };
}

function traceStoreOf(writer: Writer, scope: Scope, clock: Clock, me: Owner, retention: Retention): TraceStore {
  return {
    begin: (trace) => writer.change((database) => beginTrace(database, scope, trace, me, clock())),
    step: (trace, step, kept) =>
      writer.change((database) => {
        writeStep(database, trace, step);
        if (kept) writeKept(database, trace, step.name, kept);
      }),
    kept: (trace) => writer.read((database) => selectKept(database, trace)),
    end: (trace, ending) => {
      const write = forgetsKept(ending.state) ? writer.erase : writer.change;
      return write((database) => {
        endTrace(database, trace, ending);
        putMessages(database, scope, ending.messages ?? []);
        prune(database, retention, clock());
      });
    },
    follow: (trace, change) =>
      writer.change((database) => {
        const isDone = followTrace(database, trace, change);
        if (isDone) putMessages(database, scope, change.messages ?? []);
        return isDone;
      }),
    traces: (filter = {}) => writer.read((database) => selectTraces(database, reachOf(scope, filter), filter)),
    spending: (now) => writer.read((database) => selectSpending(database, scope, now)),
  };
}

function rulingsOf(writer: Writer, scope: Scope): Rulings {
  return {
    ignore: (fingerprint, ignored) => writer.change((database) => ignoreIncident(database, scope, fingerprint, ignored)),
    reset: (fingerprint) => writer.change((database) => resetIncident(database, scope, fingerprint)),
  };
}

function outboxOf(writer: Writer, scope: Scope, me: Owner): Outbox {
  return {
    put: (messages) => writer.change((database) => putMessages(database, scope, messages)),
    take: async (now, notifier, trace) => {
      // Looked at often: the file is written only where there is something.
      if (!(await writer.read((database) => isMessageToTake(database, scope, now, notifier, trace)))) return undefined;
      return writer.change((database) => takeMessage(database, scope, now, me, notifier, trace));
    },
    settle: (message, ending) => writer.change((database) => settleMessage(database, { ...message, repository: scope.id }, ending)),
    gather: (digest, ids) => writer.change((database) => gatherMessages(database, scope, digest, ids)),
    deliveries: (filter) => writer.read((database) => selectDeliveries(database, scope, filter)),
  };
}

/** Reads an incident as it stands, its sample from memory: a sample never changes as long as the database is the same. */
function createStanding(writer: Writer): (database: Database, scope: Scope, fingerprint: string) => Incident | undefined {
  const samples = new Map<string, ErrorEvent>();
  let version = writer.version();
  return (database, scope, fingerprint) => {
    if (version !== writer.version() || samples.size > MAX_SAMPLES) samples.clear();
    version = writer.version();
    const row = selectStanding(database, scope, fingerprint);
    if (row === undefined) return undefined;
    const key = `${scope.id}\n${fingerprint}`;
    const sample = samples.get(key) ?? selectSample(database, scope, fingerprint);
    samples.set(key, sample);
    return incidentOf(row, sample);
  };
}
