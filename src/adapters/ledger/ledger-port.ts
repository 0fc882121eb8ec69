// The ledger as its two modes offer it: to look at, and to write. What cannot be done in one of them is not there.
import type { Journal, Outbox, Rulings, TraceStore } from '../../ports.ts';
import type { Registered } from './identity/repositories.ts';

/** Where there is no file every answer is empty. */
export interface LedgerReader
  extends Pick<Journal, 'checkpoints' | 'incidents' | 'fingerprints' | 'names' | 'facts' | 'waiting'>,
    Pick<TraceStore, 'traces' | 'spending'>,
    Pick<Outbox, 'deliveries'> {
  close(): Promise<void>;
}

/** What is of one repository: its own only is read and written. */
export type LedgerView = Journal & TraceStore & Outbox & Rulings;

export interface Ledger extends LedgerReader, Journal, TraceStore, Outbox, Rulings {
  /** The same ledger for another of the repositories that it was opened with; `undefined` for any other. */
  of(repository: string): LedgerView | undefined;
  /** What came of telling it the repository; absent where it was told none. */
  readonly registered?: Registered;
  /**
   * Takes the source for this ledger until `close`. Standard input is never taken.
   * @throws AiOpsError `already-watched`, `state-unwritable`
   */
  watchLock(source: string): Promise<void>;
  /** Forgets these traces, of whatever repository; running ones stay. */
  forgetTraces(ids: readonly string[]): Promise<void>;
  /** Writes what is dirty, marks what this ledger left running as interrupted, gives its locks back. */
  close(): Promise<void>;
}
