// One source for all topics that are named, with what each of them needs.
import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import { fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import type { Source } from '../../../ports.ts';
import { combineSources } from '../combine.ts';
import { type KafkaAddress, readKafkaAddress } from './address.ts';
import { type KafkaLogin, sourceName } from './client.ts';
import { createKafkaSource } from './source.ts';

/** Who we are there; `undefined` where no login is asked for. @throws AiOpsError `log-unbound`, `log-refused` */
export type LoginFor = (address: KafkaAddress) => KafkaLogin | undefined;

/** @throws AiOpsError `log-address`, and what `loginFor` throws */
export async function openTopics(names: readonly string[], loginFor: LoginFor): Promise<Source> {
  return combineSources(await Promise.all(names.map((name) => openTopic(name, loginFor))));
}

async function openTopic(name: string, loginFor: LoginFor): Promise<Source> {
  const reading = readKafkaAddress(name);
  if ('problem' in reading) throw fail('log-address', { source: name, detail: reading.problem });
  const { address } = reading;
  const login = address.mechanism === null ? undefined : loginFor(address);
  if (address.mechanism !== null && login === undefined)
    throw fail('log-refused', { source: sourceName(name), detail: 'no user and password: name ?user=NAME, and set KAFKA_PASSWORD' });
  return createKafkaSource(address, { login, ca: address.ca === null ? undefined : await authorities(name, address.ca) });
}

async function authorities(name: string, file: string): Promise<readonly string[]> {
  try {
    return [...getCACertificates('default'), await readFile(file, 'utf8')];
  } catch (thrown) {
    throw fail('log-address', { source: name, detail: `names certificates that cannot be read: ${messageOf(thrown)}` }, thrown);
  }
}
