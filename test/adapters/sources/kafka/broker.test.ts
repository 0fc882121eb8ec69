// What only a real broker does: logins and certificates, retention, topics that are made again. In the slow lane, where Maven is.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryState } from '../../../fakes/ledger.ts';
import { deleteTopic, hasMaven, makeTopic, produce, removeRecords, startKafka, type TestBroker, USER } from '../../../support/kafka.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';
import { type Authority, createAuthority } from '../../../support/tls-front.ts';
import { BUGS, startBox, tracesOf, until } from './readers.ts';

(IS_SLOW_LANE && hasMaven() ? describe : describe.skip)('Apache Kafka', () => {
  let dir: string;
  let authority: Authority;
  let broker: TestBroker;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'ai-ops-kafka-test-'));
    authority = createAuthority(dir);
    broker = await startKafka({ authority });
  }, 600_000);
  afterAll(async () => {
    await broker?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const fresh = async (partitions = 1): Promise<string> => {
    const topic = `t-${randomUUID().slice(0, 8)}`;
    await makeTopic(broker.server, topic, partitions);
    return topic;
  };
  const each = (count: number) => Object.fromEntries(BUGS.map((bug) => [bug, count]));

  test.each(['plain', 'scram-sha-512'])('logs in by %s, over TLS with an authority of one’s own', async (sasl) => {
    const topic = await fresh();
    await produce(broker.server, topic, tracesOf(2, 5, 1), true);
    const address = `kafka://${broker.secured}/${topic}?tls=on&sasl=${sasl}&user=${USER.user}`;
    const box = startBox(address, { once: true, login: USER, ca: [authority.cert] });
    await box.ended;
    expect(box.counts()).toEqual(each(2));
    const wrong = startBox(address, { once: true, login: { ...USER, password: 'wrong' }, ca: [authority.cert] });
    await expect(wrong.ended).rejects.toMatchObject({ code: 'log-refused', exitCode: 4 });
    const untrusted = startBox(address, { once: true, login: USER });
    await expect(untrusted.ended).rejects.toMatchObject({ code: 'log-refused', message: expect.stringContaining('certificate') });
  });

  test('a topic that is not there, an empty one, and no broker are errors of their own', async () => {
    await expect(startBox(`kafka://${broker.server}/nobody`).ended).rejects.toMatchObject({ code: 'log-topic' });
    await expect(startBox(`kafka://${broker.server}/${await fresh()}`, { once: true }).ended).rejects.toMatchObject({ code: 'log-empty' });
    await expect(startBox('kafka://127.0.0.1:9/t', { once: true }).ended).rejects.toMatchObject({ code: 'log-unreachable', exitCode: 7 });
  });

  test('records that are gone are a told gap, and reading goes on', async () => {
    const [topic, state] = [await fresh(), createMemoryState()];
    const address = `kafka://${broker.server}/${topic}?group=gap`;
    await produce(broker.server, topic, tracesOf(1, 5, 1), true);
    await startBox(address, { once: true, state }).ended;
    await produce(broker.server, topic, tracesOf(1, 10, 1), true);
    await removeRecords(broker.server, topic, 0, 50n);
    const box = startBox(address, { once: true, state, from: 'resume' });
    await box.ended;
    expect(box.gaps).toEqual([expect.stringContaining('25 records are gone')]);
    expect(box.counts()).toEqual(each(2));
  });

  test('a topic that is deleted and made again is read from its first record', async () => {
    const [topic, state] = [await fresh(), createMemoryState()];
    const address = `kafka://${broker.server}/${topic}?group=again`;
    await produce(broker.server, topic, tracesOf(1, 5, 1), true);
    await startBox(address, { once: true, state }).ended;
    await deleteTopic(broker.server, topic);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await makeTopic(broker.server, topic, 1);
    await produce(broker.server, topic, tracesOf(1, 10, 1), true);
    const box = startBox(address, { state, from: 'resume' });
    await until(
      () => Object.values(box.counts()).reduce((sum, count) => sum + count, 0) >= 15,
      () => box.counts(),
    );
    await box.stop();
    expect(box.counts()).toEqual(each(3));
  });
});
