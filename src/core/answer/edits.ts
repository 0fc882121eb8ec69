// Edits of an answer: text to search for and what stands in its place, applied to the file of the base commit. The text must
// occur exactly once, line ends and trailing blanks aside; every byte that no edit names stays as it is. Where the place is
// not certain nothing is guessed: the problem says what is nearest, to be fed back to Claude once.

import type { FileBlock } from '../model.ts';
import type { AnswerProblem } from './problems.ts';

const OPEN = /^(?:<{5,9} ?(?:SEARCH|ORIGINAL)|-{5,9} ?SEARCH)\b.*$/;
const DIVIDER = /^={5,9}\s*$/;
const CLOSE = /^(?:>{5,9} ?(?:REPLACE|UPDATED)|\+{5,9} ?REPLACE)\b.*$/;
const FENCE = /^\s*(?:`{3,}|~{3,})[\w+-]*\s*$/;

/**
 * Whether a block holds edits in place of a file.
 * @param base text of the file: one that holds such marks itself is edited only by a block that begins with one
 */
export function isEdits(content: string, base = ''): boolean {
  const lines = content.split('\n').filter((line) => line.trim() !== '' && !FENCE.test(line));
  const opens = (line: string | undefined): boolean => line !== undefined && OPEN.test(line);
  if (!base.split('\n').some(opens)) return lines.some(opens);
  return opens(lines[0]) && !opens(base.split('\n').find((line) => line.trim() !== ''));
}

/** One edit as it was written. A line of `=` may also be a line of the file: then there are several ways to read it. */
interface Hunk {
  readonly body: readonly string[];
  readonly dividers: readonly number[];
}

export interface Edited {
  readonly text: string;
  /** Lines that the file did not have. */
  readonly added: readonly string[];
}

/** @param base text of the file, with its own line ends */
export function applyEdits(path: string, content: string, base: string): Edited | AnswerProblem {
  const problem = (detail: string): AnswerProblem => ({ kind: 'edit', filename: path, detail });
  const hunks = readHunks(content);
  if (typeof hunks === 'string') return problem(`the edits of ${path} ${hunks}`);
  let lines: readonly Line[] = linesOf(base);
  for (const hunk of hunks) {
    const result = applyHunk(hunk, lines);
    if (typeof result === 'string') return problem(`an edit of ${path} ${result}`);
    lines = result;
  }
  return { text: lines.map(({ text, end }) => text + end).join(''), added: lines.filter(({ isNew }) => isNew).map(({ text }) => text) };
}

/** The text of the only edit of a file that is not there yet; `undefined` where it names text to search for. */
export function newText(content: string): string | undefined {
  const hunks = readHunks(content);
  if (typeof hunks === 'string' || hunks.length !== 1) return undefined;
  const [{ body, dividers }] = hunks as [Hunk];
  return dividers[0] === 0 ? `${body.slice(1).join('\n')}\n` : undefined;
}

/** A file's name alone on a line, in whatever dress. */
const NAMED = /^[\s#*`>-]*(?:file(?:name)?:?\s*)?[*`"']*((?:[\w@.+-]+\/)*[\w@+-][\w@.+-]*\.\w{1,8}|(?:[\w@.+-]+\/)+[\w@.+-]+)[*`"':]*\s*$/i;

/**
 * Edits without our tags: each under the name of its file, or under one before it that had a name.
 * @returns `undefined` where there are none, or one lacks a name or an end
 */
export function bareEdits(source: string): { readonly words: string; readonly blocks: readonly FileBlock[] } | undefined {
  const words: string[] = [];
  const blocks: FileBlock[] = [];
  let hunk: string[] | undefined;
  let filename: string | undefined;
  for (const line of source.split('\n')) {
    if (hunk !== undefined) {
      hunk.push(line);
      if (!CLOSE.test(line)) continue;
      blocks.push({ filename: filename ?? '', content: `${hunk.join('\n')}\n`, isNew: false });
      hunk = undefined;
    } else if (OPEN.test(line)) {
      filename = takeName(words) ?? filename;
      if (filename === undefined) return undefined;
      hunk = [line];
    } else words.push(line);
  }
  return hunk === undefined && blocks.length > 0 ? { words: words.join('\n'), blocks } : undefined;
}

/** Takes the fence and the name that stand last among the words; without a name they stay as they are. */
function takeName(words: string[]): string | undefined {
  while (words.length > 0 && (words.at(-1)?.trim() === '' || FENCE.test(words.at(-1) ?? ''))) words.pop();
  const name = NAMED.exec(words.at(-1) ?? '')?.[1];
  if (name !== undefined) words.pop();
  return name;
}

/** @returns in words what is wrong with their form */
function readHunks(content: string): readonly Hunk[] | string {
  const hunks: Hunk[] = [];
  let body: string[] | undefined;
  for (const line of content.split('\n')) {
    if (body === undefined) {
      if (OPEN.test(line)) body = [];
      else if (line.trim() !== '' && !FENCE.test(line)) return `have a line between them that belongs to none: ${show(line)}`;
    } else if (CLOSE.test(line)) {
      const dividers = body.flatMap((each, at) => (DIVIDER.test(each) ? [at] : []));
      if (dividers.length === 0) return 'lack the line ======= between what is searched for and what stands in its place';
      hunks.push({ body, dividers });
      body = undefined;
    } else if (OPEN.test(line)) return 'begin a new one before the last has ended with >>>>>>> REPLACE';
    else body.push(line);
  }
  return body === undefined ? hunks : 'are cut: the last has no line >>>>>>> REPLACE';
}

// ---------------------------------------------------------------- one edit

interface Line {
  readonly text: string;
  /** What of it counts in a search: told once, however many edits search. */
  readonly key: string;
  readonly end: string;
  readonly isNew: boolean;
}

const linesOf = (text: string): readonly Line[] =>
  (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    const bare = line.replace(/\r?\n$/, '');
    return { text: bare, key: keyOf(bare), end: line.slice(bare.length), isNew: false };
  });

const keyOf = (text: string): string => text.replace(/^\uFEFF/, '').trimEnd();

function applyHunk({ body, dividers }: Hunk, lines: readonly Line[]): readonly Line[] | string {
  const readings = dividers.map((at) => replaceOnce(body.slice(0, at), body.slice(at + 1), lines));
  // Of a file that has such a line itself, the longest text that is there is hardly there by chance.
  return readings.findLast((reading) => typeof reading !== 'string') ?? readings[0] ?? '';
}

/** @returns in words why there is not one place */
function replaceOnce(search: readonly string[], replace: readonly string[], lines: readonly Line[]): readonly Line[] | string {
  if (search.every((line) => line.trim() === '')) return 'names no text to search for';
  const keys = lines.map(({ key }) => key);
  const at = onlyPlace(placesOf(search, keys), lines, search.length);
  if (typeof at === 'number') return replaceAt(at, search.length, replace, lines);
  if (at !== undefined) return at;
  const decoded = search.map(withoutEntities);
  const plain = placesOf(decoded, keys);
  if (plain.length === 1 && decoded.join() !== search.join()) {
    return replaceAt(plain[0] as number, search.length, replace.map(withoutEntities), lines);
  }
  return (search.length === 1 && replace.length === 1 && withinLine(search[0] ?? '', replace[0] ?? '', lines)) || nearest(search, keys);
}

function placesOf(search: readonly string[], keys: readonly string[]): readonly number[] {
  const wanted = search.map((line) => line.trimEnd());
  const [first] = wanted;
  const found: number[] = [];
  for (let at = 0; at + wanted.length <= keys.length; at += 1) {
    if (keys[at] === first && wanted.every((line, index) => keys[at + index] === line)) found.push(at);
  }
  return found;
}

/** What an earlier edit has brought is looked at last. */
function onlyPlace(places: readonly number[], lines: readonly Line[], count: number): number | string | undefined {
  if (places.length <= 1) return places[0];
  const old = places.filter((at) => lines.slice(at, at + count).every(({ isNew }) => !isNew));
  if (old.length === 1) return old[0];
  const shown = places.slice(0, 5).map((at) => at + 1);
  return `searches for text that stands ${places.length} times in it (lines ${shown.join(', ')}); take more lines around the one that is meant`;
}

/** Lines that both have stay byte for byte; new ones end as those around them. */
function replaceAt(at: number, count: number, replace: readonly string[], lines: readonly Line[]): readonly Line[] {
  const old = lines.slice(at, at + count);
  const end = [...old, ...lines.slice(Math.max(0, at - 1), at), ...lines].find((line) => line.end !== '')?.end ?? '\n';
  let next = 0;
  const put = replace.map((text): Line => {
    const same = old.findIndex((line, index) => index >= next && line.key === text.trimEnd());
    if (same < 0) return { text, key: keyOf(text), end, isNew: true };
    next = same + 1;
    const kept = old[same] as Line;
    return { ...kept, end: kept.end || end };
  });
  const rest = lines.slice(at + count);
  const lastEnd = lines.at(-1)?.end ?? end;
  const result = [...lines.slice(0, at), ...markKept(put, old), ...rest];
  // A file without a newline at its end keeps to that.
  const last = result.at(-1);
  return rest.length > 0 || last === undefined ? result : [...result.slice(0, -1), { ...last, end: lastEnd }];
}

/** The byte order mark stays where the first line is another. */
function markKept(put: readonly Line[], old: readonly Line[]): readonly Line[] {
  const [first, ...others] = put;
  if (first === undefined || !old[0]?.text.startsWith('\uFEFF') || first.text.startsWith('\uFEFF')) return put;
  return [{ ...first, text: `\uFEFF${first.text}` }, ...others];
}

/** A part of one line, where it stands in the file once. */
function withinLine(search: string, replace: string, lines: readonly Line[]): readonly Line[] | undefined {
  const wanted = search.trimEnd();
  const hits = lines.filter(({ text }) => text.includes(wanted));
  const [hit] = hits;
  if (hits.length !== 1 || hit === undefined || hit.text.split(wanted).length !== 2) return undefined;
  const text = hit.text.replace(wanted, () => replace.trimEnd());
  return lines.map((line) => (line === hit ? { ...line, text, key: keyOf(text), isNew: true } : line));
}

const NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const withoutEntities = (text: string): string => text.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => NAMES[name] ?? '');

// ---------------------------------------------------------------- what is nearest

/** Longer searches are told by their beginning. */
const MOST_COMPARED = 40;

function nearest(search: readonly string[], keys: readonly string[]): string {
  const wanted = search.slice(0, MOST_COMPARED).map((line) => ({ line: line.trim(), words: wordsOf(line) }));
  const known = keys.map((line) => ({ line: line.trim(), words: wordsOf(line) }));
  let best = { at: -1, score: 0 };
  for (let at = 0; at < known.length; at += 1) {
    let score = 0;
    for (const [index, one] of wanted.entries()) {
      const other = known[at + index];
      if (other !== undefined) score += likeness(one, other);
    }
    if (score > best.score) best = { at, score };
  }
  const missing = 'searches for text that is not in it';
  if (best.at < 0 || best.score < wanted.length * 0.3) return `${missing}: ${show(search.find((line) => line.trim() !== '') ?? '')}`;
  const off = search.findIndex((line, index) => line.trimEnd() !== keys[best.at + index]);
  const line = best.at + Math.max(0, off);
  return `${missing}; nearest is line ${line + 1}, which is ${show(keys[line] ?? '', false)} where the edit has ${show(search[Math.max(0, off)] ?? '', false)}`;
}

export interface Compared {
  readonly line: string;
  readonly words: ReadonlySet<string>;
}

export const wordsOf = (line: string): ReadonlySet<string> => new Set(line.match(/[\p{L}\p{N}_$]+/gu) ?? []);

/** 0 to 1; blank lines say nothing. */
export function likeness(one: Compared, other: Compared): number {
  if (one.line === '' || other.line === '') return 0;
  if (one.line === other.line) return 1;
  let common = 0;
  for (const word of one.words) if (other.words.has(word)) common += 1;
  return (1.6 * common) / Math.max(1, one.words.size + other.words.size);
}

/** A piece of a text for one line of a message. */
function show(text: string, trims = true): string {
  const line = trims ? text.trim() : text.trimEnd();
  return JSON.stringify(line.length > 100 ? `${line.slice(0, 97)}...` : line);
}
