// Redaction on kinds written from documents: tokens by their form, keys under their documented names, and "name, operator, value" as
// everything writes it. One half was tuned on, and each kind of it counts; of the other only totals are told, and no rule was made
// with it in view (`kinds/draw.ts`). What is innocent stays as it is.
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { filled, randomOf } from './kinds/draw.ts';
import { measure, measureInnocents } from './kinds/measure.ts';
import { FORMLESS } from './kinds/tokens.ts';

const redact = (text: string): string => createRedactor([])(text);
const SETS = ['tokens', 'named', 'forms'] as const;

test.each(SETS)('the half tuned on: %s', (set) => {
  expect(measure(set, 'tuning', redact).leaks).toEqual([]);
});

test.each(SETS)('the half never tuned on, in total: at most one kind in twenty of %s leaks anything', (set) => {
  const { kinds, leaks } = measure(set, 'never tuned', redact);
  expect(kinds).toBeGreaterThan(50);
  expect(leaks.length / kinds).toBeLessThanOrEqual(0.05);
});

test('innocents stay: the half tuned on', () => {
  expect(measureInnocents('tuning', redact).altered).toEqual([]);
});

test('innocents stay: of the half never tuned on at most one of 144 is altered', () => {
  const { kinds, altered } = measureInnocents('never tuned', redact);
  expect(kinds).toBeGreaterThan(100);
  expect(altered.length).toBeLessThanOrEqual(Math.ceil(kinds / 144));
});

test.each(FORMLESS)('known wrong: %s is not seen where nothing but itself says what it is', (kind, template) => {
  const token = filled(template, randomOf(kind));
  expect(redact(`caused by: "${token}" at 12:00`)).toContain(token);
});
