// The suites of which `npm test` runs a part, in full.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from './checks.ts';

/** Suites that ask which lane they run in. */
function laned(): readonly string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('golden'))
    .map((name) => join('test', name))
    .filter((path) => /support\/lane\.ts/.test(readFileSync(path, 'utf8')));
}

export async function slowTests(checks: Checks): Promise<{ readonly suites: number }> {
  const suites = laned();
  const { status } = spawnSync('npm', ['run', '-s', 'jest', '--', ...suites], {
    stdio: 'inherit',
    env: { ...process.env, AIOPS_SLOW: '1' },
  });
  checks.check('the suites in full end well', status === 0, `jest ended with ${status}`);
  return { suites: suites.length };
}
