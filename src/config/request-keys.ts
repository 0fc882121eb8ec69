// The keys of what is proposed: how a commit and a request look, and what they tell.
import { EVENT_FORMS } from '../core/tables.ts';
import { BRANCH_PREFIX } from '../core/texts/branch.ts';
import { COMMIT_SUBJECT } from '../core/texts/commit.ts';
import {
  branchPrefix,
  choice,
  commaList,
  line,
  optionalIdentity,
  optionalLine,
  optionalTemplate,
  template,
  toggle,
  whole,
} from './kinds.ts';
import { row } from './row.ts';

export const COMMIT_KEYS = {
  'commit.author': row(
    optionalIdentity(),
    null,
    'Author of the commits. Set it alike on all boxes: equal fixes are equal commits then. As variables also `GIT_AUTHOR_EMAIL`.',
    { env: ['GIT_AUTHOR_NAME'], defaultText: "the token's own user with the address that the host gives them; locally `ai-ops`" },
  ),
  'commit.committer': row(optionalIdentity(), null, 'Who commits them, where that is another. As variables also `GIT_COMMITTER_EMAIL`.', {
    env: ['GIT_COMMITTER_NAME'],
    defaultText: 'the author',
  }),
  'commit.signoff': row(toggle(), false, 'Add `Signed-off-by` of the author, for the Developer Certificate of Origin.'),
  'commit.sign': row(
    optionalLine('a path'),
    null,
    "Key of ssh that signs the commits: the file of a private key without a passphrase, or of the public one of a key in your agent. Verified by git's `gpg.ssh`. Not read from a file of the repository.",
    { defaultText: 'none', paths: true, reach: 'wall' },
  ),
  'commit.subject': row(
    template(),
    COMMIT_SUBJECT,
    'First line of a commit: `{what}` (type, function and file), `{type}`, `{function}`, `{file}`, `{level}` and `{proof}` are filled in. At most 72 characters are kept.',
  ),
} as const;

export const FOLLOW_KEYS = {
  'follow.reviews': row(
    toggle(),
    true,
    'Reviews that ask for changes, and the line comments of reviews, ask ai-ops for one more commit on its request. Off, only comments with `follow.prefix` do. Only of people who may write to the project; never of bots.',
  ),
  'follow.prefix': row(line('a word, for example /ai-ops'), '/ai-ops', 'What a comment on a request begins with that is for ai-ops.'),
  'follow.checks': row(
    toggle(),
    true,
    'A check that was green on the base commit and is red on the request: what failed is run again once where the token may, and then mended by one more commit, once, without touching tests or the settings of CI. Not for quotas, networks, lost runners and time-outs, which a comment names. Wants the right to read checks and job logs (GitHub: `checks`, `statuses` and `actions`, read; `actions`, write, to run them again).',
  ),
  'follow.maxRounds': row(
    whole(0, 100),
    3,
    'Replies of ai-ops on one request, each with at most one commit; each may cost `claude.maxBudgetUsd`, and counts in the budgets of `policy`. `0` for none: then people are told so once.',
  ),
} as const;

export const REQUEST_KEYS = {
  'request.title': row(optionalTemplate(), null, 'Title of a request, with the same names in braces.', {
    defaultText: '`Fix {what} [proof {proof}]`, in the language of the texts',
  }),
  'request.branchPrefix': row(
    branchPrefix(),
    BRANCH_PREFIX,
    'What the branches of fixes begin with, before `fix-` and 12 digits: for hosts that have a rule for the names of branches. Set it alike on all boxes.',
  ),
  'request.labels': row(commaList('a list of labels, for example ["ai-ops"]'), ['ai-ops'], 'Labels of a request; `[]` for none.'),
  'request.reviewers': row(
    commaList('a list of login names, for example ["jo", "team:backend"]'),
    [],
    'Who is asked for a review as a request is made: login names, `team:NAME` for a team on GitHub.',
  ),
  'request.assignees': row(commaList('a list of login names, for example ["jo"]'), [], 'Who is assigned as a request is made.'),
  'request.removeSourceBranch': row(
    toggle(),
    true,
    'GitLab takes the branch away when the request is merged; on GitHub it is a setting of the repository.',
  ),
  'request.squash': row(toggle(), false, 'GitLab makes one commit of the branch as it merges; on GitHub whoever merges says so.'),
  'request.event': row(
    choice(...EVENT_FORMS),
    'abstracted',
    'What requests, issues, commits and mails tell of an event: `abstracted`, its text without the values of users; `frames`, only the type and the frames of the application; `raw`, all as it was logged, personal data too. Secrets are in none of them.',
  ),
} as const;
