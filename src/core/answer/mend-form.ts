// A block's content beside the file it replaces: what form has spoilt is put right where there is one way only,
// and what the answer left out or cut off is reported in words that can be fed back to Claude once.
// Judges the form of an answer; whether the change is a good one is for the guard and the proof.

import { isSource, readCode } from '../repository/code-text.ts';
import { findElisions } from './elision.ts';
import { withoutForm } from './form-of-lines.ts';
import { commentedName } from './other-forms.ts';
import type { AnswerProblem } from './problems.ts';

/** Below this a file may well lose half of itself. */
const SHRINK_LINES = 40;
const SHRINK_PART = 0.5;
const MARKUP = /\.(?:md|mdx|markdown|rst|adoc|txt)$/i;

/**
 * What a block says after the marks of its form are taken off: a wrapping, a title, entities, a mark in front of every line,
 * blanks of another kind, an indentation of the whole.
 * Nothing is changed that the base does not prove to be form.
 */
export function repairContent(content: string, base: string): string {
  const inner = withoutTitle(withoutWrapping(content, base), base);
  return withoutEntities(withoutIndentation(withoutForm(inner, base), base), base);
}

/**
 * Why a block's content can not be the whole file, or `undefined`.
 * @param base text of the file before, `undefined` for a new one
 */
export function contentProblem(path: string, content: string, base: string | undefined): AnswerProblem | undefined {
  const before = base ?? '';
  const problem = (kind: AnswerProblem['kind'], detail: string): AnswerProblem => ({ kind, filename: path, detail });
  const [elision] = findElisions(content, before, path);
  if (elision !== undefined) {
    return problem(
      'elided',
      `line ${elision.line} of the block for ${path} stands for code that was left out: ${show(elision.text)}; write the whole file`,
    );
  }
  const marker = patchMarker(content, before);
  if (marker !== undefined) {
    return problem('patch', `the block for ${path} holds a patch (${show(marker)}); write the whole file`);
  }
  const fence = strayFence(path, content, before);
  if (fence !== undefined) {
    return problem(
      'stray-fence',
      `the block for ${path} holds a Markdown fence (${show(fence)}) that is not in the file; write only the file between the tags`,
    );
  }
  if (base === undefined) return undefined;
  if (filledLines(content).length <= 2 && filledLines(before).length > 4 && (content.match(/\\n/g) ?? []).length >= 4) {
    return problem('patch', `the block for ${path} writes its line ends as \\n; write the file as it is`);
  }
  const { title } = titleOf(content, before);
  if (WORDS.test(title) && (title.match(/\p{L}+/gu)?.length ?? 0) >= 3 && !MARKUP.test(path))
    return problem(
      'stray-fence',
      `the block for ${path} begins with words of the answer: ${show(title)}; write only the file between the tags`,
    );
  const cut = truncation(path, content, before);
  if (cut !== undefined) return problem('truncated', `the block for ${path} ends too early: ${cut}; write the whole file`);
  const entity = leftEntity(content, before);
  if (entity !== undefined) {
    return problem(
      'entities',
      `the block for ${path} holds HTML entities where the file has plain characters: ${show(entity)}; write the file as it is`,
    );
  }
  const [was, is] = [filledLines(before).length, filledLines(content).length];
  if (was > SHRINK_LINES && is < was * SHRINK_PART) {
    return problem('shrunk', `the block for ${path} has ${is} lines of ${was}; write the whole file`);
  }
  return undefined;
}

/** The same for a file that edits were applied to: what they have left in it that is no part of a file. */
export function editedProblem(path: string, content: string, base: string): AnswerProblem | undefined {
  const [elision] = findElisions(content, base, path);
  if (elision !== undefined) {
    const detail = `an edit of ${path} puts a line in place of code that was left out: ${show(elision.text)}; write all that stands there`;
    return { kind: 'elided', filename: path, detail };
  }
  const form = patchMarker(content, base) ?? strayFence(path, content, base);
  if (form === undefined) return undefined;
  return { kind: 'patch', filename: path, detail: `an edit of ${path} leaves a mark of its form in the file: ${show(form)}` };
}

const filledLines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

/** A piece of the answer for one line of a message. */
function show(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 77)}...` : line);
}

// ---------------------------------------------------------------- form that is put right

const WRAPPING = /^\s*<!\[CDATA\[[ \t]*\n?([\s\S]*?)\n?[ \t]*\]\]>\s*$/;

function withoutWrapping(content: string, base: string): string {
  const inner = base.includes('<![CDATA[') ? undefined : WRAPPING.exec(content)?.[1];
  return inner === undefined ? content : `${inner}\n`;
}

/** Its own name above the first line of the base. */
function withoutTitle(content: string, base: string): string {
  const { title, rest } = titleOf(content, base);
  const isName = commentedName(title) !== undefined || /^\s*file(?:name)?:\s*[`"'*]*[\w@./-]+\.\w{1,8}[`"'*]*\s*$/i.test(title);
  const blank = base.split('\n').findIndex((line) => line.trim() !== '');
  return isName ? [...Array(blank).fill(''), ...rest].join('\n') : content;
}

/** The line above the first line of the base, where it is new; empty where there is none. */
function titleOf(content: string, base: string): { readonly title: string; readonly rest: readonly string[] } {
  const lines = content.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const title = lines[first] ?? '';
  const next = lines.findIndex((line, at) => at > first && line.trim() !== '');
  const start = base.split('\n').find((line) => line.trim() !== '');
  const isTitle = first >= 0 && start !== undefined && lines[next]?.trimEnd() === start.trimEnd() && !base.includes(title.trim());
  return isTitle ? { title, rest: lines.slice(next) } : { title: '', rest: lines };
}

/** Words that lead to a file, in it. */
const WORDS = /^\s*(?:\*\*)?\p{L}[^;{}()=<>]*:(?:\*\*)?\s*$/u;

/** The whole block is moved to the right, as in a list; the base begins some line at the margin. */
function withoutIndentation(content: string, base: string): string {
  const lines = content.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = /^[ \t]+/.exec(filled[0] ?? '')?.[0];
  const margin = base.split('\n').some((line) => /^\S/.test(line));
  if (indent === undefined || !margin || !filled.every((line) => line.startsWith(indent))) return content;
  const moved = lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trim()));
  const known = new Set(base.split('\n'));
  const before = filled.filter((line) => known.has(line)).length;
  return moved.filter((line) => line !== '' && known.has(line)).length > before ? moved.join('\n') : content;
}

const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9a-f]{1,6});/i;
const NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Entities for plain characters: a line that the base holds without them is that line; all of them, where nothing plain is left. */
function withoutEntities(content: string, base: string): string {
  if (!ENTITY.test(content) || ENTITY.test(base)) return content;
  const known = new Set(base.split('\n').map((line) => line.trimEnd()));
  const lines = content.split('\n');
  const escaped = lines.filter((line) => ENTITY.test(line));
  const proven = escaped.filter((line) => known.has(decode(line).trimEnd()));
  if (proven.length === 0) return content;
  const everywhere = !/[<>]|&(?!(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9a-f]{1,6});)/i.test(content);
  return lines.map((line) => (everywhere || proven.includes(line) ? decode(line) : line)).join('\n');
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,6})|(\w{2,4}));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMES[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

// ---------------------------------------------------------------- form that is reported

/** After `withoutEntities`: some lines were escaped for sure, so the others can not be told. */
function leftEntity(content: string, base: string): string | undefined {
  if (ENTITY.test(base)) return undefined;
  const known = new Set(base.split('\n').map((line) => line.trim()));
  return content.split('\n').find((line) => ENTITY.test(line) && nearly(decode(line).trim(), known));
}

/** A line that differs from one of the base in few words only. */
function nearly(line: string, known: ReadonlySet<string>): boolean {
  if (!/[<>&]/.test(line) || /["'`][^"'`]*&\w+;/.test(line)) return false;
  const words = new Set(line.match(/\w+/g) ?? []);
  if (words.size < 3) return known.has(line);
  return [...known].some((other) => {
    if (!/[<>&]/.test(other)) return false;
    const theirs = new Set(other.match(/\w+/g) ?? []);
    const common = [...words].filter((word) => theirs.has(word)).length;
    return common >= 3 && common >= 0.6 * Math.max(words.size, theirs.size);
  });
}

const PATCH_MARKS =
  /^(?:@@(?: .*)?|[-+<>]{5,9} ?(?:SEARCH|REPLACE)\b.*|<\/?(?:search|replace|old_?str(?:ing)?|new_?str(?:ing)?)>|diff --git a\/.*|--- \S+\n\+\+\+ \S+|--- a\/.*|\+\+\+ b\/.*|<{7}(?: .*)?|>{7}(?: .*)?|\*\*\* (?:Begin|End|Update) (?:Patch|File).*)$/m;

function patchMarker(content: string, base: string): string | undefined {
  const mark = PATCH_MARKS.exec(content)?.[0];
  if (mark !== undefined && !PATCH_MARKS.test(base)) return mark;
  return signedLine(content, base);
}

/** Lines of the base with a sign or a blank in front of them, and others with a sign: a patch without its head. */
function signedLine(content: string, base: string): string | undefined {
  const known = new Set(filledLines(base).map((line) => line.trimEnd()));
  const lines = filledLines(content).map((line) => line.trimEnd());
  const isOwn = (line: string): boolean => known.has(line);
  const shifted = lines.filter((line) => /^[ +-]/.test(line) && !isOwn(line) && known.has(line.slice(1)));
  const signed = lines.find((line) => /^[+-]/.test(line) && !isOwn(line));
  return signed !== undefined && shifted.length >= 2 && shifted.length > lines.filter(isOwn).length ? signed : undefined;
}

function strayFence(path: string, content: string, base: string): string | undefined {
  if (MARKUP.test(path)) return undefined;
  const fences = (text: string): readonly string[] => text.match(/^(?:`{3,}|~{3,})[\w+-]*[ \t]*$/gm) ?? [];
  const found = fences(content);
  return found.length > fences(base).length ? found[0] : undefined;
}

/** How the end shows that more was to come. */
function truncation(path: string, content: string, base: string): string | undefined {
  const was = filledLines(base);
  const is = filledLines(content);
  const last = is.at(-1)?.trimEnd() ?? '';
  const lost = was.slice(lastIndex(was, last) + 1);
  const missing = new Set(is);
  if (
    lastIndex(was, last) >= 0 &&
    lost.length >= 10 &&
    lost.length >= was.length / 4 &&
    lost.every((line) => line.trim().length < 3 || !missing.has(line))
  ) {
    return `it stops after ${show(last)} and the ${lost.length} lines after that are gone`;
  }
  if (
    !was.includes(last) &&
    last.trim().length >= 3 &&
    was.some((line) => line.length > last.length && line.startsWith(last)) &&
    !is.includes(was.at(-1) ?? '')
  ) {
    return `its last line, ${show(last)}, is cut`;
  }
  // Brackets alone are the parser's business; here the text is the file's own up to where it stops.
  const own = is.filter((line) => was.includes(line)).length >= is.length / 2;
  const [open, before] = [openBrackets(path, content), openBrackets(path, base)];
  return own && open > 0 && before === 0 ? `${open === 1 ? 'a bracket is' : `${open} brackets are`} not closed` : undefined;
}

function lastIndex(lines: readonly string[], line: string): number {
  return lines.findLastIndex((other) => other.trimEnd() === line);
}

/** Brackets opened and never closed; −1 where they do not pair, or the language is not known. */
function openBrackets(path: string, text: string): number {
  if (!isSource(path) || MARKUP.test(path)) return -1;
  let open = 0;
  for (const char of readCode(path, text).code.replace(/(["'`])(?:\\.|(?!\1)[^\\])*?\1/g, '')) {
    if (char === '{' || char === '(' || char === '[') open += 1;
    else if (char === '}' || char === ')' || char === ']') open -= 1;
    if (open < 0) return -1;
  }
  return open;
}
