// Code in an answer that has no block: a change that is written down and would be taken for a refusal to make one.
// Principle: who declines may quote the code as it is; who writes lines of a file beside lines that the file does not have
// changes it. A trace that is quoted has lines of code too, and a remark behind a line is no change of it.
import { likeness, wordsOf } from './edits.ts';
import { isSpokenFence } from './other-forms.ts';
import type { AnswerProblem } from './problems.ts';

/** A shorter line is in every file. */
const LEAST = 10;
/** Lines of one file that stand together outside of a fence are no sentence. */
const MANY = 3;
const NEAR = 0.55;
const NEAR_BESIDE = 0.4;
const MOST_LINES = 5_000;
const OF_TRACE = /^\s*(?:at \S.*[:(]|from \S+:\d+|File "|#\d+ |Traceback )/;

/**
 * @param source an answer without blocks
 * @param texts the files that it was shown
 * @example unplacedCode('Write it so:\n```js\nlet total = items ?? [];\n```', ['let total = items;\n'])?.kind // 'no-blocks'
 */
function unplacedCode(source: string, texts: readonly string[]): AnswerProblem | undefined {
  const known = new Set(texts.flatMap((text) => text.split(/\r?\n/).map(bare)).filter(({ length }) => length >= LEAST));
  const parts = partsOf(source.split(/\r?\n/).slice(0, MOST_LINES));
  const changed =
    parts.flatMap(({ isFenced, lines }) => changedIn(lines.map(bare), known, isFenced))[0] ??
    nearly(parts, known) ??
    besides(parts, known) ??
    alone(parts, known) ??
    inSentence(parts, known);
  return changed === undefined
    ? undefined
    : {
        kind: 'no-blocks',
        filename: null,
        detail: `the answer changes code (${JSON.stringify(changed.slice(0, 80))}) in no block; put each whole file into a <code_block filename="…"> of its own`,
      };
}

/**
 * What is wrong with an answer that has no block.
 * @param problems what its form says of it
 */
export function withoutBlocks(problems: readonly AnswerProblem[], source: string, texts: readonly string[]): readonly AnswerProblem[] {
  const isOfNames = problems.every(({ kind, filename }) => kind === 'no-blocks' && filename !== null);
  if (isOfNames && problems.length > 0 && quotesOnly(source, texts)) return [];
  const unplaced = problems.length === 0 ? unplacedCode(source, texts) : undefined;
  return unplaced === undefined ? problems : [unplaced];
}

/**
 * Whether all code of an answer without blocks is quoted: each fence holds lines that stand together in a file, and less than
 * half of it. What is written below a name is a file only where it would be another one.
 * @example quotesOnly('`a.x` says:\n```js\nlet total = items;\n```', ['let total = items;\nuse(total);\nend();\n']) // true
 */
function quotesOnly(source: string, texts: readonly string[]): boolean {
  const files = texts.map((text) => filled(text.split(/\r?\n/)));
  const fences = partsOf(source.split(/\r?\n/).slice(0, MOST_LINES)).filter(({ isFenced }) => isFenced);
  const isQuoted = (lines: readonly string[]): boolean =>
    files.some((file) => lines.length * 2 <= file.length && `\n${file.join('\n')}\n`.includes(`\n${lines.join('\n')}\n`));
  return fences.length > 0 && fences.every(({ lines }) => isQuoted(filled(lines))) && unplacedCode(source, texts) === undefined;
}

const filled = (lines: readonly string[]): readonly string[] => lines.map((line) => line.trim()).filter((line) => line !== '');

/** Without colours and indentation, and without the sign that a patch, a list or a quotation puts in front. */
const bare = (line: string): string =>
  line
    .replace(/\u001b\[[\d;]*m/g, '')
    .trim()
    .replace(/^(?:[-+]|[^\p{L}\p{N}\s"'`([{<@#$_.*/&!~:;]{1,2}\s)\s*(?=\S)/u, '')
    .replace(/^\d+[:|]\s+/, '');

interface Part {
  /** A fence of code: not of what is typed or was printed, nor what stands between fences. */
  readonly isFenced: boolean;
  readonly lines: readonly string[];
}

/** Fences, and what stands between them in one piece; without traces. */
function partsOf(lines: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  let part: string[] = [];
  let fence: string | undefined;
  let isQuoted = false;
  const end = (): void => {
    if (part.length > 0 && !part.some((line) => OF_TRACE.test(line)))
      parts.push({ isFenced: fence !== undefined && !isQuoted, lines: part });
    part = [];
  };
  for (const line of lines) {
    const [, mark = '', info = ''] = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (mark !== '' && (fence === undefined || (mark.startsWith(fence) && info === ''))) {
      end();
      isQuoted = fence === undefined && isSpokenFence(info);
      fence = fence === undefined ? mark : undefined;
    } else if (fence === undefined && line.trim() === '' && part.length < MANY) end();
    else part.push(line);
  }
  end();
  return parts;
}

/** Lines that stand among those of a file and are none of them. */
function changedIn(lines: readonly string[], known: ReadonlySet<string>, isFenced: boolean): readonly string[] {
  const own = lines.filter((line) => known.has(line));
  if (own.length < (isFenced ? 1 : MANY)) return [];
  return lines.filter((line) => isOther(line, known) && (isFenced || /[()=;{}$]/.test(line)) && !own.some((each) => line.startsWith(each)));
}

const isOther = (line: string, known: ReadonlySet<string>): boolean => line.length >= LEAST && /\p{L}/u.test(line) && !known.has(line);

/** A line of a file, and in another place one that is nearly it. */
function nearly(parts: readonly Part[], known: ReadonlySet<string>): string | undefined {
  const lines = parts.flatMap((part) => part.lines.map(bare));
  const own = lines.filter((line) => known.has(line)).map((line) => ({ line, words: wordsOf(line) }));
  const others = own.length === 0 ? [] : lines.filter((line) => isOther(line, known) && !own.some((each) => line.includes(each.line)));
  return others.find((line) => {
    const other = { line, words: wordsOf(line) };
    return /[()=;{}:]/.test(line) && other.words.size > 1 && own.some((each) => likeness(each, other) >= NEAR);
  });
}

/** What a column, or an arrow, puts beside a line of a file. */
function besides(parts: readonly Part[], known: ReadonlySet<string>): string | undefined {
  const lines = parts.filter(({ isFenced }) => isFenced).flatMap((part) => part.lines);
  return lines.find((line) => {
    const [one = '', other = ''] = line.split(/\s+(?:[|>]|=>|->|[→⇒])\s+/).map(bare);
    if (!known.has(one) || !isOther(other, known)) return false;
    return likeness({ line: one, words: wordsOf(one) }, { line: other, words: wordsOf(other) }) >= NEAR_BESIDE;
  });
}

/** A fence of nothing but lines that are those of a file, changed. */
function alone(parts: readonly Part[], known: ReadonlySet<string>): string | undefined {
  const texts = [...known].map((line) => ({ line, words: wordsOf(line) }));
  return parts
    .filter(({ isFenced }) => isFenced)
    .map(({ lines }) => lines.map(bare).filter((line) => line !== ''))
    .find(
      (lines) =>
        lines.length > 0 &&
        lines.length <= MANY &&
        lines.every((line) => {
          const [head = ''] = wordsOf(line);
          const isIts = (other: (typeof texts)[number]): boolean =>
            [...other.words][0] === head && likeness(other, { line, words: wordsOf(line) }) >= NEAR_BESIDE;
          return isOther(line, known) && texts.some(isIts);
        }),
    )?.[0];
}

/** A line of a file and what it is to become, both as code within a sentence. */
function inSentence(parts: readonly Part[], known: ReadonlySet<string>): string | undefined {
  const sentences = parts.filter(({ isFenced }) => !isFenced).flatMap(({ lines }) => lines);
  return sentences
    .map((sentence) => [...sentence.matchAll(/`([^`]+)`/g)].map(([, code = '']) => bare(code)))
    .flatMap((codes) => {
      const own = codes.filter((code) => known.has(code)).map((line) => ({ line, words: wordsOf(line) }));
      return codes.filter(
        (line) => isOther(line, known) && own.some((each) => likeness(each, { line, words: wordsOf(line) }) >= NEAR_BESIDE),
      );
    })[0];
}
