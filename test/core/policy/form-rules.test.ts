// Which rules a fix would break is said only where it is certain: a pattern that is read otherwise by its host, or that might not
// come to an end here, is left to the host.
import { brokenRule, type Form, type FormPattern } from '../../../src/core/policy/form-rules.ts';

const FORM: Form = {
  branch: 'ai-ops/fix-0123456789ab',
  message: 'fix: handle KeyError\n\nJIRA-7 is named here\n',
  author: 'a@acme.test',
  committer: 'c@acme.test',
  isSigned: true,
  isSignedOff: true,
};

test.each<readonly [string, FormPattern['operator'], string, boolean, boolean]>([
  ['a plain one that is kept', 'regex', '^fix: ', false, false],
  ['a plain one that is broken', 'regex', '^feat: ', false, true],
  ['the beginning of a line, or of the text: not certain', 'regex', '^JIRA-', false, false],
  ['neither of both', 'regex', '^TASK-', false, true],
  ['words for the ends of a text', 'regex', '\\AFIX', false, true],
  ['without regard to case', 'regex', '(?i)\\AFIX', false, false],
  ['a named group of RE2', 'regex', '(?P<type>feat|chore): ', false, true],
  ['one that might take for ever', 'regex', '^(\\w+\\s?)*x$', false, false],
  ['one that cannot be read', 'regex', '(?<=[', false, false],
  ['what may not be there, and is', 'regex', 'KeyError', true, true],
  ['what may not be there, and is not', 'contains', 'TypeError', true, false],
  ['an ending, whatever blanks follow', 'ends_with', 'here', false, false],
])('%s', (_, operator, text, isNegated, isBroken) => {
  const broken = brokenRule([{ kind: 'message', pattern: { operator, text, isNegated } }], FORM);
  expect(broken !== undefined).toBe(isBroken);
});

test('the first that is broken is named, with what it asks for', () => {
  const pattern = { operator: 'starts_with', text: 'feature/', isNegated: false } as const;
  expect(brokenRule([{ kind: 'signature' }, { kind: 'signoff' }, { kind: 'branch', pattern }], FORM)).toEqual({
    words: 'the name of a branch, ai-ops/fix-0123456789ab, has to begin with feature/',
    key: 'request.branchPrefix',
  });
});
