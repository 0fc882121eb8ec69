// What GitHub's refusals mean to us. Rows: status, headers, body, then code and a part of what people read.
// Wordings come from GitHub's documentation and from public threads.
import { creationRefused, explainGitHub } from '../../../src/adapters/hosts/github-answers.ts';

const where = { host: 'github.com', project: 'acme/app', variable: 'GITHUB_TOKEN', clock: () => new Date('2026-01-02T03:04:05.000Z') };
const message = (text: string) => ({ message: text, documentation_url: 'https://docs.github.com/rest' });

const rows: readonly (readonly [string, number, Readonly<Record<string, string>>, unknown, string, string])[] = [
  ['unknown token', 401, {}, message('Bad credentials'), 'host-auth', 'Bad credentials'],
  [
    'workflow may not open requests',
    403,
    {},
    message('GitHub Actions is not permitted to create or approve pull requests.'),
    'host-forbidden',
    'not permitted',
  ],
  [
    'single sign-on',
    403,
    { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A' },
    message('Resource protected by organization SAML enforcement.'),
    'host-forbidden',
    'sign-on at https://github.com/orgs/acme/sso',
  ],
  [
    'rights to grant',
    403,
    { 'x-accepted-github-permissions': 'pull_requests=write' },
    message('Resource not accessible'),
    'host-forbidden',
    'needs pull_requests=write',
  ],
  [
    'archived',
    403,
    { 'x-ratelimit-remaining': '4999' },
    message('Repository was archived so is read-only.'),
    'host-forbidden',
    'read-only',
  ],
  ['no user agent: plain text', 403, {}, 'Request forbidden by\nadministrative rules.', 'host-forbidden', 'forbidden by administrative'],
  [
    'old Enterprise Server limit',
    403,
    {},
    message('You have triggered an abuse detection mechanism.'),
    'host-limit',
    'wait until 2026-01-02T03:05:05.000Z',
  ],
  [
    'a date to wait for',
    429,
    { 'retry-after': 'Fri, 02 Jan 2026 04:00:00 GMT' },
    message('slow down'),
    'host-limit',
    'wait until 2026-01-02T04:00:00.000Z',
  ],
  ['gone', 410, {}, message('Gone'), 'host-not-found', 'acme/app'],
  [
    'several reasons',
    422,
    {},
    { message: 'Validation Failed', errors: ['plain words', { field: 'base', code: 'invalid' }] },
    'host-invalid',
    'plain words; base invalid',
  ],
  ['something new', 451, {}, message('Unavailable'), 'host-invalid', '451 Unavailable'],
  ['no words at all', 400, {}, [], 'host-invalid', 'no reason given'],
];
test.each(rows)('%s', (_name, status, headers, data, code, part) => {
  const error = explainGitHub({ status, headers, data }, where);
  expect({ code: error.code, shown: `${error.message} ${error.hint}` }).toEqual({ code, shown: expect.stringContaining(part) });
});

const creations: readonly (readonly [string, number, unknown, string])[] = [
  ['no drafts here', 422, message('Draft pull requests are not supported in this repository.'), 'draft'],
  [
    'the branch is not seen yet',
    422,
    { message: 'Validation Failed', errors: [{ resource: 'PullRequest', field: 'head', code: 'invalid' }] },
    'lag',
  ],
  [
    'there is one',
    422,
    { message: 'Validation Failed', errors: [{ code: 'custom', message: 'A pull request already exists for acme:x.' }] },
    'exists',
  ],
  [
    'nothing between',
    422,
    { message: 'Validation Failed', errors: [{ code: 'custom', message: 'No commits between main and x' }] },
    'other',
  ],
  ['another status', 403, message('Draft'), 'other'],
];
test.each(creations)('creation refused: %s', (_name, status, data, why) => {
  expect(creationRefused({ status, headers: {}, data }, where)).toMatchObject({ kind: 'refused', why });
});
