// The stress checks themselves, each for a few seconds: `npm run stress` runs them at full length.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { IS_SLOW_LANE } from '../support/lane.ts';

const script = join(import.meta.dirname, 'stress.ts');

const rows: readonly (readonly [string, readonly string[]])[] = [
  ['load with rotation', ['load', '--seconds', '2', '--rate', '20000', '--rotate', '700']],
  ['kill -9 with rotation', ['kill: start', '--rounds', '2', '--rate', '2000']],
  ['logrotate, copytruncate', ['logrotate: copytruncate', '--seconds', '3', '--rate', '2000', '--rotate', '800']],
  ['a pipe', ['pipe', '--seconds', '2', '--rate', '5000']],
  // Turned more slowly than the slow look comes, also where every turn of a busy machine is late: see known limits.
  ['a link', ['link', '--seconds', '5', '--rate', '2000', '--rotate', '2500']],
];

// All at once: most of their time is waiting.
test.concurrent.each(IS_SLOW_LANE ? rows : rows.slice(1, 3))(
  '%s: nothing lost, nothing twice',
  async (_, args) => {
    const { code, output } = await run([script, ...args, '--seed', '1']);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^pass {2}[\s\S]*\b[1-9]\d* passed, 0 failed\n$/m) });
  },
  120_000,
);

function run(argv: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...argv], (_, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }));
  });
}
