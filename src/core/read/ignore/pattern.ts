// Regular expressions of a configuration, read into a machine of states. A repository may name them and strangers write what they are
// held against, so none of them may go back: what only going back can decide (what stands around, what was found before) is refused.
// The parts that match one letter (`[a-z]`, `\d`, `.`) are left to the language itself, a letter at a time.

/** All expressions of a list together. */
const MAX_STATES = 1000;
/** Signs of one expression. */
const LONGEST = 1000;

/** What holds between two letters. */
type Border = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'no-word';

/** One state: it takes a letter, asks for a border, goes two ways, or is the end. */
export type State =
  | { readonly kind: 'letter'; readonly letter: number; next: number }
  | { readonly kind: 'border'; readonly border: Border; next: number }
  | { readonly kind: 'fork'; next: number; other: number }
  | { readonly kind: 'found' };

/** States of all expressions, those they begin with, and the test of each kind of letter. */
export interface Machine {
  readonly states: readonly State[];
  readonly starts: readonly number[];
  readonly letters: readonly RegExp[];
}

/** Said of an expression that this is not for; never leaves this folder but as `problemOf`. */
class Unfit extends Error {}

const EXPRESSION = /^\/(.+)\/([a-z]*)$/s;

/** @returns the expression and its flags, or nothing where it is a plain text */
export const expressionIn = (pattern: string): readonly [source: string, flags: string] | undefined => {
  const found = EXPRESSION.exec(pattern);
  return found === null ? undefined : [found[1]!, found[2]!];
};

/**
 * @returns why the expressions of a list can not be used, or nothing
 * @example problemOf(['/(?=a)b/']) // '`(?=` is not known here'
 */
export function problemOf(patterns: readonly string[]): string | undefined {
  try {
    machineOf(patterns);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Unfit || thrown instanceof SyntaxError) return thrown.message;
    throw thrown;
  }
}

/** @throws what `problemOf` tells */
export function machineOf(patterns: readonly string[]): Machine {
  const states: State[] = [];
  const letters: RegExp[] = [];
  const known = new Map<string, number>();
  const add = (state: State): number => {
    if (states.length >= MAX_STATES) throw new Unfit(`all expressions together are larger than ${MAX_STATES} states`);
    return states.push(state) - 1;
  };
  const letterOf = (source: string, flags: string): number => {
    const key = `${flags} ${source}`;
    const index = known.get(key) ?? letters.push(new RegExp(`^(?:${source})$`, flags)) - 1;
    known.set(key, index);
    return index;
  };
  const starts = patterns.flatMap((pattern) => {
    const expression = expressionIn(pattern);
    if (expression === undefined) return [];
    const [source, flags] = expression;
    if (source.length > LONGEST) throw new Unfit(`an expression is longer than ${LONGEST} signs`);
    // The language says what is no expression at all.
    new RegExp(source, flags);
    const found = add({ kind: 'found' });
    return [read(source, flags, add, letterOf)(found)];
  });
  return { states, starts, letters };
}

/** A part of an expression: given what comes behind it, its first state. */
type Part = (next: number) => number;

function read(source: string, flags: string, add: (state: State) => number, letterOf: (source: string, flags: string) => number): Part {
  // Of the flags two change which letter fits; `s` as well, as a dot is a letter.
  const own = [...'isu'].filter((flag) => flags.includes(flag)).join('') + (flags.includes('v') ? 'v' : '');
  const isMany = flags.includes('m');
  let at = 0;

  const letter = (text: string): Part => {
    const index = letterOf(text, own);
    return (next) => add({ kind: 'letter', letter: index, next });
  };
  const border =
    (kind: Border): Part =>
    (next) =>
      add({ kind: 'border', border: kind, next });

  function alternatives(): Part {
    const ways: Part[] = [sequence()];
    while (source[at] === '|') {
      at += 1;
      ways.push(sequence());
    }
    return ways.reduceRight((rest, way) => (next) => {
      const other = rest(next);
      return add({ kind: 'fork', next: way(next), other });
    });
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(repeated(one()));
    return (next) => parts.reduceRight((behind, part) => part(behind), next);
  }

  function one(): Part {
    const sign = source[at]!;
    if (sign === '(') return group();
    if (sign === '[') return letter(taken(classEnd()));
    if (sign === '\\') return escaped();
    if (sign === '^' || sign === '$') {
      at += 1;
      return border(sign === '^' ? (isMany ? 'line-start' : 'start') : isMany ? 'line-end' : 'end');
    }
    return letter(plain(taken(at + 1)));
  }

  function group(): Part {
    const head = /^\((?:\?:|\?<[A-Za-z_$][\w$]*>)?(?!\?)/.exec(source.slice(at));
    if (head === null) throw new Unfit(`\`${source.slice(at, at + 3)}\` is not known here`);
    at += head[0].length;
    const inner = alternatives();
    at += 1;
    return inner;
  }

  function escaped(): Part {
    const sign = source[at + 1]!;
    if (sign === 'b' || sign === 'B') {
      at += 2;
      return border(sign === 'b' ? 'word' : 'no-word');
    }
    if (/[1-9k]/.test(sign)) throw new Unfit(`\`\\${sign}\` is not known here`);
    const whole = /^\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|c[a-z]|p\{[^}]*\}|[\s\S])/i.exec(source.slice(at))![0];
    return letter(taken(at + whole.length));
  }

  /** Behind `[`: to the bracket that ends it. Within the flag `v` classes hold classes. */
  function classEnd(): number {
    let depth = 0;
    for (let index = at; index < source.length; index += 1) {
      if (source[index] === '\\') index += 1;
      else if (source[index] === '[' && (depth === 0 || own.includes('v'))) depth += 1;
      else if (source[index] === ']') {
        depth -= 1;
        if (depth === 0) return index + 1;
      }
    }
    throw new Unfit('a class does not end');
  }

  function taken(end: number): string {
    const text = source.slice(at, end);
    at = end;
    return text;
  }

  /** A brace or a bracket that is not meant as one. */
  const plain = (text: string): string => (/[{}\]/]/.test(text) ? `\\${text}` : text);

  function repeated(part: Part): Part {
    const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at));
    if (quantifier === null) return part;
    at += quantifier[0].length;
    const sign = quantifier[0][0];
    const least = sign === '{' ? Number(quantifier[1]) : sign === '+' ? 1 : 0;
    const isOpen = sign === '*' || sign === '+' || (quantifier[2] === ',' && quantifier[3] === '');
    const most = sign === '?' ? 1 : quantifier[3] ? Number(quantifier[3]) : least;
    if (Math.max(least, most) > MAX_STATES) throw new Unfit(`all expressions together are larger than ${MAX_STATES} states`);
    return (next) => {
      let first = next;
      if (isOpen) {
        const fork: State = { kind: 'fork', next: 0, other: next };
        first = add(fork);
        (fork as { next: number }).next = part(first);
      } else for (let count = least; count < most; count += 1) first = add({ kind: 'fork', next: part(first), other: next });
      for (let count = 0; count < least; count += 1) first = part(first);
      return first;
    };
  }

  const whole = alternatives();
  if (at < source.length) throw new Unfit(`\`${source[at]}\` is not known here`);
  return whole;
}
