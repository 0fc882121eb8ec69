// Which hosts a token may see: those that the user has named, and none that only a file of the repository under repair names.
// A committed `.aiopsrc.json` is the work of whoever may commit; the token in the environment is not theirs to send anywhere.
import { isLoopback } from '../adapters/hosts/choice.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Key } from '../config/schema.ts';
import type { SecretName } from '../config/secrets.ts';
import { defined } from '../core/defined.ts';
import { fail } from '../errors.ts';

/** A remote, as git's adapter reads it. */
export interface Address {
  /** Where git would speak to it over http; `undefined` for a path. */
  readonly httpsUrl: string | undefined;
}

export interface TokenHosts {
  /** Hosts of remotes: that of the checkout, and of `repo.url` where the user has given it. */
  readonly ownHosts: readonly string[];
  /** The host of `codeHost.baseUrl` where the user has given it. */
  readonly namedHosts: readonly string[];
  /** The file of the repository that names the host, where one does. */
  readonly namedBy?: string;
}

/**
 * @param secret the token that would be sent: what stands in the same file as the token is its owner's word too
 * @param origin the remote of the checkout that the command runs in, as git's own configuration has it
 * @param remote the remote to work with
 * @param forgeHost the host that the API answers on
 */
export function tokenHosts(
  loaded: Pick<LoadedConfig, 'config' | 'origins' | 'foundOrigins' | 'secretOrigins'>,
  secret: SecretName,
  { origin, remote, forgeHost }: { origin: Address | undefined; remote: Address | undefined; forgeHost: string },
): TokenHosts {
  const { config, origins, foundOrigins, secretOrigins } = loaded;
  const of = (where: string | undefined): string | undefined => foundOrigins.find((file) => isFrom(file, where));
  // A file that only says where the token lies does not hold it.
  const where = secretOrigins[secret];
  const holder = where?.endsWith('_FILE') ? undefined : of(where);
  const foundIn = (key: Key): string | undefined => {
    const file = of(origins[key]);
    return file === holder ? undefined : file;
  };
  const isGiven = config.repo.url !== null && foundIn('repo.url') === undefined;
  const remotes = [...(origin ? [origin] : []), ...(isGiven && remote ? [remote] : [])];
  const isNamed = config.codeHost.baseUrl !== null && foundIn('codeHost.baseUrl') === undefined;
  const namedBy = foundIn('codeHost.baseUrl') ?? foundIn('repo.url') ?? foundIn('repo.path');
  return { ownHosts: remotes.map(hostOf), namedHosts: [...(isNamed ? [forgeHost] : []), ...config.trust], ...defined({ namedBy }) };
}

/**
 * A password of the environment goes to no mail server that only a file of the repository names.
 * @throws AiOpsError `password-unbound`
 */
export function bindPassword(loaded: LoadedConfig, host: string): void {
  const { config, secrets } = loaded;
  const name = secrets.smtpToken !== null || config.mail.tokenCommand !== null ? 'smtpToken' : 'smtpPassword';
  if ((secrets[name] === null && config.mail.tokenCommand === null) || config.mail.user === null || isLoopback(host)) return;
  const file = namedOnlyBy(loaded, 'mail.host', name, [host, `${host}:${config.mail.port}`]);
  if (file !== undefined) throw fail('password-unbound', { host, file });
}

/**
 * Whether a secret would go where only a file of the repository under repair says.
 * @param key what names the server
 * @param names of the server, as `trust` may have them
 * @returns that file; `undefined` where the user has named the server, or the secret stands in that file itself
 */
export function namedOnlyBy(
  loaded: Pick<LoadedConfig, 'config' | 'origins' | 'foundOrigins' | 'secretOrigins'>,
  key: Key,
  secret: SecretName,
  names: readonly string[],
): string | undefined {
  const file = askedOnlyBy(loaded, key, names);
  const where = loaded.secretOrigins[secret];
  const isHeldThere = where !== undefined && !where.endsWith('_FILE') && file !== undefined && isFrom(file, where);
  return isHeldThere ? undefined : file;
}

/**
 * Whether only a file of the repository under repair asks for what a key's value reaches (`ValueReach`).
 * @param names what it reaches, as `trust` may have it
 * @returns that file; `undefined` where the user has given the value, or named one of them in `trust`
 */
export function askedOnlyBy(
  loaded: Pick<LoadedConfig, 'config' | 'origins' | 'foundOrigins'>,
  key: Key,
  names: readonly string[],
): string | undefined {
  const file = loaded.foundOrigins.find((each) => isFrom(each, loaded.origins[key]));
  return file === undefined || loaded.config.trust.some((name) => names.includes(name)) ? undefined : file;
}

/**
 * What is posted is signed with a secret of the environment: not for an address that only a file of the repository names.
 * @throws AiOpsError `webhook-unbound`
 */
export function bindSignature(loaded: Pick<LoadedConfig, 'config' | 'origins' | 'foundOrigins' | 'secrets' | 'secretOrigins'>): void {
  const { secrets, secretOrigins, foundOrigins } = loaded;
  const { webhookUrl, webhookSecret } = secrets;
  if (webhookUrl === null || webhookSecret === null || !URL.canParse(webhookUrl)) return;
  const { host, hostname } = new URL(webhookUrl);
  const file = foundOrigins.find((each) => isFrom(each, secretOrigins.webhookUrl));
  if (file === undefined || isFrom(file, secretOrigins.webhookSecret) || isLoopback(hostname)) return;
  if (!loaded.config.trust.some((name) => name === host || name === hostname)) throw fail('webhook-unbound', { host, file });
}

/** Whether the value of a key stands in a file that nobody has pointed to. */
export function isFound({ origins, foundOrigins }: Pick<LoadedConfig, 'origins' | 'foundOrigins'>, key: Key): boolean {
  return foundOrigins.some((file) => isFrom(file, origins[key]));
}

const isFrom = (file: string, where: string | undefined): boolean => where === file || where?.startsWith(`${file} `) === true;

/** Name and port, as `ForgeChoice.host` has them; empty for a path. */
export function hostOf({ httpsUrl }: Address): string {
  return httpsUrl !== undefined && URL.canParse(httpsUrl) ? new URL(httpsUrl).host : '';
}
