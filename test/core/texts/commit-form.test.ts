// The form of a commit: by the rules of Conventional Commits as commitlint checks them, in a team's own words, signed off.
import conventional from '@commitlint/config-conventional';
import lint from '@commitlint/lint';
import { COMMIT_SUBJECT, commitMessage } from '../../../src/core/texts/commit.ts';
import type { Proposal } from '../../../src/core/texts/proposal.ts';
import { requestTitle } from '../../../src/core/texts/request.ts';
import { fillTemplate, unknownNames } from '../../../src/core/texts/template.ts';
import { INCIDENT, PROPOSAL } from '../../support/incidents.ts';

const frame = (file: string, name: string) => [{ file, line: 3, function: name, inApp: true }];
const about = (change: Partial<Proposal['incident']>, more: Partial<Proposal> = {}): Proposal => ({
  ...PROPOSAL,
  incident: { ...INCIDENT, ...change },
  ...more,
});

const STORIES: Readonly<Record<string, Proposal>> = {
  plain: PROPOSAL,
  'a long proof': {
    ...PROPOSAL,
    proof: { ...PROPOSAL.proof, level: 'L4', reproduced: 'yes', detail: `a new test ${'fails without the fix and '.repeat(12)}passes` },
  },
  'a type in capitals': about({ type: 'ENOENT', frames: frame('src/A.js', 'Load') }),
  'no type': about({ type: null, title: 'Something Went Wrong With Very Much In It '.repeat(6), frames: [] }),
  'a long name': about({ frames: frame(`src/${'deep/'.repeat(30)}x.js`, 'a'.repeat(200)) }),
  'a path of blanks': about({ frames: frame('src/my file (1).js', 'do it') }),
  Chinese: { ...PROPOSAL, language: 'zh' },
  'many files': {
    ...PROPOSAL,
    files: Array.from({ length: 9 }, (_, at) => ({ path: `src/${at}/${'d'.repeat(60)}.js`, status: 'modified', added: 1, removed: 1 })),
  },
};

test.each(Object.entries(STORIES))('commitlint takes it: %s', async (_name, proposal) => {
  const signedOffBy = { name: 'Robot', email: 'robot@example.org' };
  const found = await lint(commitMessage(proposal, { subject: COMMIT_SUBJECT, signedOffBy }), conventional.rules);
  expect([...found.errors, ...found.warnings].map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
});

test('what is taken by the rules before would not be now', async () => {
  const { errors } = await lint('fix: TypeError in total', conventional.rules);
  expect(errors.map(({ name }) => name)).toEqual(['subject-case']);
});

test('the sign-off is a trailer beside ours', () => {
  const text = commitMessage(PROPOSAL, { subject: COMMIT_SUBJECT, signedOffBy: { name: 'Robot', email: 'robot@example.org' } });
  expect(text.split('\n\n').at(-1)).toBe(`Signed-off-by: Robot <robot@example.org>\nAi-Ops-Fingerprint: ${INCIDENT.fingerprint}\n`);
});

test('a team’s own words', () => {
  const subject = 'PAY-7 {type} in {function} of {file}, {level} {proof}';
  expect(commitMessage(PROPOSAL, { subject }).split('\n')[0]).toBe('PAY-7 TypeError in orderTotal of src/pricing.js, error L2');
  expect(requestTitle(PROPOSAL, '[{proof}] {what}')).toMatch(/^\[L2[^\]]*\] TypeError in orderTotal/);
  expect(unknownNames('{what} {nonesuch} {}')).toEqual(['nonesuch', '']);
});

test('a value that looks like a name in braces is not filled once more', () => {
  const proposal = about({ type: '{proof}', frames: frame('a.js', '{file}') });
  expect(fillTemplate('{type} {function}', proposal, 72)).toBe('{proof} {file}');
});
