// One trace, and the end of a repair, as people see them; colours only mark what the words say already.
import { readFileSync } from 'node:fs';
import { createPaint } from '../../src/cli/output/colors.ts';
import { diffLines } from '../../src/cli/output/diff.ts';
import { traceJson } from '../../src/cli/output/json.ts';
import { createLive } from '../../src/cli/output/live.ts';
import { outcomeLines, traceLines, traceTable } from '../../src/cli/output/trace.ts';
import type { DeliveryRecord, Trace } from '../../src/core/model.ts';
import { FAILED, OUTCOME, TRACE } from '../support/state.ts';

const PLAIN = createPaint(false);
const NOW = new Date('2026-03-01T12:05:00.000Z');
const HOSTILE = '\u001b[31mred\u001b[2J\u202e\rx';
const golden = (name: string): string => readFileSync(new URL(`../golden/cli/${name}.txt`, import.meta.url), 'utf8');
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const running: Trace = {
  ...TRACE,
  ...{ state: 'running', outcome: 'failed', reason: 'not ended yet', endedAt: null, durationMs: 0 },
  ...{ branch: null, commit: null, request: null, proof: null, files: [], guard: [], costUsd: null, turns: null, modelMs: null },
  ...{ diff: '', summary: '' },
  steps: [TRACE.steps[0]!, { ...TRACE.steps[1]!, outcome: 'running', endedAt: null, durationMs: null, summary: '' }],
};

describe('pages and endings', () => {
  test.each([
    ['trace-proposed', traceLines(TRACE, { paint: PLAIN, now: NOW })],
    ['trace-running', traceLines(running, { paint: PLAIN, now: new Date('2026-03-01T10:05:12.000Z') })],
    ['outcome-proposed', outcomeLines(OUTCOME, { paint: PLAIN })],
    ['outcome-failed', outcomeLines(FAILED, { paint: PLAIN })],
  ])('%s', (name, lines) => expect(text(lines)).toBe(golden(name)));
});

test('without a request, a diff, words and steps there is no section for them', () => {
  const lines = traceLines({ ...TRACE, ...FAILED, state: 'failed', diff: '', summary: '', steps: [] }, { paint: PLAIN, now: NOW });
  expect(lines.filter((line) => /^(steps|proof|guard|changes|Claude said|request|cost)/.test(line))).toEqual([]);
  expect(lines).toContain('hint      raise claude.timeoutSeconds, or check the network');
});

const MAIL: DeliveryRecord = {
  ...{ id: 'trace.t', notifier: 'mail', kind: 'proposed', trace: 't', fingerprint: 'v1:0', deliveryId: '<m@example.org>' },
  ...{ recipients: ['dev@example.org'], subject: 's', line: 'l', createdAt: '2026-03-01T10:00:00.000Z' },
  ...{
    dueAt: '2026-03-01T12:06:00.000Z',
    changedAt: '2026-03-01T12:01:00.000Z',
    state: 'sent',
    tries: 1,
    detail: 'mail sent to 1 recipient',
  },
};

test.each([
  [MAIL, 'mail      proposed: mail sent to 1 recipient'],
  [{ ...MAIL, notifier: 'mail file', detail: 'not sent; the mail is /tmp/x.eml' }, 'mail file  proposed: not sent; the mail is /tmp/x.eml'],
  [{ ...MAIL, tries: 3 }, 'mail      proposed: mail sent to 1 recipient, 3 tries'],
  [{ ...MAIL, state: 'queued', detail: HOSTILE }, 'mail      proposed: queued, next 12:06:00 UTC, red'],
  [{ ...MAIL, state: 'held', tries: 0, detail: '' }, 'mail      proposed: held, next 12:06:00 UTC'],
  [{ ...MAIL, kind: 'failed', state: 'uncertain', detail: 'nobody knows' }, 'mail      failed: uncertain, nobody knows'],
] as const)('how a mail stands: %#', (mail, line) => {
  const lines = traceLines({ ...TRACE, deliveries: [mail] }, { paint: PLAIN, now: NOW }).filter((each) => each.startsWith('mail '));
  expect(lines).toEqual([expect.stringContaining(line)]);
  expect(lines.join('')).not.toContain('\u001b');
  expect(traceJson({ ...TRACE, deliveries: [mail] }, true)).toMatchObject({
    mails: [{ id: MAIL.id, state: mail.state, tries: mail.tries }],
  });
  expect(traceJson({ ...TRACE, deliveries: [mail] }, false)).not.toHaveProperty('mails');
});

test('an objection of the guard is told, an allowance is not', () => {
  const guard = [
    { rule: 'size', verdict: 'allow', detail: '3 lines' },
    { rule: 'protected-path', verdict: 'refuse', detail: 'changes .github/workflows/ci.yml' },
  ] as const;
  const lines = outcomeLines({ ...FAILED, outcome: 'refused', guard }, { paint: PLAIN });
  expect(lines[0]).toBe('✗ refused: Claude took longer than 600 s and was ended');
  expect(lines.filter((line) => line.includes('guard'))).toEqual(['  guard     refuse: changes .github/workflows/ci.yml']);
});

test('a run that a signal ended, and one that never was', () => {
  const run = { command: 'npm test', before: null, after: { exitCode: null, durationMs: 60_000 } };
  const proof = { level: null, detail: 'the tests did not end', commands: [run] };
  const lines = traceLines({ ...TRACE, proof }, { paint: PLAIN, now: NOW });
  expect(lines).toContain('proof: none, the tests did not end');
  expect(lines).toContain('  npm test  not run  ended by a signal, 1 min');
});

test('on a narrow terminal a command of the proof has a line of its own; on a wider one its two ends are seen', () => {
  const run = { exitCode: 1, durationMs: 739 };
  const commands = [
    {
      command: '.venv/bin/python -m pytest -q tests/test_price.py',
      variant: 'tests-only' as const,
      before: run,
      after: { ...run, exitCode: 0 },
    },
    { command: 'node --test', variant: 'fix-removed' as const, before: run, after: { ...run, exitCode: 0 } },
  ];
  const proof = { level: 'L4' as const, detail: 'so it was', commands };
  const shown = (columns: number) => {
    const lines = traceLines({ ...TRACE, proof }, { paint: PLAIN, now: NOW, columns });
    const from = lines.findIndex((line) => line.startsWith('proof:')) + 1;
    return lines.slice(from, lines.indexOf('', from));
  };
  expect(shown(40)).toEqual([
    '    BEFORE          AFTER',
    '  .venv/bin/python -m… (new tests alone)',
    '    exit 1, 739 ms  exit 0, 739 ms',
    '  node --test (fix taken away)',
    '    exit 1, 739 ms  exit 0, 739 ms',
  ]);
  expect(shown(80)).toEqual([
    '  COMMAND                                         BEFORE          AFTER',
    '  .venv/bin/python -m pyt…e.py (new tests alone)  exit 1, 739 ms  exit 0, 739 ms',
    '  node --test (fix taken away)                    exit 1, 739 ms  exit 0, 739 ms',
  ]);
});

test('what was run stands below its proof, and what brought the error below that', () => {
  const proof = {
    ...OUTCOME.proof!,
    introduced: { commit: 'c'.repeat(40), author: 'A', subject: 'prices', date: '2026-01-02', how: 'proven' as const },
  };
  const rows = outcomeLines({ ...OUTCOME, proof }, { paint: PLAIN }).map((line) => line.slice(2, 12).trim());
  const at = rows.indexOf('proof');
  expect(rows.slice(at, at + 2 + proof.commands.length)).toEqual(['proof', ...proof.commands.map(() => ''), 'brought by']);
});

test('data cannot steer the terminal, in any place it appears', () => {
  const hostile: Trace = {
    ...TRACE,
    ...{ title: HOSTILE, reason: HOSTILE, hint: HOSTILE, summary: HOSTILE, diff: `--- ${HOSTILE}\n+++ b\n`, branch: HOSTILE },
    request: { url: HOSTILE, number: null, state: 'local' },
    proof: { level: 'L1', detail: HOSTILE, commands: [{ ...OUTCOME.proof!.commands[0]!, command: HOSTILE }] },
    files: [{ path: HOSTILE, status: 'added', added: 1, removed: 0 }],
    guard: [{ rule: HOSTILE, verdict: 'draft', detail: HOSTILE }],
    steps: [{ ...TRACE.steps[2]!, summary: HOSTILE, error: { code: 'bug', message: HOSTILE, hint: HOSTILE } }],
  };
  const look = { paint: PLAIN, now: NOW, columns: 80 };
  const lines = [...traceLines(hostile, look), ...outcomeLines(hostile, { paint: PLAIN }), ...traceTable([hostile], look)];
  expect(lines.filter((line) => /redx/.test(line)).length).toBeGreaterThan(12);
  expect(lines.filter((line) => /[\u0000-\u001f\u007f\u202e]/.test(line))).toEqual([]);
});

describe('diff', () => {
  const paint = {
    ...PLAIN,
    strong: (line: string) => `H ${line}`,
    accent: (line: string) => `@ ${line}`,
    good: (line: string) => `A ${line}`,
  };
  const colours = { ...paint, bad: (line: string) => `R ${line}` };
  test.each([
    ['nothing', '', []],
    [
      'a removed SQL comment is no file name',
      '--- a\n+++ b\n@@ -1 +1 @@\n--- x\n+++ y\n',
      ['H --- a', 'H +++ b', '@ @@ -1 +1 @@', 'R --- x', 'A +++ y'],
    ],
    [
      'a second file, a context line, a mark',
      '--- a\n+++ b\n@@ -1,2 +1 @@\n-x\n y\n\\ No newline at end of file\n--- c\n',
      ['H --- a', 'H +++ b', '@ @@ -1,2 +1 @@', 'R -x', ' y', '\\ No newline at end of file', 'H --- c'],
    ],
  ])('%s', (_name, diff, expected) => expect(diffLines(diff, colours)).toEqual(expected));
});

describe('drawn in place', () => {
  const draw = (size: { columns?: number; rows?: number }, ...frames: (readonly string[])[]): readonly string[] => {
    const written: string[] = [];
    const live = createLive({ ...size, write: (part) => written.push(part) }, false);
    for (const frame of frames) live(frame);
    return written;
  };
  test.each([
    ['the same again is not drawn', [['a'], ['a']], ['a\n']],
    ['over what was there', [['a', 'b'], ['c']], ['a\nb\n', '\r\u001b[2A\u001b[Jc\n']],
    ['a line that wraps is two lines high', [['0123456789ab'], ['c']], ['0123456789ab\n', '\r\u001b[2A\u001b[Jc\n']],
    ['what does not fit is left out', [['1', '2', '3', '4', '5'], ['6']], ['1\n2\n… 3 more …\n', '\r\u001b[3A\u001b[J6\n']],
    ['control characters are taken out', [['a\u001b[2Jb']], ['ab\n']],
  ])('%s', (_name, frames, expected) => expect(draw({ columns: 10, rows: 4 }, ...frames)).toEqual(expected));
});

test('a local proposal is printed with the commands that take it over', () => {
  const request = {
    url: '/state/requests/fix-1.md',
    number: null,
    state: 'local' as const,
    takeOver: ['git fetch /store fix-1', 'git am /fix-1.patch'],
  };
  const lines = outcomeLines({ ...OUTCOME, request }, { paint: PLAIN }).map((line) => line.trim());
  expect(lines).toEqual(expect.arrayContaining(['apply by  git fetch /store fix-1', 'or by     git am /fix-1.patch']));
});
