// The part of a file that an event is about, where the whole is too large for a prompt: what it imports, the function around
// each frame with the heads of what encloses it, and the functions of the same file that those call. By declarations and
// indentation, no parser: where a function is larger than there is room, the lines around the frame.

import { type Declaration, declarationsOf } from '../repository/declarations.ts';
import { estimateTokens } from './tokens.ts';

/** Lines of a file in a row. */
export interface FilePart {
  /** From 1, both included. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Where the event has been in a file: a line from 1, or only the name of a function. */
export interface FilePlace {
  readonly line: number | null;
  readonly function?: string;
}

/** From 0, the second not included. */
type Range = readonly [from: number, to: number];

/** Imports may take this part of the room. */
const IMPORTS_PART = 0.25;
const MOST_CALLED = 8;
/** Lines before and after a frame, the widest first, where its function has no room. */
const WINDOWS = [80, 40, 20, 8] as const;
/** A gap that costs less than saying that there is one. */
const SMALL_GAP = 3;

/**
 * @param places the nearest frame first
 * @returns nothing where no place is known, or not even the lines around the first have room
 */
export function excerptOf(path: string, text: string, places: readonly FilePlace[], maxTokens: number): readonly FilePart[] {
  const lines = text.split('\n');
  const all = declarationsOf(path, text);
  const cost = (ranges: readonly Range[]): number =>
    estimateTokens(ranges.map(([from, to]) => lines.slice(from, to).join('\n')).join('\n'));
  const shown: Range[] = [];
  const add = (...more: readonly Range[]): boolean => {
    const fits = cost(merged([...shown, ...more])) <= maxTokens;
    if (fits) shown.push(...more);
    return fits;
  };
  const bodies: Range[] = [];
  for (const line of linesOf(places, all, lines)) {
    const body = bodyAround(line, all, lines);
    const heads = enclosing(line, all, lines).map((at): Range => [at, at + 1]);
    const windows = WINDOWS.map((size): Range => [Math.max(body[0], line - size), Math.min(body[1], line + size + 1)]);
    const found = [body, ...windows].find((range) => add(range, ...heads));
    if (found !== undefined) bodies.push(found);
  }
  if (bodies.length === 0) return [];
  const imports = importLines(lines);
  if (cost(imports) <= maxTokens * IMPORTS_PART) add(...imports);
  for (const range of called(bodies, all, lines)) add(range);
  return merged(shown).map(([from, to]) => ({ from: from + 1, to, text: lines.slice(from, to).join('\n') }));
}

/** Lines of the places, from 0. */
function linesOf(places: readonly FilePlace[], all: readonly Declaration[], lines: readonly string[]): readonly number[] {
  const found = places.flatMap((place) => {
    if (place.line !== null) return place.line <= lines.length ? [place.line - 1] : [];
    const name = place.function?.match(/[\p{L}\p{N}_$]+/gu)?.at(-1);
    return all.find((one) => one.name === name)?.line ?? [];
  });
  return [...new Set(found)];
}

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

/** Declarations around a line, the innermost first. */
function enclosing(line: number, all: readonly Declaration[], lines: readonly string[]): readonly number[] {
  const found: number[] = [];
  let depth = isBlank(lines[line]) ? Number.POSITIVE_INFINITY : indentOf(lines[line] ?? '');
  for (const one of all.toReversed()) {
    if (one.line > line) continue;
    const own = indentOf(lines[one.line] ?? '');
    if (one.line !== line && own >= depth) continue;
    if (one.line !== line && endOf(one.line, lines) <= line) continue;
    found.push(one.line);
    depth = own;
  }
  return found;
}

/**
 * Names of what is declared around a line, the innermost first.
 * @param line from 1
 * @example namesAround('a.py', 'def f():\n    return 1\n', 2) // ['f']
 */
export function namesAround(path: string, text: string, line: number): readonly string[] {
  const all = declarationsOf(path, text);
  const lines = text.split('\n');
  if (line < 1 || line > lines.length) return [];
  return enclosing(line - 1, all, lines).map((at) => lastPart(all.find((one) => one.line === at)?.name ?? ''));
}

/** Text of the first function of a name; `undefined` where there is none. */
export function functionText(path: string, text: string, name: string): string | undefined {
  const lines = text.split('\n');
  const found = declarationsOf(path, text).find((one) => lastPart(one.name) === name);
  return found && lines.slice(found.line, endOf(found.line, lines)).join('\n');
}

const lastPart = (name: string): string => name.split(/::|[.:#]/).at(-1) ?? name;

/** A value of its own line is no function: what is around a line has at least one line below its head. */
function bodyAround(line: number, all: readonly Declaration[], lines: readonly string[]): Range {
  const [inner] = enclosing(line, all, lines).filter((at) => endOf(at, lines) > at + 1);
  if (inner === undefined) return [0, lines.length];
  return [startOf(inner, lines), endOf(inner, lines)];
}

/** Comments, attributes and decorators belong to what follows them. */
function startOf(line: number, lines: readonly string[]): number {
  let at = line;
  while (at > 0 && /^\s*(?:@|#|\/\/|\/?\*|\[\w|--|%|")/.test(lines[at - 1] ?? '')) at -= 1;
  return at;
}

/** To the line at the same depth that closes it, or before the next one that does not. */
function endOf(line: number, lines: readonly string[]): number {
  const depth = indentOf(lines[line] ?? '');
  let last = line;
  for (let at = line + 1; at < lines.length; at += 1) {
    const text = lines[at] ?? '';
    if (isBlank(text)) continue;
    if (indentOf(text) > depth) last = at;
    else if (!/^\s*(?:[)\]}{]|end\b|rescue\b|ensure\b|catch\b|finally\b)/.test(text)) break;
    else {
      last = at;
      if (indentOf(text) < depth || /^\s*(?:\}[;,)]*|end[;,)]*)\s*$/.test(text)) break;
    }
  }
  return last + 1;
}

const IMPORT =
  /^\s{0,4}(?:import\b|from\s+\S+\s+import\b|(?:pub\s+)?use\s|using\s|require(?:_relative|_once)?\b|include(?:_once)?\b|#\s*include\b|package\s|namespace\s|extern\s|alias\s|open\s|part\s|library\s|(?:const|let|var)\s.{1,200}=\s*(?:await\s+)?(?:require|import)\s*\()/;
const MOST_IMPORT_LINES = 300;

function importLines(lines: readonly string[]): readonly Range[] {
  const found: Range[] = [];
  for (let at = 0; at < Math.min(lines.length, MOST_IMPORT_LINES); at += 1) {
    const line = lines[at] ?? '';
    if (!IMPORT.test(line)) continue;
    const opens = /[({]\s*$/.test(line);
    const close = opens ? lines.findIndex((other, index) => index > at && /[)}]/.test(other)) : at;
    const to = close < at || close > at + 60 ? at : close;
    found.push([at, to + 1]);
    at = to;
  }
  return found;
}

/** Functions of the file that the shown ones name. */
function called(bodies: readonly Range[], all: readonly Declaration[], lines: readonly string[]): readonly Range[] {
  const names = new Set(
    bodies.flatMap(
      ([from, to]) =>
        lines
          .slice(from, to)
          .join('\n')
          .match(/[\p{L}_$][\p{L}\p{N}_$]*(?=\s*\()/gu) ?? [],
    ),
  );
  const isShown = (line: number): boolean => bodies.some(([from, to]) => line >= from && line < to);
  return all
    .filter(({ name, line }) => names.has(name.split('.').at(-1) ?? name) && !isShown(line))
    .slice(0, MOST_CALLED)
    .map(({ line }): Range => [startOf(line, lines), endOf(line, lines)]);
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + SMALL_GAP) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
