// The one door to isomorphic-git: fetching from servers that speak protocol 1 only, and making the demo's repository.
// Its `push`, `statusMatrix`, `add`, `checkout` and `commit` cost the whole repository and are traps
// (doc/adr/0004-own-object-store.md). Imported only where it is needed.
import * as fs from 'node:fs';
import git, { type HttpClient } from 'isomorphic-git';
import { defined } from '../../../core/defined.ts';
import { AiOpsError, fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import type { GitHttp, GitHttpLimits } from './http.ts';

/** Fetches one branch over protocol 1 into `refs/remotes/origin/…`; only its tip with `depth` 1. */
export async function fetchBranch(
  dir: string,
  remote: { readonly http: GitHttp; readonly url: string; readonly branch: string },
  limits: GitHttpLimits,
  depth?: 1,
): Promise<void> {
  // `ref` is the tracking branch, because it is what isomorphic-git offers as `have`; `refs/heads/…` would never move.
  const options = { ref: `refs/remotes/origin/${remote.branch}`, remoteRef: `refs/heads/${remote.branch}`, remote: 'origin' };
  const found = { singleBranch: true, tags: false, ...defined({ depth }) };
  const at = { fs: { promises: fs.promises }, gitdir: dir, cache: {} };
  try {
    await git.fetch({ ...at, http: plugin(remote.http, limits), url: remote.url, ...options, ...found });
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    throw fail('store-damaged', { remote: remote.url, detail: messageOf(error) }, error);
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
      const request = { url, ...defined({ method, headers }) };
      return http.request(body === undefined ? request : { ...request, body }, limits);
    },
  };
}
