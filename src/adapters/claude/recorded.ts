// An answer from a file in place of Claude: for the demo and for trying ai-ops without an account. It says so in `engine`.
// In agentic mode a recorded answer changes no file: it is words only.
import { readFile } from 'node:fs/promises';
import { fail } from '../../errors.ts';
import type { Fixer } from '../../ports.ts';

/** One answer for every prompt, or that of the file which the prompt names first: the crash site stands first in an event. */
export type Recording =
  | { readonly file: string }
  | { readonly text: string }
  | { readonly answers: readonly { readonly file: string; readonly text: string }[] };

export const RECORDED_ENGINE = 'recorded answer';

export function createRecordedFixer(recording: Recording): Fixer {
  return {
    plan: () => ({ argv: [], environment: [] }),
    async fix({ prompt, signal }) {
      if (signal.aborted) throw fail('interrupted');
      const text = await find(recording, prompt);
      return { summary: text, text, engine: RECORDED_ENGINE, costUsd: 0, turns: 0, modelMs: 0 };
    },
  };
}

async function find(recording: Recording, prompt: string): Promise<string> {
  if ('text' in recording) return recording.text;
  if ('file' in recording) return readFile(recording.file, 'utf8');
  const named = recording.answers.map((answer) => ({ answer, at: prompt.indexOf(answer.file) })).filter(({ at }) => at !== -1);
  const answer = named.sort((a, b) => a.at - b.at)[0]?.answer;
  if (answer === undefined) throw fail('claude-failed', { detail: 'no answer is recorded for this error' });
  return answer.text;
}
