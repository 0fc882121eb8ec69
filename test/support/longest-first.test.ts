// The order of the suites: the long ones first, each of which is there.
import { existsSync } from 'node:fs';
import LongestFirst, { LONGEST } from './longest-first.ts';

test('every suite of the list is there, once', () => {
  expect(LONGEST.filter((name) => !existsSync(`test/${name}.test.ts`))).toEqual([]);
  expect(new Set(LONGEST).size).toBe(LONGEST.length);
});

test('what is in the list comes first, in its order', async () => {
  const context = { config: { cache: false }, hasteFS: { getSize: () => 1 } };
  const tests = ['short', LONGEST.at(-1), LONGEST[0]].map((name) => ({ path: `/x/test/${name}.test.ts`, context }));
  const sorted = await new LongestFirst({} as never).sort(tests as never);
  expect(sorted.map(({ path }) => path)).toEqual([LONGEST[0], LONGEST.at(-1), 'short'].map((name) => `/x/test/${name}.test.ts`));
});
