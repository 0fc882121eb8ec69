// A bounded queue of fingerprints between reading and repairing: reading never waits for Claude.
// One repair at a time; a fingerprint waits at most once. What does not fit stays in the ledger and is offered again.

export interface RepairQueue {
  /** @returns false when the queue is full; the caller offers again later */
  offer(fingerprint: string): boolean;
  /** Resolves when nothing waits and nothing runs. Rejects with what the work threw, also when that was earlier. */
  settled(): Promise<void>;
}

/**
 * @param work runs one repair; the next begins when it has settled
 * @param onFailure told once when the work throws: nothing is run after that
 */
export function createRepairQueue(capacity: number, work: (fingerprint: string) => Promise<void>, onFailure: () => void): RepairQueue {
  const waiting = new Set<string>();
  let running: Promise<void> | undefined;
  let failure: { readonly thrown: unknown } | undefined;

  const drain = async (): Promise<void> => {
    for (const fingerprint of waiting) {
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
        if (!failure && waiting.size > 0) begin();
      });
  };

  return {
    offer: (fingerprint) => {
      if (waiting.has(fingerprint)) return true;
      if (failure || waiting.size >= capacity) return false;
      waiting.add(fingerprint);
      begin();
      return true;
    },
    settled: async () => {
      while (running) await running;
      if (failure) throw failure.thrown;
    },
  };
}
