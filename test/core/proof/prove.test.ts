import type { FileChange, Verification } from '../../../src/core/model.ts';
import { type Parsed, prove, settle } from '../../../src/core/proof/prove.ts';
import type { Reproduction } from '../../../src/core/proof/reproduction.ts';
import { testsOf } from '../../../src/core/proof/tests-of.ts';

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
  ['the first tests of a repository pass: nothing was there to break', 'ok', null, 'test:0', 'L0', false],
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

describe('the output of the first red command', () => {
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

  test('one that was red before says why the level is no higher', () => {
    const shown = prove({ kind: 'ok' }, runs('check:0 test:3'), withOutput('no database here'));
    expect(shown).toMatchObject({ level: 'L1', output: 'no database here' });
    expect(shown).not.toHaveProperty('broken');
  });

  test('of a set-up, too', () => {
    const after = { runs: [{ ...runs('test:1')!.runs[0]!, role: 'setup' as const, output: 'no network' }] };
    expect(prove({ kind: 'ok' }, runs('test:0'), after)).toMatchObject({ level: 'L0', output: 'no network' });
  });

  test('where all is green none is kept', () => {
    const green = { runs: runs('check:0 test:0')!.runs.map((run) => ({ ...run, output: 'noise' })) };
    expect(prove({ kind: 'ok' }, green, green)).not.toHaveProperty('output');
  });
});

describe('from L2 on: the tests that a change brings', () => {
  const rows: readonly (readonly [
    name: string,
    ran: {
      readonly before?: string | null;
      readonly testsOnly?: string;
      readonly fix?: string;
      /** A word for each run. */
      readonly fixRemoved?: string;
      readonly withFix?: string;
      readonly shown?: Reproduction | undefined;
    },
    level: string,
    detail: RegExp,
  ])[] = [
    [
      'the first tests of a repository, red alone and green with the fix, three times each',
      { before: null, testsOnly: 'test:1', fixRemoved: 'test:1 test:1' },
      'L4',
      /in three runs each way/,
    ],
    ['none: as it was', {}, 'L2', /^the tests pass with the fix and nothing that passed before fails$/],
    [
      'red alone, green with the fix, three times each',
      { testsOnly: 'test:1', fixRemoved: 'test:1 test:1' },
      'L4',
      /in three runs each way/,
    ],
    ['red alone, then not run again', { testsOnly: 'test:1' }, 'L3', /fails without the fix with the error of the log/],
    ['red alone, then killed', { testsOnly: 'test:1', fixRemoved: 'test:- test:1' }, 'L3', /fails without the fix with the error/],
    ['red alone, then red but once', { testsOnly: 'test:1', fixRemoved: 'test:1' }, 'L3', /fails without the fix with the error/],
    ['red alone, then green', { testsOnly: 'test:1', fixRemoved: 'test:1 test:0' }, 'L2', /flaky: run again/],
    [
      'green with the fix, then red',
      { testsOnly: 'test:1', fixRemoved: 'test:1 test:1', withFix: 'test:0 test:1' },
      'L2',
      /flaky: run again/,
    ],
    [
      'red with another error',
      { testsOnly: 'test:1', shown: { kind: 'no', showed: 'ImportError' } },
      'L2',
      /not with the error .*: ImportError/,
    ],
    ['red, and nothing is known of why', { testsOnly: 'test:1', shown: undefined }, 'L2', /its output was not read/],
    ['green without the fix', { testsOnly: 'test:0' }, 'L2', /passes without it too, so it does not see the bug/],
    ['killed without the fix', { testsOnly: 'test:-' }, 'L2', /could not be told/],
    ['no runner for it', { testsOnly: 'test:127' }, 'L2', /could not be told/],
    ['no set-up for it', { testsOnly: 'setup:1' }, 'L2', /could not be told/],
    ['red before: nothing new is red', { before: 'test:1', testsOnly: 'test:1' }, 'L2', /could not be told/],
    [
      'a check that is red alone says nothing',
      { before: 'check:0 test:0', testsOnly: 'check:1 test:0', fix: 'check:0 test:0' },
      'L2',
      /does not see/,
    ],
    ['red with the fix', { before: 'test:1', testsOnly: 'test:1', fix: 'test:1', fixRemoved: 'test:1' }, 'L0', /as it failed before/],
  ];

  test.each(rows)('%s', (_name, ran, level, detail) => {
    const { before = 'test:0', fix = 'test:0' } = ran;
    const each = (text = '') => text.split(' ').flatMap((word) => runs(word)?.runs.map((run) => ({ runs: [run] })) ?? []);
    const fixRemoved = each(ran.fixRemoved);
    const shown = 'shown' in ran ? ran.shown : ({ kind: 'yes' } as const);
    const without = {
      ...{ fixRemoved, withFix: each(ran.withFix ?? fixRemoved.map(() => 'test:0').join(' ')) },
      ...(ran.testsOnly === undefined ? {} : { testsOnly: runs(ran.testsOnly)! }),
      ...(shown === undefined ? {} : { shown }),
    };
    const proof = prove({ kind: 'ok' }, runs(before), runs(fix), without);
    expect(proof.level).toBe(level);
    expect(proof.detail).toMatch(detail);
    expect(proof).not.toHaveProperty('broken');
  });

  test('each run without the fix stands beside the one with it', () => {
    const proof = prove({ kind: 'ok' }, runs('test:0'), runs('test:0'), {
      testsOnly: runs('setup:0 check:3 test:1')!,
      fixRemoved: [runs('test:2')!],
      withFix: [runs('test:3')!],
    });
    const side = (exitCode: number) => ({ exitCode, durationMs: 5 });
    expect(proof.commands).toEqual([
      { command: 'run-test', before: side(0), after: side(0) },
      { command: 'run-test', before: side(1), after: side(0), variant: 'tests-only' },
      { command: 'run-test', before: side(2), after: side(3), variant: 'fix-removed' },
    ]);
  });
});

describe('two runs on the same files', () => {
  const rows: readonly (readonly [name: string, first: string, second: string, level: string | null, broken: boolean])[] = [
    ['red twice: broken', 'test:1', 'test:1', null, true],
    ['red, then killed: broken', 'test:1', 'test:-', null, true],
    ['red, then green: flaky, and no level of it', 'test:1', 'test:0', 'L0', false],
    ['killed, then green: flaky', 'test:-', 'test:0', 'L0', false],
    ['a flaky check holds back the tests', 'check:1 test:0', 'check:0 test:0', 'L0', false],
    ['a flaky test leaves the checks', 'check:0 test:1', 'check:0 test:0', 'L1', false],
    ['green, then red: flaky too', 'check:1 test:0', 'check:1 test:1', null, true],
    ['the second set-up fails: broken, as it was seen', 'test:1', 'setup:1', null, true],
  ];

  test.each(rows)('%s', (_name, first, second, level, broken) => {
    const before = runs('check:0 test:0');
    const proof = prove({ kind: 'ok' }, before, settle(runs(first)!, runs(second)!));
    expect({ level: proof.level, broken: proof.broken !== undefined }).toEqual({ level, broken });
    if (!broken) expect(proof.detail).toMatch(/is flaky: run twice with the fix/);
    expect(proof.commands.some(({ flaky }) => flaky)).toBe(!broken || second === 'check:1 test:1');
  });
});

describe('the test files of a change', () => {
  const file = (path: string, more: Partial<FileChange> = {}): FileChange => ({ path, mode: '100644', after: Buffer.from('x'), ...more });
  const TEST = '#[test]\nfn t() {}\n';
  const within = (path: string, before: string, after: string): FileChange =>
    file(path, { before: Buffer.from(before), after: Buffer.from(after) });
  const rows: readonly (readonly [name: string, files: readonly FileChange[], expected: readonly string[] | null])[] = [
    ['a fix and its test', [file('src/a.js'), file('test/a.test.js')], ['test/a.test.js']],
    ['a fix alone', [file('src/a.js')], null],
    ['a test alone is no fix', [file('test/a.test.js')], null],
    ['a test that goes', [file('src/a.js'), { path: 'test/a.test.js', mode: '100644', before: Buffer.from('x') }], null],
    [
      'a source that becomes a test',
      [file('src/a.js'), { path: 'src/b.js', mode: '100644', before: Buffer.from('x') }, file('test/b.test.js')],
      ['test/b.test.js'],
    ],
    [
      'a source that holds tests, and one that holds others',
      [within('src/a.rs', 'fn f() {}\n', `fn f() { g() }\n${TEST}`), within('src/b.rs', TEST, TEST)],
      ['src/a.rs'],
    ],
    ['a test within a source is no fix', [within('src/a.rs', 'fn f() {}\n', `fn f() {}\n${TEST}`)], null],
    ['a fix beside the tests of its source', [within('src/a.rs', `fn f() {}\n${TEST}`, `fn f() { g() }\n${TEST}`)], null],
    ['tests of other languages', [file('a.go'), file('a_test.go'), file('tests/test_a.py')], ['a_test.go', 'tests/test_a.py']],
  ];

  test.each(rows)('%s', (_name, files, expected) => {
    expect(testsOf({ base: 'b', files })?.files.map(({ path }) => path) ?? null).toEqual(expected);
  });
});

describe('a suite that is red without the fix', () => {
  type Named = Readonly<Record<string, 'passed' | 'failed'>>;
  const ran = (command: string, exitCode: number | null, named?: Named): Verification => ({
    runs: [
      {
        ...{ command, role: 'test', exitCode, durationMs: 5, timedOut: exitCode === null, output: '' },
        ...(named ? { tests: { ran: 1, names: Object.fromEntries(Object.entries(named).map(([name, one]) => [name, [one]])) } } : {}),
      },
    ],
  });
  const again = (one: Verification) => [one, one];
  const alone = (base: Verification, red: Verification, green: Verification) => ({
    alone: { base, testsOnly: red, after: green, fixRemoved: again(red), withFix: again(green), shown: { kind: 'yes' } as const },
  });
  const SUITE = [ran('all', 1, { old: 'passed', red: 'failed' }), ran('all', 1, { old: 'passed', red: 'failed', new: 'passed' })] as const;
  const NONE: Verification = { runs: [] };
  const SHOWN = { level: 'L0', reproduced: 'yes', isShownAlone: true };
  const UNSEEN = { level: 'L0', reproduced: 'yes' };

  test.each<[name: string, suite: readonly [Verification, Verification], runs: Parameters<typeof alone>, expected: object]>([
    ['a new file alone', SUITE, [NONE, ran('one', 1), ran('one', 0)], SHOWN],
    ['a file that was green alone', SUITE, [ran('one', 0), ran('one', 1), ran('one', 0)], SHOWN],
    [
      'a file that is red alone too: its tests tell',
      SUITE,
      [ran('one', 1, { red: 'failed' }), ran('one', 1, { red: 'failed', new: 'failed' }), ran('one', 1, { red: 'failed', new: 'passed' })],
      SHOWN,
    ],
    ['a suite that does not end', [ran('all', null), ran('all', null)], [NONE, ran('one', 1), ran('one', 0)], SHOWN],
    ['a suite of which no names are known', [ran('all', 1), ran('all', 1)], [NONE, ran('one', 1), ran('one', 0)], UNSEEN],
    [
      'a suite that ends with the fix',
      [ran('all', 1), ran('all', 0)],
      [NONE, ran('one', 1), ran('one', 0)],
      { level: 'L4', reproduced: 'yes' },
    ],
  ])('%s', (_name, [before, after], runsAlone, expected) => {
    const { level, reproduced, isShownAlone } = prove({ kind: 'ok' }, before, after, alone(...runsAlone));
    expect({ level, reproduced, ...(isShownAlone ? { isShownAlone } : {}) }).toEqual(expected);
  });

  test('a red test of the file that the fix does not mend tells nothing', () => {
    const [was, red] = [ran('one', 1, { red: 'failed' }), ran('one', 1, { red: 'failed', new: 'passed' })];
    const proof = prove({ kind: 'ok' }, ...SUITE, alone(was, red, red));
    expect(proof).toMatchObject({ level: 'L0', reproduced: 'unknown' });
    expect(proof.isShownAlone).toBeUndefined();
  });

  test('what passed before in a file of the change, and fails with the fix, refuses', () => {
    const proof = prove(
      { kind: 'ok' },
      ran('all', null),
      ran('all', null),
      alone(
        ran('one', 0, { old: 'passed' }),
        ran('one', 1, { old: 'passed', new: 'failed' }),
        ran('one', 1, { old: 'failed', new: 'passed' }),
      ),
    );
    expect(proof.broken).toMatch(/passed before the fix and fails with it/);
  });
});

test.each([
  ['a shell', 127, 'sh: 1: mocha: not found\n', 'mocha is not installed'],
  ['nobody', 127, '', 'exit code 127'],
])('what %s says of a runner that is not there is the reason', (_who, code, output, why) => {
  const absent = { runs: runs(`test:${code}`)?.runs.map((run) => ({ ...run, output })) ?? [] };
  expect(prove({ kind: 'ok' }, absent, absent).detail).toContain(`\`run-test\` could not be run here (${why})`);
});

test('a test that imports what is missing has failed, whatever it imports', () => {
  const output = 'Traceback (most recent call last):\n  File "t.py", line 1\nModuleNotFoundError: No module named \'shop\'\n';
  const red = { runs: runs('test:1')?.runs.map((run) => ({ ...run, output })) ?? [] };
  expect(prove({ kind: 'ok' }, red, red).detail).toContain('fails with the fix as it failed before (exit code 1)');
});
