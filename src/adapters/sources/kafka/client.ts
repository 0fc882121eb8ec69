// The protocol of Kafka: one request to one broker, in the newest version that both sides speak. The one door to
// @platformatic/kafka, of which only the connections and the forms of the messages are used: who reads what, and when it is
// committed, is decided here (ADR 21). Its errors become ours.
import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import * as kafka from '@platformatic/kafka';
import { type AiOpsError, fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import type { Broker, KafkaAddress } from './address.ts';

/** Who we are there. */
export interface KafkaLogin {
  readonly user: string;
  readonly password: string;
}

/** Asks of the broker what the protocol calls by that name. */
export interface KafkaClient {
  ask<N extends CallName>(broker: Broker, name: N, ...request: Request<N>): Promise<Answer<N>>;
  /** One that waits long is on a connection of its own: a broker answers in order. */
  askAside<N extends CallName>(aside: string, broker: Broker, name: N, ...request: Request<N>): Promise<Answer<N>>;
  /** What is asked there comes to nothing, at once. */
  drop(aside: string, broker: Broker): void;
  close(): Promise<void>;
}

/** In the order in which they are taken. Of fetches those that name topics: what came later names them by ids, which older brokers do not know. */
const CALLS = {
  metadata: [
    ...[kafka.metadataV12, kafka.metadataV11, kafka.metadataV10, kafka.metadataV9, kafka.metadataV8, kafka.metadataV7],
    ...[kafka.metadataV6, kafka.metadataV5, kafka.metadataV4, kafka.metadataV3, kafka.metadataV2, kafka.metadataV1],
  ],
  findCoordinator: [
    kafka.findCoordinatorV4,
    kafka.findCoordinatorV3,
    kafka.findCoordinatorV2,
    kafka.findCoordinatorV1,
    kafka.findCoordinatorV0,
  ],
  fetch: [kafka.fetchV11, kafka.fetchV10, kafka.fetchV9, kafka.fetchV8, kafka.fetchV7, kafka.fetchV6, kafka.fetchV5, kafka.fetchV4],
  // What came later is of no use here, and some brokers say that they speak it and do not.
  listOffsets: [kafka.listOffsetsV2, kafka.listOffsetsV1],
  offsetCommit: [
    kafka.offsetCommitV7,
    kafka.offsetCommitV6,
    kafka.offsetCommitV5,
    kafka.offsetCommitV4,
    kafka.offsetCommitV3,
    kafka.offsetCommitV2,
  ],
  offsetFetch: [
    ...[kafka.offsetFetchV7, kafka.offsetFetchV6, kafka.offsetFetchV5, kafka.offsetFetchV4],
    ...[kafka.offsetFetchV3, kafka.offsetFetchV2, kafka.offsetFetchV1],
  ],
  joinGroup: [kafka.joinGroupV5, kafka.joinGroupV4, kafka.joinGroupV3, kafka.joinGroupV2],
  syncGroup: [kafka.syncGroupV3, kafka.syncGroupV2, kafka.syncGroupV1, kafka.syncGroupV0],
  heartbeat: [kafka.heartbeatV3, kafka.heartbeatV2, kafka.heartbeatV1, kafka.heartbeatV0],
  leaveGroup: [kafka.leaveGroupV3, kafka.leaveGroupV2, kafka.leaveGroupV1, kafka.leaveGroupV0],
} as const;
export type CallName = keyof typeof CALLS;

type Api<N extends CallName> = (typeof CALLS)[N][0]['api'];
type Request<N extends CallName> = Api<N> extends { async(connection: kafka.Connection, ...request: infer R): unknown } ? R : never;
type Answer<N extends CallName> = Api<N> extends { async(...request: never[]): Promise<infer A> } ? A : never;

/** An error that a broker has named, by its name in the protocol. */
export class KafkaRefusal extends Error {
  readonly codes: readonly string[];
  /** What was answered beside. */
  readonly answer: unknown;
  constructor(codes: readonly string[], answer: unknown, cause: unknown) {
    super(codes.join(', '), { cause });
    this.codes = codes;
    this.answer = answer;
  }
}

/** The broker, or the way to it, is not there. */
export class KafkaAway extends Error {}

const CONNECT_MS = 10_000;
/** A member that joins waits for all others. */
const REQUEST_MS = 60_000;

interface Connected {
  readonly connection: kafka.Connection;
  readonly versions: ReadonlyMap<number, { readonly minVersion: number; readonly maxVersion: number }>;
}

/** @param ca PEM, beside what the system trusts */
export function createKafkaClient(address: KafkaAddress, login: KafkaLogin | undefined, ca: readonly string[] | undefined): KafkaClient {
  const clientId = `ai-ops-${randomUUID().slice(0, 8)}`;
  const open = new Map<string, Promise<Connected>>();

  const connect = async ({ host, port }: Broker): Promise<Connected> => {
    const tls = address.tls ? { tls: { ...(isIP(host) ? {} : { servername: host }), ...(ca ? { ca: [...ca] } : {}) } } : {};
    const sasl =
      address.mechanism && login ? { sasl: { mechanism: address.mechanism, username: login.user, password: login.password } } : {};
    const connection = new kafka.Connection(clientId, {
      ...{ connectTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, ...tls, ...sasl },
    });
    // Each request is told of it as well.
    connection.on('error', () => undefined);
    try {
      await connection.connect(host, port);
      const { apiKeys } = await kafka.apiVersionsV2.api.async(connection, '', '');
      return { connection, versions: new Map(apiKeys.map((api) => [api.apiKey, api])) };
    } catch (thrown) {
      await connection.close().catch(() => undefined);
      throw translated(thrown, { host, port }, address);
    }
  };
  const connected = (aside: string, broker: Broker): Promise<Connected> => {
    const key = keyOf(aside, broker);
    const known = open.get(key);
    if (known) return known;
    const made = connect(broker);
    open.set(key, made);
    made.then(
      ({ connection }) => connection.once('close', () => open.get(key) === made && open.delete(key)),
      () => open.delete(key),
    );
    return made;
  };
  const askAside: KafkaClient['askAside'] = async (aside, broker, name, ...request) => {
    const { connection, versions } = await connected(aside, broker);
    const api = CALLS[name].map((one) => one.api).find(({ key, version }) => isBetween(version, versions.get(key)));
    if (api === undefined) throw new KafkaRefusal(['UNSUPPORTED_VERSION'], undefined, name);
    try {
      // Each version takes what the newest takes, and leaves out what it does not know.
      return (await (api.async as (...all: readonly unknown[]) => Promise<unknown>)(connection, ...request)) as Answer<typeof name>;
    } catch (thrown) {
      const error = translated(thrown, broker, address);
      if (!(error instanceof KafkaRefusal)) {
        open.delete(keyOf(aside, broker));
        await connection.close().catch(() => undefined);
      }
      throw error;
    }
  };
  return {
    askAside,
    ask: (broker, name, ...request) => askAside('', broker, name, ...request),
    drop(aside, broker) {
      const key = keyOf(aside, broker);
      const made = open.get(key);
      open.delete(key);
      made?.then(({ connection }) => connection.close()).catch(() => undefined);
    },
    async close() {
      const all = await Promise.allSettled(open.values());
      open.clear();
      await Promise.allSettled(all.map((one) => (one.status === 'fulfilled' ? one.value.connection.close() : undefined)));
    },
  };
}

const keyOf = (aside: string, { host, port }: Broker): string => `${aside} ${host}:${port}`;

const isBetween = (version: number, range: { readonly minVersion: number; readonly maxVersion: number } | undefined): boolean =>
  range !== undefined && version >= range.minVersion && version <= range.maxVersion;

/** @returns an `AiOpsError` for what no retry mends */
function translated(thrown: unknown, { host, port }: Broker, { name }: KafkaAddress): KafkaRefusal | KafkaAway | AiOpsError {
  const chain = causesOf(thrown);
  const source = sourceName(name);
  const codes = chain.flatMap((error) => (typeof error.apiId === 'string' ? [error.apiId] : []));
  const login = chain.find(({ code }) => code === 'PLT_KFK_AUTHENTICATION');
  if (login || codes.some((code) => LOGIN.has(code)))
    return fail(
      'log-refused',
      { source, detail: `the broker refused the login (${codes[0] ?? messageOf(chain.at(-1) ?? thrown)})` },
      thrown,
    );
  const forbidden = codes.find((code) => code.endsWith('_AUTHORIZATION_FAILED'));
  if (forbidden) return fail('log-refused', { source, detail: `the broker does not allow it (${forbidden})` }, thrown);
  if (codes.length > 0) return new KafkaRefusal(codes, chain.find(({ response }) => response !== undefined)?.response, thrown);
  const tls = chain.find(
    ({ code }) => typeof code === 'string' && /^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code),
  );
  if (tls)
    return fail(
      'log-refused',
      { source, detail: `its certificate is not trusted (${String(tls.code)}); name yours with ?ca=FILE` },
      thrown,
    );
  return new KafkaAway(`${host}:${port}: ${messageOf(chain.at(-1) ?? thrown)}`, { cause: thrown });
}

const LOGIN = new Set(['SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM', 'ILLEGAL_SASL_STATE']);

/** The address without what it asks for: for people. */
export const sourceName = (name: string): string => name.replace(/\?.*$/s, '');

interface Caused extends Error {
  readonly code?: unknown;
  readonly apiId?: unknown;
  readonly response?: unknown;
}

/** The error and all behind it, outermost first, whatever realm threw them. */
function causesOf(thrown: unknown): readonly Caused[] {
  if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return [];
  const inner = 'errors' in thrown && Array.isArray(thrown.errors) ? (thrown.errors as unknown[]) : [];
  return [thrown as unknown as Caused, ...inner.flatMap(causesOf), ...('cause' in thrown ? causesOf(thrown.cause) : [])];
}
