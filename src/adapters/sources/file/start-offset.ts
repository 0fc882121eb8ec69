// Where reading starts in a file that is already there: after its last whole line, with the lines before it counted.

import { MAX_HELD } from '../bytes/cut.ts';
import { BYTES, countLines, type Encoding, endOfLastLine, sniff } from '../bytes/encoding.ts';
import { type Bytes, type OpenFile, readAt } from './disk.ts';
import { BLOCK } from './generation.ts';

export interface Position {
  readonly offset: number;
  /** Newlines before `offset`. */
  readonly lines: number;
}

/** Where a file is read from, and why there. */
export interface Start extends Position {
  readonly why: string;
}

/**
 * The end of the last whole line, so that a line which is half written now comes whole.
 * A half line longer than what is held back anyway is not waited for.
 * @returns `binary` for what is not text
 */
export async function endOfLog({ handle, facts }: OpenFile, encodingName?: string): Promise<Position | 'binary'> {
  const encoding = sniff(await readAt(handle, 0, BLOCK), encodingName);
  if (encoding === 'binary') return 'binary';
  const at = await scanLines(handle, facts.size, encoding);
  return facts.size - at.offset > MAX_HELD ? { offset: facts.size, lines: at.lines } : at;
}

export async function isBinary({ handle }: OpenFile, encodingName?: string): Promise<boolean> {
  return sniff(await readAt(handle, 0, BLOCK), encodingName) === 'binary';
}

/** Newlines before `offset`. */
export async function linesBefore({ handle }: OpenFile, offset: number, encodingName?: string): Promise<number> {
  const encoding = sniff(await readAt(handle, 0, BLOCK), encodingName);
  return (await scanLines(handle, offset, encoding === 'binary' ? BYTES : encoding)).lines;
}

async function scanLines(handle: Bytes, size: number, encoding: Encoding): Promise<Position> {
  let lines = 0;
  let offset = 0;
  for (let at = 0; at < size; ) {
    const block = await readAt(handle, at, Math.min(BLOCK, size - at));
    if (block.length === 0) break;
    lines += countLines(block, at, encoding);
    const end = endOfLastLine(block, at, encoding);
    if (end > 0) offset = at + end;
    at += block.length;
  }
  return { offset, lines };
}
