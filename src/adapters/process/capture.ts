// Keeps the head and the tail of a stream within a fixed number of bytes, whatever is written to it.
// What falls out between them is counted and marked; characters are not split at the cuts.

export interface Capture {
  write(bytes: Buffer): void;
  text(): string;
}

/** @param maxBytes half of it for the head, half for the tail */
export function createCapture(maxBytes: number): Capture {
  const half = Math.ceil(maxBytes / 2);
  const head: Buffer[] = [];
  let tail: Buffer[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let dropped = 0;

  const trimTail = (): void => {
    const joined = Buffer.concat(tail);
    const kept = joined.subarray(Math.max(0, joined.length - half));
    dropped += joined.length - kept.length;
    tail = [Buffer.from(kept)];
    tailBytes = kept.length;
  };

  return {
    write(bytes) {
      const forHead = bytes.subarray(0, half - headBytes);
      if (forHead.length > 0) head.push(Buffer.from(forHead));
      headBytes += forHead.length;
      const rest = bytes.subarray(forHead.length);
      if (rest.length === 0) return;
      tail.push(Buffer.from(rest));
      tailBytes += rest.length;
      // Joined only when it has doubled: many small writes stay cheap.
      if (tailBytes > 2 * half) trimTail();
    },
    text() {
      if (tailBytes > half) trimTail();
      if (dropped === 0) return Buffer.concat([...head, ...tail]).toString('utf8');
      const first = wholeCharacters(Buffer.concat(head));
      const last = fromFirstCharacter(Buffer.concat(tail));
      const left = dropped + headBytes - first.length + tailBytes - last.length;
      return `${first.toString('utf8')}\n[… ${left} bytes left out …]\n${last.toString('utf8')}`;
    },
  };
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Without a UTF-8 character that is cut at the end. */
function wholeCharacters(bytes: Buffer): Buffer {
  let start = bytes.length - 1;
  while (start > bytes.length - 4 && isContinuation(bytes[start])) start -= 1;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start + length > bytes.length ? bytes.subarray(0, start) : bytes;
}

/** Without the rest of a character that began before. */
function fromFirstCharacter(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
}
