// The bundle reads configuration files as the source does: bundled, a CommonJS library shows itself differently.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack, writeMain } from '../../bin/packed.ts';

let program: string;
let dir: string;
beforeAll(async () => {
  program = mkdtempSync(path.join(tmpdir(), 'ai-ops-bundle-'));
  await pack(program, process.execPath, false);
  writeMain(program);
  dir = mkdtempSync(path.join(tmpdir(), 'ai-ops-config-'));
  writeFileSync(path.join(dir, 'package.json'), '{"type":"module"}');
});
afterAll(() => {
  for (const place of [program, dir]) rmSync(place, { recursive: true });
});

test.each([
  ['.aiopsrc.yaml', 'language: zh\n', []],
  ['.aiopsrc.json', '{"language":"zh"}', []],
  ['named.cjs', 'module.exports = { language: "zh" };', ['--config', 'named.cjs']],
  ['named.js', 'export default { language: "zh" };', ['--config', 'named.js']],
  ['named.mjs', 'export default { language: await Promise.resolve("zh") };', ['--config', 'named.mjs']],
  ['named.ts', 'export default { language: "zh" as string };', ['--config', 'named.ts']],
])('%s', (name, content, argv) => {
  writeFileSync(path.join(dir, name), content);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(program, 'main.js'), 'config', '--json', '--quiet', ...argv], {
    cwd: dir,
    encoding: 'utf8',
    env: { HOME: '/nonexistent' },
  });
  rmSync(path.join(dir, name));
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ values: { language: 'zh' }, origins: { language: name } });
});
