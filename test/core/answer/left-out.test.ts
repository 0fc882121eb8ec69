// Lines that are gone from a whole file: for the change, or left out.

import { toChanges } from '../../../src/core/answer/changes.ts';
import { commentForCode } from '../../../src/core/answer/comment-for-code.ts';
import { isDoneWithin } from '../../support/processor-time.ts';

const BASE = [
  'site shop {',
  '  listen 80',
  '  proxy api 8080',
  '}',
  '',
  'site status {',
  '  listen 81',
  '  answer ok',
  '}',
  '',
  'site old {',
  '  listen 82',
  '  proxy api 8080',
  '}',
  '',
].join('\n');
const problems = (content: string, base = BASE, path = 'conf/shop.site'): readonly string[] =>
  toChanges('c', [{ path, content, isNew: false }], new Map([[path, { bytes: Buffer.from(base), mode: '100644' }]])).problems.map(
    ({ detail }) => detail,
  );
const edit = (search: string, replace: string): string => `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`;
const STATUS = 'site status {\n  listen 81\n  answer ok\n}\n\n';

test('what is gone beside another change is told by its place', () => {
  expect(problems(BASE.replace('listen 80', 'listen 8000').replace(STATUS, ''))).toEqual([
    'the block for conf/shop.site lacks lines of the file from line 6 on, beginning with "site status {"; write the whole file, or take them out by an edit where that is meant',
  ]);
});

test.each([
  ['nothing else is changed: it is the change', BASE.replace(STATUS, '')],
  ['a name of it goes everywhere', BASE.replace(/proxy api 8080/g, 'listen 83').replace('  listen 83\n}\n\nsite old', '}\n\nsite old')],
  ['it stands elsewhere', `${STATUS}${BASE.replace('listen 80', 'listen 8000').replace(STATUS, '')}`],
  ['it is written anew', BASE.replace('listen 80', 'listen 8000').replace(STATUS, 'site status { listen 81; answer ok }\n')],
  ['an edit names it', `${edit('  listen 80\n', '  listen 8000\n')}${edit(STATUS, '')}`],
])('%s', (_name, content) => expect(problems(content)).toEqual([]));

test('a large file is compared in no time', async () => {
  const lines = [...Array(10_000).keys()].map((at) => `entry ${at} of ${at % 7}`);
  const compare = (): void =>
    expect(problems(lines.map((line, at) => (at % 50 === 0 ? `${line}!` : line)).join('\n'), lines.join('\n'))).toEqual([]);
  expect(await isDoneWithin(20_000, compare)).toBe(true);
});

test('a long file of settings, of which every third entry is gone, is looked through once', () => {
  const entry = (n: number): string => `item${n}:\n  a: ${n}\n  b: ${n}\n`;
  const all = [...Array(20_000).keys()];
  expect(
    commentForCode(
      'app.yaml',
      all
        .filter((n) => n % 3 > 0)
        .map(entry)
        .join(''),
      all.map(entry).join(''),
    ),
  ).toBeUndefined();
});
