// Story 1: what is read becomes events, incidents and decisions; what is to be repaired goes to the queue.
// One record of the journal holds an offset and its effects, so nothing is lost and nothing counts twice.

import type { Decision, Incident, Outcome } from '../core/model.ts';
import { decide, type Elsewhere, lasts, type Policy } from '../core/policy/decide.ts';
import { figures } from '../core/policy/figures.ts';
import { isUndecided, reopens, stateAfter } from '../core/policy/incident-states.ts';
import { type AiOpsError, asAiOpsError } from '../errors.ts';
import type { Checkpoint, Clock, Details, Journal, Redact, Source, SourceSink, TraceStore } from '../ports.ts';
import { cutOffOf } from './repair/trace.ts';
import type { Replies } from './replies/replies.ts';
import type { Judge, Judged } from './triage.ts';
import { createExplaining, type Explain } from './watch/explaining.ts';
import { type Follower, type FollowerSettings, heardBy, startFollower } from './watch/follower.ts';
import { trackCounted } from './watch/handover.ts';
import { createIntake, type DetectSettings, type Feed } from './watch/intake.ts';
import { createMachineGate, faultOf, type MachineFault, type MachineGate, type Preflight } from './watch/machine.ts';
import { createOutages, type OutageNews, type Outages } from './watch/outages.ts';
import { createRepairQueue, type RepairQueue } from './watch/queue.ts';
import { createRecorder, type Router, type Touched } from './watch/recorder.ts';
import type { LifecyclePorts, Moved } from './watch/requests.ts';
import type { Seen } from './watch/sightings.ts';

export interface WatchPorts {
  readonly source: Source;
  readonly journal: Journal;
  readonly store: TraceStore;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly judge: Judge;
  readonly details?: Details;
  /** Story 2, for one incident. */
  readonly repair: (incident: Incident) => Promise<Outcome>;
  /** What repairs need of this machine; absent in a dry run. */
  readonly preflight?: Preflight;
  /** Sends the messages that are due; `isLast` when the watcher ends by itself. */
  readonly post?: (isLast: boolean) => Promise<unknown>;
  /** Told of what no change of the code mends; one of the same id once. */
  readonly outage?: (news: OutageNews) => Promise<unknown>;
  /** Told when a limit holds an incident back. */
  readonly heldBack?: (decision: Decision) => Promise<unknown>;
  /** Does what people ask for on requests; absent in a dry run, and where nobody can ask. */
  readonly replies?: Replies;
  /** Of this repository, in place of that of the settings. */
  readonly policy?: Policy;
  /** Where what is read may be of several repositories: what each works with, by its name, beside the reading. */
  readonly repositories?: ReadonlyMap<string, Omit<WatchPorts, 'source' | 'repositories' | 'route'>>;
  /** Whose it is, where there are several. */
  readonly route?: Router;
  /** Follows the requests that were made; absent in a dry run. */
  readonly follow?: Pick<LifecyclePorts, 'host' | 'messages'> & { readonly settings: FollowerSettings };
}

export interface WatchSettings {
  readonly detect: DetectSettings;
  readonly policy: Policy;
  readonly from: 'start' | 'end' | 'resume';
  readonly once: boolean;
  /** Incidents that may wait for repair at one time. */
  readonly queueCapacity: number;
}

/** Who wants to hear of it: the command prints, tests collect. */
export interface WatchListener extends Pick<SourceSink, 'ready' | 'gap' | 'trouble' | 'said'> {
  event(seen: Seen): void;
  /** So many errors more are counted. */
  counted?(errors: number): void;
  /** A repair, or what is asked for on a request, is being worked on; and no longer. */
  begins?(): void;
  ends?(): void;
  /** A new one. */
  incident(incident: Incident, triage: Judged): void;
  decided(incident: Incident, reason: string, triage: Judged): void;
  result(outcome: Outcome, incident: Incident, triage: Judged): void;
  /** Repairs are paused as a whole until what is missing is there; it is looked for every `lookMs`. */
  paused?(fault: MachineFault, lookMs: number): void;
  /** It is there again. */
  goesOn?(): void;
  /** A request was merged, closed or opened again; its fix was confirmed, or its error has come back. */
  moved?(moved: Moved): void;
  /** The host could not be asked what became of requests; it is asked again later. */
  unasked?(error: AiOpsError): void;
  /** Settles when what was printed is on its way: nothing is read before. */
  shown?(): Promise<void>;
}

/** In the queue, before the trace whose request something is asked for on. */
const REPLY = 'reply ';

/** So many incidents with evidence are remembered while they wait. */
const MOST_EVIDENT = 1000;

/** Waiting incidents are judged again this often, in ms. */
const SWEEP_MS = 15_000;

/** What becomes of the incidents of one repository: judged, queued, repaired one after the other, and followed. */
interface Lane {
  readonly follower: Follower | undefined;
  /** They were seen, as they now stand. */
  touched(touched: Touched): Promise<void>;
  /** What was cut off by a crash, or waits for its count or its budget, is judged again. */
  sweep(): Promise<void>;
  /** Now and then. */
  tick(complain: (thrown: unknown) => void): void;
  settled(): Promise<void>;
  close(): Promise<void>;
}

type LanePorts = Omit<WatchPorts, 'source' | 'repositories' | 'route'>;

function createLane(ports: LanePorts, settings: WatchSettings, listener: WatchListener, stop: AbortSignal, fail: () => void): Lane {
  const { journal, clock } = ports;
  const explain = createExplaining(ports.details?.('decide'));
  const gate = createMachineGate(
    ports.preflight ?? (async () => undefined),
    { paused: (fault, lookMs) => listener.paused?.(fault, lookMs), goesOn: () => listener.goesOn?.() },
    stop,
    () => performance.now(),
  );
  const outages = createOutages(async (news) => ports.outage?.(news), clock);
  // Seen again and again, and waiting: not forgotten, however many that were seen once come after them.
  const evident = new Set<string>();
  const away = createAway(listener);
  const policy = ports.policy ?? settings.policy;
  const work = async (what: string): Promise<void> => {
    if (what.startsWith(REPLY)) return attend(what.slice(REPLY.length), ports, { listener, gate, away }, stop);
    const waits = await consider(what, ports, policy, { listener, explain, gate, outages }, stop);
    if (!waits) evident.delete(what);
  };
  const queue = createRepairQueue(settings.queueCapacity, work, fail);
  const follower = following(ports, queue, listener, stop);
  const complain = (thrown: unknown): void => listener.trouble('the ledger', asAiOpsError(thrown).message);
  const posting = createPosting(ports.post, complain);
  const sweep = async (): Promise<void> => {
    for (const fingerprint of evident) queue.offer(fingerprint, true);
    for (const fingerprint of await journal.waiting(settings.queueCapacity)) queue.offer(fingerprint);
  };
  void gate.look();
  posting.begin();
  return {
    follower,
    async touched(touched) {
      for (const { incident, isNew } of touched) {
        const triage = await ports.judge(incident, incident.sample);
        outages.seen(incident, triage);
        if (isNew) listener.incident(incident, triage);
        const isEvident = reopens(incident.state) && lasts(incident);
        if (isEvident && evident.size < MOST_EVIDENT) evident.add(incident.fingerprint);
        if (reopens(incident.state)) queue.offer(incident.fingerprint, isEvident);
        else follower?.seen(incident);
      }
    },
    sweep,
    tick(complain) {
      sweep().catch(complain);
      outages.sweep(false).catch(complain);
      posting.begin();
    },
    async settled() {
      await follower?.settled();
      await queue.settled();
      await outages.sweep(settings.once);
      await posting.end(settings.once);
    },
    async close() {
      await follower?.close();
      await posting.settled();
    },
  };
}

/** What is of none of several repositories is counted and told, with the reason; nothing is spent on it. */
async function leaveAlone(touched: Touched, { journal, judge }: LanePorts, listener: WatchListener): Promise<void> {
  for (const { incident, isNew, unrouted = 'no-repository' } of touched) {
    const triage = await judge(incident, incident.sample);
    if (isNew) listener.incident(incident, triage);
    if (incident.reason === unrouted) continue;
    await journal.setState(incident.fingerprint, 'skipped', unrouted);
    listener.decided(incident, unrouted, triage);
  }
}

/** Follows until `signal` aborts, or with `once` to the end of what is there and of its repairs. */
export async function watch(ports: WatchPorts, settings: WatchSettings, listener: WatchListener, signal: AbortSignal): Promise<void> {
  const { journal, source, clock, repositories } = ports;
  const checkpoints = await journal.checkpoints();
  const broken = new AbortController();
  const stop = AbortSignal.any([signal, broken.signal]);
  const fail = (): void => broken.abort();
  const laneFor = (own: LanePorts): Lane => createLane(own, settings, listener, stop, fail);
  const several = repositories && new Map([...repositories].map(([name, own]) => [name, laneFor(own)]));
  const lanes = several ? [...several.values()] : [laneFor(ports)];
  const tracked = trackCounted(journal);
  const record = createRecorder(
    { ...ports, journal: tracked.journal },
    checkpoints,
    async (seen, touched, errors) => {
      for (const one of seen) listener.event(one);
      if (errors > 0) listener.counted?.(errors);
      if (several === undefined) await lanes[0]!.touched(touched);
      else
        for (const [name, own] of Map.groupBy(touched, ({ of }) => of)) {
          const lane = name === undefined ? undefined : several.get(name);
          await (lane ? lane.touched(own) : leaveAlone(own, ports, listener));
        }
      await listener.shown?.();
    },
    ports.route,
  );
  for (const lane of lanes) await lane.sweep();
  const read = lanes.reduce((feed, lane) => heardBy(feed, lane.follower), createIntake(settings.detect, clock, record, ports.details));
  const intake = placed(read, ports, checkpoints, listener, fail);
  const { gap } = listener;
  // What the other side says is no text of ours.
  const trouble = (name: string, message: string): void => listener.trouble(name, ports.redact(message));
  const said = (name: string, words: string): void => listener.said?.(name, ports.redact(words));

  const complain = (thrown: unknown): void => listener.trouble('the ledger', asAiOpsError(thrown).message);
  const sweeper = setInterval(() => {
    for (const lane of lanes) lane.tick(complain);
  }, SWEEP_MS);
  try {
    if (settings.once) for (const lane of lanes) await lane.follower?.settled();
    const left = async (stream: string): Promise<void> => {
      await intake.left(stream);
      tracked.forget(stream);
    };
    await source.follow(
      { ...intake, gap, trouble, said, handover: { counted: tracked.counted, left } },
      { from: settings.from, once: settings.once, checkpoints, signal: stop },
    );
    await intake.settled();
    await Promise.all(lanes.map((lane) => lane.settled()));
  } finally {
    clearInterval(sweeper);
    for (const lane of lanes) await lane.close();
    await journal.flush(true);
  }
}

/** Mail servers may be slow: one round at a time, and nothing waits for it before the end. */
function createPosting(post: WatchPorts['post'], complain: (thrown: unknown) => void) {
  let round: Promise<unknown> | undefined;
  return {
    begin(): void {
      if (post === undefined || round !== undefined) return;
      round = post(false)
        .catch(complain)
        .finally(() => {
          round = undefined;
        });
    },
    async end(isLast: boolean): Promise<void> {
      await round;
      await post?.(isLast).catch(complain);
    },
    settled: async (): Promise<void> => void (await round),
  };
}

function following(ports: LanePorts, queue: RepairQueue, listener: WatchListener, signal: AbortSignal): Follower | undefined {
  if (ports.follow === undefined) return undefined;
  const { settings, ...rest } = ports.follow;
  const tell = (moved: Moved): void => {
    listener.moved?.(moved);
    if (moved.trace.state === 'regressed') queue.offer(moved.trace.fingerprint, true);
  };
  const placeOf: LifecyclePorts['placeOf'] = async (incident) => (await ports.judge(incident, incident.sample)).place;
  const away = createAway(listener);
  const looked = async (): Promise<void> => {
    await away(async () => {
      for (const trace of (await ports.replies?.asked(signal)) ?? []) queue.offer(`${REPLY}${trace}`);
    });
  };
  return startFollower({ ...ports, ...rest, placeOf, looked }, settings, tell, (error) => listener.unasked?.(error), signal);
}

/** The host may be away: then the next look finds it again. */
async function attend(
  trace: string,
  { replies, judge, journal }: LanePorts,
  { listener, gate, away }: Pick<Considering, 'listener' | 'gate'> & { readonly away: Away },
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted || replies === undefined || !(await gate.mayRepair())) return;
  await journal.flush(true);
  await away(async () => {
    const done = await during(listener, () => replies.attend(trace, signal));
    if (done === null) return;
    const { outcome, incident } = done;
    listener.result(outcome, incident, await judge(incident, incident.sample));
    if (outcome.ofMachine) gate.failed(faultOf(outcome));
  });
}

async function during<T>(listener: WatchListener, work: () => Promise<T>): Promise<T> {
  listener.begins?.();
  try {
    return await work();
  } finally {
    listener.ends?.();
  }
}

type Away = (work: () => Promise<void>) => Promise<void>;

/** What the host refuses is told when it begins to, not at every look. */
function createAway(listener: WatchListener): Away {
  let told: string | undefined;
  return async (work) => {
    try {
      await work();
      told = undefined;
    } catch (thrown) {
      const error = asAiOpsError(thrown);
      if (!error.code.startsWith('host-') && !error.code.startsWith('git-')) throw thrown;
      if (told !== error.code) listener.unasked?.(error);
      told = error.code;
    }
  };
}

/**
 * Keeps the place of a stream as soon as it is opened, also that there is none yet, and says `ready` when all
 * places are on disk: what is written after `ready` is found again, however soon the watcher dies.
 */
function placed(
  intake: Feed,
  { journal }: Pick<WatchPorts, 'journal'>,
  checkpoints: readonly Checkpoint[],
  listener: WatchListener,
  fail: () => void,
): Feed & Pick<SourceSink, 'ready'> & { settled(): Promise<unknown> } {
  const known = new Set(checkpoints.map(({ position }) => position.stream));
  let kept: Promise<unknown> = Promise.resolve();
  const keep = (checkpoint: Checkpoint): void => {
    kept = Promise.all([kept, journal.record({ checkpoint, sightings: [] })]);
  };
  return {
    ...intake,
    opened: (at) => {
      intake.opened(at);
      const position = known.has(at.stream) ? undefined : at.positionAt(0);
      if (position) keep({ position, counted: [], ...(at.line === undefined ? {} : { line: at.line }) });
    },
    ready: (places) => {
      for (const { waiting } of places) if (waiting) keep({ position: waiting, counted: [] });
      kept = kept.then(() => journal.flush(true)).then(() => listener.ready(places));
      kept.catch(fail);
    },
    chunk: async (chunk) => {
      await kept;
      await intake.chunk(chunk);
    },
    idle: async (stream) => {
      await kept;
      return intake.idle(stream);
    },
    ended: async (stream) => {
      await kept;
      await intake.ended(stream);
    },
    left: async (stream) => {
      await kept;
      await intake.left(stream);
    },
    settled: () => kept,
  };
}

interface Considering {
  readonly listener: WatchListener;
  readonly explain: Explain;
  readonly gate: MachineGate;
  readonly outages: Outages;
}

/** @returns whether it waits for something */
async function consider(
  fingerprint: string,
  { journal, store, clock, repair, heldBack, judge }: LanePorts,
  policy: Policy,
  { listener, explain, gate, outages }: Considering,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return true;
  const [incident] = await journal.incidents({ fingerprint });
  if (!incident) return false;
  const now = clock();
  const cutOff = await cutOffOf(store, incident, policy.mode);
  const spending = await store.spending(now);
  const triage = await judge(incident, incident.sample);
  const decision = decide(incident, policy, spending, now, {
    cutOff,
    elsewhere: await elsewhereOf(store, incident),
    class: triage.class,
    hasFrame: triage.hasFrame,
    stormUntil: outages.stormUntil(fingerprint),
  });
  explain?.(incident, figures(incident, policy, spending, decision));
  if (decision.kind === 'repair' && (await gate.mayRepair())) {
    await journal.flush(true);
    listener.decided(incident, decision.reason, triage);
    const outcome = await during(listener, () => repair(incident));
    listener.result(outcome, incident, triage);
    if (outcome.ofMachine) gate.failed(faultOf(outcome));
    else gate.worked();
    return outcome.ofMachine === true;
  }
  if (decision.kind === 'repair') {
    if (incident.reason !== 'paused') await journal.setState(fingerprint, stateAfter('wait', incident.state), 'paused');
    return true;
  }
  const waits = decision.kind === 'wait';
  if (incident.reason === decision.reason || (policy.dryRun && !isUndecided(incident.state))) return waits;
  await journal.setState(fingerprint, stateAfter(decision.kind, incident.state), decision.reason);
  await heldBack?.(decision);
  listener.decided(incident, decision.reason, triage);
  return waits;
}

/** What its newest trace has found out about another box. */
async function elsewhereOf(store: TraceStore, { fingerprint, state }: Incident): Promise<Elsewhere | undefined> {
  if (state !== 'waiting') return undefined;
  const [newest] = await store.traces({ fingerprint, limit: 1, brief: true });
  return newest?.until === undefined ? undefined : { isAtWork: newest.code === 'claimed-elsewhere', until: newest.until };
}
