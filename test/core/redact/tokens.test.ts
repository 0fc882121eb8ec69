// Every row of the table of tokens: a token drawn from its own form is taken out wherever a log may hold it. A row whose
// cheap word is not in all that it means would never match.
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { TOKENS } from '../../../src/core/redact/tokens.ts';
import { IS_SLOW_LANE } from '../../support/lane.ts';
import { sampleOf, seeded } from '../../support/sample-of.ts';

const PLACES: readonly (readonly [string, (token: string) => string])[] = [
  ['in a sentence', (token) => `request rejected (401) for ${token} at 12:00`],
  ['at the end of a line', (token) => `sent ${token}\nnext line`],
  ['in JSON', (token) => JSON.stringify({ value: token })],
  ['behind a name', (token) => `key: ${token}`],
  ['in a query', (token) => `GET /x?value=${token}&page=2`],
];

const ROWS = TOKENS.map(([kind, , form], index) => [`${kind} (${index})`, form, index] as const);

/** The fast lane takes two of them for each token, in turns. */
const placesOf = (index: number): typeof PLACES => PLACES.filter((_, at) => IS_SLOW_LANE || (at + index) % PLACES.length < 2);

test.each(ROWS)('%s', (name, form, index) => {
  const random = seeded(name.length * 7919 + form.length);
  for (let round = 0; round < (IS_SLOW_LANE ? 4 : 1); round += 1) {
    const token = sampleOf(form, random);
    for (const [place, write] of placesOf(index)) {
      expect([place, token, createRedactor([])(write(token)).includes(token)]).toEqual([place, token, false]);
    }
  }
});

test.each(TOKENS.map(([kind, word, form], index) => [`${kind} (${index})`, word, form] as const))(
  'the word of %s is in all of them',
  (name, word, form) => {
    const random = seeded(name.length);
    const without = Array.from({ length: IS_SLOW_LANE ? 200 : 60 }, () => sampleOf(form, random)).filter(
      (token) => !token.toLowerCase().includes(word),
    );
    expect(without).toEqual([]);
  },
);
