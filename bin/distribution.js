// `npm run distribution -- --url ADDRESS [--dir build]`: what package managers need of the executables that `npm run package` has
// made: a .deb for each Linux, a formula for Homebrew, a manifest for Scoop. ADDRESS is where the executables can be downloaded.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bundle.ts';

const { values } = parseArgs({ options: { dir: { type: 'string', default: join(root, 'build') }, url: { type: 'string' } } });
const { dir, url } = values;
if (!/^https:\/\/\S+$/.test(url ?? '')) stop('--url: an https address is needed, the one below which the executables can be downloaded');
const { version, description, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const made = [];
for (const [target, architecture] of [
  ['linux-x64', 'amd64'],
  ['linux-arm64', 'arm64'],
])
  if (has(target)) made.push(deb(target, architecture));
const unix = ['macos-arm64', 'macos-x64', 'linux-arm64', 'linux-x64'].filter(has);
if (unix.length > 0) made.push(write('ai-ops.rb', formula(unix)));
if (has('win-x64')) made.push(write('ai-ops.json', scoop()));
if (made.length === 0) stop(`${dir} holds no executable: run \`npm run package\` first`);
process.stdout.write(`${made.join('\n')}\n`);

function fileOf(target) {
  return `ai-ops-${target}${target.startsWith('win') ? '.exe' : ''}`;
}
function has(target) {
  return existsSync(join(dir, fileOf(target)));
}
function sumOf(target) {
  return readFileSync(join(dir, `${fileOf(target)}.sha256`), 'utf8').split(/\s/)[0];
}
function write(name, text) {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
}

/** The layout of Debian's policy: the program, and its licences below /usr/share/doc. Nothing runs at its installation. */
function deb(target, architecture) {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-deb-'));
  const docs = join(place, 'usr/share/doc/ai-ops');
  for (const each of [join(place, 'DEBIAN'), join(place, 'usr/bin'), docs]) mkdirSync(each, { recursive: true, mode: 0o755 });
  copyFileSync(join(dir, fileOf(target)), join(place, 'usr/bin/ai-ops'));
  chmodSync(join(place, 'usr/bin/ai-ops'), 0o755);
  copyFileSync(join(root, 'LICENSE'), join(docs, 'copyright'));
  copyFileSync(join(root, 'CHANGELOG.md'), join(docs, 'CHANGELOG.md'));
  if (existsSync(join(dir, 'third-party-licenses.txt')))
    copyFileSync(join(dir, 'third-party-licenses.txt'), join(docs, 'third-party-licenses.txt'));
  const [short, ...rest] = description.split(/(?<=\.) /);
  const control = [
    'Package: ai-ops',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Maintainer: ai-ops',
    'Section: devel',
    'Priority: optional',
    'Depends: libc6',
    'Recommends: bubblewrap, ca-certificates',
    `Description: ${short.replace(/\.$/, '')}`,
    ...rest.map((line) => ` ${line}`),
  ];
  writeFileSync(join(place, 'DEBIAN/control'), `${control.join('\n')}\n`);
  const file = join(dir, `ai-ops_${version}_${architecture}.deb`);
  // The same executable gives the same package.
  const env = { ...process.env, SOURCE_DATE_EPOCH: '0' };
  const { status, stderr, error } = spawnSync('dpkg-deb', ['--build', '--root-owner-group', place, file], { env, encoding: 'utf8' });
  rmSync(place, { recursive: true, force: true });
  if (status !== 0) stop(`dpkg-deb: ${error?.message ?? stderr}`);
  return file;
}

function formula(targets) {
  const one = (target) => `      url "${url}/${fileOf(target)}"\n      sha256 "${sumOf(target)}"\n`;
  const system = (name, arm, intel) => {
    const parts = [
      ...(targets.includes(arm) ? [`    on_arm do\n${one(arm)}    end\n`] : []),
      ...(targets.includes(intel) ? [`    on_intel do\n${one(intel)}    end\n`] : []),
    ];
    return parts.length === 0 ? '' : `  on_${name} do\n${parts.join('')}  end\n\n`;
  };
  return `class AiOps < Formula
  desc "${description.split('. ')[0].replaceAll('"', '\\"')}"
  homepage "${url.replace(/\/releases\/.*/, '')}"
  version "${version}"
  license "${license}"

${system('macos', 'macos-arm64', 'macos-x64')}${system('linux', 'linux-arm64', 'linux-x64')}  def install
    bin.install Dir["ai-ops-*"].first => "ai-ops"
  end

  test do
    assert_equal version.to_s, shell_output("#{bin}/ai-ops --version").strip
  end
end
`;
}

function scoop() {
  const manifest = {
    version,
    description,
    homepage: url.replace(/\/releases\/.*/, ''),
    license,
    suggest: { Git: 'git' },
    architecture: { '64bit': { url: `${url}/${fileOf('win-x64')}#/ai-ops.exe`, hash: sumOf('win-x64') } },
    bin: 'ai-ops.exe',
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
