// Keeps the line endings of a file as its base has them, so that a fix shows only what it changes.
// Knows nothing of `.gitattributes`: git trees hold exact bytes, and this compares exact bytes.

import { gaps } from './aligned.ts';

const CR = 0x0d;
const LF = 0x0a;
const NUL = 0x00;

interface Endings {
  readonly crlf: number;
  readonly lf: number;
  readonly loneCr: number;
  readonly binary: boolean;
}

/**
 * The bytes to commit for a file whose new text is `after`.
 * A base without CR (or no base at all) gives LF; a base whose every line ends with CRLF gives CRLF;
 * of a mixed base each line that stays keeps its own; a lone CR or a NUL byte on either side leaves `after` as it is.
 * @param before the blob of the base commit, `undefined` for a new file
 * @example keepLineEndings(Buffer.from('a\r\n'), Buffer.from('b\n')) // 'b\r\n'
 */
export function keepLineEndings(before: Buffer | undefined, after: Buffer): Buffer {
  const fresh = endings(after);
  if (fresh.binary || fresh.loneCr > 0) return after;
  const base = before === undefined ? { crlf: 0, lf: 0, loneCr: 0, binary: false } : endings(before);
  if (base.binary || base.loneCr > 0) return after;
  if (base.crlf === 0) return fresh.crlf === 0 ? after : Buffer.from(toLf(after));
  if (base.lf === 0) return fresh.lf === 0 ? after : toCrlf(after, fresh.lf);
  return fresh.crlf > 0 || before === undefined
    ? after
    : Buffer.from(asWere(after.toString('latin1'), before.toString('latin1')), 'latin1');
}

/**
 * A text that was read with LF, with the CR back where `exact` has one: a patch is none without them.
 * Where lines were taken out nothing is put back.
 * @example likeEnds('a\nb\n', 'a\r\nb\n') // 'a\r\nb\n'
 */
export function likeEnds(text: string, exact: string): string {
  if (!exact.includes('\r\n')) return text;
  const [lines, own] = [text.split('\n'), exact.split('\n')];
  if (lines.length !== own.length) return text;
  return lines.map((line, at) => (own[at]?.endsWith('\r') && !line.endsWith('\r') ? `${line}\r` : line)).join('\n');
}

/** In a mixed base each line that stays keeps its own end, and a new one has that of the line above. */
function asWere(after: string, before: string): string {
  const was = before.split('\n');
  const texts = was.map((line) => line.replace(/\r$/, ''));
  const now = after.split('\n');
  const endOf = (at: number): '' | '\r' => (was[at]?.endsWith('\r') ? '\r' : '');
  const ends: ('' | '\r')[] = [];
  const pairs = gaps({ all: now, code: now }, { all: texts, code: texts });
  for (const { from, to, fromBefore, toBefore } of pairs) {
    let at = fromBefore + 1;
    for (let line = from + 1; line <= to && line < now.length; line += 1) {
      // The same text in its order, or the line that this one was changed from.
      const found = line === to ? toBefore : texts.findIndex((text, index) => index >= at && index < toBefore && text === now[line]);
      if (found >= 0 && line !== to) at = found + 1;
      const moved = found < 0 ? texts.indexOf(now[line] as string) : found;
      ends.push(moved < 0 ? (ends.at(-1) ?? '') : endOf(moved));
    }
  }
  return now.map((line, at) => (at < now.length - 1 ? `${line}${ends[at] ?? ''}` : line)).join('\n');
}

function endings(bytes: Buffer): Endings {
  let crlf = 0;
  let lf = 0;
  let loneCr = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === NUL) return { crlf, lf, loneCr, binary: true };
    if (byte === LF) {
      if (at > 0 && bytes[at - 1] === CR) crlf += 1;
      else lf += 1;
    } else if (byte === CR && bytes[at + 1] !== LF) loneCr += 1;
  }
  return { crlf, lf, loneCr, binary: false };
}

function toLf(bytes: Buffer): Uint8Array {
  return bytes.filter((byte, at) => !(byte === CR && bytes[at + 1] === LF));
}

function toCrlf(bytes: Buffer, loneLf: number): Buffer {
  const out = Buffer.alloc(bytes.length + loneLf);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === LF && (at === 0 || bytes[at - 1] !== CR)) to = out.writeUInt8(CR, to);
    to = out.writeUInt8(byte, to);
  }
  return out;
}
