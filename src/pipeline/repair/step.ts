// A step is one row of a trace: written as running before its work begins, closed when the work has ended, with what it
// found kept beside it. In a repair that goes on, a step that has ended gives what it found and does not work again.
import type { Outcome, StepName, StepRecord, Trace } from '../../core/model.ts';
import { asksClaude, isBefore, resumePoint } from '../../core/policy/steps.ts';
import { type AiOpsError, asAiOpsError, fail } from '../../errors.ts';
import type { Clock, Progress, Redact, TraceStore } from '../../ports.ts';
import { type Keepsake, pack, unpack } from './step-results.ts';

/** What a repair has learned so far; the outcome is made of it, however the repair ends. */
export type Facts = Partial<
  Pick<Outcome, 'branch' | 'commit' | 'request' | 'proof' | 'files' | 'guard' | 'costUsd' | 'turns' | 'modelMs' | 'withheld'> & {
    diff: string;
    summary: string;
    /** The request is another bug's. */
    joins: true;
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

type Run<T, G = never> = (tell: Telling, given?: G) => Promise<T>;

/** Work whose value is not kept as it is, or that must not be done twice. `K` and `G` are made of JSON and bytes. */
export interface Work<T, K, G = never> {
  readonly run: Run<T, G>;
  /** What the work begins with, kept while it is under way: cut off, it begins with the same again. Redacted. */
  readonly given?: G | undefined;
  readonly keep?: (value: T) => K;
  /** The value again, from what was kept. `isToDo` tells which steps are still to come. */
  readonly recall?: (kept: K, isToDo: (step: StepName) => boolean) => Promise<T>;
  /** Where nobody can know whether it was done before a crash: it is not done again, and its row says these words. */
  readonly once?: string;
}

export interface Steps {
  /** Runs one step. What it throws becomes the row's error, and is thrown on. Run again, its row is written anew. */
  step<T, K = T, G = never>(name: StepName, work: Run<T> | Work<T, K, G>): Promise<T>;
  /** As `step`, but an error ends only the step: the repair goes on. */
  optional(name: StepName, work: Work<void, void>): Promise<void>;
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

/** Reads what is left of a trace's steps. */
export async function earlierOf(store: TraceStore, { trace, steps, costUsd, turns, modelMs }: Trace): Promise<Earlier> {
  const texts = [...(await store.kept(trace))].map(([name, text]) => [name, unpack(text)] as const);
  const kept = new Map(texts.flatMap(([name, keepsake]) => (keepsake === undefined ? [] : [[name, keepsake] as const])));
  const ended = steps.filter(({ name, outcome }) => outcome === 'ok' && kept.has(name)).map(({ name }) => name);
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

  const recall = async <T, K, G>(name: StepName, { recall: again }: Work<T, K, G>): Promise<T> => {
    const { facts: learned, value } = earlier.kept.get(name) ?? { facts: {} };
    const found = value === undefined ? 'its ending' : 'its ending and its result';
    ports.progress.details?.('steps')?.(`${trace}: ${name}: not made again: ${found} of an earlier run stood in the ledger`);
    Object.assign(facts, learned);
    // Where no value was kept, `resumePoint` has made sure that no step to come looks at it.
    return again && value ? again(value.exact as K, isToDo) : (value?.exact as T);
  };

  /** What the step that was cut off had begun with. */
  const givenBefore = (name: StepName): unknown => {
    const left = isWorking || name !== earlier.point ? undefined : earlier.kept.get(name);
    if (left) Object.assign(facts, left.facts, earlier.spent);
    return left?.value?.exact;
  };

  const run = async <T, K = T, G = never>(name: StepName, asked: Run<T> | Work<T, K, G>): Promise<T> => {
    const work: Work<T, K, G> = typeof asked === 'function' ? { run: (tell) => asked(tell) } : asked;
    if (!isToDo(name)) return recall(name, work);
    const left = earlier.rows.get(name);
    if (work.once !== undefined && left) {
      // Failed is an ending of such a step too; one that was cut off gets its ending now.
      ports.progress.details?.('steps')?.(`${trace}: ${name}: not made again: ${work.once}`);
      const now = ports.clock().toISOString();
      if (left.outcome === 'failed') return undefined as T;
      await close(ports, trace, { ...left, endedAt: now, durationMs: 0, outcome: 'skipped', summary: work.once });
      return undefined as T;
    }
    if (signal.aborted) throw fail('interrupted');
    const given = (givenBefore(name) as G | undefined) ?? work.given;
    isWorking = true;
    return perform(trace, ports, facts, name, { ...work, given });
  };

  return {
    step: run,
    optional: async (name, work) => {
      await run(name, work).catch((thrown) => {
        if (asAiOpsError(thrown).code === 'interrupted') throw thrown;
      });
    },
    facts: () => facts,
  };
}

async function perform<T, K, G>(trace: string, ports: StepPorts, facts: Facts, name: StepName, work: Work<T, K, G>): Promise<T> {
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
