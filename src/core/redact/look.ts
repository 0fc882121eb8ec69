// A cheap look at a text before the costly ones: which words stand in it, whether chance has made any of them, whether a name of a secret
// has something beside it that could be its value. Most lines of a log have nothing of it, also those that speak of tokens.
import { chanceBits } from './chance.ts';
import type { Rule } from './rule.ts';
import { ENDS_OF_NAMES } from './secret-names.ts';

const PAIRS = 2048;
const pairOf = (first: number, second: number): number => (first * 31 + second) & (PAIRS - 1);

/** Words as long as the shortest secret that shows by chance alone. */
const LONG_WORD = /[\w+/~.:|$!-]{16,}/g;
const HEX = /[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-/i;

const SIGN = '["\'`\\\\&=:>|<{%?+：\\]]|->';
const BEHIND = `(?:${SIGN}|\\.[.=]|\\)[ \\t]{0,3}["'\\]=:]|\\t|[ \\t]{1,20}(?:${SIGN}|\\.[.= ]|(?:is|was|as|using|with|to|equals|should|value|rejected|invalid|actual|given|received|input|string|str|text|bytes|char|varchar|any)\\b))`;
/** How a value begins behind a name. */
const NAMED = new RegExp(`${ENDS_OF_NAMES}${BEHIND}`, 'i');

/** What has to be seen before a rule is tried; of one shape for all, because it is asked of each rule and each text. */
export interface Gate {
  readonly rule: Rule;
  readonly words: readonly string[];
  /** Of each word its first and its last two letters; of a single letter none. */
  readonly pairs: readonly number[];
  readonly least: number;
  readonly wide: number;
}

export const gateOf = (rule: Rule): Gate => ({
  rule,
  words: rule.words,
  pairs: rule.words.flatMap((word) => (word.length < 2 ? [-1, -1] : [pairOf(...codes(word, 0)), pairOf(...codes(word, word.length - 2))])),
  least: rule.least ?? 0,
  wide: rule.wide ?? 0,
});
const codes = (word: string, at: number): [number, number] => [word.charCodeAt(at), word.charCodeAt(at + 1)];

/** @returns whether a rule may match anywhere in the text */
export function lookAt(text: string): (gate: Gate, clean: string) => boolean {
  const lower = text.toLowerCase();
  const pairs = new Uint8Array(PAIRS);
  for (let at = 1; at < lower.length; at += 1) pairs[pairOf(lower.charCodeAt(at - 1), lower.charCodeAt(at))] = 1;
  const [longest, widest] = longestWords(text);
  const holdsAny = (words: readonly string[], wanted: readonly number[]): boolean => {
    for (let at = 0; at < words.length; at += 1) {
      const first = wanted[2 * at]!;
      if ((first < 0 || (pairs[first] === 1 && pairs[wanted[2 * at + 1]!] === 1)) && lower.includes(words[at]!)) return true;
    }
    return false;
  };
  const [isChance, isNamed] = [once(() => hasChance(text)), once(() => NAMED.test(text))];
  const isSo = (asked: Rule['asks']): boolean => (asked === undefined ? true : asked === 'chance' ? isChance() : isNamed());
  return ({ rule, words, pairs: wanted, least, wide }, clean) =>
    least <= longest &&
    wide <= widest &&
    holdsAny(words, wanted) &&
    isSo(rule.asks) &&
    (rule.needs === undefined || rule.needs.every((one) => one.test(clean)));
}

function once(find: () => boolean): () => boolean {
  let known: boolean | undefined;
  return () => {
    known ??= find();
    return known;
  };
}

/** Whether there is a long word that chance may have made, or a number of hexadecimal digits: sooner yes than no. */
function hasChance(text: string): boolean {
  for (const [word] of text.matchAll(LONG_WORD)) {
    if (HEX.test(word)) return true;
    let bits = 0;
    for (const part of word.split(/[^A-Za-z0-9]+/)) if (part.length >= 4) bits += Math.max(0, chanceBits(part));
    if (bits >= 1 || (word.match(/[A-Za-z]\d|\d[A-Za-z]/g) ?? []).length >= 4) return true;
  }
  return false;
}

/** The longest word of letters, digits, strokes and dashes, and the longest of what base64 is made of. */
function longestWords(text: string): readonly [number, number] {
  let [longest, length, widest, width] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
    length = isLetter || code === 95 || code === 45 ? length + 1 : 0;
    width = isLetter || code === 43 || code === 47 ? width + 1 : 0;
    if (length > longest) longest = length;
    if (width > widest) widest = width;
  }
  return [longest, widest];
}
