// A complete source whose records bear times: a queue in memory that forgets, refuses, delivers late, twice and in another order.
// It stands for searches, brokers and commands, and shows how a source is made of `records.ts` and `overlap.ts`.
import { createOverlap, NOTHING_REACHED, type Reached } from '../../src/adapters/sources/overlap.ts';
import { createRecordStream, type SourceRecord } from '../../src/adapters/sources/records.ts';
import { fail } from '../../src/errors.ts';
import type { Source } from '../../src/ports.ts';

export interface QueueRecord extends SourceRecord {
  readonly at: number;
}

export interface Queue {
  readonly records: QueueRecord[];
  /** Records that bear an older time than this are gone. */
  oldest: number;
  isDenied: boolean;
  /** How often it is to deliver its last records once more. */
  again: number;
}

export const createQueue = (): Queue => ({ records: [], oldest: Number.NEGATIVE_INFINITY, isDenied: false, again: 0 });

export const QUEUE_OVERLAP = 100;
const NAME = 'queue:orders';
const POLL_MS = 5;

/** @param page records of one answer */
export function createQueueSource(queue: Queue, page: number): Source {
  return {
    follow: async (sink, { once, checkpoints, signal }) => {
      const stored = checkpoints.find(({ position }) => position.stream === NAME);
      const reached: Reached = stored === undefined ? NOTHING_REACHED : JSON.parse(stored.position.token);
      const overlap = createOverlap(QUEUE_OVERLAP, { ...reached, at: reached.at ?? Number.NEGATIVE_INFINITY });
      const stream = createRecordStream(sink, { source: NAME, stream: NAME });
      stream.opened(JSON.stringify(reached), 'the beginning of the queue');
      sink.ready([{ source: NAME, offset: 0 }]);
      let told = '';
      let isLost = overlap.asOf(overlap.taken).at < queue.oldest && stored !== undefined;
      while (!signal.aborted) {
        if (queue.isDenied) {
          const refused = fail('log-refused', { source: NAME, detail: 'wrong password' });
          if (once) throw refused;
          if (told !== refused.message) sink.trouble(NAME, refused.message);
          told = refused.message;
          await pause();
          continue;
        }
        if (isLost) sink.gap({ source: NAME, stream: NAME, reason: `records before ${queue.oldest} are gone` });
        isLost = false;
        overlap.again();
        const from = overlap.asOf(overlap.taken).at - QUEUE_OVERLAP;
        const there = queue.records.filter(({ at }) => at >= from && at >= queue.oldest).toSorted((a, b) => a.at - b.at);
        const twice = queue.again > 0 ? there.flatMap((record) => [record, record]) : there;
        queue.again = Math.max(0, queue.again - 1);
        let isNew = false;
        for (let index = 0; index < twice.length && !signal.aborted; index += page) {
          const fresh = twice.slice(index, index + page).filter(({ id, at }) => overlap.take({ id, at, cursor: String(at) }));
          if (fresh.length === 0) continue;
          isNew = true;
          const before = overlap.taken - fresh.length;
          await stream.take(fresh, (count) => ({ token: JSON.stringify(overlap.asOf(before + count)) }));
        }
        if (isNew) continue;
        if (once) break;
        await stream.idle();
        await pause();
      }
      if (!signal.aborted) await stream.ended();
    },
  };
}

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, POLL_MS));
