// Where records of loggers, collectors and platforms come from, written from the documents of each, and what looks like it and is
// not, in two halves by a hash of their names. Rules are read against the tuning half only; of the other one sees the total. When the
// rules first met them, 32 of 48 and 17 of 33 were right.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readLine } from '../../../src/core/formats/dialects.ts';
import { originOf } from '../../../src/core/formats/origin.ts';
import type { Origin } from '../../../src/core/model.ts';

interface Case {
  readonly name: string;
  readonly line: string;
  readonly origin: Origin | null;
}

const CASES = readFileSync(join(import.meta.dirname, 'origin-cases.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

/** Wrong answers of the tuning half, and why they stay. */
const KNOWN_WRONG: Readonly<Record<string, string>> = {
  'fresh-env-of-unit-test': 'an environment may have any name, also that of a runner of tests',
};

/** What begins with `fresh-` was first read when rules had been mended by the others: 13 of 24 were right then. */
const isNeverTuned = ({ name }: Case): boolean => !name.startsWith('fresh-') && createHash('sha256').update(name).digest()[0]! % 2 === 1;
const read = ({ line }: Case): Origin | null => originOf(readLine(line).records ?? []) ?? null;
const isRight = (one: Case): boolean => isDeepStrictEqual(read(one), one.origin);

test('the half to tune by: all but the known wrong ones', () => {
  const wrong = CASES.filter((one) => !isNeverTuned(one) && !isRight(one));
  expect(wrong.map(({ name }) => name).sort()).toEqual(Object.keys(KNOWN_WRONG).sort());
});

test('the half never tuned on, in total', () => {
  const never = CASES.filter(isNeverTuned);
  expect(never.length).toBe(33);
  expect(never.filter(isRight).length).toBeGreaterThanOrEqual(27);
});
