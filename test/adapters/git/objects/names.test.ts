// Names that git or a file system would take for something else.
import { isDotGit, unsafePath } from '../../../../src/adapters/git/objects/names.ts';

const refused = [
  '',
  '/etc/passwd',
  'C:/x',
  'c:x',
  '../x',
  'a/../b',
  './x',
  'a//b',
  'a/',
  '.git',
  '.git/config',
  'a/.git/hooks/x',
  '.GIT/x',
  '.Git',
  'git~1/x',
  'GIT~2',
  '.git./x',
  '.git /x',
  '.g\u200cit/x',
  '.gi\ufefft',
  '.git::$INDEX_ALLOCATION/x',
  'a\\b',
  'a:b',
  'a\u0000b',
  'a\nb',
  'a\u007f',
  'a\u0085b',
  'x.',
  'x ',
  'd./x',
  'a\u200bb',
  'a\u202eb',
  'a\ud800b',
  'x'.repeat(256),
  `${'d/'.repeat(2100)}x`,
];

test.each(refused)('%j is refused', (path) => {
  expect(unsafePath(path)).toEqual(expect.any(String));
});

const accepted = [
  'a',
  '.gitignore',
  '.github/workflows/x.yml',
  '.gitlab-ci.yml',
  '.git-hooks/x',
  'git~x',
  'gitx',
  'a.git/x',
  '...x',
  'ä/ß/文.js',
  'a b/c d',
  '-x',
  'a..b',
  "o'x",
];

test.each(accepted)('%j is fine', (path) => {
  expect(unsafePath(path)).toBeUndefined();
});

test.each(['.git', '.GIT', 'git~1', '.git.', '.git...', '.git ', '.git:x'])('%j is git itself', (name) => {
  expect(isDotGit(name)).toBe(true);
});
