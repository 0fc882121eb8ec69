// Pairs of logs, one bug twice or two bugs, of other messages and transports than those of `pairs.test.ts`; written before
// any of them was tried. Halves by a hash of the name: rules are read against the tuning half, of the other one sees totals.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { detect } from '../read/detector-run.ts';

interface Pair {
  readonly name: string;
  readonly want: 'one' | 'two';
  readonly a: string;
  readonly b: string;
}

/** Wrong answers of the tuning half, and what would have to be known. */
const KNOWN_WRONG: Readonly<Record<string, string>> = {
  'unit-failed': 'what systemd says of a unit has no level in syslog, and is no event',
  'py-docker-vs-venv': 'an application below /app and one below a directory of its own name: the folder of one of them counts',
};

const pairsOf = (file: string): readonly Pair[] =>
  JSON.parse(readFileSync(new URL(`../../golden/pairs/${file}`, import.meta.url), 'utf8')) as readonly Pair[];
const isNeverTuned = ({ name }: Pair): boolean => createHash('sha256').update(name).digest()[0]! % 2 === 1;
const idsOf = (text: string): readonly string[] => detect(`${text}\n`).map((event) => fingerprint(event).id);

function isRight({ want, a, b }: Pair): boolean {
  const [first, second] = [idsOf(a), idsOf(b)];
  if (first.length === 0 || second.length === 0) return false;
  return want === 'one' ? first.join() === second.join() : !first.some((id) => second.includes(id));
}

/** Of texts that people pasted into public issues; both halves have been opened. */
test('real texts', () => {
  const pairs = pairsOf('real-texts.json');
  expect(pairs.length).toBeGreaterThanOrEqual(40);
  expect(pairs.filter((pair) => !isRight(pair)).map(({ name }) => name)).toEqual([]);
});

/** Of other programs, after issues that were closed as one another's duplicates or were not; tuned on. */
test('many programs', () => {
  const pairs = pairsOf('many-programs.json');
  expect(pairs.length).toBe(32);
  expect(pairs.filter((pair) => !isRight(pair)).map(({ name }) => name)).toEqual([]);
});

/** Of further programs, from the same sources; tuned on. */
test('further programs: all but the known wrong ones', () => {
  const pairs = pairsOf('other-programs.json');
  expect(pairs.length).toBe(60);
  expect(pairs.filter((pair) => !isRight(pair)).map(({ name }) => name)).toEqual([
    // What went wrong stands at the margin below a title, and a blank line above its place: no event.
    'x-openfoam-two',
    // The name of a step of a pipeline, in quotes or of code, is a value.
    'y-snakemake-rules',
    // A name with a dot or a line below, `caused not_found`, is a value.
    'y-head-on-each-line-two',
  ]);
});

/** Each file with what is right of its never tuned half. */
const FILES: readonly (readonly [file: string, pairs: number, one: number, two: number])[] = [
  ['halves.json', 35, 20, 12],
  ['further.json', 34, 22, 12],
  ['threads.json', 22, 11, 10],
];

test('the half to tune by: all but the known wrong ones', () => {
  const wrong = FILES.flatMap(([file]) => pairsOf(file)).filter((pair) => !isNeverTuned(pair) && !isRight(pair));
  expect(wrong.map(({ name }) => name).sort()).toEqual(Object.keys(KNOWN_WRONG).sort());
});

test.each(FILES)('the half never tuned on, in total: %s', (file, pairs, one, two) => {
  const never = pairsOf(file).filter(isNeverTuned);
  const right = (want: Pair['want']): number => never.filter((pair) => pair.want === want && isRight(pair)).length;
  expect(never.length).toBe(pairs);
  expect(right('one')).toBeGreaterThanOrEqual(one);
  expect(right('two')).toBeGreaterThanOrEqual(two);
});
