// Which paths the patterns of `.gitignore` name: git itself says what is right.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ignoreRules } from '../../../../src/adapters/git/objects/ignore-rules.ts';
import { isDoneWithin, isLinear } from '../../../support/processor-time.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-ignore-'));
  execFileSync('git', ['init', '-q', root]);
  execFileSync('git', ['-C', root, 'config', 'core.ignorecase', 'false']);
  for (const path of DIRECTORIES) mkdirSync(join(root, path), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function ignoredByGit(text: string, paths: readonly string[]): readonly string[] {
  writeFileSync(join(root, '.gitignore'), text, 'latin1');
  try {
    const said = execFileSync('git', ['-C', root, 'check-ignore', '--no-index', '-z', '--stdin'], {
      input: Buffer.from(`${paths.join('\0')}\0`, 'latin1'),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return said.toString('latin1').split('\0').slice(0, -1);
  } catch (error) {
    // 1: none is ignored.
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}

const ignored = (text: string, paths: readonly string[]): readonly string[] => {
  const rules = ignoreRules(new Map([['', text]]));
  return paths.filter((path) => rules.ignores(path, DIRECTORIES.includes(path)));
};

/** These are directories. */
const DIRECTORIES: readonly string[] = ['d', 'd/e', 'x', 'x/d', 'ab d', 'd.log'];

const PATHS: readonly string[] = [
  ...[
    'a',
    'b',
    'A',
    'ab',
    'abc',
    'a.log',
    '.log',
    'a b',
    'a ',
    '#a',
    '!a',
    'a[b]',
    'a-b',
    'a]',
    '-',
    'a\\',
    '*',
    'a*b',
    '\xc3\xa9',
    '1',
    ' ',
  ],
  ...['a/b', 'a/b/c', 'a/b/c/d', 'b/a', 'b/a/b', 'c/b/a', 'x/a.log', 'x/y/a.log', 'foo/bar', 'foo/bar/baz', 'a/x/b', 'a/x/y/b', 'ab/ab'],
  ...['d/a', 'd/b', 'x/d/a'],
  ...DIRECTORIES,
];

test.each([
  'a',
  '/a',
  'a/',
  'd/',
  'd/e/',
  '*/',
  '!d/\n*',
  'd/*\n!d/e',
  'd\n!d/a',
  'a/b',
  '/a/b',
  '*.log',
  '!a\n*',
  '*\n!a',
  '*\n!a/\n!a/b',
  'foo/*\n!foo/bar',
  '**',
  '**/',
  '**/a',
  'a/**',
  'a/**/b',
  '/**/b',
  '***/b',
  'a**b',
  'a/**b',
  '**a/b',
  'a/b**',
  '?',
  'a?b',
  'a/?',
  '??',
  '[ab]',
  '[!ab]',
  '[^ab]',
  '[a-c]',
  '[c-a]',
  '[]a]',
  '[]-a]',
  '[a-]',
  '[!]a]b',
  '[[:upper:]]',
  '[[:nobody:]]',
  '[[:digit:]a]',
  '[[:alpha',
  '[a',
  'a[[]b]',
  'a[/]b',
  'a[!x]b',
  '[\\]]',
  '[\\a-\\c]',
  '\\a',
  '\\*',
  'a\\',
  'a\\\\',
  '\\#a',
  '#a',
  '\\!a',
  '!!a\n',
  'a ',
  'a\\ ',
  'a\\\\ ',
  ' ',
  'a\r\nb\r\n',
  '\r\n',
  '\xef\xbb\xbfa\nb',
  '/',
  '//',
  'a//b',
  '!/',
  '',
  '\xc3\xa9',
  '\xc3?',
  'A',
  '*a*b*',
  '*/b',
  'x/*/a.log',
  'x/**/*.log',
  'foo/**/baz',
])('as git has it: %j', (text) => {
  expect(ignored(text, PATHS)).toEqual(ignoredByGit(text, PATHS));
});

test('as git has it: patterns of chance', () => {
  let seed = 20_261_201;
  const below = (count: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * count);
  };
  const pick = (from: readonly string[]): string => from[below(from.length)]!;
  const PIECES = [
    'a',
    'b',
    'c',
    'x',
    '*',
    '**',
    '/',
    '/**/',
    '**/',
    '?',
    '[ab]',
    '[!a]',
    '[a-c]',
    '[',
    ']',
    '-',
    '\\',
    '!',
    '.',
    ' ',
    '\n',
    '\n!',
  ];
  const wrong: string[] = [];
  for (let round = 0; round < 150; round += 1) {
    const text = Array.from({ length: 1 + below(14) }, () => pick(PIECES)).join('');
    const paths = Array.from({ length: 40 }, () =>
      Array.from({ length: 1 + below(4) }, () => Array.from({ length: 1 + below(3) }, () => pick(['a', 'b', 'c', 'x', '.', '-'])).join('')),
    ).map((names) => names.map((name) => (/^\.+$/.test(name) ? 'a' : name)).join('/'));
    const own = [...new Set(paths)];
    const [ours, gits] = [ignored(text, own), ignoredByGit(text, own)];
    if (ours.join() !== gits.join()) wrong.push(`${JSON.stringify(text)}: ${ours.join()} | ${gits.join()}`);
  }
  expect(wrong).toEqual([]);
});

const HOSTILE: readonly (readonly [name: string, text: (size: number) => string, path: (size: number) => string])[] = [
  ['directories upon directories', (size) => `${'**/'.repeat(size)}x`, (size) => `${'d/'.repeat(size)}y`],
  ['a name between all of them', () => `${'**/a/'.repeat(40)}x`, (size) => `${'a/'.repeat(size)}y`],
  ['stars in a name', () => `${'*a'.repeat(40)}b`, (size) => 'a'.repeat(size)],
  ['sets between stars', () => `${'*[a-z]'.repeat(40)}0`, (size) => 'a'.repeat(size)],
];

test.each(HOSTILE)('a pattern takes time by its length and that of the path: %s', async (_, text, path) => {
  expect(await isLinear((size) => ignoreRules(new Map([['', text(40)]])).ignores(path(size), false), 400)).toBe(true);
  expect(await isDoneWithin(5000, () => ignoreRules(new Map([['', text(2000)]])).ignores(path(300), false))).toBe(true);
});
