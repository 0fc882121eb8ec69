// What is said on merge requests: notes in discussions. A review there is the notes that were sent together, and its verdict
// has no words; so line comments count, and ordinary notes where they are for us.
// Source: docs.gitlab.com "discussions API", "notes API", "members API", "emoji reactions API", "users API".

import { isObject } from '../../../core/plain-json.ts';
import type { Author, Remark } from '../../../core/policy/follow-up.ts';
import { isClosedByUs } from '../../../core/texts/own-closing.ts';
import { fail } from '../../../errors.ts';
import type { Where } from '../forge/refusals.ts';
import { shortenBody } from '../forge/shorten.ts';
import { OF_ISSUE, type Standing, type TalkForge } from '../forge/talk.ts';
import { type Answer, explainGitLab, readMergeRequest } from './answers.ts';
import { LIMITS } from './issues.ts';

const PAGES = 10;
/** Of a member. */
const DEVELOPER = 30;

/** The calls, made by the client of the host. */
export interface TalkCalls {
  show(iid: number, signal: AbortSignal): Promise<Answer>;
  /** Rows of the open ones, as a list had them some seconds ago. */
  open(signal: AbortSignal): Promise<readonly unknown[]>;
  discussions(iid: number, page: number, signal: AbortSignal): Promise<Answer>;
  user(signal: AbortSignal): Promise<Answer>;
  userOf(id: number, signal: AbortSignal): Promise<Answer>;
  member(id: number, signal: AbortSignal): Promise<Answer>;
  award(iid: number, note: number, signal: AbortSignal): Promise<Answer>;
  say(iid: number, body: string, signal: AbortSignal): Promise<Answer>;
}

/** @param subject what is spoken on */
export function createTalkForge(calls: TalkCalls, where: Where, subject: 'request' | 'issue' = 'request'): TalkForge {
  const garbage = (what: string): Error => fail('host-garbage', { host: where.host, detail: `not ${what}` });
  return {
    async standing(iid, signal) {
      const answer = await calls.show(iid, signal);
      if (!answer.ok && answer.refusal.status === 404) return undefined;
      if (!answer.ok) throw explainGitLab(answer.refusal, where);
      const standing = subject === 'issue' ? issueStanding(answer.data) : readStanding(answer.data);
      if (standing === undefined) throw garbage(subject === 'issue' ? 'an issue' : 'a merge request');
      return standing;
    },
    async standings(signal) {
      if (subject === 'issue') return new Map();
      return new Map(
        (await calls.open(signal)).flatMap((row) => {
          const standing = readStanding(row);
          return standing === undefined || !isObject(row) ? [] : [[Number(row.iid), standing] as const];
        }),
      );
    },
    async remarks(iid, signal) {
      const remarks: Remark[] = [];
      for (let page = 1; page <= PAGES; page++) {
        const answer = await calls.discussions(iid, page, signal);
        if (!answer.ok) throw explainGitLab(answer.refusal, where);
        if (!Array.isArray(answer.data)) throw garbage('a list of discussions');
        for (const row of answer.data) {
          const notes = isObject(row) && Array.isArray(row.notes) ? row.notes.filter(isObject) : [];
          remarks.push(...notes.flatMap((note, at) => remarkOf(note, at === 0) ?? []));
        }
        if (answer.data.length < LIMITS.page) break;
      }
      return remarks;
    },
    async me(signal) {
      const answer = await calls.user(signal);
      if (!answer.ok) throw explainGitLab(answer.refusal, where);
      return isObject(answer.data) && typeof answer.data.id === 'number' ? String(answer.data.id) : null;
    },
    async mayAsk({ id }, signal) {
      const member = await calls.member(Number(id), signal);
      if (!member.ok && member.refusal.status === 404) return false;
      if (!member.ok) throw explainGitLab(member.refusal, where);
      const { access_level: level, state } = isObject(member.data) ? member.data : {};
      if (state !== 'active' || typeof level !== 'number' || level < DEVELOPER) return false;
      // Access tokens of projects and groups, and service accounts, are members too.
      const user = await calls.userOf(Number(id), signal);
      if (!user.ok) throw explainGitLab(user.refusal, where);
      return isObject(user.data) && user.data.bot !== true;
    },
    async acknowledge(iid, { id }, signal) {
      const answer = await calls.award(iid, Number(id.split(':')[1]), signal);
      // It has one already.
      if (!answer.ok && answer.refusal.status === 404) return;
      if (!answer.ok) throw explainGitLab(answer.refusal, where);
    },
    async say(iid, body, signal) {
      const answer = await calls.say(iid, body, signal);
      if (!answer.ok) throw explainGitLab(answer.refusal, where);
      if (!isObject(answer.data) || typeof answer.data.id !== 'number') throw garbage('a note');
    },
    fitted: (body) => shortenBody(body, LIMITS.body),
  };
}

function issueStanding(data: unknown): Standing | undefined {
  if (!isObject(data) || typeof data.iid !== 'number') return undefined;
  const labels = Array.isArray(data.labels) ? data.labels.map(String) : [];
  return { ...OF_ISSUE, state: data.state === 'opened' ? 'open' : 'closed', labels, changedAt: String(data.updated_at) };
}

/** Others are being worked out. */
const SETTLED = new Set(['can_be_merged', 'cannot_be_merged']);

function readStanding(data: unknown): Standing | undefined {
  const request = readMergeRequest(data);
  if (request === undefined || !isObject(data)) return undefined;
  const labels = Array.isArray(data.labels) ? data.labels.map(String) : [];
  const { diff_refs: refs, has_conflicts: conflicts, merge_status: merging } = data;
  return {
    ...{ state: request.state, head: request.commit, labels, changedAt: String(data.updated_at) },
    isClosedByUs: isClosedByUs(request.body),
    base: isObject(refs) && typeof refs.base_sha === 'string' ? refs.base_sha : null,
    isConflicting: SETTLED.has(String(merging)) && typeof conflicts === 'boolean' ? conflicts : null,
  };
}

/** @returns `undefined` for what GitLab itself has written, and for internal notes: what is done about a remark is told to everybody */
function remarkOf(note: Readonly<Record<string, unknown>>, isFirst: boolean): Remark | undefined {
  const { id, type, body, author, updated_at: at, system, internal, confidential, resolved, position } = note;
  const by = authorOf(author);
  if (typeof id !== 'number' || typeof at !== 'string' || by === undefined) return undefined;
  if (system === true || internal === true || confidential === true) return undefined;
  const text = typeof body === 'string' ? body : '';
  if (type !== 'DiffNote') return { id: `comment:${id}`, kind: 'comment', author: by, body: text, at };
  const { new_path: path, old_path: oldPath, new_line: line, old_line: oldLine } = isObject(position) ? position : {};
  const place = { path: path ?? oldPath, line: line ?? oldLine };
  return {
    id: `line:${id}`,
    // What was resolved is settled among people.
    kind: isFirst && resolved !== true ? 'line' : 'thread',
    author: by,
    body: text,
    at,
    ...(typeof place.path === 'string' ? { path: place.path } : {}),
    ...(typeof place.line === 'number' ? { line: place.line } : {}),
  };
}

function authorOf(author: unknown): Author | undefined {
  if (!isObject(author) || typeof author.id !== 'number' || typeof author.username !== 'string') return undefined;
  return { id: String(author.id), name: author.username, isBot: /^(?:project|group)_\d+_bot/.test(author.username) };
}
