// Git's framing on the wire: four hexadecimal digits of length, then the bytes. Source: gitprotocol-common(5),
// gitprotocol-pack(5), gitprotocol-v2(5).

/** @param text one line; a newline is not added */
export function pktLine(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}

export const FLUSH = Buffer.from('0000');
export const DELIMITER = Buffer.from('0001');

/**
 * Splits an answer into its packets; `null` stands for a flush or another mark.
 * @throws Error when the bytes end within a packet or are not packets
 */
export function readPackets(bytes: Buffer): (Buffer | null)[] {
  const packets: (Buffer | null)[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = packetLength(bytes, at);
    if (at + length > bytes.length) throw new Error('truncated packet');
    packets.push(length < 4 ? null : bytes.subarray(at + 4, at + length));
    at += Math.max(length, 4);
  }
  return packets;
}

/**
 * The same for an answer that is still coming; a packet's bytes are valid for as long as the caller keeps them.
 * @throws Error when the bytes end within a packet or are not packets
 */
export async function* streamPackets(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | null, undefined> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    let at = 0;
    while (at + 4 <= held.length) {
      const length = packetLength(held, at);
      if (at + length > held.length) break;
      yield length < 4 ? null : held.subarray(at + 4, at + length);
      at += Math.max(length, 4);
    }
    held = held.subarray(at);
  }
  if (held.length > 0) throw new Error('truncated packet');
  return undefined;
}

function packetLength(bytes: Buffer, at: number): number {
  const head = bytes.toString('latin1', at, at + 4);
  if (!/^[0-9a-fA-F]{4}$/.test(head)) throw new Error('malformed packet');
  return Number.parseInt(head, 16);
}
