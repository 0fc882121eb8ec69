// A bounded queue of fingerprints between reading and repairing: reading never waits for Claude.
// One repair at a time; a fingerprint is worked on once for all offers before. There are two lanes: what has evidence goes first. What does not fit stays in the ledger and is offered again.

export interface RepairQueue {
  /**
   * @param isFirst its turn comes before that of all others: many that were seen once do not hold it up, nor crowd it out
   * @returns false when the queue is full; the caller offers again later
   */
  offer(fingerprint: string, isFirst?: boolean): boolean;
  /** Resolves when nothing waits and nothing runs. Rejects with what the work threw, also when that was earlier. */
  settled(): Promise<void>;
}

/**
 * @param work runs one repair; the next begins when it has settled
 * @param onFailure told once when the work throws: nothing is run after that
 */
export function createRepairQueue(capacity: number, work: (fingerprint: string) => Promise<void>, onFailure: () => void): RepairQueue {
  const [first, waiting] = [new Set<string>(), new Set<string>()];
  let running: Promise<void> | undefined;
  let failure: { readonly thrown: unknown } | undefined;

  const drain = async (): Promise<void> => {
    for (;;) {
      const [fingerprint] = first.size > 0 ? first : waiting;
      if (fingerprint === undefined) return;
      first.delete(fingerprint);
      waiting.delete(fingerprint);
      await work(fingerprint);
    }
  };

  const begin = (): void => {
    running ??= drain()
      .catch((thrown: unknown) => {
        failure = { thrown };
        onFailure();
      })
      .finally(() => {
        running = undefined;
        // Offered after the last one was taken, and before this: nobody else would begin with it.
        if (!failure && first.size + waiting.size > 0) begin();
      });
  };

  return {
    offer: (fingerprint, isFirst = false) => {
      if (first.has(fingerprint) || (!isFirst && waiting.has(fingerprint))) return true;
      const lane = isFirst ? first : waiting;
      if (failure || lane.size >= capacity) return false;
      lane.add(fingerprint);
      begin();
      return true;
    },
    settled: async () => {
      while (running) await running;
      if (failure) throw failure.thrown;
    },
  };
}
