// The framing of git's wire protocol: four hexadecimal digits of length, then the bytes; `0000` is a flush.
// Source: gitprotocol-common(5), gitprotocol-pack(5).

/** @param text one line; a newline is not added */
export function pktLine(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}

export const FLUSH = Buffer.from('0000');

/**
 * Splits an answer into its packets; `null` stands for a flush.
 * @throws Error when the bytes end within a packet or are not packets
 */
export function readPackets(bytes: Buffer): (Buffer | null)[] {
  const packets: (Buffer | null)[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = bytes.toString('latin1', at, at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(head)) throw new Error('malformed packet');
    const length = Number.parseInt(head, 16);
    if (length < 4) {
      packets.push(null);
      at += 4;
      continue;
    }
    if (at + length > bytes.length) throw new Error('truncated packet');
    packets.push(bytes.subarray(at + 4, at + length));
    at += length;
  }
  return packets;
}
