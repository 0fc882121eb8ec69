// The test before the fix: what is asked for, in which order, and what ends it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repair } from '../../../src/pipeline/repair.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, createShop, FIXED, SETTINGS } from '../../support/pipeline.ts';

const LIVE = new AbortController().signal;
const NEW_TEST = 'test/gone.test.js';
const TEST = block(`${NEW_TEST}" new="true`, 'expect(orderTotal({})).toBe(0);\n', '');
const WITH_FIX = `${block('src/pricing.js', FIXED)}\n${TEST}`;

interface Row {
  readonly name: string;
  readonly answers: readonly string[];
  /** Whether the new test fails without the fix, and what it prints then. */
  readonly red: boolean;
  readonly prints?: string;
  readonly maxRetries?: number;
  readonly asked: number;
  readonly expected: object;
}

const ROWS: readonly Row[] = [
  {
    name: 'a test that shows the error: the fix is asked for, also where no second answer is',
    answers: [TEST, WITH_FIX],
    red: true,
    maxRetries: 0,
    asked: 2,
    expected: { outcome: 'proposed', proof: { level: 'L4', reproduced: 'yes' } },
  },
  {
    name: 'a test that shows another error: no fix is paid for',
    answers: [TEST, WITH_FIX],
    red: true,
    prints: 'ReferenceError: orderTotal is not defined\n    at test (/w/test/gone.test.js:1:1)',
    maxRetries: 0,
    asked: 1,
    expected: { outcome: 'refused', code: 'test-shows-nothing', proof: { reproduced: 'no' } },
  },
  {
    name: 'a test that passes: a better one is asked for once, and no fix is paid for',
    answers: [TEST],
    red: false,
    asked: 2,
    expected: { outcome: 'refused', code: 'test-shows-nothing', proof: { reproduced: 'no' } },
  },
  {
    name: 'a fix that breaks what passed, after a test that shows the error: asked for once more, as a fix',
    answers: [TEST, `${block('src/pricing.js', 'export {\n')}\n${TEST}`, WITH_FIX],
    red: true,
    asked: 3,
    expected: { outcome: 'proposed', proof: { level: 'L4' } },
  },
  {
    name: 'the fix at once all the same',
    answers: [WITH_FIX],
    red: true,
    asked: 1,
    expected: { outcome: 'proposed', proof: { level: 'L4' } },
  },
];

test.each(ROWS)('$name', async ({ answers, red, prints, maxRetries = 1, asked, expected }) => {
  let given = 0;
  const answer = async () => answers[Math.min(given++, answers.length - 1)] as string;
  const exit = (pricing: string, dir: string) => (red && pricing !== FIXED && existsSync(join(dir, NEW_TEST)) ? 1 : 0);
  const { ports, fixer } = await createShop(answer, exit, true, prints);
  const outcome = await repair(INCIDENT, ports, { ...SETTINGS, maxRetries, testFirst: true }, LIVE);
  expect(outcome).toMatchObject(expected);
  expect(fixer.requests).toHaveLength(asked);
  expect(fixer.requests[0]?.prompt).toContain('Do not fix anything yet.');
});

test('the second prompt asks for the fix, and shows the test', async () => {
  let given = 0;
  const exit = (pricing: string, dir: string) => (pricing !== FIXED && existsSync(join(dir, NEW_TEST)) ? 1 : 0);
  const { ports, fixer } = await createShop(async () => [TEST, WITH_FIX][given++] as string, exit);
  await repair(INCIDENT, ports, { ...SETTINGS, testFirst: true }, LIVE);
  const [, second] = fixer.requests;
  expect(second?.prompt).not.toContain('Do not fix anything yet.');
  expect(second?.prompt).toContain('your test shows the error of the log, as it should');
  expect(second?.prompt).toContain('+expect(orderTotal({})).toBe(0);');
});
