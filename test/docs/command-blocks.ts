// The blocks of our pages that a reader copies: commands and configuration, each with the marks above it that say what of it the
// tests do not run and why. A mark is a comment that readers of the page do not see:
//   <!-- not run: REASON -->                 the whole block below it
//   <!-- not run: `BEGINNING OF A LINE`: REASON -->   one line of it
import { globSync } from 'node:fs';
import { readDoc, readDocs } from './read-docs.ts';

export interface Mark {
  /** How the line begins that it is about; the whole block where none is named. */
  readonly line: string | undefined;
  readonly reason: string;
}

export interface Block {
  readonly path: string;
  /** Of its first line, from 1. */
  readonly at: number;
  readonly language: string;
  readonly lines: readonly string[];
  readonly marks: readonly Mark[];
}

/** What shells are given. */
export const SHELL = /^(?:sh|bash|zsh|shell|console|powershell|ps1)$/;

export function readBlocks(): readonly Block[] {
  const examples = globSync('examples/**/README.md').sort().map(readDoc);
  return [...readDocs(), ...examples].flatMap(({ path, text }) => blocksOf(path, text));
}

export function blocksOf(path: string, text: string): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent = '', fence = '', language = ''] = /^( *)(`{3,}|~{3,})\s*(\S*)/.exec(lines[at]!) ?? [];
    if (fence === '') continue;
    let end = at + 1;
    while (end < lines.length && lines[end]!.trim() !== fence) end += 1;
    const inside = lines.slice(at + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    blocks.push({ path, at: at + 2, language, lines: inside, marks: marksAbove(lines, at) });
    at = end;
  }
  return blocks;
}

/** Comments directly above the fence, blank lines between them. */
function marksAbove(lines: readonly string[], fence: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (let at = fence - 1; at >= 0; at -= 1) {
    const line = lines[at]!.trim();
    if (line === '') continue;
    const [, words] = /^<!-- not run: (.+) -->$/.exec(line) ?? [];
    if (words === undefined) break;
    const [, of, reason] = /^`(.+?)`: (.+)$/.exec(words) ?? [];
    marks.unshift({ line: of, reason: reason ?? words });
  }
  return marks;
}

/** The commands of a block: comments and blank lines are none, what ends with a backslash goes on. */
export function commandsOf({ lines }: Block): readonly string[] {
  return lines
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/^\$ /, ''))
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
}

export const whyNotRun = ({ marks }: Block, command: string): string | undefined =>
  marks.find(({ line }) => line === undefined || command.startsWith(line))?.reason;

/** Words of the calls of ai-ops in one command, as a shell would split them; comments are left out. */
export function callsOf(command: string): readonly (readonly string[])[] {
  const words = wordsOf(command);
  return words.flatMap((word, index) => {
    if (word !== 'ai-ops') return [];
    const rest = words.slice(index + 1);
    const end = rest.findIndex((one) => /^(?:[|;&)<>]|&&|\|\||\d?>.*)$/.test(one));
    return [end < 0 ? rest : rest.slice(0, end)];
  });
}

function wordsOf(command: string): readonly string[] {
  const words: string[] = [];
  for (const [, single, double, operator, plain] of command.matchAll(
    /'([^']*)'|"([^"]*)"|(#.*$|&&|\|\||[|;&()]|<\(|\d?[<>]+)|([^\s'"|;&()<>]+)/g,
  )) {
    if (operator?.startsWith('#')) break;
    words.push(single ?? double ?? operator ?? plain ?? '');
  }
  return words;
}
