// What GitHub's refusals mean to us, beside those that the stand-in makes in `github-rows.test.ts`. Rows: status, headers, body, then code and a part of what people read.
// Wordings come from GitHub's documentation and from public threads.
import { explainGitHub } from '../../../../src/adapters/hosts/github/answers.ts';

const where = { host: 'github.com', project: 'acme/app', variable: 'GITHUB_TOKEN', clock: () => new Date('2026-01-02T03:04:05.000Z') };
const message = (text: string) => ({ message: text, documentation_url: 'https://docs.github.com/rest' });

const rows: readonly (readonly [string, number, Readonly<Record<string, string>>, unknown, string, string])[] = [
  ['no user agent: plain text', 403, {}, 'Request forbidden by\nadministrative rules.', 'host-forbidden', 'forbidden by administrative'],
  ['no time at all', 429, { 'retry-after': '1e300' }, message('slow down'), 'host-limit', 'wait until 2036-01-'],
  ['a time that has passed', 429, { 'retry-after': '-5' }, message('slow down'), 'host-limit', 'wait until 2026-01-02T03:04:05'],
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
