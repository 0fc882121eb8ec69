// The bundle runs away from the repository, and a short command does not pay for what it does not use.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { bundleCommonJs, bundleModules, embeddedFiles } from '../../bin/bundle.ts';
import { OFTEN } from '../../bin/often.ts';
import { pack, writeMain } from '../../bin/packed.ts';

type Modules = ReadonlyMap<string, string>;

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const place = mkdtempSync(join(tmpdir(), 'ai-ops-bundle-'));
const extras = embeddedFiles();
let modules: Modules = new Map();
let packed: Awaited<ReturnType<typeof pack>>;
let commonJs: Awaited<ReturnType<typeof bundleCommonJs>>['modules'];

/** Bundling takes its time on a loaded machine. */
const LIMIT = 300_000;

beforeAll(async () => {
  modules = new Map((await bundleModules()).modules.map(({ name, text }) => [name, text]));
  commonJs = (await bundleCommonJs()).modules;
  packed = await pack(place, process.execPath, true);
  writeMain(place);
}, LIMIT);
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Everything that is loaded when `name` is, before any `import()`. */
function loadedWith(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const match of (modules.get(name) ?? '').matchAll(/^(?:import|export)[^;]*?"\.\/([^"]+)";$/gm)) loadedWith(match[1] ?? '', seen);
  return seen;
}

function run(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  return spawnSync(process.execPath, [join(place, 'main.js'), ...args], { cwd: tmpdir(), env: {}, encoding: 'utf8' });
}

test('it says its version and its help', () => {
  expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
  expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit codes') });
});

test('what a look into the ledger loads is one script, and what V8 made of it is kept beside it', () => {
  expect(packed.often.length).toBeGreaterThan(20);
  expect(packed.often).not.toContain('program.js');
  expect(packed.kept).toEqual(expect.arrayContaining([OFTEN, 'program.js']));
  const text = readFileSync(join(place, OFTEN), 'utf8');
  expect(text.match(/__copyProps = /g)?.length).toBeLessThan(packed.often.length / 10);
  expect(text).toMatch(/^[\x00-\x7f]*$/);
});

test('what was kept is taken by a Node without options', () => {
  const look = `const { readFileSync } = require('node:fs'); const { Script } = require('node:vm');
    for (const name of ${JSON.stringify(packed.kept)}) {
      const { cachedDataRejected } = new Script(readFileSync(name, 'utf8'), { filename: name, cachedData: readFileSync(name + '.code') });
      if (cachedDataRejected) console.log(name);
    }`;
  expect(spawnSync(process.execPath, ['-e', look], { cwd: place, env: {}, encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
});

test('what was kept for another Node is not needed', () => {
  const kept = join(place, `${OFTEN}.code`);
  const code = readFileSync(kept);
  writeFileSync(kept, Buffer.alloc(code.length));
  try {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit codes') });
  } finally {
    writeFileSync(kept, code);
  }
});

test('what is loaded for --version is small', () => {
  const size = [...loadedWith('program.js')].reduce((sum, name) => sum + (modules.get(name)?.length ?? 0), 0);
  expect(size).toBeGreaterThan(500);
  expect(size).toBeLessThan(20_000);
});

test(
  'for the executable each of them compiles as CommonJS: nothing waits at the top of a module',
  () => {
    expect(commonJs).toHaveLength(modules.size);
    for (const { text } of commonJs)
      expect(typeof compileFunction(text, ['module', 'exports', 'require', 'importMetaUrl'])).toBe('function');
  },
  LIMIT,
);

test('the grammars are read where everything is CommonJS, as in the executable', () => {
  const dir = mkdtempSync(join(place, 'commonjs-'));
  writeFileSync(join(dir, 'package.json'), '{}');
  for (const { name, bytes } of extras) writeFileSync(join(dir, name), bytes);
  const url = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";
  for (const { name, text } of commonJs) writeFileSync(join(dir, name), `${url}${text}`);
  const chunk = commonJs.find(({ text }) => text.includes('jsx_self_closing_element'))?.name;
  const script = `require('./${chunk}').parseWith('python', 'def f(:').then((found) => console.log(found.length > 0))`;
  expect(spawnSync(process.execPath, ['-e', script], { cwd: dir, env: {}, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout: 'true\n',
  });
});

test('a CommonJS library that is loaded late is asked for its default: the bundle gives no other name', () => {
  const onlyDefault = [...modules].filter(([, text]) => /^export default require_/m.test(text)).map(([name]) => name);
  const uses = [...modules].flatMap(([, text]) =>
    [...text.matchAll(/^.*\bimport\("\.\/([^"]+)"\).*$/gm)]
      .filter(([, name = '']) => onlyDefault.includes(name))
      .map(([line]) => line.trim()),
  );
  expect(uses.length).toBeGreaterThan(3);
  expect(uses.filter((line) => !/\)\)?\.default\b|\bdefault:/.test(line))).toEqual([]);
});
