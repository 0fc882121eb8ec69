// What only the real file can show of the outbox: a sender that has died, texts that go, mails that are forgotten.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { mail, NOW } from '../../contracts/ledger.ts';
import { createStage, type RealStage } from './stage.ts';

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.clear());

const DEAD = JSON.stringify({ pid: 1, start: '0', boot: 'another', place: 'x', token: 'dead' });
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

/** A mail that somebody is sending, and what is left of them. */
async function beingSent(owner: string): Promise<void> {
  const ledger = await stage.open();
  await ledger.put([mail('m1')]);
  await ledger.close();
  stage.sqlite3(`UPDATE deliveries SET state = 'sending', changed_at = '${NOW.toISOString()}', owner = '${owner}'`);
}

test('its sender is dead: the next who looks says that nobody knows', async () => {
  const ledger = await stage.open();
  await ledger.put([mail('m1')]);
  await stage.fold();
  // No owner at all: the file was left half way, or comes from somewhere else.
  stage.sqlite3(`UPDATE deliveries SET state = 'sending', changed_at = '${NOW.toISOString()}', owner = '{}'`);
  expect(await ledger.take(NOW, 'mail')).toBeUndefined();
  expect(await ledger.deliveries()).toMatchObject([{ state: 'uncertain', tries: 1 }]);
  await ledger.close();
});

test('its sender is on another machine: it is left alone for an hour', async () => {
  await beingSent(DEAD);
  const ledger = await stage.open();
  expect(await ledger.deliveries()).toMatchObject([{ state: 'sending' }]);
  await ledger.take(new Date(NOW.getTime() + 3_500_000), 'mail');
  expect(await ledger.deliveries()).toMatchObject([{ state: 'sending' }]);
  await ledger.take(new Date(NOW.getTime() + 3_700_000), 'mail');
  expect(await ledger.deliveries()).toMatchObject([{ state: 'uncertain' }]);
  await ledger.close();
});

test('the texts of a mail go when there is nothing left to send, and the mail a month later', async () => {
  const ledger = await stage.open();
  await ledger.put([mail('m1', { text: 'telling words' }), mail('m2')]);
  const taken = await ledger.take(NOW, 'mail');
  expect(await stage.query('SELECT count(*) FROM deliveries WHERE content IS NOT NULL')).toBe('2');
  await ledger.settle(taken!, { state: 'sent', detail: '', at: NOW.toISOString(), isTry: true });
  expect(await stage.query(`SELECT id FROM deliveries WHERE content IS NOT NULL`)).toBe('m2');
  await ledger.close();

  for (const [days, left] of [
    [29, ['m1', 'm2']],
    [31, ['m2']],
  ] as const) {
    const reopened = await stage.open({ clock: () => later(days) });
    expect((await reopened.deliveries()).map(({ id }) => id)).toEqual(left);
    await reopened.close();
  }
});

test('a mail that an older ai-ops has put in goes out under the name it was given then', async () => {
  mkdirSync(stage.dir);
  execFileSync('sqlite3', [stage.file], { input: readFileSync(new URL('version-4.sql', import.meta.url), 'utf8') });
  const now = new Date('2026-11-28T18:00:00.000Z');
  const ledger = await stage.open({ clock: () => now });
  const taken = await ledger.take(now, 'mail');
  expect(taken).toMatchObject({
    ...{ id: 'failed.barz8pdbx2v5', kind: 'failed', deliveryId: '<ai-ops.failed.barz8pdbx2v5@example.org>', tries: 1 },
    ...{ recipients: ['dev@example.org'], text: expect.stringContaining('Nothing was proposed.') },
  });
  const settled = { state: 'sent', detail: 'mail sent to 1 recipient', at: now.toISOString(), isTry: true } as const;
  await ledger.settle({ id: 'failed.barz8pdbx2v5', notifier: 'mail' }, settled);
  expect(await ledger.traces({ brief: false })).toMatchObject([
    { trace: 'barz8pdbx2v5', deliveries: [{ state: 'sent', tries: 2, deliveryId: '<ai-ops.failed.barz8pdbx2v5@example.org>' }] },
  ]);
  await ledger.close();
});
