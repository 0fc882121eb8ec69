// Who we are at a server of logs, and whether it may know. The servers that the user names get their kind's secret; one that
// only a file of the repository under repair names gets none, and says so.
import { isLoopback } from '../../adapters/hosts/choice.ts';
import type { Credentials } from '../../adapters/sources/http/connection.ts';
import type { Servers } from '../../adapters/sources/http/servers.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { SECRETS, type SecretName } from '../../config/secrets.ts';
import { readAddress, type ServerSourceKind, type SourceAddress } from '../../core/source-address.ts';
import { version } from '../../embedded.ts';
import { fail } from '../../errors.ts';
import { namedOnlyBy } from '../token-hosts.ts';

/** In the order in which they are shown: the first that is set is used. */
const SHOWN: Readonly<Record<ServerSourceKind, readonly (readonly [keyof Credentials, SecretName])[]>> = {
  elasticsearch: [
    ['apiKey', 'elasticsearchApiKey'],
    ['bearer', 'elasticsearchToken'],
    ['password', 'elasticsearchPassword'],
  ],
  loki: [
    ['bearer', 'lokiToken'],
    ['password', 'lokiPassword'],
  ],
  sentry: [['bearer', 'sentryToken']],
};

/** @param isGiven the logs are named on the command line, and not by the configuration */
export function logServers(loaded: LoadedConfig, env: Readonly<Record<string, string | undefined>>, isGiven: boolean): Servers {
  return {
    credentialsFor: (address) => credentialsFor(loaded, address, isGiven),
    userAgent: `ai-ops/${version}`,
    proxyEnv: env,
    now: Date.now,
  };
}

/** @throws AiOpsError `log-unbound`, `log-refused` for a user without a password */
export function credentialsFor(loaded: LoadedConfig, { kind, host, user, base }: SourceAddress, isGiven: boolean): Credentials {
  const usable = SHOWN[kind].filter(([way]) => (way === 'password') === (user !== null && !hasOther(loaded, kind)));
  const found = usable.find(([, secret]) => loaded.secrets[secret] !== null);
  if (found === undefined) {
    const [, wanted] = SHOWN[kind].find(([way]) => way === 'password') ?? [];
    if (user === null || wanted === undefined) return {};
    throw fail('log-refused', { source: base, detail: `no password for the user ${user}: set ${SECRETS[wanted].variables[0] ?? ''}` });
  }
  const [way, secret] = found;
  const file =
    isGiven || isLoopback(new URL(base).hostname) ? undefined : namedOnlyBy(loaded, 'logs', secret, [host, host.replace(/:\d+$/, '')]);
  if (file !== undefined) throw fail('log-unbound', { variable: SECRETS[secret].variables[0] ?? '', host, file });
  return { [way]: loaded.secrets[secret] };
}

/** A key or a token is stronger than a password. */
function hasOther(loaded: LoadedConfig, kind: ServerSourceKind): boolean {
  return SHOWN[kind].some(([way, secret]) => way !== 'password' && loaded.secrets[secret] !== null);
}

/** What the server of an address of Sentry is shown. @throws AiOpsError `log-unbound` */
export function authorizationFor(loaded: LoadedConfig, name: string): string | undefined {
  const reading = readAddress(name);
  const bearer = 'problem' in reading ? undefined : credentialsFor(loaded, reading.address, false).bearer;
  return bearer === undefined ? undefined : `Bearer ${bearer}`;
}
