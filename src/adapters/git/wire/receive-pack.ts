// Changes refs of a remote by git's receive-pack protocol, with a pack of exactly the new objects. isomorphic-git's
// own push sends the whole tree again as soon as the remote has moved on. Source: gitprotocol-pack(5), "Pushing Data".
import { setTimeout as sleep } from 'node:timers/promises';
import { AiOpsError, fail } from '../../../errors.ts';
import type { Objects } from '../objects/objects.ts';
import { newObjects } from '../objects/snapshot.ts';
import type { GitHttp, GitHttpLimits } from './http.ts';
import { quote } from './http-errors.ts';
import { FLUSH, pktLine, readPackets } from './pkt-line.ts';
import { refusedPush } from './refused-rules.ts';

const ZERO = '0'.repeat(40);
const MAX_ANSWER_BYTES = 64 * 2 ** 20;
const ATTEMPTS = 3;
const PAUSE_MS = 500;

export interface PushTarget {
  readonly http: GitHttp;
  readonly url: string;
  readonly token?: string;
  /** Reads one ref without the list of all of them, where the server can. Without it a push begins with that list. */
  readonly readRef?: (ref: string, limits: GitHttpLimits) => Promise<string | undefined>;
  /** First pause before a repeated push, ms; grows fourfold. */
  readonly retryDelayMs?: number;
}

interface Advertisement {
  readonly refs: ReadonlyMap<string, string>;
  readonly capabilities: ReadonlySet<string>;
}

/** What every server can that speaks protocol 2 to readers. */
const COMMON: ReadonlySet<string> = new Set(['report-status', 'side-band-64k']);

/** One ref that is to change from exactly one value to another; an absent value is a ref that is not there. */
export interface RefUpdate {
  readonly ref: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Creates `branch` at `commit` if and only if it is absent: the server compares the old value, so of several racers one
 * wins, and a push that may or may not have gone through can be repeated.
 * @param replaces the commit that it may hold instead
 * @throws AiOpsError `branch-taken`, `push-rejected`, `rule-refused`, `git-auth`, `git-not-found`, `git-unreachable`, `store-damaged`
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
  const pack = await objects.pack(await newObjects(objects, commit));
  const before = target.readRef === undefined ? await discover(target, limits) : undefined;
  const capabilities = before?.capabilities ?? COMMON;
  let from = before === undefined ? await expected(target, ref, replaces, limits) : before.refs.get(ref);
  if (from !== undefined && from !== replaces) return existing(branch, commit, from);
  for (let attempt = 1; ; attempt += 1) {
    const ending = await attemptPush(target, { ref, from, to: commit }, pack, capabilities, limits);
    if (ending.kind === 'done') return 'created';
    const now = await currentValue(target, ref, limits);
    // Nobody else makes this commit: where it is there after a lost answer, the push went through.
    if (now === commit && ending.kind === 'unknown') return 'created';
    if (now !== undefined && now !== from) return existing(branch, commit, now);
    if (ending.kind === 'refused' && now === from) throw refusedPush(branch, quote(ending.reason, target.token));
    if (attempt >= ATTEMPTS) throw ending.kind === 'unknown' ? ending.error : refusedPush(branch, quote(ending.reason, target.token));
    from = now;
    await pause((target.retryDelayMs ?? PAUSE_MS) * 4 ** (attempt - 1), signal);
  }
}

type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly error: AiOpsError };

/** A branch that must be absent is not asked for: the server compares the old value anyway. */
async function expected(target: PushTarget, ref: string, replaces: string | undefined, limits: GitHttpLimits): Promise<string | undefined> {
  return replaces === undefined ? undefined : currentValue(target, ref, limits);
}

async function attemptPush(
  target: PushTarget,
  update: RefUpdate,
  pack: Buffer,
  capabilities: ReadonlySet<string>,
  limits: GitHttpLimits,
): Promise<Ending> {
  try {
    const reason = await updateRef(target, update, pack, capabilities, limits);
    return reason === undefined ? { kind: 'done' } : { kind: 'refused', reason };
  } catch (error) {
    if (!(error instanceof AiOpsError) || limits.signal.aborted) throw error;
    if (error.code === 'git-unreachable') return { kind: 'unknown', error };
    if (error.code !== 'git-not-found' || target.readRef === undefined) throw error;
    // The repository may have moved: the list of all refs is asked for with GET, which is redirected.
    const { readRef: _known, ...unknown } = target;
    return attemptPush(unknown, update, pack, (await discover(target, limits)).capabilities, limits);
  }
}

async function currentValue(target: PushTarget, ref: string, limits: GitHttpLimits): Promise<string | undefined> {
  return target.readRef === undefined ? (await discover(target, limits)).refs.get(ref) : target.readRef(ref, limits);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((aborted) => {
    throw fail('interrupted', {}, aborted);
  });
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
