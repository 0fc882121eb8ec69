// Nothing is exported that nobody imports, and nothing in `src` lives by its tests alone. What counts as a use is the name as
// a word of a file that imports the file: it may miss what is dead, and never calls dead what is used.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

interface File {
  readonly path: string;
  readonly text: string;
}

const FILES: readonly File[] = ['src', 'test', 'bin'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name) && !/^(?:golden|repairs\/[^/]+\/repo)\//.test(name))
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') })),
);

/** Exports that are used in a way that no import shows: file, or folder with its slash, → why. */
const USED_OTHERWISE: Readonly<Record<string, string>> = {
  'src/core/tables.ts': 'the closed lists: a union is made of each',
  'src/core/read/search-twin.ts': 'says in plain words what the search decides; its test holds both against each other',
  'src/core/read/search/wasm/': 'compiled to WebAssembly, and called through it',
};

const IMPORT = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;
const EXPORT = /^export (?:async )?(const|let|function\*?|class|interface|type) (\w+)/gm;

/** For each file those that import it. */
function usersOf(files: readonly File[]): ReadonlyMap<string, readonly File[]> {
  const pairs = files.flatMap((file) =>
    [...file.text.matchAll(IMPORT)].map((match) => [normalize(join(dirname(file.path), match[1] ?? '')), file] as const),
  );
  return new Map([...Map.groupBy(pairs, ([to]) => to)].map(([to, uses]) => [to, uses.map(([, file]) => file)]));
}

/** What nobody needs, each with its file. */
function dead(files: readonly File[]): readonly string[] {
  const users = usersOf(files);
  const registry = files.find(({ path }) => path === 'src/cli/registry.ts');
  const isCommand = (path: string): boolean => registry?.text.includes(`import('./${path.slice('src/cli/'.length)}')`) === true;
  return files
    .filter(({ path }) => path.startsWith('src/') && !Object.keys(USED_OTHERWISE).some((known) => path.startsWith(known)))
    .flatMap((file) =>
      [...file.text.matchAll(EXPORT)].flatMap(([, kind = '', name = '']) => {
        if (name === 'run' && isCommand(file.path)) return [];
        const word = new RegExp(`\\b${name}\\b`, 'g');
        const isUsedWithin = (file.text.match(word)?.length ?? 0) > 1;
        const others = (users.get(file.path) ?? []).filter(({ text }) => text.search(word) >= 0);
        // A type that other exports are made of is named with them.
        if (others.length === 0) return isUsedWithin && /interface|type/.test(kind) ? [] : [`${file.path}: nobody imports ${name}`];
        const isTested = !isUsedWithin && others.every(({ path }) => path.startsWith('test/'));
        return isTested ? [`${file.path}: only tests use ${name}`] : [];
      }),
    );
}

test('nothing is exported for nobody', () => {
  expect(dead(FILES)).toEqual([]);
});

test('the exceptions are there', () => {
  expect(Object.keys(USED_OTHERWISE).filter((known) => !FILES.some(({ path }) => path.startsWith(known)))).toEqual([]);
});

describe('the rules find what is wrong', () => {
  const rows: readonly (readonly [name: string, files: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
    ['used elsewhere', { 'src/a.ts': 'export const a = 1;', 'src/b.ts': "import { a } from './a.ts';" }, []],
    ['used on demand', { 'src/a.ts': 'export function a() {}', 'src/b.ts': "const it = await import('./a.ts');\nit.a();" }, []],
    ['used as a type', { 'src/a.ts': 'export type A = 1;', 'src/b.ts': "type B = import('./a.ts').A;" }, []],
    ['nobody', { 'src/a.ts': 'export const a = 1;' }, ['src/a.ts: nobody imports a']],
    ['only itself', { 'src/a.ts': 'export const a = 1;\nconst b = a;' }, ['src/a.ts: nobody imports a']],
    ['the same word elsewhere', { 'src/a.ts': 'export const a = 1;', 'src/b.ts': 'const a = 2;' }, ['src/a.ts: nobody imports a']],
    ['a type that nobody names', { 'src/a.ts': 'export interface A {}' }, ['src/a.ts: nobody imports A']],
    [
      'a type of an export',
      { 'src/a.ts': 'export interface A {}\nexport const a: A = {};', 'src/b.ts': "import { a } from './a.ts';" },
      [],
    ],
    [
      'only its test',
      { 'src/a.ts': 'export const a = 1;', 'test/a.test.ts': "import { a } from '../src/a.ts';" },
      ['src/a.ts: only tests use a'],
    ],
    [
      'its file and its test',
      { 'src/a.ts': 'export const a = 1;\nconst b = a;', 'test/a.test.ts': "import { a } from '../src/a.ts';" },
      [],
    ],
  ];
  test.each(rows)('%s', (_name, texts, expected) => {
    expect(dead(Object.entries(texts).map(([path, text]) => ({ path, text })))).toEqual(expected);
  });
});
