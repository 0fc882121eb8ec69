// Reads from a git server over protocol 2: which refs there are, and packs of exactly what is asked for. A server that
// speaks protocol 1 only is recognised by its greeting; its refs are read from that. Source: gitprotocol-v2(5).
import { defined } from '../../../core/defined.ts';
import { AiOpsError, fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import type { Objects } from '../objects/objects.ts';
import type { GitHttp, GitHttpLimits } from './http.ts';
import { quote } from './http-errors.ts';
import { DELIMITER, FLUSH, pktLine, streamPackets } from './pkt-line.ts';

/** One ref of a remote; `target` where it is symbolic. */
export interface RemoteRef {
  readonly ref: string;
  readonly oid: string;
  readonly target?: string;
}

export interface FetchRequest {
  readonly wants: readonly string[];
  /** Commits that are in the store already. With them nothing is sent when what is wanted does not come after them. */
  readonly haves?: readonly string[];
  /** So many commits deep, from what is wanted: 1 is the tip alone, as if it had no parents. */
  readonly depth?: number;
  /** Leaves out the contents of files that are not asked for by name, where the server can. */
  readonly withoutBlobs?: boolean;
}

export interface UploadPack {
  /** Refs whose names begin with `prefix`. */
  list(prefix: string, limits: GitHttpLimits): Promise<readonly RemoteRef[]>;
  /** What the server can do. Asked for once. */
  greeting(limits: GitHttpLimits): Promise<{ readonly version: 1 | 2; readonly canFilter: boolean }>;
  /** Over protocol 2 only. @returns `nothing-common` when no have is in the history of what is wanted: nothing was fetched then */
  fetch(store: Objects, request: FetchRequest, limits: GitHttpLimits): Promise<'fetched' | 'nothing-common'>;
}

interface Greeting {
  readonly version: 1 | 2;
  readonly canFilter: boolean;
  readonly refs: readonly RemoteRef[];
}

const SERVICE = 'git-upload-pack';
const MAX_LIST_BYTES = 64 * 2 ** 20;
const REFUSAL = Buffer.from('ERR ');

/** One per repository: it remembers what the server can do. */
export function createUploadPack(remote: { readonly http: GitHttp; readonly url: string; readonly token?: string }): UploadPack {
  let known: Greeting | undefined;
  const greet = async (limits: GitHttpLimits, again: boolean): Promise<Greeting> => {
    if (known === undefined || (again && known.version === 1)) known = await readGreeting(remote, limits);
    return known;
  };
  const post = async (lines: readonly Buffer[], limits: GitHttpLimits): Promise<AsyncGenerator<Buffer | null, undefined>> => {
    const headers = {
      'content-type': `application/x-${SERVICE}-request`,
      accept: `application/x-${SERVICE}-result`,
      'git-protocol': 'version=2',
    };
    const answer = await remote.http.request({ url: `${remote.url}/${SERVICE}`, method: 'POST', headers, body: lines }, limits);
    return streamPackets(answer.body);
  };
  return {
    greeting: (limits) => greet(limits, false),
    list: (prefix, limits) =>
      readable(remote.url, async () => {
        const { version, refs } = await greet(limits, true);
        if (version === 1) return refs.filter(({ ref }) => ref.startsWith(prefix));
        const found: RemoteRef[] = [];
        const order = [
          pktLine('command=ls-refs\n'),
          ...capabilities,
          DELIMITER,
          pktLine('symrefs\n'),
          pktLine(`ref-prefix ${prefix}\n`),
          FLUSH,
        ];
        for await (const packet of await post(order, { maxBytes: MAX_LIST_BYTES, ...limits })) {
          // A server may send more than it was asked for.
          if (packet === null || !(packet.includes(prefix) || packet.subarray(0, 4).equals(REFUSAL))) continue;
          const ref = refOf(lineOf(remote, packet));
          if (ref?.ref.startsWith(prefix)) found.push(ref);
        }
        return found;
      }),
    fetch: (store, request, limits) =>
      readable(remote.url, async () => {
        const { canFilter } = await greet(limits, false);
        return receive(remote, store, await post(await fetchOrder(store, request, canFilter), { ...limits, isLong: true }));
      }),
  };
}

const capabilities = [pktLine('agent=ai-ops\n'), pktLine('object-format=sha1\n')];

async function fetchOrder(store: Objects, request: FetchRequest, canFilter: boolean): Promise<Buffer[]> {
  const haves = request.haves ?? [];
  // What is deepened has to be known as shallow, so that the server says where it is so no more.
  const shallow = haves.length === 0 && (request.depth ?? 1) === 1 ? [] : await store.shallow();
  const lines = [
    'no-progress',
    'ofs-delta',
    ...(canFilter && request.withoutBlobs ? ['filter blob:none'] : []),
    ...shallow.map((commit) => `shallow ${commit}`),
    ...(request.depth === undefined ? [] : [`deepen ${request.depth}`]),
    ...request.wants.map((oid) => `want ${oid}`),
    ...haves.map((oid) => `have ${oid}`),
    // With haves and without this the server sends nothing unless they are in the history of what is wanted.
    ...(haves.length === 0 ? ['done'] : []),
  ];
  return [pktLine('command=fetch\n'), ...capabilities, DELIMITER, ...lines.map((line) => pktLine(`${line}\n`)), FLUSH];
}

/** Sections in the order of the protocol: acknowledgments, shallow-info, packfile. */
async function receive(
  remote: { readonly url: string; readonly token?: string },
  store: Objects,
  packets: AsyncGenerator<Buffer | null, undefined>,
): Promise<'fetched' | 'nothing-common'> {
  let section = '';
  const shallow = new Set(await store.shallow());
  for (let next = await packets.next(); !next.done; next = await packets.next()) {
    if (next.value === null) {
      section = '';
      continue;
    }
    const line = lineOf(remote, next.value);
    if (section === '') section = line;
    else if (line.startsWith('shallow ')) shallow.add(line.slice('shallow '.length));
    else if (line.startsWith('unshallow ')) shallow.delete(line.slice('unshallow '.length));
    if (section !== 'packfile') continue;
    await store.take(packBytes(remote, packets));
    await store.setShallow([...shallow]);
    return 'fetched';
  }
  return 'nothing-common';
}

/** Band 1 is the pack, band 2 talk for people, band 3 a fatal error. */
async function* packBytes(
  remote: { readonly url: string; readonly token?: string },
  packets: AsyncGenerator<Buffer | null, undefined>,
): AsyncGenerator<Buffer, undefined> {
  for await (const packet of packets) {
    if (packet === null) continue;
    if (packet[0] === 1) yield packet.subarray(1);
    else if (packet[0] === 3) throw refused(remote, packet.toString('utf8', 1));
  }
  return undefined;
}

async function readGreeting(
  remote: { readonly http: GitHttp; readonly url: string; readonly token?: string },
  limits: GitHttpLimits,
): Promise<Greeting> {
  const request = { url: `${remote.url}/info/refs?service=${SERVICE}`, headers: { 'git-protocol': 'version=2' } };
  const answer = await remote.http.request(request, { maxBytes: MAX_LIST_BYTES, ...limits });
  const lines: string[] = [];
  for await (const packet of streamPackets(answer.body)) if (packet !== null) lines.push(lineOf(remote, packet));
  if (lines[0]?.startsWith('# service=')) lines.shift();
  const isSecond = lines[0] === 'version 2';
  const offered = isSecond ? lines : (lines[0]?.split('\0')[1] ?? '').split(' ');
  const format = offered.find((name) => name.startsWith('object-format='))?.slice('object-format='.length) ?? 'sha1';
  if (format !== 'sha1') throw fail('repository-unsupported', { remote: remote.url, detail: `it uses ${format}` });
  if (isSecond) return { version: 2, canFilter: offered.some((name) => name.startsWith('fetch=') && / ?\bfilter\b/.test(name)), refs: [] };
  const head = offered.find((name) => name.startsWith('symref=HEAD:'))?.slice('symref=HEAD:'.length);
  const refs = lines.flatMap((line) => refOf(line.split('\0')[0] as string) ?? []);
  return {
    version: 1,
    canFilter: false,
    refs: refs.map((ref) => (ref.ref === 'HEAD' && head !== undefined ? { ...ref, target: head } : ref)),
  };
}

function refOf(line: string): RemoteRef | undefined {
  const [, oid, ref, rest] = /^([0-9a-f]{40}) (\S+)(.*)$/.exec(line) ?? [];
  if (oid === undefined || ref === undefined || ref === 'capabilities^{}') return undefined;
  const target = / symref-target:(\S+)/.exec(rest ?? '')?.[1];
  return { ref, oid, ...defined({ target }) };
}

function lineOf(remote: { readonly url: string; readonly token?: string }, packet: Buffer): string {
  const line = packet.toString('utf8').replace(/\n$/, '');
  if (line.startsWith('ERR ')) throw refused(remote, line.slice('ERR '.length));
  return line;
}

function refused(remote: { readonly url: string; readonly token?: string }, words: string): AiOpsError {
  return fail('git-not-found', { remote: remote.url, detail: quote(words, remote.token) });
}

async function readable<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    throw fail('git-unreachable', { remote: url, detail: `unreadable answer: ${messageOf(error)}` }, error);
  }
}
