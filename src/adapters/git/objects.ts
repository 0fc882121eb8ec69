// The one door to isomorphic-git: a bare store of our own, of which only the plumbing is used. Its `push`,
// `statusMatrix`, `add`, `checkout` and `commit` cost the whole repository and are traps (doc/adr/0004-own-object-store.md).
// Whatever is wrong with the store comes out as `store-damaged`; errors of the network pass through.
import * as fs from 'node:fs';
import git, { type HttpClient } from 'isomorphic-git';
import { AiOpsError, fail } from '../../errors.ts';
import type { GitHttp, GitHttpLimits } from './http.ts';
import { codeOf, messageOf } from './thrown.ts';

export type ObjectType = 'blob' | 'tree' | 'commit';

/** Objects and refs of one bare repository on disk. Object ids are 40 hexadecimal digits. */
export interface Objects {
  readonly dir: string;
  /** Makes an empty store. */
  init(url: string | undefined): Promise<void>;
  read(oid: string): Promise<{ readonly type: string; readonly bytes: Buffer }>;
  has(oid: string): Promise<boolean>;
  write(type: ObjectType, bytes: Buffer): Promise<string>;
  /** One pack of exactly these objects, undeltified. */
  pack(oids: readonly string[]): Promise<Buffer>;
  ref(name: string): Promise<string | undefined>;
  setRef(name: string, oid: string): Promise<void>;
  /** Fetches one branch; only its tip with `depth` 1. */
  fetch(remote: RemoteBranch, limits: GitHttpLimits, depth?: 1): Promise<void>;
}

/** A remote and the way to it. */
export interface Remote {
  readonly http: GitHttp;
  readonly url: string;
}

export interface RemoteBranch extends Remote {
  readonly branch: string;
}

/** One ref of a remote; `target` where it is symbolic. */
export interface RemoteRef {
  readonly ref: string;
  readonly oid: string;
  readonly target?: string;
}

/** @param shown the remote as it is named in errors */
export function openObjects(dir: string, shown: string): Objects {
  // Packs and their indexes stay in memory for the life of the store: without it every read parses them anew.
  const at = { fs: { promises: fs.promises }, gitdir: dir, cache: {} };
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw damaged(shown, error);
    }
  };
  const read = async (oid: string): Promise<{ type: string; bytes: Buffer }> => {
    const found = await git.readObject({ ...at, oid, format: 'content' });
    if (found.format !== 'content' || found.type === undefined) throw new Error(`object ${oid} has no type`);
    return { type: found.type, bytes: Buffer.from(found.object as Uint8Array) };
  };
  return {
    dir,
    init: async (url) => {
      await git.init({ ...at, bare: true, defaultBranch: 'main' });
      if (url !== undefined) await git.addRemote({ ...at, remote: 'origin', url, force: true });
    },
    read: (oid) => guard(() => read(oid)),
    has: async (oid) => {
      try {
        await read(oid);
        return true;
      } catch (error) {
        if (codeOf(error) === 'NotFoundError') return false;
        throw damaged(shown, error);
      }
    },
    write: (type, bytes) => guard(() => git.writeObject({ ...at, type, object: bytes, format: 'content' })),
    pack: (oids) =>
      guard(async () => {
        const { packfile } = await git.packObjects({ ...at, oids: [...oids], write: false });
        if (packfile === undefined) throw new Error('no pack was made');
        return Buffer.from(packfile);
      }),
    ref: async (name) => {
      try {
        return await git.resolveRef({ ...at, ref: name });
      } catch (error) {
        if (codeOf(error) === 'NotFoundError') return undefined;
        throw damaged(shown, error);
      }
    },
    setRef: (name, oid) => guard(() => git.writeRef({ ...at, ref: name, value: oid, force: true })),
    fetch: async (remote, limits, depth) => {
      // `ref` is the tracking branch, because it is what isomorphic-git offers as `have`; `refs/heads/…` would never move.
      const options = { ref: `refs/remotes/origin/${remote.branch}`, remoteRef: `refs/heads/${remote.branch}`, remote: 'origin' };
      const found = { singleBranch: true, tags: false, ...(depth === undefined ? {} : { depth }) };
      await guard(() => git.fetch({ ...at, http: plugin(remote.http, limits), url: remote.url, ...options, ...found }));
    },
  };
}

/**
 * Refs of a remote by prefix, over protocol 2 where the server speaks it: a few hundred bytes whatever its size.
 * @throws AiOpsError `git-auth`, `git-not-found`, `git-unreachable`, `repository-unsupported`
 */
export async function listRemote(remote: Remote, prefix: string, limits: GitHttpLimits): Promise<readonly RemoteRef[]> {
  try {
    const at = { http: plugin(remote.http, limits), url: remote.url, protocolVersion: 2 } as const;
    const refs = await git.listServerRefs({ ...at, prefix, symrefs: true });
    // A server that names objects otherwise gives an empty list, like an empty repository; only its greeting tells them apart.
    const format = refs.length > 0 ? undefined : (await git.getRemoteInfo2(at)).capabilities;
    if (format !== undefined && 'object-format' in format && format['object-format'] !== 'sha1') {
      throw fail('repository-unsupported', { remote: remote.url, detail: `it uses ${format['object-format']}` });
    }
    return refs.map((ref) => ({ ref: ref.ref, oid: ref.oid, ...(ref.target === undefined ? {} : { target: ref.target }) }));
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    const detail = messageOf(error);
    throw fail('git-unreachable', { remote: remote.url, detail: `unreadable answer: ${detail}` }, error);
  }
}

/**
 * Makes a repository of a small work tree of our own (the demo's) and commits these files on `main`. Its cost is that of
 * the whole work tree, which is why nothing else uses it.
 * @returns the id of the commit
 */
export async function commitWorkTree(
  dir: string,
  paths: readonly string[],
  { message, author, date }: { readonly message: string; readonly author: { name: string; email: string }; readonly date: Date },
): Promise<string> {
  const at = { fs: { promises: fs.promises }, dir, cache: {} };
  const by = { ...author, timestamp: Math.floor(date.getTime() / 1000), timezoneOffset: 0 };
  await git.init({ ...at, defaultBranch: 'main' });
  // What isomorphic-git cannot know of a file system it denies; git's own defaults are right here.
  for (const key of ['core.filemode', 'core.symlinks', 'core.ignorecase']) await git.setConfig({ ...at, path: key, value: undefined });
  await git.add({ ...at, filepath: [...paths], parallel: false });
  return git.commit({ ...at, message, author: by });
}

function plugin(http: GitHttp, limits: GitHttpLimits): HttpClient {
  return {
    request: ({ url, method, headers, body }) => {
      const request = { url, ...(method === undefined ? {} : { method }), ...(headers === undefined ? {} : { headers }) };
      return http.request(body === undefined ? request : { ...request, body }, limits);
    },
  };
}

function damaged(remote: string, error: unknown): AiOpsError {
  if (error instanceof AiOpsError) return error;
  const detail = messageOf(error);
  return fail('store-damaged', { remote, detail }, error);
}
