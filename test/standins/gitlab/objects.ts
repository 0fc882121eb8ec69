// The objects GitLab answers with. Pure.
import type { StoredIssue } from './issues.ts';

export interface StoredMergeRequest {
  readonly iid: number;
  readonly branch: string;
  readonly base: string;
  /** `null` for a branch that did not exist, on a GitLab before 19. */
  readonly commit: string | null;
  readonly author: string;
  readonly createdAt: string;
  /** Id of the fork the branch lies in. */
  readonly fork: number | null;
  readonly hasCommits: boolean;
  /** With its `Draft: `. */
  title: string;
  description: string | null;
  state: 'opened' | 'closed' | 'merged';
  labels?: readonly string[];
  /** How often something was said on it, or done to its labels. */
  touched?: number;
  changedAt?: string;
  /** Where its branch left the base; what is compared is worked out after its creation. */
  forkedAt?: string | null;
  /** Whether it can be merged, where that was worked out. */
  conflicts?: boolean;
  removesBranch?: boolean;
  squashes?: boolean;
  reviewers?: readonly string[];
  assignees?: readonly string[];
}

export interface Site {
  /** Address of the pages, with the sub-path. */
  readonly web: string;
  /** `group/sub/app` */
  readonly project: string;
  readonly defaultBranch: string;
  readonly now: string;
}

export const PROJECT_ID = 278;

type Fields = Readonly<Record<string, unknown>>;

export function user(site: Site, username: string): Fields {
  const id = 50 + username.length;
  return {
    id,
    username,
    public_email: null,
    name: username,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: `${site.web}/${username}`,
  };
}

export function currentUser(site: Site, username: string): Fields {
  const own = {
    created_at: site.now,
    bio: '',
    location: null,
    bot: false,
    email: `${username}@example.invalid`,
    two_factor_enabled: false,
    external: false,
  };
  return { ...user(site, username), ...own };
}

export function token(site: Site, scopes: readonly string[], ends = '2030-01-01'): Fields {
  const times = { created_at: site.now, last_used_at: null, expires_at: ends };
  return { id: 7, name: 'ai-ops', revoked: false, description: null, scopes, user_id: 55, active: true, ...times };
}

export function project(site: Site, accessLevel: number, hasIssues = true): Fields {
  const path = site.project.split('/').at(-1);
  const names = { name: path, name_with_namespace: site.project.replaceAll('/', ' / '), path, path_with_namespace: site.project };
  const urls = {
    ssh_url_to_repo: `git@gitlab.invalid:${site.project}.git`,
    http_url_to_repo: `${site.web}/${site.project}.git`,
    web_url: `${site.web}/${site.project}`,
  };
  const counts = { forks_count: 0, star_count: 0, readme_url: null, avatar_url: null, topics: [], description: null };
  const settings = {
    visibility: 'private',
    archived: false,
    empty_repo: false,
    merge_requests_enabled: true,
    issues_enabled: hasIssues,
    issues_access_level: hasIssues ? 'enabled' : 'disabled',
    merge_method: 'merge',
  };
  const permissions = { project_access: { access_level: accessLevel, notification_level: 3 }, group_access: null };
  return {
    id: PROJECT_ID,
    ...names,
    ...urls,
    ...counts,
    ...settings,
    permissions,
    default_branch: site.defaultBranch,
    created_at: site.now,
    last_activity_at: site.now,
  };
}

export function mergeRequestBasic(site: Site, request: StoredMergeRequest): Fields {
  const { iid, title, description, state, branch, base, commit, createdAt } = request;
  const draft = /^draft: /i.test(title);
  const assignees = (request.assignees ?? []).map((name) => user(site, name));
  const reviewers = (request.reviewers ?? []).map((name) => user(site, name));
  const people = { author: user(site, request.author), assignees, assignee: assignees[0] ?? null, reviewers };
  const kept = { labels: request.labels ?? [], milestone: null };
  const merged =
    state === 'merged'
      ? { merged_by: user(site, 'person'), merge_user: user(site, 'person'), merged_at: site.now }
      : { merged_by: null, merge_user: null, merged_at: null };
  const closed = state === 'closed' ? { closed_by: user(site, 'person'), closed_at: site.now } : { closed_by: null, closed_at: null };
  const projects = { project_id: PROJECT_ID, source_project_id: request.fork ?? PROJECT_ID, target_project_id: PROJECT_ID };
  const marks = {
    draft,
    work_in_progress: draft,
    imported: false,
    imported_from: 'none',
    squash: request.squashes ?? false,
    squash_on_merge: false,
    has_conflicts: request.conflicts ?? false,
  };
  const merge = {
    merge_when_pipeline_succeeds: false,
    merge_status: request.conflicts === undefined ? 'checking' : request.conflicts ? 'cannot_be_merged' : 'can_be_merged',
    merge_after: null,
    merge_commit_sha: null,
    squash_commit_sha: null,
  };
  const switches = {
    discussion_locked: null,
    should_remove_source_branch: null,
    force_remove_source_branch: request.removesBranch ?? null,
    blocking_discussions_resolved: true,
  };
  return {
    ...{
      id: 9000 + iid,
      iid,
      title,
      description,
      state,
      created_at: createdAt,
      updated_at: request.changedAt ?? createdAt,
      source_branch: branch,
      target_branch: base,
      sha: commit,
    },
    ...{ ...people, ...kept, ...merged, ...closed, ...projects, ...marks, ...merge, ...switches },
    detailed_merge_status: mergeStatusOf(request, draft),
    prepared_at: null,
    ...{ user_notes_count: 0, upvotes: 0, downvotes: 0 },
    reference: `!${iid}`,
    references: { short: `!${iid}`, relative: `!${iid}`, full: `${site.project}!${iid}` },
    web_url: `${site.web}/${site.project}/-/merge_requests/${iid}`,
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    task_completion_status: { count: 0, completed_count: 0 },
  };
}

/** The first reason that is found, in the order in which GitLab looks. */
function mergeStatusOf({ state, hasCommits, conflicts, commit }: StoredMergeRequest, draft: boolean): string {
  if (state === 'opened' && !hasCommits) return 'commits_status';
  if (conflicts === undefined) return commit === null ? 'preparing' : 'checking';
  if (state !== 'opened') return 'not_open';
  if (draft) return 'draft_status';
  return conflicts ? 'conflict' : 'mergeable';
}

/** As answered to creation: nothing is computed yet. */
export function mergeRequest(site: Site, request: StoredMergeRequest): Fields {
  const builds = {
    latest_build_started_at: null,
    latest_build_finished_at: null,
    first_deployed_to_production_at: null,
    pipeline: null,
    head_pipeline: null,
  };
  return {
    ...mergeRequestBasic(site, request),
    ...builds,
    subscribed: true,
    changes_count: null,
    diff_refs: request.forkedAt ? { base_sha: request.forkedAt, head_sha: request.commit, start_sha: request.forkedAt } : null,
    merge_error: null,
    user: { can_merge: true },
  };
}

export function issueObject(site: Site, issue: StoredIssue): Fields {
  const page = `${site.web}/${site.project}/-/issues/${issue.iid}`;
  const api = `${site.web}/api/v4/projects/${PROJECT_ID}`;
  const closed = issue.state === 'closed' ? { closed_at: site.now, closed_by: user(site, 'person') } : { closed_at: null, closed_by: null };
  return {
    ...{
      id: 8000 + issue.iid,
      iid: issue.iid,
      project_id: PROJECT_ID,
      title: issue.title,
      description: issue.description,
      state: issue.state,
    },
    ...{
      created_at: issue.createdAt,
      updated_at: issue.changedAt ?? issue.createdAt,
      ...closed,
      labels: issue.labels,
      milestone: null,
      assignees: [],
      assignee: null,
    },
    ...{ author: user(site, issue.author), type: 'ISSUE', user_notes_count: 0, merge_requests_count: 0, upvotes: 0, downvotes: 0 },
    ...{ due_date: null, confidential: false, discussion_locked: null, issue_type: 'issue', web_url: page },
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    ...{ task_completion_status: { count: 0, completed_count: 0 }, has_tasks: false, task_status: '' },
    _links: {
      self: `${api}/issues/${issue.iid}`,
      notes: `${api}/issues/${issue.iid}/notes`,
      award_emoji: `${api}/issues/${issue.iid}/award_emoji`,
      project: api,
      closed_as_duplicate_of: null,
    },
    references: { short: `#${issue.iid}`, relative: `#${issue.iid}`, full: `${site.project}#${issue.iid}` },
    ...{ severity: 'UNKNOWN', moved_to_id: null, imported: false, imported_from: 'none', service_desk_reply_to: null },
  };
}

export function comparison(site: Site, from: string, to: string, commits: readonly string[], paths: readonly string[]): Fields {
  const listed = commits.map((id) => commit(site, id)).toReversed();
  const diffs = paths.map((path) => ({
    ...{ diff: '@@ -1 +1 @@\n', new_path: path, old_path: path, a_mode: '100644', b_mode: '100644' },
    ...{ new_file: false, renamed_file: false, deleted_file: false },
  }));
  const url = `${site.web}/${site.project}/-/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`;
  return { commit: listed.at(-1) ?? null, commits: listed, diffs, compare_timeout: false, compare_same_ref: from === to, web_url: url };
}

export function commit(site: Site, id: string): Fields {
  const people = {
    author_name: 'Test',
    author_email: 'test@example.invalid',
    committer_name: 'Test',
    committer_email: 'test@example.invalid',
  };
  const times = { created_at: site.now, authored_date: site.now, committed_date: site.now };
  const words = { title: 'test', message: 'test', trailers: {}, extended_trailers: {}, parent_ids: [] };
  return { id, short_id: id.slice(0, 8), ...people, ...times, ...words, web_url: `${site.web}/${site.project}/-/commit/${id}` };
}

/** A push rule that asks for nothing but what is said. */
export function pushRuleObject(asks: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    ...{ id: 1, project_id: PROJECT_ID, commit_message_regex: '', commit_message_negative_regex: '', branch_name_regex: '' },
    ...{ deny_delete_tag: false, created_at: '2012-10-12T17:04:47Z', member_check: false, prevent_secrets: false, author_email_regex: '' },
    ...{ file_name_regex: '', max_file_size: 5, commit_committer_check: false, commit_committer_name_check: false },
    ...{ reject_unsigned_commits: false, reject_non_dco_commits: false },
    ...asks,
  };
}

/** A protected branch that nobody may push to. */
export function shutBranch(name: string): Readonly<Record<string, unknown>> {
  const level = (access: number, words: string) => ({ id: access + 1, access_level: access, access_level_description: words });
  return {
    ...{ id: 1, name, push_access_levels: [level(0, 'No one')], merge_access_levels: [level(40, 'Maintainers')] },
    ...{ allow_force_push: false, code_owner_approval_required: false, inherited: false },
  };
}
