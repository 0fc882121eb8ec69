// What a run stands in: the process's surroundings, and the clock that every part is given.
import type { Clock, Details, Fixer, Journal, Outbox, Progress, TraceStore } from '../ports.ts';

export const clock: Clock = () => new Date();

/** What a run is given: the process's surroundings and what the command has opened. */
export interface Surroundings {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly store: TraceStore & Outbox & Pick<Journal, 'facts' | 'incidents'>;
  /** In place of the Claude CLI: the demo's recorded answer. */
  readonly fixer?: Fixer;
}

/** Where a command runs and whom it tells: what its context has of that. */
export interface Surrounded extends Pick<Surroundings, 'cwd' | 'env'> {
  readonly details: Details;
  readonly output: { note(text: string): void };
}
