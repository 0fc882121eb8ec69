// How the file source writes a place down. The token of an event is its byte offset; that of a position is the offset and,
// behind a blank, the proof by which the file is known again at the next start (`identity.ts`). Nobody else reads either.
import type { Checkpoint, Place, Position } from '../../../ports.ts';
import { type Identity, parseIdentity } from './identity.ts';

/** A place in one life of a file, as an earlier run has left it. */
export interface StoredPlace {
  readonly source: string;
  readonly generation: string;
  readonly offset: number;
  /** Newlines before it. */
  readonly lines: number;
  readonly identity: Identity;
}

/** @returns `undefined` for what is not one of ours: the checkpoint is then not used */
export function readPlace({ position: { source, stream, token }, line = 0 }: Checkpoint): StoredPlace | undefined {
  const [, digits = '', proof = ''] = /^(\d+) ([\s\S]*)$/.exec(token) ?? [];
  const identity = parseIdentity(proof);
  return identity && { source, generation: stream, offset: Number(digits), lines: line, identity };
}

export function positionOf(source: string, generation: string, offset: number, proof: string | undefined): Position | undefined {
  return proof === undefined ? undefined : { source, stream: generation, token: `${offset} ${proof}` };
}

/**
 * The places in a block of bytes.
 * @param start offset of its first byte
 * @param positionAt for an offset; asked when it is needed, for what is known of a file changes
 */
export function placesFrom(start: number, positionAt: (offset: number) => Position | undefined): Place {
  return {
    tokenAt: (n) => String(start + n),
    byteAt: (token) => (/^\d+(?= |$)/.test(token) ? Number.parseInt(token, 10) - start : undefined),
    positionAt: (n) => positionAt(start + n),
  };
}

/** The stream of a log that was waited for and was not there: no file is it, and what is born at its path later is new. */
export const absentStream = (source: string): string => `absent:${source}`;
