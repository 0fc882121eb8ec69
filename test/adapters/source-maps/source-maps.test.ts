// Source maps that a real bundler makes, of a program that really crashes; and what a hostile log may not make us read.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createSourceMaps } from '../../../src/adapters/source-maps/source-maps.ts';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { contextOf } from '../../../src/pipeline/steps/context.ts';
import { detect } from '../../core/read/detector-run.ts';
import { createFakeRepository } from '../../fakes/repository.ts';
import { writeFiles } from '../../support/git-program.ts';
import { createShop, SETTINGS } from '../../support/pipeline.ts';

const LIVE = new AbortController().signal;
const SOURCES = {
  'src/main.ts':
    "import { total } from './orders/total.ts';\n\nconst order: { lines?: { price: number }[] } = {};\nconsole.log(total(order));\n",
  'src/orders/total.ts':
    'interface Order {\n  lines?: { price: number }[];\n}\n\n// The sum of all lines.\nexport function total(order: Order): number {\n  return order.lines!.reduce((sum, line) => sum + line.price, 0);\n}\n',
};
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-maps-'));
  await writeFiles(dir, SOURCES);
});

afterEach(() => rm(dir, { recursive: true, force: true }));

/** Bundles the sources into `dist/main.js`, all on one line, and lets it crash. @returns what it wrote */
async function crash(sourcemap: 'linked' | 'external' | 'inline'): Promise<ErrorEvent> {
  const outfile = join(dir, 'dist/main.js');
  await build({
    entryPoints: [join(dir, 'src/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    sourcemap,
    logLevel: 'silent',
  });
  const log = await new Promise<string>((resolve) => {
    execFile(process.execPath, [outfile], { cwd: dir }, (_error, _stdout, stderr) => resolve(stderr));
  });
  const event = detect(log)[0];
  expect(event?.frames.some(({ file, line }) => file === outfile && line === 1)).toBe(true);
  return event as ErrorEvent;
}

async function contextOfCrash(event: ErrorEvent, files: Readonly<Record<string, string>>) {
  const { ports } = await createShop('');
  const { repository } = createFakeRepository(files);
  const base = await repository.sync(LIVE);
  return contextOf({ ...ports, repository }, SETTINGS, { sample: event }, base, await repository.list(base.commit), LIVE);
}

const FOUND = [
  ['src/orders/total.ts', 7],
  ['src/main.ts', 4],
];

test('a bundle on this machine leads to its sources, by the map beside it', async () => {
  const event = await crash('linked');
  const { files } = await contextOfCrash(event, SOURCES);
  expect(files.map(({ path, line }) => [path, line])).toEqual(FOUND);
  expect(files[0]!.why).toContain('by the source map of main.js');
});

test('a bundle that ran elsewhere leads to its sources, by the map in the repository', async () => {
  const event = await crash('external');
  const files = { ...SOURCES, 'dist/main.js': 'x', 'dist/main.js.map': await readFile(join(dir, 'dist/main.js.map'), 'utf8') };
  await rm(join(dir, 'dist'), { recursive: true });
  const { files: found } = await contextOfCrash(event, files);
  expect(found.map(({ path, line }) => [path, line])).toEqual(FOUND);
});

test('without a map the bundle leads to the source of its name at most', async () => {
  const event = await crash('external');
  await rm(join(dir, 'dist/main.js.map'));
  const { files } = await contextOfCrash(event, SOURCES);
  expect(files[0]).toMatchObject({ path: 'src/main.ts', line: null });
});

describe('what is read of this machine', () => {
  const maps = createSourceMaps(10_000);
  const MAP = '{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"}';

  test.each<[string, (at: string) => Promise<void>, boolean]>([
    ['a map of the same name', (at) => writeFile(`${at}.map`, MAP), true],
    [
      'a map beside it that the file names',
      async (at) => {
        await writeFile(at, 'x()\n//# sourceMappingURL=other.map\n');
        await writeFile(join(at, '../other.map'), MAP);
      },
      true,
    ],
    [
      'no map elsewhere, though the file names it',
      async (at) => {
        await mkdir(join(at, '../maps'));
        await writeFile(join(at, '../maps/x.map'), MAP);
        await writeFile(at, 'x()\n//# sourceMappingURL=maps/x.map\n');
      },
      false,
    ],
    ['no map of above', (at) => writeFile(at, 'x()\n//# sourceMappingURL=../x.map\n'), false],
    ['no map by URL', (at) => writeFile(at, 'x()\n//# sourceMappingURL=http://127.0.0.1:1/x.map\n'), false],
    ['nothing larger than the cap', (at) => writeFile(`${at}.map`, MAP + ' '.repeat(10_000)), false],
    ['no directory', (at) => mkdir(`${at}.map`).then(() => undefined), false],
    ['no pipe', (at) => new Promise((resolve) => void execFile('mkfifo', [`${at}.map`], () => resolve())), false],
    ['no device', (at) => symlink('/dev/zero', `${at}.map`), false],
    ['nothing where nothing is', async () => undefined, false],
  ])('%s', async (_name, prepare, isRead) => {
    const at = join(dir, 'main.js');
    await prepare(at);
    expect((await maps.beside(at))?.text).toBe(isRead ? MAP : undefined);
  });

  test('never a name on the network, though a file is there', async () => {
    await writeFile(join(dir, 'main.js.map'), MAP);
    expect((await maps.beside(join(dir, 'main.js')))?.text).toBe(MAP);
    expect(await maps.beside(`/${join(dir, 'main.js')}`)).toBeUndefined();
  });

  test.each([
    ['a relative name', 'dist/main.js'],
    ['a name on the network', '//server/share/main.js'],
    ['a name on the network, as Windows writes it', '\\\\server\\share\\main.js'],
    ['another kind of file', '/etc/passwd'],
    ['a NUL byte', '/srv/main.js\0.js'],
  ])('never %s', async (_name, file) => {
    expect(await maps.beside(file)).toBeUndefined();
  });

  test.each([
    ['no JSON', 'nonsense'],
    ['another version', '{"version":2,"sources":[],"mappings":""}'],
    ['no object', 'null'],
    ['larger than the cap', `${MAP}${' '.repeat(10_000)}`],
  ])('%s is as if there were no map', (_name, text) => {
    expect(maps.open(text, 'main.js.map')?.original(1, 1)).toBeUndefined();
  });

  test('an index of maps is a map', () => {
    const text = JSON.stringify({ version: 3, sections: [{ offset: { line: 0, column: 0 }, map: JSON.parse(MAP) }] });
    expect(maps.open(text, 'dist/main.js.map')?.original(1, 1)).toEqual({ source: 'dist/a.ts', line: 1, column: 1 });
  });
});
