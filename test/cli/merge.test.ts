// `--merge`: the ledgers of several boxes looked at as one. Real ledgers, each in a state directory of its own.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli-world.ts';
import { INCIDENT } from '../support/incidents.ts';
import { createState, keep, OUTCOME, type State, sight } from '../support/state.ts';

const OTHER = 'v2:ffffffffffffffffffffffffffffffff';
const at = (time: string, line: number) => ({ source: 'app.log', line, offset: line * 100, time: `2026-03-01T${time}:00.000Z` });

let own: State;
let boxes: readonly State[];
let cwd: string;

/** Three boxes: the own one and the second have seen one bug, the third another one, too. */
beforeAll(async () => {
  own = createState();
  boxes = [createState(), createState()];
  cwd = mkdtempSync(join(tmpdir(), 'ai-ops-merge-'));
  await own.write((ledger) => sight(ledger, { count: 3, first: at('10:00', 4), last: at('10:05', 40) }));
  await boxes[0]!.write(async (ledger) => {
    await sight(ledger, { count: 11, first: at('09:00', 7), last: at('09:30', 70) });
    await keep(ledger, OUTCOME, '2026-03-01T09:10:00.000Z');
  });
  await boxes[1]!.write(async (ledger) => {
    await sight(ledger, { count: 5, first: at('12:00', 1), last: at('12:30', 2) });
    await sight(ledger, { fingerprint: OTHER, title: 'KeyError: sku', count: 2, first: at('08:00', 3), last: at('08:01', 9) });
    await keep(ledger, { ...OUTCOME, fingerprint: OTHER, trace: 'eee555fff666' }, '2026-03-01T11:00:00.000Z');
  });
  for (const [at, to] of others().entries()) cpSync(boxes[at]!.dir, to, { recursive: true });
});
afterAll(() => {
  for (const state of [own, ...boxes]) state.remove();
  rmSync(cwd, { recursive: true, force: true });
});

/** As they are mounted, or were copied: in a directory that is called by their box. */
const others = (): readonly string[] => ['web-2', 'web-3'].map((name) => join(cwd, name, 'state'));
const ran = (command: string, ...args: readonly string[]) => runCli([command, '--state-dir', own.dir, ...args], { cwd });
const objects = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('an incident is one, with the counts of all boxes, its earliest and its latest occurrence', async () => {
  const { stdout } = await ran('incidents', '--json', '--merge', ...others());
  const [bug, other] = objects(stdout);
  expect(bug).toMatchObject({
    ...{ fingerprint: INCIDENT.fingerprint, count: 19, state: 'proposed', attempts: 1 },
    ...{ first: { line: 7, time: at('09:00', 7).time }, last: { line: 2, time: at('12:30', 2).time } },
  });
  expect(bug.boxes.map(({ count, state }: { count: number; state: string }) => [count, state])).toEqual([
    [3, 'new'],
    [11, 'proposed'],
    [5, 'new'],
  ]);
  expect(other).toMatchObject({ fingerprint: OTHER, count: 2, boxes: [{ box: 'web-3', count: 2 }] });
});

test('a short list counts at every box what is among the first of one', async () => {
  const { stdout } = await ran('incidents', '--json', '--limit', '1', '--merge', ...others());
  expect(objects(stdout)).toMatchObject([{ fingerprint: INCIDENT.fingerprint, count: 19 }]);
});

test('--state is that of the whole', async () => {
  expect((await ran('incidents', '--json', '--state', 'new', '--merge', ...others())).stdout).toBe('');
  const { stdout } = await ran('incidents', '--json', '--state', 'proposed', '--merge', ...others());
  expect(objects(stdout)).toMatchObject([{ count: 19 }, { count: 2 }]);
});

test('status lists the repairs and requests of all, and says whose they are', async () => {
  const { stdout } = await ran('status', '--json', '--merge', join(others()[0]!, 'ai-ops.sqlite'), others()[1]!);
  expect(objects(stdout)).toMatchObject([
    { trace: 'eee555fff666', box: 'web-3', request: { number: 7 } },
    { trace: 'aaa111bbb222', box: 'web-2', request: { number: 7 } },
  ]);
  const table = (await ran('status', '--merge', ...others())).stdout;
  expect(table).toMatch(/STATE +BOX +INCIDENT/);
  expect(table).toContain('web-2');
  expect((await ran('status', 'eee5', '--merge', ...others())).stdout).toContain('on        web-3');
});

test('the report has a column of boxes, and sums', async () => {
  const { stdout } = await ran('report', '--json', '--merge', ...others());
  expect(objects(stdout)).toMatchObject([
    {
      ...{ kind: 'report', incidents: 2, traces: 2 },
      boxes: [
        { box: 'this box', incidents: 1, occurrences: 3, traces: 0 },
        { box: 'web-2', incidents: 1, occurrences: 11, traces: 1 },
        { box: 'web-3', incidents: 2, occurrences: 7, traces: 1 },
      ],
    },
  ]);
  const page = readFileSync(join(cwd, 'ai-ops-report.html'), 'utf8');
  expect(page).toContain('seen 19 times');
  expect(page).toContain('web-2: 11, web-3: 5, this box: 3');
});

test('the own ledger counts once, also where it is named', async () => {
  const { stdout, stderr } = await ran('incidents', '--json', '--merge', own.dir);
  expect(objects(stdout)).toMatchObject([{ count: 3 }]);
  expect(stderr).toContain('it counts once');
});

test('a copy of a ledger beside it is told', async () => {
  expect((await ran('incidents', '--merge', others()[0]!, boxes[0]!.dir)).stderr).toContain('one is a copy of the other');
});

describe('a ledger that cannot be added up', () => {
  const file = (): string => join(mkdtempSync(join(cwd, 'bad-')), 'ai-ops.sqlite');
  const broken = (spoil: (path: string) => void): string => {
    const path = file();
    copyFileSync(join(others()[0]!, 'ai-ops.sqlite'), path);
    spoil(path);
    return path;
  };
  /** `PRAGMA user_version` is at byte 60 of the header (https://sqlite.org/fileformat.html, section 1.3). */
  const newer = (path: string): void => {
    const bytes = readFileSync(path);
    bytes.writeUInt32BE(99, 60);
    writeFileSync(path, bytes);
  };
  test.each([
    ['is not there', () => join(cwd, 'nowhere'), 'there is no ledger at'],
    ['is of a newer version', () => broken(newer), 'was written by a newer ai-ops (schema 99'],
    ['is cut off', () => broken((path) => truncateSync(path, 5000)), 'cannot be read'],
    ['is no ledger', () => broken((path) => writeFileSync(path, 'hello')), 'cannot be read'],
  ])('%s: one line and a hint, and the file stays as it is', async (_name, make, words) => {
    const path = make();
    const before = path.endsWith('nowhere') ? '' : readFileSync(path).toString('latin1');
    for (const command of ['status', 'incidents', 'report']) {
      const { code, stderr, stdout } = await ran(command, '--merge', path);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(words), expect.stringMatching(/^ai-ops: hint: /)]);
      expect(stderr).toContain(path);
    }
    if (before !== '') expect(readFileSync(path).toString('latin1')).toBe(before);
  });
});

test('--refresh asks the host for this box alone', async () => {
  expect(await ran('status', '--refresh', '--merge', ...others())).toMatchObject({ code: 2 });
});
