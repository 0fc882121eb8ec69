// What the tests of this directory read: our Markdown in pieces, and the source it speaks of.
// Fenced blocks are left out where a document is searched for names: they show other people's files and output.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Doc {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** Without fenced blocks and comments; lines keep their numbers. */
  readonly prose: string;
}

/** README, CHANGELOG and everything below doc/. */
export function readDocs(): readonly Doc[] {
  const below = readdirSync('doc', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const paths = [
    ...['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].filter((path) => existsSync(path)),
    ...below.sort().map((name) => join('doc', name)),
  ];
  return paths.map(readDoc);
}

export function readDoc(path: string): Doc {
  const text = readFileSync(path, 'utf8');
  return { path, text, prose: proseOf(text) };
}

export function proseOf(text: string): string {
  const blank = (block: string): string => block.replace(/[^\n]/g, '');
  return text.replace(/^ *(`{3,}|~{3,})[\s\S]*?^ *\1 *$/gm, blank).replace(/<!--[\s\S]*?-->/g, blank);
}

/** Code spans with the line they stand in. */
export function spans(prose: string): readonly { readonly span: string; readonly line: number }[] {
  return prose
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(/(`+)(.+?)\1/g)].map((match) => ({ span: match[2]!.trim(), line: index + 1 })));
}

/** The source, by path. */
export function readSource(): ReadonlyMap<string, string> {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return new Map(names.map((name) => [join('src', name), readFileSync(join('src', name), 'utf8')]));
}

/** Whether `text` declares `name`: a function, a constant, a type, or a method of something. */
export function declares(text: string, name: string): boolean {
  const declared = new RegExp(`\\b(?:function\\*?|const|let|type|interface|class)\\s+${name}\\b`);
  const method = new RegExp(`^\\s+(?:readonly |async )*${name}(?:[(<]|: (?:async )?\\()`, 'm');
  return declared.test(text) || method.test(text);
}

/** Rows of all Markdown tables: cells without their outer spaces, heads and rules left out. */
export function tableRows(prose: string): readonly (readonly string[])[] {
  const lines = prose.split('\n');
  const isRule = (line: string | undefined): boolean => line !== undefined && /^\|[\s:|-]+\|$/.test(line);
  return lines
    .filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}
