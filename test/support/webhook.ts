// The other side of a webhook: a real HTTP server that reads what is posted as the vendors' pages describe it, checks form and
// signature, and answers as that side does, in its own words. `violations` says what none of them would have taken.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookForm } from '../../src/core/tables.ts';

export const SECRET = 'SEC0123456789abcdef0123456789';

export interface Posted {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

export type Misdeed =
  | 'refuse'
  | 'later'
  | 'cut'
  | 'closed'
  | 'page'
  | 'broken'
  | 'redirect'
  | 'hang'
  | { readonly status: number; readonly after?: string };

export interface Webhook {
  readonly url: string;
  readonly taken: Posted[];
  readonly violations: string[];
  /** For the next posts, one each. */
  readonly misdeeds: Misdeed[];
  readonly requests: string[];
  close(): Promise<void>;
}

interface Side {
  /** What is wrong with it, in the words of its vendor's page. */
  readonly wrong: (posted: Posted, query: URLSearchParams, now: number) => string | undefined;
  readonly ok: (response: ServerResponse) => void;
  readonly refuse: (response: ServerResponse) => void;
  readonly later: (response: ServerResponse) => void;
  readonly closed: (response: ServerResponse) => void;
}

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const text =
  (body: string, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body);
  };
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[name] : undefined),
    value,
  );
const same = (one: string, other: string): boolean => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
const hmac = (key: string, words: string) => createHmac('sha256', key).update(words);
const only = (value: unknown, names: readonly string[]): boolean => Object.keys(value as object).every((name) => names.includes(name));

const SIDES: Readonly<Record<WebhookForm, Side>> = {
  json: {
    wrong: ({ body, headers }, _query, now) => {
      const time = String(headers['x-ai-ops-timestamp']);
      const signature = `sha256=${hmac(SECRET, `${time}.${JSON.stringify(body)}`).digest('hex')}`;
      if (!same(String(headers['x-ai-ops-signature']), signature)) return 'signature';
      if (Math.abs(now - Number(time) * 1000) > 300_000) return 'time';
      return headers['x-ai-ops-delivery'] === body.id && body.version === 1 ? undefined : 'fields';
    },
    ok: text('', 204),
    refuse: text('no', 400),
    later: text('', 503, { 'retry-after': '120' }),
    closed: text('', 403),
  },
  slack: {
    wrong: ({ body }) => {
      if (!isText(body.text) || body.text.length > 40_000 || !only(body, ['text', 'blocks', 'attachments'])) return 'invalid_payload';
      return /<[!@#]/.test(body.text) ? 'calls somebody' : undefined;
    },
    ok: text('ok'),
    refuse: text('invalid_payload', 400),
    later: text('rate_limited', 429, { 'retry-after': '30' }),
    closed: text('no_service', 404),
  },
  teams: {
    wrong: ({ body }) => {
      const card = at(body, 'attachments', 0);
      if (body.type !== 'message' || at(card, 'contentType') !== 'application/vnd.microsoft.card.adaptive') return 'no card';
      if (at(card, 'content', 'type') !== 'AdaptiveCard' || !isText(at(card, 'content', 'version'))) return 'no adaptive card';
      const blocks = at(card, 'content', 'body');
      if (!Array.isArray(blocks) || !blocks.every((block) => at(block, 'type') === 'TextBlock' && isText(at(block, 'text')))) return 'body';
      if (JSON.stringify(body).length > 28_000) return 'too large';
      return /<at>|\]\(/.test(JSON.stringify(blocks)) ? 'calls somebody' : undefined;
    },
    ok: text('', 202),
    refuse: json({ error: { code: 'BadRequest' } }, 400),
    later: json({ error: { code: 'TooManyRequests' } }, 429),
    closed: json({ error: { code: 'AuthorizationFailed' } }, 401),
  },
  mattermost: {
    wrong: ({ body }) => {
      if (!isText(body.text) || body.text.length > 16_383) return 'text';
      return /(?<![\w`])@\w/.test(body.text.replace(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '')) ? 'calls somebody' : undefined;
    },
    ok: text('ok'),
    refuse: json({ id: 'web.incoming_webhook.parse.app_error', status_code: 400 }, 400),
    later: text('', 429),
    closed: json({ id: 'web.incoming_webhook.invalid.app_error', status_code: 404 }, 404),
  },
  dingtalk: {
    wrong: ({ body }, query, now) => {
      const timestamp = query.get('timestamp') ?? '';
      if (!same(query.get('sign') ?? '', hmac(SECRET, `${timestamp}\n${SECRET}`).digest('base64'))) return 'sign not match';
      if (Math.abs(now - Number(timestamp)) > 3_600_000 || query.get('access_token') !== 'token-of-the-robot') return 'timestamp';
      if (body.msgtype !== 'markdown' || !isText(at(body, 'markdown', 'title')) || !isText(at(body, 'markdown', 'text'))) return 'markdown';
      return /@\d|@all/.test(String(at(body, 'markdown', 'text'))) || at(body, 'at', 'isAtAll') === true ? 'calls somebody' : undefined;
    },
    ok: json({ errcode: 0, errmsg: 'ok' }),
    refuse: json({ errcode: 400106, errmsg: 'unsupported msgtype' }),
    later: json({ errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' }),
    closed: json({ errcode: 310000, errmsg: 'sign not match' }),
  },
  feishu: {
    wrong: ({ body }, _query, now) => {
      if (!same(String(body.sign), hmac(`${String(body.timestamp)}\n${SECRET}`, '').digest('base64'))) return 'sign match fail';
      if (Math.abs(now - Number(body.timestamp) * 1000) > 3_600_000) return 'timestamp';
      const post = at(body, 'content', 'post', 'zh_cn');
      const rows = at(post, 'content');
      if (body.msg_type !== 'post' || typeof at(post, 'title') !== 'string' || !Array.isArray(rows)) return 'post';
      const parts = rows.flat() as Record<string, unknown>[];
      if (JSON.stringify(body).length > 20_000) return 'too large';
      return parts.every((part) => part.tag === 'text' || (part.tag === 'a' && isText(part.href))) ? undefined : 'calls somebody';
    },
    ok: json({ code: 0, msg: 'success', data: {} }),
    refuse: json({ code: 9499, msg: 'Bad Request', data: {} }.code === 9499 ? { code: 19002, msg: 'params error' } : {}),
    later: json({ code: 11232, msg: 'frequency limited' }),
    closed: json({ code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' }),
  },
  wecom: {
    wrong: ({ body }, query) => {
      const content = at(body, 'markdown', 'content');
      if (query.get('key') !== 'key-of-the-robot') return 'key';
      if (body.msgtype !== 'markdown' || !isText(content) || Buffer.byteLength(content) > 4096) return 'markdown';
      return /<@|<font/.test(content) ? 'calls somebody' : undefined;
    },
    ok: json({ errcode: 0, errmsg: 'ok' }),
    refuse: json({ errcode: 40008, errmsg: 'invalid message type' }),
    later: json({ errcode: 45009, errmsg: 'api freq out of limit' }),
    closed: json({ errcode: 93000, errmsg: 'invalid webhook url' }),
  },
};

const PATHS: Readonly<Record<WebhookForm, string>> = {
  json: '/hooks/our-own-end',
  slack: '/services/T00000000/B00000000/secretsecretsecretsecret',
  teams: '/workflows/abc/triggers/manual/paths/invoke?sig=secretsecretsecret',
  mattermost: '/hooks/xxxgeneratedkeyxxx',
  dingtalk: '/robot/send?access_token=token-of-the-robot',
  feishu: '/open-apis/bot/v2/hook/0123-hook-of-the-bot',
  wecom: '/cgi-bin/webhook/send?key=key-of-the-robot',
};

export async function startWebhook(form: WebhookForm): Promise<Webhook> {
  const side = SIDES[form];
  const [taken, violations, misdeeds, requests]: [Posted[], string[], Misdeed[], string[]] = [[], [], [], []];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://side');
      requests.push(`${request.method} ${url.pathname}`);
      const misdeed = misdeeds.shift();
      if (misdeed === 'hang') return;
      if (misdeed === 'redirect') return text('', 302, { location: `${PATHS[form]}#again` })(response);
      if (misdeed === 'page') return text('<html>Sign in</html>', 200)(response);
      if (misdeed === 'refuse' || misdeed === 'later' || misdeed === 'closed') return side[misdeed](response);
      if (typeof misdeed === 'object') return text('', misdeed.status, misdeed.after ? { 'retry-after': misdeed.after } : {})(response);
      if (url.pathname !== new URL(PATHS[form], 'http://side').pathname || request.method !== 'POST') return side.closed(response);
      const posted: Posted = { body: JSON.parse(Buffer.concat(parts).toString('utf8')), headers: request.headers };
      const wrong = side.wrong(posted, url.searchParams, Date.now());
      if (wrong !== undefined || !/^application\/json/.test(request.headers['content-type'] ?? '')) {
        violations.push(wrong ?? 'content-type');
        return side.refuse(response);
      }
      taken.push(posted);
      if (misdeed === 'cut') return void request.socket.destroy();
      if (misdeed === 'broken')
        return void response.writeHead(200, { 'content-length': '100' }).write('{"err', () => request.socket.destroy());
      side.ok(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let isOpen = true;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATHS[form]}`,
    ...{ taken, violations, misdeeds, requests },
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
