// The proof ladder on a work tree: what is run on which files, how often, and what people are shown of it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../src/core/model.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import type { CommandPlace } from '../../../src/ports.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, createShop, errorIn, FIXED, SETTINGS } from '../../support/pipeline.ts';

const LIVE = new AbortController().signal;
const NEW_TEST = 'test/gone.test.js';
const WITH_TEST = `${block('src/pricing.js', FIXED)}\n${block(`${NEW_TEST}" new="true`, 'expect(orderTotal({})).toBe(0);\n', '')}`;

/** What a run of the tests finds in the work tree: `B` the bug or `F` the fix, `t` where the new test is there. */
const found = (pricing: string, dir: string): string => `${pricing === FIXED ? 'F' : 'B'}${existsSync(join(dir, NEW_TEST)) ? 't' : ''}`;

interface Row {
  readonly name: string;
  readonly answer: string;
  /** Exit codes by what is found; the last one is repeated. */
  readonly exits: Readonly<Record<string, readonly (number | null)[]>>;
  /** What the tests print where they fail; the error of the incident where absent. */
  readonly prints?: string;
  /** What the tests were run on, in order. */
  readonly ran: string;
  readonly level: string | null;
  readonly detail: RegExp;
  readonly code?: string;
}

const ROWS: readonly Row[] = [
  {
    name: 'no test in the change',
    answer: block('src/pricing.js', FIXED),
    exits: {},
    ran: 'B F',
    level: 'L2',
    detail: /the tests pass with the fix/,
  },
  {
    name: 'a test that sees the bug',
    answer: WITH_TEST,
    exits: { Bt: [1] },
    ran: 'B Bt Ft Bt Ft Bt Ft',
    level: 'L4',
    detail: /with the fix alone taken away it fails again/,
  },
  {
    name: 'a test that cannot be run a second time without the fix',
    answer: WITH_TEST,
    exits: { Bt: [1, null] },
    ran: 'B Bt Ft Bt Ft Bt Ft',
    level: 'L3',
    detail: /fails without the fix with the error of the log and passes with it/,
  },
  {
    name: 'a vacuous test',
    answer: WITH_TEST,
    exits: {},
    ran: 'B Bt Ft',
    level: 'L2',
    detail: /passes without it too, so it does not see the bug/,
  },
  {
    name: 'a test that fails now and then without the fix',
    answer: WITH_TEST,
    exits: { Bt: [1, 0] },
    ran: 'B Bt Ft Bt Ft Bt Ft',
    level: 'L2',
    detail: /run again on the same files, it ended the other way/,
  },
  {
    name: 'a test that the fix does not make pass',
    answer: WITH_TEST,
    exits: { Bt: [1], Ft: [1] },
    ran: 'B Bt Ft Ft',
    level: null,
    detail: /passed before the fix and fails with it/,
    code: 'proof-refused',
  },
  {
    name: 'a test that passes once more than it fails with the fix',
    answer: WITH_TEST,
    exits: { Bt: [1], Ft: [0, 0, 1] },
    ran: 'B Bt Ft Bt Ft Bt Ft',
    level: 'L2',
    detail: /run again on the same files, it ended the other way/,
  },
  {
    name: 'a test that fails without the fix for another reason',
    answer: WITH_TEST,
    exits: { Bt: [1] },
    prints: 'TypeError: pricing.orderTotal is not a function\n    at test (/w/test/gone.test.js:1:8)',
    ran: 'B Bt Ft',
    level: 'L2',
    detail: /not with the error of the log as far as can be seen: TypeError at test\/gone\.test\.js:1/,
  },
  {
    name: 'a test that prints the trace of the log: it does not move with the code',
    answer: WITH_TEST,
    exits: { Bt: [1] },
    prints: INCIDENT.sample.text,
    ran: 'B Bt Ft Bt',
    level: 'L2',
    detail: /a trace that names the same lines when the code stands at others/,
  },
  {
    name: 'a test of which nothing can be read',
    answer: WITH_TEST,
    exits: { Bt: [1] },
    prints: '1 failed',
    ran: 'B Bt Ft',
    level: 'L2',
    detail: /its output names no error/,
  },
  {
    name: 'tests that are red before and pass with the fix: the new one is run alone',
    answer: WITH_TEST,
    exits: { B: [1], Bt: [1] },
    ran: 'B Ft Bt Ft Bt Ft Bt Ft',
    level: 'L4',
    detail: /with the fix alone taken away it fails again/,
  },
  {
    name: 'tests that stay red, and of which no names are known: the new one is run alone, and an issue tells of it',
    answer: WITH_TEST,
    exits: { B: [1], Bt: [1], Ft: [1, 0] },
    ran: 'B Ft Bt Ft Bt Ft Bt Ft',
    level: 'L0',
    detail: /fails with the fix as it failed before \(exit code 1\); run alone, a test of this change fails without the fix/,
    code: 'issue-opened',
  },
  {
    name: 'tests that stay red, and the new one alone is red by turns',
    answer: WITH_TEST,
    exits: { B: [1], Bt: [1], Ft: [1, 0, 0, 1] },
    ran: 'B Ft Bt Ft Bt Ft Bt Ft',
    level: 'L0',
    detail: /run again on the same files, it ended the other way/,
    code: 'issue-opened',
  },
  {
    name: 'a runner that is gone after the base was run: no test is evidence',
    answer: WITH_TEST,
    exits: { B: [1], Bt: [127], Ft: [127] },
    ran: 'B Ft Bt Ft',
    level: 'L0',
    detail: /^`npm test` could not be run here \(exit code 127\)/,
    code: 'issue-opened',
  },
  {
    name: 'tests that stay red, and a new one that passes without the fix',
    answer: WITH_TEST,
    exits: { B: [1], Ft: [1, 0] },
    ran: 'B Ft Bt Ft',
    level: 'L0',
    detail: /passes without it too, so it does not see the bug/,
    code: 'issue-opened',
  },
  {
    name: 'tests that fail once with the fix',
    answer: WITH_TEST,
    exits: { Bt: [1], Ft: [1, 0] },
    ran: 'B Bt Ft Ft',
    level: 'L0',
    detail: /`npm test` is flaky: run twice with the fix, it failed once and passed once/,
    code: 'issue-opened',
  },
  {
    name: 'tests that fail at the base are not run again there',
    answer: block('src/pricing.js', FIXED),
    exits: { B: [1, 0] },
    ran: 'B F',
    level: 'L2',
    detail: /the tests pass with the fix/,
  },
];

async function run({ answer, exits, prints }: Pick<Row, 'answer' | 'exits' | 'prints'>) {
  const ran: string[] = [];
  const test = (pricing: string, dir: string) => {
    const state = found(pricing, dir);
    const codes = exits[state] ?? [0];
    const before = ran.filter((other) => other === state).length;
    ran.push(state);
    return codes[Math.min(before, codes.length - 1)] as number | null;
  };
  const shop = await createShop(answer, test, true, prints);
  const outcome: Outcome = await repair(INCIDENT, shop.ports, SETTINGS, LIVE);
  return { ...shop, ran, outcome };
}

test.each(ROWS)('$name: $level', async ({ ran: expected, level, detail, code = null, ...given }) => {
  const { ran, outcome } = await run(given);
  expect({ ran: ran.join(' '), level: outcome.proof?.level ?? null, code: outcome.code }).toEqual({ ran: expected, level, code });
  expect(outcome.proof?.detail).toMatch(detail);
});

test('the evidence is in the request and in the mail', async () => {
  const { host, notices } = await run({ answer: WITH_TEST, exits: { Bt: [1] } });
  const [{ title, body }, { text }] = [host.requests[0]!, notices[0]!];
  expect(title).toContain('[proof L4, reproduced]');
  const sentence =
    'The new test fails without the fix with the error of the log (exit code 1), passes with it, and fails again when only the fix is taken away (exit code 1).';
  expect(body).not.toContain('/ai-ops');
  expect(body).toContain('## Why it is believed: L4, reproduced');
  expect(body).toContain(`${sentence} So it was in three runs each way. Nothing that passed before fails.`);
  expect(body).toContain('- [`src/pricing.js:12`](https://fake.invalid/acme/app/blob/');
  expect(text).toContain(sentence);
  expect(text).toContain('Proof: L4, reproduced');
  expect(body).toContain('| `npm test` (before: with the new tests alone) | exit code 1 (0.0 s) | exit code 0 (0.0 s) |');
  expect(body).toContain('| `npm test` (before: with the fix alone taken away again) | exit code 1 (0.0 s) | exit code 0 (0.0 s) |');
  expect(text).toContain('npm test (before: with the new tests alone): before the fix exit code 1');
});

test('agentic: set up anew for each of the runs, and the test that Claude wrote counts', async () => {
  const { writeFile } = await import('node:fs/promises');
  const commands: string[] = [];
  const { ports } = await createShop(async ({ dir }) => {
    await writeFile(join(dir, 'src/pricing.js'), FIXED);
    await writeFile(join(dir, NEW_TEST), 'expect(orderTotal({})).toBe(0);\n');
    return 'The item may be gone.';
  });
  const run = async (command: string, { dir }: CommandPlace) => {
    const pricing = readFileSync(join(dir, 'src/pricing.js'), 'utf8');
    const state = found(pricing, dir);
    commands.push(`${command} ${state}`);
    return {
      command,
      exitCode: command === 'test' && state === 'Bt' ? 1 : 0,
      durationMs: 3,
      timedOut: false,
      output: state === 'Bt' ? errorIn(pricing) : '',
    };
  };
  const settings = { ...SETTINGS, mode: 'agentic', checks: { setup: ['setup'], test: ['test'] } } as const;
  const outcome = await repair(INCIDENT, { ...ports, commands: { ...ports.commands, setUp: run, run, runTests: run } }, settings, LIVE);
  expect(outcome.proof?.level).toBe('L4');
  expect(commands).toEqual(['B', 'Bt', 'Ft', 'Bt', 'Ft', 'Bt', 'Ft'].flatMap((state) => [`setup ${state}`, `test ${state}`]));
});
