// Pairs of logs: one bug twice, or two bugs. Written from the traces and messages of real programs, split by a hash of
// their names before anybody looked at an answer. Rules are read against the tuning half; of the other half only the
// totals are seen. Who opens a row of it moves the row to the tuning half and writes a new one of its kind.
import { readFileSync } from 'node:fs';
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { detect } from '../read/detector-run.ts';

interface Pair {
  readonly name: string;
  readonly want: 'one' | 'two';
  /** Right and wrong can both be argued: shown, not counted. */
  readonly soft?: true;
  readonly why?: string;
  readonly a: string;
  readonly b: string;
}

const read = (half: string): readonly Pair[] => JSON.parse(readFileSync(`test/golden/pairs/${half}.json`, 'utf8')) as readonly Pair[];
const idsOf = (text: string): readonly string[] => detect(`${text}\n`).map((event) => fingerprint(event).id);

function isRight({ want, a, b }: Pair): boolean {
  const [first, second] = [idsOf(a), idsOf(b)];
  if (first.length === 0 || second.length === 0) return false;
  return want === 'one' ? first.join() === second.join() : !first.some((id) => second.includes(id));
}

/** Wrong answers we know of, with what would have to be known; whoever mends one takes its row away. */
const KNOWN_WRONG: Readonly<Record<string, string>> = {
  'vector-stream': 'a value that is a plain word (`events`) beside one that is none; costs an incident for each value',
  'pg-duplicate': 'a column named in brackets is a plain word; costs an incident for each constraint',
  'go-gopath': 'frames below $GOPATH/src are read as the library; the reader of Go has to know the module',
  'tsan-asan': "a sanitizer's line without its ruler is not seen as an event",
  'dotnet-local': 'frames of local functions (`<Total>g__Load|5_0`) are not read, so nothing but the message is left',
  'list-words': 'a list of plain words without brackets',
  'status-enum': 'a value of an enumeration has the form of a word',
  'json-key': 'a sign as a value',
  'k8s-pod': 'a name that is a plain word',
  'email-name': "a person's name is a plain word",
  'js-throws': 'two throws of one type in one function: words of a message beside named frames do not count, for they hold names too',
};

describe('the tuning half', () => {
  const pairs = read('tuning');
  test.each(pairs.filter(({ name }) => !Object.hasOwn(KNOWN_WRONG, name)).map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
    expect(isRight(pair)).toBe(true);
  });

  test.each(Object.entries(KNOWN_WRONG))('known wrong: %s (%s)', (name) => {
    expect(isRight(pairs.find((pair) => pair.name === name)!)).toBe(false);
  });
});

test('the half never tuned on, in total', () => {
  const hard = read('never-tuned').filter(({ soft }) => soft !== true);
  const right = (want: Pair['want']): number => hard.filter((pair) => pair.want === want && isRight(pair)).length;
  expect(hard.length).toBe(77);
  expect(right('one')).toBeGreaterThanOrEqual(48);
  expect(right('two')).toBeGreaterThanOrEqual(22);
});
