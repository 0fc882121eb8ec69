// A bounded queue of fingerprints between reading and repairing: reading never waits for Claude.
// One repair at a time; a fingerprint waits at most once. What does not fit stays in the ledger and is offered again.

export interface RepairQueue {
  /** @returns false when the queue is full; the caller offers again later */
  offer(fingerprint: string): boolean;
  /** Resolves when nothing waits and nothing runs. Rejects with what the work threw. */
  settled(): Promise<void>;
}

/** @param work runs one repair; the next begins when it has settled */
export function createRepairQueue(capacity: number, work: (fingerprint: string) => Promise<void>): RepairQueue {
  const waiting = new Set<string>();
  let running: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    for (const fingerprint of waiting) {
      waiting.delete(fingerprint);
      await work(fingerprint);
    }
  };

  return {
    offer: (fingerprint) => {
      if (waiting.has(fingerprint)) return true;
      if (waiting.size >= capacity) return false;
      waiting.add(fingerprint);
      running ??= drain().finally(() => {
        running = undefined;
      });
      running.catch(() => {
        // Kept for `settled`: an error of the work must not end the process before somebody asks.
      });
      return true;
    },
    settled: async () => {
      while (running) await running;
    },
  };
}
