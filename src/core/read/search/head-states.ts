// The automaton of known heads, in the memory of the search: a tree of states over the bytes of a line's beginning, where
// a number, a word or a quoted text may stand for any of its kind. `wasm/heads.ts` follows it. What a head is, and
// whether it may be trusted, is the business of `head-learner.ts`.

import { levelNames } from '../../formats/level.ts';

/** A piece of a head. `any`: any number of digits; `fixed`: so many digits, whatever their value; `as-is`: this very text. */
export interface NarrowPart {
  readonly kind: 'as-is' | 'any' | 'fixed';
  readonly text: string;
}

export type Part =
  | NarrowPart
  /** A word and the numbers in it; `mayBeAny` tells whether another one could stand here, and is asked only when many have come. */
  | { readonly kind: 'word'; readonly text: string; readonly inside: readonly NarrowPart[]; readonly mayBeAny: () => boolean }
  /** A quote and the text up to the one that ends it. */
  | { readonly kind: 'quoted'; readonly text: string };

/** Where the automaton begins, tried one after the other: a head that does not go together with those of one goes to the next. */
export type Roots = readonly number[];
/** At a line, and at a line that an envelope of JSON holds. */
export const LINE: Roots = [1, 2, 3, 4, 5, 6, 7, 8];
export const INNER: Roots = [9, 10, 11, 12, 13, 14, 15, 16];

export interface HeadStates {
  /** Adds a head. @returns false where it does not go together with those that are known */
  add(roots: Roots, parts: readonly Part[], said: HeadSays): boolean;
}

/** What is known of a line by its head, whatever stands behind it. */
export interface HeadSays {
  /** It is below the limit. */
  readonly isQuiet: boolean;
  /** The number of the stream of which it begins a record; 0 where that is not known. */
  readonly stream: number;
  /** Its level shows behind any part of the head: no event above goes on with it, whatever stands behind the head. */
  readonly closes: boolean;
  /** No head of whoever carried such a line stands before it. */
  readonly isAlone: boolean;
}

// The places and numbers that `wasm/memory.ts` and `wasm/heads.ts` name.
const STATES = 0x1_0000;
const KINDS = STATES + 0x10_0000;
const STRIDE_OF = 0x16_e000;
const STRIDES = 0x17_0000;
const STREAMS = 0x18_0000;
const LEVEL_WORDS = 0x18_7000;
const ROW = 128;
const MAX_STATES = 4096;
const ROOTS = 16;
const SPECIAL = 0x1000;
const WORD = 1;
const QUOTED = 2;
const QUIET = 16;
const LOUD = 32;
const CLOSES = 64;
const ALONE = 128;
/** When so many different words have come at a place, any word is tried there. */
const MANY_WORDS = 12;
const QUOTE = 34;

/** Bytes of a stride in memory; how many bytes of a line it takes; how many there may be, at all and at one state. */
const STRIDE = 64;
const PATTERN = 16;
const FOLD = 32;
const TO = 48;
const NEXT = 52;
const ZERO = 48;
const MAX_STRIDE = 16;
const MIN_STRIDE = 6;
const MAX_STRIDES = 1024;
const MAX_CHAIN = 12;
const MAX_CONFLICTS = 64;
/** So many heads are kept to renew strides of. */
const MAX_ADDED = 1024;

export const WORD_SIGN = /[\w.$-]/;
const SIGNS = Array.from({ length: 128 }, (_, code) => code);
const DIGITS = SIGNS.slice(48, 58);
const WORD_SIGNS = SIGNS.filter((code) => WORD_SIGN.test(String.fromCharCode(code)));

/** @param changed is told when other heads are known */
export function createHeadStates(memory: ArrayBuffer, changed: () => void): HeadStates {
  const rows = new Uint16Array(memory, STATES, MAX_STATES * ROW);
  const kinds = new Uint8Array(memory, KINDS, MAX_STATES);
  const streams = new Uint8Array(memory, STREAMS, MAX_STATES);
  const words = new Uint8Array(memory, LEVEL_WORDS, 8192);
  for (const name of levelNames()) {
    if (!/^[a-z]+$/.test(name)) continue;
    const hash = [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 0) & 0xffff;
    words[hash >> 3]! |= 1 << (hash & 7);
  }
  let used = ROOTS;
  /** How many words begin at a state. */
  let begun = new Map<number, number>();

  function clear(): void {
    rows.fill(0);
    kinds.fill(0);
    streams.fill(0);
    used = ROOTS;
    begun = new Map();
    strideOf.fill(0);
    strideCount = 0;
    conflicts = 0;
    added.length = 0;
    isStale = false;
  }

  const follow = (state: number, code: number): number => rows[(state % SPECIAL) * ROW + code]!;

  function lead(state: number, codes: readonly number[], to: number): void {
    for (const code of codes) rows[(state % SPECIAL) * ROW + code] = to;
  }

  function made(kind: number): number {
    if (used + 1 >= MAX_STATES) throw new Full();
    used++;
    if (kind !== 0) kinds[used] = kind;
    return kind === 0 ? used : used + SPECIAL;
  }

  function endOf({ isQuiet, stream, closes, isAlone }: HeadSays): number {
    const state = made((isQuiet ? QUIET : LOUD) | (closes ? CLOSES : 0) | (isAlone ? ALONE : 0));
    streams[state - SPECIAL] = stream;
    return state;
  }

  const isEnd = (state: number): boolean => state > SPECIAL && kinds[state - SPECIAL]! >= QUIET;

  /** Behind `text`; 0 where something more general stands there already. */
  function literal(from: number, text: string): number {
    let state = from;
    for (const sign of text) {
      const code = sign.charCodeAt(0);
      const next = follow(state, code);
      // A known state may stand for more than this sign.
      const isShared = next !== 0 && (next === state || (DIGITS.includes(code) && DIGITS.every((digit) => follow(state, digit) === next)));
      if (isShared || (next > SPECIAL && !isEnd(next))) return 0;
      if (next === 0) lead(state, [code], made(0));
      state = follow(state, code);
      if (isEnd(state)) return state;
    }
    return state;
  }

  /** Behind so many digits of any value. */
  function fixed(from: number, text: string): number {
    let state = from;
    for (const sign of text) {
      const known = DIGITS.map((digit) => follow(state, digit));
      if (known.every((next) => next === 0)) lead(state, DIGITS, made(0));
      else if (!known.every((next) => next === known[0] && next !== state && next < SPECIAL)) return 0;
      state = follow(state, sign.charCodeAt(0));
    }
    return state;
  }

  /** Behind any number of digits. */
  function any(from: number, text: string): number {
    const code = text.charCodeAt(0);
    const next = follow(from, code);
    if (next === 0 && DIGITS.every((digit) => follow(from, digit) === 0)) {
      const state = made(0);
      lead(from, DIGITS, state);
      lead(state, DIGITS, state);
      return state;
    }
    return next !== 0 && next < SPECIAL && DIGITS.every((digit) => follow(from, digit) === next && follow(next, digit) === next) ? next : 0;
  }

  function word(from: number, { text, inside, mayBeAny }: Extract<Part, { kind: 'word' }>): number {
    const next = follow(from, text.charCodeAt(0));
    if (next > SPECIAL && kinds[next - SPECIAL] === WORD) return mayBeAny() ? next : 0;
    const count = begun.get(from) ?? 0;
    if (count < MANY_WORDS || !mayBeAny()) {
      const before = used;
      const state = inside.reduce((at, piece) => (at === 0 ? 0 : step(at, piece)), from);
      if (used > before) begun.set(from, count + 1);
      return state;
    }
    const state = made(WORD);
    lead(from, WORD_SIGNS, state);
    isStale = true;
    return state;
  }

  function quoted(from: number): number {
    const next = follow(from, QUOTE);
    if (next > SPECIAL && kinds[next - SPECIAL] === QUOTED) return next;
    if (next !== 0) return 0;
    const state = made(QUOTED);
    lead(from, [QUOTE], state);
    return state;
  }

  function step(state: number, part: Part): number {
    if (part.kind === 'word') return word(state, part);
    if (part.kind === 'quoted') return quoted(state);
    if (part.kind === 'as-is') return literal(state, part.text);
    return part.kind === 'any' ? any(state, part.text) : fixed(state, part.text);
  }

  function enter(root: number, parts: readonly Part[], said: HeadSays): boolean {
    let state = root;
    for (const part of parts.slice(0, -1)) {
      state = step(state, part);
      if (state === 0) return false;
      if (isEnd(state)) return true;
    }
    // The last sign leads to the end of the head.
    const last = parts.at(-1)!;
    if (last.kind !== 'as-is') return false;
    state = last.text.length > 1 ? literal(state, last.text.slice(0, -1)) : state;
    if (state === 0 || isEnd(state)) return state !== 0;
    const code = last.text.charCodeAt(last.text.length - 1);
    const next = follow(state, code);
    if (next === 0) lead(state, [code], endOf(said));
    return next === 0 || isEnd(next);
  }

  const strideOf = new Uint16Array(memory, STRIDE_OF, MAX_STATES);
  const strides = Buffer.from(memory, STRIDES, MAX_STRIDES * STRIDE);
  let strideCount = 0;
  let conflicts = 0;
  /** The heads that are known, as they were written. */
  const added: { readonly root: number; readonly text: string }[] = [];
  let isStale = false;

  /** Sixteen bytes of a head at a time, as far as the way does not go through a word or a text of any kind. */
  function addStrides(root: number, head: string): void {
    for (let at = 0, start = root; start < SPECIAL && at < head.length; ) {
      let state = start;
      const stride = Buffer.alloc(STRIDE);
      let length = 0;
      while (length < MAX_STRIDE && state < SPECIAL && at + length < head.length) {
        const code = head.charCodeAt(at + length);
        const next = follow(state, code);
        if (next === 0 || (next > SPECIAL && !isEnd(next))) break;
        const isAnyDigit = DIGITS.includes(code) && DIGITS.every((digit) => follow(state, digit) === next);
        stride[length] = 0xff;
        stride[PATTERN + length] = isAnyDigit ? ZERO : code;
        if (isAnyDigit) stride[FOLD + length] = 0xff;
        state = next;
        length++;
      }
      if (length < MIN_STRIDE) return;
      addStride(start, stride, length, state);
      start = state;
      at += length;
    }
  }

  /** Where any word stands now, strides still lead through the words that stood there before. */
  function renewStrides(): void {
    strideOf.fill(0);
    strideCount = 0;
    for (const { root, text } of added) addStrides(root, text);
    isStale = false;
  }

  function addStride(start: number, stride: Buffer, length: number, to: number): void {
    let count = 0;
    for (let number = strideOf[start]!; number !== 0; number = strides.readUInt16LE(number * STRIDE + NEXT)) {
      const isSame = stride.subarray(0, TO).equals(strides.subarray(number * STRIDE, number * STRIDE + TO));
      if (isSame || ++count === MAX_CHAIN) return;
    }
    if (strideCount + 1 >= MAX_STRIDES) return;
    strideCount++;
    stride.writeUInt16LE(to, TO);
    stride[TO + 2] = length;
    stride.writeUInt16LE(strideOf[start]!, NEXT);
    strides.set(stride, strideCount * STRIDE);
    strideOf[start] = strideCount;
  }

  return {
    add(roots, parts, said) {
      changed();
      try {
        const root = roots.find((one) => enter(one, parts, said));
        if (root === undefined) {
          // So many heads of other logs stand in the way that it is time to begin anew.
          if (++conflicts >= MAX_CONFLICTS) clear();
          return false;
        }
        const text = parts.map((part) => part.text).join('');
        if (added.length < MAX_ADDED) added.push({ root, text });
        if (isStale) renewStrides();
        else addStrides(root, text);
        return true;
      } catch (error) {
        if (!(error instanceof Full)) throw error;
        clear();
        return false;
      }
    },
  };
}

class Full extends Error {}
