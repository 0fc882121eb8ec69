// A complete Source of one stream that many write to in turn, as a partition of a broker: each record has a key and whole lines.
// It is shared out: a run that is told to leave hands the stream over at once, and takes it again later from where a group would say.
import { fail } from '../../src/errors.ts';
import type { Checkpoint, Place, Source } from '../../src/ports.ts';

export interface FakeRecord {
  readonly key: string;
  /** One line or several, each with its newline. */
  readonly text: string;
}

export interface FakeSharedOptions {
  /** Records of each chunk. */
  readonly batch: number;
  /** The process dies after so many chunks. */
  readonly dieAfter?: number;
  /** After so many chunks the stream is left, and opened again from what was counted for good. */
  readonly leaveAfter?: number;
  /** A quiet moment after each chunk. */
  readonly quiet?: boolean;
}

const SOURCE = 'shared:log/0';
const STREAM = 'log/0';

/** Where to read on: the record, bytes of it that are known, and where writers are further on. */
interface Start {
  readonly record: number;
  readonly skip: number;
  readonly ahead: Readonly<Record<string, string>>;
}

export function createFakeSharedSource(records: readonly FakeRecord[], options: FakeSharedOptions): Source {
  const { batch, dieAfter = Infinity, leaveAfter = Infinity, quiet = false } = options;
  return {
    follow: async (sink, { checkpoints, signal }) => {
      let played = 0;
      const play = async (from: Start, counted?: readonly string[]): Promise<boolean> => {
        const given: Given = { start: from, pieces: [], length: 0, next: [from.record, from.skip] };
        sink.opened({ source: SOURCE, stream: STREAM, why: 'a test', ...placesOf(given, 0), ...(counted ? { counted } : {}) });
        if (played === 0) sink.ready([{ source: SOURCE, offset: 0 }]);
        for (let first = from.record; first < records.length; first += batch) {
          if (signal.aborted) return true;
          if (played >= dieAfter) throw fail('interrupted');
          played += 1;
          const pieces = piecesOf(records, first, Math.min(records.length, first + batch), from);
          const at = given.length;
          for (const piece of pieces) {
            given.pieces.push({ ...piece, at: given.length });
            given.length += piece.bytes.length;
          }
          given.next = [Math.min(records.length, first + batch), 0];
          if (pieces.length > 0) await sink.chunk({ ...chunkOf(pieces), ...placesOf(given, at) });
          if (quiet) await sink.idle(STREAM);
          if (played === leaveAfter) return false;
        }
        await sink.ended(STREAM);
        return true;
      };
      const stored = checkpoints.find(({ position }) => position.stream === STREAM);
      if (await play(startOf(stored))) return;
      const known = await sink.handover!.counted(true);
      await sink.handover!.left(STREAM);
      const own = known.find(({ position }) => position.stream === STREAM) ?? stored;
      await play(startOf(own), own?.counted ?? []);
    },
  };
}

interface Piece {
  readonly record: number;
  readonly within: number;
  readonly key: string;
  readonly bytes: Buffer;
}

function piecesOf(records: readonly FakeRecord[], first: number, end: number, from: Start): readonly Piece[] {
  return records.slice(first, end).flatMap(({ key, text }, index) => {
    const record = first + index;
    const skipped = record === from.record ? from.skip : 0;
    const [aheadRecord, aheadByte] = parse(from.ahead[key] ?? '0');
    const within = record < aheadRecord ? text.length : Math.max(skipped, record === aheadRecord ? aheadByte : 0);
    const bytes = Buffer.from(text).subarray(within);
    return bytes.length === 0 ? [] : [{ record, within, key, bytes }];
  });
}

function chunkOf(pieces: readonly Piece[]) {
  let end = 0;
  const runs = pieces.map(({ key, bytes }) => {
    end += bytes.length;
    return { writer: key, end };
  });
  return { source: SOURCE, stream: STREAM, bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)), runs };
}

/** What this run has given of the stream so far, by number of bytes. */
interface Given {
  readonly start: Start;
  readonly pieces: (Piece & { readonly at: number })[];
  length: number;
  /** The record behind it, and a byte of it. */
  next: readonly [number, number];
}

function placesOf(given: Given, base: number): Place {
  const find = (n: number): readonly [number, number] => {
    const piece = pieceAt(given.pieces, base + n);
    return piece === undefined || base + n >= given.length ? given.next : [piece.record, piece.within + base + n - piece.at];
  };
  const tokenAt = (n: number): string => find(n).join('+');
  return {
    tokenAt,
    byteAt: (token) => {
      const [record, within] = parse(token);
      const { start, pieces } = given;
      if (record < start.record || (record === start.record && within < start.skip)) return -1;
      const piece = pieces.find((one) => one.record === record && one.within <= within && within < one.within + one.bytes.length);
      return piece === undefined ? undefined : piece.at + within - piece.within - base;
    },
    positionAt: (n, further = new Map<string, number>()) => {
      const ahead = new Map([...further].map(([writer, to]) => [writer, tokenAt(to)]));
      // Of whom nothing has come in this run may still be further on.
      const before = Object.entries(given.start.ahead).filter(([writer, token]) => !ahead.has(writer) && isBehind(token, tokenAt(n)));
      return { source: SOURCE, stream: STREAM, token: `${tokenAt(n)} ${JSON.stringify(Object.fromEntries([...before, ...ahead]))}` };
    },
    recordAt: (n) => ({ number: find(n)[0] + 1 }),
  };
}

function pieceAt<T extends { readonly at: number }>(pieces: readonly T[], byte: number): T | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.at <= byte) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}

const parse = (token: string): [number, number] => {
  const [record = 0, within = 0] = token.split(' ')[0]!.split('+').map(Number);
  return [record, within];
};

function isBehind(a: string, b: string): boolean {
  const [[recordA, withinA], [recordB, withinB]] = [parse(a), parse(b)];
  return recordA > recordB || (recordA === recordB && withinA > withinB);
}

function startOf(checkpoint: Checkpoint | undefined): Start {
  const { token } = checkpoint?.position ?? { token: '0+0 {}' };
  const [record, skip] = parse(token);
  return { record, skip, ahead: JSON.parse(token.slice(token.indexOf(' ') + 1)) as Start['ahead'] };
}
