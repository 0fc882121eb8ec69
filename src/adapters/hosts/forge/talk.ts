// What is said on requests, alike on every host: read whole only when the request has changed, and answered once.
// Does not speak HTTP: a `TalkForge` reads and writes.
import type { Author, Conversation, Remark } from '../../../core/policy/follow-up.ts';
import { AiOpsError } from '../../../errors.ts';
import { type Pause, rest } from '../../../platform/http/client.ts';
import type { Clock, Talk } from '../../../ports.ts';
import type { Hearing } from './heard.ts';

/** How a request stands, without what was said on it. */
export interface Standing extends Omit<Conversation, 'remarks'> {
  /** Changes with whatever is done to the request or said on it; ISO 8601. */
  readonly changedAt: string;
}

/** An issue has no code. */
export const OF_ISSUE = { head: null, base: null, isConflicting: null, isClosedByUs: false } as const;

export interface TalkForge {
  /** @returns `undefined` where it is gone */
  standing(request: number, signal: AbortSignal): Promise<Standing | undefined>;
  /** How the open ones stand, as a list had them some seconds ago, a hundred at most: without `isConflicting`, which only `standing` tells. */
  standings(signal: AbortSignal): Promise<ReadonlyMap<number, Standing>>;
  /** In any order. */
  remarks(request: number, signal: AbortSignal): Promise<readonly Remark[]>;
  me(signal: AbortSignal): Promise<string | null>;
  mayAsk(author: Author, signal: AbortSignal): Promise<boolean>;
  acknowledge(request: number, remark: Remark, signal: AbortSignal): Promise<void>;
  /** One attempt, never repeated by itself. */
  say(request: number, body: string, signal: AbortSignal): Promise<void>;
  /** As this host would keep it. */
  fitted(body: string): string;
}

/** So many looks are content with what a request that has not changed was like; then all is read once more. */
const FRESH_EVERY = 12;
/** The same where a list tells of each change. */
const LISTED_EVERY = 12 * FRESH_EVERY;

/** Times of hosts have seconds, and their clock is not ours: what has changed just now is read again. */
const SETTLED_MS = 60_000;

const LOST = new Set(['host-unreachable', 'host-garbage']);
const LOOK_DELAYS_MS = [0, 1_000, 3_000];

interface Known {
  readonly changedAt: string;
  readonly remarks: readonly Remark[];
  uses: number;
}

/** @param hearing of a host that lists what was said on all requests since a moment */
export function createTalk(forge: TalkForge, pause: Pause, clock: Clock, hearing?: Hearing): Talk {
  const known = new Map<number, Known>();
  const stood = new Map<number, { readonly standing: Standing; uses: number }>();
  let me: Promise<string | null> | undefined;

  const isUnchanged = async (request: number, before: Known, signal: AbortSignal): Promise<boolean> =>
    hearing === undefined
      ? before.uses < FRESH_EVERY
      : before.uses < LISTED_EVERY && (await hearing.isSilent(request, before.remarks, signal));

  const remarksOf = async (request: number, changedAt: string, isFresh: boolean, signal: AbortSignal): Promise<readonly Remark[]> => {
    const before = known.get(request);
    if (!isFresh && before?.changedAt === changedAt && (await isUnchanged(request, before, signal))) {
      before.uses += 1;
      return before.remarks;
    }
    const isSettled = clock().getTime() - Date.parse(changedAt) > SETTLED_MS;
    const remarks = (await forge.remarks(request, signal)).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    hearing?.read(request, changedAt);
    if (isSettled) known.set(request, { changedAt, remarks, uses: 1 });
    else known.delete(request);
    return remarks;
  };

  /** As it was, where the list of all says that nothing has happened to it since. */
  const standingOf = async (request: number, isKnown: boolean, signal: AbortSignal): Promise<Standing | undefined> => {
    const before = stood.get(request);
    if (isKnown && before !== undefined && before.uses < LISTED_EVERY && before.standing.isConflicting !== null) {
      const now = (await forge.standings(signal)).get(request);
      const { changedAt, head } = before.standing;
      if (now?.changedAt === changedAt && now.head === head) {
        before.uses += 1;
        return before.standing;
      }
    }
    const standing = await forge.standing(request, signal);
    const isSettled = standing !== undefined && clock().getTime() - Date.parse(standing.changedAt) > SETTLED_MS;
    if (isSettled && standing.state === 'open') stood.set(request, { standing, uses: 1 });
    else stood.delete(request);
    return standing;
  };

  const isSaid = async (request: number, mark: string, signal: AbortSignal): Promise<boolean> => {
    const mine = await talk.me(signal);
    const remarks = await forge.remarks(request, signal);
    return remarks.some(({ author, body }) => body.includes(mark) && (mine === null ? author.isBot : author.id === mine));
  };

  const talk: Talk = {
    async read(request, signal, { isFresh = false, isMoved = false } = {}) {
      const standing = await standingOf(request, !isFresh && !isMoved, signal);
      if (standing === undefined) return null;
      const { changedAt, ...rest } = standing;
      // Of one that is over, nobody wants to know.
      const remarks = standing.state === 'open' ? await remarksOf(request, changedAt, isFresh, signal) : [];
      return { ...rest, remarks };
    },
    me(signal) {
      me ??= forge.me(signal).catch((thrown: unknown) => {
        me = undefined;
        throw thrown;
      });
      return me;
    },
    mayAsk: (author, signal) => (author.isBot ? Promise.resolve(false) : forge.mayAsk(author, signal)),
    acknowledge: (request, remark, signal) => forge.acknowledge(request, remark, signal),
    async ensureSaid(request, { body, mark }, signal) {
      if (await isSaid(request, mark, signal)) return 'found';
      try {
        // The mark comes first: what is too long loses its end.
        await forge.say(request, forge.fitted(`${mark}\n${body}`), signal);
        return 'said';
      } catch (thrown) {
        if (!(thrown instanceof AiOpsError) || !LOST.has(thrown.code)) throw thrown;
        for (const delay of LOOK_DELAYS_MS) {
          if (delay > 0) await rest(pause, delay, signal);
          if (await isSaid(request, mark, signal)) return 'said';
        }
        throw thrown;
      }
    },
  };
  return talk;
}
