// Every form against a server that checks it as its vendor's page describes it, signature and all; and what each answer means for
// the message: sent, tried again, refused, or not known.
import { postOf } from '../../../../src/adapters/notifiers/webhook/forms.ts';
import { createWebhookNotifier } from '../../../../src/adapters/notifiers/webhook/notifier.ts';
import { WEBHOOK_FORMS, type WebhookForm } from '../../../../src/core/tables.ts';
import { asAiOpsError } from '../../../../src/errors.ts';
import type { Notice } from '../../../../src/ports.ts';
import { kept, NOTICE, notifierContract } from '../../../contracts/notifier.ts';
import { type Misdeed, SECRET, startWebhook, type Webhook } from '../../../support/webhook.ts';

const live = new AbortController().signal;
const of = (form: WebhookForm, url: string, wholeMs = 5_000) =>
  createWebhookNotifier({ url, form, secret: SECRET, userAgent: 'ai-ops/test', clock: () => new Date(), wholeMs });

for (const form of WEBHOOK_FORMS)
  notifierContract(`webhook, ${form}`, async () => {
    const side = await startWebhook(form);
    return {
      notifier: of(form, side.url),
      arrived: () => side.taken.map(({ body }) => JSON.stringify(body).slice(0, 20)),
      next: (what) => void side.misdeeds.push(what),
      close: side.close,
    };
  });

async function tried(form: WebhookForm, misdeed: Misdeed | undefined, notice: Notice = NOTICE, wholeMs?: number) {
  const side = await startWebhook(form);
  try {
    if (misdeed !== undefined) side.misdeeds.push(misdeed);
    const notifier = of(form, side.url, wholeMs);
    const ended = await notifier.send(kept(notice, notifier), live).catch(asAiOpsError);
    return { ended, side };
  } finally {
    await side.close();
  }
}

/** Words that would call somebody, act or break the form. */
const HOSTILE: Notice = {
  ...NOTICE,
  about: {
    ...NOTICE.about!,
    title: '<!channel> <@U1> @all @here [x](https://evil.test) **bold** `code` <font color="warning">\u0000',
    lines: ['<@all> @channel <at>x</at> [l](u) # head', '> quote\n@13800000000', '"}],"x":1', '😀'.repeat(20_000)],
  },
};

test.each(WEBHOOK_FORMS)('%s: what a stranger wrote calls nobody, breaks nothing and stays within the size', async (form) => {
  const { ended, side } = await tried(form, undefined, HOSTILE);
  expect([side.violations, ended instanceof Error ? ended.message : 'sent', side.taken.length]).toEqual([[], 'sent', 1]);
});

test.each(WEBHOOK_FORMS)('%s: a title, what is told, and the address are in it', async (form) => {
  const { side } = await tried(form, undefined);
  const body = JSON.stringify(side.taken[0]?.body);
  for (const words of ['orderTotal', 'failed 3 times', 'https://github.com/acme/shop/pull/7']) expect(body).toContain(words);
});

test('json: the fields that others read', async () => {
  const { side } = await tried('json', undefined);
  expect(side.taken[0]?.body).toEqual({
    version: 1,
    id: 'trace.abc123def456',
    kind: 'proposed',
    trace: 'abc123def456',
    fingerprint: 'v2:0123456789abcdef0123456789abcdef',
    ...NOTICE.about,
  });
});

const ANSWERS: readonly (readonly [WebhookForm, Misdeed, string, string | null])[] = [
  ['json', { status: 500 }, 'webhook-uncertain', null],
  ['json', { status: 502 }, 'webhook-uncertain', null],
  ['json', { status: 503, after: '600' }, 'webhook-deferred', '600000'],
  ['json', { status: 429, after: '7' }, 'webhook-deferred', '7000'],
  ['json', { status: 429 }, 'webhook-deferred', null],
  ['json', { status: 413 }, 'webhook-rejected', null],
  ['json', { status: 410 }, 'webhook-closed', null],
  ['json', 'redirect', 'webhook-closed', null],
  ['json', 'hang', 'webhook-uncertain', null],
  ['slack', { status: 403 }, 'webhook-closed', null],
  ['dingtalk', 'closed', 'webhook-closed', null],
  ['dingtalk', 'page', 'webhook-uncertain', null],
  ['dingtalk', 'broken', 'webhook-uncertain', null],
  ['feishu', 'closed', 'webhook-closed', null],
  ['feishu', 'later', 'webhook-deferred', null],
  ['wecom', 'closed', 'webhook-closed', null],
  ['wecom', 'refuse', 'webhook-rejected', null],
  ['teams', 'closed', 'webhook-closed', null],
  ['mattermost', 'closed', 'webhook-closed', null],
];

test.each(ANSWERS)('%s, %j: %s', async (form, misdeed, code, waitMs) => {
  const { ended, side } = await tried(form, misdeed, NOTICE, 700);
  if (!(ended instanceof Error)) throw new Error('it went through');
  expect([ended.code, (ended.cause as { waitMs?: number } | undefined)?.waitMs?.toString() ?? null]).toEqual([code, waitMs]);
  expect(side.requests).toHaveLength(1);
  // The address lets everybody in who has it.
  expect(`${ended.message} ${ended.hint}`).not.toMatch(/secret|access_token|key-of|hooks\//);
});

test.each(['dingtalk', 'feishu', 'json'] as const)('without a secret nothing is signed: %s', (form) => {
  const payload = { version: 1, id: 'x', kind: 'failed', title: 't', lines: [], url: null, trace: null, fingerprint: null } as const;
  const { body, query, headers } = postOf(form, payload, { secret: null, now: new Date(0) });
  expect(`${body}${JSON.stringify(query)}${JSON.stringify(headers)}`).not.toMatch(/sign/);
});

/** Worked examples, made with the shell: printf '%s' | openssl dgst -sha256 -hmac. */
test('signatures are those of the vendors', () => {
  const payload = { version: 1, id: 'x', kind: 'failed', title: 't', lines: [], url: null, trace: null, fingerprint: null } as const;
  const now = new Date(1_599_360_473_000);
  expect(postOf('dingtalk', payload, { secret: 'SECabc', now }).query).toEqual({ timestamp: '1599360473000', sign: DINGTALK });
  expect(JSON.parse(postOf('feishu', payload, { secret: 'demo', now }).body)).toMatchObject({ timestamp: '1599360473', sign: FEISHU });
});
const DINGTALK = '3SJkK5Fm70JVVkwmvZFkgdPlr53Kn2utLHLz9DzuOSc=';
const FEISHU = 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=';

test.each(['http://chat.example/hooks/x', 'ftp://x/y', 'https://u:p@chat.example/x', 'nonsense'])('%s is no address to post to', (url) => {
  expect(() => of('json', url)).toThrow(expect.objectContaining({ code: 'webhook-url', message: expect.not.stringContaining(url) }));
});

test('nobody under that name, and a port that nobody listens on: nobody has it', async () => {
  const side: Webhook = await startWebhook('json');
  await side.close();
  for (const url of [side.url, 'https://nobody.invalid/hooks/secret']) {
    const notifier = of('json', url);
    expect(await notifier.send(kept(NOTICE, notifier), live).catch(({ code }) => code)).toBe('webhook-unreachable');
  }
});
