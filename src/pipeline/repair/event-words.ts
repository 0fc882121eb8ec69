// Words of strangers made fit to be told. Of an incident: redacted, its users' values taken out where the frames lead to the
// code, and the number of secrets withheld. Of Claude: what it tried and could not do.
import { abstractEvent, abstractValues, wordsOf } from '../../core/context/abstract-values.ts';
import type { FixAnswer, Incident, StoppedTry } from '../../core/model.ts';
import { cap, FENCE_CHARS, visible } from '../../core/redact/fence.ts';
import { withoutPersonal } from '../../core/redact/personal.ts';
import { countWithheld } from '../../core/redact/redact.ts';
import type { PromptFile } from '../../core/texts/prompt.ts';
import type { Redact, Spent } from '../../ports.ts';

/**
 * Text and title of the incident for a prompt. Values are abstracted only where a frame leads to a file of the repository:
 * otherwise the message is all there is, and only what identifies a person is taken out of it.
 */
export function eventWords(
  { sample, title }: Pick<Incident, 'sample' | 'title'>,
  files: readonly PromptFile[],
  redact: Redact,
): { readonly text: string; readonly title: string } {
  // Capped before it is read by patterns; the fence caps it once more.
  const text = cap(redact(sample.text), FENCE_CHARS);
  if (files.length === 0) return { text: withoutPersonal(text), title: withoutPersonal(redact(title)) };
  const knows = wordsOf(files.flatMap((file) => (file.text === undefined ? [] : [file.text])));
  // By the look of their names none may be of the application, and yet one leads to where the error is.
  const leads = files.some(({ role }) => role === 'nearest') && !sample.frames.some(({ inApp }) => inApp);
  const frames = leads ? sample.frames.map((frame) => ({ ...frame, inApp: true })) : sample.frames;
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

/**
 * What Claude tried and could not do, without secrets and hidden characters.
 * @param from an answer, or the cause of an error of `Fixer.fix`
 */
export function stoppedIn(from: unknown, redact: Redact): readonly StoppedTry[] {
  const { stopped } = (typeof from === 'object' && from !== null ? from : {}) as Partial<Spent>;
  const tame = (text: string): string => redact(visible(text));
  return (stopped ?? []).map(({ tool, input, times }) => ({ tool: tame(tool), input: tame(input), times }));
}
