// What is said on the merge requests of the GitLab stand-in: notes in discussions, awards, members.
import type { ApiAnswer, ApiCall } from '../api-server.ts';
import type { StoredIssue } from './issues.ts';
import { PROJECT_ID, type Site, type StoredMergeRequest, user } from './objects.ts';
import { type GitLabToken, refusal, type World } from './server.ts';

export interface StoredNote {
  readonly id: number;
  readonly iid: number;
  readonly discussion: string;
  readonly author: string;
  readonly createdAt: string;
  readonly path?: string;
  readonly line?: number;
  readonly system?: true;
  /** Seen by members alone. */
  readonly internal?: true;
  changedAt: string;
  body: string;
  isResolved: boolean;
  /** Who has awarded what, `robot eyes`. */
  awards: readonly string[];
}

export interface StoredTalk {
  readonly notes: StoredNote[];
  /** Access levels; people who are not named are no members. */
  readonly rights: Record<string, number>;
}

/** What people, and programs, do on the pages. */
export interface TalkHands extends StoredTalk {
  noteByHand(iid: number, author: string, body: string, at?: string): number;
  internalNoteByHand(iid: number, author: string, body: string, at?: string): number;
  issueNoteByHand(iid: number, author: string, body: string, at?: string): number;
  lineNoteByHand(iid: number, author: string, note: { path: string; line: number; body: string }, at?: string): number;
  replyByHand(note: number, author: string, body: string, at?: string): number;
  editByHand(note: number, body: string, at?: string): void;
  resolveByHand(note: number): void;
  labelByHand(iid: number, label: string): void;
}

const REQUEST = '/projects/{id}/merge_requests/{iid}';
const ISSUE = '/projects/{id}/issues/{iid}';

/** What can be spoken on. Numbers of issues and of merge requests are two rows: notes of issues have negative ones here. */
type Spoken = Pick<StoredMergeRequest, 'iid' | 'touched' | 'changedAt'>;
const REPORTER = 20;
const QUICK_ACTION = /^\/(?:close|reopen|merge|approve|label|assign|draft|ready|rebase)\b/;

/** @returns `undefined` for a call of another kind */
export function talkReply(world: World, call: ApiCall, token: GitLabToken): ApiAnswer | undefined {
  const { talk, site } = world;
  const request = world.requests.find(({ iid }) => iid === Number(call.parameters.iid));
  const gone = refusal(404, '404 Not found');
  if (call.template.startsWith(ISSUE)) return issueTalkReply(world, call, token);
  switch (`${call.method} ${call.template}`) {
    case 'GET /projects/{id}/members/all/{user_id}': {
      const name = nameOf(world, call.parameters.user_id);
      const level = name === undefined ? undefined : talk.rights[name];
      if (name === undefined || level === undefined) return refusal(404, '404 Not found');
      const about = { access_level: level, created_at: site().now, created_by: user(site(), 'person'), expires_at: null };
      return { status: 200, body: { ...user(site(), name), ...about, membership_state: 'active' } };
    }
    case `GET ${REQUEST}/discussions`:
      return request === undefined ? gone : discussions(world, request, call);
    case `POST ${REQUEST}/notes`: {
      if (request === undefined) return gone;
      if (token.accessLevel < REPORTER) return refusal(403, '403 Forbidden');
      const body = String(call.body.body);
      if (body === '') return refusal(400, '400 Bad request - Note {:note=>["can\'t be blank"]}');
      if (body.length > 1_000_000) return refusal(400, '400 Bad request - Note {:note=>["is too long (maximum is 1000000 characters)"]}');
      // Quick actions alone make no note: they are done, and the answer has no number.
      if (body.split('\n').every((line) => QUICK_ACTION.test(line)))
        return { status: 202, body: { commands_changes: {}, summary: ['Done.'] } };
      return { status: 201, body: noteObject(site(), request, store(world, request, { author: token.login, body })) };
    }
    case `POST ${REQUEST}/notes/{note_id}/award_emoji`: {
      const note = talk.notes.find(({ id }) => id === Number(call.parameters.note_id));
      if (request === undefined || note === undefined) return refusal(404, '404 Award Emoji Not Found');
      return awarded(world, note, call, token);
    }
    default:
      return undefined;
  }
}

function awarded({ site }: World, note: StoredNote, call: ApiCall, token: GitLabToken): ApiAnswer {
  const mine = `${token.login} ${String(call.body.name)}`;
  // GitLab answers so where the same user has given the same before.
  if (note.awards.includes(mine)) return refusal(404, '404 Award Emoji Name has already been taken Not Found');
  note.awards = [...note.awards, mine];
  const times = { created_at: site().now, updated_at: site().now };
  const award = { id: 1, name: String(call.body.name), user: user(site(), token.login), ...times };
  return { status: 201, body: { ...award, awardable_id: note.id, awardable_type: 'Note', url: null } };
}

/** The same on issues, for whoever may see them. */
function issueTalkReply(world: World, call: ApiCall, token: GitLabToken): ApiAnswer | undefined {
  const issue = world.issues.find(({ iid }) => iid === Number(call.parameters.iid));
  const gone = refusal(404, '404 Not found');
  const spoken = issue && spokenOf(issue);
  switch (`${call.method} ${call.template}`) {
    case `GET ${ISSUE}/discussions`:
      return spoken === undefined ? gone : discussions(world, spoken, call);
    case `POST ${ISSUE}/notes`: {
      if (spoken === undefined || issue === undefined) return gone;
      if (token.accessLevel < REPORTER) return refusal(403, '403 Forbidden');
      const stored = store(world, spoken, { author: token.login, body: String(call.body.body) });
      touchIssue(issue, world.site());
      return { status: 201, body: noteObject(world.site(), spoken, stored) };
    }
    case `POST ${ISSUE}/notes/{note_id}/award_emoji`: {
      const note = world.talk.notes.find(({ id }) => id === Number(call.parameters.note_id));
      return note === undefined ? refusal(404, '404 Award Emoji Not Found') : awarded(world, note, call, token);
    }
    default:
      return undefined;
  }
}

const spokenOf = ({ iid }: StoredIssue): Spoken => ({ iid: -iid });

function touchIssue(issue: StoredIssue, { now }: Site): void {
  issue.touched = (issue.touched ?? 0) + 1;
  issue.changedAt = now;
}

export function userReply(world: World, call: ApiCall): ApiAnswer {
  const name = nameOf(world, call.parameters.user_id);
  if (name === undefined) return refusal(404, '404 User Not Found');
  return { status: 200, body: knownUser(world.site(), name) };
}

/** A user as everybody may know them. */
export function knownUser(site: Site, name: string): Readonly<Record<string, unknown>> {
  const texts = { bio: '', linkedin: '', twitter: '', discord: '', website_url: '', github: '', job_title: '' };
  const nothing = { location: null, pronouns: null, organization: null, work_information: null, local_time: null };
  const counts = { followers: 0, following: 0, is_followed: false };
  return { ...user(site, name), created_at: site.now, bot: isBot(name), ...texts, ...nothing, ...counts };
}

/** Access tokens have users of such names; a service account may be called as it likes. */
const isBot = (name: string): boolean => /^(?:project|group)_\d+_bot/.test(name) || name.startsWith('service');

/** Whoever has said something, or has a right. */
function nameOf({ talk, site }: World, id: string | undefined): string | undefined {
  const names = [...Object.keys(talk.rights), ...talk.notes.map(({ author }) => author)];
  return names.find((name) => String(user(site(), name).id) === id);
}

function store(
  { talk, site }: World,
  request: Spoken,
  note: Pick<StoredNote, 'author' | 'body'> & Partial<StoredNote>,
  at = site().now,
): StoredNote {
  const id = 300 + talk.notes.length;
  const fresh = { discussion: `d${id}`, isResolved: false, awards: [] };
  const stored: StoredNote = { ...fresh, ...note, id, iid: request.iid, createdAt: at, changedAt: at };
  talk.notes.push(stored);
  touch(request, site());
  return stored;
}

function touch(request: Spoken, { now }: Site): void {
  request.touched = (request.touched ?? 0) + 1;
  request.changedAt = now;
}

export function talkHands(world: World): TalkHands {
  const { talk, site } = world;
  const requestOf = (number: number): StoredMergeRequest => {
    const found = world.requests.find(({ iid }) => iid === number);
    if (found === undefined) throw new Error(`no merge request ${number}`);
    return found;
  };
  const noteOf = (number: number): StoredNote => {
    const found = talk.notes.find(({ id }) => id === number);
    if (found === undefined) throw new Error(`no note ${number}`);
    return found;
  };
  const change = (note: StoredNote, fields: Partial<StoredNote>): void => {
    Object.assign(note, fields);
    touch(requestOf(note.iid), site());
  };
  return {
    ...talk,
    issueNoteByHand(number, author, body, at) {
      const issue = world.issues.find(({ iid }) => iid === number);
      if (issue === undefined) throw new Error(`no issue ${number}`);
      touchIssue(issue, site());
      return store(world, spokenOf(issue), { author, body }, at).id;
    },
    noteByHand: (iid, author, body, at) => store(world, requestOf(iid), { author, body }, at).id,
    internalNoteByHand: (iid, author, body, at) => store(world, requestOf(iid), { author, body, internal: true }, at).id,
    lineNoteByHand: (iid, author, note, at) => store(world, requestOf(iid), { author, ...note }, at).id,
    replyByHand(note, author, body, at) {
      const { iid, discussion, path, line } = noteOf(note);
      const place = { ...(path === undefined ? {} : { path }), ...(line === undefined ? {} : { line }) };
      return store(world, requestOf(iid), { author, body, discussion, ...place }, at).id;
    },
    editByHand: (note, body, at = site().now) => change(noteOf(note), { body, changedAt: at }),
    resolveByHand: (note) => change(noteOf(note), { isResolved: true }),
    labelByHand(iid, name) {
      const request = requestOf(iid);
      request.labels = [...(request.labels ?? []), name];
      touch(request, site());
    },
  };
}

function discussions({ talk, site }: World, request: Spoken, { query }: ApiCall): ApiAnswer {
  const notes = talk.notes.filter(({ iid }) => iid === request.iid);
  const ids = [...new Set(notes.map(({ discussion }) => discussion))];
  const rows = ids.map((id) => {
    const those = notes.filter(({ discussion }) => discussion === id);
    const isAlone = those.length === 1 && those[0]?.path === undefined;
    return { id, individual_note: isAlone, notes: those.map((note) => noteObject(site(), request, note, isAlone)) };
  });
  const [size, page] = [Number(query.get('per_page') ?? 20), Number(query.get('page') ?? 1)];
  return { status: 200, body: rows.slice((page - 1) * size, page * size) };
}

function noteObject(site: Site, request: Spoken, note: StoredNote, isAlone = true) {
  const isLine = note.path !== undefined;
  const sha = 'c'.repeat(40);
  const position = {
    ...{ base_sha: sha, start_sha: sha, head_sha: sha, old_path: note.path, new_path: note.path, position_type: 'text' },
    ...{ old_line: null, new_line: note.line ?? null },
  };
  return {
    ...{ id: note.id, type: isLine ? 'DiffNote' : isAlone ? null : 'DiscussionNote', body: note.body, attachment: null },
    author: user(site, note.author),
    ...{ created_at: note.createdAt, updated_at: note.changedAt, system: note.system === true, noteable_id: 9000 + Math.abs(request.iid) },
    ...{
      noteable_type: request.iid < 0 ? 'Issue' : 'MergeRequest',
      project_id: PROJECT_ID,
      resolvable: isLine,
      confidential: note.internal === true,
      internal: note.internal === true,
    },
    ...{ imported: false, imported_from: 'none', noteable_iid: Math.abs(request.iid), commands_changes: {} },
    ...(isLine ? { commit_id: null, position, suggestions: [] } : {}),
    ...(isLine ? { resolved: note.isResolved, resolved_by: null, resolved_at: null } : {}),
  };
}
