// `{"path", "timezone"}` in `logs`: times without a zone are of the log's own, of the others of `detect.timezone`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-zones-'));
  for (const part of ['.git', 'old', 'sub']) mkdirSync(join(dir, part));
  const logs = [{ path: 'app.log' }, { path: 'old/*.log', timezone: 'Asia/Tokyo' }, { path: 'west.log', timezone: '-03:30' }];
  writeFileSync(join(dir, '.aiopsrc.json'), JSON.stringify({ logs, detect: { timezone: 'Europe/Berlin' } }));
  const lines = ['app', 'old/a', 'old/b', 'west'].map((name, n) => [name, `2026-07-01 10:00:00 ERROR ${'wxyz'[n]} is broken\n`] as const);
  for (const [name, line] of lines) writeFileSync(join(dir, `${name}.log`), line);
  writeFileSync(join(dir, 'old/zoned.log'), '2026-07-01T10:00:00Z ERROR v is broken\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

function times(cwd: string, ...args: readonly string[]): Readonly<Record<string, string>> {
  const { TZ: _, ...env } = process.env;
  const out = execFileSync(process.execPath, [resolve('bin/ai-ops.cjs'), ...args, '--json'], { cwd, env, encoding: 'utf8' });
  const incidents = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; message: string; last: { time: string } })
    .filter(({ kind }) => kind === 'incident');
  return Object.fromEntries(incidents.map(({ message, last }) => [message[0]!, last.time]));
}

const EXPECTED = {
  w: '2026-07-01T08:00:00.000Z',
  x: '2026-07-01T01:00:00.000Z',
  y: '2026-07-01T01:00:00.000Z',
  z: '2026-07-01T13:30:00.000Z',
  v: '2026-07-01T10:00:00.000Z',
};

test.each([
  ['scan', '.', ['scan'], EXPECTED],
  ['scan, from a directory below', 'sub', ['scan'], EXPECTED],
  ['scan of one that is named', '.', ['scan', 'old/a.log'], { x: EXPECTED.x }],
  ['watch', '.', ['watch', '--once', '--from', 'start', '--dry-run', '--state-dir', 'state'], EXPECTED],
])('%s', (_name, where, args, expected) => {
  expect(times(join(dir, where), ...args)).toEqual(expected);
});

test.each([
  ['no such zone', [{ path: 'a.log', timezone: 'Asia/Tokio' }]],
  ['a key that is none', [{ path: 'a.log', timezone: 'Asia/Tokyo', zone: 'UTC' }]],
  ['no path', [{ timezone: 'Asia/Tokyo' }]],
])('%s is refused', (_name, logs) => {
  const file = join(dir, 'sub', 'bad.json');
  writeFileSync(file, JSON.stringify({ logs }));
  expect(() => execFileSync(process.execPath, ['bin/ai-ops.cjs', 'scan', '--config', file], { encoding: 'utf8', stdio: 'pipe' })).toThrow(
    /expected a list of paths or globs, for example/,
  );
});
