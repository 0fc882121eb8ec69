// What a log holds of its users stands in nothing that others read, whatever is written from the incident.

import { postOf } from '../../../src/adapters/notifiers/webhook/forms.ts';
import { wordsOf } from '../../../src/core/context/abstract-values.ts';
import type { Incident } from '../../../src/core/model.ts';
import { WEBHOOK_FORMS, type WebhookForm } from '../../../src/core/tables.ts';
import { commitMessage } from '../../../src/core/texts/commit.ts';
import { toldIncident } from '../../../src/core/texts/incident/told-incident.ts';
import { issueBody, issueTitle } from '../../../src/core/texts/issue.ts';
import { joining } from '../../../src/core/texts/joined-request.ts';
import type { NoticeAbout } from '../../../src/core/texts/mail/layout.ts';
import { newsText } from '../../../src/core/texts/mail/news.ts';
import { noticeText } from '../../../src/core/texts/mail/notice.ts';
import { requestBody, requestTitle } from '../../../src/core/texts/request.ts';
import { INCIDENT, PROPOSAL } from '../../support/incidents.ts';

const PLANTED = [
  'jo.q@example.org',
  '+49 151 23456789',
  '5555444433332226',
  'DE24370400440532013111',
  '110101199003071231',
  '123-45-6788',
  'ORD-2024-000123',
  '203.0.113.77',
  'Mistress Quickly',
  '7 Eastcheap Lane',
  'c0ffee00c0ffee00c0ffee00',
  '0171 2345678',
  '6f1c24ab-7d0e-4b5f-9a1c-3c5d7e9f1b2d',
  'https://shop.example/u/jo?session=abc123',
];
/** A part of it is told as little. */
const PARTS = ['113.77', '.113.', '2001:db8'];

const text = `TypeError: no account ${PLANTED.map((value) => `'${value}'`).join(' ')}\n    at total (src/pricing.js:4:1)`;
/** Known wrong: words of a person that stand in a message as if they were the program's own, and are not many. */
const NAMES = ['Mistress Quickly', '7 Eastcheap Lane'];
const bare = text.replaceAll("'", '');
const NUMBERS = PLANTED.filter((value) => !NAMES.includes(value));

const same = (said: string): string => said;

const withText = (said: string, frames = INCIDENT.frames): Incident => ({
  ...INCIDENT,
  title: said.split('\n')[0]!,
  frames,
  sample: { ...INCIDENT.sample, text: said, frames },
});

const posted = (form: WebhookForm, about: NoticeAbout | undefined): string => {
  const payload = {
    version: 1,
    id: 'x',
    kind: 'proposed',
    trace: 't',
    fingerprint: 'f',
    title: '',
    lines: [],
    url: null,
    ...about,
  } as const;
  // Without what JSON and chats make of quotation marks.
  return postOf(form, payload, { secret: null, now: new Date(0) }).body;
};

const everything = (incident: Incident): string => {
  const proposal = { ...PROPOSAL, incident };
  const [notice, news] = [
    noticeText(proposal, 'https://git.example/1'),
    newsText({ kind: 'failed', language: 'en', incident, trace: 't', reason: 'none' }),
  ];
  return JSON.stringify([
    requestTitle(proposal),
    requestBody(proposal),
    commitMessage(proposal),
    issueTitle(proposal),
    issueBody({ proposal, cause: { kind: 'declined' }, patch: '' }),
    joining(proposal, 'same'),
    ...[notice, news],
    ...[notice, news].flatMap(({ about }) => WEBHOOK_FORMS.map((form) => posted(form, about))),
  ]);
};
const shown = (incident: Incident, values: readonly string[]): readonly string[] => {
  const all = everything(incident);
  return values.filter((value) => all.includes(value));
};

describe.each(['abstracted', 'frames'] as const)('request.event %s', (form) => {
  test('quoted values are nowhere', () => {
    expect(shown(toldIncident(withText(text), form, same), PLANTED)).toEqual([]);
  });

  test('bare numbers, addresses and names of accounts are nowhere', () => {
    expect(shown(toldIncident(withText(`TypeError: 2001:db8::77 ${bare}`), form, same), [...NUMBERS, ...PARTS])).toEqual([]);
  });

  test('a secret goes as a whole, not its digits alone', () => {
    const redact = (said: string): string => said.replaceAll('hun-ter!2024555', '[redacted configured-secret 1]');
    expect(shown(toldIncident(withText('TypeError: denied hun-ter!2024555'), form, redact), ['hun-ter', '2024555'])).toEqual([]);
  });

  test('also without a frame of the application', () => {
    expect(shown(toldIncident(withText(text, []), form, same), PLANTED)).toEqual([]);
  });
});

test('raw shows all that was logged', () => {
  expect(shown(toldIncident(withText(text), 'raw', same), PLANTED)).toEqual(PLANTED);
});

test('words of the code stay, and the frames', () => {
  const said = "TypeError: Cannot read properties of undefined (reading 'percent')\n    at total (src/pricing.js:4:1)";
  const told = toldIncident(withText(said), 'abstracted', same, wordsOf(['order.coupon.percent']));
  expect(told.sample.text).toBe(said);
});

test('frames alone tell type and places', () => {
  const told = toldIncident(withText(text), 'frames', same);
  expect([told.title, told.sample.text]).toEqual(['TypeError', expect.stringContaining('pricing.js')]);
});

test('of a record in JSON its message and its trace are told, and no other field of it', () => {
  const [message, ...frames] = text.split('\n');
  const record = JSON.stringify({ level: 50, user: PLANTED[0], err: { type: 'TypeError', message: message!.slice(11), stack: text } });
  const told = toldIncident(withText(record), 'abstracted', same).sample.text;
  expect(told.split('\n').slice(1)).toEqual(frames);
  expect(told).toMatch(/^TypeError: no account <text>/);
  expect(PLANTED.filter((value) => told.includes(value))).toEqual([]);
});
