// Principle: what mends a program changes its code. A change of comments, blanks, prose or tests alone is no fix, whatever
// a test says of it.
import type { ChangeSet } from '../model.ts';
import { isSource, readCode } from '../repository/code-text.ts';
import { codeOf, isTestOnly } from './tests-of.ts';

const PROSE = /\.(?:md|markdown|mdx|txt|rst|adoc)$/i;
const OF_PROJECT = /(?:^|\/)(?:LICENSE|NOTICE|AUTHORS|CHANGELOG|CODEOWNERS)[^/]*$/i;

/** Texts for people, which no program runs; `licenses.go` is a program. */
export const isProse = (path: string): boolean => PROSE.test(path) || (OF_PROJECT.test(path) && !isSource(path));

/**
 * Why a change is no fix, or `undefined` where some file's code is another.
 * @example missingSubstance({ base, files: [{ path: 'a.js', before: 'f();', after: 'f(); // checked' }] }) // 'it changes comments only'
 */
export function missingSubstance({ files }: ChangeSet): string | undefined {
  const rest = files.filter((file) => !isTestOnly(file)).map(codeOf);
  if (rest.length === 0) return 'it changes tests only';
  const code = rest.filter(({ path }) => !isProse(path));
  if (code.length === 0) return 'it changes texts for people only';
  const isOther = code.some(({ path, mode, oldMode, before, after }) => {
    if (before === undefined || after === undefined || mode !== (oldMode ?? mode)) return true;
    return !isSource(path) || bare(path, before) !== bare(path, after);
  });
  if (!isOther) return 'it changes comments and blanks only';
  return code.every(onlyTells) ? 'it only adds words to the log' : undefined;
}

const TELLS =
  /^(?:[@$]?\w+(?:\.|->|::))*[@$]?(?:console\.(?:error|warn|info|debug|trace)|\w*log(?:ger|ging)?(?:\.|->|::)\w+|warn|error_log|eprintln!|System\.err\.\w+|(?:std::)?c(?:err|log)\s*<<)(?=[\s(])/i;
/** What a logger needs to be there. */
const BRINGS_LOGGER = /^(?:import|from|use|using|require\w*|#include)\b|\bgetLogger\b|\brequire\(/;

/** Nothing is gone, and what is new only tells: whoever reads it knows more, and the program does what it did. */
function onlyTells({ path, before, after }: ChangeSet['files'][number]): boolean {
  if (before === undefined || after === undefined || !isSource(path)) return false;
  const linesOf = (bytes: Buffer): readonly string[] =>
    readCode(path, bytes.toString('utf8'))
      .uncommented.split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const left = [...linesOf(before)];
  let next = 0;
  const added = linesOf(after).filter((line) => {
    if (line !== left[next]) return true;
    next += 1;
    return false;
  });
  if (next < left.length || added.length === 0) return false;
  if (!added.some((line) => TELLS.test(line))) return false;
  return added.every(
    (line) =>
      BRINGS_LOGGER.test(line) ||
      (TELLS.test(line) &&
        depthOf(line) === 0 &&
        !/[?]|&&|\|\||[^=!<>]=[^=>]|\+\+|\bexit\b|\bdie\b/.test(line.replace(new RegExp(TEXT, 'g'), "''"))),
  );
}

/**
 * Without comments, blanks and the breaks of a line that goes on: beside a bracket, an operator or a dot they say nothing.
 * Where indentation is code, with that, but not within brackets.
 */
function bare(path: string, bytes: Buffer): string {
  const lines = readCode(path, bytes.toString('utf8')).uncommented.split('\n');
  const isIndented = /\.(?:pyi?|pyx|ya?ml|haml|slim|pug|coffee|nim|fs|hs|sass)$/i.test(path);
  const isShell = /\.(?:sh|bash|zsh|ksh|fish|ps1|mk|cmake)$|[Mm]akefile/i.test(path);
  const kept: string[] = [];
  let open = 0;
  for (const line of lines) {
    const said = line.trim();
    if (said === '') continue;
    const last = kept.at(-1);
    const goesOn = last !== undefined && !isShell && (open > 0 || (!isIndented && (GOES_ON.test(said) || /[([{,.]$/.test(last))));
    if (goesOn) kept[kept.length - 1] = `${last}${said}`;
    else kept.push(isIndented ? line.trimEnd() : said);
    open = isIndented && /\.py[ix]?$/i.test(path) ? Math.max(0, open + depthOf(said)) : 0;
  }
  return kept.map((line) => outside(line, isShell)).join('\n');
}

/** Goes on with what stands above: a member, or the end of what was opened there. */
const GOES_ON = /^(?:(?:\?|&)?\.(?![.\d])|\?->|->|[)\]}])/;

/** Texts and patterns. */
const TEXT = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|(?<=[(,=~!&|:?{[]\s?|\breturn )\/(?![/*])(?:[^/\\\n]|\\.)+\/)/;

const depthOf = (line: string): number => {
  const plain = line.split(TEXT).filter((_part, at) => at % 2 === 0);
  return plain.reduce((sum, part) => sum + (part.match(/[([{]/g)?.length ?? 0) - (part.match(/[)\]}]/g)?.length ?? 0), 0);
};

/** Blanks within a text are part of it; a comma in front of a bracket that closes is none of what is said. */
function outside(line: string, isShell: boolean): string {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const plain = (part: string): string => {
    const single = part.replace(/\s+/g, ' ');
    return isShell ? single : single.replace(/([([{,]) | (?=[)\]},])/g, '$1').replace(/,(?=[)\]}])/g, '');
  };
  const parts = line.trim().split(TEXT);
  return `${indent}${parts.map((part, at) => (at % 2 === 1 ? part : plain(part))).join('')}`;
}
