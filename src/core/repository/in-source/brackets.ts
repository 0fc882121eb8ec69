// A source read as its brackets: comments and the insides of texts become blanks, and each character stands where it stood. A
// file whose brackets do not meet is not read at all: nothing is said of it.

/** How a language writes comments and texts; `//` begins a comment in all of them. */
export interface Lexis {
  readonly blocks: readonly Block[];
  readonly texts: readonly Reader[];
}

interface Block {
  readonly open: string;
  readonly close: string;
  readonly isNested?: true;
}

/**
 * Finds the end of a text that begins at an offset: `undefined` where none does, `null` where it has no end.
 * @param last the word or character in front of it
 */
export type Reader = (source: string, at: number, last: string) => number | null | undefined;

export interface Brackets {
  /** As long as the source; of a text the quotes are left. */
  readonly text: string;
  /** From each opening bracket to the one that closes it. */
  readonly closes: ReadonlyMap<number, number>;
  /** From each opening bracket to the one around it, or -1. */
  readonly around: ReadonlyMap<number, number>;
}

/** @example bracketsOf('f("{") // }', lexis)?.text // 'f(" ")     ' */
export function bracketsOf(source: string, lexis: Lexis): Brackets | undefined {
  const text = bare(source, lexis);
  return text === undefined ? undefined : matched(text);
}

const blank = (piece: string): string => piece.replace(/[^\n]/g, ' ');

function bare(source: string, { blocks, texts }: Lexis): string | undefined {
  const pieces: string[] = [];
  let [from, at, last] = [0, 0, ''];
  while (at < source.length) {
    const block = blocks.find(({ open }) => source.startsWith(open, at));
    const comment = source.startsWith('//', at) ? lineEnd(source, at) : block && blockEnd(source, at, block);
    const text = comment === undefined ? first(texts, source, at, last) : undefined;
    if (comment === null || text === null) return undefined;
    const end = comment ?? text;
    if (end === undefined) {
      const next = wordEnd(source, at);
      if (/\S/.test(source[at] as string)) last = source.slice(at, next);
      at = next;
      continue;
    }
    const piece = source.slice(at, end);
    pieces.push(source.slice(from, at), text === undefined ? blank(piece) : `"${blank(piece.slice(1, -1))}"`);
    if (text !== undefined) last = '"';
    [from, at] = [end, end];
  }
  return [...pieces, source.slice(from)].join('');
}

function first(texts: readonly Reader[], source: string, at: number, last: string): number | null | undefined {
  for (const text of texts) {
    const end = text(source, at, last);
    if (end !== undefined) return end;
  }
  return undefined;
}

function lineEnd(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

function blockEnd(source: string, from: number, { open, close, isNested }: Block): number | null {
  let depth = 1;
  let at = from + open.length;
  while (at < source.length) {
    if (source.startsWith(close, at)) {
      depth -= 1;
      at += close.length;
      if (depth === 0) return at;
    } else if (isNested && source.startsWith(open, at)) {
      depth += 1;
      at += open.length;
    } else at += 1;
  }
  return null;
}

const WORD = /[\p{L}\p{N}_$]+/uy;

/** Behind a word or a single character; what is escaped outside of a text begins none. */
export function wordEnd(source: string, at: number): number {
  if (source[at] === '\\') return at + 2;
  WORD.lastIndex = at;
  return WORD.test(source) ? WORD.lastIndex : at + 1;
}

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function matched(text: string): Brackets | undefined {
  const closes = new Map<number, number>();
  const around = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: bracket, index } of text.matchAll(/[()[\]{}]/g)) {
    const opening = PAIRS[bracket];
    if (opening === undefined) {
      around.set(index, open.at(-1) ?? -1);
      open.push(index);
      continue;
    }
    const at = open.pop();
    if (at === undefined || text[at] !== opening) return undefined;
    closes.set(at, index);
  }
  return open.length > 0 ? undefined : { text, closes, around };
}
