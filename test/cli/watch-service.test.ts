// `watch` as a service has it: no terminal, a time on each line, SIGHUP, a file for a monitor, a last line.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../support/cli-world.ts';
import { MAIN } from '../support/main-file.ts';
import { eventually, type Program, startProgram } from '../support/program.ts';

/** A process is started, on a machine that may be busy. */
const LIMIT = 300_000;
const line = (order: number): string => `2026-05-04 10:00:0${order} ERROR shop: payment failed\n`;

let dir: string;
let program: Program;
const file = (name: string): string => join(dir, name);
const metric = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(readFileSync(file('ai-ops.prom'), 'utf8'))?.[1]);
const counted = async (count: number): Promise<void> => {
  for (let shown = ''; !shown.includes(`"count":${count},`); ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    shown = (await runCli(['incidents', '--json'], { cwd: dir, env: { HOME: dir } })).stdout;
  }
};
const said = (what: RegExp) => eventually(() => (what.test(program.stderr()) ? true : undefined), program.stderr);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-service-'));
  writeFileSync(file('a.log'), line(0));
  writeFileSync(file('b.log'), '');
  writeFileSync(file('.aiopsrc.json'), JSON.stringify({ logs: ['a.log'] }));
  program = startProgram([process.execPath, MAIN, 'watch', '--dry-run', '--from', 'start', '--textfile', 'ai-ops.prom'], {
    cwd: dir,
    env: { HOME: dir, PATH: dirname(process.execPath), TZ: 'Asia/Kolkata' },
  });
});
afterAll(async () => {
  await program.end('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

test(
  'a mistake in the configuration changes nothing, a new one holds without a restart, and the end is told with what was seen',
  async () => {
    await said(/ watching a\.log/);
    writeFileSync(file('.aiopsrc.json'), '{"logz": []}');
    process.kill(program.pid, 'SIGHUP');
    await said(/ warning: the configuration was not read again: .*logz/);

    writeFileSync(file('.aiopsrc.json'), JSON.stringify({ logs: ['a.log', 'b.log'] }));
    process.kill(program.pid, 'SIGHUP');
    await said(/ watching a\.log, b\.log/);
    // What was there before the change counts once.
    appendFileSync(file('b.log'), line(1));
    await eventually(() => /new {2}/.exec(program.stdout()) ?? undefined, program.stdout);
    await counted(2);

    expect(await program.end('SIGTERM')).toBe(130);
    expect(program.stderr()).toMatch(/ told to stop: 2 logs, 2 errors of 1 new incident; all of it is stored\n$/);
    for (const each of `${program.stdout()}${program.stderr()}`.trimEnd().split('\n'))
      expect(each).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+05:30 {2}\S/);
    expect([metric('ai_ops_sources'), metric('ai_ops_errors_total'), metric('ai_ops_incidents_total')]).toEqual([2, 2, 1]);
    expect(readFileSync(file('ai-ops.prom'), 'utf8')).toMatch(/# EOF\n$/);
  },
  LIMIT,
);

test(
  'a file for the monitor that cannot be written ends it at the start',
  async () => {
    const other = startProgram([process.execPath, MAIN, 'watch', '--dry-run', '--once', '--textfile', 'gone/ai-ops.prom', 'a.log'], {
      cwd: dir,
      env: { HOME: join(dir, 'home'), PATH: dirname(process.execPath) },
    });
    expect(await other.exit).toBe(2);
    expect(other.stderr()).toMatch(/^ai-ops: error: .*gone\/ai-ops\.prom.*\nai-ops: hint: /);
  },
  LIMIT,
);
