// The repository to repair and the code host its requests go to, from the configuration and the checkout.
import { join } from 'node:path';
import { ALL_HOSTS, HOSTS } from '../adapters/hosts/about.ts';
import type { ForgeChoice, LocalChoice, RemoteAddress } from '../adapters/hosts/choice.ts';
import type { FoundToken } from '../adapters/hosts/credentials.ts';
import { destinationOf } from '../adapters/hosts/destination.ts';
import type { LoadedConfig } from '../config/load.ts';
import { defined } from '../core/defined.ts';
import { directoryName } from '../core/repository/identity.ts';
import type { ForgeKind } from '../core/tables.ts';
import { version } from '../embedded.ts';
import { fail } from '../errors.ts';
import type { Claims, CodeHost, Destination, History, Processes } from '../ports.ts';
import { AUTHOR, identitiesOf, signerOf } from './identity.ts';
import { metRepository } from './met-repository.ts';
import { clock, type Surroundings } from './surroundings.ts';
import { type Address, hostOf, isFound, tokenHosts } from './token-hosts.ts';
import { trustOwnAuthorities } from './trust.ts';

export interface WiredSite {
  readonly repository: import('../adapters/git/repository.ts').StoredRepository;
  /** The same with another base branch. */
  readonly onBranch: (branch: string) => Promise<import('../adapters/git/repository.ts').StoredRepository>;
  readonly history: History;
  /** `null` without a remote. */
  readonly claims: Claims | null;
  readonly host: CodeHost;
  readonly token: string | null;
  /** Where requests go, and why. */
  readonly destination: Destination;
  /** The repository without credentials, for people. */
  readonly shown: string;
  /** How long its server was asked what it is, ms: a look waits so much less for what else it is asked. */
  readonly askedMs: number;
}

/** Where a repository is looked for. */
export interface SiteAround extends Pick<Surroundings, 'cwd' | 'env'> {
  /** Told, in words for people, what is waited for. */
  readonly notice?: (text: string) => void;
  /** Servers that do not answer are not waited for: see `HttpOptions`. */
  readonly isLook?: boolean;
}

/**
 * The repository and its code host. Contacts neither, but for a server that no name tells of: that is asked what it is, without
 * a token, where one is configured.
 * @throws AiOpsError `certificates-unreadable`, `state-unwritable`, `no-repository`, `token-missing`, `remote-ssh`, …
 */
export async function wireSite(
  loaded: LoadedConfig,
  { cwd, env, notice = () => undefined, isLook = false }: SiteAround,
  processes: Processes,
): Promise<WiredSite> {
  const { config } = loaded;
  await trustOwnAuthorities(env);
  const { findRepository } = await import('../adapters/git/users-checkout.ts');
  const { createHistory } = await import('../adapters/git/history.ts');
  const { checkoutObjects } = await import('../adapters/git/checkout-objects.ts');
  const { parseRemote, withoutCredentials } = await import('../adapters/git/remote-address.ts');
  const { asGitHas } = await import('../adapters/git/user-config.ts');
  const { createRepository } = await import('../adapters/git/repository.ts');
  const { chooseHost, gitAddress, identifyHost } = await import('../adapters/hosts/choice.ts');
  const { createHost } = await import('../adapters/hosts/registry.ts');

  const place = config.repo.path ?? cwd;
  const bare = config.repo.path !== null && !isFound(loaded, 'repo.path');
  const found = config.repo.url !== null && config.repo.path === null ? undefined : findRepository(place, { bare, env });
  const url = config.repo.url === null ? found?.remoteUrl : asGitHas(config.repo.url, env);
  if (url === undefined && found === undefined) throw fail('no-repository', { path: place });
  const remote = url === undefined ? null : (parseRemote(url) ?? null);
  await (await import('../adapters/ledger/check.ts')).proveWritable(config.state.dir);

  const { kind, baseUrl, project } = config.codeHost;
  const hasToken = ALL_HOSTS.some(({ secretName }) => loaded.secrets[secretName] !== null);
  const named = { kind, remote, baseUrl, project };
  const told = identifyHost(named);
  const began = performance.now();
  const wish = { ...named, kind: hasToken && remote && isUnknown(told) ? ((await askAt(remote, env)) ?? kind) : kind };
  const askedMs = Math.round(performance.now() - began);
  const forge = identifyHost(wish);
  // A path that a file of the repository names is no word of the user's: what counts is the checkout that they stand in.
  const originUrl = (config.repo.path === null && found ? found : findRepository(isFound(loaded, 'repo.path') ? cwd : place, { bare, env }))
    ?.remoteUrl;
  const origin = originUrl === undefined ? undefined : parseRemote(originUrl);
  const address = forge.kind === 'local' ? undefined : gitAddress(forge, wish);
  // Where git speaks to it.
  const spoken = address === undefined ? remote : (parseRemote(address) ?? null);
  const token = forge.kind === 'local' ? null : await tokenFor(loaded, forge, { origin, remote: spoken, env }, processes);
  const choice = chooseHost({ ...wish, token: token?.token ?? null });

  const login = choice.kind === 'local' || token === null ? {} : { token: token.token, username: HOSTS[choice.kind].gitUser };
  const source =
    choice.kind === 'local' && found
      ? ({ kind: 'local', path: found.root } as const)
      : ({
          kind: 'remote',
          url: choice.kind === 'local' ? (url ?? '') : (spoken?.httpsUrl ?? url ?? ''),
          proxyEnv: env,
          isLook,
          ...login,
        } as const);
  const sign = await signerOf(loaded, env, processes);
  const openedAt = (baseBranch: string | undefined) =>
    createRepository({
      source,
      ...defined({ baseBranch }),
      branchPrefix: config.request.branchPrefix,
      storeDir: join(config.state.dir, 'repos'),
      author: AUTHOR,
      identities: (signal) => identitiesOf(config.commit, host, signal),
      sign,
      clock,
      notice,
    });
  const repository = await openedAt(config.repo.baseBranch ?? undefined);
  const host = createHost(choice, {
    token: token?.token ?? '',
    userAgent: `ai-ops/${version}`,
    clock,
    requestsDir: join(config.state.dir, 'requests', directoryName((await metRepository(loaded, { cwd, env })).name)),
    sharedRequestsDir: join(config.state.dir, 'requests'),
    storePath: repository.storePath,
    proxyEnv: env,
    isLook,
    isTakenOver: repository.isTakenOver,
    form: config.request,
  });
  const claims =
    choice.kind === 'local' || source.kind === 'local' ? null : await wireClaims(source, config.state.dir, config.request.branchPrefix);
  const shown = source.kind === 'local' ? source.path : withoutCredentials(source.url);
  const destination = destinationOf({
    choice,
    remote: url === undefined || remote === null || hostOf(remote) === '' ? null : withoutCredentials(url),
    tokenOrigin: token?.origin,
    hasToken,
  });
  const nearby = found ?? findRepository(cwd, { env });
  const isSame = nearby?.remoteUrl !== undefined && parseRemote(nearby.remoteUrl)?.httpsUrl === remote?.httpsUrl;
  const history = createHistory({
    layers: async () => [repository.objects(), ...(nearby && isSame ? await checkoutObjects(nearby) : [])],
    remote: { deepen: repository.deepen, bring: repository.bring },
  });
  return { repository, onBranch: openedAt, claims, history, host, token: token?.token ?? null, destination, shown, askedMs };
}

const isUnknown = (choice: ForgeChoice | LocalChoice): boolean => choice.kind === 'local' && choice.reason === 'unknown-host';

async function askAt(remote: RemoteAddress, env: Surroundings['env']): Promise<ForgeKind | undefined> {
  const { webAddress } = await import('../adapters/hosts/choice.ts');
  const { askKind } = await import('../adapters/hosts/ask-kind.ts');
  const base = webAddress(remote);
  return base && askKind(base, env, `ai-ops/${version}`);
}

/** A token for the API and, along with it, for git. @throws AiOpsError `token-unbound` where only a file of the repository names one of their hosts */
async function tokenFor(
  loaded: LoadedConfig,
  { kind, host }: ForgeChoice,
  { origin, remote, env }: { origin: Address | undefined; remote: Address | null; env: Surroundings['env'] },
  processes: Processes,
): Promise<FoundToken | null> {
  const { configuredFor, findToken, mayGoAlong, mayReceive } = await import('../adapters/hosts/credentials.ts');
  const about = HOSTS[kind];
  const { namedBy, ...hosts } = tokenHosts(loaded, about.secretName, { origin, remote: remote ?? undefined, forgeHost: host });
  const question = { about, host, env, secrets: { ...loaded.secrets }, ...hosts };
  const unbound = (where: string) =>
    fail('token-unbound', {
      host: where,
      file: namedBy ?? 'the configuration',
      variable: about.namingVariables['codeHost.baseUrl'],
    });
  const token = await findToken(question, processes);
  if (token === null && configuredFor(question) !== null && namedBy !== undefined && !mayReceive(question)) throw unbound(host);
  // git speaks to the remote, which need not be the host of the API.
  if (token !== null && remote !== null && hostOf(remote) !== '' && !mayGoAlong(question, token, hostOf(remote)))
    throw unbound(hostOf(remote));
  return token;
}

/** Where requests are opened on a host, many boxes may watch the same application. */
async function wireClaims(
  source: import('../adapters/git/wire/http.ts').GitHttpOptions,
  stateDir: string,
  branchPrefix: string,
): Promise<Claims> {
  const { boxName } = await import('../adapters/git/box-name.ts');
  const { createClaims } = await import('../adapters/git/claims.ts');
  const { createGitHttp } = await import('../adapters/git/wire/http.ts');
  const { httpAddress } = await import('../adapters/git/remote-address.ts');
  const url = httpAddress(source.url);
  const token = source.token === undefined ? {} : { token: source.token };
  return createClaims({ http: createGitHttp({ ...source, url }), url, ...token, box: () => boxName(stateDir), branchPrefix, clock });
}
