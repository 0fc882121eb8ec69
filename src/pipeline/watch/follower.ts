// Follows requests while `watch` reads: asks the host now and then, counts the silence of logs that are really being
// followed, and looks at once when an error comes that was thought to be mended. Reading never waits for it.

import type { Incident } from '../../core/model.ts';
import type { FollowedState } from '../../core/policy/lifecycle.ts';
import { isOnServer } from '../../core/source-address.ts';
import { type AiOpsError, asAiOpsError } from '../../errors.ts';
import type { Feed } from './intake.ts';
import { type LifecyclePorts, type Look, type LookSettings, look, type Moved } from './requests.ts';

export interface FollowerSettings extends LookSettings {
  /** Between two looks at the host. */
  readonly refreshSeconds: number;
  /** 0 to 1: spreads the looks of many boxes. */
  readonly jitter: number;
}

export interface Follower {
  /** A log is being followed from now on. */
  opened(at: { readonly source: string; readonly stream: string }): void;
  /** This life of a log is over. A rotated log has the next one already, or soon. */
  ended(stream: string): void;
  /** An error was seen in an incident as it now stands. */
  seen(incident: Incident): void;
  /** Settles when the first look is over, and what has been seen is judged. */
  settled(): Promise<void>;
  /** Stores the silence that was heard. */
  close(): Promise<void>;
}

/** How traces stand whose request or issue may change at any time. */
const ASKED: readonly FollowedState[] = ['proposed', 'issued', 'declined', 'merged', 'confirmed'];

/** Closed requests may be opened again, old ones merged: every so many looks they are asked for too. */
const CLOSED_EVERY = 12;

/** After trouble, looks are at most this many times as far apart. */
const MOST_BACKED_OFF = 16;

/** Silence is added up this often, in ms, and written when so much has come together. */
const TICK_MS = 15_000;
const SAVE_MS = 60_000;

/**
 * @param tell of traces whose state has changed
 * @param trouble told when the host cannot be asked, once until it can be again
 */
export function startFollower(
  ports: LifecyclePorts & { readonly looked?: () => Promise<void> },
  settings: FollowerSettings,
  tell: (moved: Moved) => void,
  trouble: (error: AiOpsError) => void,
  signal: AbortSignal,
): Follower {
  const { confirmSeconds, refreshSeconds, jitter } = settings;
  const silence = createSilence(ports.clock, Math.min(TICK_MS, (confirmSeconds * 1000) / 10));
  const leastMs = Math.min(SAVE_MS, confirmSeconds * 100);
  let turn: Promise<void> = Promise.resolve();
  let failures = 0;
  let looks = 0;
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Set<string>();

  const once = async (wanted: Look): Promise<void> => {
    silence.tick();
    const done = await look(ports, { leastMs, ...wanted, heard: silence.heard }, settings, signal);
    for (const trace of done.stored) silence.spent(trace);
    for (const moved of done.moved) tell(moved);
    if (!wanted.states.includes('proposed') || signal.aborted) return;
    if (done.trouble !== null && failures === 0) trouble(done.trouble);
    failures = done.trouble === null ? 0 : failures + 1;
    // Who has just been asked in vain is left alone.
    if (done.trouble === null) await ports.looked?.();
  };
  /** One after the other; the ledger's trouble is told and the next look tries again. */
  const soon = (wanted: () => Look): Promise<void> => {
    turn = turn.then(() => once(wanted())).catch((thrown: unknown) => trouble(asAiOpsError(thrown)));
    return turn;
  };
  const ask = (): void => {
    const withClosed = looks++ % CLOSED_EVERY === 0;
    void soon(() => ({ states: withClosed ? [...ASKED, 'closed'] : ASKED, isBrief: !withClosed })).then(() => {
      if (signal.aborted) return;
      const times = Math.min(2 ** failures, MOST_BACKED_OFF) * (1 + jitter / 10);
      timer = setTimeout(ask, refreshSeconds * 1000 * times);
    });
  };
  ask();
  const ticker = setInterval(() => {
    // What did not fit into the tick before is in the next one: the looks may be slower than the ticks.
    void soon(() => ({ states: ['merged'] }));
  }, silence.tickMs);

  return {
    opened: silence.opened,
    ended: silence.ended,
    seen({ fingerprint, state }) {
      if ((state !== 'merged' && state !== 'confirmed') || waiting.has(fingerprint)) return;
      waiting.add(fingerprint);
      void soon(() => {
        waiting.delete(fingerprint);
        return { fingerprint, states: ['merged', 'confirmed'] };
      });
    },
    settled: () => turn,
    async close() {
      clearInterval(ticker);
      clearTimeout(timer);
      await turn;
      clearTimeout(timer);
      await soon(() => ({ states: ['merged'], leastMs: 0 }));
    },
  };
}

/** Tells the follower which logs are being followed. */
export function heardBy(intake: Feed, follower: Follower | undefined): Feed {
  if (follower === undefined) return intake;
  return {
    ...intake,
    opened: (at) => {
      intake.opened(at);
      follower.opened(at);
    },
    ended: (stream) => {
      follower.ended(stream);
      return intake.ended(stream);
    },
    left: (stream) => {
      follower.ended(stream);
      return intake.left(stream);
    },
  };
}

/** An issue of a server is listened to as long as the server is. */
const listenedTo = (source: string): string => (isOnServer(source) ? source.replace(/#\d+$/, '') : source);

/** How long each merged trace's log was listened to, since that was stored last. */
function createSilence(clock: LifecyclePorts['clock'], tickMs: number) {
  const live = new Map<string, string>();
  const sources = new Map<string, number>();
  const spent = new Map<string, Map<string, number>>();
  let last = clock().getTime();
  return {
    tickMs,
    opened: ({ source, stream }: Parameters<Follower['opened']>[0]): void => {
      live.set(stream, source);
      if (!sources.has(source)) sources.set(source, 0);
    },
    ended: (stream: string): void => {
      live.delete(stream);
    },
    tick(): void {
      const now = clock().getTime();
      // A machine that slept, or a clock that was set, has not listened.
      const passed = Math.min(Math.max(0, now - last), 2 * tickMs);
      last = now;
      for (const source of new Set(live.values())) sources.set(source, (sources.get(source) ?? 0) + passed);
    },
    heard: (trace: string, source: string): number => {
      const at = sources.get(listenedTo(source));
      if (at === undefined) return 0;
      const before = spent.get(trace) ?? new Map<string, number>();
      spent.set(trace, before);
      // Counted from when the trace was first asked for: nobody listened for it before.
      if (!before.has(source)) before.set(source, at);
      return at - before.get(source)!;
    },
    spent(trace: string): void {
      for (const source of spent.get(trace)?.keys() ?? []) spent.get(trace)!.set(source, sources.get(listenedTo(source)) ?? 0);
    },
  };
}
