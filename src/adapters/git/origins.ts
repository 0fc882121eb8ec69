// The two places a store is filled from: a remote over https, or a repository on this disk. Both give the base commit
// of a repair and say what "push" means for them. Neither writes anything outside the store, except a pushed branch.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AiOpsError, fail } from '../../errors.ts';
import type { Base } from '../../ports.ts';
import { branchCommit, findRepository } from './checkout.ts';
import { type CommitText, commitText, fetchCommit } from './commit-transfer.ts';
import { copyObjects } from './copy-objects.ts';
import type { GitHttp } from './http.ts';
import { listRemote, type Objects, type RemoteRef } from './objects.ts';
import { createBranch } from './receive-pack.ts';

/** The store that is being filled; `recreate` empties it. */
export interface Filling {
  objects(): Objects;
  recreate(): Promise<void>;
}

export interface Origin {
  /** Address or path without credentials. */
  readonly shown: string;
  /** The address to note in the store's own configuration. */
  readonly fetchUrl?: string;
  /** Brings the base commit and its files into the store. */
  fill(store: Filling, signal: AbortSignal): Promise<Base>;
  push(objects: Objects, branch: string, commit: string, signal: AbortSignal, replaces?: string): Promise<'created' | 'exists'>;
  /** The commit at the tip of a branch, and what it says; without the latter where that cannot be had. */
  tip(objects: Objects, branch: string, signal: AbortSignal): Promise<{ readonly oid: string; readonly commit?: CommitText } | undefined>;
}

/** More packs than that make every read slow; a fresh clone of the tip is cheaper. */
const MAX_PACKS = 50;
const FETCH_BYTES = 64 * 2 ** 20;

export function remoteOrigin(remote: {
  readonly url: string;
  readonly http: GitHttp;
  readonly token?: string;
  readonly baseBranch?: string;
}): Origin {
  return {
    shown: remote.url,
    fetchUrl: remote.url,
    fill: async (store, signal) => {
      const { branch, commit } = await remoteTip(remote, signal);
      const tracking = `refs/remotes/origin/${branch}`;
      const known = await store.objects().ref(tracking);
      const isHeld = known !== undefined && (await store.objects().has(known));
      if (known !== commit || !isHeld) {
        await fetchTip(remote, store, branch, isHeld, signal);
        if ((await store.objects().ref(tracking)) === undefined) throw fail('branch-not-found', { remote: remote.url, branch });
      }
      // The branch may have moved between the listing and the fetch: what was fetched counts.
      return { commit: (await store.objects().ref(tracking)) ?? commit, branch, remote: remote.url };
    },
    push: (objects, branch, commit, signal, replaces) => createBranch(remote, objects, branch, commit, signal, replaces),
    tip: async (_objects, branch, signal) => {
      const ref = `refs/heads/${branch}`;
      const oid = (await listRemote(remote, ref, { signal })).find((one) => one.ref === ref)?.oid;
      if (oid === undefined) return undefined;
      const commit = await fetchCommit(remote, oid, false, { signal });
      return { oid, ...(commit === undefined ? {} : { commit }) };
    },
  };
}

async function fetchTip(
  remote: { readonly url: string; readonly http: GitHttp },
  store: Filling,
  branch: string,
  known: boolean,
  signal: AbortSignal,
): Promise<void> {
  const from = { url: remote.url, http: remote.http, branch };
  const packs = await packSizes(store.objects().dir);
  if (known && packs.length <= MAX_PACKS) {
    const size = packs.reduce((sum, bytes) => sum + bytes, 0);
    try {
      await store.objects().fetch(from, { signal, maxBytes: Math.max(FETCH_BYTES, 2 * size) });
      return;
    } catch (error) {
      // After a forced push the server may send the whole history: past the cap a new clone of the tip is smaller.
      if (!(error instanceof AiOpsError) || error.code !== 'repository-unsupported') throw error;
    }
  }
  if (packs.length > 0) await store.recreate();
  await store.objects().fetch(from, { signal }, 1);
}

async function remoteTip(
  remote: { readonly url: string; readonly http: GitHttp; readonly baseBranch?: string },
  signal: AbortSignal,
): Promise<{ branch: string; commit: string }> {
  const wanted = remote.baseBranch === undefined ? 'HEAD' : `refs/heads/${remote.baseBranch}`;
  const found = (await listRemote(remote, wanted, { signal })).find((ref) => ref.ref === wanted);
  const branch = found === undefined ? undefined : (remote.baseBranch ?? found.target?.replace(/^refs\/heads\//, ''));
  if (found !== undefined && branch !== undefined) return { branch, commit: found.oid };
  const heads = await listRemote(remote, 'refs/heads/', { signal });
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

async function packSizes(dir: string): Promise<number[]> {
  const packDir = join(dir, 'objects', 'pack');
  const names = (await readdir(packDir).catch(() => [])).filter((name) => name.endsWith('.pack'));
  return Promise.all(names.map(async (name) => (await stat(join(packDir, name))).size));
}

export function localOrigin(local: { readonly path: string; readonly baseBranch?: string }): Origin {
  return {
    shown: local.path,
    fill: async (store) => {
      const base = await localBase(local);
      const objects = store.objects();
      const problem = await copyObjects(join(base.commonDir, 'objects'), join(objects.dir, 'objects'));
      if (problem !== undefined) throw fail('repository-unsupported', { remote: local.path, detail: problem });
      // The branch keeps the base and its history alive for whoever fetches from the store.
      await objects.setRef(`refs/heads/${base.branch}`, base.commit);
      return { commit: base.commit, branch: base.branch, remote: local.path };
    },
    push: async (objects, branch, commit, _signal, replaces) => {
      const present = await objects.ref(`refs/heads/${branch}`);
      if (present === commit) return 'exists';
      if (present !== undefined && present !== replaces) throw fail('branch-taken', { branch });
      await objects.setRef(`refs/heads/${branch}`, commit);
      return 'created';
    },
    tip: async (objects, branch) => {
      const oid = await objects.ref(`refs/heads/${branch}`);
      if (oid === undefined) return undefined;
      const commit = commitText((await objects.read(oid)).bytes.toString('utf8'));
      return { oid, ...(commit === undefined ? {} : { commit }) };
    },
  };
}

async function localBase(local: {
  readonly path: string;
  readonly baseBranch?: string;
}): Promise<{ branch: string; commit: string; commonDir: string }> {
  const found = await findRepository(local.path);
  if (found === undefined) throw fail('no-repository', { path: local.path });
  if (found.unsupported !== undefined) throw fail('repository-unsupported', { remote: local.path, detail: `it uses ${found.unsupported}` });
  if (local.baseBranch !== undefined) {
    const commit = await branchCommit(found, local.baseBranch);
    if (commit === undefined) throw fail('branch-not-found', { remote: local.path, branch: local.baseBranch });
    return { branch: local.baseBranch, commit, commonDir: found.commonDir };
  }
  if (found.head === undefined) throw fail('repository-empty', { remote: local.path });
  return { branch: found.branch ?? 'HEAD', commit: found.head, commonDir: found.commonDir };
}
