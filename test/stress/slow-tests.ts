// The suites of which `npm test` runs a part, in full.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Checks } from './checks.ts';

/** Suites that ask which lane they run in, themselves or in a file beside them. */
function laned(): readonly string[] {
  const asks = (path: string): boolean => {
    const text = readFileSync(path, 'utf8');
    const beside = [...text.matchAll(/ from '\.\/([\w-]+\.ts)'/g)].map(([, name = '']) => join(dirname(path), name));
    return (
      text.includes('support/lane.ts') || beside.some((file) => existsSync(file) && readFileSync(file, 'utf8').includes('support/lane.ts'))
    );
  };
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('golden') && !/^repairs\/[^/]+\/repo\//.test(name))
    .map((name) => join('test', name))
    .filter(asks);
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
