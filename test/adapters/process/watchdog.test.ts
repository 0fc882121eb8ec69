// What is left when the process that started programs is killed: nothing of them, and nothing of the watchdog.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, isAlive } from '../../support/program.ts';

const PARENT = fileURLToPath(new URL('./parent.ts', import.meta.url));
const NAMES = ['leader', 'child', 'released'] as const;

test('kill -9 of the parent takes its programs along, however stubborn, and leaves alone what it had let go', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-watchdog-'));
  const parent = spawn(process.execPath, [PARENT, dir], { stdio: 'inherit' });
  try {
    const isWritten = (name: string): boolean => existsSync(join(dir, name)) && readFileSync(join(dir, name)).length > 1;
    await eventually(
      () => NAMES.every(isWritten) || undefined,
      () => 'the programs',
    );
    const [leader, child, released] = NAMES.map((name) => Number(readFileSync(join(dir, name), 'utf8'))) as [number, number, number];
    const children = (): readonly number[] =>
      readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8').trim().split(' ').map(Number);
    const others = (): readonly number[] => children().filter((pid) => pid !== leader && pid !== released);
    const watchdogs = await eventually(
      () => (others().length === 2 ? others() : undefined),
      () => 'one watchdog for each program',
    );
    expect([leader, child, released, ...watchdogs].map(isAlive)).toEqual([true, true, true, true, true]);

    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await eventually(
      () => ![leader, child, ...watchdogs].some(isAlive) || undefined,
      () => 'their end',
    );
    expect(isAlive(released)).toBe(true);
    process.kill(released, 'SIGKILL');
  } finally {
    parent.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
});
