// What the scripted Messages API says in place of a model: the recorded answers of the example, and tool calls that
// make the same kind of fix. A script is a function of the request alone, so that it never matters who asks first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagesRequest, Script } from '../standins/anthropic/server.ts';
import type { Turn } from '../standins/anthropic/turns.ts';

const ANSWERS = new URL('../../examples/orders-service-answers/', import.meta.url).pathname;

export interface RecordedAnswer {
  readonly answer: string;
  /** Where the bug is. */
  readonly file: string;
  /** What the log says of it. */
  readonly message: string;
}

export const ANSWERED = JSON.parse(readFileSync(join(ANSWERS, 'answers.json'), 'utf8')) as readonly RecordedAnswer[];

export function recorded(answer: string): string {
  return readFileSync(join(ANSWERS, answer), 'utf8');
}

/** Files of an answer in code_blocks form, read in the plainest way there is. */
export function filesOf(answer: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...answer.matchAll(/<code_block filename="([^"]+)">\n([\s\S]*?)<\/code_block>/g)].map(([, path, text]) => [path, text]),
  );
}

export function block(path: string, content: string, isNew = false): string {
  return `<code_block filename="${path}"${isNew ? ' new="true"' : ''}>\n${content}</code_block>\n`;
}

export const say = (text: string): Turn => ({ kind: 'text', text });
export const call = (name: string, input: Readonly<Record<string, unknown>>): Turn => ({ kind: 'tool', name, input });

/** The answer that is recorded for the file which the prompt names first: an event begins at its crash site. */
export const answerFromTheBook = (({ raw }) => {
  const named = ANSWERED.filter(({ file }) => raw.includes(file));
  const [first] = named.sort((a, b) => raw.indexOf(a.file) - raw.indexOf(b.file));
  return say(first ? recorded(first.answer) : 'I know of no such error.');
}) satisfies Script;

/** One turn after the other; each may know where the CLI works. */
export function conversation(...turns: readonly ((path: (file: string) => string) => Turn)[]): Script {
  return (request) => {
    const turn = turns[Math.min(request.turn, turns.length - 1)];
    return turn === undefined ? say('') : turn((file) => join(workplace(request), file));
  };
}

/** The CLI tells the model in its system prompt where it works. */
function workplace({ system }: MessagesRequest): string {
  const dir = /working directory: (.+)/.exec(system)?.[1];
  if (dir === undefined) throw new Error('the CLI does not say where it works');
  return dir;
}

export const CART_BEFORE = 'order.coupon.percent';
export const CART_AFTER = '(order.coupon?.percent ?? 0)';

/** Reads the file of the bug, then edits it in place. */
export const editTheCart: Script = conversation(
  (path) => call('Read', { file_path: path('src/cart.js') }),
  (path) => call('Edit', { file_path: path('src/cart.js'), old_string: CART_BEFORE, new_string: CART_AFTER }),
  () => say('`totalOf` reads the coupon of an order that has none. Without a coupon the discount is now zero.'),
);
