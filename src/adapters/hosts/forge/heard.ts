// What was said on any request or issue of the project, from a host that lists that for all of them at once: a call or two a look, and
// the words of a request are read again only when one of them is new, or is not what was read. Rows are compared by number and
// time as the host gives them: its clock is not ours.
import type { Remark } from '../../../core/policy/follow-up.ts';
import type { Clock } from '../../../ports.ts';
import { sharing } from './shared-list.ts';

/** One row of such a list. */
export interface Heard {
  /** The request or issue. */
  readonly on: number;
  /** As in `Remark`. */
  readonly id: string;
  /** When it was written or changed last; ISO 8601. */
  readonly at: string;
}

/** Changes since a moment, that moment included, the oldest first; `isLast` where there are no more. */
export type ListSince = (since: string, signal: AbortSignal) => Promise<{ readonly rows: readonly Heard[]; readonly isLast: boolean }>;

export interface Hearing {
  /** Whether nothing was said, or changed, that is not in these remarks, all of which were read once. */
  isSilent(on: number, remarks: readonly Remark[], signal: AbortSignal): Promise<boolean>;
  /** All of it was just read. @param changedAt when it had changed last, by the clock of the host */
  read(on: number, changedAt: string): void;
}

/** Of a project where more is said between two looks everything is read. */
const PAGES = 10;
/** What was said before the first look ended is listed once more. */
const BEFORE_MS = 600_000;

export function createHearing(lists: readonly ListSince[], clock: Clock): Hearing {
  const unread = new Map<number, Map<string, string>>();
  let newestRead = 0;
  /** How often there was more than was listed; and how often when a request was read last. */
  let losses = 0;
  const readAfter = new Map<number, number>();
  const hear = ({ on, id, at }: Heard): void => {
    unread.set(on, (unread.get(on) ?? new Map<string, string>()).set(id, at));
  };
  const listeners = lists.map((list) => {
    let since: string | undefined;
    let last: ReadonlySet<string> = new Set();
    return async (signal: AbortSignal): Promise<void> => {
      for (let page = 1; ; page += 1) {
        const from: string = since ?? new Date(newestRead - BEFORE_MS).toISOString();
        const { rows, isLast } = await list(from, signal);
        // The moment itself is listed again.
        const fresh = rows.filter(({ id, at }) => !last.has(`${id} ${at}`));
        for (const row of fresh) hear(row);
        since = rows.at(-1)?.at ?? from;
        last = new Set(rows.filter(({ at }) => at === since).map(({ id, at }) => `${id} ${at}`));
        if (isLast) return;
        if (since === from || page === PAGES) {
          losses += 1;
          return;
        }
      }
    };
  });
  const listen = sharing(clock, async (signal) => {
    for (const listener of listeners) await listener(signal);
  });
  return {
    async isSilent(on, remarks, signal) {
      await listen(signal);
      if ((readAfter.get(on) ?? 0) < losses) return false;
      const those = unread.get(on);
      if (those === undefined) return true;
      const known = new Map(remarks.map(({ id, at }) => [id, at]));
      const isKnown = [...those].every(([id, at]) => known.get(id) === at);
      if (isKnown) unread.delete(on);
      return isKnown;
    },
    read(on, changedAt) {
      newestRead = Math.max(newestRead, Date.parse(changedAt) || 0);
      readAfter.set(on, losses);
      unread.delete(on);
    },
  };
}
