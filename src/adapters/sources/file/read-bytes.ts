// What we remember of the bytes already read of one generation: enough to prove that a file is the same one,
// that another file is a copy of it, and where reading may start again.
import { readSync } from 'node:fs';
import { type Bytes, type FileFacts, readAt } from './disk.ts';
import { describe, SAMPLE } from './identity.ts';

export interface Trail {
  /** Absolute path of the log this is a generation of, whatever its file is called by now. */
  readonly path: string;
  readonly facts: FileFacts;
  /** Bytes read so far. */
  readonly offset: number;
  /** The first bytes, at most `SAMPLE`. */
  readonly head: Buffer;
  /** The last bytes read; ends at `offset`. */
  readonly recent: Buffer;
}

/**
 * Is this file a copy of what was read, or the beginning of such a copy?
 * A copy that is shorter than what was read is compared where it ends, as far back as memory goes.
 */
export async function isCopy(handle: Bytes, facts: FileFacts, trail: Trail): Promise<boolean> {
  if (trail.offset === 0 || facts.size === 0) return false;
  const head = await readAt(handle, 0, Math.min(trail.head.length, facts.size));
  if (!head.equals(trail.head.subarray(0, head.length))) return false;
  const end = Math.min(facts.size, trail.offset);
  const known = trail.offset - trail.recent.length;
  const start = Math.max(known, end - SAMPLE);
  if (start >= end) return head.length === SAMPLE;
  const before = await readAt(handle, start, end - start);
  return before.equals(trail.recent.subarray(start - known, end - known));
}

/**
 * The identity to store for `offset`.
 * @param fd of the open file, for offsets further back than memory goes
 * @param over the generation ends at `trail.offset` and has been read to there
 * @returns `undefined` where the bytes before `offset` are gone
 */
export function identityAt(trail: Trail, offset: number, over: boolean, fd: number | undefined): string | undefined {
  if (offset > trail.offset) return undefined;
  const before = inMemory(trail, offset) ?? (fd === undefined ? undefined : onDisk(trail, offset, fd));
  if (!before) return undefined;
  const { key, born, mtimeMs } = trail.facts;
  return describe({ path: trail.path, key, born, mtimeMs, over: over && offset === trail.offset }, trail.head, before);
}

function inMemory({ offset: end, recent, head }: Trail, offset: number): Buffer | undefined {
  const length = Math.min(SAMPLE, offset);
  const known = end - recent.length;
  if (offset - length >= known) return recent.subarray(offset - length - known, offset - known);
  return offset <= head.length ? head.subarray(0, offset) : undefined;
}

/** Also reads the newest sample again: a file that was rewritten meanwhile must not lend its bytes to the old generation. */
function onDisk(trail: Trail, offset: number, fd: number): Buffer | undefined {
  const length = Math.min(SAMPLE, offset);
  const before = Buffer.alloc(length);
  const newest = trail.recent.subarray(-SAMPLE);
  const check = Buffer.alloc(newest.length);
  try {
    const whole = readSync(fd, before, 0, length, offset - length) === length;
    readSync(fd, check, 0, check.length, trail.offset - check.length);
    return whole && check.equals(newest) ? before : undefined;
  } catch {
    // The disk does not answer now: no identity, so the pipeline keeps its older checkpoint.
    return undefined;
  }
}
