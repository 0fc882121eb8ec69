// What package managers are given, made of stand-ins of the executables: the forms, the sums, and that Debian's own tools take them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noticesOf } from '../../bin/licenses.ts';
import { sbomText } from '../../bin/sbom.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const URL_BELOW = `https://git.example.org/team/ai-ops/releases/download/v${version}`;
const PROGRAM = `#!/bin/sh\necho ${version}\n`;
const SUM = createHash('sha256').update(PROGRAM).digest('hex');
const called = (name: string): boolean => spawnSync(name, ['--version']).status === 0;
const onDebian = called('dpkg-deb') ? test : test.skip;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-distribution-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function plant(...names: readonly string[]): void {
  for (const name of names) {
    writeFileSync(join(dir, name), PROGRAM);
    chmodSync(join(dir, name), 0o755);
    writeFileSync(join(dir, `${name}.sha256`), `${SUM}  ${name}\n`);
  }
}
const distribute = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['bin/distribution.js', '--dir', dir, ...args], { encoding: 'utf8' });

onDebian('a .deb for each Linux: Debian reads it, and what is in it runs', () => {
  plant('ai-ops-linux-x64', 'ai-ops-linux-arm64');
  expect(distribute('--url', URL_BELOW)).toMatchObject({ status: 0, stderr: '' });
  const file = join(dir, `ai-ops_${version}_amd64.deb`);
  const first = readFileSync(file);
  const field = (name: string): string => spawnSync('dpkg-deb', ['--field', file, name], { encoding: 'utf8' }).stdout.trim();
  expect([field('Package'), field('Version'), field('Architecture')]).toEqual(['ai-ops', version, 'amd64']);
  const to = join(dir, 'root');
  expect(spawnSync('dpkg-deb', ['--extract', file, to]).status).toBe(0);
  expect(spawnSync(join(to, 'usr/bin/ai-ops'), { encoding: 'utf8' }).stdout).toBe(`${version}\n`);
  expect(readFileSync(join(to, 'usr/share/doc/ai-ops/copyright'), 'utf8')).toContain('MIT');
  // Made again it is the same, byte for byte.
  distribute('--url', URL_BELOW);
  expect(readFileSync(file).equals(first)).toBe(true);
});

test('a formula for Homebrew names what there is, by address and sum', () => {
  plant('ai-ops-macos-arm64', 'ai-ops-macos-x64');
  expect(distribute('--url', URL_BELOW)).toMatchObject({ status: 0 });
  const text = readFileSync(join(dir, 'ai-ops.rb'), 'utf8');
  expect(text).toMatch(/on_macos do\s+on_arm do\s+url "https:\S+ai-ops-macos-arm64"\s+sha256 "[0-9a-f]{64}"\s+end\s+on_intel do/);
  expect(text).toContain('homepage "https://git.example.org/team/ai-ops"');
  expect(text).not.toContain('on_linux');
  if (called('ruby')) expect(spawnSync('ruby', ['-c', join(dir, 'ai-ops.rb')], { encoding: 'utf8' }).stdout).toBe('Syntax OK\n');
});

test('a manifest for Scoop', () => {
  plant('ai-ops-win-x64.exe');
  expect(distribute('--url', URL_BELOW)).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(join(dir, 'ai-ops.json'), 'utf8'))).toMatchObject({
    version,
    architecture: { '64bit': { url: `${URL_BELOW}/ai-ops-win-x64.exe#/ai-ops.exe`, hash: SUM } },
    bin: 'ai-ops.exe',
  });
});

test.each([
  ['no address', []],
  ['one without TLS', ['--url', 'http://git.example.org/x']],
  ['no executable', ['--url', URL_BELOW]],
])('refused: %s', (_, args) => {
  expect(distribute(...args).status).toBe(2);
  expect(readdirSync(dir)).toEqual([]);
});

test('the inventory has each package once, with licence, address and the sum of the lock file', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { integrity?: string }> };
  const notices = noticesOf(process.cwd(), ['node_modules/commander/index.js', 'node_modules/@octokit/rest/dist-src/index.js']);
  const sbom = JSON.parse(sbomText(notices, packages)) as { components: readonly object[]; metadata: object };
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { name: 'ai-ops', version } } });
  expect(sbom.components).toEqual([
    expect.objectContaining({ name: '@octokit/rest', purl: 'pkg:npm/%40octokit/rest@22.0.1', licenses: [{ license: { id: 'MIT' } }] }),
    expect.objectContaining({ name: 'commander', hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }] }),
  ]);
});
