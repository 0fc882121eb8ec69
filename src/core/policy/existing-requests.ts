// What the requests that are there already mean for a repair: who has proposed it, who has turned it down, and which
// branch comes next where a fix was merged and the error came back. Pure.
import type { Request } from '../model.ts';

/** The requests of one bug as its host shows them: the newest one of each of its branches, in their order, without gaps. */
export type Requests = readonly Request[];

export type Standing =
  /** To be repaired on its `nth` branch. `earlier` is what its request follows. */
  | { readonly kind: 'free'; readonly nth: number; readonly earlier: Request | null }
  | {
      readonly kind: 'taken';
      readonly reason: 'already-proposed' | 'already-merged' | 'closed-by-person' | 'closed-by-itself';
      readonly request: Request;
    };

/**
 * @param joined the newest request of another bug that names this one, where there is any
 * @param regressed addresses of requests, merged or closed by us, of which our own ledger knows that the error came back after them
 * @param again a person wants another fix beside one that was closed or merged
 */
export function standingOf(
  requests: Requests,
  joined: Request | null,
  { regressed, again }: { readonly regressed: ReadonlySet<string>; readonly again: boolean },
): Standing {
  const newest = requests.at(-1) ?? null;
  const last = [joined, newest].find((request) => request?.state === 'open' || request?.state === 'local') ?? newest ?? joined;
  if (last === null) return { kind: 'free', nth: 1, earlier: null };
  const nth = requests.length + 1;
  if (last.state === 'open' || last.state === 'local') return { kind: 'taken', reason: 'already-proposed', request: last };
  if (again) return { kind: 'free', nth, earlier: last };
  if (last.state === 'closed' && !last.isOwnClosing) return { kind: 'taken', reason: 'closed-by-person', request: last };
  if (regressed.has(last.url)) return { kind: 'free', nth, earlier: last };
  if (last.state === 'closed') return { kind: 'taken', reason: 'closed-by-itself', request: last };
  return { kind: 'taken', reason: 'already-merged', request: last };
}
