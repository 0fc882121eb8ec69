import type { Verification } from '../../src/core/model.ts';
import { type Parsed, prove } from '../../src/core/proof.ts';

type Role = 'setup' | 'check' | 'test';

/** `test:0 check:1` → the runs of one verification; `-` stands for an end by signal. */
function runs(text: string | null): Verification | null {
  if (text === null) return null;
  const words = text.split(' ').filter(Boolean);
  return {
    runs: words.map((word) => {
      const [role, code] = word.split(':') as [Role, string];
      const exitCode = code === '-' ? null : Number(code);
      return { command: `run-${role}`, role, exitCode, durationMs: 5, timedOut: exitCode === null, output: '' };
    }),
  };
}

const ROWS: readonly (readonly [
  name: string,
  parsed: Parsed['kind'],
  before: string | null,
  after: string | null,
  level: string | null,
  broken: boolean,
])[] = [
  ['tests green before and after', 'ok', 'test:0', 'test:0', 'L2', false],
  ['tests red before, green after', 'ok', 'test:1', 'test:0', 'L2', false],
  ['tests green before, red after: refused', 'ok', 'test:0', 'test:1', null, true],
  ['tests green before, killed after: refused', 'ok', 'test:0', 'test:-', null, true],
  ['tests red before and after: only the syntax is shown', 'ok', 'test:1', 'test:1', 'L0', false],
  ['no such program before and after', 'ok', 'test:127', 'test:127', 'L0', false],
  ['checks pass, no tests', 'ok', 'check:0', 'check:0', 'L1', false],
  ['checks break: refused', 'ok', 'check:0', 'check:2', null, true],
  ['red checks do not let tests count', 'ok', 'check:1 test:0', 'check:1 test:0', 'L0', false],
  ['checks and tests', 'ok', 'check:0 test:0', 'check:0 test:0', 'L2', false],
  ['checks pass, tests stay red', 'ok', 'check:0 test:1', 'check:0 test:1', 'L1', false],
  ['no command: the syntax', 'ok', null, null, 'L0', false],
  ['no command, no parser: nothing is claimed', 'unknown', null, null, null, false],
  ['no parser, but tests', 'unknown', 'test:0', 'test:0', 'L2', false],
  ['a file that does not parse is refused whatever else', 'broken', 'test:0', null, null, true],
  ['two commands, one breaks', 'ok', 'check:0 test:0', 'check:0 test:3', null, true],
];

test.each(ROWS)('%s', (_name, kind, before, after, level, broken) => {
  const proof = prove({ kind, detail: 'x.js: unexpected token' }, runs(before), runs(after));
  expect({ level: proof.level, broken: proof.broken !== undefined }).toEqual({ level, broken });
  expect(proof.detail).not.toBe('');
});

test('the evidence stands in the proof, set-up left out', () => {
  const proof = prove({ kind: 'ok' }, runs('setup:0 test:0'), runs('setup:0 test:0'));
  expect(proof.commands).toEqual([{ command: 'run-test', before: { exitCode: 0, durationMs: 5 }, after: { exitCode: 0, durationMs: 5 } }]);
});

describe('the output of the command that refused', () => {
  const withOutput = (output: string): Verification => {
    const [run, ...more] = runs('check:0 test:3')?.runs.toReversed() ?? [];
    return { runs: run ? [...more, { ...run, output }] : [] };
  };
  const rows: readonly (readonly [name: string, printed: string, kept: string | undefined])[] = [
    ['short: as it is', 'expected 3690\nfail 1\n', 'expected 3690\nfail 1\n'],
    ['long: its end, from the beginning of a line', `${'x'.repeat(50)}\n`.repeat(200), `${'x'.repeat(50)}\n`.repeat(78)],
    ['one long line: nothing but its end', 'x'.repeat(9000), 'x'.repeat(4000)],
  ];

  test.each(rows)('%s', (_name, printed, kept) => {
    expect(prove({ kind: 'ok' }, runs('check:0 test:0'), withOutput(printed)).output).toBe(kept);
  });

  test('a fix that is not refused keeps none', () => {
    expect(prove({ kind: 'ok' }, runs('check:0 test:3'), withOutput('noise'))).not.toHaveProperty('output');
  });
});
