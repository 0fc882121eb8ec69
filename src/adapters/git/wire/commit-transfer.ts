// One commit to a server and one from it, without a store: a claim is a commit without parents on the empty tree, and of
// a branch's tip only what the commit says is looked at. Source: gitformat-pack(5), gitprotocol-pack(5), gitprotocol-v2(5).
import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { AiOpsError } from '../../../errors.ts';
import { objectId } from '../objects/object-id.ts';
import type { GitHttpLimits } from './http.ts';
import { DELIMITER, FLUSH, pktLine, readPackets } from './pkt-line.ts';
import type { PushTarget } from './receive-pack.ts';
import type { UploadPack } from './upload-pack.ts';

/** What one fetched commit may take; more than this is somebody else's. */
const MAX_BYTES = 4 * 2 ** 20;

/** The parts of a commit that are judged. Text as it stands in it. */
export interface CommitText {
  readonly tree: string;
  readonly parents: readonly string[];
  /** `name <address>` of the author and of the committer. */
  readonly author: string;
  readonly committer: string;
  /** It was committed at another time than it was authored. */
  readonly isAmended: boolean;
  readonly message: string;
}

/** A commit without parents on the empty tree, and the pack that brings it to a server. */
export function rootCommit(message: string, author: string, date: Date): { readonly oid: string; readonly pack: Buffer } {
  const who = `${author} ${Math.floor(date.getTime() / 1000)} +0000`;
  const tree = Buffer.alloc(0);
  const commit = Buffer.from(`tree ${objectId('tree', tree)}\nauthor ${who}\ncommitter ${who}\n\n${message}\n`);
  const head = Buffer.alloc(12);
  head.write('PACK');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(2, 8);
  const body = Buffer.concat([head, packed(1, commit), packed(2, tree)]);
  return { oid: objectId('commit', commit), pack: Buffer.concat([body, createHash('sha1').update(body).digest()]) };
}

/**
 * Fetches one commit, over either protocol.
 * @param isLone it is known to have no files: otherwise they are left out where the server can
 * @returns `undefined` where the server does not give it: the ref has moved on, or it is too much
 */
export async function fetchCommit(
  { http, url, server }: PushTarget & { readonly server: Pick<UploadPack, 'greeting'> },
  oid: string,
  isLone: boolean,
  limits: GitHttpLimits,
): Promise<CommitText | undefined> {
  const { version, canFilter } = await server.greeting(limits);
  const order = version === 2 ? newOrder(oid, isLone, canFilter) : oldOrder(oid, isLone);
  const headers = {
    'content-type': 'application/x-git-upload-pack-request',
    accept: 'application/x-git-upload-pack-result',
    ...(version === 2 ? { 'git-protocol': 'version=2' } : {}),
  };
  try {
    const answer = await http.request(
      { url: `${url}/git-upload-pack`, method: 'POST', headers, body: order },
      { ...limits, maxBytes: MAX_BYTES },
    );
    const found = packOf(await collect(answer.body));
    const bytes = found && objectIn(found, oid);
    return bytes && commitText(bytes.toString('utf8'));
  } catch (error) {
    // More bytes than one commit has, or nothing that the server wants to give. What the network does is the caller's to know.
    if (error instanceof AiOpsError && error.code !== 'repository-unsupported') throw error;
    return undefined;
  }
}

function newOrder(oid: string, isLone: boolean, canFilter: boolean): readonly Buffer[] {
  const depth = isLone ? [] : ['deepen 1'];
  const filter = canFilter && !isLone ? ['filter tree:0'] : [];
  const lines = ['no-progress', 'ofs-delta', ...depth, ...filter, `want ${oid}`, 'done'].map((line) => pktLine(`${line}\n`));
  return [pktLine('command=fetch\n'), pktLine('agent=ai-ops\n'), pktLine('object-format=sha1\n'), DELIMITER, ...lines, FLUSH];
}

function oldOrder(oid: string, isLone: boolean): readonly Buffer[] {
  const want = pktLine(`want ${oid} side-band-64k no-progress ofs-delta${isLone ? '' : ' shallow'} agent=ai-ops\n`);
  return [want, ...(isLone ? [] : [pktLine('deepen 1\n')]), FLUSH, pktLine('done\n')];
}

/** Band 1 is the pack; everything else in an answer begins with a letter, or is another band. */
function packOf(answer: Buffer): Buffer | undefined {
  const parts = packets(answer).flatMap((packet) => (packet?.[0] === 1 ? [packet.subarray(1)] : []));
  return parts.length === 0 ? undefined : Buffer.concat(parts);
}

/** Looks through a pack for one object that is whole in it; deltas are passed over. */
function objectIn(pack: Buffer, oid: string): Buffer | undefined {
  const count = pack.length < 12 ? 0 : pack.readUInt32BE(8);
  let at = 12;
  for (let index = 0; index < count; index += 1) {
    const type = ((pack[at] ?? 0) >> 4) & 7;
    while ((pack[at] ?? 0) & 0x80) at += 1;
    at += 1;
    if (type === 6) {
      while ((pack[at] ?? 0) & 0x80) at += 1;
      at += 1;
    }
    if (type === 7) at += 20;
    const { bytes, consumed } = inflated(pack.subarray(at));
    at += consumed;
    if (type === 1 && objectId('commit', bytes) === oid) return bytes;
  }
  return undefined;
}

function inflated(from: Buffer): { bytes: Buffer; consumed: number } {
  // With `info` zlib tells how much it has read; its types do not know that.
  const { buffer, engine } = inflateSync(from, { info: true, maxOutputLength: 64 * 2 ** 20 }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  return { bytes: buffer, consumed: engine.bytesWritten };
}

/** Reads a raw commit. */
export function commitText(text: string): CommitText | undefined {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const tree = /^tree ([0-9a-f]{40})$/m.exec(head)?.[1];
  if (tree === undefined) return undefined;
  const line = (role: string): readonly string[] => new RegExp(`^${role} (.*>) (\\d+ [+-]\\d{4})$`, 'm').exec(head) ?? [];
  const [[, author = '', authored], [, committer = '', committed]] = [line('author'), line('committer')];
  return {
    tree,
    parents: [...head.matchAll(/^parent ([0-9a-f]{40})$/gm)].map((match) => match[1] as string),
    author,
    committer,
    isAmended: authored !== committed,
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

/** @param type number of the object's type in a pack: 1 is a commit, 2 a tree */
function packed(type: 1 | 2, bytes: Buffer): Buffer {
  const head = [(type << 4) | (bytes.length & 15)];
  for (let rest = bytes.length >> 4; rest > 0; rest >>= 7) {
    head.push((head.pop() as number) | 0x80, rest & 0x7f);
  }
  return Buffer.concat([Buffer.from(head), deflateSync(bytes)]);
}

function packets(bytes: Buffer): readonly (Buffer | null)[] {
  try {
    return readPackets(bytes);
  } catch {
    return [];
  }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
