// One process of the test beside it: puts a message into the outbox of a ledger on disk and posts it; it may be killed meanwhile.
import { openLedger } from '../../../../src/adapters/ledger/ledger.ts';
import { createWebhookNotifier } from '../../../../src/adapters/notifiers/webhook/notifier.ts';
import { readEmbedded } from '../../../../src/embedded.ts';
import { deliver } from '../../../../src/pipeline/notices/deliver.ts';
import { messagesFor } from '../../../../src/pipeline/notices/write.ts';
import { NOTICE } from '../../../contracts/notifier.ts';

const [dir = '', url = ''] = process.argv.slice(2);
const clock = (): Date => new Date();
const retention = { days: 90, maxTraces: 100, incidentDays: 90, maxIncidents: 1000 };
const ledger = await openLedger({ dir, clock, retention, wasm: () => readEmbedded('sql-wasm.wasm') });
const notifiers = [createWebhookNotifier({ url, form: 'json', secret: null, userAgent: 'ai-ops/test', clock })];
const policy = { on: ['proposed'], perHour: 10, digestMs: 1000, language: 'en', event: 'abstracted' } as const;
await ledger.put(messagesFor(NOTICE, { notifiers, clock, redact: String }, policy));
await deliver({ outbox: ledger, notifiers, clock, redact: String }, new AbortController().signal);
const told = await ledger.deliveries();
await ledger.close();
process.stdout.write(`${told.map(({ state }) => state).join()}\n`);
