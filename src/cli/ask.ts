// Questions on a terminal, by Node's readline. Talk goes to standard error; Ctrl-C and Ctrl-D end the command.
import { createInterface } from 'node:readline/promises';
import { fail } from '../errors.ts';
import type { CommandContext } from './context.ts';

export interface Questions {
  /** @returns the trimmed answer, or `fallback` for an empty one. @throws AiOpsError `interrupted` */
  text(question: string, fallback: string): Promise<string>;
  /** Asks again until the answer is one of `words`. */
  choice<const T extends string>(question: string, words: readonly T[], fallback: T): Promise<T>;
  close(): void;
}

/** Takes the terminal until `close`. */
export function createQuestions({ stdin, stderr, output, signal }: CommandContext): Questions {
  const terminal = createInterface({ input: stdin, output: stderr, terminal: true });
  // While readline holds the terminal Ctrl-C is a key, not a signal; and a closed input leaves questions open for ever.
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  terminal.once('SIGINT', leave).once('close', leave);

  const ask = async (prompt: string): Promise<string> => {
    try {
      return (await terminal.question(prompt, { signal: AbortSignal.any([signal, gone.signal]) })).trim();
    } catch (thrown) {
      throw fail('interrupted', {}, thrown);
    }
  };
  const text = async (question: string, fallback: string): Promise<string> => {
    const shown = fallback === '' ? '' : ` ${output.paintTalk.faint(`[${fallback}]`)}`;
    return (await ask(`${output.paintTalk.strong(question)}${shown}: `)) || fallback;
  };
  const choice = async <const T extends string>(question: string, words: readonly T[], fallback: T): Promise<T> => {
    for (;;) {
      const answer = await text(`${question} (${words.join(', ')})`, fallback);
      const found = words.find((word) => word === answer);
      if (found !== undefined) return found;
      output.warn(`one of ${words.join(', ')}, please`);
    }
  };
  return { text, choice, close: () => terminal.close() };
}
