// Addresses of logs that a server keeps: `elasticsearch://[user@]host[:port]/path[?name=value&…]`. One grammar for all of
// them; which names there are is a row per kind. A secret never stands in one: an address is shown, stored and printed.
// Reads texts only; contacts nobody.

/** What is configured by the address of a kind of source. */
interface AddressShape {
  /** Parts of the path, for people; what ends with `?` may be missing. What stands before the last ones belongs to the server. */
  readonly path: readonly string[];
  /** A path of the server may stand before it. */
  readonly hasBase: boolean;
  readonly parameters: readonly string[];
  /** Whether a user may stand in it, and the variable that holds the password or token. */
  readonly secret: string;
  readonly example: string;
}

const EVERY = ['tls', 'poll'] as const;
const BY_TIME = [...EVERY, 'overlap', 'settle', 'limit', 'query'] as const;

const ADDRESS_SHAPES = {
  elasticsearch: {
    path: ['index'],
    hasBase: true,
    parameters: [...BY_TIME, 'time', 'tie', 'message', 'writer'],
    secret: 'ELASTICSEARCH_API_KEY, ELASTICSEARCH_TOKEN or ELASTICSEARCH_PASSWORD',
    example: 'elasticsearch://logs.example.com:9200/app-*',
  },
  loki: {
    path: [],
    hasBase: true,
    parameters: [...BY_TIME, 'tenant', 'since'],
    secret: 'LOKI_TOKEN or LOKI_PASSWORD',
    example: 'loki://logs.example.com/?query={app="shop"}',
  },
  sentry: {
    path: ['organization', 'project?'],
    hasBase: false,
    parameters: [...EVERY, 'query', 'environment'],
    secret: 'SENTRY_AUTH_TOKEN',
    example: 'sentry://sentry.io/acme/shop',
  },
} as const satisfies Readonly<Record<string, AddressShape>>;
export type ServerSourceKind = keyof typeof ADDRESS_SHAPES;

export interface SourceAddress {
  readonly kind: ServerSourceKind;
  /** Where it answers: scheme, host, port and a path without a slash at its end. */
  readonly base: string;
  /** Name, and port where one is written. */
  readonly host: string;
  readonly user: string | null;
  /** What `path` of its shape names, decoded. */
  readonly path: readonly string[];
  readonly parameters: ReadonlyMap<string, string>;
}

export type AddressReading = { readonly address: SourceAddress } | { readonly problem: string };

const KIND_OF: Readonly<Record<string, ServerSourceKind>> = {
  elasticsearch: 'elasticsearch',
  opensearch: 'elasticsearch',
  loki: 'loki',
  sentry: 'sentry',
};
const FORM = /^([a-z]+):\/\/(?:([^@/?#]*)@)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(\/[^?#]*)?(?:\?(.*))?$/is;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const SECRET_NAME = /token|password|secret|key|auth/i;
/** Whole numbers, and the most that one may be. */
const NUMBERS: Readonly<Record<string, number>> = { poll: 3600, overlap: 86_400, settle: 3600, limit: 10_000, since: 100_000 };

/** Whether a log is named by such an address. */
export const isOnServer = (name: string): boolean => Object.hasOwn(KIND_OF, /^([a-z]+):\/\//i.exec(name)?.[1]?.toLowerCase() ?? '');

/** @example readAddress('loki://localhost:3100/?tls=off&query={app="shop"}') */
export function readAddress(name: string): AddressReading {
  const [, scheme = '', account, host = '', port = '', path = '', query = ''] = FORM.exec(name) ?? [];
  const kind = KIND_OF[scheme.toLowerCase()];
  if (kind === undefined) return { problem: `is no address of a log; write it as ${exampleFor(name)}` };
  const shape: AddressShape = ADDRESS_SHAPES[kind];
  if (account?.includes(':')) return { problem: `holds a password: leave it out, and set ${shape.secret} in the environment` };
  const parameters = parametersOf(query);
  const problem = problemIn(parameters, shape);
  if (problem !== undefined) return { problem };
  const parts = path.split('/').filter((part) => part !== '');
  const decoded = parts.map(decode);
  if (decoded.includes(undefined)) return { problem: 'has a % that encodes nothing' };
  const least = shape.path.filter((part) => !part.endsWith('?')).length;
  const own = shape.hasBase ? shape.path.length : parts.length;
  if (parts.length < least || own > shape.path.length)
    return { problem: `needs ${wordsOf(shape)} behind the host, as in ${shape.example}` };
  const isPlain = parameters.get('tls') === 'off';
  if (isPlain && !LOOPBACK.test(host)) return { problem: 'asks for tls=off: that is for this machine only' };
  const before = parts.slice(0, parts.length - own).map((part) => `/${part}`);
  return {
    address: {
      ...{ kind, host: `${host}${port}`.toLowerCase(), user: account ? (decode(account) ?? account) : null, parameters },
      base: `${isPlain ? 'http' : 'https'}://${host}${port}${before.join('')}`,
      path: decoded.slice(parts.length - own).map((part) => part ?? ''),
    },
  };
}

function exampleFor(name: string): string {
  const kind = KIND_OF[/^[a-z]+/i.exec(name)?.[0].toLowerCase() ?? ''] ?? 'elasticsearch';
  return ADDRESS_SHAPES[kind].example;
}

const wordsOf = ({ path }: AddressShape): string =>
  path.map((part) => (part.endsWith('?') ? `[/${part.slice(0, -1).toUpperCase()}]` : `/${part.toUpperCase()}`)).join('') || 'nothing';

/** A plus stays one: queries are full of them. */
function parametersOf(query: string): ReadonlyMap<string, string> {
  const pairs = query.split('&').filter((part) => part !== '');
  return new Map(
    pairs.map((pair) => {
      const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
      const value = pair.slice(at + 1);
      return [pair.slice(0, at).toLowerCase(), decode(value) ?? value];
    }),
  );
}

function problemIn(parameters: ReadonlyMap<string, string>, { parameters: known, secret }: AddressShape): string | undefined {
  for (const [name, value] of parameters) {
    if (!known.includes(name)) {
      if (SECRET_NAME.test(name)) return `holds a secret (${name}): leave it out, and set ${secret} in the environment`;
      return `has no parameter ${name}; there are ${known.join(', ')}`;
    }
    const most = NUMBERS[name];
    if (most !== undefined && !(/^\d+$/.test(value) && Number(value) <= most)) return `needs a whole number up to ${most} for ${name}`;
    if (name === 'tls' && value !== 'on' && value !== 'off') return 'takes tls=on or tls=off';
  }
  return undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The number of a parameter, or what it is without. */
export function numberOf({ parameters }: SourceAddress, name: string, fallback: number): number {
  const value = parameters.get(name);
  return value === undefined ? fallback : Number(value);
}

/** For people: without what must not stand in it, whatever that is. */
export const shownAddress = (name: string): string =>
  name.replace(/(:\/\/[^:@/?#]*):[^@/?#]*@/, '$1:…@').replace(/([?&][^=&]*(?:token|password|secret|key|auth)[^=&]*=)[^&]*/gi, '$1…');
