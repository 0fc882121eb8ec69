// A Fixer for tests of the pipeline: answers what it is given, in order, and keeps the requests. The last answer is repeated.
import type { FixAnswer } from '../../src/core/model.ts';
import type { Fixer, FixRequest } from '../../src/ports.ts';

/** A text, an error to throw, or what to do with a request: in agentic mode, edit files in its directory. */
export type FakeAnswer = string | Error | ((request: FixRequest) => string | Promise<string>);

export interface FakeFixer extends Fixer {
  readonly requests: readonly FixRequest[];
}

export const FAKE_COST = { costUsd: 0.05, turns: 2, modelMs: 1200 } as const;

export function createFakeFixer(...answers: readonly [FakeAnswer, ...FakeAnswer[]]): FakeFixer {
  const requests: FixRequest[] = [];
  return {
    requests,
    plan: (mode) => ({ argv: ['claude', mode], environment: ['PATH'] }),
    async fix(request): Promise<FixAnswer> {
      request.signal.throwIfAborted();
      const answer = answers[Math.min(requests.length, answers.length - 1)] as FakeAnswer;
      requests.push(request);
      if (answer instanceof Error) throw answer;
      const text = typeof answer === 'string' ? answer : await answer(request);
      return { summary: text, text, engine: 'fake 1.0.0', ...FAKE_COST };
    },
  };
}
