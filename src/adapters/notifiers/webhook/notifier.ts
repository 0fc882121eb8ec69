// Posts messages to a webhook: JSON of our own, or the form of a chat. Each call is one try of one message; whether it may be
// tried again is told by the error, and that rests on whether the request can have reached the other side. The address is a
// secret: whoever has it can write there. It is in no text, no error and no argument.
import { isObject } from '../../../core/plain-json.ts';
import type { WebhookForm } from '../../../core/tables.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import { codeOf } from '../../../platform/errno.ts';
import { createHttp, type Ending, retryAfterMs, textOf } from '../../../platform/http/client.ts';
import type { ProxyEnv } from '../../../platform/http/exchange.ts';
import type { Clock, Message, Notice, Notifier, Waiting } from '../../../ports.ts';
import { judgeAnswer } from './answers.ts';
import { postOf, type WebhookPayload } from './forms.ts';

export interface WebhookSettings {
  readonly url: string;
  readonly form: WebhookForm;
  /** Signs what is sent, where the form knows that. */
  readonly secret: string | null;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly proxyEnv?: ProxyEnv;
  /** ms until there is an answer; shorter in tests. */
  readonly wholeMs?: number;
}

const WHOLE_MS = 30_000;
const MOST_ANSWER_BYTES = 65_536;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Where a connection ended before there was one: nothing can have come through. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'ERR_PROXY_TUNNEL',
]);
const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|HOSTNAME_)/;

/** @throws AiOpsError `webhook-url` for what is no address to post to */
export function createWebhookNotifier(settings: WebhookSettings): Notifier {
  const { form, wholeMs = WHOLE_MS } = settings;
  const url = addressOf(settings.url);
  const bounds = { connectMs: Math.min(10_000, wholeMs), headMs: wholeMs, silenceMs: wholeMs, wholeMs, maxBytes: MOST_ANSWER_BYTES };
  const http = createHttp({ bounds, proxyEnv: settings.proxyEnv });
  return {
    name: 'webhook',
    address: (id) => ({ deliveryId: `ai-ops.${id}`, recipients: [form] }),
    texts: (notice) => ({ text: JSON.stringify(payloadOf(notice)), html: '', patch: '' }),
    async send(message, signal) {
      const { body, headers, query } = postOf(form, payloadIn(message), { secret: settings.secret, now: settings.clock() });
      const target = new URL(url);
      for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
      const fixed = { 'content-type': 'application/json; charset=utf-8', 'user-agent': settings.userAgent, accept: '*/*' };
      const ending = await http(
        { url: target.href, method: 'POST', headers: { ...fixed, ...headers }, body, signal, isRead: false },
        async (answer) => ({
          status: answer.status,
          later: retryAfterMs(answer.headers.get('retry-after'), settings.clock()),
          // Without its words an answer is still one.
          text: await textOf(answer).catch(() => ''),
        }),
      );
      if (ending.kind === 'failed') throw lost(url.host, ending);
      const { status, text, later } = ending.value;
      const { verdict, detail } = judgeAnswer(form, status, text);
      if (verdict !== 'taken') throw refusal(verdict, { host: url.host, detail }, later);
      return { said: `posted to ${url.host} (${form})`, later: [], refused: [] };
    },
    // A try would be a message.
    check: async () => [
      {
        name: 'webhook',
        status: 'ok',
        detail: `${form}, to ${url.host}${settings.secret === null ? ', unsigned' : ', signed'}; not tried`,
      },
    ],
  };
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (url === undefined || !isSafe || url.username !== '' || url.password !== '') throw fail('webhook-url');
  return url;
}

/** Its fields are what others read: their names and meanings stay. */
function payloadOf({ id, kind, trace, fingerprint, line, about }: Notice): WebhookPayload {
  const { title = line, lines = [], url = null, ...facts } = about ?? {};
  return { version: 1, id, kind, title, lines, url, trace, fingerprint, ...facts };
}

/** As it was put into the outbox. */
function payloadIn({ text, id, kind, subject, trace, fingerprint }: Message): WebhookPayload {
  const kept: unknown = JSON.parse(text);
  if (!isObject(kept)) throw fail('bug', { detail: `the message ${id} is not of a webhook` });
  return { version: 1, id, kind, title: subject, lines: [], url: null, trace, fingerprint, ...kept };
}

function lost(host: string, { why, cause, detail }: Extract<Ending<unknown>, { kind: 'failed' }>): AiOpsError {
  const code = codeOf(cause);
  const isUnsent = UNSENT.has(code) || CERTIFICATE.test(code) || (isObject(cause) && cause.syscall === 'connect');
  const parameters = { host, detail: code || detail };
  return why === 'unreachable' && isUnsent ? fail('webhook-unreachable', parameters, cause) : fail('webhook-uncertain', parameters, cause);
}

function refusal(
  verdict: Exclude<ReturnType<typeof judgeAnswer>['verdict'], 'taken'>,
  parameters: { readonly host: string; readonly detail: string },
  later: number | null,
): AiOpsError {
  switch (verdict) {
    case 'busy':
      return fail('webhook-deferred', parameters, later === null || later <= 0 ? undefined : ({ waitMs: later } satisfies Waiting));
    case 'closed':
      return fail('webhook-closed', parameters);
    case 'refused':
      return fail('webhook-rejected', parameters);
    case 'uncertain':
      return fail('webhook-uncertain', parameters);
  }
}
