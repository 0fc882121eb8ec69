// No test depends on how fast the machine is. What is measured is processor time, several times (`support/processor-time.ts`);
// what is waited for has a limit that a busy machine keeps.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const { jest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly jest: { readonly testTimeout: number } };

/** The stress measures, and says so; a repository to be repaired is somebody else's. */
const OTHERS = /^(?:stress|bench)\/|^repairs\/[^/]+\/repo\//;
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !OTHERS.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, 'test', path), 'utf8') }));

const found = (pattern: RegExp, isWrong: (match: RegExpMatchArray) => boolean = () => true): readonly string[] =>
  files.flatMap(({ path, text }) => [...text.matchAll(pattern)].filter(isWrong).map(([all]) => `${path}: ${all.trim()}`));
const number = (text = ''): number => Number(text.replaceAll('_', ''));

test('processor time is measured at one place', () => {
  // What a look takes for our own work is counted in it.
  const allowed = /^(?:support\/processor-time|wiring\/look\.test|architecture\/time\.test)\.ts:/;
  expect(found(/process\.(?:cpuUsage|threadCpuUsage|hrtime)/g).filter((line) => !allowed.test(line))).toEqual([]);
});

test('no time that has gone by is held against a limit that a busy machine does not keep', () => {
  const limits =
    /^.*(?:performance\.now\(\)|Date\.now\(\) - |seconds|elapsed|durationMs|took).*\.toBeLessThan(?:OrEqual)?\(([\d_]+)\).*$/gm;
  const leastMs = 20_000;
  expect(found(limits, ([all, limit]) => number(limit) < (/[sS]econds/.test(all) ? leastMs / 1000 : leastMs))).toEqual([]);
});

test('no test has less time than any other', () => {
  expect(
    found(
      /^\s*(?:\}, |const (?:LIMIT|TEST_MS) = |)(\d+_000)(?: [+*] [^\n,]*)?[,)][);]*$/gm,
      ([, limit]) => number(limit) < jest.testTimeout,
    ),
  ).toEqual([]);
});
