// Before a run of the tests: the bundle, if the sources are newer. Programs that tests start are the bundle, as users have it;
// from source each start would cost three times as much. And the clocks of the machine: people are told local times.
// And the Claude Code CLI, where it was never fetched.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { claudeProgram } from './claude-program.ts';

export default function buildOnce() {
  process.env.TZ = 'UTC';
  const build = join(import.meta.dirname, '../../bin/build.js');
  try {
    claudeProgram();
  } catch (error) {
    process.stderr.write(`${error.message}: tests that run it will fail\n`);
  }
  execFileSync(process.execPath, [build, '--if-stale'], { stdio: ['ignore', 'inherit', 'inherit'] });
}
