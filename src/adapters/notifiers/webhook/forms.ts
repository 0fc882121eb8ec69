// What is posted to a webhook, by whose it is. Our own form is JSON with stable fields; the others are messages of chats, written
// so that nothing of a stranger in them calls people. Sources: the vendors' pages on incoming webhooks (Slack; Power Automate and
// Adaptive Cards; Mattermost; DingTalk "custom robot"; Feishu/Lark "custom bot"; WeCom "group robot").
import { createHmac } from 'node:crypto';
import type { WebhookForm } from '../../../core/tables.ts';
import { codeSpan } from '../../../core/texts/markdown.ts';

/** What a message is made of: a line of JSON in the outbox. Fields may be added, these stay. */
export interface WebhookPayload {
  readonly version: 1;
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** Sentences, in the language of the texts. */
  readonly lines: readonly string[];
  readonly url: string | null;
  readonly trace: string | null;
  readonly fingerprint: string | null;
  readonly [more: string]: unknown;
}

/** One request, but for the address. */
export interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Added to the address. */
  readonly query: Readonly<Record<string, string>>;
}

interface Sealing {
  readonly secret: string | null;
  readonly now: Date;
}

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);
const json = (value: unknown, query: Post['query'] = {}): Post => ({ body: JSON.stringify(value), headers: {}, query });

/** Bytes of UTF-8 that a chat takes of one message, with room for what stands around it. */
const MOST_BYTES = { slack: 30_000, teams: 20_000, mattermost: 12_000, dingtalk: 15_000, feishu: 15_000, wecom: 3_800 } as const;

const FORMS: Readonly<Record<WebhookForm, (payload: WebhookPayload, sealing: Sealing) => Post>> = {
  json: (payload, { secret, now }) => {
    const body = JSON.stringify(payload);
    const time = String(Math.floor(now.getTime() / 1000));
    const signature = secret === null ? {} : { 'x-ai-ops-signature': `sha256=${hmac(secret, `${time}.${body}`).digest('hex')}` };
    return { body, headers: { 'x-ai-ops-timestamp': time, 'x-ai-ops-delivery': payload.id, ...signature }, query: {} };
  },
  // Three signs are all that Slack reads in a text: `<!channel>`, `<@U1>` and links begin with one of them.
  slack: (payload) => {
    const safe = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    const link = (url: string): string => `<${url.replace(/[|<>\s]/g, encodeURIComponent)}>`;
    return json({ text: told(payload, (title) => `*${safe(title).replaceAll('*', '∗')}*`, safe, link, MOST_BYTES.slack) });
  },
  teams: ({ title, lines, url }) => {
    // Its text blocks read links and nothing that calls people.
    const plain = (text: string): string => text.replaceAll('](', '] (').replace(/<(?=\/?at\b)/gi, '‹');
    const block = (text: string, more: object = {}) => ({ type: 'TextBlock', text: cut(plain(text), 2000), wrap: true, ...more });
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [block(title, { weight: 'Bolder' }), ...lines.slice(0, 10).map((line) => block(line))],
      ...(isWeb(url) ? { actions: [{ type: 'Action.OpenUrl', title: shortUrl(url), url }] } : {}),
    };
    return json({ type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }] });
  },
  // `@all` acts anywhere but in code.
  mattermost: (payload) => json({ text: told(payload, codeSpan, inCode, (url) => url, MOST_BYTES.mattermost) }),
  dingtalk: (payload, { secret, now }) => {
    const timestamp = String(now.getTime());
    const sign = secret === null ? {} : { timestamp, sign: hmac(secret, `${timestamp}\n${secret}`).digest('base64') };
    const text = told(
      payload,
      (title) => `#### ${marked(title)}`,
      marked,
      (url) => `[${shortUrl(url)}](${url})`,
      MOST_BYTES.dingtalk,
      '\n\n',
    );
    return json({ msgtype: 'markdown', markdown: { title: cut(payload.title, 200), text }, at: { isAtAll: false } }, sign);
  },
  feishu: (payload, { secret, now }) => {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const sign = secret === null ? {} : { timestamp, sign: hmac(`${timestamp}\n${secret}`, '').digest('base64') };
    // Parts of a post are text as it is, and never a mention.
    const rows = cut(payload.lines.join('\n'), MOST_BYTES.feishu).split('\n');
    const content = [
      ...rows.map((text) => [{ tag: 'text', text }]),
      ...(payload.url === null
        ? []
        : [[isWeb(payload.url) ? { tag: 'a', text: payload.url, href: payload.url } : { tag: 'text', text: payload.url }]]),
    ];
    return json({ ...sign, msg_type: 'post', content: { post: { zh_cn: { title: cut(payload.title, 500), content } } } });
  },
  // `<@user>` and `<font>` are all the tags that it reads.
  wecom: (payload) => {
    const safe = (text: string): string => marked(text.replaceAll('<', '＜'));
    const content = told(
      payload,
      (title) => `**${safe(title)}**`,
      safe,
      (url) => `[${shortUrl(url)}](${url})`,
      MOST_BYTES.wecom,
    );
    return json({ msgtype: 'markdown', markdown: { content } });
  },
};

/** @param now when it is sent: a signature holds for some minutes */
export function postOf(form: WebhookForm, payload: WebhookPayload, sealing: Sealing): Post {
  return FORMS[form](payload, sealing);
}

/** A message as lines: title, what is told, address. The address is never cut off. */
function told(
  { title, lines, url }: WebhookPayload,
  head: (title: string) => string,
  line: (text: string) => string,
  link: (url: string) => string,
  mostBytes: number,
  between = '\n',
): string {
  const end = url === null ? [] : [isWeb(url) ? link(url) : line(url)];
  const room = mostBytes - Buffer.byteLength(end.join(between));
  return [cut([head(title), ...lines.map(line)].join(between), room), ...end].join(between);
}

/** Markdown of chats that know no escapes: what would act is replaced by a sign that looks like it. */
function marked(text: string): string {
  return text
    .replaceAll('](', '] (')
    .replace(/@/g, '＠')
    .replace(/^([#>])/gm, ' $1')
    .replaceAll('<', '＜');
}

function inCode(text: string): string {
  return text.replace(/(^|\s)((?=\S*[@~#!<[]\S)\S+)/g, (_, before: string, word: string) => `${before}${codeSpan(word)}`);
}

const isWeb = (url: string | null): url is string => url !== null && /^https?:\/\/[^\s()<>[\]"]+$/.test(url);

const shortUrl = (url: string): string => url.replace(/^https?:\/\//, '');

/** To so many bytes, between characters. */
function cut(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let end = Math.min(text.length, mostBytes);
  while (Buffer.byteLength(text.slice(0, end)) > mostBytes - 4) end -= Math.max(1, Math.floor(end / 100));
  return `${text.slice(0, end).replace(/[\ud800-\udbff]$/, '')}…`;
}
