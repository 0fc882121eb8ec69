// The bundle reads configuration files as the source does: bundled, a CommonJS library shows itself differently.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleModules } from '../../bin/bundle.ts';

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ai-ops-bundle-'));
  writeFileSync(path.join(dir, 'package.json'), '{"type":"module"}');
  const { modules } = await bundleModules();
  for (const { name, text } of modules) writeFileSync(path.join(dir, name), text);
}, 30_000);
afterAll(() => rmSync(dir, { recursive: true }));

test.each([
  ['.aiopsrc.yaml', 'language: zh\n', []],
  ['.aiopsrc.json', '{"language":"zh"}', []],
  ['named.cjs', 'module.exports = { language: "zh" };', ['--config', 'named.cjs']],
  ['named.ts', 'export default { language: "zh" as string };', ['--config', 'named.ts']],
])('%s', (name, content, argv) => {
  writeFileSync(path.join(dir, name), content);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(dir, 'main.js'), 'config', '--json', '--quiet', ...argv], {
    cwd: dir,
    encoding: 'utf8',
    env: { HOME: '/nonexistent' },
  });
  rmSync(path.join(dir, name));
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ values: { language: 'zh' }, origins: { language: name } });
});
