// What a truncation took away: the copy that still holds it (logrotate's `copytruncate`), or the words for what is gone.
import type { SourceSink } from '../../../ports.ts';
import type { OpenFile } from './disk.ts';
import type { Life } from './generation.ts';
import type { Lives } from './generations.ts';
import type { StoredPlace } from './places.ts';
import { isCopy } from './read-bytes.ts';
import { findCompressed, notOlder, openFirst, type Sibling, untilSteady } from './siblings.ts';

export type Gap = Parameters<SourceSink['gap']>[0];

export interface Rest {
  /** Holds what was read and goes on from there. */
  readonly copy: OpenFile | undefined;
  /** A copy was found that ends before our offset: what it holds has been read. */
  readonly isShorter: boolean;
}

export async function findRest({ trail }: Life, lives: Lives, siblings: () => Promise<readonly Sibling[]>): Promise<Rest> {
  let copy: OpenFile | undefined;
  let isShorter = false;
  const isRest = async ({ handle, facts }: OpenFile): Promise<boolean> => {
    if (lives.reading(facts.key) || !(await isCopy(handle, facts, trail))) return false;
    isShorter ||= facts.size < trail.offset;
    return facts.size >= trail.offset;
  };
  await untilSteady(siblings, async (files) => {
    copy = await openFirst(notOlder(files, trail.facts.mtimeMs), isRest, (head) => isPrefix(head, trail.head));
    return copy !== undefined;
  });
  return { copy, isShorter };
}

/** One of the two begins with the other, and neither is empty. */
function isPrefix(one: Buffer, other: Buffer): boolean {
  const length = Math.min(one.length, other.length);
  return length > 0 && one.subarray(0, length).equals(other.subarray(0, length));
}

/** @returns `undefined` where there was nothing to lose */
export async function gapOfTruncation(path: string, { source, generation, trail: { offset, facts } }: Life): Promise<Gap | undefined> {
  const unread = facts.size - offset;
  if (offset === 0 && unread <= 0) return undefined;
  const what = unread > 0 ? 'truncated before it was read to the end' : 'truncated; what was written just before may be missing';
  return { source, stream: generation, reason: lost(offset, unread > 0 ? unread : undefined, what + (await hintOf(path))) };
}

/** For a generation of an earlier run that no file holds any more. */
export async function gapSinceLastRun(path: string, { source, generation, offset }: StoredPlace): Promise<Gap> {
  const why = `rotated or truncated while ai-ops was not running${await hintOf(path)}`;
  return { source, stream: generation, reason: lost(offset, undefined, why) };
}

function lost(offset: number, bytes: number | undefined, why: string): string {
  return `${bytes ?? 'an unknown number of'} bytes after offset ${offset} could not be read (${why})`;
}

async function hintOf(path: string): Promise<string> {
  const compressed = (await findCompressed(path))[0];
  return compressed === undefined ? '' : `; ${compressed} may hold it and is not read`;
}
