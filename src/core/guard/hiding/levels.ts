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
const LIMIT = /time_?-?out|retr(?:y|ies)|attempts?|deadline|max(?:imum)?_?\w*|_max\b|\blimit\b|_limit\b|Limit\b|recursion|stack_?size/i;
const NUMBER = /(?<![\w.])\d[\d_]*(?:\.\d+)?/g;

/** The line as it was, with a greater number. */
export function isLater(text: string, { gone: before, saidNumbers }: Source): boolean {
  if (!LIMIT.test(text)) return false;
  const [line, gone] = [inNanoseconds(text), before.map(inNanoseconds)];
  const [shape, numbers] = [line.replace(NUMBER, '0').trim(), line.match(NUMBER) ?? []];
  const value = (text: string | undefined): number => Number((text ?? '').replaceAll('_', ''));
  return gone.some((other) => {
    if (other.replace(NUMBER, '0').trim() !== shape) return false;
    const were = other.match(NUMBER) ?? [];
    return (
      numbers.every((one, at) => value(one) >= value(were[at])) &&
      numbers.some((one, at) => value(one) > value(were[at])) &&
      !numbers.some((one) => saidNumbers.has(value(one)))
    );
  });
}

/** @example inNanoseconds('2 * time.Minute') // '120000000000 * time.Nanosecond' */
const inNanoseconds = (line: string): string =>
  line.replace(
    /(\d[\d_]*)\s*\*\s*time\.(Nano|Micro|Milli)?(second|Second|Minute|Hour)\b/g,
    (_all, number: string, part: string | undefined, unit: string) => {
      const parts: Readonly<Record<string, number>> = { Nano: 1, Micro: 1e3, Milli: 1e6, Minute: 6e10, Hour: 3.6e12 };
      return `${Number(number.replaceAll('_', '')) * (parts[part ?? unit] ?? 1e9)} * time.Nanosecond`;
    },
  );
