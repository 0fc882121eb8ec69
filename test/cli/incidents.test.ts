// `ai-ops incidents` against a real ledger: every incident with its reason in words, and one with all that is known.
import { existsSync } from 'node:fs';
import { reasonWords } from '../../src/cli/naming/reason-words.ts';
import { REASONS } from '../../src/core/policy/decide.ts';
import { CATALOGUE } from '../../src/errors.ts';
import { runCli } from '../support/cli-world.ts';
import { EVENT, INCIDENT } from '../support/incidents.ts';
import { createState, FAILED, keep, OUTCOME, type State, sight, TRACE } from '../support/state.ts';

const OTHER = 'v1:01ffddccbbaa99887766554433221100';

let state: State;
const seen = (hours: number) => ({ ...INCIDENT.last, time: new Date(Date.now() - hours * 3_600_000 - 60_000).toISOString() });
const incidents = (...args: readonly string[]) => runCli(['incidents', '--state-dir', state.dir, ...args]);
const objects = async (...args: readonly string[]): Promise<readonly Record<string, unknown>[]> =>
  (await incidents('--json', ...args)).stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('of more than are read together: each once, seen last first', async () => {
  state = createState();
  const names = Array.from({ length: 250 }, (_, n) => `v1:${String(n).padStart(32, '0')}`);
  await state.write(async (ledger) => {
    for (const [n, fingerprint] of names.entries()) await sight(ledger, { fingerprint, last: seen(n) });
  });
  expect((await objects()).map(({ fingerprint }) => fingerprint)).toEqual(names);
  expect((await objects('--limit', '120')).map(({ fingerprint }) => fingerprint)).toEqual(names.slice(0, 120));
  state.remove();
});

describe('of two incidents', () => {
  beforeAll(async () => {
    state = createState();
    await state.write(async (ledger) => {
      await sight(ledger, { last: seen(30) });
      await sight(ledger, { fingerprint: OTHER, title: 'Error: no such table', count: 1, last: seen(2) });
      await ledger.setState(OTHER, 'waiting', 'below-min-count');
      await keep(ledger, OUTCOME, seen(29).time);
      await keep(ledger, FAILED, seen(28).time);
    });
  });
  afterAll(() => state.remove());

  test('for people: last seen first, with the reason in words', async () => {
    const { code, stdout, stderr } = await runCli(['incidents', '--state-dir', state.dir]);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^COUNT {2}LAST SEEN {2}STATE +INCIDENT +REASON +FINGERPRINT$/);
    expect(lines[1]).toMatch(/^ {4}1 {2}2 h ago {4}waiting {2}TypeError in .* {2}01ffddccbbaa$/);
    expect(lines[2]).toMatch(/^ {4}3 {2}1 d ago {4}failed {3}TypeError in .* {2}0123456789ab$/);
    expect(lines).toHaveLength(3);
  });

  test('--json: the incidents, each with its state and reason', async () => {
    expect(await objects()).toMatchObject([
      { kind: 'incident', fingerprint: OTHER, count: 1, state: 'waiting', reason: 'below-min-count', attempts: 0 },
      { kind: 'incident', fingerprint: INCIDENT.fingerprint, count: 3, state: 'failed', reason: 'claude-timeout', attempts: 2 },
    ]);
  });

  test('in Chinese: titles, states, ages and reasons', async () => {
    const { stdout } = await runCli(['incidents', '--state-dir', state.dir], { env: { AIOPS_LANGUAGE: 'zh' } });
    const [titles, first = ''] = stdout.split('\n');
    expect(titles).toMatch(/^次数 +最近出现 +状态 +事件 +原因 +指纹$/);
    expect(first).toMatch(/^ +1 +\d+ \S+前 +等待 .*src\/pricing\.js:12 +出现次数少于 \S+ +01ffddccbbaa$/);
  });

  test('--limit: the first of them, and that there are more', async () => {
    const { stdout, stderr } = await incidents('--limit', '1');
    expect(stdout.trimEnd().split('\n').slice(1)).toMatchObject([expect.stringContaining('01ffddccbbaa')]);
    expect(stderr).toBe('only the 1 seen last: `--limit` shows more\n');
    expect(await objects('--limit', '1')).toMatchObject([{ fingerprint: OTHER }]);
  });

  test.each([
    ['whole', INCIDENT.fingerprint],
    ['its beginning', 'v1:012'],
    ['the digits of the branch', '0123456789ab'],
    ['the branch', 'ai-ops/fix-0123456789ab'],
  ])('one by its fingerprint, %s: the incident, then its traces', async (_name, typed) => {
    const [incident, ...traces] = await objects(typed);
    expect(incident).toMatchObject({ kind: 'incident', fingerprint: INCIDENT.fingerprint, sample: EVENT.text });
    expect(traces.map(({ kind, trace }) => [kind, trace])).toEqual([
      ['trace', FAILED.trace],
      ['trace', OUTCOME.trace],
    ]);
  });

  test('one for people: state and reason, frames, sample, traces', async () => {
    const { code, stdout } = await incidents('0123');
    expect(code).toBe(0);
    const parts = [
      `TypeError in orderTotal · src/pricing.js:12\n\nstate     failed: ${FAILED.reason}\nsays      ${INCIDENT.title}\n`,
      'seen      3 times\nfirst     2026-03-01 10:00:00 UTC, ',
      'attempts  2\ncost      $0.034\n',
      `incident  ${INCIDENT.fingerprint}\n`,
      'frames\n  /srv/app/src/pricing.js:12:21  orderTotal\n',
      '  node:internal/process/task_queues:95  (not of the application)\n',
      `sample\n  ${EVENT.text.split('\n')[0]}\n`,
      'traces\n  STARTED  TRACE ',
      `  1 d ago  ${FAILED.trace}  failed `,
    ];
    expect(parts.filter((part) => !stdout.includes(part))).toEqual([]);
  });

  test('one that is like another: what became of that one', async () => {
    const { request, trace } = OUTCOME;
    const similar = { how: 'frames', fingerprint: INCIDENT.fingerprint, trace, state: 'proposed', level: 'L2', request };
    expect((await objects('01ff'))[0]).toMatchObject({ fingerprint: OTHER, similar: [similar] });
    expect((await incidents('01ff')).stdout).toContain(
      `similar errors and their fixes\n  proposed  TypeError in orderTotal · src/pricing.js:12  ${trace}, the same functions, proof L2, ${request?.url}\n`,
    );
  });

  test.each([
    ['nonsense', 'no incident nonsense here'],
    ['01', "'01' is the beginning of 2: type more of it"],
  ])('%s: %s', async (typed, message) => {
    const { code, stdout, stderr } = await incidents(typed);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', `ai-ops: error: ${message}`]);
  });
});

test('without a ledger: nothing, and nothing is made', async () => {
  state = createState();
  expect(await incidents()).toEqual({ code: 0, stdout: '', stderr: 'no incidents yet: `ai-ops watch` and `ai-ops fix` find them\n' });
  expect(existsSync(state.dir)).toBe(false);
  expect(await incidents('v1:00')).toMatchObject({ code: 2, stdout: '' });
  state.remove();
});

describe('the reason in words', () => {
  const failed = { ...TRACE, ...FAILED };
  test.each([
    ['none yet', null, undefined, ''],
    ['of a decision', 'dry-run', undefined, REASONS['dry-run']],
    ['of a decision, whatever the latest trace says', 'hourly-limit', failed, REASONS['hourly-limit']],
    ['interrupted', 'interrupted', undefined, 'its repair was interrupted; the next one goes on from there'],
    ['of the error that ended its repair', 'claude-timeout', failed, FAILED.reason],
    ['of an error whose trace is gone', 'claude-timeout', undefined, 'claude-timeout'],
    ['no reason by a name that every object has', 'constructor', undefined, 'constructor'],
  ])('%s', (_name, reason, latest, expected) => expect(reasonWords({ reason, state: 'failed' }, latest)).toBe(expected));

  test('of what is never to be repaired, also where it was tried in vain', () => {
    const ignored = { at: '2026-03-01T10:00:00.000Z', reason: null };
    expect(reasonWords({ reason: 'claude-timeout', state: 'failed', ignored }, failed)).toBe(REASONS.ignored);
    expect(reasonWords({ reason: null, state: 'proposed', ignored }, failed)).toBe('');
  });

  test('decisions and errors do not share a name', () => {
    expect(Object.keys(REASONS).filter((name) => Object.hasOwn(CATALOGUE, name))).toEqual([]);
  });
});

test('where it came from: in words of releases and hosts that are known, and as JSON', async () => {
  state = createState();
  const time = INCIDENT.first.time;
  const of = (...values: readonly string[]) => values.map((value) => ({ value, first: time, last: time }));
  const { title, sample, first, last } = INCIDENT;
  const sighted = (fingerprint: string, facts: object) => ({ fingerprint, title, sample, count: 1, first, last, facts });
  await state.write(async (ledger) => {
    const facts = {
      service: of('shop'),
      environment: of('production'),
      release: of('2.4.1'),
      host: of('web-1', 'web-2'),
      trace: of('4bf9'),
    };
    const others = { service: of('shop'), release: of('2.4.0'), host: of('web-1', 'web-3', '\u202eweb-4') };
    await ledger.record({ checkpoint: null, sightings: [sighted(INCIDENT.fingerprint, facts), sighted(OTHER, others)] });
  });
  const { stdout } = await incidents(INCIDENT.fingerprint);
  expect(stdout).toMatch(/came {6}only in release 2\.4\.1, since 2026-03-01 .*; in service shop; in production; on 2 of 4 hosts/);
  expect(stdout).toMatch(/hosts {5}web-1, web-2\n/);
  expect(await objects(INCIDENT.fingerprint)).toMatchObject([
    { service: 'shop', environment: 'production', releases: ['2.4.1'], hosts: ['web-1', 'web-2'], facts: { trace: of('4bf9') } },
  ]);
  expect((await incidents(OTHER)).stdout).not.toContain('\u202e');
  state.remove();
});
