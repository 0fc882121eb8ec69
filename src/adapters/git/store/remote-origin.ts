// A store filled from a remote over https. Over protocol 2 with filters, as the large hosts have it: the base commit with
// its trees, once; then what is new; contents of files when they are read. Without filters: the whole tip, once. Over
// protocol 1: the same by isomorphic-git.
import { defined } from '../../../core/defined.ts';
import { AiOpsError, fail } from '../../../errors.ts';
import { branchRoom } from '../wire/branch-room.ts';
import { fetchCommit } from '../wire/commit-transfer.ts';
import type { GitHttp, GitHttpLimits } from '../wire/http.ts';
import { createBranch } from '../wire/receive-pack.ts';
import { createUploadPack, type RemoteRef, type UploadPack } from '../wire/upload-pack.ts';
import type { Filling, Origin } from './origin.ts';
import { isCrowded, packNames, packSizes, removeOld } from './store-care.ts';

interface RemoteSource {
  readonly url: string;
  readonly http: GitHttp;
  readonly token?: string;
  readonly baseBranch?: string;
  readonly retryDelayMs?: number;
}

type Connected = RemoteSource & { readonly server: UploadPack };

const FETCH_BYTES = 64 * 2 ** 20;
/** Of a repository whose past is too large for a bound, less is asked for. */
const PAST_DEPTHS = [256, 32];
/** From that many contents on, all of a commit in one pack, deltified, is less than each by its id. */
const MANY_BLOBS = 2000;

export function remoteOrigin(source: RemoteSource): Origin {
  const remote: Connected = { ...source, server: createUploadPack(source) };
  return {
    shown: remote.url,
    fetchUrl: remote.url,
    fill: async (store, signal) => {
      const { branch, commit } = await remoteTip(remote, signal);
      const tracking = `refs/remotes/origin/${branch}`;
      const known = await store.objects().ref(tracking);
      const held = known !== undefined && (await store.objects().has(known)) ? known : undefined;
      const { version } = await remote.server.greeting({ signal });
      if (held !== commit && version === 2) await fetchTip(remote, store, commit, held, signal);
      if (held !== commit && version === 1) await fetchTipByOldProtocol(remote, store, branch, held !== undefined, signal);
      // Over protocol 1 the branch is asked for by name, and may have moved since the listing: what was fetched counts.
      const fetched = version === 2 ? commit : await store.objects().ref(tracking);
      if (fetched === undefined) throw fail('branch-not-found', { remote: remote.url, branch });
      if (fetched !== known) await store.objects().setRef(tracking, fetched);
      return { commit: fetched, branch, remote: remote.url };
    },
    bringCommit: async (store, commit, signal) => {
      const { version } = await remote.server.greeting({ signal });
      if (version === 2) await remote.server.fetch(store.objects(), { wants: [commit], depth: 1, withoutBlobs: true }, { signal });
    },
    deepen: async (store, commit, signal) => {
      const { version } = await remote.server.greeting({ signal });
      if (version === 1) return;
      for (const depth of PAST_DEPTHS) {
        const order = { wants: [commit], depth, withoutBlobs: true };
        const done = await withinCap(() => remote.server.fetch(store.objects(), order, { signal, maxBytes: FETCH_BYTES }));
        if (done === 'fetched') return;
      }
    },
    bringBlobs: async (store, oids, signal, commit) => {
      const { canFilter } = await remote.server.greeting({ signal });
      if (!canFilter) return;
      const isMost = commit !== undefined && oids.length > MANY_BLOBS;
      const order = isMost ? { wants: [commit], depth: 1 } : { wants: oids, withoutBlobs: true };
      await remote.server.fetch(store.objects(), order, { signal });
    },
    push: async (objects, branch, commit, signal, replaces) => {
      const { version } = await remote.server.greeting({ signal });
      const target = version === 2 ? { ...remote, readRef: (ref: string, limits: GitHttpLimits) => readRef(remote, ref, limits) } : remote;
      return createBranch(target, objects, branch, commit, signal, replaces);
    },
    room: async (_objects, branch, signal) => {
      const { commit } = await remoteTip(remote, signal);
      return branchRoom(remote, branch, commit, { signal, maxBytes: FETCH_BYTES });
    },
    tip: async (_objects, branch, signal) => {
      const oid = await readRef(remote, `refs/heads/${branch}`, { signal });
      if (oid === undefined) return undefined;
      const commit = await fetchCommit(remote, oid, false, { signal });
      return { oid, ...defined({ commit }) };
    },
  };
}

async function readRef(remote: Connected, ref: string, limits: GitHttpLimits): Promise<string | undefined> {
  return (await remote.server.list(ref, limits)).find((found) => found.ref === ref)?.oid;
}

async function fetchTip(remote: Connected, store: Filling, commit: string, held: string | undefined, signal: AbortSignal): Promise<void> {
  const objects = store.objects();
  const packs = await packNames(objects.dir);
  const crowded = await isCrowded(objects.dir);
  if (held !== undefined && !crowded) {
    const cap = Math.max(FETCH_BYTES, 2 * (await packSizes(objects.dir)));
    const order = { wants: [commit], haves: [held], withoutBlobs: true };
    const done = await withinCap(() => remote.server.fetch(objects, order, { signal, maxBytes: cap }));
    // After a forced push nothing is common, or the server would send all of the history: the tip alone is smaller.
    if (done === 'fetched') return;
  }
  await remote.server.fetch(objects, { wants: [commit], depth: 1, withoutBlobs: true }, { signal });
  if (!crowded) return;
  await removeOld(objects.dir, packs);
  store.reopen();
}

async function fetchTipByOldProtocol(
  remote: Connected,
  store: Filling,
  branch: string,
  isHeld: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { fetchBranch } = await import('../wire/isomorphic.ts');
  const { dir } = store.objects();
  const from = { url: remote.url, http: remote.http, branch };
  if (isHeld && !(await isCrowded(dir))) {
    const cap = Math.max(FETCH_BYTES, 2 * (await packSizes(dir)));
    if ((await withinCap(() => fetchBranch(dir, from, { signal, maxBytes: cap }).then(() => 'fetched' as const))) === 'fetched') return;
  }
  if ((await packNames(dir)).length > 0) await store.recreate();
  await fetchBranch(dir, from, { signal }, 1);
}

async function withinCap<T>(fetch: () => Promise<T>): Promise<T | 'too-much'> {
  try {
    return await fetch();
  } catch (error) {
    if (error instanceof AiOpsError && error.code === 'repository-unsupported') return 'too-much';
    throw error;
  }
}

async function remoteTip(remote: Connected, signal: AbortSignal): Promise<{ branch: string; commit: string }> {
  const wanted = remote.baseBranch === undefined ? 'HEAD' : `refs/heads/${remote.baseBranch}`;
  const found = (await remote.server.list(wanted, { signal })).find((ref) => ref.ref === wanted);
  const branch = found === undefined ? undefined : (remote.baseBranch ?? found.target?.replace(/^refs\/heads\//, ''));
  if (found !== undefined && branch !== undefined) return { branch, commit: found.oid };
  const heads = await remote.server.list('refs/heads/', { signal });
  if (heads.length === 0) throw fail('repository-empty', { remote: remote.url });
  const guess = found === undefined ? undefined : defaultAmong(heads, found.oid);
  if (guess === undefined) throw fail('branch-not-found', { remote: remote.url, branch: remote.baseBranch ?? 'that its HEAD names' });
  return { branch: guess.ref.replace(/^refs\/heads\//, ''), commit: guess.oid };
}

/** Old servers do not say which branch HEAD names: one with the same commit, the usual names first. */
function defaultAmong(heads: readonly RemoteRef[], oid: string): RemoteRef | undefined {
  const same = heads.filter((ref) => ref.oid === oid);
  return same.find((ref) => ref.ref === 'refs/heads/main') ?? same.find((ref) => ref.ref === 'refs/heads/master') ?? same[0];
}
