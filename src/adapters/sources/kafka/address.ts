// `kafka://broker[:port],…/topic[?name=value&…]`: which brokers, which topic, and how. A password never stands in it: an address
// is shown, stored and printed. Reads text only.
import { isIP } from 'node:net';

/** Ways to log in, as the protocol names them. */
const MECHANISMS = { plain: 'PLAIN', 'scram-sha-256': 'SCRAM-SHA-256', 'scram-sha-512': 'SCRAM-SHA-512' } as const;
export type Mechanism = (typeof MECHANISMS)[keyof typeof MECHANISMS];

export interface Broker {
  readonly host: string;
  readonly port: number;
}

export interface KafkaAddress {
  /** As the user wrote it. */
  readonly name: string;
  /** Where the cluster is asked first. */
  readonly brokers: readonly Broker[];
  readonly topic: string;
  /** Shares the partitions out among all that name it; `null` where one process reads all of them. */
  readonly group: string | null;
  /** Field of a JSON value, or header, that names who wrote a record that has no key. */
  readonly writer: string | null;
  readonly tls: boolean;
  /** File of PEM certificates that are trusted beside those of the system. */
  readonly ca: string | null;
  readonly mechanism: Mechanism | null;
  readonly user: string | null;
}

export type KafkaAddressReading = { readonly address: KafkaAddress } | { readonly problem: string };

const PARAMETERS = ['group', 'writer', 'tls', 'ca', 'sasl', 'user'] as const;
const FORM = /^kafka:\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?(.*))?$/is;
const PORT = 9092;
/** Names that the protocol allows. */
const TOPIC = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/;
const SECRET_NAME = /token|password|secret/i;

const isLoopbackHost = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);

/** @example readKafkaAddress('kafka://b1,b2:9093/app-logs?group=ai-ops&tls=on&sasl=scram-sha-512&user=ai-ops') */
export function readKafkaAddress(name: string): KafkaAddressReading {
  const [, servers = '', topic = '', query = ''] = FORM.exec(name) ?? [];
  if (servers.includes('@')) return { problem: 'holds a login: write ?user=NAME, and set KAFKA_PASSWORD in the environment' };
  const brokers = servers.split(',').map(brokerOf);
  if (brokers.includes(undefined)) return { problem: 'names no broker, or not as host or host:port' };
  if (!TOPIC.test(topic)) return { problem: 'needs one topic behind the brokers, as in kafka://broker:9092/app-logs?group=ai-ops' };
  const parameters = new Map<string, string>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [, key = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    if (!(PARAMETERS as readonly string[]).includes(key))
      return SECRET_NAME.test(key)
        ? { problem: 'holds a secret: leave it out, and set KAFKA_PASSWORD in the environment' }
        : { problem: `has no parameter ${key}; there are ${PARAMETERS.join(', ')}` };
    const text = decoded(value);
    if (text === undefined || text === '') return { problem: `needs a value for ${key}` };
    parameters.set(key, text);
  }
  const of = (key: (typeof PARAMETERS)[number]): string | null => parameters.get(key) ?? null;
  const tls = of('tls') ?? (of('ca') === null ? 'off' : 'on');
  if (tls !== 'on' && tls !== 'off') return { problem: 'takes tls=on or tls=off' };
  const sasl = of('sasl')?.toLowerCase() ?? null;
  if (sasl !== null && !Object.hasOwn(MECHANISMS, sasl)) return { problem: `takes sasl=${Object.keys(MECHANISMS).join(', sasl=')}` };
  const known = brokers as readonly Broker[];
  if (sasl === 'plain' && tls === 'off' && !known.every(({ host }) => isLoopbackHost(host)))
    return { problem: 'would send the password in the clear: add tls=on, or take sasl=scram-sha-512' };
  const mechanism = sasl === null ? null : MECHANISMS[sasl as keyof typeof MECHANISMS];
  return {
    address: {
      ...{ name, brokers: known, topic, group: of('group'), writer: of('writer'), tls: tls === 'on' },
      ...{ ca: of('ca'), mechanism, user: of('user') },
    },
  };
}

function brokerOf(text: string): Broker | undefined {
  const [, bracketed, plain, port = String(PORT)] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/i.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6)) return undefined;
  return { host, port: Number(port) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
