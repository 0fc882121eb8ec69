// People are shown the time of the machine's zone with its offset, also across a change of clocks; JSON stays UTC.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INCIDENT } from '../support/incidents.ts';
import { createState, keep, OUTCOME, type State, sight } from '../support/state.ts';

let state: State;
beforeAll(async () => {
  state = createState();
  await state.write(async (ledger) => {
    const at = (time: string) => ({ ...INCIDENT.first, time });
    await sight(ledger, { first: at('2026-03-08T06:59:00.000Z'), last: at('2026-03-08T07:00:00.000Z') });
    await keep(ledger, OUTCOME, '2026-03-08T06:30:00.000Z');
  });
});
afterAll(() => state.remove());

function run(zone: string, ...args: readonly string[]): string {
  const options = { encoding: 'utf8', env: { ...process.env, TZ: zone } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/ai-ops.cjs', ...args, '--state-dir', state.dir], options);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

test.each([
  ['America/New_York', ['2026-03-08 01:59:00 -05:00', '2026-03-08 03:00:00 -04:00', '2026-03-08 01:30:00 -05:00']],
  ['Asia/Kolkata', ['2026-03-08 12:29:00 +05:30', '2026-03-08 12:30:00 +05:30', '2026-03-08 12:00:00 +05:30']],
  ['UTC', ['2026-03-08 06:59:00 UTC', '2026-03-08 07:00:00 UTC', '2026-03-08 06:30:00 UTC']],
])('%s', (zone, [first, last, started]) => {
  const incident = run(zone, 'incidents', INCIDENT.fingerprint);
  expect(incident).toMatch(new RegExp(`^first +${first!.replace('+', '\\+')}, `, 'm'));
  expect(incident).toMatch(new RegExp(`^last +${last!.replace('+', '\\+')}, `, 'm'));
  const trace = run(zone, 'status', OUTCOME.trace);
  expect(trace).toContain(started);
  expect(JSON.parse(run(zone, 'incidents', '--json'))).toMatchObject({
    first: { time: '2026-03-08T06:59:00.000Z' },
    last: { time: '2026-03-08T07:00:00.000Z' },
  });
  expect(JSON.parse(run(zone, 'status', '--json'))).toMatchObject({ startedAt: '2026-03-08T06:30:00.000Z' });
  const page = join(state.dir, 'report.html');
  run(zone, 'report', '--output', page);
  for (const time of [first, last, started]) expect(readFileSync(page, 'utf8')).toContain(time);
});
