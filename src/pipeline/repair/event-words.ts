// What of an incident goes into a prompt: redacted, its users' values taken out where the frames lead to the code, and the
// number of secrets that were withheld from everything that is told of it.
import { abstractEvent, abstractValues, wordsOf } from '../../core/context/abstract-values.ts';
import type { FixAnswer, Incident } from '../../core/model.ts';
import { cap, FENCE_CHARS } from '../../core/redact/fence.ts';
import { countWithheld } from '../../core/redact/redact.ts';
import type { PromptFile } from '../../core/texts/prompt.ts';
import type { Redact } from '../../ports.ts';

/**
 * Text and title of the incident for a prompt. Values are abstracted only where a frame leads to a file of the repository:
 * otherwise the message is all there is.
 */
export function eventWords(
  { sample, title }: Pick<Incident, 'sample' | 'title'>,
  files: readonly PromptFile[],
  redact: Redact,
): { readonly text: string; readonly title: string } {
  // Capped before it is read by patterns; the fence caps it once more.
  const text = cap(redact(sample.text), FENCE_CHARS);
  if (files.length === 0) return { text, title: redact(title) };
  const knows = wordsOf(files.flatMap((file) => (file.text === undefined ? [] : [file.text])));
  const { frames } = sample;
  // The frames that are told once more come from the event as it is.
  return { text: redact(abstractEvent({ text, frames }, knows)), title: abstractValues({ text: redact(title), frames }, knows) };
}

/** Secrets that were taken out of what is told of a repair: of the event, of Claude's words, each counted once. */
export function withheldFrom(
  { sample, title }: Pick<Incident, 'sample' | 'title'>,
  answer: Pick<FixAnswer, 'text'> | null,
  redact: Redact,
): number {
  return countWithheld([title, sample.text, answer?.text ?? ''].map(redact).join('\n'));
}
