// From what the user named to paths: a path stands for itself, a glob for the files it matches now.
import { promises } from 'node:fs';
import { dirname, matchesGlob, resolve } from 'node:path';
import { look } from './disk.ts';
import { isCompressed } from './siblings.ts';
import { isPacked } from './unpack.ts';

export interface Expansion {
  readonly paths: readonly string[];
  /** Globs that match nothing now. */
  readonly unmatched: readonly string[];
}

interface Expanding {
  /** Paths of checkpoints: one that a glob would match counts, even while there is no such file. */
  readonly remembered?: readonly string[];
  /** Of a path that is followed already: it need not be looked at. */
  readonly isKnown?: (path: string) => boolean;
  /** Compressed files that can be unpacked count as well. */
  readonly unpacks?: boolean;
}

export async function expand(patterns: readonly string[], how: Expanding = {}): Promise<Expansion> {
  const paths = new Set<string>();
  const unmatched: string[] = [];
  for (const pattern of patterns) {
    if (!(await isGlob(pattern))) {
      paths.add(pattern);
      continue;
    }
    const found = [...(await matches(pattern, how)), ...(how.remembered ?? []).filter((path) => matchesGlob(path, pattern))];
    if (found.length === 0) unmatched.push(pattern);
    for (const path of found) paths.add(path);
  }
  return { paths: [...paths], unmatched };
}

/** A file may really be called `app[1].log`. */
export async function isGlob(pattern: string): Promise<boolean> {
  return /[*?[\]{}]|[!+@]\(/.test(pattern) && (await look(pattern).catch(() => undefined)) === undefined;
}

/** The directory in which the first matches can be born. */
export function globRoot(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => /[*?[\]{}()]/.test(part));
  if (first < 0) return resolve(dirname(pattern));
  return resolve(parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.'));
}

/** Files may be born in directories below the first. */
export function hasDirectories(pattern: string): boolean {
  return globRoot(pattern) !== resolve(dirname(pattern));
}

/** Files only, in the order of their names. */
async function matches(pattern: string, { isKnown = () => false, unpacks = false }: Expanding): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of promises.glob(pattern)) {
    if (isCompressed(path) && !(unpacks && isPacked(path))) continue;
    if (isKnown(path) || (await look(path).catch(() => undefined))?.kind !== 'directory') found.push(path);
  }
  // Kept beside what it was made of.
  return found.filter((path) => !isPacked(path) || !found.includes(path.slice(0, -'.gz'.length))).sort();
}
