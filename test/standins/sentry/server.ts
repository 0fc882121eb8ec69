// A Sentry on 127.0.0.1, or a GlitchTip, which knows issues by their number alone. Every call is held against the description.
import { type ApiAnswer, type ApiCall, startApiServer } from '../api-server.ts';
import { createApiCheck } from '../openapi.ts';
import { DESCRIPTION } from './description.ts';

export interface Issue {
  readonly id: string;
  count: number;
  lastSeen: string;
  status: 'unresolved' | 'resolved';
  readonly title: string;
  readonly event: Readonly<Record<string, unknown>>;
}

export interface SentryServer {
  readonly origin: string;
  readonly port: number;
  readonly violations: readonly string[];
  readonly log: readonly string[];
  readonly calls: readonly ApiCall[];
  readonly issues: Issue[];
  readonly comments: { readonly issue: string; readonly text: string }[];
  next(...answers: readonly ApiAnswer[]): void;
  /** The work of the next write is done, and its answer never arrives. */
  loseNext(): void;
  admits(authorization: string | undefined): void;
  close(): Promise<void>;
}

const PAGE = 2;

export async function startSentry(kind: 'sentry' | 'glitchtip' = 'sentry'): Promise<SentryServer> {
  const issues: Issue[] = [];
  const comments: { issue: string; text: string }[] = [];
  const queued: ApiAnswer[] = [];
  let authorization: string | undefined;
  let isLost = false;
  const shown = ({ id, count, lastSeen, title }: Issue) => ({
    ...{ id, count: String(count), lastSeen, title, level: 'error', permalink: `https://sentry.example.com/issues/${id}/` },
    project: { slug: 'shop' },
  });
  const answerTo = (call: ApiCall): ApiAnswer => {
    const { template, method, parameters, query, body } = call;
    if (template.endsWith('}/issues/') && !parameters.id) {
      const all = issues.filter(({ status }) => status === 'unresolved').toSorted((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1));
      const at = Number(/^0:(\d+):0$/.exec(query.get('cursor') ?? '0:0:0')![1]);
      const more = at + PAGE < all.length;
      const link = `<http://elsewhere.invalid/?cursor=0:${at + PAGE}:0>; rel="next"; results="${more}"; cursor="0:${at + PAGE}:0"`;
      return { status: 200, headers: { link }, body: all.slice(at, at + PAGE).map(shown) };
    }
    if (kind === 'glitchtip' && parameters.org !== undefined) return { status: 404, body: { detail: 'Not Found' } };
    const issue = issues.find(({ id }) => id === parameters.id);
    if (issue === undefined) return { status: 404, body: { detail: 'The requested resource does not exist' } };
    if (template.endsWith('/events/latest/')) return { status: 200, body: issue.event };
    if (method === 'PUT') {
      issue.status = 'resolved';
      return { status: 200, body: shown(issue) };
    }
    if (method === 'POST')
      comments.push({ issue: issue.id, text: String(kind === 'sentry' ? body.text : (body.data as { text: string }).text) });
    const told = comments.filter((one) => one.issue === issue.id).map(({ text }, at) => ({ id: String(at), data: { text } }));
    return method === 'POST' ? { status: 201, body: told.at(-1) } : { status: 200, body: told };
  };
  const reply = async (call: ApiCall): Promise<ApiAnswer> => {
    const next = queued.shift();
    if (next !== undefined) return next;
    if (authorization !== undefined && call.headers.authorization !== authorization)
      return { status: 401, body: { detail: 'Invalid token' } };
    const answer = answerTo(call);
    if (!isLost || call.method === 'GET' || answer.status >= 300) return answer;
    isLost = false;
    return { ...answer, lost: true };
  };
  const server = await startApiServer(createApiCheck(DESCRIPTION, new Set()), '', 'x-sentry', reply);
  return {
    ...server,
    ...{ issues, comments, port: Number(new URL(server.origin).port) },
    next: (...answers) => void queued.push(...answers),
    loseNext: () => {
      isLost = true;
    },
    admits: (said) => {
      authorization = said;
    },
  };
}

/** An event as the SDK of a platform makes it: the outermost call first. */
export function eventOf(
  platform: string,
  type: string,
  value: string,
  frames: readonly Readonly<Record<string, unknown>>[],
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    ...{ eventID: 'e1', platform, dateCreated: '2026-03-01T10:00:00.000Z', release: { version: 'shop@2.4.1' } },
    tags: [
      { key: 'environment', value: 'production' },
      { key: 'server_name', value: 'web-3' },
    ],
    entries: [{ type: 'exception', data: { values: [{ type, value, module: more.module, stacktrace: { frames } }] } }],
  };
}
