// What goes out, when, and what is never sent twice: the real pipeline on a ledger in memory and a notifier that answers as told.
import type { NoticeKind } from '../../../src/core/model.ts';
import type { News } from '../../../src/core/texts/mail/news.ts';
import { CATALOGUE, fail } from '../../../src/errors.ts';
import { deliver, post } from '../../../src/pipeline/notices/deliver.ts';
import { type NoticePolicy, newsMessages, stopMessages } from '../../../src/pipeline/notices/write.ts';
import type { RepairPorts } from '../../../src/pipeline/repair/job.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import type { Delivery, Message, Notifier } from '../../../src/ports.ts';
import { mail } from '../../contracts/ledger.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, createShop, FIXED, SETTINGS } from '../../support/pipeline.ts';

const LIVE = new AbortController().signal;
const GOOD = block('src/pricing.js', FIXED);
const DONE: Delivery = { said: 'noted', later: [], refused: [] };

/** Puts the news into the outbox and tries to send it. */
async function announce(news: News, ports: RepairPorts, policy: NoticePolicy): Promise<void> {
  await ports.outbox.put(newsMessages(news, ports, policy));
  await deliver(ports, LIVE, { trace: news.trace });
}

/** A shop with one notifier that gives these answers in order, then takes everything, and a clock that can be moved. */
async function createOffice(answers: (Delivery | Error)[] = [], fix = GOOD) {
  const shop = await createShop(fix);
  const tried: Message[] = [];
  let now = Date.parse('2026-03-01T12:00:00.000Z');
  const notifier: Notifier = {
    name: 'list',
    address: (id) => ({ deliveryId: `<${id}@example.org>`, recipients: ['dev@example.org', 'lead@example.org'] }),
    send: async (mail) => {
      tried.push(mail);
      const answer = answers.shift() ?? DONE;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    check: async () => [],
  };
  const ports = { ...shop.ports, notifiers: [notifier], clock: () => new Date(now) };
  const pass = (minutes: number): void => {
    now += minutes * 60_000;
  };
  const again = (isLast = false) => post(ports, { language: 'en' }, LIVE, isLast);
  const states = async () => (await ports.outbox.deliveries()).map(({ kind, state }) => `${kind} ${state}`);
  return { ...shop, ports, tried, pass, again, states };
}

const ENDINGS: readonly (readonly [name: string, answer: Delivery | Error, state: string, step: string, later: number])[] = [
  ['a server that cannot be reached', fail('mail-unreachable', { host: 'h', detail: 'd' }), 'queued', 'failed mail-unreachable', 1],
  ['greylisting', fail('mail-deferred', { host: 'h', detail: '451' }), 'queued', 'failed mail-deferred', 1],
  ['a wrong password, which a person may mend', fail('mail-auth', { host: 'h', detail: '535' }), 'queued', 'failed mail-auth', 1],
  ['a refusal', fail('mail-rejected', { host: 'h', detail: '550' }), 'refused', 'failed mail-rejected', 0],
  ['a lost answer', fail('mail-uncertain', { detail: 'd' }), 'uncertain', 'failed mail-uncertain', 0],
  ['a mistake of our own', new TypeError('x'), 'uncertain', 'failed bug', 0],
  [
    'a directory that is full, which a person may mend',
    fail('file-unwritable', { file: 'f', detail: 'ENOSPC' }),
    'queued',
    'failed file-unwritable',
    1,
  ],
  ['a webhook that is not reached', fail('webhook-unreachable', { host: 'h', detail: 'd' }), 'queued', 'failed webhook-unreachable', 1],
  ['a webhook whose answer is lost', fail('webhook-uncertain', { host: 'h', detail: 'd' }), 'uncertain', 'failed webhook-uncertain', 0],
  ['a webhook that refuses', fail('webhook-rejected', { host: 'h', detail: 'd' }), 'refused', 'failed webhook-rejected', 0],
  ['an error that says nothing of its message', fail('host-garbage', { host: 'h', detail: 'd' }), 'uncertain', 'failed host-garbage', 0],
  ['one recipient later', { said: 'sent', later: ['lead@example.org'], refused: [] }, 'queued', 'ok', 1],
  ['all well', DONE, 'sent', 'ok', 0],
];

test.each(ENDINGS)('%s: %j', async (_name, answer, state, step, later) => {
  const office = await createOffice([answer]);
  const { trace } = await repair(INCIDENT, office.ports, SETTINGS, LIVE);
  const [told] = await office.ledger.traces({ trace });
  const { outcome, error } = told!.steps.at(-1)!;
  expect([outcome, error?.code].filter(Boolean).join(' ')).toBe(step);
  expect(told!.outcome).toBe('proposed');
  expect(await office.states()).toEqual([`proposed ${state}`]);

  await office.again();
  expect(office.tried).toHaveLength(1);
  office.pass(2);
  await office.again();
  expect(office.tried).toHaveLength(1 + later);
  for (const { deliveryId } of office.tried) expect(deliveryId).toBe(`<trace.${trace}@example.org>`);
  if (later > 0) expect(await office.states()).toEqual(['proposed sent']);
});

test('every error of mail says who may have got the message, and what the next one would come to', () => {
  const ofMail = Object.entries(CATALOGUE).filter(
    ([code]) => code.startsWith('mail-') && code !== 'mail-ca' && code !== 'mail-token-unbound',
  );
  const told = ofMail.map(([code, { reach, scope }]) => `${code}: ${reach}, ${scope}`);
  expect(told).toEqual([
    'mail-address: refused, message',
    'mail-auth: nobody, server',
    'mail-token: nobody, server',
    'mail-insecure: nobody, server',
    'mail-deferred: nobody, message',
    'mail-rejected: refused, message',
    'mail-unreachable: nobody, server',
    'mail-tls: nobody, server',
    'mail-uncertain: uncertain, message',
  ]);
});

test('every error of the webhook says so too', () => {
  const told = Object.entries(CATALOGUE).flatMap(([code, row]) =>
    code.startsWith('webhook-') && 'reach' in row ? [`${code}: ${row.reach}, ${row.scope}`] : [],
  );
  expect(told).toEqual([
    'webhook-unreachable: nobody, server',
    'webhook-deferred: nobody, server',
    'webhook-closed: nobody, server',
    'webhook-rejected: refused, message',
    'webhook-uncertain: uncertain, message',
  ]);
});

test('who says when it looks again is not asked before, and at the longest after a day', async () => {
  for (const [waitMs, minutes] of [
    [1_000, 1],
    [600_000, 10],
    [10 * 86_400_000, 1440],
  ] as const) {
    const office = await createOffice([fail('webhook-deferred', { host: 'h', detail: '429' }, { waitMs })]);
    await repair(INCIDENT, office.ports, SETTINGS, LIVE);
    office.pass(minutes - 0.1);
    await office.again();
    expect(office.tried).toHaveLength(1);
    office.pass(0.2);
    await office.again();
    expect(office.tried).toHaveLength(2);
  }
});

test('only those who were put off get it again', async () => {
  const office = await createOffice([{ said: 'sent', later: ['lead@example.org'], refused: [] }]);
  await repair(INCIDENT, office.ports, SETTINGS, LIVE);
  office.pass(2);
  await office.again();
  expect(office.tried.map(({ recipients }) => recipients)).toEqual([['dev@example.org', 'lead@example.org'], ['lead@example.org']]);
});

const KINDS: readonly (readonly [answer: string, on: readonly NoticeKind[], expected: readonly string[]])[] = [
  [GOOD, ['proposed'], ['proposed sent']],
  [GOOD, ['failed', 'refused'], []],
  ['nothing to be done', ['proposed', 'declined', 'refused'], ['declined sent']],
  ['nothing to be done', ['proposed', 'refused'], []],
  [' ', ['proposed', 'failed'], ['failed sent']],
  [block('../x.yml', 'on: push\n'), ['refused'], ['refused sent']],
  [block('../x.yml', 'on: push\n'), ['failed'], []],
];

test.each(KINDS)('%j, wanted %j', async (answer, on, expected) => {
  const office = await createOffice([], answer);
  const { trace } = await repair(INCIDENT, office.ports, { ...SETTINGS, notices: { ...SETTINGS.notices, on } }, LIVE);
  expect(await office.states()).toEqual(expected);
  for (const mail of office.tried)
    expect([mail.trace, mail.fingerprint, mail.text.includes(trace)]).toEqual([trace, INCIDENT.fingerprint, true]);
});

test('a secret reaches neither the outbox nor the mail', async () => {
  const office = await createOffice();
  const secret = 'configured-secret-value';
  const incident = { ...INCIDENT, title: `Error: ${secret}`, type: `Type ${secret}` };
  const news = { kind: 'failed', language: 'en', incident, trace: 't1', reason: `it was ${secret}`, facts: [secret] } as const;
  await announce(news, office.ports, SETTINGS.notices);
  expect(office.tried).toHaveLength(1);
  for (const part of ['subject', 'line', 'text', 'html'] as const) expect(office.tried[0]![part]).not.toContain(secret);
  expect(office.tried[0]!.text).toContain('it was ');
  expect(JSON.stringify(await office.ports.outbox.deliveries())).not.toContain(secret);
});

test.each([
  ['export const key = "configured-secret-value";\n', false],
  ['export const key = "";\n', true],
])('a patch that shows a secret of the repository is left out: %j', async (line, isAttached) => {
  const office = await createOffice();
  const formatPatch = (): string => `From 1111\n ${line}`;
  await repair(INCIDENT, { ...office.ports, patches: { ...office.ports.patches, formatPatch } }, SETTINGS, LIVE);
  expect([office.tried[0]!.patch !== '', office.tried[0]!.text.includes('The patch is attached')]).toEqual([isAttached, isAttached]);
});

test('many are gathered into a digest, which goes when its time has come or nobody comes back', async () => {
  for (const isLast of [false, true]) {
    const office = await createOffice();
    const policy = { ...SETTINGS.notices, perHour: 2, on: ['failed'] as const };
    for (const number of [1, 2, 3, 4, 5]) {
      const incident = { ...INCIDENT, fingerprint: `v1:${number}` };
      const news = { kind: 'failed', language: 'en', incident, trace: `t${number}`, reason: `no ${number}` } as const;
      await announce(news, office.ports, policy);
    }
    expect(office.tried.map(({ id }) => id)).toEqual(['failed.t1', 'failed.t2']);
    await office.again();
    expect(office.tried).toHaveLength(2);
    office.pass(isLast ? 1 : 61);
    await office.again(isLast);
    await office.again(true);
    expect(office.tried.map(({ id }) => id)).toEqual(['failed.t1', 'failed.t2', 'digest.failed.t3']);
    expect(office.tried[2]!.text).toMatch(/no 3[\s\S]*no 4[\s\S]*no 5/);
    expect(await office.states()).toEqual([
      'failed sent',
      'failed sent',
      'failed gathered',
      'failed gathered',
      'failed gathered',
      'digest sent',
    ]);
  }
});

test('a server that is not there is tried for one mail in a round, not for each', async () => {
  const office = await createOffice(Array.from({ length: 2 }, () => fail('mail-unreachable', { host: 'h', detail: 'd' })));
  const mails = [1, 2, 3].map((number) => mail(`m${number}`, { notifier: 'list', createdAt: `2026-03-01T11:00:0${number}.000Z` }));
  await office.ports.outbox.put(mails);
  await office.again();
  expect(office.tried.map(({ id }) => id)).toEqual(['m1']);
  await office.again();
  expect(office.tried.map(({ id }) => id)).toEqual(['m1', 'm2']);
  office.pass(2);
  await office.again();
  expect(await office.states()).toEqual(['proposed sent', 'proposed sent', 'proposed sent']);
});

test('a limit is one mail a day, however many incidents it holds back', async () => {
  const office = await createOffice();
  const decision = { kind: 'wait', reason: 'daily-limit', until: null } as const;
  for (let time = 0; time < 50; time += 1) await office.ports.outbox.put(stopMessages(decision, office.ports, SETTINGS.notices));
  expect(stopMessages({ kind: 'wait', reason: 'below-min-count', until: null }, office.ports, SETTINGS.notices)).toEqual([]);
  await office.again();
  expect(office.tried.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['stopped', '[ai-ops] Repairs are held back: the repairs of a day are used up (policy.maxRepairsPerDay)'],
  ]);
  office.pass(24 * 60);
  await office.ports.outbox.put(stopMessages(decision, office.ports, SETTINGS.notices));
  await office.again();
  expect(office.tried).toHaveLength(2);
});

test('an interruption before it was sent leaves it for the next time', async () => {
  const stop = new AbortController();
  const office = await createOffice([fail('interrupted')]);
  const send = office.ports.notifiers[0]!.send;
  const stopped: typeof send = (mail, signal) => {
    stop.abort();
    return send(mail, signal);
  };
  const ports = {
    ...office.ports,
    notifiers: [{ ...office.ports.notifiers[0]!, send: stopped }],
  };
  const { trace } = await repair(INCIDENT, ports, SETTINGS, stop.signal);
  expect((await office.ledger.traces({ trace }))[0]!.state).toBe('interrupted');
  expect(await office.states()).toEqual(['proposed queued']);
  await office.again();
  expect(await office.states()).toEqual(['proposed sent']);
});
