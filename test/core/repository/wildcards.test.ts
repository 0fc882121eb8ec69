// Patterns of paths, step by step, and what they cost.
import { ANY, DIRECTORIES, NAME, ONE_OF_NAME, type Step, wildcard } from '../../../src/core/repository/wildcards.ts';
import { isLinear } from '../../support/processor-time.ts';

const steps = (...parts: readonly Step[]): readonly Step[] =>
  parts.flatMap((part): readonly Step[] => (typeof part === 'string' ? part.split('') : [part]));

test.each<[said: string, pattern: readonly Step[], takes: readonly string[], leaves: readonly string[]]>([
  ['nothing', [], [''], ['a']],
  ['a name', steps('a/b'), ['a/b'], ['a', 'a/b/c', 'xa/b']],
  ['an ending', steps(NAME, '.log'), ['a.log', '.log'], ['a/b.log', 'a.logs']],
  ['a beginning', steps('build-', NAME), ['build-', 'build-1'], ['build-1/a', 'a/build-1']],
  ['both, which must not lie upon each other', steps('ab', NAME, 'ba'), ['abba', 'ab-ba'], ['aba', 'ab/ba']],
  ['one character', steps('a', ONE_OF_NAME, 'c'), ['abc'], ['ac', 'a/c', 'abbc']],
  ['any run', steps('a/', ANY), ['a/', 'a/b', 'a/b/c'], ['a', 'ab']],
  ['directories, or none', steps('a/', DIRECTORIES, 'b'), ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab', 'a/x/yb']],
  ['directories at the head', steps(DIRECTORIES, 'b'), ['b', 'x/b', 'x/y/b'], ['xb', 'x/yb']],
  ['the last two names', steps(DIRECTORIES, 'a/', NAME, 'b'), ['a/b', 'a/cb', 'x/a/b', 'x/y/a/cb'], ['b', 'a/x/b', 'xa/b', 'x/a/b/']],
  ['runs between names', steps(NAME, 'a', NAME, '/', NAME, 'b'), ['xay/zb', 'a/b'], ['a/x/b', 'b/a']],
  ['a run twice', steps(DIRECTORIES, DIRECTORIES, 'b'), ['b', 'x/y/b'], ['xb']],
])('%s', (_, pattern, takes, leaves) => {
  const matches = wildcard(pattern);
  expect([...takes, ...leaves].filter(matches)).toEqual(takes);
});

test.each<[said: string, pattern: readonly Step[], path: (size: number) => string]>([
  [
    'directories that the path repeats',
    steps(...Array.from({ length: 30 }, () => steps(DIRECTORIES, 'a/')).flat(), 'x'),
    (size) => 'a/'.repeat(size),
  ],
  [
    'runs that the name repeats',
    steps(...Array.from({ length: 30 }, () => steps(NAME, 'a')).flat(), NAME, 'b', NAME),
    (size) => 'a'.repeat(size),
  ],
  ['any runs', steps(...Array.from({ length: 30 }, () => steps(ANY, 'a')).flat(), 'b', NAME), (size) => 'a'.repeat(size)],
])('grows with the path alone: %s', async (_, pattern, path) => {
  const matches = wildcard(pattern);
  expect(await isLinear((size) => matches(path(size)))).toBe(true);
});
