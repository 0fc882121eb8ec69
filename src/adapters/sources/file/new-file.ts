// A file that we do not read yet: is it new, a copy of what we have read, or one that we had finished with?
// Decides where to read it from; reads nothing of it but its head and the samples that are compared.
import { basename } from 'node:path';
import { codeOf } from '../../../platform/errno.ts';
import { sniff } from '../bytes/encoding.ts';
import { type FileFacts, factsOf, type OpenFile, open, readAt } from './disk.ts';
import { BLOCK } from './generation.ts';
import type { Lives } from './generations.ts';
import { SAMPLE } from './identity.ts';
import { isCopy, type Trail } from './read-bytes.ts';
import { findSiblings, isSameFile, openFirst, rotatedAge, type Sibling, untilSteady, wholeSecond } from './siblings.ts';
import { linesBefore, type Position } from './start-offset.ts';
import { openPacked } from './unpack.ts';

export type Newcomer =
  | { readonly kind: 'read'; readonly file: OpenFile; readonly at: Position }
  /** Gone again, or read under another name. */
  | { readonly kind: 'none' }
  /** Everything in it has been read. */
  | { readonly kind: 'known' }
  /** A copy of a log that is being read (copytruncate): its rest is read when the log is truncated. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'binary' };

/**
 * Opens what stands at `path` now.
 * @param trusted the path has held a text log before: NULs in a new file are a hole
 * @throws the file system's error
 */
export async function place(path: string, lives: Lives, encoding: string | undefined, trusted: boolean): Promise<Newcomer> {
  const file = await open(path);
  if (!file) return { kind: 'none' };
  let newcomer: Newcomer | undefined;
  try {
    newcomer = await judge(file, lives, encoding, trusted);
    return newcomer;
  } finally {
    if (newcomer?.kind !== 'read') await file.handle.close();
  }
}

async function judge(file: OpenFile, lives: Lives, encoding: string | undefined, trusted: boolean): Promise<Newcomer> {
  const { handle, facts } = file;
  if (facts.kind !== 'file' || lives.reading(facts.key)) return { kind: 'none' };
  for (const { trail, truncated } of lives.past) {
    const isSame = isSameFile(trail.facts, facts);
    if (isSame ? truncated : !mayBeCopy(file, trail)) continue;
    if (!(await isCopy(handle, facts, trail)) || (!isSame && !truncated && (await wasRenamed(trail)))) continue;
    if (facts.size <= trail.offset) return { kind: 'known' };
    return { kind: 'read', file, at: { offset: trail.offset, lines: await linesBefore(file, trail.offset, encoding) } };
  }
  if (lives.memory.atStart.has(`${facts.key}:${facts.born}`) || (await lives.memory.isInLedger(file))) return { kind: 'known' };
  for (const { trail } of lives.all()) {
    const isLikeIt = mayBeCopy(file, trail) && (await isCopy(handle, facts, trail));
    if (isLikeIt && !(await wasRenamed(trail))) return { kind: 'wait' };
  }
  if (!trusted && sniff(await readAt(handle, 0, BLOCK), encoding) === 'binary') return { kind: 'binary' };
  return { kind: 'read', file, at: { offset: 0, lines: 0 } };
}

/** The file stands beside its log under a rotated name and holds what was read of it: what else there is like it is no copy, it is another log. */
async function wasRenamed(trail: Trail): Promise<boolean> {
  const itself = (await findSiblings([trail.path])).filter(({ facts }) => isSameFile(facts, trail.facts));
  const holdsAll = ({ handle, facts }: OpenFile): Promise<boolean> =>
    facts.size < trail.offset ? Promise.resolve(false) : isCopy(handle, facts, trail);
  const found = await openFirst(itself, holdsAll);
  await found?.handle.close();
  return found !== undefined;
}

function mayBeCopy({ path }: OpenFile, trail: Trail): boolean {
  return rotatedAge(basename(trail.path), basename(path)) !== undefined;
}

export interface Seen {
  /** Siblings that were there before, by key and birth. */
  readonly seen: ReadonlySet<string>;
  /** Last change of the generation before them: what is older was there before it. */
  readonly sinceMs: number;
  /** Files, by key and birth, that may have begun another life since they were seen: their times say nothing. */
  readonly reused?: ReadonlySet<string>;
  /** The file that was opened at the path; it is not a sibling. */
  readonly except: OpenFile | undefined;
}

export interface Unseen {
  /** Oldest first. */
  readonly files: readonly OpenFile[];
  /** What kept us from opening the younger ones: they are found again by the next look. */
  readonly problem: unknown;
}

/** Opens the siblings that hold a generation nobody has read. */
export async function openUnseen(list: () => Promise<readonly Sibling[]>, lives: Lives, how: Seen): Promise<Unseen> {
  const found = new Map<string, OpenFile>();
  try {
    await untilSteady(list, async (siblings) => {
      for (const { path, packed } of siblings.filter((sibling) => !isOld(sibling, how) && !found.has(sibling.facts.key))) {
        const file = packed ? await openPacked(path, () => true) : await open(path);
        if (!file) continue;
        try {
          const others = [...found.values(), ...lives.all().map((life) => life.file), ...(how.except ? [how.except] : [])];
          const isKnown = found.has(file.facts.key) || (await isTwin(file, others));
          if (!isKnown && (await isNew(file, lives, how))) found.set(file.facts.key, file);
        } finally {
          if (found.get(file.facts.key) !== file) await file.handle.close();
        }
      }
      return false;
    });
  } catch (problem) {
    // More generations than descriptors: those that are open are read and closed before there is room for others.
    if (found.size > 0 && ['EMFILE', 'ENFILE'].includes(codeOf(problem))) return { files: byAge([...found.values()]), problem };
    await closeAll([...found.values()]);
    throw problem;
  }
  return { files: byAge([...found.values()]), problem: undefined };
}

/** Oldest first. */
export function byAge(files: readonly OpenFile[]): readonly OpenFile[] {
  return files.toSorted((a, b) => a.facts.mtimeMs - b.facts.mtimeMs || Number(BigInt(a.facts.born) - BigInt(b.facts.born)));
}

export async function closeAll(files: readonly OpenFile[]): Promise<void> {
  await Promise.all(files.map(({ handle }) => handle.close()));
}

/** The packed form of a file that we hold open and that has been deleted since: it may have been packed before we read a byte of it. */
async function isTwin(file: OpenFile, others: readonly OpenFile[]): Promise<boolean> {
  if (!file.packed) return false;
  for (const other of others) {
    const now = await factsOf(other.handle);
    const { size } = file.facts;
    if (other.packed || now.links > 0 || now.size < size) continue;
    if ((await sampleOf(file, size)).equals(await sampleOf(other, size))) return true;
  }
  return false;
}

/** The first bytes, and the last before `size`. */
async function sampleOf({ handle }: OpenFile, size: number): Promise<Buffer> {
  const from = Math.max(0, size - SAMPLE);
  return Buffer.concat([await readAt(handle, 0, Math.min(SAMPLE, size)), await readAt(handle, from, size - from)]);
}

interface AnyFile {
  readonly facts: FileFacts;
  readonly packed?: boolean;
}

/** Equal times count as new: file systems tick in milliseconds, and what has been read is recognised by its content. Packing may cut the time to the second. */
function isOld({ facts: { key, born, mtimeMs }, packed }: AnyFile, { seen, sinceMs, reused }: Seen): boolean {
  if (reused?.has(`${key}:${born}`)) return false;
  return seen.has(`${key}:${born}`) || mtimeMs < (packed ? wholeSecond(sinceMs) : sinceMs);
}

async function isNew(file: OpenFile, lives: Lives, how: Seen): Promise<boolean> {
  const { handle, facts } = file;
  if (isOld(file, how) || facts.key === how.except?.facts.key || lives.reading(facts.key)) return false;
  if (await lives.memory.isInLedger(file)) return false;
  const trails = [...lives.all().map(({ trail }) => ({ trail, truncated: false })), ...lives.past];
  for (const { trail, truncated } of trails) {
    if (!(await isCopy(handle, facts, trail))) continue;
    if (truncated || isSameFile(facts, trail.facts) || !(await wasRenamed(trail))) return false;
  }
  return true;
}
