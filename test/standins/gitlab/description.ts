// The part of GitLab's REST API v4 that the stand-in serves, as a strict OpenAPI description written by hand: names,
// types and statuses follow doc/api/openapi/openapi_v3.yaml (of 19.5) and the pages "Merge requests API", "Issues API", "Projects
// API", "Repositories API", "Users API", "Notes API", "Discussions API", "Emoji reactions API", "Pipelines API", "Jobs API" and
// "Personal access tokens API"; what is always there, what is there only sometimes and what may be null, which the official file
// does not say, follows the entities that GitLab answers with (lib/api/entities). Unknown fields are errors, in both directions.

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const integer = { type: 'integer' };
const flag = { type: 'boolean' };
const time = { type: 'string', format: 'date-time' };
const address = { type: 'string', format: 'uri' };
const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });
const list = (items: Schema): Schema => ({ type: 'array', items });
const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
const schema = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
/** Every field is there, and no other. */
const exactly = (properties: Schema, optional: Schema = {}): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});
const takes = (properties: Schema, required: readonly string[] = []): Schema => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', additionalProperties: false, required, properties } } },
});
const gives = (described: Schema): Schema => ({ description: '', content: { 'application/json': { schema: described } } });
const query = (name: string, described: Schema, required = false): Schema => ({ name, in: 'query', required, schema: described });

const refusals = (...statuses: readonly number[]): Schema =>
  Object.fromEntries(statuses.map((status) => [status, gives(schema('refusal'))]));

const userBasic = {
  id: integer,
  username: text,
  public_email: orNull(text),
  name: text,
  state: oneOf('active', 'blocked', 'deactivated', 'banned', 'ldap_blocked', 'blocked_pending_approval'),
  locked: flag,
  avatar_url: orNull(address),
  web_url: address,
};

const mergeRequestBasic = {
  id: integer,
  iid: { ...integer, minimum: 1 },
  project_id: integer,
  title: { ...text, minLength: 1, maxLength: 255 },
  description: orNull({ ...text, maxLength: 1_048_576 }),
  state: oneOf('opened', 'closed', 'locked', 'merged'),
  created_at: time,
  updated_at: time,
  merged_by: orNull(schema('user')),
  merge_user: orNull(schema('user')),
  merged_at: orNull(time),
  closed_by: orNull(schema('user')),
  closed_at: orNull(time),
  target_branch: text,
  source_branch: text,
  user_notes_count: integer,
  upvotes: integer,
  downvotes: integer,
  author: schema('user'),
  assignees: list(schema('user')),
  assignee: orNull(schema('user')),
  reviewers: list(schema('user')),
  source_project_id: orNull(integer),
  target_project_id: integer,
  labels: list(text),
  draft: flag,
  imported: flag,
  imported_from: text,
  work_in_progress: flag,
  milestone: orNull({ type: 'object' }),
  merge_when_pipeline_succeeds: flag,
  merge_status: oneOf('unchecked', 'checking', 'can_be_merged', 'cannot_be_merged', 'cannot_be_merged_recheck'),
  detailed_merge_status: oneOf(
    ...['preparing', 'checking', 'unchecked', 'mergeable', 'commits_status', 'draft_status', 'not_open', 'conflict', 'need_rebase'],
    ...['approvals_syncing', 'ci_must_pass', 'ci_still_running', 'discussions_not_resolved', 'jira_association_missing'],
    ...['merge_request_blocked', 'merge_time', 'not_approved', 'requested_changes', 'security_policy_pipeline_check'],
    ...['security_policy_violations', 'status_checks_must_pass', 'locked_paths', 'locked_lfs_files', 'title_regex'],
  ),
  merge_after: orNull(time),
  sha: orNull({ ...text, pattern: '^[0-9a-f]{40}$' }),
  merge_commit_sha: orNull(text),
  squash_commit_sha: orNull(text),
  discussion_locked: orNull(flag),
  should_remove_source_branch: orNull(flag),
  force_remove_source_branch: orNull(flag),
  prepared_at: orNull(time),
  reference: text,
  references: exactly({ short: text, relative: text, full: text }),
  web_url: address,
  time_stats: exactly({
    time_estimate: integer,
    total_time_spent: integer,
    human_time_estimate: orNull(text),
    human_total_time_spent: orNull(text),
  }),
  squash: flag,
  squash_on_merge: flag,
  task_completion_status: exactly({ count: integer, completed_count: integer }),
  has_conflicts: flag,
  blocking_discussions_resolved: flag,
};

const mergeRequestFull = {
  ...mergeRequestBasic,
  subscribed: flag,
  changes_count: orNull(text),
  latest_build_started_at: orNull(time),
  latest_build_finished_at: orNull(time),
  first_deployed_to_production_at: orNull(time),
  pipeline: orNull({ type: 'object' }),
  head_pipeline: orNull({ type: 'object' }),
  diff_refs: orNull(exactly({ base_sha: text, head_sha: text, start_sha: text })),
  merge_error: orNull(text),
  user: exactly({ can_merge: flag }),
};

const issue = {
  ...{ id: integer, iid: { ...integer, minimum: 1 }, project_id: integer, title: { ...text, minLength: 1, maxLength: 255 } },
  ...{ description: orNull({ ...text, maxLength: 1_048_576 }), state: oneOf('opened', 'closed'), created_at: time, updated_at: time },
  ...{ closed_at: orNull(time), closed_by: orNull(schema('user')), labels: list(text), milestone: orNull({ type: 'object' }) },
  ...{ assignees: list(schema('user')), assignee: orNull(schema('user')), author: schema('user'), type: oneOf('ISSUE', 'INCIDENT') },
  ...{ user_notes_count: integer, merge_requests_count: integer, upvotes: integer, downvotes: integer, due_date: orNull(text) },
  ...{ confidential: flag, discussion_locked: orNull(flag), issue_type: oneOf('issue', 'incident', 'task'), web_url: address },
  time_stats: exactly({
    time_estimate: integer,
    total_time_spent: integer,
    human_time_estimate: orNull(text),
    human_total_time_spent: orNull(text),
  }),
  ...{ task_completion_status: exactly({ count: integer, completed_count: integer }), has_tasks: flag, task_status: text },
  ...{
    _links: exactly({ self: address, notes: address, award_emoji: address, project: address, closed_as_duplicate_of: orNull(address) }),
  },
  ...{ references: exactly({ short: text, relative: text, full: text }), severity: text, moved_to_id: orNull(integer) },
  ...{ imported: flag, imported_from: text, service_desk_reply_to: orNull(text) },
};

const position = exactly(
  { base_sha: text, start_sha: text, head_sha: text, old_path: text, new_path: text, position_type: oneOf('text', 'image', 'file') },
  { old_line: orNull(integer), new_line: orNull(integer), line_range: orNull({ type: 'object' }) },
);

const note = exactly(
  {
    ...{ id: integer, type: orNull(oneOf('DiffNote', 'DiscussionNote')), body: text, attachment: orNull(text), author: schema('user') },
    ...{ created_at: time, updated_at: time, system: flag, noteable_id: integer, noteable_type: oneOf('MergeRequest', 'Issue') },
    ...{ project_id: integer, resolvable: flag, confidential: flag, internal: flag, imported: flag, imported_from: text },
    ...{ noteable_iid: integer, commands_changes: { type: 'object' } },
  },
  {
    resolved: flag,
    resolved_by: orNull(schema('user')),
    resolved_at: orNull(time),
    position,
    commit_id: orNull(text),
    suggestions: list({ type: 'object' }),
  },
);

const pipeline = {
  ...{ id: integer, iid: integer, project_id: integer, sha: text, ref: text, status: schema('pipelineStatus'), source: text },
  ...{ created_at: time, updated_at: time, web_url: address },
};

const job = exactly(
  {
    ...{
      id: integer,
      status: schema('pipelineStatus'),
      stage: text,
      name: text,
      ref: text,
      tag: flag,
      coverage: orNull({ type: 'number' }),
    },
    ...{ allow_failure: flag, created_at: time, started_at: orNull(time), finished_at: orNull(time), erased_at: orNull(time) },
    ...{ duration: orNull({ type: 'number' }), queued_duration: orNull({ type: 'number' }), user: schema('knownUser') },
    ...{ commit: schema('commit'), pipeline: schema('pipelineBasic'), web_url: address, archived: flag },
    ...{ project: exactly({ ci_job_token_scope_enabled: flag }), artifacts: list({ type: 'object' }), tag_list: list(text) },
    ...{ runner: orNull({ type: 'object' }), runner_manager: orNull({ type: 'object' }), artifacts_expire_at: orNull(time) },
  },
  { failure_reason: text, artifacts_file: { type: 'object' } },
);

const access = orNull(exactly({ access_level: integer, notification_level: integer }));

const schemas = {
  user: exactly(userBasic),
  currentUser: exactly({
    ...userBasic,
    created_at: time,
    bio: text,
    location: orNull(text),
    bot: flag,
    email: text,
    two_factor_enabled: flag,
    external: flag,
  }),
  pipelineStatus: oneOf(
    ...['created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'success', 'failed', 'canceled', 'canceling', 'skipped'],
    ...['manual', 'scheduled'],
  ),
  pipelineBasic: exactly(pipeline),
  /** In lists, and only there, with the name that `workflow:name` gave it. */
  pipelineInList: exactly({ ...pipeline, name: orNull(text) }),
  pipeline: exactly({
    ...{ ...pipeline, before_sha: text, tag: flag, yaml_errors: orNull(text), user: schema('user'), started_at: orNull(time) },
    ...{ finished_at: orNull(time), committed_at: orNull(time), duration: orNull(integer), queued_duration: orNull(integer) },
    ...{ coverage: orNull({ type: 'number' }), detailed_status: { type: 'object' } },
  }),
  job,
  note,
  discussion: exactly({ id: text, individual_note: flag, notes: list(schema('note')) }),
  /** What a note becomes that was nothing but quick actions. */
  noteCommands: exactly({ commands_changes: { type: 'object' }, summary: list(text) }),
  /** `created_by` only where somebody is known to have added them; paid editions and owners see more. */
  member: exactly(
    { ...userBasic, access_level: integer, created_at: time, expires_at: orNull(text), membership_state: text },
    {
      ...{ created_by: schema('user'), email: text, is_using_seat: flag, override: flag, two_factor_enabled: flag },
      ...{ member_role: orNull({ type: 'object' }), group_saml_identity: orNull({ type: 'object' }) },
    },
  ),
  knownUser: exactly({
    ...{ ...userBasic, created_at: time, bio: text, location: orNull(text), linkedin: text, twitter: text, discord: text },
    ...{ website_url: text, github: text, job_title: text, pronouns: orNull(text), organization: orNull(text), bot: flag },
    ...{ work_information: orNull(text), followers: integer, following: integer, is_followed: flag, local_time: orNull(text) },
  }),
  award: exactly({
    ...{ id: integer, name: text, user: schema('user'), created_at: time, updated_at: time },
    ...{ awardable_id: integer, awardable_type: oneOf('Note', 'MergeRequest'), url: orNull(text) },
  }),
  mergeRequestBasic: exactly(mergeRequestBasic),
  mergeRequest: exactly(mergeRequestFull),
  issueBasic: exactly(issue),
  issue: exactly({ ...issue, subscribed: flag }),
  project: exactly({
    ...{ id: integer, description: orNull(text), name: text, name_with_namespace: text, path: text, path_with_namespace: text },
    ...{
      created_at: time,
      default_branch: orNull(text),
      topics: list(text),
      ssh_url_to_repo: text,
      http_url_to_repo: address,
      web_url: address,
    },
    ...{ readme_url: orNull(address), forks_count: integer, avatar_url: orNull(address), star_count: integer, last_activity_at: time },
    ...{
      visibility: oneOf('private', 'internal', 'public'),
      archived: flag,
      empty_repo: flag,
      merge_requests_enabled: flag,
      issues_enabled: flag,
      issues_access_level: oneOf('disabled', 'private', 'enabled'),
    },
    ...{ merge_method: oneOf('merge', 'rebase_merge', 'ff'), permissions: exactly({ project_access: access, group_access: access }) },
  }),
  token: exactly({
    ...{ id: integer, name: text, revoked: flag, created_at: time, description: orNull(text), scopes: list(text), user_id: integer },
    ...{ last_used_at: orNull(time), active: flag, expires_at: orNull({ type: 'string', format: 'date' }) },
  }),
  commit: exactly({
    ...{
      id: text,
      short_id: text,
      created_at: time,
      parent_ids: list(text),
      title: text,
      message: text,
      author_name: text,
      author_email: text,
    },
    ...{
      authored_date: time,
      committer_name: text,
      committer_email: text,
      committed_date: time,
      trailers: { type: 'object' },
      extended_trailers: { type: 'object' },
      web_url: address,
    },
  }),
  diff: exactly({
    ...{ diff: text, new_path: text, old_path: text, a_mode: text, b_mode: text },
    ...{ new_file: flag, renamed_file: flag, deleted_file: flag },
  }),
  comparison: exactly({
    ...{ commit: orNull(schema('commit')), commits: list(schema('commit')), diffs: list(schema('diff')) },
    ...{ compare_timeout: flag, compare_same_ref: flag, web_url: address },
  }),
  pushRule: exactly({
    ...{ id: integer, project_id: integer, commit_message_regex: text, commit_message_negative_regex: text, branch_name_regex: text },
    ...{ deny_delete_tag: flag, created_at: time, member_check: flag, prevent_secrets: flag, author_email_regex: text },
    ...{ file_name_regex: text, max_file_size: integer, commit_committer_check: flag, commit_committer_name_check: flag },
    ...{ reject_unsigned_commits: flag, reject_non_dco_commits: flag },
  }),
  accessLevel: exactly({ id: integer, access_level: integer, access_level_description: text }),
  protectedBranch: exactly({
    ...{ id: integer, name: text, push_access_levels: list(schema('accessLevel')), merge_access_levels: list(schema('accessLevel')) },
    ...{ allow_force_push: flag, code_owner_approval_required: flag, inherited: flag },
  }),
  /** Three forms: `message` as text, list or object of lists; or OAuth's `error`. */
  refusal: {
    oneOf: [
      exactly({ message: { oneOf: [text, list(text), { type: 'object', additionalProperties: list(text) }] } }),
      exactly({ error: text }, { error_description: text, scope: text }),
    ],
  },
};

const requests = '/projects/{id}/merge_requests';
const issues = '/projects/{id}/issues';

export const description: Schema = {
  openapi: '3.0.0',
  components: { schemas },
  paths: {
    '/user': { get: { responses: { 200: gives(schema('currentUser')), ...refusals(401, 403) } } },
    '/users': {
      get: {
        parameters: [query('username', text), query('page', integer), query('per_page', integer)],
        responses: { 200: gives(list(schema('user'))), ...refusals(401, 403) },
      },
    },
    '/personal_access_tokens/self': { get: { responses: { 200: gives(schema('token')), ...refusals(401, 403, 404) } } },
    '/projects/{id}': { get: { responses: { 200: gives(schema('project')), ...refusals(401, 403, 404) } } },
    '/projects/{id}/push_rule': { get: { responses: { 200: gives(schema('pushRule')), ...refusals(401, 403, 404) } } },
    '/projects/{id}/protected_branches': {
      get: {
        parameters: [query('search', text), query('page', integer), query('per_page', integer)],
        responses: { 200: gives(list(schema('protectedBranch'))), ...refusals(401, 403, 404) },
      },
    },
    '/projects/{id}/repository/compare': {
      get: {
        parameters: [query('from', text, true), query('to', text, true), query('straight', flag), query('from_project_id', integer)],
        responses: { 200: gives(schema('comparison')), ...refusals(400, 401, 403, 404) },
      },
    },
    [requests]: {
      get: {
        parameters: [
          query('state', oneOf('opened', 'closed', 'locked', 'merged', 'all')),
          query('order_by', oneOf('created_at', 'updated_at', 'merged_at', 'title', 'priority')),
          query('sort', oneOf('asc', 'desc')),
          query('source_branch', text),
          query('target_branch', text),
          query('page', { ...integer, minimum: 1 }),
          query('per_page', { ...integer, minimum: 1, maximum: 100 }),
        ],
        responses: { 200: gives(list(schema('mergeRequestBasic'))), ...refusals(401, 403, 404) },
      },
      post: {
        requestBody: takes(
          {
            ...{ title: text, source_branch: text, target_branch: text, target_project_id: integer, description: text },
            ...{ assignee_ids: list(integer), reviewer_ids: list(integer), labels: text, remove_source_branch: flag, squash: flag },
          },
          ['title', 'source_branch', 'target_branch'],
        ),
        responses: { 201: gives(schema('mergeRequest')), ...refusals(400, 401, 403, 404, 405, 409, 422) },
      },
    },
    '/projects/{id}/pipelines': {
      get: {
        parameters: [
          query('sha', text),
          query('order_by', oneOf('id', 'status', 'ref', 'updated_at', 'user_id')),
          query('sort', oneOf('asc', 'desc')),
          query('page', { ...integer, minimum: 1 }),
          query('per_page', { ...integer, minimum: 1, maximum: 100 }),
        ],
        responses: { 200: gives(list(schema('pipelineInList'))), ...refusals(401, 403) },
      },
    },
    '/projects/{id}/pipelines/{pipeline_id}/jobs': {
      get: {
        parameters: [
          query('include_retried', flag),
          query('page', { ...integer, minimum: 1 }),
          query('per_page', { ...integer, minimum: 1, maximum: 100 }),
        ],
        responses: { 200: gives(list(schema('job'))), ...refusals(401, 403, 404) },
      },
    },
    '/projects/{id}/pipelines/{pipeline_id}/retry': {
      post: { responses: { 201: gives(schema('pipeline')), ...refusals(401, 403, 404) } },
    },
    '/projects/{id}/jobs/{job_id}/trace': {
      get: { responses: { 200: { description: '' }, 302: { description: '' }, ...refusals(401, 403, 404) } },
    },
    '/users/{user_id}': { get: { responses: { 200: gives(schema('knownUser')), ...refusals(401, 403, 404) } } },
    '/projects/{id}/members/all/{user_id}': { get: { responses: { 200: gives(schema('member')), ...refusals(401, 403, 404) } } },
    [`${requests}/{iid}/discussions`]: {
      get: {
        parameters: [query('page', { ...integer, minimum: 1 }), query('per_page', { ...integer, minimum: 1, maximum: 100 })],
        responses: { 200: gives(list(schema('discussion'))), ...refusals(401, 403, 404) },
      },
    },
    [`${requests}/{iid}/notes`]: {
      post: {
        requestBody: takes({ body: text, internal: flag, created_at: text, merge_request_diff_head_sha: text }, ['body']),
        responses: { 201: gives(schema('note')), 202: gives(schema('noteCommands')), ...refusals(400, 401, 403, 404, 429) },
      },
    },
    [`${requests}/{iid}/notes/{note_id}/award_emoji`]: {
      post: {
        requestBody: takes({ name: text }, ['name']),
        responses: { 201: gives(schema('award')), ...refusals(400, 401, 403, 404) },
      },
    },
    [`${issues}/{iid}/discussions`]: {
      get: {
        parameters: [query('page', { ...integer, minimum: 1 }), query('per_page', { ...integer, minimum: 1, maximum: 100 })],
        responses: { 200: gives(list(schema('discussion'))), ...refusals(401, 403, 404) },
      },
    },
    [`${issues}/{iid}/notes`]: {
      post: {
        requestBody: takes({ body: text, internal: flag, created_at: text, merge_request_diff_head_sha: text }, ['body']),
        responses: { 201: gives(schema('note')), 202: gives(schema('noteCommands')), ...refusals(400, 401, 403, 404, 429) },
      },
    },
    [`${issues}/{iid}/notes/{note_id}/award_emoji`]: {
      post: {
        requestBody: takes({ name: text }, ['name']),
        responses: { 201: gives(schema('award')), ...refusals(400, 401, 403, 404) },
      },
    },
    [issues]: {
      get: {
        parameters: [
          query('state', oneOf('opened', 'closed', 'all')),
          query('order_by', oneOf('created_at', 'updated_at', 'priority', 'due_date', 'relative_position', 'label_priority', 'title')),
          query('sort', oneOf('asc', 'desc')),
          query('labels', text),
          query('scope', oneOf('created_by_me', 'assigned_to_me', 'all')),
          query('page', { ...integer, minimum: 1 }),
          query('per_page', { ...integer, minimum: 1, maximum: 100 }),
        ],
        responses: { 200: gives(list(schema('issueBasic'))), ...refusals(401, 403, 404) },
      },
      post: {
        requestBody: takes(
          { title: text, description: text, labels: text, confidential: flag, assignee_ids: list(integer), issue_type: text },
          ['title'],
        ),
        responses: { 201: gives(schema('issue')), ...refusals(400, 401, 403, 404, 405, 422) },
      },
    },
    [`${issues}/{issue_iid}`]: {
      get: { responses: { 200: gives(schema('issue')), ...refusals(401, 403, 404) } },
      put: {
        requestBody: takes({ title: text, description: text, state_event: oneOf('close', 'reopen'), labels: text }),
        responses: { 200: gives(schema('issue')), ...refusals(400, 401, 403, 404, 405, 409, 422) },
      },
    },
    [`${requests}/{iid}`]: {
      get: { responses: { 200: gives(schema('mergeRequest')), ...refusals(401, 403, 404) } },
      put: {
        requestBody: takes({
          title: text,
          description: text,
          state_event: oneOf('close', 'reopen'),
          target_branch: text,
          labels: text,
          reviewer_ids: list(integer),
          assignee_ids: list(integer),
        }),
        responses: { 200: gives(schema('mergeRequest')), ...refusals(400, 401, 403, 404, 405, 409, 422) },
      },
    },
  },
};
