// Where lines end in the bytes of a log, and whether the bytes are a log at all.
// Knows only as much about encodings as cutting needs: the width of a unit and where its 0x0A stands. Decodes nothing.

/** `width` bytes make a unit; a newline is a unit whose byte number `lf` is 0x0A and whose others are 0. */
export interface Encoding {
  readonly width: 1 | 2 | 4;
  readonly lf: number;
}

/** UTF-8 and every encoding in which byte 0x0A is a newline and nothing else. */
export const BYTES: Encoding = { width: 1, lf: 0 };

const UTF_16LE: Encoding = { width: 2, lf: 0 };
const UTF_16BE: Encoding = { width: 2, lf: 1 };
const UTF_32LE: Encoding = { width: 4, lf: 0 };
const UTF_32BE: Encoding = { width: 4, lf: 3 };

const NAMED: { readonly [name: string]: Encoding } = {
  utf16: UTF_16LE,
  utf16le: UTF_16LE,
  utf16be: UTF_16BE,
  utf32: UTF_32LE,
  utf32le: UTF_32LE,
  utf32be: UTF_32BE,
};

/** UTF-32LE stands before UTF-16LE: its mark begins with the other's. */
const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xff, 0xfe, 0, 0], UTF_32LE],
  [[0, 0, 0xfe, 0xff], UTF_32BE],
  [[0xff, 0xfe], UTF_16LE],
  [[0xfe, 0xff], UTF_16BE],
];

/** Control characters that no text log holds; tab to carriage return and escape are left out. */
const NEVER_TEXT = /[\x01-\x06\x0e-\x1a\x1c-\x1f]/;

/** NULs in a row from here on are a hole that a writer or a crash left, not data. */
const HOLE = 64;

/**
 * @param block the first bytes of a file, at most one block
 * @param name `detect.encoding`; only the UTF-16 and UTF-32 family matters here
 * @returns `binary` for NUL bytes that are neither UTF-16/32 (by mark or pattern) nor a hole in a text
 */
export function sniff(block: Buffer, name?: string): Encoding | 'binary' {
  const named = NAMED[(name ?? '').toLowerCase().replace(/[^a-z0-9]/g, '')];
  if (named) return named;
  for (const [mark, encoding] of BYTE_ORDER_MARKS) {
    if (block.length >= mark.length && mark.every((byte, index) => block[index] === byte)) return encoding;
  }
  if (!block.includes(0)) return BYTES;
  return byPattern(block) ?? (isTextWithHoles(block) ? BYTES : 'binary');
}

/** UTF-16 without a mark: NULs on one side of the pairs only, and in a good part of them. */
function byPattern(block: Buffer): Encoding | undefined {
  const zeros = [0, 0];
  const length = Math.min(block.length, 4096) & ~1;
  for (let index = 0; index < length; index += 1) if (block[index] === 0) zeros[index % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  if (even > 0 && odd > 0) return undefined;
  if ((even + odd) * 8 < length) return undefined;
  return even > 0 ? UTF_16BE : UTF_16LE;
}

/** A log that was truncated under a writer without O_APPEND begins with NULs; one that met a power cut holds a run of them. */
function isTextWithHoles(block: Buffer): boolean {
  let start = 0;
  while (block[start] === 0) start += 1;
  if (start === block.length) return false;
  const text = block.toString('latin1', start).replace(new RegExp(`\\0{${HOLE},}`, 'g'), '');
  return !text.includes('\0') && !NEVER_TEXT.test(text);
}

/**
 * @param offset of `bytes` within the file: units are aligned to the file, not to the buffer
 * @returns the index just after the last whole newline, or 0
 */
export function endOfLastLine(bytes: Buffer, offset: number, { width, lf }: Encoding): number {
  if (width === 1) return bytes.lastIndexOf(0x0a) + 1;
  for (let at = bytes.lastIndexOf(0x0a); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(0x0a, at - 1)) {
    const start = at - lf;
    if (isNewline(bytes, start, offset, width)) return start + width;
  }
  return 0;
}

export function countLines(bytes: Buffer, offset: number, { width, lf }: Encoding): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (width === 1 || isNewline(bytes, at - lf, offset, width)) count += 1;
  }
  return count;
}

function isNewline(bytes: Buffer, start: number, offset: number, width: number): boolean {
  if (start < 0 || start + width > bytes.length || (offset + start) % width !== 0) return false;
  let sum = 0;
  for (let index = start; index < start + width; index += 1) sum += bytes[index]!;
  return sum === 0x0a;
}
