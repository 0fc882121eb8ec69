// The direction rules of doc/architecture.md, and that each library has one door.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { transformSync } from 'esbuild';
import { FORGE_KINDS } from '../../src/core/tables.ts';

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Zone of a file → zones or single files it may import beside its own zone. `core:types` stands for `import type` only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  main: ['cli', 'errors', 'embedded'],
  cli: [
    ...['wiring', 'config', 'pipeline', 'core', 'ports', 'errors', 'embedded', 'platform/atomic.ts', 'platform/errno.ts'],
    'adapters/hosts/about.ts',
  ],
  wiring: ['config', 'pipeline', 'adapters', 'platform', 'core', 'ports', 'errors', 'embedded'],
  config: ['core', 'ports:types', 'errors', 'platform/errno.ts', 'adapters/hosts/about.ts'],
  pipeline: ['core', 'ports:types', 'errors'],
  platform: ['errors'],
  adapters: ['platform', 'core', 'ports', 'errors', 'embedded'],
  ports: ['core:types'],
  core: [],
  errors: [],
  embedded: [],
};

/** Tables and golden data may be long; here is why each of them is one file. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'core/model.ts': 'all nouns, so that each has one place and one meaning',
  'errors.ts': 'the catalogue of errors',
  'ports.ts': 'all ports, so that every way into the world is seen at once',
};

/** What the core may use of `node:`, because the same arguments give the same answer: modules, and the names in them where not all. */
const PURE: Readonly<Record<string, RegExp>> = {
  'node:buffer': /^/,
  'node:crypto': /^import \{ createHash \} from/,
  'node:path/posix': /^/,
};

const SOURCE: readonly SourceFile[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ path: name, text: readFileSync(join('src', name), 'utf8') }));

const IMPORT = /(?:^|\n)(?:import|export) (type )?[^;'"]*?from '([^']+)'|(?:^|\n)import '([^']+)'|import\(\s*'([^']+)'\s*\)/g;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  readonly statement: string;
}

function importsOf({ path, text }: SourceFile): readonly Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[2] ?? match[3] ?? match[4] ?? '';
    const to = name.startsWith('.') ? normalize(join(dirname(path), name)) : name;
    return { from: path, to, isType: match[1] !== undefined, statement: match[0].trim() };
  });
}

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

const zoneOf = (path: string): string => path.replace(/\.ts$/, '').split('/')[0] ?? '';
const isOwn = (to: string): boolean => to.endsWith('.ts');

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

/** npm packages that are imported by more than one file. */
function secondDoors(files: readonly SourceFile[]): readonly string[] {
  const outside = files.flatMap(importsOf).filter(({ to }) => !isOwn(to) && !to.startsWith('node:'));
  const byPackage = Map.groupBy(outside, ({ to }) => to.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? to);
  return [...byPackage].flatMap(([name, uses]) => {
    const doors = new Set(uses.map(({ from }) => from));
    return doors.size > 1 ? [`${name}: ${[...doors].sort().join(', ')}`] : [];
  });
}

const linesOf = ({ text }: SourceFile): number => text.split('\n').length - 1;

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

// Advice, not a law: a wall of 250 lines has produced files of 11 lines that exist to keep another one below it.
test('files that are long are told, so that a reviewer asks why', () => {
  const long = SOURCE.filter((file) => linesOf(file) > 250 && !Object.hasOwn(LONG_FILES, file.path));
  const lines = long.map((file) => `${file.path} has ${linesOf(file)} lines\n`);
  if (lines.length > 0) process.stderr.write(`long files, is each of them one idea?\n${lines.join('')}`);
  expect(Object.keys(LONG_FILES).filter((path) => !SOURCE.some((file) => file.path === path))).toEqual([]);
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
});
