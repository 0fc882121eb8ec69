// A server is looked at again and again. What fails is tried again, ever more seldom or as the server asks, and told once.
import { setTimeout as sleep } from 'node:timers/promises';
import { type AiOpsError, asAiOpsError } from '../../../errors.ts';
import type { SourceSink } from '../../../ports.ts';
import type { Waiting } from './connection.ts';

export interface Looking {
  readonly name: string;
  readonly sink: Pick<SourceSink, 'trouble'>;
  /** Between two looks, in ms. */
  readonly pollMs: number;
  /** After the first failure, and at most, in ms. */
  readonly retryMs: { readonly first: number; readonly most: number };
  /** What was told before the first look. */
  readonly told?: string;
  /** Whether it may pass; what may not is thrown. */
  passes(error: AiOpsError): boolean;
  look(): Promise<void>;
}

/** Until the signal aborts. */
export async function keepLooking(looking: Looking, signal: AbortSignal): Promise<void> {
  const { name, sink, pollMs, retryMs } = looking;
  let [told, failures] = [looking.told ?? '', 0];
  while (!signal.aborted) {
    let waitMs = pollMs;
    try {
      await looking.look();
      [told, failures] = ['', 0];
    } catch (thrown) {
      const error = asAiOpsError(thrown);
      if (error.code === 'interrupted' || signal.aborted) break;
      if (!looking.passes(error)) throw error;
      if (told !== error.message) sink.trouble(name, error.message);
      told = error.message;
      waitMs = Math.max(askedFor(error), Math.min(retryMs.most, retryMs.first * 2 ** failures));
      failures += 1;
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

/** So long the server has asked to be left alone, in ms. */
function askedFor({ cause }: AiOpsError): number {
  return typeof cause === 'object' && cause !== null && 'waitMs' in cause ? (cause as Waiting).waitMs : 0;
}
