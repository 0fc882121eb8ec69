// Says on the issues of Sentry or GlitchTip that an incident came from what has become of it: a note with the address of the
// request, and, where it is wanted, that the issue is resolved when the fix is confirmed. Each try looks first whether the
// note stands there, so that a try of which nobody knows what came may be repeated.
import { isObject, parsedJson } from '../../../core/plain-json.ts';
import { readAddress } from '../../../core/source-address.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import { createHttp, retryAfterMs, textOf } from '../../../platform/http/client.ts';
import type { ProxyEnv } from '../../../platform/http/exchange.ts';
import type { Message, Notice, Notifier } from '../../../ports.ts';

export interface SentryNoteSettings {
  readonly note: boolean;
  readonly resolve: boolean;
  /** What the server of an issue may be shown. @throws AiOpsError `log-unbound` */
  readonly authorization: (source: string) => string | undefined;
  readonly userAgent: string;
  readonly proxyEnv?: ProxyEnv;
}

const BOUNDS = { connectMs: 10_000, headMs: 30_000, silenceMs: 30_000, wholeMs: 60_000, maxBytes: 4 * 1024 * 1024 };
const ISSUE = /^(sentry:\/\/.+)#(\d+)$/i;

export function createSentryNotifier(settings: SentryNoteSettings): Notifier {
  const http = createHttp({ bounds: BOUNDS, proxyEnv: settings.proxyEnv });

  const ask = async (
    issue: Issue,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body: object | undefined,
    signal: AbortSignal,
  ): Promise<unknown> => {
    const said = settings.authorization(issue.source);
    const headers = {
      accept: 'application/json',
      'user-agent': settings.userAgent,
      ...(said === undefined ? {} : { authorization: said }),
    };
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    for (const of of [`organizations/${encodeURIComponent(issue.organization)}/`, '']) {
      const url = `${issue.base}/api/0/${of}issues/${issue.id}/${path}`;
      const ending = await http(
        { url, method, headers: { ...headers, ...type }, ...json, signal, isRead: method === 'GET' },
        async (answer) => ({
          ...{ status: answer.status, later: retryAfterMs(answer.headers.get('retry-after'), new Date()), text: await textOf(answer) },
        }),
      );
      if (ending.kind === 'failed') throw fail('sentry-deferred', { host: issue.host, detail: ending.detail }, ending.cause);
      const { status, text, later } = ending.value;
      // A server that knows the path of issues alone.
      if (status === 404 && of !== '') continue;
      if (status >= 300) throw refusal(issue.host, status, later);
      return parsedJson(text);
    }
    throw refusal(issue.host, 404, null);
  };

  const note = async (issue: Issue, text: string, signal: AbortSignal): Promise<string> => {
    const known = await ask(issue, 'GET', 'comments/', undefined, signal);
    if (Array.isArray(known) && known.some((one) => isObject(one) && isObject(one.data) && one.data.text === text))
      return 'the note is there already';
    // Sentry reads the one, GlitchTip the other.
    await ask(issue, 'POST', 'comments/', { text, data: { text } }, signal);
    return 'noted';
  };

  return {
    name: 'sentry',
    takes: ({ kind, sources = [] }) =>
      sources.some((source) => ISSUE.test(source)) &&
      ((kind === 'proposed' && settings.note) || (kind === 'confirmed' && settings.resolve)),
    address: (id) => ({ deliveryId: `ai-ops.${id}`, recipients: ['issue'] }),
    texts: (notice) => ({ text: JSON.stringify(keptOf(notice)), html: '', patch: '' }),
    async send(message, signal) {
      const { line, issues } = readKept(message);
      const done: string[] = [];
      for (const issue of issues) {
        if (message.kind === 'confirmed') await ask(issue, 'PUT', '', { status: 'resolved' }, signal);
        const what = message.kind === 'confirmed' ? 'resolved' : await note(issue, line, signal);
        done.push(`${what}: issue ${issue.id} at ${issue.host}`);
      }
      return { said: done.join('; '), later: [], refused: [] };
    },
    check: async () => [
      {
        name: 'notes on issues of Sentry',
        status: 'ok',
        detail: `${settings.note ? 'written' : 'not written'}${settings.resolve ? ', issues are resolved when a fix is confirmed' : ''}; not tried`,
      },
    ],
  };
}

interface Issue {
  readonly source: string;
  readonly base: string;
  readonly host: string;
  readonly organization: string;
  readonly id: string;
}

const keptOf = ({ line, sources = [] }: Notice): object => ({ line, sources: sources.filter((source) => ISSUE.test(source)) });

function readKept({ text, id }: Message): { readonly line: string; readonly issues: readonly Issue[] } {
  const kept = parsedJson(text);
  if (!isObject(kept) || typeof kept.line !== 'string' || !Array.isArray(kept.sources))
    throw fail('bug', { detail: `the message ${id} is of no issue` });
  return { line: kept.line, issues: kept.sources.flatMap((source: unknown) => issueOf(String(source))) };
}

function issueOf(name: string): readonly Issue[] {
  const [, source = '', id = ''] = ISSUE.exec(name) ?? [];
  const reading = readAddress(source);
  if ('problem' in reading) return [];
  const { base, host, path } = reading.address;
  return [{ source, base, host, organization: path[0] ?? '', id }];
}

function refusal(host: string, status: number, later: number | null): AiOpsError {
  const detail = `it says ${status}`;
  if (status !== 429 && status < 500) return fail('sentry-refused', { host, detail });
  return fail('sentry-deferred', { host, detail }, later === null || later <= 0 ? undefined : { waitMs: later });
}
