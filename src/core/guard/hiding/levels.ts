// What is said at a level that nobody is told of, and a limit that is put further away: the error is as it was.
import type { Source } from './source.ts';
import { LOGS } from './what-lines-do.ts';

/** Levels that somebody is told of, and those nobody is. */
const LEVEL =
  /\b(log)?(fatal|critical|error|err|severe|exception|warning|warn|info|information|debug|trace|fine|verbose)(f|w|ln|_\w+)?(?=\s*[(!:,"'\s])/i;
const TOLD = /^(?:fatal|critical|error|err|severe|exception)$/i;
const UNTOLD = /^(?:info|information|debug|trace|fine|verbose)$/i;

/** What is said stays; nobody is told of it any more. */
export function isQuieter(line: string, { gone }: Source): boolean {
  const level = LEVEL.exec(line);
  if (level === null || !UNTOLD.test(level[2] ?? '') || !LOGS.test(line)) return false;
  // With or without the trace.
  const bare = (text: string): string =>
    text
      .replace(LEVEL, '')
      .replace(/,\s*exc_info\s*=\s*\w+/, '')
      .trim();
  return gone.some((other) => TOLD.test(LEVEL.exec(other)?.[2] ?? '') && bare(other) === bare(line));
}

/** Until when something is waited for, how often it is tried, how deep or how much it may be. */
const LIMIT = /time_?-?out|retr(?:y|ies)|attempts?|deadline|max_?(?:depth|recursion|stack|wait|tries)|recursion|stack_?size/i;
const NUMBER = /(?<![\w.])\d[\d_]*(?:\.\d+)?/g;

/** The line as it was, with a greater number. */
export function isLater(line: string, { gone }: Source): boolean {
  if (!LIMIT.test(line)) return false;
  const [shape, numbers] = [line.replace(NUMBER, '0').trim(), line.match(NUMBER) ?? []];
  const value = (text: string | undefined): number => Number((text ?? '').replaceAll('_', ''));
  return gone.some((other) => {
    if (other.replace(NUMBER, '0').trim() !== shape) return false;
    const were = other.match(NUMBER) ?? [];
    return numbers.every((one, at) => value(one) >= value(were[at])) && numbers.some((one, at) => value(one) > value(were[at]));
  });
}
