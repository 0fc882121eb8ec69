// One process of the check `mail`: puts one mail into the outbox, says that it begins to send, and is killed meanwhile.
import { createMailNotifier } from '../../src/adapters/notifiers/mail/notifier.ts';
import { post } from '../../src/pipeline/notices/deliver.ts';
import { mailFor, type Order, open } from './mail.ts';

process.once('message', async ({ dir, settings }: Order) => {
  const id = `kill${process.argv[2]}`;
  const clock = (): Date => new Date();
  const ledger = await open(dir, clock);
  const notifier = createMailNotifier(settings);
  await ledger.put([{ ...mailFor(id, notifier.address(id), clock()), patch: 'x'.repeat(10_000) }]);
  process.send?.('begins');
  await post({ outbox: ledger, notifiers: [notifier], clock, redact: String }, { language: 'en' }, new AbortController().signal, true);
  await ledger.close();
  process.exit(0);
});
