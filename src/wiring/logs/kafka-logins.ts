// Who we are at the brokers of a topic, and whether they may know: those that the user names are given the password, those that
// only a file of the repository under repair names are not.
import { isLoopback } from '../../adapters/hosts/choice.ts';
import type { LoginFor } from '../../adapters/sources/kafka/open.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { fail } from '../../errors.ts';
import { askedOnlyBy, namedOnlyBy } from '../token-hosts.ts';

/** @param isGiven the logs are named on the command line, and not by the configuration */
export function kafkaLogins(loaded: LoadedConfig, env: Readonly<Record<string, string | undefined>>, isGiven: boolean): LoginFor {
  return ({ brokers, user, ca }) => {
    // Who is asked for by the repository is not vouched for by it.
    const asking = ca === null || isGiven ? undefined : askedOnlyBy(loaded, 'logs', [ca]);
    if (ca !== null && asking !== undefined) throw fail('file-unbound', { file: asking, path: ca, key: 'logs' });
    const password = loaded.secrets.kafkaPassword;
    const name = user ?? env.KAFKA_USERNAME?.trim();
    if (password === null || !name) return undefined;
    // A broker names all others: what one of them may see, each of them may.
    for (const { host, port } of isGiven ? [] : brokers) {
      const file = isLoopback(host) ? undefined : namedOnlyBy(loaded, 'logs', 'kafkaPassword', [host, `${host}:${port}`]);
      if (file !== undefined) throw fail('log-unbound', { variable: 'KAFKA_PASSWORD', host, file });
    }
    return { user: name, password };
  };
}
