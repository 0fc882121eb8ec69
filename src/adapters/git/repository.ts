// The Repository port: our own object store of one repository, filled from a remote or from the user's checkout.
// Reads and writes raw objects; the user's work tree and `.git` are only ever read. Store errors heal themselves once.
import { join } from 'node:path';
import type { FileMode } from '../../core/model.ts';
import { BRANCH_PREFIX, isFixBranch } from '../../core/texts/branch.ts';
import { fail } from '../../errors.ts';
import type { Clock, Identity, Repository } from '../../ports.ts';
import { buildCommit } from './objects/build-commit.ts';
import type { Objects } from './objects/objects.ts';
import { listFiles, lookup, readCommit, type TreeFile } from './objects/snapshot.ts';
import { fileMode, toBytes, toText } from './objects/tree.ts';
import { httpAddress, storeName } from './remote-address.ts';
import { localOrigin } from './store/local-origin.ts';
import type { Origin } from './store/origin.ts';
import { remoteOrigin } from './store/remote-origin.ts';
import { createStore } from './store/store.ts';
import { differing, isTakenOver } from './taken-over.ts';
import { findRepository } from './users-checkout.ts';
import type { CommitText } from './wire/commit-transfer.ts';
import { createGitHttp, type GitHttpOptions } from './wire/http.ts';

/** Where the repository is. A remote needs the user name that its host wants beside a token (`x-access-token`, `oauth2`). */
export type RepositorySource =
  | ({ readonly kind: 'remote' } & GitHttpOptions)
  | {
      readonly kind: 'local';
      /** The user's checkout, or any directory in it. */
      readonly path: string;
    };

export interface RepositoryOptions {
  readonly source: RepositorySource;
  /** Default: the branch that the remote's (or the checkout's) HEAD names. */
  readonly baseBranch?: string;
  /** What our branches begin with; `ai-ops/` without. */
  readonly branchPrefix?: string;
  /** Directory of all stores, for example `<state>/repos`. */
  readonly storeDir: string;
  /** Who commits where nobody else is known, and who did so in older versions. */
  readonly author: Identity;
  /** Who else commits; asked for once, since the host may have to be. */
  readonly identities?: (signal: AbortSignal) => Promise<Identities>;
  /** See `CommitForm.sign`. */
  readonly sign?: ((commit: Buffer) => Promise<string>) | undefined;
  readonly clock: Clock;
  /** Told, in words for people, what a repair waits for. */
  readonly notice?: (text: string) => void;
}

export interface Identities {
  readonly author: Identity;
  readonly committer: Identity;
}

/** The port, and what workspaces and the `local` host need of its store. */
export interface StoredRepository extends Repository {
  /** The bare repository on disk: `git fetch <storePath> <branch>` works in local mode. */
  readonly storePath: string;
  /** All files of a commit with their object ids; paths as bytes (latin1 text). */
  files(commit: string): Promise<readonly TreeFile[]>;
  blob(oid: string): Promise<Buffer>;
  /**
   * Whether the base branch holds a fix of ours, however it got there: some commit on it since the fix's base has the
   * files that the fix touches exactly as the fix has them. Fetches the tip of the base branch; reads only.
   */
  isTakenOver(fix: string, signal: AbortSignal): Promise<boolean>;
  /** The objects as they lie there, for who only looks: nothing is fetched, nothing heals. */
  objects(): Pick<Objects, 'read'>;
  /** Brings more of the past of a commit, without contents. @returns false where there is none to be had */
  deepen(commit: string, signal: AbortSignal): Promise<boolean>;
  /** Has these contents at hand for `blob`: what a partial store lacks of them comes in one fetch. */
  bring(commit: string, oids: readonly string[]): Promise<void>;
}

/** Known since the base was fetched, as a rule. */
const IDENTITY_MS = 30_000;

/**
 * Opens the store; contacts nothing yet.
 * @throws AiOpsError `no-repository`, `remote-ssh`, `remote-plain-http`, `repository-unsupported`
 */
export async function createRepository(options: RepositoryOptions): Promise<StoredRepository> {
  const origin = await openOrigin(options);
  const home = join(options.storeDir, storeName(origin.shown));
  const store = createStore(home, origin, options.notice ?? (() => undefined));
  let asked: Promise<Identities> | undefined;
  const identities = (signal: AbortSignal): Promise<Identities> => {
    const { author } = options;
    asked ??= options.identities?.(signal) ?? Promise.resolve({ author, committer: author });
    return asked;
  };
  return {
    storePath: join(home, 'store.git'),
    sync: (signal) => store.fill(signal),
    list: (commit) => store.at(commit, async (objects) => portEntries(await listFiles(objects, (await readCommit(objects, commit)).tree))),
    files: (commit) => store.at(commit, async (objects) => listFiles(objects, (await readCommit(objects, commit)).tree)),
    objects: () => ({ read: (oid) => store.objects().peek(oid) }),
    isTakenOver: async (fix, signal) => {
      const base = await store.fill(signal);
      // Somebody looks at a fix: its own branch is checked out.
      if (isFixBranch(base.branch)) return false;
      return store.at(base.commit, (objects) => isTakenOver(objects, fix, base.commit));
    },
    deepen: store.deepen,
    bring: (commit, oids) => store.at(commit, () => store.bring(commit, oids)),
    blob: (oid) => store.healing(async (objects) => (await objects.read(oid)).bytes),
    read: (commit, path) =>
      store.at(commit, async (objects) => {
        const file = await lookup(objects, (await readCommit(objects, commit)).tree, toBytes(path));
        if (file === undefined) return undefined;
        const bytes = file.mode === '160000' ? Buffer.alloc(0) : (await objects.read(file.oid)).bytes;
        return { bytes, mode: fileMode(file.mode) };
      }),
    author: async (signal) => (await identities(signal)).author,
    committer: async (signal) => (await identities(signal)).committer,
    holds: (commit) => store.healing((objects) => objects.has(commit)),
    about: (commit) =>
      store.at(commit, async (objects) => {
        const { parents } = await readCommit(objects, commit);
        const text = (await objects.read(commit)).bytes.toString('utf8');
        return { parents, message: text.slice(text.indexOf('\n\n') + 2) };
      }),
    changed: (from, to) =>
      store.at(from, () =>
        store.at(to, async (objects) => {
          const trees = [(await readCommit(objects, from)).tree, (await readCommit(objects, to)).tree] as const;
          return [...(await differing(objects, ...trees)).keys()].flatMap((path) => toText(path) ?? []);
        }),
      ),
    commit: async (changes, message, date = options.clock(), merges) => {
      const { author, committer } = await identities(AbortSignal.timeout(IDENTITY_MS));
      return store.at(changes.base, (objects) =>
        buildCommit(objects, changes, { message, author, committer, date, merges, sign: options.sign }),
      );
    },
    push: async (branch, commit, signal, replaces) => {
      refuseForeignName(branch, options.branchPrefix);
      return store.at(commit, (objects) => origin.push(objects, branch, commit, signal, replaces));
    },
    tryBranch: async (branch, signal) => {
      refuseForeignName(branch, options.branchPrefix);
      const standing = await origin.room(store.objects(), branch, signal);
      if (standing === undefined) return 'free';
      const found = await origin.tip(store.objects(), branch, signal);
      if (found?.commit !== undefined && !isMadeBy(found.commit, options.author, await identities(signal)))
        throw fail('branch-taken', { branch });
      return 'ours';
    },
    tip: (branch, commit, signal) =>
      store.at(commit, async (objects) => {
        const found = await origin.tip(objects, branch, signal);
        if (found === undefined) return undefined;
        const { tree = '' } = found.commit ?? {};
        const isOurs = found.commit !== undefined && isMadeBy(found.commit, options.author, await identities(signal));
        return { commit: found.oid, isSame: tree === (await readCommit(objects, commit)).tree, isOurs };
      }),
  };
}

/**
 * One commit above what it began with, or a merge of the base into it, by us. A person may be the user whose token we have: what they have made or amended has
 * not our trailer, or another time of its commit than of its authoring.
 */
function isMadeBy({ author, committer, parents, message, isAmended }: CommitText, own: Identity, now: Identities): boolean {
  const named = ({ name, email }: Identity): string => `${name} <${email}>`;
  if (parents.length === 0 || parents.length > 2) return false;
  if (parents.length === 1 && author === named(own) && committer === named(own)) return true;
  return author === named(now.author) && committer === named(now.committer) && !isAmended && /^Ai-Ops-Fingerprint: /m.test(message);
}

async function openOrigin(options: RepositoryOptions): Promise<Origin> {
  const branch = options.baseBranch === undefined ? {} : { baseBranch: options.baseBranch };
  if (options.source.kind === 'remote') {
    const url = httpAddress(options.source.url);
    const token = options.source.token === undefined ? {} : { token: options.source.token };
    const pause = options.source.retryDelayMs === undefined ? {} : { retryDelayMs: options.source.retryDelayMs };
    return remoteOrigin({ url, http: createGitHttp({ ...options.source, url }), ...token, ...branch, ...pause });
  }
  const found = findRepository(options.source.path, { bare: true });
  if (found === undefined) throw fail('no-repository', { path: options.source.path });
  return localOrigin({ path: found.root, ...branch });
}

/** Paths that are not UTF-8 cannot be named in a prompt or a change; they are left out of the list and kept in the trees. */
function portEntries(files: readonly TreeFile[]): { path: string; mode: FileMode }[] {
  return files.flatMap((file) => {
    const path = toText(file.path);
    return path === undefined ? [] : [{ path, mode: fileMode(file.mode) }];
  });
}

/** Never the default branch, never a name that is not ours. Source of the rules: git-check-ref-format(1). */
function refuseForeignName(branch: string, prefix = BRANCH_PREFIX): void {
  // A repair that goes on may have begun under the former prefix.
  const isOurs = [prefix, BRANCH_PREFIX].some((one) => branch.startsWith(one) && branch.length > one.length);
  const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(branch) && !/\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$/.test(branch);
  if (!isOurs || !wellFormed) throw fail('push-rejected', { branch, detail: `ai-ops writes branches named ${prefix}* only` });
}
