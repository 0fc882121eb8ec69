// From an address to what is followed: reads it, finds who we are there, and makes the store that its kind stands for.
import { numberOf, readAddress, type SourceAddress, shownAddress } from '../../core/source-address.ts';
import { fail } from '../../errors.ts';
import type { Source } from '../../ports.ts';
import { combineSources } from './combine.ts';
import { createElasticsearch } from './elasticsearch/source.ts';
import { type Connection, createConnection } from './http/connection.ts';
import { createTimeSource, type TimeStore } from './http/follow.ts';
import type { Servers } from './http/servers.ts';
import { createLoki } from './loki/source.ts';
import { checkSentry, createSentrySource } from './sentry/source.ts';

/** @throws AiOpsError `log-address`, `log-unbound` */
export function openTimeStores(names: readonly string[], servers: Servers): Source {
  return combineSources(
    names.map((name) => {
      const address = addressOf(name);
      const store = timeStoreOf(name, address, servers);
      const seconds = (parameter: string, fallback: number): number => numberOf(address, parameter, fallback) * 1000;
      const times = { overlapMs: seconds('overlap', 60), settleMs: seconds('settle', 5), pollMs: Math.max(100, seconds('poll', 2)) };
      return createTimeSource(name, () => store, { ...times, now: servers.now });
    }),
  );
}

/** @throws AiOpsError `log-address`, `log-unbound` */
export function openSentry(names: readonly string[], servers: Servers): Source {
  return combineSources(
    names.map((name) => {
      const address = addressOf(name);
      return createSentrySource(name, address, connectionTo(name, address, servers));
    }),
  );
}

/** @throws AiOpsError `log-address` */
function addressOf(name: string): SourceAddress {
  const reading = readAddress(name);
  if ('problem' in reading) throw fail('log-address', { source: shownAddress(name), detail: reading.problem });
  return reading.address;
}

export function timeStoreOf(name: string, address: SourceAddress, servers: Servers): TimeStore {
  switch (address.kind) {
    case 'elasticsearch':
      return createElasticsearch(name, address, connectionTo(name, address, servers), servers.now);
    case 'loki': {
      const tenant = address.parameters.get('tenant');
      const headers = tenant === undefined ? {} : { 'x-scope-orgid': tenant };
      return createLoki(name, address, connectionTo(name, address, servers, headers), servers.now);
    }
    case 'sentry':
      throw fail('bug', { detail: `${name} has no order of time` });
  }
}

function connectionTo(
  source: string,
  address: SourceAddress,
  { credentialsFor, ...around }: Servers,
  headers: Readonly<Record<string, string>> = {},
): Connection {
  return createConnection({ source, address, credentials: credentialsFor(address), headers, ...around });
}

/**
 * Whether it can be read, for `doctor`.
 * @returns what was found, for people
 * @throws AiOpsError `log-…`
 */
export async function checkServer(name: string, servers: Servers, signal: AbortSignal): Promise<string> {
  const address = addressOf(name);
  if (address.kind === 'sentry') {
    await checkSentry(address, connectionTo(name, address, servers), signal);
    return 'answers, and shows its issues';
  }
  const ahead = (await timeStoreOf(name, address, servers).check(signal)) - servers.now();
  const apart =
    Math.abs(ahead) < 5000 ? '' : `; its clock is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} ours`;
  return `answers, and has times to go by${apart}`;
}
