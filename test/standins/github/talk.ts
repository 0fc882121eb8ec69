// What is said on the pull requests of the GitHub stand-in: comments, line comments, reviews, reactions, and who may write.
import type { ApiAnswer, ApiCall } from '../api-server.ts';
import { type Site, type StoredPull, user } from './objects.ts';
import { forbidden, invalid, refusal } from './refusals.ts';
import type { World } from './server.ts';
import type { GitHubToken } from './tokens.ts';

export interface StoredComment {
  readonly id: number;
  readonly pull: number;
  readonly author: string;
  readonly createdAt: string;
  changedAt: string;
  body: string;
  /** Who has reacted, `robot eyes`. */
  reactions: readonly string[];
  /** Of a line comment. */
  readonly path?: string;
  readonly line?: number;
  readonly review?: number;
  readonly replyTo?: number;
}

export interface StoredReview {
  readonly id: number;
  readonly pull: number;
  readonly author: string;
  readonly body: string;
  readonly at: string;
  state: 'COMMENTED' | 'CHANGES_REQUESTED' | 'APPROVED' | 'DISMISSED';
}

/** What people, and programs, do on the pages. */
export interface TalkHands {
  readonly comments: readonly StoredComment[];
  readonly reviews: readonly StoredReview[];
  /** Who has which right; people who are not named are nobody. */
  readonly rights: Record<string, 'admin' | 'write' | 'read' | 'none'>;
  commentByHand(pull: number, author: string, body: string, at?: string): number;
  reviewByHand(
    pull: number,
    author: string,
    review: { state: StoredReview['state']; body?: string; lines?: readonly { path: string; line: number; body: string }[] },
    at?: string,
  ): number;
  replyByHand(comment: number, author: string, body: string, at?: string): number;
  editByHand(comment: number, body: string, at?: string): void;
  labelByHand(pull: number, label: string): void;
}

const REPO = '/repos/{owner}/{repo}';
const OF_ISSUE = `${REPO}/issues/{issue_number}`;
const OF_PULL = `${REPO}/pulls/{pull_number}`;
const REACTIONS = [
  `${OF_ISSUE}/reactions`,
  `${REPO}/issues/comments/{comment_id}/reactions`,
  `${REPO}/pulls/comments/{comment_id}/reactions`,
];
const PERMISSION = `${REPO}/collaborators/{username}/permission`;

/** Real answers that the description forgets. */
export const TALK_ERRATA = [
  ...[
    `GET ${OF_ISSUE}/comments`,
    `GET ${REPO}/issues/comments`,
    `GET ${REPO}/pulls/comments`,
    `GET ${OF_PULL}/comments`,
    `GET ${OF_PULL}/reviews`,
    `POST ${OF_ISSUE}/comments`,
    `GET ${PERMISSION}`,
  ].flatMap((call) => ['401', '403', '404'].map((status) => `${call} ${status}`)),
  ...REACTIONS.flatMap((template) => ['401', '403', '404'].map((status) => `POST ${template} ${status}`)),
];

type Place = Pick<World, 'site' | 'pulls' | 'issues' | 'options' | 'talk'>;

/** A pull request or an issue: both have comments. */
type Spoken = Pick<StoredPull, 'number' | 'touched' | 'changedAt'>;

export interface StoredTalk {
  readonly comments: StoredComment[];
  readonly reviews: StoredReview[];
  readonly rights: TalkHands['rights'];
}

/** @returns `undefined` for a call of another kind */
export function talkReply(world: Place, call: ApiCall, token: GitHubToken): ApiAnswer | undefined {
  const { site, talk } = world;
  const pull = world.pulls.find(({ number }) => number === Number(call.parameters.pull_number ?? call.parameters.issue_number));
  const spoken: Spoken | undefined = pull ?? world.issues.find(({ number }) => number === Number(call.parameters.issue_number));
  const gone = refusal(404, 'Not Found');
  switch (`${call.method} ${call.template}`) {
    case `GET ${PERMISSION}`: {
      const login = String(call.parameters.username);
      // Only who may push may ask for the rights of others.
      if (token.access !== 'write') return forbidden('metadata');
      const right = talk.rights[login];
      if (right === undefined) return refusal(404, 'Not Found');
      const role = right === 'none' ? 'read' : right;
      return { status: 200, body: { permission: right, role_name: right, user: { ...user(site(), login), role_name: role } } };
    }
    case `GET ${REPO}/issues/comments`:
      return paged(
        world,
        call,
        since(call, talk.comments.filter(isPlain)).map((each) => commentObject(site(), each)),
      );
    case `GET ${REPO}/pulls/comments`:
      return paged(
        world,
        call,
        since(
          call,
          talk.comments.filter((each) => !isPlain(each)),
        ).map((each) => lineObject(site(), each)),
      );
    case `GET ${OF_ISSUE}/comments`:
      if (spoken === undefined) return gone;
      return paged(
        world,
        call,
        ofPull(talk, spoken)
          .filter(isPlain)
          .map((each) => commentObject(site(), each)),
      );
    case `POST ${OF_ISSUE}/comments`: {
      if (spoken === undefined) return gone;
      if (!token.pulls && token.issues === false) return forbidden('issues=write; pull_requests');
      const { body } = call.body;
      if (typeof body !== 'string' || body === '')
        return invalid({ resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body cannot be blank' });
      if ([...body].length > 65_536)
        return invalid({
          resource: 'IssueComment',
          code: 'unprocessable',
          field: 'data',
          message: 'Body is too long (maximum is 65536 characters)',
        });
      return { status: 201, body: commentObject(site(), store(world, spoken, { author: token.login, body })) };
    }
    case `GET ${OF_PULL}/comments`:
      if (pull === undefined) return gone;
      return paged(
        world,
        call,
        ofPull(talk, pull)
          .filter((each) => !isPlain(each))
          .map((each) => lineObject(site(), each)),
      );
    case `GET ${OF_PULL}/reviews`:
      if (pull === undefined) return gone;
      return paged(
        world,
        call,
        talk.reviews.filter((each) => each.pull === pull.number).map((each) => reviewObject(site(), pull, each)),
      );
    case `POST ${REACTIONS[0]}`:
      return pull === undefined ? gone : { status: 201, body: reaction(site(), token.login, String(call.body.content)) };
    case `POST ${REACTIONS[1]}`:
    case `POST ${REACTIONS[2]}`: {
      const isPlainOne = call.template === REACTIONS[1];
      const comment = talk.comments.find(({ id, ...each }) => id === Number(call.parameters.comment_id) && isPlain(each) === isPlainOne);
      if (comment === undefined) return gone;
      const mine = `${token.login} ${String(call.body.content)}`;
      const isThere = comment.reactions.includes(mine);
      if (!isThere) comment.reactions = [...comment.reactions, mine];
      return { status: isThere ? 200 : 201, body: reaction(site(), token.login, String(call.body.content)) };
    }
    default:
      return undefined;
  }
}

const isPlain = ({ path }: Pick<StoredComment, 'path'>): boolean => path === undefined;

const ofPull = ({ comments }: StoredTalk, { number }: Spoken): readonly StoredComment[] => comments.filter(({ pull }) => pull === number);

function paged({ site, options }: Place, { query, template }: ApiCall, rows: readonly unknown[]): ApiAnswer {
  const [size, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  const more = { link: `<${site().api}${template.replace('{owner}/{repo}', options.project)}?page=${page + 1}>; rel="next"` };
  return { status: 200, body: rows.slice((page - 1) * size, page * size), headers: page * size < rows.length ? more : {} };
}

function store(
  { talk, site }: Pick<Place, 'talk' | 'site'>,
  pull: Spoken,
  comment: Pick<StoredComment, 'author' | 'body'> & Partial<StoredComment>,
  at = site().now,
): StoredComment {
  const id = 500 + talk.comments.length + talk.reviews.length;
  const stored: StoredComment = { ...comment, id, pull: pull.number, createdAt: at, changedAt: at, reactions: [] };
  talk.comments.push(stored);
  touch(pull, site());
  return stored;
}

/** Of all requests and issues: the moment itself is among them, and so is what was changed later. */
function since({ query }: ApiCall, comments: readonly StoredComment[]): readonly StoredComment[] {
  const from = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z');
  const times = comments.filter(({ changedAt }) => Date.parse(changedAt) >= from);
  const key = query.get('sort') === 'updated' ? 'changedAt' : 'createdAt';
  const sorted = times.toSorted((a, b) => Date.parse(a[key]) - Date.parse(b[key]));
  return query.get('direction') === 'desc' ? sorted.toReversed() : sorted;
}

function touch(pull: Spoken, { now }: Site): void {
  pull.touched = (pull.touched ?? 0) + 1;
  pull.changedAt = now;
}

export function talkHands(world: Pick<Place, 'talk' | 'site' | 'pulls' | 'issues'>): TalkHands {
  const { talk, site } = world;
  const byNumber = (number: number): StoredPull => {
    const pull = world.pulls.find((each) => each.number === number);
    if (pull === undefined) throw new Error(`no pull request ${number}`);
    return pull;
  };
  return {
    ...talk,
    commentByHand: (number, author, body, at) =>
      store(world, world.issues.find((each) => each.number === number) ?? byNumber(number), { author, body }, at).id,
    reviewByHand(number, author, { state, body = '', lines = [] }, at = site().now) {
      const pull = byNumber(number);
      const id = 500 + talk.comments.length + talk.reviews.length;
      talk.reviews.push({ id, pull: number, author, body, at, state });
      touch(pull, site());
      for (const each of lines) store(world, pull, { ...each, author, review: id }, at);
      return id;
    },
    replyByHand(comment, author, body, at) {
      const to = talk.comments.find(({ id }) => id === comment);
      if (to?.path === undefined) throw new Error(`no line comment ${comment}`);
      const { path, line, pull } = to;
      return store(world, byNumber(pull), { author, body, path, replyTo: comment, ...(line === undefined ? {} : { line }) }, at).id;
    },
    editByHand(comment, body, at = site().now) {
      const found = talk.comments.find(({ id }) => id === comment);
      if (found === undefined) throw new Error(`no comment ${comment}`);
      Object.assign(found, { body, changedAt: at });
      touch(world.issues.find((each) => each.number === found.pull) ?? byNumber(found.pull), site());
    },
    labelByHand(number, name) {
      const pull = byNumber(number);
      pull.labels = [...(pull.labels ?? []), name];
      touch(pull, site());
    },
  };
}

function addresses(site: Site, { pull, id }: Pick<StoredComment, 'pull' | 'id'>) {
  const page = `${site.web}/${site.project}/pull/${pull}`;
  const api = `${site.api}/repos/${site.project}`;
  return { page, api, pullUrl: `${api}/pulls/${pull}`, id };
}

function commentObject(site: Site, comment: StoredComment) {
  const { page, api } = addresses(site, comment);
  return {
    ...{ id: comment.id, node_id: `IC_${comment.id}`, url: `${api}/issues/comments/${comment.id}` },
    ...{ html_url: `${page}#issuecomment-${comment.id}`, issue_url: `${api}/issues/${comment.pull}`, body: comment.body },
    ...{ user: user(site, comment.author), created_at: comment.createdAt, updated_at: comment.changedAt },
    ...{ author_association: 'NONE', performed_via_github_app: null },
  };
}

function lineObject(site: Site, comment: StoredComment) {
  const { page, api, pullUrl } = addresses(site, comment);
  const [url, html] = [`${api}/pulls/comments/${comment.id}`, `${page}#discussion_r${comment.id}`];
  return {
    ...{ url, id: comment.id, node_id: `PRRC_${comment.id}`, pull_request_review_id: comment.review ?? null, diff_hunk: '@@ -1 +1 @@' },
    ...{ path: comment.path, commit_id: 'c'.repeat(40), original_commit_id: 'c'.repeat(40), user: user(site, comment.author) },
    ...{ body: comment.body, created_at: comment.createdAt, updated_at: comment.changedAt, html_url: html, pull_request_url: pullUrl },
    author_association: 'NONE',
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    ...{ line: comment.line, original_line: comment.line, side: 'RIGHT' },
    ...(comment.replyTo === undefined ? {} : { in_reply_to_id: comment.replyTo }),
  };
}

function reviewObject(site: Site, pull: StoredPull, review: StoredReview) {
  const { page, pullUrl } = addresses(site, review);
  const html = `${page}#pullrequestreview-${review.id}`;
  return {
    ...{ id: review.id, node_id: `PRR_${review.id}`, user: user(site, review.author), body: review.body, state: review.state },
    ...{ html_url: html, pull_request_url: pullUrl, submitted_at: review.at, commit_id: pull.commit, author_association: 'NONE' },
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
  };
}

function reaction(site: Site, login: string, content: string) {
  return { id: 1, node_id: 'REA_1', user: user(site, login), content, created_at: site.now };
}
