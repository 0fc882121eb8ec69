// Which code host a repository belongs to, and at which address its API answers. Pure: a decision from addresses and
// settings; whether anybody answers there is for `check` to find out.
import { fail } from '../../errors.ts';

export type HostKind = 'github' | 'gitlab' | 'local';

/** A remote's address in parts, as git's adapter reads it. */
export interface RemoteAddress {
  readonly protocol: string;
  readonly host: string;
  readonly port?: number;
  /** `owner/name`, without `.git`. */
  readonly path: string;
}

export interface HostWish {
  /** `auto` and absent mean the same. */
  readonly kind?: HostKind | 'auto' | null;
  readonly remote?: RemoteAddress | null;
  readonly baseUrl?: string | null;
  readonly project?: string | null;
  readonly token?: string | null;
}

export interface ForgeChoice {
  readonly kind: 'github' | 'gitlab';
  /** Name and port people and credential helpers know it by: `github.com`, not `api.github.com`. */
  readonly host: string;
  /** As `createGitHubHost` and `createGitLabHost` take it. */
  readonly baseUrl: string;
  readonly project: string;
}

export interface LocalChoice {
  readonly kind: 'local';
  /** Why no request is opened on a host. */
  readonly reason: 'asked' | 'no-remote' | 'unknown-host' | 'no-token';
}

/** The variable named to people when a token is missing. */
export const TOKEN_VARIABLE = { github: 'GITHUB_TOKEN', gitlab: 'GITLAB_TOKEN' } as const;

/**
 * The host, once the token is known: without one, requests are local unless a kind was asked for by name.
 * @throws AiOpsError `token-missing`, `remote-plain-http`, `usage`
 */
export function chooseHost(wish: HostWish): ForgeChoice | LocalChoice {
  const choice = identifyHost(wish);
  if (choice.kind === 'local' || wish.token) return choice;
  if (wish.kind === choice.kind) throw fail('token-missing', { host: choice.host, variable: TOKEN_VARIABLE[choice.kind] });
  return { kind: 'local', reason: 'no-token' };
}

/**
 * The host that settings and remote name, before any token is looked for.
 * @throws AiOpsError `remote-plain-http` for an http address that is not this machine, `usage` when no project is known
 * @example identifyHost({ remote: { protocol: 'ssh', host: 'github.com', path: 'acme/app' } }).baseUrl // 'https://api.github.com'
 */
export function identifyHost(wish: HostWish): ForgeChoice | LocalChoice {
  if (wish.kind === 'local') return { kind: 'local', reason: 'asked' };
  const base = wish.baseUrl ? readBase(wish.baseUrl) : wish.remote ? webAddress(wish.remote) : undefined;
  if (base === undefined) {
    if (wish.kind === 'github' || wish.kind === 'gitlab') return forge(wish.kind, new URL(`https://${wish.kind}.com`), wish);
    return { kind: 'local', reason: 'no-remote' };
  }
  const kind = wish.kind === 'github' || wish.kind === 'gitlab' ? wish.kind : kindOf(base);
  if (kind === undefined) return { kind: 'local', reason: 'unknown-host' };
  return forge(kind, base, wish);
}

function forge(kind: 'github' | 'gitlab', base: URL, wish: HostWish): ForgeChoice {
  if (base.protocol === 'http:' && !isLoopback(base.hostname)) throw fail('remote-plain-http', { remote: base.origin });
  const address = kind === 'github' ? gitHubAddress(base) : gitLabAddress(base);
  const subPath = kind === 'gitlab' ? new URL(address.baseUrl).pathname : '/';
  const project = trimmed(wish.project ?? projectOf(wish.remote, subPath));
  const valid = kind === 'github' ? /^[\w.-]+\/[\w.-]+$/ : /^[\w.-]+(?:\/[\w.-]+)+$/;
  const climbs = project.split('/').some((part) => /^\.+$/.test(part));
  if (climbs || !valid.test(project)) {
    const expected = kind === 'github' ? 'owner/name' : 'group/name';
    throw fail('usage', { detail: `codeHost.project is ${JSON.stringify(project)}, expected ${expected}`, command: 'config' });
  }
  return { kind, project, ...address };
}

function gitHubAddress(base: URL): { host: string; baseUrl: string } {
  const name = base.hostname.replace(/^(?:www|api)\.(?=github\.com$|[^.]+\.ghe\.com$)/, '');
  if (name === 'github.com' || name.endsWith('.ghe.com')) return { host: name, baseUrl: `https://api.${name}` };
  const path = trimmed(base.pathname).replace(/(?:^|\/)api\/v3$/, '');
  return { host: base.host, baseUrl: `${base.origin}/${path === '' ? '' : `${path}/`}api/v3` };
}

function gitLabAddress(base: URL): { host: string; baseUrl: string } {
  const path = trimmed(base.pathname).replace(/(?:^|\/)api\/v4$/, '');
  return { host: base.host, baseUrl: path === '' ? base.origin : `${base.origin}/${path}` };
}

function kindOf(base: URL): 'github' | 'gitlab' | undefined {
  const labels = base.hostname.split('.');
  if (/\/api\/v3\/?$/.test(base.pathname) || base.hostname.endsWith('.ghe.com') || labels.includes('github')) return 'github';
  if (/\/api\/v4\/?$/.test(base.pathname) || labels.includes('gitlab')) return 'gitlab';
  return undefined;
}

function readBase(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '')
    return url;
  throw fail('usage', { detail: 'codeHost.baseUrl is not an http address without user and password', command: 'config' });
}

/** A remote that is not spoken to over http still lives on a host with a web address. */
function webAddress({ protocol, host, port }: RemoteAddress): URL | undefined {
  if (host === '') return undefined;
  const own = protocol === 'https' || protocol === 'http';
  const scheme = protocol === 'http' && isLoopback(host) ? 'http' : 'https';
  const authority = own && port !== undefined && (protocol === 'https' || scheme === 'http') ? `${host}:${port}` : host;
  return URL.canParse(`${scheme}://${authority}`) ? new URL(`${scheme}://${authority}`) : undefined;
}

function projectOf(remote: RemoteAddress | null | undefined, subPath: string): string {
  const path = trimmed(remote?.path ?? '');
  const prefix = trimmed(subPath);
  return prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : path;
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
