// Changes refs of a remote by git's receive-pack protocol, with a pack of exactly the new objects. isomorphic-git's
// own push sends the whole tree again as soon as the remote has moved on. Source: gitprotocol-pack(5), "Pushing Data".
import { fail } from '../../errors.ts';
import type { GitHttp, GitHttpLimits } from './http.ts';
import { quote } from './http-errors.ts';
import type { Objects } from './objects.ts';
import { FLUSH, pktLine, readPackets } from './pkt-line.ts';
import { newObjects } from './snapshot.ts';

const ZERO = '0'.repeat(40);
const MAX_ANSWER_BYTES = 64 * 2 ** 20;

export interface PushTarget {
  readonly http: GitHttp;
  readonly url: string;
  readonly token?: string;
}

interface Advertisement {
  readonly refs: ReadonlyMap<string, string>;
  readonly capabilities: ReadonlySet<string>;
}

/** One ref that is to change from exactly one value to another; an absent value is a ref that is not there. */
export interface RefUpdate {
  readonly ref: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Creates `branch` at `commit` if and only if it is absent: the server compares the old value, so of several racers one wins.
 * @param replaces the commit that it may hold instead
 * @throws AiOpsError `branch-taken`, `push-rejected`, `git-auth`, `git-not-found`, `git-unreachable`, `store-damaged`
 */
export async function createBranch(
  target: PushTarget,
  objects: Objects,
  branch: string,
  commit: string,
  signal: AbortSignal,
  replaces?: string,
): Promise<'created' | 'exists'> {
  const ref = `refs/heads/${branch}`;
  const limits = { signal, maxBytes: MAX_ANSWER_BYTES };
  const before = await discover(target, limits);
  const present = before.refs.get(ref);
  if (present !== undefined && present !== replaces) return existing(branch, commit, present);
  const pack = await objects.pack(await newObjects(objects, commit));
  const refusal = await updateRef(target, { ref, from: present, to: commit }, pack, before.capabilities, limits).catch(
    async (error: unknown) => {
      // The answer was lost: the branch itself says whether the push went through.
      if (signal.aborted || (await discover(target, limits)).refs.get(ref) !== commit) throw error;
      return undefined;
    },
  );
  if (refusal === undefined) return 'created';
  const now = (await discover(target, limits)).refs.get(ref);
  if (now !== undefined && now !== present) return existing(branch, commit, now);
  throw fail('push-rejected', { branch, detail: quote(refusal, target.token) });
}

function existing(branch: string, commit: string, present: string): 'exists' {
  if (present === commit) return 'exists';
  throw fail('branch-taken', { branch });
}

async function discover(target: PushTarget, limits: GitHttpLimits): Promise<Advertisement> {
  const answer = await target.http.request({ url: `${target.url}/info/refs?service=git-receive-pack` }, limits);
  const refs = new Map<string, string>();
  const capabilities = new Set<string>();
  for (const packet of packets(target.url, await collect(answer.body))) {
    const [line, listed] = (packet?.toString('utf8') ?? '').replace(/\n$/, '').split('\0');
    for (const name of listed?.trim().split(' ') ?? []) capabilities.add(name);
    const match = /^([0-9a-f]{40}) (.+)$/.exec(line ?? '');
    if (match !== null && match[2] !== 'capabilities^{}') refs.set(match[2] as string, match[1] as string);
  }
  if (capabilities.has('object-format=sha256')) {
    throw fail('repository-unsupported', { remote: target.url, detail: 'its objects are named by SHA-256' });
  }
  return { refs, capabilities };
}

/**
 * One push of one ref; the server compares the old value. Not repeated: when this throws, nobody knows what became of it.
 * @param pack empty when the ref is deleted
 * @param offered what the server has said it can do
 * @returns why the server refused, or `undefined` when it did not
 */
export async function updateRef(
  target: PushTarget,
  { ref, from = ZERO, to = ZERO }: RefUpdate,
  pack: Buffer,
  offered: ReadonlySet<string>,
  limits: GitHttpLimits,
): Promise<string | undefined> {
  const wanted = ['report-status', 'side-band-64k', 'object-format=sha1'].filter((name) => offered.has(name));
  const command = pktLine(`${from} ${to} ${ref}\0 ${[...wanted, 'agent=ai-ops'].join(' ')}`);
  const headers = { 'content-type': 'application/x-git-receive-pack-request', accept: 'application/x-git-receive-pack-result' };
  const body = [Buffer.concat([command, FLUSH, pack])];
  const answer = await target.http.request({ url: `${target.url}/git-receive-pack`, method: 'POST', headers, body }, limits);
  return refusalOf(target.url, ref, await collect(answer.body));
}

/** Reads the report, with or without side bands: band 1 is the report, band 2 talk for people, band 3 a fatal error. */
function refusalOf(url: string, ref: string, bytes: Buffer): string | undefined {
  const report: string[] = [];
  const talk: string[] = [];
  let banded = Buffer.alloc(0);
  for (const packet of packets(url, bytes)) {
    if (packet === null) continue;
    if (packet[0] === 1) banded = Buffer.concat([banded, packet.subarray(1)]);
    else if (packet[0] === 2 || packet[0] === 3) talk.push(packet.toString('utf8', 1));
    else report.push(packet.toString('utf8').trim());
  }
  for (const packet of packets(url, banded)) if (packet !== null) report.push(packet.toString('utf8').trim());
  const unpack = report.find((line) => line.startsWith('unpack '));
  if (unpack === 'unpack ok' && report.includes(`ok ${ref}`)) return undefined;
  const reason = report.find((line) => line.startsWith(`ng ${ref} `))?.slice(`ng ${ref} `.length);
  const cause = reason ?? (unpack === undefined || unpack === 'unpack ok' ? 'no report from the server' : unpack);
  const said = talk.join('').trim();
  return said === '' ? cause : `${cause}: ${said}`;
}

function packets(url: string, bytes: Buffer): (Buffer | null)[] {
  try {
    return readPackets(bytes);
  } catch (error) {
    throw fail('git-unreachable', { remote: url, detail: 'the answer is not from a git server' }, error);
  }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
