// The cheap look before the rules loses nothing: where a rule that its words have woken takes something out of a text, the look has let it through. Over every
// draw of lines and of tokens, and every way of writing "name, operator, value".
import { lookFor } from '../../../src/core/redact/look.ts';
import { RULES } from '../../../src/core/redact/secret-rules.ts';
import { FIFTEENTH } from './fragments/fifteenth.ts';
import { fragment } from './fragments/fill.ts';
import { FOURTEENTH } from './fragments/fourteenth.ts';
import { THIRTEENTH } from './fragments/thirteenth.ts';
import { filled, randomOf } from './kinds/draw.ts';
import { FORMS, KEYS, VALUES } from './kinds/forms.ts';
import { NAMED_KINDS } from './kinds/named.ts';
import { TOKEN_KINDS } from './kinds/tokens.ts';
import { TWELFTH_DRAW } from './kinds/twelfth-draw.ts';
import { EIGHTH_WAYS, NINTH_WAYS, PLAIN_VALUES, SEVENTH_WAYS, TENTH_WAYS, WAYS } from './kinds/ways.ts';

const at = <T>(from: readonly T[], index: number): T => from[index % from.length]!;

const TEXTS: readonly (readonly [name: string, texts: readonly string[]])[] = [
  [
    'fragments',
    [...THIRTEENTH, ...FOURTEENTH, ...FIFTEENTH].map(([kind, template]) => fragment(template, randomOf(kind)).replace(/[«»]/g, '')),
  ],
  ['names', NAMED_KINDS.map(([kind, template]) => filled(template, randomOf(kind)).replace(/[«»]/g, ''))],
  ['tokens', [...TOKEN_KINDS, ...TWELFTH_DRAW].map(([kind, template]) => `refused: ${filled(template, randomOf(kind))} at 12:00`)],
  ['forms', FORMS.flatMap(([kind, write], row) => VALUES.map((value, n) => write(at(KEYS, row + n), filled(value, randomOf(kind)))))],
  [
    'ways',
    [...WAYS, ...SEVENTH_WAYS, ...EIGHTH_WAYS, ...NINTH_WAYS, ...TENTH_WAYS].flatMap(([kind, write]) =>
      PLAIN_VALUES.map((value) => write(filled(value, randomOf(kind)))),
    ),
  ],
];

const look = lookFor(RULES);
const longest = (text: string): number => Math.max(0, ...(text.match(/[\w-]+/g) ?? []).map((word) => word.length));

test.each(TEXTS)('%s', (_, texts) => {
  const lost: string[] = [];
  for (const text of texts) {
    const { woken, mayMatch } = look(text);
    const lower = text.toLowerCase();
    for (const [place, rule] of RULES.entries()) {
      const { kind, words, least = 0 } = rule;
      const isLet = woken.includes(place) && mayMatch(place, text);
      if (isLet || !words.some((word) => lower.includes(word)) || longest(text) < least) continue;
      if (takes(rule, text)) lost.push(`${kind} ${words[0]}: ${text}`);
    }
  }
  expect(lost).toEqual([]);
});

function takes({ pattern, accept }: (typeof RULES)[number], text: string): boolean {
  return [...text.matchAll(pattern)].some((match) => {
    const secret = match.slice(1).find((group) => group !== undefined) ?? match[0];
    const start = match.index + match[0].lastIndexOf(secret);
    const end = start + secret.length;
    return accept?.(secret, match[0], text.slice(Math.max(0, start - 160), start), text.slice(end, end + 40)) !== false;
  });
}

test('a rule is woken by each of its words, in the order of the rules', () => {
  const rules = [['b', 'zz'], ['two words'], ['x'], ['zz']].map((words) => ({ kind: 'k', words, pattern: /./g }));
  const wokenIn = (text: string): readonly number[] => lookFor(rules)(text).woken;
  expect(wokenIn('a ZZ')).toEqual([0, 3]);
  expect(wokenIn('two words, B')).toEqual([0, 1]);
  expect(wokenIn('two  words X')).toEqual([2]);
  expect(wokenIn('')).toEqual([]);
});
