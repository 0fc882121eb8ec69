// The ledger as its two modes offer it: to look at, and to write. What cannot be done in one of them is not there.
import type { Journal, Outbox, TraceStore } from '../../ports.ts';

/** Where there is no file every answer is empty. */
export interface LedgerReader
  extends Pick<Journal, 'checkpoints' | 'incidents' | 'fingerprints' | 'names' | 'waiting'>,
    Pick<TraceStore, 'traces' | 'spending'>,
    Pick<Outbox, 'deliveries'> {
  close(): Promise<void>;
}

export interface Ledger extends LedgerReader, Journal, TraceStore, Outbox {
  /**
   * Takes the source for this ledger until `close`. Standard input is never taken.
   * @throws AiOpsError `already-watched`, `state-unwritable`
   */
  watchLock(source: string): Promise<void>;
  /** Writes what is dirty, marks what this ledger left running as interrupted, gives its locks back. */
  close(): Promise<void>;
}
