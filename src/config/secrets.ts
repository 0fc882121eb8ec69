// Secrets: read from variables or from the file that `NAME_FILE` names (docker and systemd credentials).
// They are kept apart from the configuration, are never printed, and are not asked from credential helpers here.
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ALL_HOSTS, type HostSecret } from '../adapters/hosts/about.ts';
import { readPlain } from '../platform/read-plain.ts';
import { MAX_FILE_BYTES } from './bounds.ts';
import type { Problem } from './problems.ts';

interface SecretRow {
  /** The strongest first: the first is named to people. */
  readonly variables: readonly string[];
  /** Whom it is for, in documents. */
  readonly use: string;
}

/** Beside the tokens of the code hosts. Whatever is here is taken out of all that leaves, and kept from the commands that are run. */
const OTHERS = {
  smtpPassword: { variables: ['SMTP_PASSWORD'], use: 'the SMTP server' },
  smtpToken: { variables: ['SMTP_OAUTH_TOKEN'], use: 'the SMTP server, in place of a password' },
  webhookUrl: { variables: ['WEBHOOK_URL'], use: 'the webhook: its address' },
  webhookSecret: { variables: ['WEBHOOK_SECRET'], use: 'the webhook: signs what is sent' },
  elasticsearchApiKey: {
    variables: ['ELASTICSEARCH_API_KEY'],
    use: 'Elasticsearch or OpenSearch, as a source of logs: an encoded API key',
  },
  elasticsearchToken: { variables: ['ELASTICSEARCH_TOKEN'], use: 'the same: a bearer token' },
  elasticsearchPassword: { variables: ['ELASTICSEARCH_PASSWORD'], use: 'the same: of the user in the address' },
  lokiToken: { variables: ['LOKI_TOKEN'], use: 'Loki, as a source of logs: a bearer token' },
  lokiPassword: { variables: ['LOKI_PASSWORD'], use: 'the same: of the user in the address' },
  sentryToken: { variables: ['SENTRY_AUTH_TOKEN'], use: 'Sentry or GlitchTip, as a source of issues' },
  kafkaPassword: {
    variables: ['KAFKA_PASSWORD'],
    use: 'brokers of Kafka, as a source of logs: of the user in the address or in KAFKA_USERNAME',
  },
  anthropicKey: { variables: ['ANTHROPIC_API_KEY'], use: 'Claude, where the CLI is not logged in' },
} as const satisfies Readonly<Record<string, SecretRow>>;

export type SecretName = HostSecret | keyof typeof OTHERS;

/** Secrets by what they are for; `null` where none is set. */
export type Secrets = Readonly<Record<SecretName, string | null>>;

const hostTokens = ALL_HOSTS.map(({ secretName, tokenVariables, label }): [string, SecretRow] => [
  secretName,
  { variables: tokenVariables, use: label },
]);

export const SECRETS: Readonly<Record<SecretName, SecretRow>> = {
  ...(Object.fromEntries(hostTokens) as Record<HostSecret, SecretRow>),
  ...OTHERS,
};

export const SECRET_NAMES = Object.keys(SECRETS) as readonly SecretName[];

/** One set of variables: the environment, or a `.env` file. `dir` is what paths in it are relative to. */
export interface VariableSource {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly name: string;
  readonly dir: string;
  /** Found in a repository: what it names by `NAME_FILE` has to lie in `dir`. */
  readonly isFound?: true;
}

export interface SecretReading {
  readonly secrets: Secrets;
  /** Where each set secret came from. */
  readonly origins: Readonly<Partial<Record<SecretName, string>>>;
  readonly problems: readonly Problem[];
}

/** Reads all secrets. @param sources the strongest first */
export async function readSecrets(sources: readonly VariableSource[]): Promise<SecretReading> {
  const secrets = Object.fromEntries(SECRET_NAMES.map((name) => [name, null])) as Record<SecretName, string | null>;
  const origins: Partial<Record<SecretName, string>> = {};
  const problems: Problem[] = [];
  for (const name of SECRET_NAMES) {
    const found = findSecret(SECRETS[name].variables, sources);
    if (found === undefined) continue;
    const isOutside = found.within !== undefined && !(await liesWithin(found.file ?? '', found.within));
    const value = isOutside || found.file === undefined ? found.value : await readSecretFile(found.file, found.within !== undefined);
    if (isOutside)
      problems.push({
        key: found.variable,
        where: found.source,
        detail: 'names a file outside of its directory; set it in the environment',
      });
    else if (value === undefined || value === '')
      problems.push({ key: found.variable, where: found.source, detail: `cannot read a secret from the file it names` });
    else if (/[\r\n\0]/.test(value)) problems.push({ key: found.variable, where: found.source, detail: 'expected a secret of one line' });
    else {
      secrets[name] = value;
      origins[name] = `${found.source} ${found.variable}`;
    }
  }
  return { secrets, origins, problems };
}

/** The values alone, for the filter that keeps them from leaving. */
export function secretValues(secrets: Secrets): readonly string[] {
  const whole = Object.values(secrets).filter((value): value is string => value !== null);
  return [...whole, ...keysIn(secrets.webhookUrl)];
}

/** What of an address lets its holder in: the long parts of its path and its query. */
function keysIn(url: string | null): readonly string[] {
  if (url === null || !URL.canParse(url)) return [];
  const { pathname, searchParams } = new URL(url);
  return [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 12);
}

interface Found {
  readonly variable: string;
  readonly source: string;
  readonly value?: string;
  readonly file?: string;
  /** The directory that `file` has to lie in. */
  readonly within?: string;
}

function findSecret(variables: readonly string[], sources: readonly VariableSource[]): Found | undefined {
  for (const source of sources) {
    for (const variable of variables) {
      const value = source.variables[variable]?.trim();
      if (value) return { variable, source: source.name, value };
      const file = source.variables[`${variable}_FILE`]?.trim();
      if (file) {
        const within = source.isFound ? { within: source.dir } : {};
        return { variable: `${variable}_FILE`, source: source.name, file: path.resolve(source.dir, file), ...within };
      }
    }
  }
  return undefined;
}

/** Links are followed: a committed one may lead anywhere. A file that is not there is told by whoever reads it. */
async function liesWithin(file: string, dir: string): Promise<boolean> {
  const [real, home] = await Promise.all([realpath(file).catch(() => file), realpath(dir).catch(() => dir)]);
  return !path.relative(home, real).split(path.sep).includes('..') && !path.isAbsolute(path.relative(home, real));
}

/** @param isFound in a repository; what the user has named may be a pipe */
async function readSecretFile(file: string, isFound: boolean): Promise<string | undefined> {
  try {
    return String(await (isFound ? readPlain(file, MAX_FILE_BYTES) : readFile(file))).trim();
  } catch {
    return undefined; // the caller reports the variable that named the file
  }
}
