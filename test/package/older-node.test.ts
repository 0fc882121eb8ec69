// The npm package under a Node that is too old for the program: the Node that was installed with it runs it. Laid out as npm does;
// a real install from the registry is in the slow lane.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { IS_SLOW_LANE } from '../support/lane.ts';

const old = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((dir) => !dir.includes('node_modules'))
  .map((dir) => join(dir, 'node'))
  .find((file) => {
    const { status, stdout } = spawnSync(file, ['-p', 'parseInt(process.versions.node)'], { encoding: 'utf8' });
    return status === 0 && Number(stdout) >= 20 && Number(stdout) < 24;
  });
if (old === undefined) process.stderr.write('skipped: no Node 20 or 22 on the PATH\n');
const underOld = old === undefined ? test.skip : test;
const node = old ?? '';

const place = mkdtempSync(join(tmpdir(), 'ai-ops-older-node-'));
const installed = join(place, 'node_modules/ai-ops');
const program = join(installed, 'bin/ai-ops.cjs');
const { version, files } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; files: readonly string[] };

beforeAll(() => {
  mkdirSync(join(installed, 'node_modules'), { recursive: true });
  for (const name of [...files, 'package.json']) cpSync(name, join(installed, name), { recursive: true });
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const run = (...args: readonly string[]) =>
  spawnSync(node, [program, ...args], { cwd: place, env: { HOME: place, PATH: '/usr/bin:/bin' }, encoding: 'utf8' });

underOld('it says its version by itself, and what to do where no Node came with the package', () => {
  expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
  const { status, stderr } = run('scan', 'app.log');
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /^ai-ops: error: needs Node 24 or newer, this is .*none came with the package\nai-ops: hint: .*--omit=optional/,
    ),
  });
});

underOld('with the Node of the package: arguments, input, output, exit codes', () => {
  const name = readdirSync('node_modules').find((entry) => /^node-(?:linux|darwin|bin-darwin|win)/.test(entry)) ?? '';
  symlinkSync(join(process.cwd(), 'node_modules', name), join(installed, 'node_modules', name));
  const log = join(place, 'app.log');
  writeFileSync(log, '2026-03-01 10:00:00,000 ERROR shop: order 17 failed\n');
  const { status, stdout } = run('scan', '--json', log);
  expect({ status, incident: JSON.parse(stdout) as unknown }).toMatchObject({ status: 0, incident: { kind: 'incident', count: 1 } });
  expect(run('scan', 'gone.log')).toMatchObject({ status: 2 });
});

underOld('signals reach it, and its environment is not shown', async () => {
  const child = spawn(node, [program, 'watch', '--dry-run', '--json', '--state-dir', join(place, 'state'), join(place, 'app.log')], {
    cwd: place,
    env: { HOME: place, PATH: '/usr/bin:/bin', CODE_HOST: 'local', GITHUB_TOKEN: 'never-shown' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  if (process.platform === 'linux') expect(readFileSync(`/proc/${child.pid}/environ`, 'utf8')).not.toContain('never-shown');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

(IS_SLOW_LANE ? underOld : test.skip)(
  'packed, and installed from the registry: one package beside a Node, under 60 MB, and the demo runs',
  () => {
    const npm = (...args: readonly string[]) => spawnSync('npm', args, { encoding: 'utf8' });
    expect(npm('pack', '--ignore-scripts', '--pack-destination', place)).toMatchObject({ status: 0 });
    const prefix = join(place, 'prefix');
    expect(npm('install', '--global', '--prefix', prefix, join(place, `ai-ops-${version}.tgz`))).toMatchObject({ status: 0 });
    const own = join(prefix, 'lib/node_modules/ai-ops');
    expect(readdirSync(join(own, 'node_modules')).filter((entry) => !entry.startsWith('.'))).toHaveLength(1);
    const { stdout } = spawnSync('du', ['-sk', '--exclude=node_modules', own], { encoding: 'utf8' });
    expect(Number.parseInt(stdout, 10)).toBeLessThan(60_000);
    const demo = spawnSync(node, [join(prefix, 'bin/ai-ops'), 'demo'], {
      cwd: place,
      env: { HOME: place, PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    });
    expect({ status: demo.status, talk: demo.stderr }).toMatchObject({ status: 0 });
    expect(demo.stdout).toContain('\n  prefix/bin/ai-ops init ');
  },
  300_000,
);
