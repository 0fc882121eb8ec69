// The closed lists are whole: what the type checker cannot see of them.
import { readFileSync } from 'node:fs';
import * as tables from '../../src/core/tables.ts';

const { STEPS } = tables;
const NAMES: readonly string[] = STEPS.map(({ name }) => name);

const LISTS = Object.entries(tables).map(([name, list]) => ({
  name,
  members: list.map((member): string => (typeof member === 'string' ? member : 'kind' in member ? member.kind : member.name)),
}));
test.each(LISTS)('$name has members, each once', ({ members }) => {
  expect(members.length).toBeGreaterThan(0);
  expect(new Set(members).size).toBe(members.length);
});

/** What is wrong between the steps of the story and a table of steps, each with the file to mend. */
function differences(story: string, names: readonly string[]): readonly string[] {
  const called = [...story.matchAll(/\b(?:step|optional)\('(\w+)'/g)].map(([, name = '']) => name);
  const lacking = called.filter((name) => !names.includes(name)).map((name) => `STEPS lacks \`${name}\`, which repair.ts runs`);
  const idle = names.filter((name) => !called.includes(name)).map((name) => `repair.ts lacks \`${name}\`, which STEPS has`);
  if (lacking.length > 0 || idle.length > 0) return [...lacking, ...idle];
  return called.flatMap((name, at) => (name === names[at] ? [] : [`repair.ts runs \`${name}\` where STEPS has \`${names[at]}\``]));
}

test('repair.ts runs the steps of STEPS, in their order', () => {
  expect(differences(readFileSync('src/pipeline/repair.ts', 'utf8'), NAMES)).toEqual([]);
});

test.each([
  ['a step without a row', "step('claim', a); step('review', b);", ['claim'], ['STEPS lacks `review`, which repair.ts runs']],
  ['a row without a step', "step('claim', a);", ['claim', 'review'], ['repair.ts lacks `review`, which STEPS has']],
  [
    'another order',
    "step('push', a); optional('claim', b);",
    ['claim', 'push'],
    ['repair.ts runs `push` where STEPS has `claim`', 'repair.ts runs `claim` where STEPS has `push`'],
  ],
])('the difference has a name: %s', (_name, story, names, expected) => {
  expect(differences(story, names)).toEqual(expected);
});

test('what a step has found is needed by a later one', () => {
  const place = (name: string | null): number => (name === null ? Number.POSITIVE_INFINITY : NAMES.indexOf(name));
  expect(STEPS.filter(({ name, neededUntil }) => place(neededUntil) <= place(name))).toEqual([]);
});
