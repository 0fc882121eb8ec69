// A cheap look at a text before the costly ones: which words stand in it, whether chance has made any of them, whether a name of a secret
// has something beside it that could be its value. Most lines of a log have nothing of it, also those that speak of tokens.
import { chanceBits } from './chance.ts';
import type { Rule } from './rule.ts';
import { ENDS_OF_NAMES } from './secret-names.ts';

const PAIRS = 2048;
const pairOf = (first: number, second: number): number => (first * 31 + second) & (PAIRS - 1);

/** Words as long as the shortest secret that shows by chance alone. */
const LONG_WORD = /[\w+/~.:|$!-]{16,}/g;
const PARTS = /[A-Za-z0-9]{4,}/g;
const CHANGES = /[A-Za-z]\d|\d[A-Za-z]/g;
const HEX = /[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-/i;

const SIGN = '["\'`\\\\&=:>|<{%?+!~→⇒：\\]]|->';
const BEHIND = `(?:${SIGN}|\\.(?:[.=]|val|text)|\\)[ \\t]{0,3}["'\\]=:]|\\t|[ \\t]{1,20}(?:${SIGN}|\\.[.= ]|(?:is|was|as|or|like|ilike|eq|ne|neq|using|with|to|equals|should|value|rejected|invalid|actual|given|received|input|string|str|text|bytes|char|varchar|any)\\b))`;
/** How a value begins behind a name. */
const NAMED = new RegExp(`${ENDS_OF_NAMES}${BEHIND}`, 'i');

/** What a text shows of the rules: those that may match anywhere in it, in their order. */
export interface Look {
  /** Places in the list of rules: a word of each stands in the text. */
  readonly woken: readonly number[];
  /** @param clean the text as the rules before it have left it */
  mayMatch(place: number, clean: string): boolean;
}

/** A word, and the rules that ask for it. */
interface Word {
  readonly text: string;
  /** Each two letters of it, the last first, but for the first two: nearly all words are ruled out by these. */
  readonly pairs: readonly number[];
  readonly places: number[];
}

/** @returns the look at a text for these rules; their words are looked up by the pairs of letters that stand in it */
export function lookFor(rules: readonly Rule[]): (text: string) => Look {
  const letters: Word[] = [];
  /** By their first two letters. */
  const words: (Word[] | undefined)[] = new Array<Word[] | undefined>(PAIRS).fill(undefined);
  for (const [place, rule] of rules.entries()) for (const text of rule.words) listOf(text).places.push(place);

  function listOf(text: string): Word {
    const isLetter = text.length < 2;
    const pair = pairOf(...codes(text, 0));
    const list = isLetter ? letters : (words[pair] ?? []);
    if (!isLetter) words[pair] = list;
    const known = list.find((word) => word.text === text);
    if (known) return known;
    const pairs = Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => pairOf(...codes(text, text.length - 2 - at)));
    const word: Word = { text, pairs, places: [] };
    list.push(word);
    return word;
  }

  /** Which look has seen a pair last, and woken a rule: nothing is made anew for each text. */
  const seen = new Uint32Array(PAIRS);
  const wokenBy = new Uint32Array(rules.length);
  let turn = 0;

  function isEachSeen(pairs: readonly number[]): boolean {
    for (const pair of pairs) if (seen[pair] !== turn) return false;
    return true;
  }

  function wokenIn(lower: string): readonly number[] {
    turn = (turn + 1) >>> 0;
    if (turn === 0) turn = restart(seen, wokenBy);
    const maybe: Word[][] = [letters];
    for (let at = 1; at < lower.length; at += 1) {
      const pair = pairOf(lower.charCodeAt(at - 1), lower.charCodeAt(at));
      if (seen[pair] === turn) continue;
      seen[pair] = turn;
      const list = words[pair];
      if (list) maybe.push(list);
    }
    if (maybe.length === 1 && letters.length === 0) return NONE;
    let count = 0;
    for (const list of maybe) {
      for (const word of list) {
        if (!isEachSeen(word.pairs) || !lower.includes(word.text)) continue;
        for (const place of word.places) {
          if (wokenBy[place] === turn) continue;
          wokenBy[place] = turn;
          count += 1;
        }
      }
    }
    if (count === 0) return NONE;
    const woken: number[] = [];
    for (let place = 0; woken.length < count; place += 1) if (wokenBy[place] === turn) woken.push(place);
    return woken;
  }

  return (text) => {
    const woken = wokenIn(text.toLowerCase());
    if (woken.length === 0) return NOTHING;
    const lengths = once(() => longestWords(text));
    const isChance = once(() => hasChance(text));
    const isNamed = once(() => NAMED.test(text));
    return {
      woken,
      mayMatch(place, clean) {
        const { asks, least, wide, needs } = rules[place]!;
        if (least !== undefined && least > lengths()[0]) return false;
        if (wide !== undefined && wide > lengths()[1]) return false;
        if (asks !== undefined && !(asks === 'chance' ? isChance() : isNamed())) return false;
        return needs === undefined || needs.every((one) => one.test(clean));
      },
    };
  };
}

const NONE: readonly number[] = [];
const NOTHING: Look = { woken: NONE, mayMatch: () => false };

const codes = (word: string, at: number): [number, number] => [word.charCodeAt(at), word.charCodeAt(at + 1)];

function restart(...stamps: readonly Uint32Array[]): number {
  for (const stamp of stamps) stamp.fill(0);
  return 1;
}

function once<T>(find: () => T): () => T {
  let known: T | undefined;
  return () => {
    known ??= find();
    return known;
  };
}

/** Whether there is a long word that chance may have made, or a number of hexadecimal digits: sooner yes than no. */
function hasChance(text: string): boolean {
  for (const word of text.match(LONG_WORD) ?? []) {
    if (HEX.test(word)) return true;
    let bits = 0;
    for (const part of word.match(PARTS) ?? []) bits += Math.max(0, chanceBits(part));
    if (bits >= 1 || (word.match(CHANGES) ?? []).length >= 4) return true;
  }
  return false;
}

/** The longest word of letters, digits, strokes and dashes, and the longest of what base64 is made of. */
function longestWords(text: string): readonly [number, number] {
  let longest = 0;
  let length = 0;
  let widest = 0;
  let width = 0;
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
