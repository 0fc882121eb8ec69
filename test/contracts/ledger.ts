// What every implementation of the Journal and TraceStore ports must do. Run on the SQLite ledger and on the fake.
import type { Ledger } from '../../src/adapters/ledger/ledger-port.ts';
import type { ErrorEvent, Outcome, StepRecord, TraceState } from '../../src/core/model.ts';
import type { Checkpoint, NewMessage, Sighting } from '../../src/ports.ts';

/** One state directory. Ledgers opened one beside the other stand for processes that run at the same time. */
export interface Stage {
  open(): Promise<Ledger>;
  clear(): Promise<void>;
}

export const NOW = new Date('2026-03-01T12:00:00.000Z');
export const FINGERPRINT = 'v1:00112233445566778899aabbccddeeff';
const OTHER = 'v1:ffeeddccbbaa99887766554433221100';

export function event(offset: number, text = 'TypeError: x is undefined'): ErrorEvent {
  const frames = [{ file: 'src/orders.js', line: 12, column: 7, function: 'total', inApp: true }];
  return {
    ...{ id: `g1:${offset}`, source: 'app.log', format: 'plain', language: 'javascript', level: 'error', type: 'TypeError' },
    ...{ message: 'x is undefined', frames, line: 1, endLine: 2, offset, endOffset: offset + 40, text },
  };
}

export function sighting(offset: number, count = 1, fingerprint = FINGERPRINT): Sighting {
  const at = { source: 'app.log', line: offset + 1, offset, time: new Date(NOW.getTime() + offset).toISOString() };
  return { fingerprint, title: 'TypeError: x is undefined', sample: event(offset), count, first: at, last: at };
}

export function checkpoint(offset: number, stream = 'g1', source = 'app.log'): Checkpoint {
  return { position: { source, stream, token: `${offset} {"at":${offset}}` }, line: offset, counted: [String(offset + 5)] };
}

export const offsetOf = ({ position }: Checkpoint): number => Number.parseInt(position.token, 10);

export function start(id: string, fingerprint = FINGERPRINT, startedAt = NOW.toISOString()) {
  return { id, fingerprint, title: `repair ${id}`, mode: 'code_blocks', startedAt } as const;
}

export function step(name: StepRecord['name'], outcome: StepRecord['outcome'] = 'ok'): StepRecord {
  const ended = outcome === 'running' ? { endedAt: null, durationMs: null } : { endedAt: '2026-03-01T12:00:01.500Z', durationMs: 1500 };
  return { name, startedAt: '2026-03-01T12:00:00.000Z', ...ended, outcome, summary: `${name} ${outcome}` };
}

export function ending(trace: string, state: TraceState = 'proposed', fields: Partial<Outcome> = {}, fingerprint = FINGERPRINT) {
  const outcome: Outcome = {
    ...{ trace, fingerprint, outcome: 'proposed', reason: 'request opened', code: null, branch: 'ai-ops/fix-0', commit: 'c0ffee' },
    request: { url: 'https://example.org/pull/7', number: 7, state: 'open' },
    proof: { level: 'L2', commands: [], detail: 'tests pass' },
    files: [{ path: 'src/orders.js', status: 'modified', added: 2, removed: 1 }],
    guard: [{ rule: 'size', verdict: 'allow', detail: '3 lines' }],
    ...{ costUsd: 0.25, turns: 1, durationMs: 9000, modelMs: 4000 },
    ...fields,
  };
  return { outcome, state, endedAt: '2026-03-01T12:00:09.000Z', diff: '--- a\n+++ b\n', summary: 'guard against undefined' };
}

export function ledgerContract(name: string, createStage: () => Promise<Stage>): void {
  describe(`the ledger contract on ${name}`, () => {
    let stage: Stage;
    let ledger: Ledger;
    beforeEach(async () => {
      stage = await createStage();
      ledger = await stage.open();
    });
    afterEach(async () => {
      await ledger.close();
      await stage.clear();
    });
    const incident = async () => (await ledger.incidents({ fingerprint: FINGERPRINT }))[0];

    test('is empty at first', async () => {
      expect(await ledger.checkpoints()).toEqual([]);
      expect(await ledger.incidents()).toEqual([]);
      expect(await ledger.traces()).toEqual([]);
      expect(await ledger.spending(NOW)).toEqual({
        ...{ repairsLastHour: 0, repairsLastDay: 0, usdLastDay: 0 },
        ...{ consecutiveFailures: 0, lastFailureAt: null, openRequests: 0 },
      });
    });

    test('counts, keeps the first sample and moves the last occurrence', async () => {
      const first = await ledger.record({ checkpoint: checkpoint(10), sightings: [sighting(3)] });
      const second = await ledger.record({ checkpoint: checkpoint(20), sightings: [sighting(12, 4)] });
      expect(first.map(({ isNew, incident: { count } }) => [isNew, count])).toEqual([[true, 1]]);
      expect(second.map(({ isNew, incident: { count } }) => [isNew, count])).toEqual([[false, 5]]);
      const { level, type, message, language, frames } = event(3);
      const expected = {
        ...{ fingerprint: FINGERPRINT, title: 'TypeError: x is undefined', level, type, message, language, frames, sample: event(3) },
        ...{ count: 5, first: sighting(3).first, last: sighting(12).last },
        ...{ state: 'new', reason: null, attempts: 0, lastAttemptAt: null },
      };
      expect(second[0]?.incident).toEqual(expected);
      expect(await ledger.incidents()).toEqual([expected]);
    });

    test('keeps where occurrences came from, over a flush and a new opening, and tells it of all incidents together', async () => {
      const time = (line: number): string => sighting(line).first.time;
      const from = (line: number, host: string, release: string) => ({
        ...sighting(line),
        facts: {
          release: [{ value: release, first: time(line), last: time(line) }],
          host: [{ value: host, first: time(line), last: time(line) }],
        },
      });
      await ledger.record({ checkpoint: null, sightings: [from(3, 'web-1', '2.4.0')] });
      await ledger.record({ checkpoint: null, sightings: [from(12, 'web-2', '2.4.0'), sighting(13)] });
      await ledger.flush(true);
      await ledger.record({ checkpoint: null, sightings: [from(14, 'web-1', '2.4.1')] });
      await ledger.close();
      ledger = await stage.open();
      const { facts } = (await incident())!;
      expect(facts?.host?.map(({ value, first }) => [value, first])).toEqual([
        ['web-1', time(3)],
        ['web-2', time(12)],
      ]);
      expect(facts?.release?.map(({ value, first }) => [value, first])).toEqual([
        ['2.4.0', time(3)],
        ['2.4.1', time(14)],
      ]);
      expect(await ledger.facts()).toEqual(facts);
    });

    test('keeps one checkpoint a stream, the last one recorded', async () => {
      await ledger.record({ checkpoint: checkpoint(10), sightings: [] });
      await ledger.record({ checkpoint: checkpoint(3, 'g2'), sightings: [] });
      await ledger.record({ checkpoint: checkpoint(20), sightings: [] });
      await ledger.record({ checkpoint: null, sightings: [sighting(1)] });
      expect([...(await ledger.checkpoints())].sort((a, b) => offsetOf(b) - offsetOf(a))).toEqual([checkpoint(20), checkpoint(3, 'g2')]);
    });

    test('lists incidents by their last time, newest first, as many as asked for', async () => {
      await ledger.record({ checkpoint: null, sightings: [sighting(5), sighting(9, 1, OTHER)] });
      const order = async (limit?: number) => (await ledger.incidents(limit === undefined ? {} : { limit })).map((row) => row.fingerprint);
      expect(await order()).toEqual([OTHER, FINGERPRINT]);
      expect(await order(1)).toEqual([OTHER]);
      expect(await ledger.incidents({ fingerprint: 'v1:unknown' })).toEqual([]);
      expect(await ledger.incidents({ fingerprints: [FINGERPRINT, 'v1:unknown', OTHER] })).toEqual(await ledger.incidents());
      expect(await ledger.incidents({ fingerprints: [FINGERPRINT] })).toEqual(await ledger.incidents({ fingerprint: FINGERPRINT }));
      expect(await ledger.fingerprints()).toEqual([OTHER, FINGERPRINT]);
    });

    test('says what is to be judged again: what was cut off first, then the newest sighting; nothing that is settled', async () => {
      const names = ['new', 'cut-off', 'settled', 'seen-by-a-dry-run', 'waiting', 'came-back'];
      await ledger.record({ checkpoint: null, sightings: names.map((name, at) => sighting(at, 1, `v1:${name}`)) });
      await ledger.setState('v1:cut-off', 'waiting', 'interrupted');
      await ledger.setState('v1:settled', 'closed', 'closed-by-person');
      await ledger.setState('v1:seen-by-a-dry-run', 'new', 'dry-run');
      await ledger.setState('v1:waiting', 'waiting', 'below-min-count');
      await ledger.setState('v1:came-back', 'regressed', 'came-back');
      expect(await ledger.waiting(10)).toEqual(['v1:cut-off', 'v1:came-back', 'v1:waiting', 'v1:new']);
      expect(await ledger.waiting(2)).toEqual(['v1:cut-off', 'v1:came-back']);
    });

    test('sets the state of an incident; counting goes on and does not touch it', async () => {
      await ledger.record({ checkpoint: null, sightings: [sighting(1)] });
      await ledger.setState(FINGERPRINT, 'waiting', 'below-min-count');
      await ledger.record({ checkpoint: null, sightings: [sighting(2)] });
      expect(await incident()).toMatchObject({ state: 'waiting', reason: 'below-min-count', count: 2 });
    });

    test('keeps everything over a flush and a new opening', async () => {
      await ledger.record({ checkpoint: checkpoint(10), sightings: [sighting(3)] });
      await ledger.setState(FINGERPRINT, 'waiting', 'below-min-count');
      expect(await ledger.flush(true)).toBe(true);
      const other = await stage.open();
      expect(await other.checkpoints()).toEqual([checkpoint(10)]);
      expect(await other.incidents()).toEqual(await ledger.incidents());
      await other.close();
    });

    test('takes a fingerprint once, counts the attempt and gives it back at the end', async () => {
      const other = await stage.open();
      await ledger.record({ checkpoint: null, sightings: [sighting(1)] });
      expect(await ledger.begin(start('t1'))).toBe('begun');
      expect(await incident()).toMatchObject({ state: 'repairing', attempts: 1, lastAttemptAt: NOW.toISOString() });
      expect(await other.begin(start('t2'))).toBe('taken');
      expect(await ledger.begin(start('t3'))).toBe('taken');
      expect(await other.begin(start('t4', OTHER))).toBe('begun');
      await ledger.end('t1', ending('t1', 'failed', { outcome: 'failed', code: 'claude-timeout' }));
      expect(await incident()).toMatchObject({ state: 'failed', reason: 'claude-timeout', attempts: 1 });
      expect(await other.begin(start('t2'))).toBe('begun');
      // Why the last one failed is no reason of this one.
      expect(await incident()).toMatchObject({ state: 'repairing', reason: null, attempts: 2 });
      await other.close();
    });

    test('keeps steps in order, replaces the one of the same name, and the whole ending', async () => {
      const failed = { ...step('notify', 'failed'), error: { code: 'mail-auth', message: 'refused', hint: 'check SMTP_USER' } };
      await ledger.begin(start('t1'));
      for (const row of [step('claim'), step('fix', 'running'), step('guard'), step('fix'), failed]) await ledger.step('t1', row);
      const running = (await ledger.traces({ trace: 't1' }))[0];
      expect(running).toMatchObject({ trace: 't1', state: 'running', endedAt: null, costUsd: null, request: null, diff: '' });
      expect(running?.steps).toEqual([step('claim'), step('fix'), step('guard'), failed]);
      await ledger.end('t1', ending('t1'));
      const { outcome, ...rest } = ending('t1');
      expect(await ledger.traces()).toEqual([
        { ...outcome, ...rest, title: 'repair t1', mode: 'code_blocks', startedAt: NOW.toISOString(), steps: running?.steps },
      ]);
    });

    test('a brief listing is the same without the long texts', async () => {
      await ledger.begin(start('t1'));
      await ledger.step('t1', step('claim'));
      await ledger.end('t1', ending('t1'));
      const [whole] = await ledger.traces();
      expect(await ledger.traces({ brief: true })).toEqual([{ ...whole, steps: [], diff: '', summary: '' }]);
    });

    test.each([
      ['everything, newest first', {}, ['t3', 't2', 't1']],
      ['one by its id', { trace: 't2' }, ['t2']],
      ['by fingerprint', { fingerprint: FINGERPRINT }, ['t3', 't1']],
      ['by state', { state: 'failed' }, ['t2']],
      ['by fingerprint and state', { fingerprint: FINGERPRINT, state: 'failed' }, []],
      ['since a time, inclusive', { since: '2026-03-01T10:00:00.000Z' }, ['t3', 't2']],
      ['with a limit', { limit: 1 }, ['t3']],
    ] as const)('lists traces: %s', async (_name, filter, expected) => {
      await ledger.begin(start('t1', FINGERPRINT, '2026-03-01T09:00:00.000Z'));
      await ledger.end('t1', ending('t1'));
      await ledger.begin(start('t2', OTHER, '2026-03-01T10:00:00.000Z'));
      await ledger.end('t2', ending('t2', 'failed', {}, OTHER));
      await ledger.begin(start('t3', FINGERPRINT, '2026-03-01T11:00:00.000Z'));
      expect((await ledger.traces(filter)).map((trace) => trace.trace)).toEqual(expected);
    });

    test('adds up what the budgets are judged by', async () => {
      for (const [id, startedAt] of [
        ['old', '2026-02-28T11:59:59.000Z'],
        ['today', '2026-03-01T01:00:00.000Z'],
        ['lately', '2026-03-01T11:30:00.000Z'],
      ] as const) {
        await ledger.begin(start(id, FINGERPRINT, startedAt));
        await ledger.end(id, ending(id));
      }
      await ledger.begin(start('now'));
      expect(await ledger.spending(NOW)).toMatchObject({ repairsLastHour: 2, repairsLastDay: 3, usdLastDay: 0.5 });
    });

    test('left to another box: it waits, it was no attempt, and nothing of a budget is used', async () => {
      await ledger.record({ checkpoint: null, sightings: [sighting(0)] });
      await ledger.begin(start('t1', FINGERPRINT, '2026-03-01T10:00:00.000Z'));
      await ledger.end('t1', ending('t1', 'failed', { outcome: 'failed', code: 'claude-timeout' }));
      await ledger.begin(start('t2'));
      const left = { outcome: 'skipped', code: 'claimed-elsewhere', until: '2026-03-01T13:00:00.000Z', costUsd: null } as const;
      await ledger.end('t2', ending('t2', 'skipped', left));
      const standing = { state: 'waiting', reason: 'claimed-elsewhere', attempts: 1, lastAttemptAt: '2026-03-01T10:00:00.000Z' };
      expect(await incident()).toMatchObject(standing);
      expect((await ledger.traces({ limit: 1 }))[0]).toMatchObject({ trace: 't2', state: 'skipped', until: left.until });
      expect(await ledger.spending(NOW)).toMatchObject({ repairsLastHour: 0, repairsLastDay: 1 });
    });

    test('ended by what is wrong with the machine: it waits, it was no attempt, no failure, and nothing of a budget is used', async () => {
      await ledger.record({ checkpoint: null, sightings: [sighting(0)] });
      await ledger.begin(start('t1'));
      await ledger.end('t1', ending('t1', 'failed', { outcome: 'failed', code: 'claude-not-found', costUsd: null, ofMachine: true }));
      expect(await incident()).toMatchObject({ state: 'waiting', reason: 'claude-not-found', attempts: 0, lastAttemptAt: null });
      expect(await ledger.spending(NOW)).toMatchObject({ repairsLastHour: 0, repairsLastDay: 0, consecutiveFailures: 0 });
      expect((await ledger.traces())[0]).toMatchObject({ trace: 't1', state: 'failed', code: 'claude-not-found' });
    });

    test('left to another box after it was cut off here: nothing holds the next look back', async () => {
      await ledger.record({ checkpoint: null, sightings: [sighting(0)] });
      await ledger.begin(start('t1', FINGERPRINT, '2026-03-01T11:00:00.000Z'));
      await ledger.end('t1', ending('t1', 'interrupted', { outcome: 'failed', code: 'interrupted' }));
      await ledger.begin(start('t2'));
      await ledger.end('t2', ending('t2', 'skipped', { outcome: 'skipped', code: 'claimed-elsewhere', until: '2026-03-01T13:00:00.000Z' }));
      expect(await incident()).toMatchObject({ state: 'waiting', attempts: 1, lastAttemptAt: null });
    });

    test.each([
      ['a step', () => ledger.step('nowhere', step('claim'))],
      ['an ending', () => ledger.end('nowhere', ending('nowhere'))],
    ])('refuses %s of an unknown trace', async (_name, call) => {
      await expect(call()).rejects.toMatchObject({ code: 'trace-not-found' });
    });

    test('closing leaves what was running as interrupted; the same trace can be begun again and is no new attempt', async () => {
      const other = await stage.open();
      await other.record({ checkpoint: null, sightings: [sighting(1)] });
      await other.begin(start('t1'));
      await other.step('t1', step('claim'));
      await other.step('t1', step('fix', 'running'));
      await other.close();
      expect((await ledger.traces())[0]).toMatchObject({ state: 'interrupted', code: 'interrupted', endedAt: null });
      expect((await ledger.traces())[0]?.steps.map((row) => row.outcome)).toEqual(['ok', 'interrupted']);
      expect(await incident()).toMatchObject({ state: 'waiting', reason: 'interrupted', attempts: 1 });
      expect(await ledger.begin(start('t1'))).toBe('begun');
      expect(await incident()).toMatchObject({ state: 'repairing', attempts: 1 });
      expect((await ledger.traces())[0]).toMatchObject({ state: 'running', code: null, resumes: 1 });
    });

    test('a failed trace that is begun again is another attempt of the same trace', async () => {
      await ledger.record({ checkpoint: null, sightings: [sighting(1)] });
      await ledger.begin(start('t1'));
      await ledger.end('t1', ending('t1', 'failed', { outcome: 'failed', code: 'host-unreachable' }));
      const later = '2026-03-01T13:00:00.000Z';
      expect(await ledger.begin(start('t1', FINGERPRINT, later))).toBe('begun');
      expect(await incident()).toMatchObject({ state: 'repairing', attempts: 2, lastAttemptAt: later });
      expect(await ledger.traces()).toMatchObject([{ state: 'running', startedAt: NOW.toISOString(), resumes: 1 }]);
    });

    describe('what steps leave for a resume', () => {
      const left = (value: string, costUsd: number | null = null) => ({ value, costUsd });
      const keptBy = async (reader: Ledger, trace = 't1') => Object.fromEntries(await reader.kept(trace));
      beforeEach(async () => {
        await ledger.record({ checkpoint: null, sightings: [sighting(1)] });
        await ledger.begin(start('t1'));
        await ledger.step('t1', step('claim'), left('c'));
        await ledger.step('t1', step('fix'), left('{"answer":"é \\u0000"}', 0.5));
        await ledger.step('t1', step('guard'), left('g'));
      });

      test('is there for another process, with the money it has cost', async () => {
        await ledger.close();
        ledger = await stage.open();
        expect(await keptBy(ledger)).toEqual({ claim: 'c', fix: '{"answer":"é \\u0000"}', guard: 'g' });
        expect(await keptBy(ledger, 'unknown')).toEqual({});
        expect((await ledger.traces())[0]).toMatchObject({ state: 'interrupted', costUsd: 0.5 });
      });

      test('a step that begins again takes what was made from it along', async () => {
        await ledger.step('t1', step('fix', 'running'));
        expect(await keptBy(ledger)).toEqual({ claim: 'c' });
        expect((await ledger.traces())[0]?.steps).toEqual([step('claim'), step('fix', 'running')]);
        await ledger.step('t1', step('fix'), left('again'));
        await ledger.step('t1', step('guard', 'running'));
        expect(await keptBy(ledger)).toEqual({ claim: 'c', fix: 'again' });
        await ledger.step('t1', step('fix', 'running'), { value: 'begun with', costUsd: 0.07 });
        expect(await keptBy(ledger)).toEqual({ claim: 'c', fix: 'begun with' });
        expect((await ledger.traces())[0]).toMatchObject({ costUsd: 0.07 });
      });

      test.each([
        ['interrupted', true],
        ['failed', true],
        ['proposed', false],
        ['refused', false],
        ['skipped', false],
      ] as const)('after the ending %s it is there: %s', async (state, isThere) => {
        await ledger.end('t1', ending('t1', state));
        expect(Object.keys(await keptBy(ledger)).length > 0).toBe(isThere);
      });

      test('goes with the good ending of another trace of the same incident', async () => {
        await ledger.end('t1', ending('t1', 'failed'));
        await ledger.begin(start('t2'));
        await ledger.end('t2', ending('t2'));
        expect(await keptBy(ledger)).toEqual({});
      });
    });

    test.each([
      ['none', [], 0, null],
      ['two after a good one', ['proposed', 'failed', 'failed'], 2, 3],
      ['a refusal ends the row', ['failed', 'failed', 'refused'], 0, null],
      ['what was skipped or cut off does not', ['failed', 'failed', 'skipped', 'interrupted'], 2, 2],
    ] as const)('counts failures in a row: %s', async (_name, states, count, last) => {
      const minute = (n: number): string => new Date(NOW.getTime() + n * 60_000).toISOString();
      for (const [index, state] of states.entries()) {
        await ledger.begin(start(`t${index}`, FINGERPRINT, minute(index)));
        await ledger.end(`t${index}`, { ...ending(`t${index}`, state), endedAt: minute(index + 1) });
      }
      const lastFailureAt = last === null ? null : minute(last);
      expect(await ledger.spending(NOW)).toMatchObject({ consecutiveFailures: count, lastFailureAt });
    });

    test('what becomes of a request moves trace and incident together, once, and only from the state that is there', async () => {
      await ledger.record({ checkpoint: checkpoint(0), sightings: [sighting(0)] });
      await ledger.begin(start('t1'));
      await ledger.end('t1', ending('t1'));
      const request = { url: 'https://example.org/pull/7', number: 7, state: 'merged', mergedAt: NOW.toISOString() } as const;
      const sequel = { since: NOW.toISOString(), mergedAt: NOW.toISOString(), counted: 1, quietMs: 0 };
      const change = { from: 'proposed', state: 'merged', request, sequel } as const;
      expect([await ledger.follow('t1', change), await ledger.follow('t1', change)]).toEqual([true, false]);
      expect(await ledger.traces()).toMatchObject([{ trace: 't1', state: 'merged', request, sequel, costUsd: 0.25 }]);
      expect(await ledger.incidents()).toMatchObject([{ state: 'merged', reason: 'already-merged' }]);
      expect(await ledger.follow('t1', { ...change, from: 'merged', request: null, sequel: { ...sequel, quietMs: 5 } })).toBe(true);
      expect((await ledger.traces())[0]).toMatchObject({ request, sequel: { quietMs: 5 } });
      expect(await ledger.follow('nowhere', change)).toBe(false);
    });

    test('an older trace, and one whose incident is being repaired, does not move the incident', async () => {
      await ledger.record({ checkpoint: checkpoint(0), sightings: [sighting(0)] });
      for (const [id, minute] of [
        ['t1', 1],
        ['t2', 2],
      ] as const) {
        await ledger.begin(start(id, FINGERPRINT, new Date(NOW.getTime() + minute * 60_000).toISOString()));
        await ledger.end(id, ending(id));
      }
      const change = { from: 'proposed', state: 'closed', request: null, sequel: { since: NOW.toISOString() } } as const;
      await ledger.follow('t1', change);
      expect((await ledger.incidents())[0]?.state).toBe('proposed');
      await ledger.begin(start('t3', FINGERPRINT, new Date(NOW.getTime() + 180_000).toISOString()));
      await ledger.follow('t2', change);
      expect((await ledger.incidents())[0]?.state).toBe('repairing');
      expect((await ledger.traces()).map(({ state }) => state)).toEqual(['running', 'closed', 'closed']);
    });

    test('lets one ledger watch a source, until it is closed; standard input is nobody’s', async () => {
      const other = await stage.open();
      await other.watchLock('app.log');
      await other.watchLock('app.log');
      await other.watchLock('-');
      await expect(ledger.watchLock('app.log')).rejects.toMatchObject({ code: 'already-watched' });
      await ledger.watchLock('other.log');
      await ledger.watchLock('-');
      await other.close();
      await ledger.watchLock('app.log');
    });

    test('a mail is put in once, taken once, and what came of it is kept', async () => {
      const other = await stage.open();
      await ledger.put([mail('m1'), mail('m2', { createdAt: '2026-03-01T12:00:01.000Z' })]);
      await ledger.put([mail('m1', { subject: 'another' })]);
      expect((await ledger.deliveries()).map(({ id, state, subject, tries }) => [id, state, subject, tries])).toEqual([
        ['m1', 'queued', 'subject m1', 0],
        ['m2', 'queued', 'subject m2', 0],
      ]);
      const taken = await ledger.take(NOW, 'mail');
      expect(taken).toMatchObject({ id: 'm1', text: 'text', html: '<p>', patch: 'patch', tries: 0 });
      expect(await other.take(NOW, 'mail')).toBeUndefined();
      await ledger.settle(taken!, { state: 'sent', detail: 'mail sent to 1 recipient', at: '2026-03-01T12:00:05.000Z', isTry: true });
      expect(await other.deliveries({ trace: 't1' })).toMatchObject([
        { id: 'm1', state: 'sent', tries: 1, detail: 'mail sent to 1 recipient', changedAt: '2026-03-01T12:00:05.000Z' },
        { id: 'm2', state: 'queued' },
      ]);
      await other.close();
    });

    test('a mail to be tried again waits for its time, and goes to those who have not got it', async () => {
      await ledger.put([mail('m1', { recipients: ['a@example.org', 'b@example.org'] })]);
      const taken = await ledger.take(NOW, 'mail');
      const dueAt = '2026-03-01T12:05:00.000Z';
      await ledger.settle(taken!, {
        state: 'queued',
        detail: '451',
        at: NOW.toISOString(),
        dueAt,
        recipients: ['b@example.org'],
        isTry: true,
      });
      expect(await ledger.take(NOW, 'mail')).toBeUndefined();
      expect(await ledger.take(new Date(dueAt), 'mail', 't2')).toBeUndefined();
      expect(await ledger.take(new Date(dueAt), 'mail', 't1')).toMatchObject({
        id: 'm1',
        tries: 1,
        recipients: ['b@example.org'],
        text: 'text',
      });
    });

    test('what a process was sending when it ended is uncertain, and never taken again', async () => {
      const other = await stage.open();
      await other.put([mail('m1')]);
      expect(await other.take(NOW, 'mail')).toMatchObject({ id: 'm1' });
      await other.close();
      expect(await ledger.take(new Date('2026-03-09T00:00:00.000Z'), 'mail')).toBeUndefined();
      expect(await ledger.deliveries()).toMatchObject([
        { state: 'uncertain', tries: 1, detail: expect.stringContaining('may or may not') },
      ]);
    });

    test('more than so many in an hour are held, and gathered into one: all of them or none', async () => {
      const at = (minute: number): string => `2026-03-01T11:${String(minute).padStart(2, '0')}:00.000Z`;
      for (const minute of [1, 2, 3, 4]) await ledger.put([mail(`m${minute}`, { createdAt: at(minute), perHour: 2 })]);
      expect((await ledger.deliveries({ states: ['held'] })).map(({ id, dueAt }) => [id, dueAt])).toEqual([
        ['m3', '2026-03-01T13:00:00.000Z'],
        ['m4', '2026-03-01T13:00:00.000Z'],
      ]);
      expect([(await ledger.take(NOW, 'mail'))?.id, (await ledger.take(NOW, 'mail'))?.id, await ledger.take(NOW, 'mail')]).toEqual([
        'm1',
        'm2',
        undefined,
      ]);
      await ledger.put([mail('m5', { createdAt: '2026-03-01T12:30:00.000Z', perHour: 2 })]);
      expect((await ledger.deliveries({ states: ['queued'] })).map(({ id }) => id)).toEqual(['m5']);

      const digest = mail('digest.m3', { kind: 'digest', trace: null, fingerprint: null, perHour: 0 });
      await ledger.gather(digest, ['m3', 'm1']);
      expect(await ledger.deliveries({ states: ['gathered'] })).toEqual([]);
      await ledger.gather(digest, ['m3', 'm4']);
      expect((await ledger.deliveries({ states: ['gathered'] })).map(({ detail }) => detail)).toEqual([
        'in the digest digest.m3',
        'in the digest digest.m3',
      ]);
      expect(await ledger.take(NOW, 'mail')).toMatchObject({ id: 'digest.m3', kind: 'digest', trace: null });
    });

    test('the ending of a trace puts its mails in with it', async () => {
      await ledger.begin(start('t1'));
      await ledger.end('t1', { ...ending('t1', 'failed', { outcome: 'failed' }), messages: [mail('failed.t1', { kind: 'failed' })] });
      expect(await ledger.deliveries({ trace: 't1' })).toMatchObject([{ id: 'failed.t1', kind: 'failed', state: 'queued' }]);
      await expect(ledger.end('nowhere', { ...ending('nowhere'), messages: [mail('x')] })).rejects.toMatchObject({
        code: 'trace-not-found',
      });
      expect((await ledger.deliveries()).map(({ id }) => id)).toEqual(['failed.t1']);
    });
  });
}

export function mail(id: string, fields: Partial<NewMessage> = {}): NewMessage {
  return {
    ...{ id, notifier: 'mail', kind: 'proposed', trace: 't1', fingerprint: FINGERPRINT, deliveryId: `<ai-ops.${id}@example.org>` },
    ...{ recipients: ['dev@example.org'], subject: `subject ${id}`, line: 'line', text: 'text', html: '<p>', patch: 'patch' },
    ...{ createdAt: NOW.toISOString(), perHour: 10, digestAt: '2026-03-01T13:00:00.000Z' },
    ...fields,
  };
}
