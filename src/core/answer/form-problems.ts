// A block's content beside the file it replaces: what the answer left out or cut off, and what in it is no part of a file, in
// words that can be fed back to Claude once.
// Judges the form of an answer; whether the change is a good one is for the guard and the proof.

import { isSource, readCode } from '../repository/code-text.ts';
import { commentForCode } from './comment-for-code.ts';
import { findElisions } from './elision.ts';
import { decode, ENTITY, titleOf } from './mend-form.ts';
import type { AnswerProblem } from './problems.ts';

/** Below this a file may well lose half of itself. */
const SHRINK_LINES = 40;
const SHRINK_PART = 0.5;
const MARKUP = /\.(?:md|mdx|markdown|rst|adoc|txt)$/i;

/**
 * Why a block's content can not be the whole file, or `undefined`.
 * @param base text of the file before, `undefined` for a new one
 * @param moved lines that other files of the change have and did not have
 */
export function contentProblem(
  path: string,
  content: string,
  base: string | undefined,
  moved?: ReadonlySet<string>,
): AnswerProblem | undefined {
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
  if (content.includes('\ufffd') && !before.includes('\ufffd')) {
    return problem('not-text', `the block for ${path} holds characters that could not be read (U+FFFD); write the file as it is`);
  }
  if (base === undefined) return undefined;
  if (isTwice(content, before)) return problem('conflict', `the block for ${path} holds the file twice; write it once`);
  const comment = commentForCode(path, content, before, moved);
  if (comment !== undefined) {
    const text = show(content.split('\n')[comment] ?? '');
    return problem('elided', `line ${comment + 1} of the block for ${path}, ${text}, stands where there was code; write the whole file`);
  }
  const words = lastWords(content, before);
  if (words !== undefined && !MARKUP.test(path))
    return problem(
      'stray-fence',
      `the block for ${path} ends with words of the answer: ${show(words)}; write only the file between the tags`,
    );
  if (filledLines(content).length <= 2 && filledLines(before).length > 4 && (content.match(/\\n/g) ?? []).length >= 4) {
    return problem('patch', `the block for ${path} writes its line ends as \\n; write the file as it is`);
  }
  const { title } = titleOf(content, before);
  if (((WORDS.test(title) && (title.match(/\p{L}+/gu)?.length ?? 0) >= 3) || HEADING.test(title)) && !MARKUP.test(path))
    return problem(
      'stray-fence',
      `the block for ${path} begins with words of the answer: ${show(title)}; write only the file between the tags`,
    );
  const pointed = content.split('\n').find((line) => POINTS.test(line) && !before.includes(line));
  if (pointed !== undefined && !POINTS.test(before))
    return problem(
      'stray-fence',
      `the block for ${path} holds a remark of the answer: ${show(pointed)}; write only the file between the tags`,
    );
  const spoken = spokenLine(path, content, before);
  if (spoken !== undefined)
    return problem('stray-fence', `the block for ${path} holds words of the answer: ${show(spoken)}; write only the file between the tags`);
  const cut = truncation(path, content, before);
  if (cut !== undefined) return problem('truncated', `the block for ${path} ends too early: ${cut}; write the whole file`);
  const entity = leftEntity(content, before);
  if (entity !== undefined) {
    return problem(
      'entities',
      `the block for ${path} holds HTML entities where the file has plain characters: ${show(entity)}; write the file as it is`,
    );
  }
  const [was, is] = [filledLines(before).filter((line) => moved?.has(line.trim()) !== true).length, filledLines(content).length];
  if (was > SHRINK_LINES && is < was * SHRINK_PART) {
    return problem('shrunk', `the block for ${path} has ${is} lines of ${was}; write the whole file`);
  }
  return undefined;
}

/** Where words beside each other in brackets are no code. */
const NO_WORDS = /\.(?:[cm]?[jt]sx?|java|kts?|scala|go|rs|c|h|cc|cpp|hpp|cs|swift|dart|php|pyi?)$/i;
const IN_BRACKETS = /^[[(【（]\p{L}[\p{L}'’]*(?:[ ,]+[\p{L}'’]+){2,}[.…]*[\])】）]$/u;

/** A remark in brackets on a line of its own, which is no code, no comment and in no text. */
function spokenLine(path: string, content: string, base: string): string | undefined {
  if (!NO_WORDS.test(path) || /\.[jt]sx$/i.test(path)) return undefined;
  const code = readCode(path, content).code.split('\n');
  return code.map((line) => line.trim()).find((line) => IN_BRACKETS.test(line) && !/,/.test(line) && !base.includes(line));
}

/** What points at a line from behind it. */
const POINTS = /[^\s-](?:[ \t]+<-{2,}|[ \t]*←)[ \t]*[\p{L} ]{2,40}$/mu;

/** Lines from the beginning of the base that no file repeats in a row. */
const HEAD = 5;

/** The file begins once more within itself. */
function isTwice(content: string, base: string): boolean {
  const head = filledLines(base).slice(0, HEAD).join('\n');
  const times = (text: string): number => `\n${filledLines(text).join('\n')}\n`.split(`\n${head}\n`).length - 1;
  return filledLines(base).length > HEAD && times(content) > 1 && times(base) === 1;
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

/** Sentences behind the last line of the base. */
function lastWords(content: string, base: string): string | undefined {
  const lines = content.split('\n');
  const end = filledLines(base).at(-1) ?? '';
  const rest = lines.slice(lines.lastIndexOf(end) + 1).filter((line) => line.trim() !== '');
  const isSaid = rest.length > 0 && rest.length < lines.length - 1 && rest.every((line) => SENTENCE.test(line));
  return isSaid ? rest[0] : undefined;
}

const SENTENCE = /^\p{L}[\p{L}\p{N}'’,-]*(?:\s+[^\s;{}()=<>]+){3,}[.!?:]$/u;

/** Words that lead to a file, in it. */
const WORDS = /^\s*(?:\*\*)?\p{L}[^;{}()=<>]*:(?:\*\*)?\s*$/u;

const HEADING = /^#{1,6} (?:the )?(?:fixed|updated|corrected|modified|complete|full|final) (?:file|code|version)\b/i;

/** Of code, and of no words in a page. */
const OPERATOR = /[=-]&gt;|&amp;&amp;/;

/** After `withoutEntities`: some lines were escaped for sure, so the others can not be told. */
function leftEntity(content: string, base: string): string | undefined {
  if (ENTITY.test(base) && (OPERATOR.test(base) || !OPERATOR.test(content))) return undefined;
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

/** Where `'` may be a letter of a name, or begin a lifetime. */
const IN_NAMES = /\.(?:hs|elm|purs|mli?|fsx?|fsi|sml|rs)$/i;

/** Brackets opened and never closed; −1 where they do not pair, or the language is not known. */
function openBrackets(path: string, text: string): number {
  if (!isSource(path) || MARKUP.test(path)) return -1;
  let open = 0;
  const quoted = IN_NAMES.test(path) ? /(["`])(?:\\.|(?!\1)[^\\])*?\1/g : /(["'`])(?:\\.|(?!\1)[^\\])*?\1/g;
  for (const char of readCode(path, text).code.replace(quoted, '')) {
    if (char === '{' || char === '(' || char === '[') open += 1;
    else if (char === '}' || char === ')' || char === ']') open -= 1;
    if (open < 0) return -1;
  }
  return open;
}
