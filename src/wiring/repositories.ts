// Several repositories of one watcher: each with a configuration of its own, made from the common one, and what tells whose an
// event is: their trees, as they are in the stores, and what the configuration says of logs.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ALL_HOSTS } from '../adapters/hosts/about.ts';
import { hostOfOne, type RemoteAddress } from '../adapters/hosts/choice.ts';
import type { RepositoryEntry } from '../config/kinds.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { PackageRoot } from '../core/context/frame-names.ts';
import { namingManifests, packageRoot } from '../core/context/package-roots.ts';
import { MOST_FRAMES, type Route, type RoutedRepository, route } from '../core/context/route.ts';
import { defined } from '../core/defined.ts';
import type { ErrorEvent, Origin } from '../core/model.ts';
import type { MetRepository } from '../core/repository/identity.ts';
import { indexPaths, type PathIndex } from '../core/repository/paths.ts';
import { asAiOpsError, fail } from '../errors.ts';
import type { Router } from '../pipeline/watch/recorder.ts';
import type { Repository, SourceTree, Tell } from '../ports.ts';
import { logSources } from './logs/log-sources.ts';
import { metRepository } from './met-repository.ts';
import type { Surroundings } from './surroundings.ts';
import { isFound } from './token-hosts.ts';

/** One of them. */
export interface OneOfSeveral {
  readonly entry: RepositoryEntry;
  readonly met: MetRepository;
  /** As if it were the only one. */
  readonly loaded: LoadedConfig;
}

/** Files that come and go are noticed after this time, ms. */
const TREE_KEPT_MS = 600_000;
/** What cannot be reached is asked again after this time, ms. */
const RETRY_MS = 60_000;
const MOST_ROUTES = 5000;
const MAX_BYTES = 2 ** 20;

/** @throws AiOpsError `repository-twice` where two addresses are of one repository */
export async function severalRepositories(
  loaded: LoadedConfig,
  around: Pick<Surroundings, 'cwd' | 'env'>,
): Promise<readonly OneOfSeveral[]> {
  const remotes = await Promise.all(loaded.config.repos.map((entry) => remoteOf(entry, around)));
  const isOneHost = new Set(remotes.map((remote) => remote?.host ?? '')).size === 1 && new Set(remotes.map((one) => one?.port)).size === 1;
  const all = await Promise.all(
    loaded.config.repos.map(async (entry, at) => {
      const own = await configurationOf(loaded, entry, isOneHost ? null : (remotes[at] ?? null), around);
      return { entry, met: await metRepository(own, around), loaded: own };
    }),
  );
  for (const { met, entry } of all) {
    const other = all.find((one) => one.met.name === met.name && one.entry !== entry);
    if (other) throw fail('repository-twice', { first: entry.url, second: other.entry.url });
  }
  return all;
}

async function remoteOf({ url }: RepositoryEntry, { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>): Promise<RemoteAddress | null> {
  const { findRepository } = await import('../adapters/git/users-checkout.ts');
  const { asGitHas } = await import('../adapters/git/user-config.ts');
  const { parseRemote } = await import('../adapters/git/remote-address.ts');
  const path = resolve(cwd, url);
  const address = (await isDirectory(path)) ? findRepository(path, { env })?.remoteUrl : asGitHas(url, env);
  return (address === undefined ? undefined : parseRemote(address)) ?? null;
}

const isDirectory = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() === true;

/** @param remote `null` where what is said of the host holds for all of them */
async function configurationOf(
  loaded: LoadedConfig,
  entry: RepositoryEntry,
  remote: RemoteAddress | null,
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
): Promise<LoadedConfig> {
  const { config, origins, secrets, secretOrigins } = loaded;
  const path = resolve(cwd, entry.url);
  const isHere = await isDirectory(path);
  // Which variable is sent to a host is not for whoever may commit to say.
  if (entry.tokenVariable !== undefined && isFound(loaded, 'repos'))
    throw fail('token-unbound', { host: entry.url, file: origins.repos, variable: entry.tokenVariable });
  const token = entry.tokenVariable === undefined ? undefined : env[entry.tokenVariable];
  const tokens = token ? Object.fromEntries(ALL_HOSTS.map(({ secretName }) => [secretName, token])) : {};
  const tokenOrigins = token
    ? Object.fromEntries(ALL_HOSTS.map(({ secretName }) => [secretName, `environment ${entry.tokenVariable}`]))
    : {};
  return {
    ...loaded,
    config: {
      ...config,
      repo: {
        ...config.repo,
        ...(isHere ? { url: null, path } : { url: entry.url, path: null }),
        ...{ subdir: entry.subdir ?? null, baseBranch: entry.baseBranch ?? null },
      },
      codeHost: { ...hostOfOne(config.codeHost, remote), project: null },
      policy: { ...config.policy, ...defined({ maxRepairsPerDay: entry.maxRepairsPerDay, maxUsdPerDay: entry.maxUsdPerDay }) },
      mail: { ...config.mail, ...defined({ to: entry.mailTo }) },
    },
    // Whoever has named the list has named what is in it.
    origins: { ...origins, 'repo.url': origins.repos, 'repo.path': origins.repos },
    secrets: { ...secrets, ...tokens },
    secretOrigins: { ...secretOrigins, ...tokenOrigins },
  };
}

/** The files of a repository as its base branch has them, from the store. */
export interface KnownTree extends SourceTree {
  /** Brings the store up to date. @returns false where the remote cannot be reached */
  refresh(signal: AbortSignal): Promise<boolean>;
  readonly files: PathIndex | undefined;
  readonly packages: readonly PackageRoot[];
}

/** @param trouble told why its files are not known */
export function createKnownTree(repository: Repository, trouble: (words: string) => void): KnownTree {
  let known:
    | { readonly commit: string; readonly paths: readonly string[]; readonly files: PathIndex; readonly packages: readonly PackageRoot[] }
    | undefined;
  const packagesOf = async (commit: string, paths: readonly string[]): Promise<readonly PackageRoot[]> => {
    const read = namingManifests(paths).map(async (path) => {
      const bytes = (await repository.read(commit, path))?.bytes;
      return bytes === undefined || bytes.length > MAX_BYTES ? undefined : packageRoot(path, bytes.toString('utf8'));
    });
    return (await Promise.all(read)).filter((one) => one !== undefined);
  };
  return {
    get files() {
      return known?.files;
    },
    get packages() {
      return known?.packages ?? [];
    },
    async refresh(signal) {
      try {
        const { commit } = await repository.sync(signal);
        if (known?.commit === commit) return true;
        const paths = (await repository.list(commit)).map(({ path }) => path);
        known = { commit, paths, files: indexPaths(paths), packages: await packagesOf(commit, paths) };
        return true;
      } catch (thrown) {
        if (!signal.aborted) trouble(asAiOpsError(thrown).message);
        return false;
      }
    },
    list: async () => known?.paths ?? [],
    read: async (path) => {
      const found = known && (await repository.read(known.commit, path).catch(() => undefined));
      return found === undefined || found.bytes.length > MAX_BYTES ? undefined : found.bytes.toString('utf8');
    },
  };
}

/** Keeps the trees up to date until the signal. */
export async function keepTrees(trees: readonly KnownTree[], signal: AbortSignal): Promise<void> {
  await Promise.all(
    trees.map(async (tree) => {
      const again = async (): Promise<void> => {
        const isKnown = await tree.refresh(signal);
        if (signal.aborted) return;
        const timer = setTimeout(() => void again(), isKnown ? TREE_KEPT_MS : RETRY_MS).unref();
        signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
      };
      await again();
    }),
  );
}

/** @param tell hears why each event went where it did */
export function createRouter(
  several: readonly OneOfSeveral[],
  trees: ReadonlyMap<string, KnownTree>,
  { config }: LoadedConfig,
  tell: Tell | undefined,
): Router {
  const repositoryOf = logSources(config.logs, ({ repository }) => several.find(({ entry }) => entry.url === repository)?.met.name);
  const known = new Map<string, Route>();
  let repositories: readonly RoutedRepository[] = several.map(({ entry, met }) => ({
    ...{ name: met.name, services: entry.services ?? [], paths: entry.paths ?? [], files: undefined, packages: [] },
  }));
  return (event) => {
    // A tree that has become known, or has moved on, changes what was said before.
    if (known.size >= MOST_ROUTES || repositories.some(({ name, files }) => trees.get(name)?.files !== files)) {
      known.clear();
      repositories = repositories.map((one) => {
        const tree = trees.get(one.name);
        return { ...one, files: tree?.files, packages: tree?.packages ?? [] };
      });
    }
    const key = keyOf(event);
    const found = known.get(key) ?? route(event, repositories, repositoryOf(event.source));
    if (!known.has(key))
      tell?.(`${event.source}:${event.line}: ${found.kind === 'found' ? `of ${found.repository} ${found.why}` : found.reason}`);
    known.set(key, found);
    return found.kind === 'found' ? { repository: found.repository } : { unrouted: found.reason };
  };
}

function keyOf({ source, frames, language, origin }: ErrorEvent): string {
  const { service, container }: Origin = origin ?? {};
  return JSON.stringify([
    source,
    language,
    service,
    container,
    frames.slice(0, MOST_FRAMES).map(({ file, function: name }) => [file, name]),
  ]);
}
