// Which code host a repository belongs to, and at which address its API answers. Pure: a decision from addresses and
// settings; whether anybody answers there is for `check` to find out.
import type { ForgeKind, HostKind } from '../../core/tables.ts';
import { fail } from '../../errors.ts';
import { ALL_HOSTS, HOSTS, tokenVariable } from './about.ts';
import { type HostAbout, type HostAddress, isPublic } from './descriptor.ts';

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

export interface ForgeChoice extends HostAddress {
  readonly kind: ForgeKind;
  readonly project: string;
}

/** Why no request is opened on a host. */
export type LocalChoice =
  | { readonly kind: 'local'; readonly reason: 'asked' | 'no-remote' | 'unknown-host' }
  | { readonly kind: 'local'; readonly reason: 'no-token'; readonly forge: ForgeKind };

/**
 * The host, once the token is known: without one, requests are local unless a kind was asked for by name.
 * @throws AiOpsError `token-missing`, `remote-plain-http`, `usage`
 */
export function chooseHost(wish: HostWish): ForgeChoice | LocalChoice {
  const choice = identifyHost(wish);
  if (choice.kind === 'local' || wish.token) return choice;
  if (wish.kind === choice.kind) throw fail('token-missing', { host: choice.host, variable: tokenVariable(HOSTS[choice.kind]) });
  return { kind: 'local', reason: 'no-token', forge: choice.kind };
}

/**
 * The host that settings and remote name, before any token is looked for.
 * @throws AiOpsError `remote-plain-http` for an http address that is not this machine, `usage` when no project is known
 * @example identifyHost({ remote: { protocol: 'ssh', host: 'github.com', path: 'acme/app' } }).baseUrl // 'https://api.github.com'
 */
export function identifyHost(wish: HostWish): ForgeChoice | LocalChoice {
  if (wish.kind === 'local') return { kind: 'local', reason: 'asked' };
  const base = wish.baseUrl ? readBase(wish.baseUrl) : wish.remote ? webAddress(wish.remote) : undefined;
  const asked = wish.kind == null || wish.kind === 'auto' ? undefined : HOSTS[wish.kind];
  if (base === undefined) return asked ? forge(asked, new URL(asked.home), wish) : { kind: 'local', reason: 'no-remote' };
  const about = asked ?? ALL_HOSTS.find((one) => isAt(one, base));
  return about ? forge(about, base, wish) : { kind: 'local', reason: 'unknown-host' };
}

/**
 * What is said of the host, for one of several repositories on several hosts: an address holds for those that are on its host, a kind
 * for those whose remotes do not tell of theirs. So no token is taken for that of a server which it was not given for.
 * @throws AiOpsError as `identifyHost`
 * @example hostOfOne({ kind: 'auto', baseUrl: 'https://git.acme.com' }, githubRemote) // { kind: 'auto', baseUrl: null }
 */
export function hostOfOne({ kind, baseUrl }: GivenHost, remote: RemoteAddress | null): GivenHost {
  const own = remote === null ? undefined : webAddress(remote);
  if (kind === 'local' || remote === null || own === undefined) return { kind, baseUrl };
  const project = 'any/name';
  if (baseUrl) {
    const choice = identifyHost({ kind, baseUrl, project });
    const host = choice.kind === 'local' ? readBase(baseUrl).host : choice.host;
    // What is not http tells no port.
    const isThere = own.host === host || (!remote.protocol.startsWith('http') && own.hostname === new URL(`https://${host}`).hostname);
    return isThere ? { kind, baseUrl } : { kind: 'auto', baseUrl: null };
  }
  const told = identifyHost({ remote, project }).kind;
  return { kind: told === 'local' ? kind : 'auto', baseUrl };
}

/** What the configuration says of the host. */
interface GivenHost {
  readonly kind: HostKind | 'auto';
  readonly baseUrl: string | null;
}

function forge(about: HostAbout, base: URL, wish: HostWish): ForgeChoice {
  if (base.protocol === 'http:' && !isLoopback(base.hostname)) throw fail('remote-plain-http', { remote: base.origin });
  const address = about.addressOf(base, isServer(base, wish.remote));
  const subPath = about.hasSubPath ? new URL(address.baseUrl).pathname : '/';
  const project = trimmed(wish.project ?? projectOf(wish.remote, subPath));
  const climbs = project.split('/').some((part) => /^\.+$/.test(part));
  if (climbs || !about.projectPattern.test(project)) {
    const found = project === '' ? 'not set, and there is no remote to take it from' : JSON.stringify(project);
    const detail = `codeHost.project is ${found}: expected ${about.projectExample}`;
    throw fail('usage', { detail, command: 'config' });
  }
  return { kind: about.kind, project, ...address };
}

/** A base of another name than the remote's is a way to its API. */
function isServer(base: URL, remote: RemoteAddress | null | undefined): boolean {
  return !remote || remote.host === '' || remote.host === base.hostname;
}

/**
 * Where git speaks to the project over http. An ssh remote tells no port and no path of the web: the address that is given for
 * the host does.
 * @returns `undefined` where only the remote itself tells
 * @example gitAddress(choice, { baseUrl: 'https://acme.com/gitlab', remote: sshRemote }) // 'https://acme.com/gitlab/group/app.git'
 */
export function gitAddress({ web, project }: ForgeChoice, { baseUrl, remote }: Pick<HostWish, 'baseUrl' | 'remote'>): string | undefined {
  const isOnHost = remote != null && remote.host !== '';
  if (isOnHost && (remote.protocol === 'https' || remote.protocol === 'http')) return undefined;
  if (isOnHost && (!baseUrl || new URL(web).hostname !== remote.host)) return undefined;
  const path = /^\d+$/.test(project) ? trimmed(remote?.path ?? '') : project;
  return path === '' ? undefined : `${web}/${path}.git`;
}

/** Whether an address tells of this kind: by the path of its API, as its public service, or by a part of the name. */
function isAt(about: HostAbout, base: URL): boolean {
  const { hostname, pathname } = base;
  return pathname.replace(/\/$/, '').endsWith(`/${about.apiPath}`) || isPublic(about, hostname) || hostname.split('.').includes(about.kind);
}

function readBase(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '')
    return url;
  throw fail('usage', { detail: 'codeHost.baseUrl is not an http address without user and password', command: 'config' });
}

/** A remote that is not spoken to over http still lives on a host with a web address. */
export function webAddress({ protocol, host, port }: RemoteAddress): URL | undefined {
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
