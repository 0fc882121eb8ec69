// A step is one row of a trace: written as running before its work begins, closed when the work has ended, with what it
// found kept beside it. In a repair that goes on, a step that has ended gives what it found and does not work again.
import type { Outcome, StepName, StepRecord, Trace } from '../../core/model.ts';
import { asksClaude, isBefore, resumePoint } from '../../core/policy/steps.ts';
import { type AiOpsError, asAiOpsError, fail } from '../../errors.ts';
import type { Clock, Progress, Redact, TraceStore } from '../../ports.ts';
import type { Found, Keeping, KeptParts } from './handed-on.ts';
import { type Keepsake, pack, unpack } from './step-results.ts';

/** What a repair has learned so far; the outcome is made of it, however the repair ends. */
export type Facts = Partial<
  Pick<Outcome, 'branch' | 'commit' | 'request' | 'issue' | 'proof' | 'files' | 'guard' | 'costUsd' | 'turns' | 'modelMs' | 'withheld'> & {
    diff: string;
    summary: string;
    /** The request is another bug's. */
    joins: true;
    /** Whoever asked for it on a request was told how it ended, where all boxes see it. */
    isReplied: true;
    /** Before this time another box is not to be disturbed; ISO 8601 UTC. */
    until: string;
    /** How many answers Claude was asked for; absent is one. */
    answers: number;
  }
>;

/** Lets the work of a step say what it found: `learn` keeps facts, `say` is the step's line for people. */
export interface Telling {
  learn(facts: Facts): void;
  /** Adds to what the repair has cost. */
  spend(cost: Spent): void;
  say(summary: string): void;
}

/** Absent is unknown. */
export type Spent = Pick<Facts, 'costUsd' | 'turns' | 'modelMs'>;

export type Run<N extends StepName> = (tell: Telling) => Promise<Found[N]>;

/** Work that begins with something: that is kept while it is under way, so that cut off it begins with the same again. `G` is redacted, and made of JSON and bytes. */
export interface GivenWork<N extends StepName, G> {
  readonly given: G | undefined;
  readonly run: (tell: Telling, given: G | undefined) => Promise<Found[N]>;
}

/** Work whose value is not kept as it is, but made again from a part of it. The part is made of JSON and bytes. */
export interface PartWork<N extends Keeping<'part'>> {
  readonly run: Run<N>;
  readonly keep: (value: Found[N]) => KeptParts[N];
  /**
   * The value again. `isToDo` tells which steps are still to come.
   * @param kept `undefined` where it held what looks like a secret, and no step to come needs it: then nothing need be returned
   */
  readonly recall: (kept: KeptParts[N] | undefined, isToDo: (step: StepName) => boolean) => Promise<Found[N] | undefined>;
}

/** Any work, as it is carried out: which fits which step, the types of `Steps` have said. */
interface Work {
  readonly run: (tell: Telling, given?: unknown) => Promise<unknown>;
  readonly given?: unknown;
  readonly keep?: (value: unknown) => unknown;
  readonly recall?: (kept: unknown, isToDo: (step: StepName) => boolean) => Promise<unknown>;
}

export interface Steps {
  /** Runs one step. What it throws becomes the row's error, and is thrown on. Run again, its row is written anew. */
  step<N extends Keeping<'part'>>(name: N, work: PartWork<N>): Promise<Found[N]>;
  step<N extends Keeping<'value'>, G>(name: N, work: Run<N> | GivenWork<N, G>): Promise<Found[N]>;
  /** As `step`, but an error ends only the step: the repair goes on. */
  optional<N extends Keeping<'nothing'>>(name: N, work: Run<N>): Promise<void>;
  facts(): Facts;
}

/** What an earlier run of the same trace has left. */
export interface Earlier {
  readonly rows: ReadonlyMap<StepName, StepRecord>;
  readonly kept: ReadonlyMap<StepName, Keepsake>;
  /** The first step to work again; `null` when only the ending is missing. */
  readonly point: StepName | null;
  /** What was paid for answers that did not come or are not there any more. */
  readonly spent: Spent;
}

export const NOTHING_EARLIER: Earlier = { rows: new Map(), kept: new Map(), point: 'claim', spent: {} };

/**
 * Reads what is left of a trace's steps.
 * @param isLost its commit is not in the store
 */
export async function earlierOf(
  store: TraceStore,
  { trace, steps, code, costUsd, turns, modelMs }: Trace,
  isLost = false,
): Promise<Earlier> {
  const texts = [...(await store.kept(trace))].map(([name, text]) => [name, unpack(text)] as const);
  const kept = new Map(texts.flatMap(([name, keepsake]) => (keepsake === undefined ? [] : [[name, keepsake] as const])));
  // What a rule refuses in a commit is mended by another commit of the same change.
  const isKept = (name: StepName): boolean => kept.has(name) && !(name === 'commit' && (isLost || code === 'rule-refused'));
  const ended = steps.filter(({ name, outcome }) => outcome === 'ok' && isKept(name)).map(({ name }) => name);
  const whole = new Set([...kept].flatMap(([name, { value }]) => (value === undefined ? [] : [name])));
  const point = resumePoint(new Set(ended), whole);
  const spent = asksClaude(point) ? added({}, { costUsd, turns, modelMs }) : {};
  return { rows: new Map(steps.map((row) => [row.name, row])), kept, point, spent };
}

function added(before: Spent, more: { readonly [name in keyof Spent]?: number | null | undefined }): Spent {
  const names = ['costUsd', 'turns', 'modelMs'] as const;
  return Object.fromEntries(names.flatMap((name) => (more[name] == null ? [] : [[name, (before[name] ?? 0) + more[name]]])));
}

export interface StepPorts {
  readonly store: TraceStore;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly redact: Redact;
}

/** Steps of one trace. Rows reach the store before and after the work, and `progress` sees the same. */
export function createSteps(trace: string, ports: StepPorts, signal: AbortSignal, earlier: Earlier): Steps {
  const facts: Facts = { ...earlier.spent };
  let isWorking = false;
  // A step before the point is to do as well once one after it has worked and was not content.
  const isToDo = (name: StepName): boolean => isWorking || !isBefore(name, earlier.point);

  const recall = async (name: StepName, { recall: again }: Work): Promise<unknown> => {
    const { facts: learned, value } = earlier.kept.get(name) ?? { facts: {} };
    const found = value === undefined ? 'its ending' : 'its ending and its result';
    ports.progress.details?.('steps')?.(`${trace}: ${name}: not made again: ${found} of an earlier run stood in the ledger`);
    Object.assign(facts, learned);
    // Where no value was kept, `resumePoint` has made sure that no step to come looks at it.
    return again ? again(value?.exact, isToDo) : value?.exact;
  };

  /** What the step that was cut off had begun with. */
  const givenBefore = (name: StepName): unknown => {
    const left = isWorking || name !== earlier.point ? undefined : earlier.kept.get(name);
    if (left) Object.assign(facts, left.facts, earlier.spent);
    return left?.value?.exact;
  };

  const run = async (name: StepName, asked: Work['run'] | Work): Promise<unknown> => {
    const work = typeof asked === 'function' ? { run: asked } : asked;
    if (!isToDo(name)) return recall(name, work);
    if (signal.aborted) throw fail('interrupted');
    const given = givenBefore(name) ?? work.given;
    isWorking = true;
    return perform(trace, ports, facts, name, { ...work, given });
  };

  return {
    step: run as Steps['step'],
    optional: async (name, work) => {
      await run(name, work).catch((thrown) => {
        if (asAiOpsError(thrown).code === 'interrupted') throw thrown;
      });
    },
    facts: () => facts,
  };
}

async function perform(trace: string, ports: StepPorts, facts: Facts, name: StepName, work: Work): Promise<unknown> {
  const { run, keep, given } = work;
  const began = ports.clock();
  const startedAt = began.toISOString();
  const learned: Facts = {};
  let summary = '';
  const learn = (more: Facts): void => {
    Object.assign(learned, more);
    Object.assign(facts, more);
  };
  const tell: Telling = {
    learn,
    spend: (cost) => learn(added(facts, cost)),
    say: (line) => {
      summary = line;
    },
  };
  const row = (outcome: StepRecord['outcome']): StepRecord => {
    const ended = ports.clock();
    const times = { startedAt, endedAt: ended.toISOString(), durationMs: ended.getTime() - began.getTime() };
    return { name, ...times, outcome, summary: ports.redact(summary) };
  };
  const begun =
    given === undefined ? undefined : { value: pack(added({}, facts), given, ports.redact).text, costUsd: facts.costUsd ?? null };
  await close(ports, trace, { name, startedAt, endedAt: null, durationMs: null, outcome: 'running', summary }, begun);
  try {
    const value = await run(tell, given);
    const { text, isWhole } = pack(learned, keep ? keep(value) : value, ports.redact);
    if (!isWhole) summary += '; not kept for a resume: it holds what looks like a secret';
    await close(ports, trace, row('ok'), { value: text, costUsd: learned.costUsd ?? null });
    return value;
  } catch (thrown) {
    const error = asAiOpsError(thrown);
    const outcome = error.code === 'interrupted' ? 'interrupted' : error.exitCode === 0 ? 'skipped' : 'failed';
    await close(ports, trace, { ...row(outcome), error: told(error, trace, ports.redact) });
    throw error;
  }
}

async function close(ports: StepPorts, trace: string, row: StepRecord, kept?: { value: string; costUsd: number | null }): Promise<void> {
  await ports.store.step(trace, row, kept);
  ports.progress.step(trace, row);
}

function told({ code, message, hint }: AiOpsError, trace: string, redact: Redact): NonNullable<StepRecord['error']> {
  return { code, message: redact(message), hint: hint.replaceAll('{trace}', trace) };
}
