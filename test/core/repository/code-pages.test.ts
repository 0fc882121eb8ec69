// Addresses of code by commit, as the two hosts have them; names are encoded so that nothing in one ends the address.
import { GITHUB as ABOUT_GITHUB } from '../../../src/adapters/hosts/github/about.ts';
import { GITLAB as ABOUT_GITLAB } from '../../../src/adapters/hosts/gitlab/about.ts';
import { type CodePages, commitPage, filePage } from '../../../src/core/repository/code-pages.ts';

const GITHUB: CodePages = { project: 'https://git.acme.test/acme/app', ...ABOUT_GITHUB.pages };
const GITLAB: CodePages = { project: 'https://acme.test/gitlab/group/sub/app', ...ABOUT_GITLAB.pages };

test.each([
  [GITHUB, 'src/price.js', 5, '/blob/abc/src/price.js#L5'],
  [GITHUB, 'src/price.js', null, '/blob/abc/src/price.js'],
  [GITHUB, 'doc/a b#c.md', 7, '/blob/abc/doc/a%20b%23c.md?plain=1#L7'],
  [GITHUB, 'app/[slug]/(group)/page.tsx', 1, '/blob/abc/app/%5Bslug%5D/%28group%29/page.tsx#L1'],
  [GITHUB, '价格/ценa.py', 1, '/blob/abc/%E4%BB%B7%E6%A0%BC/%D1%86%D0%B5%D0%BDa.py#L1'],
  [GITLAB, 'src/price.js', 5, '/-/blob/abc/src/price.js#L5'],
  [GITLAB, 'a%2f?.js', null, '/-/blob/abc/a%252f%3F.js'],
] as const)('%j %s:%s', (pages, path, line, expected) => {
  expect(filePage(pages, 'abc', path, line)).toBe(`${pages.project}${expected}`);
});

test('a commit', () => {
  expect([commitPage(GITHUB, 'abc'), commitPage(GITLAB, 'abc')]).toEqual([
    'https://git.acme.test/acme/app/commit/abc',
    'https://acme.test/gitlab/group/sub/app/-/commit/abc',
  ]);
});
