// Claude's text → whole files or edits in `<code_block filename="…">` blocks, the words around them, and what is wrong with it.
// Reads the text only: which file of the repository a block means is decided in `changes.ts`. Never throws, never repairs
// silently: what is not clearly a block is reported.
import type { FileBlock } from '../model.ts';
import { bareEdits, isEdits } from './edits.ts';
import { otherForm } from './other-forms.ts';
import type { AnswerProblem } from './problems.ts';

export interface ParsedAnswer {
  /** The words outside the blocks. */
  readonly summary: string;
  readonly blocks: readonly FileBlock[];
  readonly problems: readonly AnswerProblem[];
}

interface OpenTag {
  readonly start: number;
  readonly end: number;
  readonly attributes: ReadonlyMap<string, string>;
  /** Closed by itself: `<code_block … />`. */
  readonly isEmpty?: true;
}

/**
 * Reads an answer.
 * A block ends at the last `</code_block>` before the next opening tag, one that stands alone on its line before any other:
 * so a file may hold the closing tag in its own text. A tag just after a backtick is prose.
 * @example parseAnswer('Guarded.\n<code_block filename="a.js">\nlet a;\n</code_block>').blocks
 *   // [{ filename: 'a.js', content: 'let a;\n', isNew: false }]
 */
export function parseAnswer(text: string): ParsedAnswer {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const tags = openTags(source).filter((tag, index, all) => !isSpokenOf(source, tag, all[index + 1]?.start ?? source.length));
  const prose: string[] = [];
  const blocks: FileBlock[] = [];
  const problems: AnswerProblem[] = [];
  let after = 0;
  tags.forEach((tag, index) => {
    const limit = tags[index + 1]?.start ?? source.length;
    prose.push(source.slice(after, tag.start));
    const filename = nameOf(tag);
    const close = tag.isEmpty ? { start: tag.end, end: tag.end } : closeTag(source, tag.end, limit);
    after = close?.end ?? limit;
    if (close === undefined) {
      problems.push({ kind: 'unterminated', filename, detail: 'a code block is not closed; the answer may be cut' });
    } else {
      const read = readBlock(filename, tag, source.slice(tag.end, close.start));
      if ('kind' in read) problems.push(read);
      else blocks.push(read);
    }
  });
  prose.push(source.slice(after));
  const cut = /(?:^|\n)[ \t]*<code[_-]?block\b[^>]*$/i.test(source.slice(after));
  if (cut) problems.push({ kind: 'unterminated', filename: null, detail: 'the answer ends within the tag of a code block; it may be cut' });
  const bare = tags.length === 0 ? bareEdits(source) : undefined;
  if (bare !== undefined) return { summary: tidy([bare.words]), blocks: withoutRepeats(bare.blocks).blocks, problems: [] };
  const distinct = withoutRepeats(blocks);
  const missed = tags.length === 0 ? otherForm(source) : undefined;
  const all = [...problems, ...distinct.problems, ...(missed ? [missed] : [])];
  return { summary: tidy(prose), blocks: distinct.blocks, problems: all };
}

/**
 * What was wrong with an answer, one line each, to be fed back to Claude once.
 * @example describeProblems([{ kind: 'empty', filename: 'a.js', detail: 'the block for a.js is empty' }]) // '- the block for a.js is empty'
 */
export function describeProblems(problems: readonly AnswerProblem[]): string {
  return problems
    .map(({ detail, filename }) => `- ${filename === null || detail.includes(filename) ? '' : `${filename}: `}${detail}`)
    .join('\n');
}

/** A tag within a sentence, and not closed before the next one: it is spoken of. */
function isSpokenOf(source: string, { start, end }: OpenTag, limit: number): boolean {
  const before = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
  const after = source.slice(end, source.indexOf('\n', end) < 0 ? source.length : source.indexOf('\n', end));
  return /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after) && closeTag(source, end, limit) === undefined;
}

/** Models write other names for the one attribute that we ask for; there is nothing else that they could mean. */
function nameOf({ attributes }: OpenTag): string | null {
  const name = ['filename', 'file', 'path', 'name'].map((key) => attributes.get(key)?.trim()).find((value) => value !== undefined);
  return name || null;
}

function readBlock(filename: string | null, tag: OpenTag, inner: string): FileBlock | AnswerProblem {
  if (filename === null) return { kind: 'no-filename', filename, detail: 'a code block names no file' };
  if (/<\/code[_-]?block\s*>\s*$/i.test(inner))
    return { kind: 'unterminated', filename, detail: `the block for ${filename} is closed twice` };
  const remark = /\.(?:html?|xml|svg|vue|svelte|mdx?|markdown)$/i.test(filename) ? /^[ \t]*\n/ : /^[ \t]*(?:<!--[^\n]*-->[ \t]*)?\n/;
  const content = withoutFence(inner.replace(remark, '').replace(/\n[ \t]+$/, '\n'), filename);
  if (content === undefined) {
    return { kind: 'unfinished-fence', filename, detail: `the block for ${filename} opens a Markdown fence and does not close it` };
  }
  if (content.trim() === '')
    return { kind: 'empty', filename, detail: `the block for ${filename} is empty; a file is neither deleted nor moved that way` };
  return { filename, content, isNew: isTrue(tag.attributes.get('new')) };
}

const isTrue = (value: string | undefined): boolean => value !== undefined && !/^(?:false|no|0)$/i.test(value.trim());

function openTags(source: string): readonly OpenTag[] {
  const tags: OpenTag[] = [];
  const opening = /<code[_-]?block(?=[\s>])/gi;
  for (let match = opening.exec(source); match !== null; match = opening.exec(source)) {
    if (source[match.index - 1] === '`') continue;
    const read = readAttributes(source, opening.lastIndex);
    if (read === undefined) continue;
    tags.push({ start: match.index, ...read });
    opening.lastIndex = read.end;
  }
  return tags;
}

/** Attributes up to the `>`; `undefined` where the tag never ends or runs over a line that is no attribute. */
function readAttributes(source: string, from: number): Omit<OpenTag, 'start'> | undefined {
  const attributes = new Map<string, string>();
  const part = /\s*(?:(\/?>)|([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?)/y;
  part.lastIndex = from;
  for (let match = part.exec(source); match !== null; match = part.exec(source)) {
    if (match[1] !== undefined) return { end: part.lastIndex, attributes, ...(match[1] === '/>' ? { isEmpty: true } : {}) };
    const name = (match[2] ?? '').toLowerCase();
    if (!attributes.has(name)) attributes.set(name, unescapeEntities(match[3] ?? match[4] ?? match[5] ?? ''));
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeEntities(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function closeTag(source: string, from: number, limit: number): { readonly start: number; readonly end: number } | undefined {
  const inside = source.slice(from, limit);
  const all = [...inside.matchAll(/<\/code[_-]?block\s*>/gi)];
  const alone = all.filter((match) => isAloneOnLine(inside, match.index, match[0].length));
  const last = alone.at(-1) ?? all.at(-1);
  return last && { start: from + last.index, end: from + last.index + last[0].length };
}

function isAloneOnLine(text: string, at: number, length: number): boolean {
  const before = text.slice(0, at);
  const after = text.slice(at + length);
  return /(?:^|\n)[ \t]*$/.test(before.slice(-200)) && /^[ \t]*(?:\n|$)/.test(after.slice(0, 200));
}

/** Takes off a Markdown fence around the whole file. A Markdown file keeps its own. `undefined`: opened, never closed. */
function withoutFence(content: string, filename: string): string | undefined {
  const fence = /^\s*(`{3,}|~{3,})[^\n`]*\n/.exec(content);
  if (fence === null || /\.(?:md|mdx|markdown)$/i.test(filename)) return content;
  const mark = fence[1] as string;
  const rest = content.slice(fence[0].length);
  const close = new RegExp(`(?:^|\\n)[ \\t]*${mark}[ \\t]*\\s*$`).exec(rest);
  return close === null ? undefined : `${rest.slice(0, close.index).replace(/\n+$/, '')}\n`;
}

/** Repeats are harmless when they agree, and edits add up; where whole files differ, nobody can tell which was meant. */
function withoutRepeats(blocks: readonly FileBlock[]): {
  readonly blocks: readonly FileBlock[];
  readonly problems: readonly AnswerProblem[];
} {
  const byName = new Map<string, FileBlock>();
  const conflicts = new Set<string>();
  for (const block of blocks) {
    const earlier = byName.get(block.filename);
    const both = earlier === undefined ? block.content : joined(earlier.content, block.content);
    if (both === undefined) conflicts.add(block.filename);
    byName.set(block.filename, { ...block, content: both ?? block.content });
  }
  const problems = [...conflicts].map(
    (filename): AnswerProblem => ({ kind: 'conflict', filename, detail: `the answer holds two different versions of ${filename}` }),
  );
  return { blocks: [...byName.values()].filter(({ filename }) => !conflicts.has(filename)), problems };
}

/** Two blocks of one file as one; `undefined` where they contradict each other. */
export function joined(one: string, other: string): string | undefined {
  if (one === other) return one;
  return isEdits(one) && isEdits(other) ? `${one.replace(/\n?$/, '\n')}${other}` : undefined;
}

/** The words, without the fences that stood around a block and without holes. */
function tidy(prose: readonly string[]): string {
  return prose
    .map((part, index) => {
      const start = index === 0 ? part : part.replace(/^[ \t]*\n[ \t]*(?:`{3,}|~{3,})[ \t]*(?=\n|$)/, '');
      return index === prose.length - 1
        ? start
        : start.replace(/\n[ \t]*(?:`{3,}|~{3,})\w*[ \t]*\n[ \t]*$|^[ \t]*(?:`{3,}|~{3,})\w*[ \t]*\n$/, '\n');
    })
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}
