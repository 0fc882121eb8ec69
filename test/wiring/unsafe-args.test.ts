// Who may take a wall down: the user, by name; never a file of the repository under repair.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { judge } from '../../src/core/guard/judge.ts';
import { repairSettings } from '../../src/wiring.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-unsafe-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const claude = { args: ['--add-dir', '/srv/shared'], unsafeArgs: ['--add-dir', '--ide'] };

test('named in a file that the user points to: let through, and every request is a draft that says so', async () => {
  const file = join(dir, 'mine.json');
  writeFileSync(file, JSON.stringify({ claude }));
  const loaded = await loadConfig({ cwd: dir, env: { HOME: join(dir, 'nobody') }, flags: {}, configFile: file });
  expect(loaded.config.claude.unsafeArgs).toEqual(['--add-dir', '--ide']);
  const { guard } = repairSettings(loaded);
  expect(guard.wallsDown).toEqual(['--add-dir']);
  expect(judge({ base: 'a', files: [] }, guard, 0)).toEqual([
    { rule: 'wall-down', verdict: 'draft', detail: 'claude.unsafeArgs lets --add-dir through' },
  ]);
});

test('named in a file that is merely found in the repository: not read', async () => {
  writeFileSync(join(dir, '.aiopsrc.json'), JSON.stringify({ claude }));
  const loaded = await loadConfig({ cwd: dir, env: { HOME: join(dir, 'nobody') }, flags: {} });
  expect(loaded.config.claude.unsafeArgs).toEqual([]);
  expect(repairSettings(loaded).guard.wallsDown).toEqual([]);
});
