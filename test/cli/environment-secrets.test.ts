// A secret of the environment that has nothing to do with ai-ops does not leave with what a log says.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli-world.ts';

test('scan, explain: values known by the names of their variables and by the addresses in them', async () => {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-'));
  const [password, key] = ['corr3ct-horse-b', 'tr0ub4dor-and-three'];
  writeFileSync(join(place, 'app.log'), `2026-03-01 10:00:01 ERROR login of app with ${password} failed, ${key} too\n`);
  const env = { SHOP_DB_PASSWORD: password, CACHE_URL: `redis://:${key}@cache:6379/0` };
  try {
    for (const argv of [
      ['scan', join(place, 'app.log')],
      ['scan', '--json', join(place, 'app.log')],
      ['explain', '--from-log', join(place, 'app.log')],
    ]) {
      const { stdout } = await runCli([...argv, '--state-dir', join(place, 'state')], { cwd: place, env });
      expect(stdout).toContain('[redacted configured-se');
      expect([stdout.includes(password), stdout.includes(key)]).toEqual([false, false]);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
