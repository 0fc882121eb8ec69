// What is known of a kind of code host before anybody speaks to it: names, variables, addresses. One record per kind, beside
// its adapter; `about.ts` collects them. No behaviour but pure functions of addresses.
import type { ForgeKind } from '../../core/tables.ts';

/** Where a host's API answers, and how the host is called. */
export interface HostAddress {
  /** Name and port people and credential helpers know it by: `github.com`, not `api.github.com`. */
  readonly host: string;
  readonly baseUrl: string;
  /** Of its pages, and of git over http: without a slash at its end. */
  readonly web: string;
}

/** The configuration keys that a variable of one kind of host may set. */
export type HostKey = 'codeHost.baseUrl' | 'codeHost.project';

export interface HostAbout {
  readonly kind: ForgeKind;
  /** As people write it. */
  readonly label: string;
  /** Where it is, when nothing names another server. */
  readonly home: string;
  /** What `codeHost.baseUrl` is the address of. */
  readonly baseUrlIs: 'API' | 'server';

  /** Name of its token among the secrets of the configuration. */
  readonly secretName: string;
  /** Variables that hold its token, the strongest first: the first is named to people. Without one, no token at all goes to this host. */
  readonly tokenVariables: readonly string[];
  /** Variables that hold a token for a server of one's own, which its public service must not get. */
  readonly ownServerTokenVariables: readonly string[];
  /** Programs that print a token for `host`, each with its arguments, in the order in which they are asked. */
  readonly programs: (host: string) => readonly (readonly string[])[];
  /** The user that git says beside the token. */
  readonly gitUser: string;
  /** Whether a configured token also goes to the server of the user's own remote; otherwise only to one that a variable names. */
  readonly tokenFollowsRemote: boolean;

  /** Names of its public service, which every token of this kind may go to; `*.` stands for any name before it. */
  readonly publicHosts: readonly string[];
  /** Variables that name a server which its token may go to: an address or a name. */
  readonly addressVariables: readonly string[];
  /** Variables that set a key of the configuration and thereby choose this kind. */
  readonly namingVariables: Readonly<Record<HostKey, string>>;
  /** An address in one of those that chooses nothing, because its continuous integration sets it everywhere. */
  readonly ambientAddress: string | null;

  /** Where the API is below an address of the host. */
  readonly apiPath: string;
  /** @param isServer the address is that of the server itself, and not of a gateway to its API */
  readonly addressOf: (base: URL, isServer: boolean) => HostAddress;
  /** What the names of the headers begin with that only such a host answers with, also to a stranger. */
  readonly headerPrefix: string;
  /** The server may be below a path; a project is named without it. */
  readonly hasSubPath: boolean;
  readonly projectPattern: RegExp;
  readonly projectExample: string;
  /** What its pages of code are called below the address of a project (`CodePages`). */
  readonly pages: { readonly file: string; readonly commit: string; readonly plain: string };
}

/** Name without its port. */
export function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

/** @example isPublic(GITHUB, 'acme.ghe.com') // true */
export function isPublic({ publicHosts }: Pick<HostAbout, 'publicHosts'>, host: string): boolean {
  const name = nameOf(host);
  return publicHosts.some((pattern) => (pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern));
}

/** An address's path without slashes at its ends and without that of the API. */
export function pathAbove(base: URL, apiPath: string): string {
  const path = base.pathname.replace(/^\/+|\/+$/g, '');
  return path === apiPath ? '' : path.endsWith(`/${apiPath}`) ? path.slice(0, -apiPath.length - 1) : path;
}
