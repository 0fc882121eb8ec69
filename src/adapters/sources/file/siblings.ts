// The rotated files beside a log: which names they may have, and which of them hold what we still have to read.
// Compressed ones count among them where they can be unpacked; the others are only recognised.
import { promises } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { codeOf } from '../../../platform/errno.ts';
import { type FileFacts, look, type OpenFile, open } from './disk.ts';
import { isPacked, openPacked } from './unpack.ts';

export interface Sibling {
  readonly path: string;
  readonly facts: FileFacts;
  /** Number at the end of the name: 1 is the newest. 0 for dates and the like. */
  readonly age: number;
  /** To be unpacked while it is read. */
  readonly packed: boolean;
}

const COMPRESSED = /\.(gz|bz2|xz|zst|lz4|Z|zip)$/;

/** `.1`, `-20260102`, `.2026-01-02T03`, and the words people use. */
const ROTATED = /^[._-](\d[\d._:TZ-]*|old|bak|prev(ious)?|orig(inal)?|save)$/;

/**
 * Is `name` a rotated form of `base`, as logrotate, log4j, Docker or `mv` make them?
 * @example rotatedName('app.log', 'app.log.1') // 1
 * @returns its number, 0 for names without one, `undefined` for other files
 */
export function rotatedAge(base: string, name: string): number | undefined {
  const plain = name.replace(COMPRESSED, '');
  const extension = extname(base);
  const stem = base.slice(0, base.length - extension.length);
  const isInfix = extension !== '' && plain.startsWith(stem) && plain.endsWith(extension) && plain.length > base.length;
  // `app-1.log` beside `app.log` is another log; `app.1.log` and `app-20260102.log` are not.
  const isDate = /^[._-]\d{4}/;
  const suffix = plain.startsWith(base) ? plain.slice(base.length) : isInfix ? plain.slice(stem.length, -extension.length) : '';
  if (!ROTATED.test(suffix) || (isInfix && !suffix.startsWith('.') && !isDate.test(suffix))) return undefined;
  return /^[._-]\d{1,4}$/.test(suffix) ? Number(suffix.slice(1)) : 0;
}

/**
 * The logs that `name` may be a rotated file of.
 * @example logNames('app.log.1') // ['app.log']
 */
export function logNames(name: string): readonly string[] {
  const plain = name.replace(COMPRESSED, '');
  const stems = [...plain.matchAll(/[._-]/g)].map(({ index }) => plain.slice(0, index));
  const names = new Set(stems.flatMap((stem) => [stem, `${stem}${extname(plain)}`]));
  return [...names].filter((base) => base !== '' && rotatedAge(base, name) !== undefined);
}

export function isCompressed(path: string): boolean {
  return COMPRESSED.test(path);
}

/** Rotated files beside each of `paths` (a link and its target may lie in two directories), oldest first. */
export async function findSiblings(paths: readonly string[]): Promise<readonly Sibling[]> {
  const found = new Map<string, Sibling>();
  for (const path of new Set(paths)) {
    const names = await list(dirname(path));
    for (const name of names) {
      const age = rotatedAge(basename(path), name);
      if (age === undefined || (isCompressed(name) && !isPacked(name))) continue;
      // In the making, or kept beside what it was made of.
      if (isPacked(name) && names.includes(name.slice(0, -'.gz'.length))) continue;
      const sibling = join(dirname(path), name);
      const facts = await look(sibling);
      if (facts?.kind === 'file') found.set(facts.key, { path: sibling, facts, age, packed: isPacked(name) });
    }
  }
  return [...found.values()].sort((a, b) => a.facts.mtimeMs - b.facts.mtimeMs || b.age - a.age);
}

type FileId = Pick<FileFacts, 'key' | 'born'>;

export function isSameFile(one: FileId, other: FileId): boolean {
  return one.key === other.key && one.born === other.born;
}

const ROUNDS = 10;

/**
 * Names may be shifted while we look through them, and a file slip past us:
 * looks again until nothing has moved meanwhile, or `act` has found what it wants.
 */
export async function untilSteady(
  list: () => Promise<readonly Sibling[]>,
  act: (files: readonly Sibling[]) => Promise<boolean>,
): Promise<void> {
  let files = await list();
  for (let round = 0; round < ROUNDS; round += 1) {
    if (await act(files)) return;
    const now = await list();
    if (signature(now) === signature(files)) return;
    files = now;
  }
}

function signature(files: readonly Sibling[]): string {
  return files.map(({ path, facts }) => `${path} ${facts.key} ${facts.born}`).join('\n');
}

/** The file at `path` itself in the form of a sibling, as far as it is there. */
export async function findSelf(path: string): Promise<readonly Sibling[]> {
  const facts = await look(path);
  return facts?.kind === 'file' ? [{ path, facts, age: 0, packed: false }] : [];
}

/**
 * Those that may hold what was last changed at `mtimeMs`. Unpacking is dear, so it is spared where the times rule it out:
 * logrotate and gzip keep the time, some to the second.
 */
export function notOlder(siblings: readonly Sibling[], mtimeMs: number): readonly Sibling[] {
  return siblings.filter(({ packed, facts }) => !packed || facts.mtimeMs >= wholeSecond(mtimeMs));
}

export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** Names of generations beside `path` that are compressed and not read: what may hold the bytes we miss. */
export async function findCompressed(path: string): Promise<readonly string[]> {
  const names = await list(dirname(path));
  return names.filter((name) => isCompressed(name) && !isPacked(name) && rotatedAge(basename(path), name) !== undefined);
}

/**
 * Opens the siblings in turn and returns the first that `accept`s, the others closed again.
 * @param begins tells from its head whether a compressed one is worth unpacking; without it they are left out
 */
export async function openFirst(
  siblings: readonly { readonly path: string; readonly packed?: boolean }[],
  accept: (file: OpenFile) => Promise<boolean>,
  begins?: (head: Buffer) => boolean,
): Promise<OpenFile | undefined> {
  for (const { path, packed = false } of siblings) {
    const file = packed ? begins && (await openPacked(path, begins)) : await open(path);
    if (!file) continue;
    let accepted = false;
    try {
      accepted = await accept(file);
    } finally {
      if (!accepted) await file.handle.close();
    }
    if (accepted) return file;
  }
  return undefined;
}

async function list(directory: string): Promise<readonly string[]> {
  try {
    return await promises.readdir(directory);
  } catch (error) {
    // A directory that is gone or closed to us has no siblings; other troubles are tried again by the caller.
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(codeOf(error))) return [];
    throw error;
  }
}
