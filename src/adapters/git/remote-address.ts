// Reads the address of a remote, in every spelling git accepts, and strips what is secret in it.
// Never contacts anything. SSH is not spoken: an https address is offered instead.
import { createHash } from 'node:crypto';
import { defined } from '../../core/defined.ts';
import { fail } from '../../errors.ts';

/** A remote's address in parts, without credentials. */
export interface Remote {
  readonly protocol: 'https' | 'http' | 'ssh' | 'git' | 'file';
  /** Lower case; empty for `file`. */
  readonly host: string;
  readonly port?: number;
  /** `owner/name` without leading slash, trailing slash and `.git`; for `file` the path as written. */
  readonly path: string;
  /**
   * Address that the http transport can use. For `http` and `https` the same address; for `ssh` and `git` a guess:
   * same host, default port. `undefined` for `file`.
   */
  readonly httpsUrl: string | undefined;
}

// Hosts that serve SSH on port 443 under another name than https.
const SSH_ALIASES: Readonly<Record<string, string>> = { 'ssh.github.com': 'github.com', 'altssh.gitlab.com': 'gitlab.com' };

/**
 * @returns `undefined` for what is not an address at all.
 * @example parseRemote('git@github.com:acme/app.git')?.httpsUrl // 'https://github.com/acme/app.git'
 */
export function parseRemote(url: string): Remote | undefined {
  const text = url.trim();
  if (text === '' || /[\u0000-\u001f\u007f]/.test(text)) return undefined;
  if (/^[a-zA-Z]:[\\/]/.test(text) || /^[./~\\]/.test(text)) return file(text);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return parseUrl(text);
  const scp = /^(?:[^/@:]+@)?(\[[^\]]+\]|[^/@:]+):(?!\/\/)(.+)$/.exec(text);
  if (scp !== null) return network('ssh', (scp[1] as string).toLowerCase(), undefined, scp[2] as string);
  return file(text);
}

/** The address without user, password, query and fragment: what may be shown and stored. */
export function withoutCredentials(url: string): string {
  const remote = parseRemote(url);
  if (remote === undefined) return '(unreadable address)';
  if (remote.protocol === 'file') return remote.path;
  if (remote.protocol === 'http' || remote.protocol === 'https') return remote.httpsUrl as string;
  return `${remote.protocol}://${remote.host}${remote.port === undefined ? '' : `:${remote.port}`}/${remote.path}`;
}

/**
 * The address the http transport will use.
 * @throws AiOpsError `remote-ssh`, `remote-plain-http`, `repository-unsupported`
 */
export function httpAddress(url: string): string {
  const remote = parseRemote(url);
  const shown = withoutCredentials(url);
  if (remote === undefined || remote.protocol === 'file') {
    throw fail('repository-unsupported', { remote: shown, detail: 'it is not an https address' });
  }
  if (remote.protocol === 'ssh' || remote.protocol === 'git') throw fail('remote-ssh', { remote: shown });
  if (remote.protocol === 'http' && !isLoopback(remote.host)) throw fail('remote-plain-http', { remote: shown });
  return remote.httpsUrl as string;
}

/** Name of the store of a repository: one for every spelling of the same address. */
export function storeName(address: string): string {
  const remote = parseRemote(address);
  const known = remote !== undefined && remote.protocol !== 'file';
  const normal = known ? `${remote.protocol}://${remote.host}:${remote.port ?? ''}/${remote.path}` : address;
  return createHash('sha256').update(normal).digest('hex');
}

function parseUrl(text: string): Remote | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const protocol = url.protocol.slice(0, -1).replace(/^git\+|\+git$/g, '');
  if (protocol === 'file') return file(decodeURIComponent(url.pathname));
  if (protocol !== 'https' && protocol !== 'http' && protocol !== 'ssh' && protocol !== 'git') return undefined;
  if (url.hostname === '') return undefined;
  return network(protocol, url.hostname.toLowerCase(), url.port === '' ? undefined : Number(url.port), url.pathname);
}

function network(protocol: 'https' | 'http' | 'ssh' | 'git', name: string, port: number | undefined, rawPath: string): Remote | undefined {
  const path = rawPath.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (path === '') return undefined;
  const suffix = /\.git\/*$/.test(rawPath) ? '.git' : '';
  const own = protocol === 'http' || protocol === 'https';
  const host = own ? name : (SSH_ALIASES[name] ?? name);
  const authority = own && port !== undefined ? `${host}:${port}` : host;
  const httpsUrl = `${own ? protocol : 'https'}://${authority}/${path}${suffix}`;
  return { protocol, host, ...defined({ port }), path, httpsUrl };
}

function file(path: string): Remote {
  return { protocol: 'file', host: '', path, httpsUrl: undefined };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
