// What a change has done to the tests that were there: one that passed and fails, is gone or is skipped with it has been
// broken or hidden, whatever the exit code says.
import type { TestOutcome, TestResults } from '../model.ts';
import { renamedGroups } from './renamed-groups.ts';
import { outcomesOf } from './test-results.ts';

/** Told to people. @example lostTests({ ran: 3 }, { ran: 2 }) // '2 tests ran with the fix, 3 before' */
export function lostTests(before: TestResults | undefined, after: TestResults | undefined): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  const { names: old } = before;
  const names = withOldNames(old, after.names);
  if (old === undefined || names === undefined)
    return after.ran < before.ran ? `${after.ran} tests ran with the fix, ${before.ran} before` : undefined;
  for (const [name, outcomes] of Object.entries(old)) {
    const now = outcomesOf({ ran: after.ran, names }, name);
    if (times(now, 'passed') >= times(outcomes, 'passed')) continue;
    return `the test ${JSON.stringify(name)} passed before the fix and ${wordsFor(outcomes, now)} with it`;
  }
  return undefined;
}

type Names = NonNullable<TestResults['names']>;

/**
 * A test that was put into a group, or taken out of one, has that group more or less in its name and all else as it was; a row
 * beside which another one of the same values was put has a number more; a group may be called otherwise as a whole. Such a new
 * name stands for the old one, each for one: so many that pass as are gone.
 */
function withOldNames(old: Names | undefined, names: Names | undefined): Names | undefined {
  if (old === undefined || names === undefined) return names;
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(names, name));
  const fresh = Object.keys(names).filter((name) => !Object.hasOwn(old, name));
  if (gone.length === 0 || fresh.length === 0) return names;
  const renamed = renamedGroups(Object.keys(old), Object.keys(names), { gone, fresh });
  const isLeft = new Set(renamed.values());
  const byLastWord = Map.groupBy(
    fresh.filter((name) => !isLeft.has(name)),
    lastWord,
  );
  const moved: [string, readonly TestOutcome[]][] = gone.flatMap((name) => {
    const left = byLastWord.get(lastWord(name)) ?? [];
    const at = left.slice(0, MOST_LIKE).findIndex((other) => isInGroup(name, other) || isInGroup(other, name) || isNumbered(name, other));
    const other = renamed.get(name) ?? (at < 0 ? undefined : left.splice(at, 1)[0]);
    return other === undefined ? [] : [[name, names[other] ?? []]];
  });
  return { ...names, ...Object.fromEntries(moved) };
}

/** So many new names that end alike are looked at. */
const MOST_LIKE = 200;

const lastWord = (name: string): string => (/[\p{L}\p{N}_]+(?=[^\p{L}\p{N}_]*$)/u.exec(name)?.[0] ?? name).replace(/_?\d+$/, '');

/** Of rows whose values are called the same, a runner numbers the values. @example isNumbered('t[a-Iterable]', 't[a-Iterable0]') // true */
function isNumbered(name: string, longer: string): boolean {
  return insertions(name, longer).some(
    (at) => /[-\]]/.test(name[at] as string) && /^_?\d+$/.test(longer.slice(at, at + longer.length - name.length)),
  );
}

/** Places of the shorter text where something put in makes the longer one. */
function insertions(text: string, longer: string): readonly number[] {
  const more = longer.length - text.length;
  if (more <= 0) return [];
  let from = 0;
  while (from < text.length && text[from] === longer[from]) from += 1;
  const places: number[] = [];
  for (let at = from; at >= 0 && (at === text.length || text[at] === longer[at + more]); at -= 1) places.push(at);
  return text.slice(from) === longer.slice(from + more) ? places.filter((at) => at < text.length) : [];
}

/** Whether the longer name is the shorter one with whole words put in before its end. @example isInGroup('a.ts adds', 'a.ts sums adds') // true */
function isInGroup(name: string, longer: string): boolean {
  const more = longer.length - name.length;
  return insertions(name, longer).some((at) => isBetween(longer, at) && isBetween(longer, at + more));
}

const isBetween = (text: string, at: number): boolean => at === 0 || /[^\p{L}\p{N}_]/u.test(text[at - 1] as string);

/**
 * Why tests that fail without the fix do not answer with it: a red test that is not run there says nothing of the fix.
 * @example skippedWith({ ran: 3 }, { ran: 2 }) // '2 tests ran with the fix, 3 without it'
 */
export function skippedWith(red: TestResults | undefined, green: TestResults | undefined): string | undefined {
  if (red === undefined || green === undefined) return undefined;
  for (const [name, outcomes] of Object.entries(red.names ?? {})) {
    if (times(outcomes, 'failed') > 0 && times(outcomesOf(green, name), 'skipped') > times(outcomes, 'skipped'))
      return `the test ${JSON.stringify(name)} fails without the fix and is skipped with it`;
  }
  return green.ran < red.ran ? `${green.ran} tests ran with the fix, ${red.ran} without it` : undefined;
}

const times = (outcomes: readonly TestOutcome[], which: TestOutcome): number => outcomes.filter((outcome) => outcome === which).length;

function wordsFor(before: readonly TestOutcome[], now: readonly TestOutcome[]): string {
  if (times(now, 'failed') > times(before, 'failed')) return 'fails';
  return times(now, 'skipped') > times(before, 'skipped') ? 'is skipped' : 'is gone';
}

/** Of two runs on the same files the better: what passed in either has passed. */
export function better(first: TestResults | undefined, second: TestResults | undefined): TestResults | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const ran = Math.max(first.ran, second.ran);
  if (first.names === undefined || second.names === undefined) return { ran };
  const all = new Set([...Object.keys(first.names), ...Object.keys(second.names)]);
  const of = (name: string): readonly TestOutcome[] => {
    const [one, two] = [outcomesOf(first, name), outcomesOf(second, name)];
    return times(one, 'passed') >= times(two, 'passed') ? one : two;
  };
  return { ran, names: Object.fromEntries([...all].map((name) => [name, of(name)])) };
}
