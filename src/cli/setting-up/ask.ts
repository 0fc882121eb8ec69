// Questions on a terminal, by Node's readline. Talk goes to standard error; Ctrl-C and Ctrl-D end the command.
import { createInterface } from 'node:readline';
import { listed } from '../../core/texts/chinese/say.ts';
import { fail } from '../../errors.ts';
import type { CommandContext } from '../command-line/context.ts';

export interface Questions {
  /**
   * Asks again until nothing is wrong with the answer.
   * @param wrong what is wrong with it, in words
   * @returns the trimmed answer, or `fallback` for an empty one. @throws AiOpsError `interrupted`
   */
  text(question: string, fallback: string, wrong?: (answer: string) => string | undefined): Promise<string>;
  /** A line above a question: what its answers mean. */
  explain(words: string): void;
  /** Asks again until the answer is one of `words`. */
  choice<const T extends string>(question: string, words: readonly T[], fallback: T): Promise<T>;
  close(): void;
}

/** Takes the terminal until `close`. */
export function createQuestions({ stdin, stderr, output, signal }: CommandContext): Questions {
  const terminal = createInterface({ input: stdin(), output: stderr, terminal: true });
  // Lines are queued: `question` of readline loses what is typed ahead, or pasted.
  const lines: string[] = [];
  let isGone = false;
  let wake = (): void => undefined;
  const leave = (): void => {
    isGone = true;
    wake();
  };
  terminal.on('line', (line) => {
    lines.push(line);
    wake();
  });
  // While readline holds the terminal Ctrl-C is a key, not a signal.
  terminal.once('SIGINT', leave).once('close', leave);
  signal.addEventListener('abort', leave, { once: true });

  const ask = async (prompt: string): Promise<string> => {
    if (!isGone) {
      terminal.setPrompt(prompt);
      terminal.prompt();
    }
    while (lines.length === 0 && !isGone) await new Promise<void>((resolve) => (wake = resolve));
    const line = lines.shift();
    if (line === undefined) {
      stderr.write('\n'); // leaves the line of the prompt
      throw fail('interrupted');
    }
    return line.trim();
  };
  const text: Questions['text'] = async (question, fallback, wrong = () => undefined) => {
    const shown = fallback === '' ? '' : ` ${output.paintTalk.faint(`[${fallback}]`)}`;
    for (;;) {
      const answer = (await ask(`${output.paintTalk.strong(question)}${shown}: `)) || fallback;
      const problem = wrong(answer);
      if (problem === undefined) return answer;
      output.warn(problem);
    }
  };
  const choice = async <const T extends string>(question: string, words: readonly T[], fallback: T): Promise<T> => {
    for (;;) {
      const answer = await text(`${question} (${listed(words, output.say)})`, fallback);
      const found = words.find((word) => word === answer);
      if (found !== undefined) return found;
      output.warn(output.say('one of {words}, please', { words: listed(words, output.say) }));
    }
  };
  const explain = (words: string): void => output.note(output.paintTalk.faint(words));
  return { text, choice, explain, close: () => terminal.close() };
}
