// What is said on pull requests: comments, line comments and reviews are three lists there.
// Source: docs.github.com REST "issue comments", "pull request review comments", "pull request reviews", "reactions", "collaborators".

import { isObject } from '../../../core/plain-json.ts';
import type { Author, Remark } from '../../../core/policy/follow-up.ts';
import { isClosedByUs } from '../../../core/texts/own-closing.ts';
import { fail } from '../../../errors.ts';
import type { Heard, ListSince } from '../forge/heard.ts';
import type { Where } from '../forge/refusals.ts';
import { shortenBody } from '../forge/shorten.ts';
import { OF_ISSUE, type Standing, type TalkForge } from '../forge/talk.ts';
import { type Answer, explainGitHub, readPull } from './answers.ts';
import { LIMITS } from './issues.ts';

const PAGES = 10;

/** The calls, made by the client of the host. */
export interface TalkCalls {
  pull(number: number, signal: AbortSignal): Promise<Answer>;
  /** Rows of the open ones, as a list had them some seconds ago. */
  open(signal: AbortSignal): Promise<readonly unknown[]>;
  issue(number: number, signal: AbortSignal): Promise<Answer>;
  comments(number: number, page: number, signal: AbortSignal): Promise<Answer>;
  lineComments(number: number, page: number, signal: AbortSignal): Promise<Answer>;
  reviews(number: number, page: number, signal: AbortSignal): Promise<Answer>;
  user(signal: AbortSignal): Promise<Answer>;
  permission(login: string, signal: AbortSignal): Promise<Answer>;
  react(to: 'comment' | 'line' | 'request', id: number, signal: AbortSignal): Promise<Answer>;
  say(number: number, body: string, signal: AbortSignal): Promise<Answer>;
}

/** @param subject what is spoken on: an issue has comments alone */
export function createTalkForge(calls: TalkCalls, where: Where, subject: 'request' | 'issue' = 'request'): TalkForge {
  const garbage = (what: string): Error => fail('host-garbage', { host: where.host, detail: `not ${what}` });
  const all = async (list: (page: number) => Promise<Answer>): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const rows: Readonly<Record<string, unknown>>[] = [];
    for (let page = 1; page <= PAGES; page++) {
      const answer = await list(page);
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
      if (!Array.isArray(answer.data)) throw garbage('a list of comments');
      rows.push(...answer.data.filter(isObject));
      if (answer.data.length < LIMITS.page) break;
    }
    return rows;
  };
  return {
    async standing(number, signal) {
      const answer = await (subject === 'issue' ? calls.issue(number, signal) : calls.pull(number, signal));
      if (!answer.ok && (answer.refusal.status === 404 || answer.refusal.status === 410)) return undefined;
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
      const standing = subject === 'issue' ? issueStanding(answer.data) : readStanding(answer.data);
      if (standing === undefined) throw garbage(subject === 'issue' ? 'an issue' : 'a pull request');
      return standing;
    },
    async standings(signal) {
      if (subject === 'issue') return new Map();
      return new Map(
        (await calls.open(signal)).flatMap((row) => {
          const standing = readStanding(row);
          return standing === undefined || !isObject(row) ? [] : [[Number(row.number), standing] as const];
        }),
      );
    },
    async remarks(number, signal) {
      if (subject === 'issue') {
        const said = await all((page) => calls.comments(number, page, signal));
        return said.flatMap((row) => remarkOf(row, 'comment') ?? []);
      }
      const reviews = await all((page) => calls.reviews(number, page, signal));
      const lines = await all((page) => calls.lineComments(number, page, signal));
      const comments = await all((page) => calls.comments(number, page, signal));
      return [
        ...reviews.flatMap((row, at) => reviewOf(row, reviews.slice(at + 1)) ?? []),
        ...lines.flatMap((row) => lineOf(row, reviews) ?? []),
        ...comments.flatMap((row) => remarkOf(row, 'comment') ?? []),
      ];
    },
    async me(signal) {
      const answer = await calls.user(signal);
      // A token of an app, or of a workflow, is nobody's.
      if (!answer.ok && answer.refusal.status === 403) return null;
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
      return isObject(answer.data) && typeof answer.data.id === 'number' ? String(answer.data.id) : null;
    },
    async mayAsk({ id, name }, signal) {
      const answer = await calls.permission(name, signal);
      if (!answer.ok && answer.refusal.status === 404) return false;
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
      const { permission, user } = isObject(answer.data) ? answer.data : {};
      // A name may have changed hands since.
      const isSame = isObject(user) && String(user.id) === id && user.type !== 'Bot';
      // `maintain` comes as `write`, and `triage` as `read`.
      return isSame && (permission === 'admin' || permission === 'write');
    },
    async acknowledge(number, { id, kind }, signal) {
      const to = kind === 'comment' && id.startsWith('comment:') ? 'comment' : id.startsWith('line:') ? 'line' : 'request';
      const answer = await calls.react(to, to === 'request' ? number : Number(id.split(':')[1]), signal);
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
    },
    async say(number, body, signal) {
      const answer = await calls.say(number, body, signal);
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
      if (!isObject(answer.data) || typeof answer.data.id !== 'number') throw garbage('a comment');
    },
    fitted: (body) => shortenBody(body, LIMITS.body),
  };
}

/** Comments, and line comments, of the whole repository since a moment: both kinds have a list of their own. */
export function listsSince(
  lists: Readonly<Record<'comment' | 'line', (since: string, signal: AbortSignal) => Promise<Answer>>>,
  where: Where,
): readonly ListSince[] {
  return (['comment', 'line'] as const).map((kind) => async (since, signal) => {
    const answer = await lists[kind](since, signal);
    if (!answer.ok) throw explainGitHub(answer.refusal, where);
    if (!Array.isArray(answer.data)) throw fail('host-garbage', { host: where.host, detail: 'not a list of comments' });
    return { rows: answer.data.flatMap((row: unknown) => heardOf(row, kind) ?? []), isLast: answer.data.length < LIMITS.page };
  });
}

function heardOf(row: unknown, kind: 'comment' | 'line'): Heard | undefined {
  if (!isObject(row) || typeof row.id !== 'number' || typeof row.updated_at !== 'string') return undefined;
  const on = /\/(\d+)$/.exec(String(kind === 'comment' ? row.issue_url : row.pull_request_url))?.[1];
  return on === undefined ? undefined : { on: Number(on), id: `${kind}:${row.id}`, at: row.updated_at };
}

function issueStanding(data: unknown): Standing | undefined {
  if (!isObject(data) || typeof data.number !== 'number') return undefined;
  return { ...OF_ISSUE, state: data.state === 'open' ? 'open' : 'closed', labels: labelsIn(data), changedAt: String(data.updated_at) };
}

const labelsIn = ({ labels }: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(labels) ? labels.flatMap((label: unknown) => (isObject(label) ? [String(label.name)] : [])) : [];

function readStanding(data: unknown): Standing | undefined {
  const pull = readPull(data);
  if (pull === undefined || !isObject(data)) return undefined;
  const labels = labelsIn(data);
  const { base, mergeable } = data;
  return {
    ...{ state: pull.state, head: pull.commit, labels, changedAt: String(data.updated_at) },
    isClosedByUs: isClosedByUs(pull.body),
    base: isObject(base) && typeof base.sha === 'string' ? base.sha : null,
    // It is worked out after it was asked for.
    isConflicting: typeof mergeable === 'boolean' ? !mergeable : null,
  };
}

/** @returns `undefined` for what nobody is known to have said: users that are gone are `null` */
function remarkOf(
  row: Readonly<Record<string, unknown>>,
  kind: Remark['kind'],
  prefix = kind === 'thread' ? 'line' : kind,
): Remark | undefined {
  const { id, body, user } = row;
  const at = row.updated_at ?? row.submitted_at;
  const author = authorOf(user);
  if (typeof id !== 'number' || typeof at !== 'string' || author === undefined) return undefined;
  return { id: `${prefix}:${id}`, kind, author, body: typeof body === 'string' ? body : '', at };
}

function authorOf(user: unknown): Author | undefined {
  if (!isObject(user) || typeof user.id !== 'number' || typeof user.login !== 'string') return undefined;
  return { id: String(user.id), name: user.login, isBot: user.type === 'Bot' || user.login.endsWith('[bot]') };
}

/** Whoever has approved later, or whose review was dismissed, does not ask for changes any more. */
function reviewOf(row: Readonly<Record<string, unknown>>, later: readonly Readonly<Record<string, unknown>>[]): Remark | undefined {
  const author = authorOf(row.user);
  const isTakenBack = later.some((other) => other.state === 'APPROVED' && authorOf(other.user)?.id === author?.id);
  return remarkOf(row, row.state === 'CHANGES_REQUESTED' && !isTakenBack ? 'review' : 'comment', 'review');
}

/** A thread begins with a line comment; what is said in an approving review is no order. */
function lineOf(row: Readonly<Record<string, unknown>>, reviews: readonly Readonly<Record<string, unknown>>[]): Remark | undefined {
  const review = reviews.find(({ id }) => id === row.pull_request_review_id);
  const isOrder = typeof row.in_reply_to_id !== 'number' && !TALK.has(String(review?.state));
  const remark = remarkOf(row, isOrder ? 'line' : 'thread');
  // Where the line has changed since, GitHub knows only where it was.
  const line = row.line ?? row.original_line;
  return (
    remark && { ...remark, ...(typeof row.path === 'string' ? { path: row.path } : {}), ...(typeof line === 'number' ? { line } : {}) }
  );
}

const TALK: ReadonlySet<string> = new Set(['APPROVED', 'DISMISSED', 'PENDING']);
