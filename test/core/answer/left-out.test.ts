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

/** Several files of one answer, each whole. */
const together = (files: readonly (readonly [path: string, before: string | undefined, after: string])[]): readonly string[] =>
  toChanges(
    'c',
    files.map(([path, before, content]) => ({ path, content, isNew: before === undefined })),
    new Map(
      files.flatMap(([path, before]) =>
        before === undefined ? [] : [[path, { bytes: Buffer.from(before), mode: '100644' as const }] as const],
      ),
    ),
  ).problems.map(({ kind }) => kind);

const USERS =
  "import { query } from './db.js';\n\nexport async function user(mail) {\n  return query('users', normalise(mail))[0];\n}\n\nconst normalise = (mail) => mail.trim().toLowerCase();\n";
const JOBS =
  "import { Cron } from '@nestjs/schedule';\nimport { Store } from './store';\n\nexport class Reminder {\n  constructor(private readonly store: Store) {}\n\n  async due(days: number) {\n    return this.store.open().filter((one) => one.sent.getTime() < days);\n  }\n\n  @Cron('0 7 * * *')\n  async remind() {\n    await this.store.remind();\n  }\n}\n";
const FEATURE =
  'Feature: Basket\n\n  Scenario: empty\n    Given an empty basket\n    Then the sum is 0\n\n  Scenario: two of one\n    Given a basket with 2 "tea"\n    Then the sum is 6\n';
const A =
  'export function area(s) {\n  return s.width * s.height;\n}\n\nexport function fits(s, box) {\n  return area(s) <= area(box);\n}\n';
const B = "import { fits } from './a.js';\n\nexport function choose(list, box) {\n  return list.find((s) => fits(s, box)).name;\n}\n";

test.each<[string, Parameters<typeof together>[0], readonly string[]]>([
  [
    'a function is moved to a file of its own, and said to be for others',
    [
      [
        'src/users.js',
        USERS,
        USERS.replace(/\nconst normalise.*\n$/, '').replace("'./db.js';\n", "'./db.js';\nimport { normalise } from './mail.js';\n"),
      ],
      ['src/mail.js', undefined, 'export const normalise = (mail) => mail.trim().toLowerCase();\n'],
    ],
    [],
  ],
  [
    'each of two files has what the other one had',
    [
      ['src/a.js', A, B],
      ['src/b.js', B, A.replace('area(s) <=', 'box && area(s) <=')],
    ],
    ['conflict'],
  ],
  [
    'two files are changed',
    [
      ['src/a.js', A, A.replace('area(s) <=', 'box && area(s) <=')],
      ['src/b.js', B, B.replace(').name', ')?.name')],
    ],
    [],
  ],
  [
    'what brings an annotation went with it, beside a fix of something else',
    [
      [
        'src/reminder.ts',
        JOBS,
        JOBS.replace(/import \{ Cron.*\n/, '')
          .replace(/ {2}@Cron.*\n/, '')
          .replace('one.sent.', 'one.sent?.'),
      ],
    ],
    ['elided'],
  ],
  [
    'what brings an annotation went with it, and what it stood above was changed',
    [
      [
        'src/reminder.ts',
        JOBS,
        JOBS.replace(/import \{ Cron.*\n/, '')
          .replace(/ {2}@Cron.*\n/, '')
          .replace('store.remind()', 'store.remindAll()'),
      ],
    ],
    [],
  ],
  [
    'a scenario is gone beside a new one',
    [
      [
        'features/basket.feature',
        FEATURE,
        FEATURE.replace('two of one', 'no coupon').replace('2 "tea"', '1 "tea"').replace('is 6', 'is 3'),
      ],
    ],
    ['elided'],
  ],
  ['a scenario is called otherwise', [['features/basket.feature', FEATURE, FEATURE.replace('two of one', 'one thing twice')]], []],
  [
    'a scenario more',
    [['features/basket.feature', FEATURE, `${FEATURE}\n  Scenario: one\n    Given a basket with 1 "tea"\n    Then the sum is 3\n`]],
    [],
  ],
])('together: %s', (_name, files, expected) => expect(together(files)).toEqual(expected));

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
