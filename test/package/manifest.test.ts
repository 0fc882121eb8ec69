// package.json and its lock file keep their promises before anybody runs `npm ci`.
import { readFileSync } from 'node:fs';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Entry & { readonly scripts: Readonly<Record<string, string>> };
const lock = (JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Readonly<Record<string, Entry>> }).packages;
const direct = Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies });

/** Where Node would find `name` from the directory of `from`. */
function isLocked(from: string, name: string): boolean {
  const parts = from.split('/node_modules/');
  const places = parts.map((_part, index) => parts.slice(0, index + 1).join('/node_modules/'));
  return [...places.map((place) => `${place}/node_modules/${name}`), `node_modules/${name}`].some(
    (path) => path.replace(/^\//, '') in lock,
  );
}

test('versions are exact', () => {
  expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('whoever installs the package gets a Node and nothing else, and `npm ci` fetches no Claude', () => {
  expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
  expect(Object.keys(manifest.optionalDependencies ?? {}).filter((name) => !name.startsWith('node-'))).toEqual([]);
  expect(Object.keys(lock).filter((path) => path.includes('@anthropic-ai'))).toEqual([]);
});

test('the lock file is whole: npm writes one without the packages of other platforms, and `npm ci` refuses it', () => {
  const missing = Object.entries(lock).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no host', () => {
  expect(Object.entries(lock).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test.each(['@anthropic-ai/claude-code', ...direct.map(([name]) => name)])('%s stands in doc/dependencies.md', (name) => {
  expect(readFileSync('doc/dependencies.md', 'utf8').split(/[\s|,]+/)).toContain(name);
});

test('every script that needs the pinned Node looks for it first', () => {
  for (const name of ['demo', 'test', 'build', 'check', 'package'])
    expect(manifest.scripts).toHaveProperty(`pre${name}`, 'node bin/check-node.js');
});
