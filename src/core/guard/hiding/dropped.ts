// An error that was raised or handed on, and is not any more: a jump out of what is done in any case, words or a constant in its place.
import type { Source } from './source.ts';
import { FUNCTION, GIVES_DEFAULT, isMadeUp, LOGS, LOOPS, MODIFIER } from './what-lines-do.ts';

/** Done in any case: whoever leaves it by another way than its end takes the error along. */
const ANYWAY = /^\s*\}?\s*(?:finally|ensure)\b\s*[:{]?\s*$/;
const JUMPS = /^\s*(?:\}?\s*(?:if|unless|else)\b[^\n]*)?\b(return|break|continue|next)\b(?!\s*[=.(:])/;

/** A jump straight within it, new or in one that is new. */
export function isJump({ lines, outline: { heads, ends }, added }: Source, at: number): boolean {
  const line = lines[at] as string;
  if (/\bfinally\s*\{[^{}]*\b(?:return|break|continue)\b[^{}]*\}/.test(line)) return true;
  const leaves = (from: number): boolean => {
    const word = JUMPS.exec(lines[from] as string)?.[1];
    if (word === undefined) return false;
    for (let head = heads[from] as number; head >= 0; head = heads[head] as number) {
      const above = lines[head] as string;
      if (ANYWAY.test(above)) return true;
      if (FUNCTION.test(above) || (word !== 'return' && LOOPS.test(above))) return false;
    }
    return false;
  };
  if (!ANYWAY.test(line)) return leaves(at);
  return added.has(at) && lines.slice(at + 1, ends[at]).some((_each, index) => leaves(at + 1 + index));
}

const NO_ERROR = /^\s*return(?:\s+(?:nil|null|None|undefined|true|false|0|""|'')|\s+&?[\w.[\]]+\{\s*\}(?=,))?(?:,\s*nil)?;?\s*$/;

/** In the very place of a line that raised: below the same condition, or with the same one behind it. */
export function isDropped(
  line: string,
  { lines, outline: { heads, ends }, gone, raisedBelow, raisedWhere, endedBelow }: Source,
  at: number,
): boolean {
  const givesNothing = (each: string): boolean => {
    const bare = each.replace(MODIFIER, '');
    return NO_ERROR.test(bare) || (/^\s*(?:return|continue|break|next)\b/.test(bare) && GIVES_DEFAULT.test(bare));
  };
  if (!LOGS.test(line) && !givesNothing(line)) return handsDefault(line, lines, gone);
  const condition = MODIFIER.exec(line)?.[0];
  if (condition !== undefined) return raisedWhere.has(condition);
  const head = heads[at] ?? -1;
  // Who ended the program goes on as if all were well.
  if (head >= 0 && LOGS.test(line) && endedBelow.has((lines[head] as string).trim()))
    return lines.slice(head + 1, ends[head]).every((each) => each.trim() === '' || LOGS.test(each));
  if (head < 0 || !raisedBelow.has(lines[head] as string)) return false;
  // Somebody may raise what is made of it there, or mend it.
  return lines.slice(head + 1, ends[head]).every((each) => each.trim() === '' || LOGS.test(each) || givesNothing(each));
}

/** Rust: a call whose error was passed on gets a default for it. Go: nobody asks for it any more. */
function handsDefault(line: string, lines: readonly string[], gone: readonly string[]): boolean {
  if (/,\s*_\s*:?=\s*[\w.]+\(/.test(line)) {
    const named = line.replace(/,\s*_(?=\s*:?=)/, ', err').replace(/\s+/g, '');
    return gone.some((other) => other.replace(/\s+/g, '').replace(/^if/, '').startsWith(named));
  }
  const call = /^(.*\))\s*\.unwrap_or(?:_default|_else)?\(/.exec(line)?.[1];
  if (call !== undefined) return gone.some((other) => other.startsWith(`${call}?`));
  const value = /^\s*Err\(_\w*\)\s*=>\s*(.*?),?\s*$/.exec(line)?.[1];
  if (value === undefined || !(isMadeUp(value) || GIVES_DEFAULT.test(`return ${value}`))) return false;
  const passed = gone.map((other) => /(?:=|^)\s*([^=]+?\))\?;\s*$/.exec(other)?.[1]).filter((one) => one !== undefined);
  return passed.some((one) => lines.some((other) => other.includes(`match ${one}`)));
}
