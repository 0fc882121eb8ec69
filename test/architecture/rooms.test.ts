// No file and no room imports itself, by whatever way round; rooms stand in an order; and a room can be taken in at a glance.
import { importsOf, isOwn, SOURCE, type SourceFile } from './source.ts';

/**
 * A room is a folder of a zone, with all below it. A file that stands directly in the folder of a zone, or of a port's
 * adapters, is a room of its own.
 */
function roomOf(path: string): string {
  const parts = path.split('/');
  const depth = parts[0] === 'adapters' ? 2 : 1;
  return parts.length <= depth + 1 ? path : parts.slice(0, depth + 1).join('/');
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Arrows between files, or what `name` makes of them. */
function graphOf(files: readonly SourceFile[], name: (path: string) => string = (path) => path): Graph {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of files.flatMap(importsOf).filter(({ to }) => isOwn(to))) {
    const [mine, theirs] = [name(from), name(to)];
    if (mine === theirs && from !== to) continue;
    graph.set(mine, (graph.get(mine) ?? new Set()).add(theirs));
  }
  return graph;
}

/** The way from a node back to itself, the shortest of all; `undefined` where there is none. */
function shortestCircle(graph: Graph): string | undefined {
  const circles = [...graph.keys()].flatMap((start) => wayBack(graph, start) ?? []);
  return circles.toSorted((a, b) => a.length - b.length)[0]?.join(' → ');
}

function wayBack(graph: Graph, start: string): [readonly string[]] | undefined {
  const from = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) {
        const way = [start];
        for (let at: string | undefined = node; at !== undefined; at = from.get(at)) way.unshift(at);
        return [way];
      }
      if (from.has(next)) continue;
      from.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

/** The map of the core (doc/architecture.md): an import goes only to a name that stands before. */
const CORE_ORDER: readonly string[] = [
  ...[
    'tables.ts',
    'source-names.ts',
    'source-address.ts',
    'local-time.ts',
    'money.ts',
    'never.ts',
    'defined.ts',
    'plain-json.ts',
    'log-commands.ts',
    'model.ts',
    'facts.ts',
  ],
  ...['formats', 'redact', 'repository', 'group', 'detect', 'read', 'triage', 'policy', 'context', 'guard', 'answer', 'proof', 'texts'],
];

/** Rooms whose arrows are few enough to be named: room → the rooms beside it that it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'pipeline/notices': [],
  'pipeline/repair': ['notices'],
  'pipeline/replies': [],
  'pipeline/steps': ['replies', 'repair', 'notices'],
  'pipeline/watch': [],
  'pipeline/repair.ts': ['steps', 'repair'],
  'pipeline/reply.ts': ['steps', 'repair', 'rebuild.ts'],
  'pipeline/rebuild.ts': ['steps', 'repair'],
  'pipeline/watch.ts': ['watch', 'replies', 'repair', 'triage.ts'],
  'pipeline/scan.ts': ['watch'],
  'pipeline/canary.ts': ['repair'],
  'adapters/git/objects': [],
  'adapters/git/wire': ['objects'],
  'adapters/git/store': ['objects', 'wire', 'users-checkout.ts'],
  'adapters/git/worktree': ['objects', 'repository.ts'],
  'adapters/hosts/forge': [],
  'adapters/sources/bytes': [],
  'cli/command-line': ['output'],
  'cli/output': [],
};

const parentOf = (room: string): string => room.slice(0, room.lastIndexOf('/'));
const nameOf = (room: string): string => room.slice(room.lastIndexOf('/') + 1);

/** Imports between rooms against their order. */
function backArrows(files: readonly SourceFile[]): readonly string[] {
  return files
    .flatMap(importsOf)
    .filter(({ from, to }) => {
      const [mine, theirs] = [roomOf(from), roomOf(to)];
      if (mine === theirs || parentOf(mine) !== parentOf(theirs)) return false;
      if (parentOf(mine) === 'core') return !(CORE_ORDER.indexOf(nameOf(theirs)) < CORE_ORDER.indexOf(nameOf(mine)));
      return MAY_IMPORT[mine]?.includes(nameOf(theirs)) === false;
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** A step stands alone: what one hands to the next is a type of `repair/handed-on.ts`. */
function stepsOfSteps(files: readonly SourceFile[]): readonly string[] {
  const isStep = (path: string): boolean => path.startsWith('pipeline/steps/');
  return files
    .flatMap(importsOf)
    .filter(({ from, to }) => isStep(from) && isStep(to))
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** Files that stand directly in one folder. */
const MOST_FILES = 20;

function crowds(paths: readonly string[]): readonly string[] {
  const folders = Map.groupBy(paths, (path) => parentOf(path));
  return [...folders].filter(([, inside]) => inside.length > MOST_FILES).map(([folder, inside]) => `${folder}: ${inside.length} files`);
}

test('no file imports itself, however far the way round', () => {
  expect(shortestCircle(graphOf(SOURCE))).toBeUndefined();
});

test('no room imports itself, however far the way round', () => {
  expect(shortestCircle(graphOf(SOURCE, roomOf))).toBeUndefined();
});

test('each room of the core has its place in the order', () => {
  const rooms = new Set(SOURCE.map(({ path }) => roomOf(path)).filter((room) => parentOf(room) === 'core'));
  expect([...rooms].map(nameOf).toSorted()).toEqual(CORE_ORDER.toSorted());
});

test('the rooms whose arrows are named are there', () => {
  const rooms = new Set(SOURCE.map(({ path }) => roomOf(path)));
  const named = Object.entries(MAY_IMPORT).flatMap(([room, others]) => [room, ...others.map((other) => `${parentOf(room)}/${other}`)]);
  expect(named.filter((room) => !rooms.has(room))).toEqual([]);
});

test('no arrow between rooms runs back', () => {
  expect(backArrows(SOURCE)).toEqual([]);
});

test('no step imports a step', () => {
  expect(stepsOfSteps(SOURCE)).toEqual([]);
});

test(`no folder holds more than ${MOST_FILES} files`, () => {
  expect(crowds(SOURCE.map(({ path }) => path))).toEqual([]);
});

const linesOf = ({ text }: SourceFile): number => text.split('\n').length - 1;

/** Each of them is one idea: why. They are not told again. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'core/model.ts': 'all nouns, so that each has one place and one meaning',
  'errors.ts': 'the catalogue of errors',
  'ports.ts': 'all ports, so that every way into the world is seen at once',
};

/** Short files whose only user stands beside them: their idea may be the user's. */
function splinters(files: readonly SourceFile[]): readonly string[] {
  const users = Map.groupBy(files.flatMap(importsOf), ({ to }) => to);
  return files
    .filter((file) => linesOf(file) < 40)
    .flatMap((file) => {
      const names = new Set(users.get(file.path)?.map(({ from }) => from));
      const [only = ''] = names;
      return names.size === 1 && parentOf(only) === parentOf(file.path)
        ? [`${file.path}: ${linesOf(file)} lines, used by ${nameOf(only)}`]
        : [];
    });
}

// Advice, not a law: a wall of 250 lines has produced files of 11 lines that exist to keep another one below it.
test('what a reviewer should ask about is told', () => {
  const long = SOURCE.filter((file) => linesOf(file) > 250 && !Object.hasOwn(LONG_FILES, file.path));
  const told = [
    ...long.map((file) => `long, is it one idea? ${file.path}: ${linesOf(file)} lines`),
    ...splinters(SOURCE).map((line) => `short, is it a part of its user? ${line}`),
  ];
  if (told.length > 0) process.stderr.write(`${told.join('\n')}\n`);
  expect(Object.keys(LONG_FILES).filter((path) => !SOURCE.some((file) => file.path === path))).toEqual([]);
});

describe('the rules find what is wrong', () => {
  const files = (texts: Readonly<Record<string, string>>): readonly SourceFile[] =>
    Object.entries(texts).map(([path, text]) => ({ path, text }));

  const CIRCLES: readonly [string, Readonly<Record<string, string>>, string | undefined][] = [
    ['a line is none', { 'core/a.ts': "import { b } from './b.ts';", 'core/b.ts': "import { c } from './c.ts';" }, undefined],
    ['a file that imports itself', { 'core/a.ts': "import { a } from './a.ts';" }, 'core/a.ts → core/a.ts'],
    [
      'types count',
      { 'core/a.ts': "import type { B } from './b.ts';", 'core/b.ts': "import { a } from './a.ts';" },
      'core/a.ts → core/b.ts → core/a.ts',
    ],
    [
      'imports on demand count, and the shortest is told',
      {
        'cli/a.ts': "await import('./b.ts');",
        'cli/b.ts': "import { c } from './c.ts';",
        'cli/c.ts': "import { a } from './a.ts';\nimport type { D } from './d.ts';",
        'cli/d.ts': "type C = import('./c.ts').C;",
      },
      'cli/c.ts → cli/d.ts → cli/c.ts',
    ],
  ];
  test.each(CIRCLES)('a circle: %s', (_name, texts, circle) => {
    expect(shortestCircle(graphOf(files(texts)))).toBe(circle);
  });

  test('a circle between rooms that no two files make', () => {
    const texts = {
      'core/guard/a.ts': "import { b } from '../redact/b.ts';",
      'core/redact/c.ts': "import type { D } from '../guard/d.ts';",
      'core/guard/d.ts': '',
    };
    expect(shortestCircle(graphOf(files(texts)))).toBeUndefined();
    expect(shortestCircle(graphOf(files(texts), roomOf))).toBe('core/guard → core/redact → core/guard');
  });

  const ARROWS: readonly [string, string, string, number][] = [
    ['the texts may quote the guard', 'core/texts/a.ts', "import { x } from '../guard/judge.ts';", 0],
    ['the guard may not write texts', 'core/guard/a.ts', "import type { X } from '../texts/request.ts';", 1],
    ['the nouns know no room', 'core/model.ts', "import type { X } from './formats/level.ts';", 1],
    ['a room that nobody has placed', 'core/somewhere/a.ts', "import { x } from '../model.ts';", 1],
    ['within a room all is open', 'core/formats/traces/a.ts', "import { x } from '../level.ts';", 0],
    ['a step works with what all steps stand on', 'pipeline/steps/a.ts', "import type { Job } from '../repair/job.ts';", 0],
    ['a step does not watch', 'pipeline/steps/a.ts', "import { x } from '../watch/queue.ts';", 1],
    ['what steps stand on knows none', 'pipeline/repair/a.ts', "import { x } from '../steps/push.ts';", 1],
    ['objects know nothing of git but themselves', 'adapters/git/objects/a.ts', "import { x } from '../worktree/manifest.ts';", 1],
    ['the output knows no command', 'cli/output/a.ts', "import { x } from '../watch.ts';", 1],
  ];
  test.each(ARROWS)('%s', (_name, path, text, count) => {
    expect(backArrows([{ path, text }])).toHaveLength(count);
  });

  test('a step that imports a step', () => {
    expect(stepsOfSteps(files({ 'pipeline/steps/commit.ts': "import type { Site } from './checkout.ts';" }))).toHaveLength(1);
    expect(stepsOfSteps(files({ 'pipeline/repair.ts': "import { commit } from './steps/commit.ts';" }))).toEqual([]);
  });

  test('a crowd, counted by folder', () => {
    const names = (count: number, folder: string) => Array.from({ length: count }, (_, n) => `${folder}/${n}.ts`);
    expect(crowds([...names(MOST_FILES, 'core/a'), ...names(1, 'core/a/b')])).toEqual([]);
    expect(crowds(names(MOST_FILES + 1, 'core/a'))).toEqual([`core/a: ${MOST_FILES + 1} files`]);
  });

  test('a splinter', () => {
    const one = { 'core/a/b.ts': 'export const b = 1;', 'core/a/c.ts': "import { b } from './b.ts';\n".repeat(50) };
    expect(splinters(files(one))).toEqual(['core/a/b.ts: 0 lines, used by c.ts']);
    expect(splinters(files({ ...one, 'core/d/e.ts': "import { b } from '../a/b.ts';" }))).toEqual([]);
  });
});
