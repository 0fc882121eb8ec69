// The outbox against a real mail server (exim) and a line that fails: what the ledger says of each mail is held against what
// has arrived. `sent` is once for everybody who was accepted, `uncertain` at most once, everything else not at all.
import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLedger } from '../../src/adapters/ledger/ledger.ts';
import { createMailNotifier, type MailSettings } from '../../src/adapters/notifiers/mail/notifier.ts';
import type { DeliveryState } from '../../src/core/model.ts';
import { post } from '../../src/pipeline/notices/deliver.ts';
import type { NewMessage } from '../../src/ports.ts';
import type { Checks } from './checks.ts';
import { type Arrived, type Exim, startExim } from './exim.ts';
import { type Fault, type FaultProxy, startFaultProxy } from './fault-proxy.ts';

export interface Order {
  readonly dir: string;
  readonly settings: MailSettings;
}

interface Row {
  readonly name: string;
  readonly settings?: Partial<MailSettings>;
  readonly to?: readonly string[];
  readonly fault?: Fault;
  /** The fault goes away after this many rounds. */
  readonly heals?: number;
  readonly subject?: string;
  readonly patch?: string;
  /** After each round. */
  readonly expected: readonly DeliveryState[];
}

const HUGE = 'x'.repeat(150_000);

const rowsOf = ({ ports, ca }: Exim): readonly Row[] => [
  { name: 'plain, on this machine', expected: ['sent'] },
  { name: 'STARTTLS', settings: { port: ports.starttls, ca }, expected: ['sent'] },
  { name: 'TLS at once', settings: { port: ports.tls, secure: true, ca }, expected: ['sent'] },
  { name: 'STARTTLS with a login', settings: { port: ports.starttls, ca, user: 'user', password: 'right' }, expected: ['sent'] },
  { name: 'a wrong password', settings: { port: ports.starttls, ca, user: 'user', password: 'wrong' }, expected: ['queued', 'queued'] },
  {
    name: 'a token of OAuth2',
    settings: { port: ports.token, ca, user: 'bot@example.org', token: async () => 'right-token' },
    expected: ['sent'],
  },
  {
    name: 'a token that has ended',
    settings: { port: ports.token, ca, user: 'bot@example.org', token: async () => 'ended-token' },
    expected: ['queued', 'queued'],
  },
  {
    name: 'a token by OAUTHBEARER',
    settings: { port: ports.bearer, ca, user: 'bot@example.org', token: async () => 'right-token' },
    expected: ['sent'],
  },
  {
    name: 'a token that has ended, by OAUTHBEARER',
    settings: { port: ports.bearer, ca, user: 'bot@example.org', token: async () => 'ended-token' },
    expected: ['queued', 'queued'],
  },
  {
    name: 'a password where only a token is taken',
    settings: { port: ports.token, ca, user: 'bot@example.org', password: 'right-token' },
    expected: ['queued', 'queued'],
  },
  { name: 'no login where a token is asked for', settings: { port: ports.token, ca }, expected: ['refused', 'refused'] },
  {
    name: 'a login where none is offered without TLS',
    settings: { port: ports.plain, user: 'user', password: 'right' },
    expected: ['sent'],
  },
  { name: 'an unknown authority', settings: { port: ports.tls, secure: true }, expected: ['queued', 'queued'] },
  { name: 'TLS at once on a port without', settings: { port: ports.plain, secure: true, ca }, expected: ['queued'] },
  { name: 'no TLS on a port with', settings: { port: ports.tls }, expected: ['queued'] },
  { name: 'greylisting', to: ['grey1@example.org'], expected: ['queued', 'sent'] },
  { name: 'always later', to: ['busy@example.org'], expected: ['queued', 'queued', 'queued'] },
  { name: 'no such user', to: ['gone@example.org'], expected: ['refused', 'refused'] },
  { name: 'one of three is gone', to: ['a@example.org', 'gone@example.org', 'b@example.org'], expected: ['sent', 'sent'] },
  { name: 'one of two is put off', to: ['a@example.org', 'grey2@example.org'], expected: ['queued', 'sent', 'sent'] },
  { name: 'its content is refused', subject: 'forbidden', expected: ['refused', 'refused'] },
  { name: 'too large (SIZE)', patch: HUGE, expected: ['refused', 'refused'] },
  { name: 'connection refused, then not', fault: 'refuse', heals: 2, expected: ['queued', 'queued', 'sent', 'sent'] },
  { name: 'a black hole, then not', fault: 'black hole', heals: 1, expected: ['queued', 'sent'] },
  { name: 'cut at RCPT, then not', fault: 'cut at RCPT', heals: 1, expected: ['queued', 'sent', 'sent'] },
  { name: 'cut in the body', fault: 'cut mid-DATA', heals: 1, expected: ['uncertain', 'uncertain'] },
  { name: 'the last 250 is lost', fault: 'lost final 250', heals: 1, expected: ['uncertain', 'uncertain'] },
  { name: 'silence after the body', fault: 'silent after DATA', heals: 1, expected: ['uncertain', 'uncertain'] },
  { name: 'a slow line', fault: 'slow', patch: 'x'.repeat(20_000), expected: ['sent', 'sent'] },
];

/** @param kills rounds of `kill -9` while mails are sent */
export async function mail({ kills, seed }: { readonly kills: number; readonly seed: number }, checks: Checks): Promise<object> {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-exim-run-'));
  chmodSync(dir, 0o755);
  const exim = await startExim(join(dir, 'exim'));
  const proxy = await startFaultProxy(exim.ports.plain);
  const told: Record<string, number> = {};
  try {
    for (const [number, row] of rowsOf(exim).entries()) {
      const { states, mine, accepted } = await play(row, number, { dir, exim, proxy });
      const last = states.at(-1) ?? 'queued';
      told[last] = (told[last] ?? 0) + 1;
      checks.check(`mail: ${row.name}: ${row.expected.join(', ')}`, states.join() === row.expected.join(), states.join(', '));
      checks.check(
        `mail: ${row.name}: as often as it is said`,
        isTrue(last, mine, accepted),
        `${last}, but ${JSON.stringify(mine.map((one) => one.recipients))}`,
      );
    }
    const killed = await killing({ kills, seed, dir, exim, proxy }, checks);
    return { rows: told, killed };
  } finally {
    await proxy.close();
    await exim.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Stage {
  readonly dir: string;
  readonly exim: Exim;
  readonly proxy: FaultProxy;
}

async function play(row: Row, number: number, { dir, exim, proxy }: Stage) {
  proxy.fault = row.fault ?? 'none';
  const to = row.to ?? ['dev@example.org'];
  const settings = settingsFor(proxy.port, { ...row.settings, to });
  const place = join(dir, `row-${number}`);
  let now = Date.now();
  const ledger = await open(place, () => new Date(now));
  const notifier = createMailNotifier(settings);
  const ports = { outbox: ledger, notifiers: [notifier], clock: () => new Date(now), redact: (text: string) => text };
  const mine = mailFor(`row${number}`, notifier.address(`row${number}`), new Date(now));
  await ledger.put([{ ...mine, subject: row.subject ?? row.name, patch: row.patch ?? '' }]);
  const states: DeliveryState[] = [];
  for (let round = 0; round < row.expected.length; round += 1) {
    if (round === row.heals) proxy.fault = 'none';
    await post(ports, { language: 'en' }, new AbortController().signal, false);
    states.push((await ledger.deliveries())[0]?.state ?? 'queued');
    now += 5 * 3_600_000;
  }
  await ledger.close();
  const all = await exim.arrived();
  return {
    states,
    mine: all.filter(({ messageId }) => messageId === mine.deliveryId),
    accepted: to.filter((one) => !one.startsWith('gone')),
  };
}

function isTrue(state: DeliveryState, mine: readonly Arrived[], accepted: readonly string[]): boolean {
  const got = mine.flatMap(({ recipients }) => recipients).sort();
  if (state === 'sent') return got.join() === [...accepted].sort().join();
  return state === 'uncertain' ? mine.length <= 1 : mine.length === 0;
}

/** Processes that die while they send, over one ledger: in the end each mail was sent once, or is uncertain and there at most once. */
async function killing({ kills, seed, dir, exim, proxy }: Stage & { readonly kills: number; readonly seed: number }, checks: Checks) {
  proxy.fault = 'slow';
  const order: Order = { dir: join(dir, 'killed'), settings: settingsFor(proxy.port, { to: ['dev@example.org'] }) };
  let random = seed;
  for (let round = 0; round < kills; round += 1) {
    const child = fork(new URL('./mail-sender.ts', import.meta.url), [String(round)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const isSending = new Promise((resolve) => child.once('message', resolve));
    const isOver = new Promise((resolve) => child.once('exit', resolve));
    child.send(order);
    await Promise.race([isSending, isOver]);
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    await Promise.race([sleep(random % 1200), isOver]);
    child.kill('SIGKILL');
    await isOver;
  }
  proxy.fault = 'none';
  const ledger = await open(order.dir, () => new Date());
  const ports = {
    outbox: ledger,
    notifiers: [createMailNotifier(order.settings)],
    clock: () => new Date(Date.now() + 3_600_000),
    redact: String,
  };
  await post(ports, { language: 'en' }, new AbortController().signal, true);
  const records = await ledger.deliveries();
  await ledger.close();
  const arrived = await exim.arrived();
  const count = (id: string): number => arrived.filter(({ messageId }) => messageId === id).length;
  const wrong = records.filter(({ state, deliveryId }) =>
    state === 'sent' ? count(deliveryId) !== 1 : count(deliveryId) > 1 || state === 'sending',
  );
  const states = Object.fromEntries(['sent', 'uncertain'].map((state) => [state, records.filter((one) => one.state === state).length]));
  const there = records.filter(({ state, deliveryId }) => state === 'uncertain' && count(deliveryId) === 1).length;
  checks.check(
    `mail: ${kills} processes killed while sending: none twice, none lost in silence`,
    records.length === kills && wrong.length === 0,
    JSON.stringify(wrong),
  );
  return { mails: records.length, ...states, uncertainButThere: there };
}

export function settingsFor(port: number, more: Partial<MailSettings>): MailSettings {
  const timeouts = { connectionTimeout: 1500, greetingTimeout: 1500, socketTimeout: 1500, dnsTimeout: 1500 };
  return { host: '127.0.0.1', port, secure: false, from: 'ai-ops <ai-ops@example.org>', to: ['dev@example.org'], timeouts, ...more };
}

const wasm = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

export function open(dir: string, clock: () => Date) {
  return openLedger({
    dir,
    clock,
    retention: { days: 90, maxTraces: 1000, incidentDays: 90, maxIncidents: 100_000 },
    wasm: () => readFileSync(wasm),
  });
}

export function mailFor(id: string, address: Pick<NewMessage, 'deliveryId' | 'recipients'>, now: Date): NewMessage {
  return {
    ...{ id, notifier: 'mail', kind: 'proposed', trace: id, fingerprint: 'v1:0123456789abcdef', ...address },
    ...{ subject: `mail ${id}`, line: id, text: 'plain words\n', html: '<p>rich words</p>', patch: '' },
    ...{ createdAt: now.toISOString(), perHour: 1000, digestAt: now.toISOString() },
  };
}
