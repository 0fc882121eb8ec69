// Personal data of a draw of its own (`kinds/personal-draw.ts`), in halves: rules were made with one in view, of the other only totals are
// told. Numbers that are as long, and nobody's, stay.
import { withoutPersonal } from '../../../src/core/redact/personal.ts';
import { type Half, halfOf, randomOf } from './kinds/draw.ts';
import { NOBODYS, PERSONAL_DRAW } from './kinds/personal-draw.ts';

/** Six digits of it in a row that are left, whatever parts them, or all of it. */
function shows(clean: string, value: string, whole: string): boolean {
  const digits = value.replace(/\D/g, '');
  return clean === whole || (digits.length >= 6 && clean.replace(/\D/g, '').includes(digits.slice(0, 6)));
}

const leaksOf = (half: Half): readonly string[] =>
  PERSONAL_DRAW.filter(([kind]) => halfOf(kind) === half).flatMap(([kind, draw]) => {
    const random = randomOf(kind);
    const isShown = Array.from({ length: 4 }, () => draw(random)).some((value) => {
      const text = `could not save ${value} for this customer`;
      return shows(withoutPersonal(text), value, text);
    });
    return isShown ? [kind] : [];
  });

test('the half tuned on; known wrong: three groups of three digits are any number', () => {
  expect(leaksOf('tuning')).toEqual(['id: canada']);
});

test('the half never tuned on, in total', () => {
  expect(PERSONAL_DRAW.filter(([kind]) => halfOf(kind) === 'never tuned').length).toBeGreaterThan(25);
  expect(leaksOf('never tuned').length).toBeLessThanOrEqual(2);
});

test.each(NOBODYS)('stays: %s', (template) => {
  const random = randomOf(`nobody ${template}`);
  for (let round = 0; round < 20; round += 1) {
    const text = template.replace(/#(?!a1b2)/g, () => String(Math.floor(random() * 10)));
    expect(withoutPersonal(text)).toBe(text);
  }
});
