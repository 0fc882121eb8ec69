// Answers in forms that nobody asked for, as models are known to write them for the tools that there are, with files in thirty
// languages, each with the endings that are right, decided before it was run.
// The halves of the first set are told apart by a hash of the name, and the rules were mended with the one. Each later set was
// written after that, run once as it was, and only then were the rules mended with what it had shown: 83 of 104 were right
// of the half, then 70 of 76, 55 of 61, 49 of 53, 62 of 66 and 84 of 101. Of the sixth set one half was mended with first: of
// the other one 47 of 57 were right before, and 51 then. Of the seventh set 84 of 89 were right, of the
// eighth 65 of 72. The ninth and tenth are of kinds of files that no set had before: 68 of 105 and 91 of 112 were right; of
// the eleventh 79 of 92, of the twelfth, where one line alone is gone in a third of the cases, 65 of 78, of the thirteenth, where
// it is a condition or a loop of a function in as many, 99 of 129, and of the
// fourteenth, written when these had been mended with, 68 of 74, and of the
// fifteenth, after that, 55 of 61.
import { type Case, endingOf } from './case.ts';
import { EDITS } from './edits.ts';
import { EIGHTH } from './eighth.ts';
import { ELEVENTH } from './eleventh.ts';
import { FIFTEENTH } from './fifteenth.ts';
import { FIFTH } from './fifth.ts';
import { FILES } from './files.ts';
import { FOURTEENTH } from './fourteenth.ts';
import { MORE } from './fourth.ts';
import { NINTH } from './ninth.ts';
import { FRESH } from './second.ts';
import { SEVENTH } from './seventh.ts';
import { SIXTH } from './sixth.ts';
import { TENTH } from './tenth.ts';
import { LAST } from './third.ts';
import { THIRTEENTH } from './thirteenth.ts';
import { TWELFTH } from './twelfth.ts';

/** Right changes that are asked for once more, although nothing is left out, and what is left out and not seen. */
const KNOWN_WRONG = [
  // Nothing tells a part that is taken out on purpose from one that is left out, where the change does not touch it.
  'right 9: Pug, a loop without its else',
  // A condition beside the line that was changed may well be a part of the fix.
  'left 13: Ruby, a condition in the loop',
  'left 13: PHP, a condition of the loop in silence',
  'left 13: C#, a condition of the loop in silence',
  'left 13: Swift, a guard in silence',
  // What is written anew speaks of the same.
  'left 13: Go, a deferred call in silence',
  'left 13: C, a line behind the fix in silence',
  'left 14: Go, the wait behind the fix',
  'left 14: Scala, what is required in silence',
  'left 15: Ruby, a line of the price in silence',
  // Its name stays as that of a field.
  'right 15: Svelte, a total by a store',
  // Three methods that anybody may call are gone.
  'right 14: Dart, a builder in place of a listener',
  // What a header brings is not known.
  'left 13: C, a header in silence',
  // Its name stays as that of a field.
  'right 10: jq, a function taken in',
  // What was a part of the whole file stands within another part of it.
  'right 11: OpenAPI, a parameter in its place',
];

async function wrong(cases: readonly Case[]): Promise<readonly string[]> {
  const endings = await Promise.all(cases.map(async (each) => ({ ...each, got: await endingOf(each) })));
  return endings.filter(({ want, got }) => !want.includes(got)).map(({ name, want, got }) => `${name}: ${got}, not ${want.join(' or ')}`);
}

test('every name is of one case', () => {
  const names = [
    ...EDITS,
    ...FILES,
    ...FRESH,
    ...LAST,
    ...MORE,
    ...FIFTH,
    ...SIXTH,
    ...SEVENTH,
    ...EIGHTH,
    ...NINTH,
    ...TENTH,
    ...ELEVENTH,
    ...TWELFTH,
    ...THIRTEENTH,
    ...FOURTEENTH,
    ...FIFTEENTH,
  ].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['edits', EDITS],
  ['whole files', FILES],
  ['the second set', FRESH],
  ['the third set', LAST],
  ['the fourth set', MORE],
  ['the fifth set', FIFTH],
  ['the sixth set', SIXTH],
  ['the seventh set', SEVENTH],
  ['the eighth set', EIGHTH],
  ['the ninth set', NINTH],
  ['the tenth set', TENTH],
  ['the eleventh set', ELEVENTH],
  ['the twelfth set', TWELFTH],
  ['the thirteenth set', THIRTEENTH],
  ['the fourteenth set', FOURTEENTH],
  ['the fifteenth set', FIFTEENTH],
])('%s', async (_set, cases) => {
  expect(await wrong(cases.filter(({ name }) => !KNOWN_WRONG.includes(name)))).toEqual([]);
  const known = cases.filter(({ name }) => KNOWN_WRONG.includes(name));
  expect(await wrong(known)).toHaveLength(known.length);
});
