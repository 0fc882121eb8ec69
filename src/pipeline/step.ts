// A step is one row of a trace: written as running before its work begins, closed when the work has ended.
// It knows where a repair is and what has become known so far; the work itself is elsewhere.
import type { Outcome, StepName, StepRecord } from '../core/model.ts';
import { type AiOpsError, asAiOpsError } from '../errors.ts';
import type { Clock, Progress, Redact, TraceStore } from '../ports.ts';

/** What a repair has learned so far; the outcome is made of it, however the repair ends. */
export type Facts = Partial<
  Pick<Outcome, 'branch' | 'commit' | 'request' | 'proof' | 'files' | 'guard' | 'costUsd' | 'turns' | 'modelMs'> & {
    diff: string;
    summary: string;
  }
>;

/** Lets the work of a step say what it found: `learn` keeps facts, `say` is the step's line for people. */
export interface Telling {
  learn(facts: Facts): void;
  say(summary: string): void;
}

export interface Steps {
  /** Runs one step. What it throws becomes the row's error, and is thrown on. */
  step<T>(name: StepName, work: (tell: Telling) => Promise<T>): Promise<T>;
  /** As `step`, but an error ends only the step: the repair goes on. */
  optional(name: StepName, work: (tell: Telling) => Promise<void>): Promise<void>;
  facts(): Facts;
}

/** Steps of one trace. Rows reach the store before and after the work, and `progress` sees the same. */
export function createSteps(trace: string, ports: { store: TraceStore; clock: Clock; progress: Progress; redact: Redact }): Steps {
  const facts: Facts = {};

  const write = async (row: StepRecord): Promise<void> => {
    await ports.store.step(trace, row);
    ports.progress.step(trace, row);
  };

  const told = ({ code, message, hint }: AiOpsError): NonNullable<StepRecord['error']> => ({
    code,
    message: ports.redact(message),
    hint: hint.replaceAll('{trace}', trace),
  });

  const run = async <T>(name: StepName, work: (tell: Telling) => Promise<T>): Promise<T> => {
    const began = ports.clock();
    const startedAt = began.toISOString();
    let summary = '';
    const tell: Telling = {
      learn: (more) => void Object.assign(facts, more),
      say: (line) => {
        summary = line;
      },
    };
    const close = (outcome: StepRecord['outcome'], error?: AiOpsError): Promise<void> => {
      const ended = ports.clock();
      const times = { startedAt, endedAt: ended.toISOString(), durationMs: ended.getTime() - began.getTime() };
      const row = { name, ...times, outcome, summary: ports.redact(summary) };
      return write(error ? { ...row, error: told(error) } : row);
    };
    await write({ name, startedAt, endedAt: null, durationMs: null, outcome: 'running', summary });
    try {
      const value = await work(tell);
      await close('ok');
      return value;
    } catch (thrown) {
      const error = asAiOpsError(thrown);
      await close(error.code === 'interrupted' ? 'interrupted' : error.exitCode === 0 ? 'skipped' : 'failed', error);
      throw error;
    }
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
