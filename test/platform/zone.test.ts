// The machine's own clocks say what the zone that they are set to says by its name.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { zoneOf } from '../../src/core/formats/zones.ts';

const ZONE = fileURLToPath(new URL('../../src/platform/zone.ts', import.meta.url));
const DAY = 86_400_000;

/** Instants of local times, in a process whose clocks are set to the zone. */
function onMachine(zone: string, locals: readonly number[]): readonly number[] {
  const program = `
    import { readFileSync } from 'node:fs';
    import { machineInstant } from ${JSON.stringify(ZONE)};
    console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(machineInstant)));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const options = { encoding: 'utf8', env: { TZ: zone }, input: JSON.stringify(locals), maxBuffer: 1 << 26 } as const;
  return JSON.parse(execFileSync(process.execPath, args, options)) as number[];
}

test.each(['UTC', 'Europe/Berlin', 'America/New_York', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'])(
  '%s',
  (zone) => {
    const locals = Array.from({ length: 500 }, (_, at) => Date.UTC(2011, 0, 1) + at * 5.85 * DAY);
    // A year with both changes, at every minute of an hour in the end.
    for (let local = Date.UTC(2026, 0, 1); local < Date.UTC(2027, 0, 1); local += 121 * 60_000 + 1) locals.push(local);
    const named = zoneOf(zone);
    expect(onMachine(zone, locals)).toEqual(locals.map(named));
  },
);
