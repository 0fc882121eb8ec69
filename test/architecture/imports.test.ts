// The direction rules of doc/architecture.md between zones, and that each library has one door. Rooms: rooms.test.ts.
import { transformSync } from 'esbuild';
import { FORGE_KINDS } from '../../src/core/tables.ts';
import { importsOf, isOwn, SOURCE, type SourceFile, zoneOf } from './source.ts';

/** Zone of a file → zones or single files it may import beside its own zone. `core:types` stands for `import type` only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  main: ['cli', 'errors', 'embedded'],
  cli: [
    ...[
      'wiring',
      'config',
      'pipeline',
      'core',
      'ports',
      'errors',
      'embedded',
      'platform/atomic.ts',
      'platform/conceal.ts',
      'platform/errno.ts',
      'platform/programs.ts',
      'platform/read-plain.ts',
      'platform/zone.ts',
    ],
    'adapters/hosts/about.ts',
  ],
  wiring: ['config', 'pipeline', 'adapters', 'platform', 'core', 'ports', 'errors', 'embedded'],
  config: ['core', 'ports:types', 'errors', 'platform/errno.ts', 'platform/read-plain.ts', 'adapters/hosts/about.ts'],
  pipeline: ['core', 'ports:types', 'errors'],
  platform: ['errors'],
  adapters: ['platform', 'core', 'ports', 'errors', 'embedded'],
  ports: ['core:types'],
  core: [],
  errors: [],
  embedded: [],
};

/** What the core may use of `node:`, because the same arguments give the same answer: modules, and the names in them where not all. */
const PURE: Readonly<Record<string, RegExp>> = {
  'node:buffer': /^/,
  'node:crypto': /^import \{ (?:createHash|hash) \} from/,
  'node:path/posix': /^/,
};

/** What is known of code hosts: the only file of `adapters/` that the configuration and the commands may read, because it is data. */
const HOST_DATA = /^adapters\/hosts\/(?:about|descriptor|\w+\/about)\.ts$/;

/** Imports that would make it more than data. */
function beyondData(file: SourceFile): readonly string[] {
  if (!HOST_DATA.test(file.path)) return [];
  const beyond = importsOf(file).filter(({ to }) => !HOST_DATA.test(to) && to !== 'core/tables.ts');
  return beyond.map(({ from, to }) => `${from} imports ${to}`);
}

/** Comparisons with one kind of code host: the other one is no longer the only other. What differs is a field of its record. */
function singledOut({ path, text }: SourceFile): readonly string[] {
  const kinds = FORGE_KINDS.join('|');
  const found = text.match(new RegExp(`[!=]==? '(?:${kinds})'|'(?:${kinds})' [!=]==?|case '(?:${kinds})':`, 'g')) ?? [];
  return found.map((comparison) => `${path}: ${comparison}`);
}

/** Imports that go against the direction. */
function wrongWay(file: SourceFile): readonly string[] {
  return importsOf(file)
    .filter(({ to }) => isOwn(to))
    .filter(({ from, to, isType }) => {
      const [mine, theirs] = [zoneOf(from), zoneOf(to)];
      if (mine === 'adapters' && theirs === 'adapters') return from.split('/')[1] !== to.split('/')[1];
      if (mine === theirs) return false;
      const allowed = MAY_IMPORT[mine] ?? [];
      return !allowed.includes(theirs) && !allowed.includes(to) && !(isType && allowed.includes(`${theirs}:types`));
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** `node:` and npm imports of the core, and what is not a pure function of its arguments. */
function impure(file: SourceFile): readonly string[] {
  if (zoneOf(file.path) !== 'core') return [];
  const outside = importsOf(file).filter(({ to, statement }) => !isOwn(to) && !PURE[to]?.test(statement));
  const code = transformSync(file.text, { loader: 'ts', format: 'esm' }).code;
  const effects =
    code.match(
      /\basync (?:function\b|\(.*?\) =>|\w+ =>)|\bawait [\w(]|\bPromise\b|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bsetTimeout\b|\bfetch\(/g,
    ) ?? [];
  return [...outside.map(({ from, to }) => `${from} imports ${to}`), ...effects.map((effect) => `${file.path}: ${effect}`)];
}

/** Libraries that need no door, and why: nothing of theirs can get out that would tie two files together. */
const NO_DOOR: Readonly<Record<string, string>> = {
  'smol-toml': 'a pure function of a text',
  saxes: 'tells only whether a text is well-formed',
  yaml: 'a pure function of a text',
};

const packageOf = (to: string): string => to.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? to;

/** npm packages that are imported by more than one file. */
function secondDoors(files: readonly SourceFile[]): readonly string[] {
  const outside = files.flatMap(importsOf).filter(({ to }) => !isOwn(to) && !to.startsWith('node:'));
  const byPackage = Map.groupBy(
    outside.filter(({ to }) => !Object.hasOwn(NO_DOOR, packageOf(to))),
    ({ to }) => packageOf(to),
  );
  return [...byPackage].flatMap(([name, uses]) => {
    const doors = new Set(uses.map(({ from }) => from));
    return doors.size > 1 ? [`${name}: ${[...doors].sort().join(', ')}`] : [];
  });
}

test('imports follow cli → pipeline → core and adapters → ports → core', () => {
  expect(SOURCE.flatMap(wrongWay)).toEqual([]);
});

test('what the configuration and the commands know of code hosts is data', () => {
  expect(SOURCE.filter(({ path }) => HOST_DATA.test(path)).length).toBeGreaterThan(FORGE_KINDS.length);
  expect(SOURCE.flatMap(beyondData)).toEqual([]);
});

test('no kind of code host is singled out', () => {
  expect(SOURCE.flatMap(singledOut)).toEqual([]);
});

test('the core is pure', () => {
  expect(SOURCE.flatMap(impure)).toEqual([]);
});

test('each library has one door', () => {
  expect(secondDoors(SOURCE)).toEqual([]);
});

test('only main.ts ends the process', () => {
  expect(SOURCE.filter(({ path, text }) => path !== 'main.ts' && text.includes('process.exit(')).map(({ path }) => path)).toEqual([]);
});

describe('the rules find what is wrong', () => {
  const rows: readonly [string, string, string, number][] = [
    ['core may not see an adapter', 'core/a.ts', "import { x } from '../adapters/git/store.ts';", 1],
    ['core may see core', 'core/formats/a.ts', "import { x } from '../level.ts';", 0],
    ['adapters do not see each other', 'adapters/hosts/a.ts', "import type { X } from '../git/store.ts';", 1],
    ['an import over several lines', 'pipeline/a.ts', "import {\n  x,\n  y,\n} from '../cli/table.ts';", 1],
    ['data of an adapter may be read', 'config/a.ts', "import { HOSTS } from '../adapters/hosts/about.ts';", 0],
    ['the adapter beside it may not', 'config/a.ts', "import { findToken } from '../adapters/hosts/credentials.ts';", 1],
    ['an import on demand', 'cli/watch.ts', "const m = await import('../adapters/git/store.ts');", 1],
    ['a command knows how a file is replaced', 'cli/report.ts', "import { replaceFile } from '../platform/atomic.ts';", 0],
    ['a command does not lock', 'cli/fix.ts', "import { tryLock } from '../platform/lock.ts';", 1],
    ['the platform knows no port', 'platform/lock.ts', "import type { Progress } from '../ports.ts';", 1],
    ['the pipeline knows ports by type only', 'pipeline/a.ts', "import { x } from '../ports.ts';", 1],
  ];
  test.each(rows)('%s', (_name, path, text, count) => {
    expect(wrongWay({ path, text })).toHaveLength(count);
  });

  test('a clock, a promise or a library in the core', () => {
    const text =
      "import { parse } from 'valibot';\nimport { readFileSync } from 'node:fs';\n// new Date()\nexport const a = async () => Date.now();";
    expect(impure({ path: 'core/a.ts', text })).toHaveLength(4);
  });

  test('of node only what is pure, by name', () => {
    const named = (names: string, from: string) => impure({ path: 'core/a.ts', text: `import { ${names} } from '${from}';` }).length;
    expect([named('createHash', 'node:crypto'), named('join', 'node:path/posix')]).toEqual([0, 0]);
    expect([named('randomBytes', 'node:crypto'), named('createHash, randomBytes', 'node:crypto'), named('join', 'node:path')]).toEqual([
      1, 1, 1,
    ]);
  });

  test('data that speaks to somebody, and a kind that is singled out', () => {
    const text = "import { send } from '../../platform/http/client.ts';\nconst user = kind === 'gitlab' ? 'oauth2' : 'x-access-token';";
    expect(beyondData({ path: 'adapters/hosts/gitea/about.ts', text })).toHaveLength(1);
    expect(beyondData({ path: 'adapters/hosts/gitea/host.ts', text })).toHaveLength(0);
    expect(singledOut({ path: 'wiring/a.ts', text })).toHaveLength(1);
    expect(singledOut({ path: 'wiring/a.ts', text: "const isForge = kind !== 'local' && HOSTS[kind].label === 'GitHub';" })).toHaveLength(
      0,
    );
  });

  test('a second door, also on demand', () => {
    const doors = secondDoors([
      { path: 'adapters/hosts/a.ts', text: "import { Octokit } from '@octokit/rest';" },
      { path: 'cli/a.ts', text: "await import('@octokit/rest');" },
    ]);
    expect(doors).toEqual(['@octokit/rest: adapters/hosts/a.ts, cli/a.ts']);
  });

  test('a parser needs no door', () => {
    const files = ['adapters/syntax/a.ts', 'config/a.ts'].map((path) => ({ path, text: "import { parse } from 'yaml';" }));
    expect(secondDoors(files)).toEqual([]);
  });
});
