// Before a run of the tests: the bundle, if the sources are newer. Programs that tests start are the bundle, as users have it;
// from source each start would cost three times as much.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function buildOnce() {
  const build = join(import.meta.dirname, '../../bin/build.js');
  execFileSync(process.execPath, [build, '--if-stale'], { stdio: ['ignore', 'inherit', 'inherit'] });
}
