// The objects GitHub answers with, as full as its description asks. Pure.
import type { StoredIssue } from './issues.ts';

export interface StoredPull {
  readonly number: number;
  readonly branch: string;
  readonly base: string;
  readonly commit: string;
  readonly baseCommit: string;
  readonly author: string;
  readonly createdAt: string;
  /** The branch lies in somebody else's fork of the project. */
  readonly fork: string | null;
  title: string;
  body: string | null;
  draft: boolean;
  state: 'open' | 'closed';
  mergedAt: string | null;
  /** Whether it can be merged, where that was worked out. */
  mergeable?: boolean | null;
  labels?: readonly string[];
  /** How often something was said on it, or done to its labels. */
  touched?: number;
  changedAt?: string;
  assignees?: readonly string[];
  /** Teams with `team:` before them. */
  reviewers?: readonly string[];
}

export interface Site {
  /** Address of the API with its prefix. */
  readonly api: string;
  /** Address of the pages. */
  readonly web: string;
  /** `owner/name` */
  readonly project: string;
  readonly defaultBranch: string;
  readonly now: string;
}

type Fields = Readonly<Record<string, unknown>>;

const USER_LINKS = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events'];

export function user(site: Site, login: string): Fields {
  // The names of apps have brackets.
  const name = encodeURIComponent(login);
  const url = `${site.api}/users/${name}`;
  const links = Object.fromEntries(USER_LINKS.map((link) => [`${link}_url`, `${url}/${link}`]));
  const templates = {
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    events_url: `${url}/events{/privacy}`,
  };
  const id = 1000 + login.length;
  const face = { avatar_url: `${site.web}/avatars/${id}`, gravatar_id: '', html_url: `${site.web}/${name}` };
  return {
    login,
    id,
    node_id: `U_${id}`,
    url,
    ...face,
    ...links,
    ...templates,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  };
}

export function privateUser(site: Site, login: string): Fields {
  const about = { name: null, company: null, blog: '', location: null, email: null, hireable: null, bio: null, twitter_username: null };
  const counts = { public_repos: 1, public_gists: 0, followers: 0, following: 0, created_at: site.now, updated_at: site.now };
  const own = {
    private_gists: 0,
    total_private_repos: 1,
    owned_private_repos: 1,
    disk_usage: 1,
    collaborators: 0,
    two_factor_authentication: true,
  };
  return { ...user(site, login), user_view_type: 'private', ...about, ...counts, ...own };
}

const REPO_LINKS = [
  'forks',
  'teams',
  'hooks',
  'events',
  'tags',
  'languages',
  'stargazers',
  'contributors',
  'subscribers',
  'subscription',
  'merges',
  'downloads',
  'deployments',
];
const REPO_TEMPLATES = {
  keys: '{/key_id}',
  collaborators: '{/collaborator}',
  issue_events: '{/number}',
  assignees: '{/user}',
  branches: '{/branch}',
  blobs: '{/sha}',
  git_tags: '{/sha}',
  git_refs: '{/sha}',
  trees: '{/sha}',
  statuses: '{sha}',
  commits: '{/sha}',
  git_commits: '{/sha}',
  comments: '{/number}',
  issue_comment: '{/number}',
  contents: '{+path}',
  compare: '{base}...{head}',
  archive: '{archive_format}{/ref}',
  issues: '{/number}',
  pulls: '{/number}',
  milestones: '{/number}',
  notifications: '{?since,all,participating}',
  labels: '{/name}',
  releases: '{/id}',
};

/** `fork` is the owner of a fork; the project itself otherwise. */
export function repository(site: Site, fork: string | null = null): Fields {
  const [own = '', name = ''] = site.project.split('/');
  const owner = fork ?? own;
  const fullName = `${owner}/${name}`;
  const url = `${site.api}/repos/${fullName}`;
  const page = `${site.web}/${fullName}`;
  const links = Object.fromEntries(REPO_LINKS.map((link) => [`${link}_url`, `${url}/${link}`]));
  const templates = Object.fromEntries(Object.entries(REPO_TEMPLATES).map(([link, rest]) => [`${link}_url`, `${url}/${link}${rest}`]));
  const id = fork === null ? 4711 : 4712;
  const git = { git_url: `git://${page}.git`, ssh_url: `git@${page}.git`, clone_url: `${page}.git`, svn_url: page, mirror_url: null };
  const has = { has_issues: true, has_projects: true, has_downloads: true, has_wiki: true, has_pages: false, has_discussions: false };
  const counts = {
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 10,
    open_issues: 0,
    open_issues_count: 0,
  };
  const times = { pushed_at: site.now, created_at: site.now, updated_at: site.now };
  const facts = {
    description: null,
    homepage: null,
    language: null,
    license: null,
    archived: false,
    disabled: false,
    private: true,
    fork: fork !== null,
  };
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    owner: user(site, owner),
    html_url: page,
    url,
    ...facts,
    ...links,
    ...templates,
    ...git,
    ...has,
    ...counts,
    ...times,
    default_branch: site.defaultBranch,
  };
}

export function fullRepository(site: Site, permissions: Fields): Fields {
  return { ...repository(site), permissions, network_count: 0, subscribers_count: 0 };
}

export function pullSimple(site: Site, pull: StoredPull): Fields {
  const [owner = ''] = site.project.split('/');
  const headOwner = pull.fork ?? owner;
  const url = `${site.api}/repos/${site.project}/pulls/${pull.number}`;
  const page = `${site.web}/${site.project}/pull/${pull.number}`;
  const issue = `${site.api}/repos/${site.project}/issues/${pull.number}`;
  const statuses = `${site.api}/repos/${site.project}/statuses/${pull.commit}`;
  const addresses = {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    comments_url: `${issue}/comments`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${site.api}/repos/${site.project}/pulls/comments{/number}`,
    statuses_url: statuses,
  };
  const links = {
    self: url,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: addresses.review_comment_url,
    commits: `${url}/commits`,
    statuses,
  };
  const people = {
    user: user(site, pull.author),
    assignee: null,
    assignees: [],
    requested_reviewers: (pull.reviewers ?? []).filter((name) => !name.startsWith('team:')).map((name) => user(site, name)),
    requested_teams: [],
    milestone: null,
    // The description knows no label of a pull request without a description.
    labels: (pull.labels ?? []).map((name) => ({ ...label(site, name), description: '' })),
  };
  const closedAt = pull.state === 'closed' ? site.now : null;
  return {
    id: 90_000 + pull.number,
    node_id: `PR_${pull.number}`,
    number: pull.number,
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    ...addresses,
    ...people,
    created_at: pull.createdAt,
    updated_at: pull.changedAt ?? pull.createdAt,
    closed_at: closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: null,
    author_association: 'MEMBER',
    auto_merge: null,
    head: {
      label: `${headOwner}:${pull.branch}`,
      ref: pull.branch,
      sha: pull.commit,
      user: user(site, headOwner),
      repo: repository(site, pull.fork),
    },
    base: { label: `${owner}:${pull.base}`, ref: pull.base, sha: pull.baseCommit, user: user(site, owner), repo: repository(site) },
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

/** A pull request is one too: `page` says which address it has for people. */
export function issueObject(
  site: Site,
  issue: Pick<StoredIssue, 'number' | 'title' | 'body' | 'state' | 'author' | 'createdAt' | 'labels' | 'association' | 'changedAt'>,
  pull = false,
): Fields {
  const url = `${site.api}/repos/${site.project}/issues/${issue.number}`;
  const page = `${site.web}/${site.project}/${pull ? 'pull' : 'issues'}/${issue.number}`;
  const links = pull ? { url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, merged_at: null } : undefined;
  return {
    ...{ id: 70_000 + issue.number, node_id: `I_${issue.number}`, number: issue.number, title: issue.title, body: issue.body },
    ...{ state: issue.state, state_reason: issue.state === 'closed' ? 'completed' : null, locked: false, active_lock_reason: null },
    ...{ url, html_url: page, repository_url: `${site.api}/repos/${site.project}`, labels_url: `${url}/labels{/name}` },
    ...{ comments_url: `${url}/comments`, events_url: `${url}/events`, timeline_url: `${url}/timeline`, comments: 0 },
    ...{
      user: user(site, issue.author),
      assignee: null,
      assignees: [],
      milestone: null,
      labels: issue.labels.map((name) => label(site, name)),
    },
    ...{
      created_at: issue.createdAt,
      updated_at: issue.changedAt ?? issue.createdAt,
      closed_at: issue.state === 'closed' ? site.now : null,
    },
    author_association: issue.association,
    ...(links ? { pull_request: links, draft: false } : {}),
  };
}

export function label(site: Site, name: string): Fields {
  return { id: 1, node_id: 'L_1', url: `${site.api}/labels/1`, name, description: null, color: 'ededed', default: false };
}

/** Mergeability is not known at its creation. */
export function pullFull(site: Site, pull: StoredPull): Fields {
  const merge = {
    merged: pull.mergedAt !== null,
    mergeable: pull.mergeable ?? null,
    rebaseable: pull.mergeable ?? null,
    mergeable_state: pull.mergeable == null ? 'unknown' : pull.mergeable ? 'clean' : 'dirty',
    merged_by: null,
    maintainer_can_modify: false,
  };
  return { ...pullSimple(site, pull), ...merge, comments: 0, review_comments: 0, commits: 1, additions: 1, deletions: 1, changed_files: 1 };
}
