// The files of `src` and what each of them imports: what the architecture tests look at.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface SourceFile {
  /** Below `src`. */
  readonly path: string;
  readonly text: string;
}

export const SOURCE: readonly SourceFile[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ path: name, text: readFileSync(join('src', name), 'utf8') }));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  readonly statement: string;
}

/** Of values and of types, at once and on demand. */
const IMPORT = /(?:^|\n)(?:import|export) (type )?[^;'"]*?from '([^']+)'|(?:^|\n)import '([^']+)'|import\(\s*'([^']+)'\s*\)/g;

export function importsOf({ path, text }: SourceFile): readonly Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[2] ?? match[3] ?? match[4] ?? '';
    const to = name.startsWith('.') ? normalize(join(dirname(path), name)) : name;
    return { from: path, to, isType: match[1] !== undefined, statement: match[0].trim() };
  });
}

export const zoneOf = (path: string): string => path.replace(/\.ts$/, '').split('/')[0] ?? '';

/** Whether it is a file of ours. */
export const isOwn = (to: string): boolean => to.endsWith('.ts');
