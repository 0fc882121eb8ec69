// Brokers that a test starts, and ends by their ids: a real one of Apache Kafka, whose program comes from Maven once, and the one
// that librdkafka has for its own tests, in Debian's `kcat`. Each is there where the machine has what it needs.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Authority } from './tls-front.ts';

export interface TestBroker {
  /** As addresses name it. */
  readonly server: string;
  /** Where it takes logins, and speaks TLS, where it does. */
  readonly secured?: string;
  stop(): Promise<void>;
}

const VERSION = '4.1.1';
const runs = (program: string, ...argv: readonly string[]): boolean => spawnSync(program, argv, { stdio: 'ignore' }).status === 0;

export const hasKcat = (): boolean => runs('kcat', '-V');
export const hasMaven = (): boolean => runs('java', '-version') && runs('mvn', '-v');

/**
 * Writes records with their keys, each once where the broker can tell (`idempotent`; that of librdkafka cannot).
 * @param records `[partition, key, value]` in the order of each partition
 */
export async function produce(
  server: string,
  topic: string,
  records: readonly (readonly [number, string, string])[],
  idempotent: boolean,
): Promise<void> {
  const { Producer, stringSerializers } = await import('@platformatic/kafka');
  const producer = new Producer({ clientId: 'test', bootstrapBrokers: [server], serializers: stringSerializers, idempotent });
  try {
    for (let first = 0; first < records.length; first += 5000) {
      const messages = records
        .slice(first, first + 5000)
        .map(([partition, key, value]) => ({ topic, partition, value, ...(key === '' ? {} : { key }) }));
      await producer.send({ messages });
    }
  } finally {
    await producer.close();
  }
}

export async function makeTopic(server: string, topic: string, partitions: number): Promise<void> {
  const { Admin } = await import('@platformatic/kafka');
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [server] });
  try {
    await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
  } finally {
    await admin.close();
  }
}

export async function deleteTopic(server: string, topic: string): Promise<void> {
  const { Admin } = await import('@platformatic/kafka');
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [server] });
  try {
    await admin.deleteTopics({ topics: [topic] });
  } finally {
    await admin.close();
  }
}

/** librdkafka's mock cluster: it lives as long as its standard input. Topics have four partitions. */
export async function startMockBroker(): Promise<TestBroker> {
  const child = spawn('kcat', ['-P', '-b', 'x:1', '-t', 't', '-X', 'test.mock.num.brokers=1', '-X', 'debug=mock', '-v'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const server = await said(child, /bootstrap\.servers=(127\.0\.0\.1:\d+)/);
  return { server, stop: () => ended(child) };
}

export interface KafkaOptions {
  /** Lines of `server.properties` beside those that it needs. */
  readonly properties?: readonly string[];
  /** A second listener: TLS with this certificate, and logins of `USER` by PLAIN and SCRAM-SHA-512. */
  readonly authority?: Authority;
}

export const USER = { user: 'alice', password: 'secret-of-alice' };

/** One node that is broker and controller. */
export async function startKafka({ properties: more = [], authority }: KafkaOptions = {}): Promise<TestBroker> {
  const jars = programOfKafka();
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-kafka-'));
  const [port, controller, securedPort] = [await freePort(), await freePort(), await freePort()];
  const secured = authority === undefined ? [] : securedListener(dir, authority);
  const listeners = [`PLAINTEXT://127.0.0.1:${port}`, ...(authority ? [`SASL_SSL://127.0.0.1:${securedPort}`] : [])];
  const properties = [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=${listeners.join(',')},CONTROLLER://127.0.0.1:${controller}`,
    'controller.listener.names=CONTROLLER',
    `log.dirs=${join(dir, 'data')}`,
    ...['offsets.topic', 'transaction.state.log'].map((name) => `${name}.replication.factor=1`),
    'transaction.state.log.min.isr=1',
    'offsets.topic.num.partitions=1',
    'group.initial.rebalance.delay.ms=0',
    'log.retention.check.interval.ms=500',
    ...secured,
    ...more,
  ];
  const file = join(dir, 'server.properties');
  writeFileSync(file, `${properties.join('\n')}\n`);
  const java = ['-Xmx384m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(jars, '*')];
  const users = authority === undefined ? [] : ['--add-scram', `SCRAM-SHA-512=[name=${USER.user},password=${USER.password}]`];
  const formatted = spawnSync('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', file, ...users]);
  if (formatted.status !== 0) throw new Error(String(formatted.stderr));
  const child = spawn('java', [...java, 'kafka.Kafka', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const server = `127.0.0.1:${port}`;
  await reachable(server).catch(async (thrown: unknown) => {
    await ended(child);
    throw thrown;
  });
  return {
    server,
    ...(authority ? { secured: `127.0.0.1:${securedPort}` } : {}),
    stop: async () => {
      await ended(child);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function securedListener(dir: string, { cert, key }: Authority): readonly string[] {
  const pem = join(dir, 'keystore.pem');
  writeFileSync(pem, `${key}\n${cert}`);
  const jaas = 'org.apache.kafka.common.security';
  return [
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL',
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512',
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${pem}`,
    `listener.name.sasl_ssl.plain.sasl.jaas.config=${jaas}.plain.PlainLoginModule required user_${USER.user}="${USER.password}";`,
    `listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=${jaas}.scram.ScramLoginModule required;`,
  ];
}

/** Removes the records of a partition before an offset, as retention does. */
export async function removeRecords(server: string, topic: string, partition: number, offset: bigint): Promise<void> {
  const { Admin } = await import('@platformatic/kafka');
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [server] });
  try {
    await admin.deleteRecords({ topics: [{ name: topic, partitions: [{ partition, offset }] }] });
  } finally {
    await admin.close();
  }
}

/** Fetched once; the next test finds it. @returns a directory of jars */
function programOfKafka(): string {
  const dir = join(tmpdir(), `ai-ops-kafka-${VERSION}`);
  if (existsSync(dir)) return dir;
  const made = mkdtempSync(join(tmpdir(), 'ai-ops-maven-'));
  const dependency = (group: string, name: string, version: string): string =>
    `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  writeFileSync(
    join(made, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>
     <dependencies>${dependency('org.apache.kafka', 'kafka_2.13', VERSION)}${dependency('org.slf4j', 'slf4j-nop', '2.0.17')}</dependencies></project>`,
  );
  mkdirSync(join(made, 'lib'));
  const fetched = spawnSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: made, timeout: 600_000 });
  if (fetched.status !== 0) throw new Error(`Maven has no Kafka ${VERSION}: ${fetched.stdout}`);
  renameSync(join(made, 'lib'), dir);
  rmSync(made, { recursive: true, force: true });
  return dir;
}

function said(child: ChildProcess, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.once('close', () => reject(new Error(text)));
    child.stderr!.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const found = words.exec(text);
      if (found?.[1] === undefined) return;
      text = '';
      child.stderr!.removeAllListeners('data').resume();
      resolve(found[1]);
    });
  });
}

async function reachable(server: string): Promise<void> {
  const { Admin } = await import('@platformatic/kafka');
  for (let tries = 0; ; tries += 1) {
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [server], retries: 0, connectTimeout: 1000 });
    try {
      await admin.listTopics();
      return;
    } catch (thrown) {
      // A busy machine takes minutes for what takes seconds.
      if (tries > 1000) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 250));
    } finally {
      await admin.close();
    }
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGKILL');
  return gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
