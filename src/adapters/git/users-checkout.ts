// Looks into a user's repository, read only, with our own parser: linked work trees, packed refs, unusual layouts.
// Nothing here writes, takes a lock, runs git or trusts a configured program (doc/security.md).
import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defined } from '../../core/defined.ts';
import { readPlainNow } from '../../platform/read-plain.ts';
import { type GitConfig, parseEntries, remoteUrl } from './git-config.ts';
import { type Env, effectiveRemote, gitEntries } from './user-config.ts';

/** A repository on this disk, as far as it can be known without git. */
export interface FoundRepository {
  /** The work tree; the git directory itself for a bare repository. */
  readonly root: string;
  readonly gitDir: string;
  /** Where objects and shared refs live: `gitDir`, or the main repository's for a linked work tree. */
  readonly commonDir: string;
  /** As git and ssh would speak to it, possibly with credentials: show it through `withoutCredentials` only. */
  readonly remoteUrl?: string;
  /** The branch that HEAD names; absent when HEAD is detached. */
  readonly branch?: string;
  /** The commit that HEAD names; absent before the first commit. */
  readonly head?: string;
  /** Why its objects cannot be read: `reftable`, `sha256`, …; absent when they can. */
  readonly unsupported?: string;
}

/**
 * Walks from `dir` up to the first directory that is a repository.
 * @param bare whether `dir` itself may be a bare one: only where the user has named it. A directory that looks like one may be
 *   committed into any repository, and its remote is then the word of a stranger (git's `safe.bareRepository`)
 * @param env where the user's configuration of git and ssh is; without it the remote stays as the repository has it
 */
export function findRepository(
  dir: string,
  { bare = false, env }: { readonly bare?: boolean; readonly env?: Env } = {},
): FoundRepository | undefined {
  const start = realPath(dir);
  for (let at = start; at !== undefined; at = dirname(at) === at ? undefined : dirname(at)) {
    const gitDir = gitDirOf(join(at, '.git')) ?? (bare && at === start && isGitDir(at) ? at : undefined);
    if (gitDir !== undefined) return describe(at, gitDir, env);
  }
  return undefined;
}

/** The commit of a branch of a repository found before. */
export function branchCommit(repository: FoundRepository, branch: string): string | undefined {
  return resolveRef(repository.gitDir, repository.commonDir, `refs/heads/${branch}`);
}

function describe(root: string, gitDir: string, env: Env | undefined): FoundRepository {
  const common = text(join(gitDir, 'commondir'));
  const commonDir = common === undefined ? gitDir : resolve(gitDir, common.trim());
  const own = parseEntries(text(join(commonDir, 'config')) ?? '');
  const config: GitConfig = new Map(own);
  const symbolic = /^ref: refs\/heads\/(.+)$/.exec((text(join(gitDir, 'HEAD')) ?? '').trim())?.[1];
  const head = resolveRef(gitDir, commonDir, 'HEAD');
  const written = remoteUrl(config, symbolic);
  const url = written === undefined || env === undefined ? written : effectiveRemote(written, gitEntries(env, own, gitDir), env);
  const unsupported = unsupportedLayout(config, commonDir);
  return {
    root,
    gitDir,
    commonDir,
    ...defined({ remoteUrl: url }),
    ...(symbolic === undefined || unsupported === 'reftable' ? {} : { branch: symbolic }),
    ...defined({ head, unsupported }),
  };
}

/** `.git` is a directory, or a file that names one (linked work tree, submodule). */
function gitDirOf(path: string): string | undefined {
  const found = factsOf(path);
  if (found?.isDirectory()) return isGitDir(path) ? path : undefined;
  if (!found?.isFile()) return undefined;
  const target = /^gitdir: (.+)$/m.exec(text(path) ?? '')?.[1];
  if (target === undefined) return undefined;
  const dir = resolve(dirname(path), target.trim());
  return text(join(dir, 'HEAD')) === undefined ? undefined : dir;
}

function isGitDir(dir: string): boolean {
  const objects = factsOf(join(dir, 'objects'));
  const head = text(join(dir, 'HEAD'));
  return objects?.isDirectory() === true && head !== undefined && /^(ref: |[0-9a-f]{40})/.test(head);
}

function resolveRef(gitDir: string, commonDir: string, name: string, hops = 5): string | undefined {
  if (hops === 0) return undefined;
  const loose = text(join(gitDir, name)) ?? text(join(commonDir, name));
  if (loose !== undefined) {
    const value = loose.trim();
    const target = /^ref: (refs\/\S+)$/.exec(value)?.[1];
    if (target !== undefined && !target.includes('..')) return resolveRef(gitDir, commonDir, target, hops - 1);
    return /^[0-9a-f]{40}$/.test(value) ? value : undefined;
  }
  const packed = text(join(commonDir, 'packed-refs')) ?? '';
  return packed
    .split('\n')
    .map((line) => /^([0-9a-f]{40}) (.+)$/.exec(line))
    .find((match) => match?.[2] === name)?.[1];
}

function unsupportedLayout(config: GitConfig, commonDir: string): string | undefined {
  const format = config.get('extensions.objectformat');
  if (format !== undefined && format.toLowerCase() !== 'sha1') return format.toLowerCase();
  const isReftable = config.get('extensions.refstorage')?.toLowerCase().startsWith('reftable');
  const directory = factsOf(join(commonDir, 'reftable'));
  if (isReftable || directory !== undefined) return 'reftable';
  return config.get('extensions.partialclone') === undefined ? undefined : 'partial clone';
}

/** Of a configuration of git, and of words beside it. */
const MOST_BYTES = 16 * 2 ** 20;

/** `undefined` where there is no such readable file. */
function text(path: string): string | undefined {
  try {
    return String(readPlainNow(path, MOST_BYTES));
  } catch {
    return undefined;
  }
}

/** `undefined` where there is none, or it cannot be looked at. */
function factsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function realPath(dir: string): string | undefined {
  try {
    return realpathSync.native(dir);
  } catch {
    return undefined;
  }
}
