// Whether the text of an event holds one of the texts or expressions of `detect.ignore`. All expressions are tried at once, letter by
// letter, and nothing is looked at twice: whatever they are, and whatever the text is, the time grows with its length alone. Sets of
// states that have been met are kept, so that a letter is one look into a table.
import { expressionIn, type Machine, machineOf } from './pattern.ts';

/** Of a longer event only so much is looked at. */
const LOOKED_AT = 16_384;
/** Sets that are kept; then they are forgotten and made again. */
const MAX_SETS = 1000;

/** The letter before: there is none, it ends a line, it is one of a word, or another. */
type Before = 0 | 1 | 2 | 3;
const [NONE, LINE, WORD, OTHER] = [0, 1, 2, 3] as const;

interface Set {
  readonly states: readonly number[];
  readonly before: Before;
  /** By the kind of the next letter: the next set, or that it was found. */
  readonly next: (Set | 'found' | undefined)[];
}

/**
 * @param patterns texts, and expressions as `/…/i`; those that `problemOf` names are refused by the configuration
 * @example ignoreTest(['/time.?out/i'])('ERROR Time-out') // true
 */
export function ignoreTest(patterns: readonly string[]): (text: string) => boolean {
  const words = patterns.filter((pattern) => expressionIn(pattern) === undefined);
  const machine = machineOf(patterns);
  const search = machine.starts.length === 0 ? undefined : searchOf(machine);
  return (text) => {
    const looked = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
    return words.some((word) => looked.includes(word)) || search?.(looked) === true;
  };
}

function searchOf({ states, starts, letters }: Machine): (text: string) => boolean {
  const kinds = createKinds(letters);
  let sets = new Map<string, Set>();
  const setOf = (members: readonly number[], before: Before): Set => {
    const key = `${before} ${members.join(',')}`;
    let set = sets.get(key);
    if (set === undefined) {
      if (sets.size >= MAX_SETS) sets = new Map();
      set = { states: members, before, next: [] };
      sets.set(key, set);
    }
    return set;
  };

  const holds = (border: string, before: Before, after: Before): boolean => {
    if (border === 'start') return before === NONE;
    if (border === 'end') return after === NONE;
    if (border === 'line-start') return before === NONE || before === LINE;
    if (border === 'line-end') return after === NONE || after === LINE;
    return (border === 'word') === ((before === WORD) !== (after === WORD));
  };

  const seen = new Uint8Array(states.length);
  const next = new Uint8Array(states.length);
  /** One letter further: all states that wait for it, with those that may begin here. */
  function step(set: Set, kind: number): Set | 'found' {
    const after = kinds.sideOf(kind);
    seen.fill(0);
    next.fill(0);
    const open = [...set.states, ...starts];
    while (open.length > 0) {
      const index = open.pop()!;
      if (seen[index] === 1) continue;
      seen[index] = 1;
      const state = states[index]!;
      if (state.kind === 'found') return 'found';
      if (state.kind === 'fork') open.push(state.next, state.other);
      else if (state.kind === 'border') {
        if (holds(state.border, set.before, after)) open.push(state.next);
      } else if (kinds.fits(kind, state.letter)) next[state.next] = 1;
    }
    const members: number[] = [];
    for (let index = 0; index < next.length; index += 1) if (next[index] === 1) members.push(index);
    return setOf(members, after);
  }

  const moved = (set: Set, kind: number): Set | 'found' => {
    const known = set.next[kind];
    if (known !== undefined) return known;
    const found = step(set, kind);
    set.next[kind] = found;
    return found;
  };

  return (text) => {
    let set = setOf([], NONE);
    for (let at = 0; at < text.length; at += 1) {
      const next = moved(set, kinds.of(text.charCodeAt(at)));
      if (next === 'found') return true;
      set = next;
    }
    return moved(set, 0) === 'found';
  };
}

/** Letters that no part of any expression tells apart are of one kind; the first kind is the end of the text. */
function createKinds(letters: readonly RegExp[]): {
  readonly of: (code: number) => number;
  readonly sideOf: (kind: number) => Before;
  readonly fits: (kind: number, letter: number) => boolean;
} {
  const fitting: (readonly boolean[])[] = [[]];
  const sides: Before[] = [NONE];
  const byKey = new Map<string, number>();
  const byCode = new Map<number, number>();
  const of = (code: number): number => {
    const known = byCode.get(code);
    if (known !== undefined) return known;
    const sign = String.fromCharCode(code);
    const fits = letters.map((letter) => letter.test(sign));
    const side = /\w/.test(sign) ? WORD : /[\n\r\u2028\u2029]/.test(sign) ? LINE : OTHER;
    const key = `${side}${fits.map(Number).join('')}`;
    let kind = byKey.get(key);
    if (kind === undefined) {
      kind = fitting.push(fits) - 1;
      sides.push(side);
      byKey.set(key, kind);
    }
    byCode.set(code, kind);
    return kind;
  };
  return { of, sideOf: (kind) => sides[kind]!, fits: (kind, letter) => fitting[kind]![letter] === true };
}
