// Real programs that die, and real runners whose tests meet that crash or only look as if they did: what is read of them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCommands } from '../../src/adapters/process/commands.ts';
import { createProcesses } from '../../src/adapters/process/processes.ts';
import { locateFrames } from '../../src/core/context/locate.ts';
import { follows, moved, type Printed } from '../../src/core/proof/moved-code.ts';
import { type Around, type Fault, faultOf, named, reproduction } from '../../src/core/proof/reproduction.ts';
import { createDetector } from '../../src/core/read/detector.ts';
import { indexPaths } from '../../src/core/repository/paths.ts';
import { IS_SLOW_LANE, inLane } from '../support/lane.ts';
import { KINDS, type Kind, LANGUAGES, type Language } from './reproductions/languages.ts';
import { toolchains } from './toolchains.ts';

const ENV = { ...process.env, ...toolchains(), PYTHONDONTWRITEBYTECODE: '1' } as Record<string, string>;
const LIVE = new AbortController().signal;
const commands = createCommands({
  processes: createProcesses(),
  env: ENV,
  timeoutMs: 120_000,
  maxMemoryBytes: 2 ** 36,
  redact: (text) => text,
});

const isThere = ({ needs: [program = '', ...args], isSlow }: Language): boolean =>
  (IS_SLOW_LANE || !isSlow) && spawnSync(program, args, { env: ENV }).status === 0;

/** A directory with the files, gone at the end. */
function world(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'reproductions-'));
  write(dir, files);
  return dir;
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

/** What the log says of the crash, as a repair reads it. */
function faultIn(log: string, paths: readonly string[]): Fault {
  const detector = createDetector({
    ...{ source: 'app.log', stream: 'app.log', startOffset: 0, startLines: 0 },
    ...{ level: 'error', keywords: [], ignore: [], encoding: 'utf8' },
  });
  const [event] = [...detector.push({ bytes: Buffer.from(log) }), ...detector.flush('ended')];
  if (event === undefined) throw new Error(`no error in ${log}`);
  return faultOf(event, locateFrames(event.frames, indexPaths(paths), { language: event.language, subdir: '', roots: [] }));
}

describe.each(LANGUAGES.filter(isThere))('$name', ({ name, files, dies, runsTests, testFile, tests }) => {
  let dir = '';
  let fault: Fault;
  beforeAll(() => {
    dir = world(files);
    // Where the program was deployed is not where its tests run.
    const { stderr } = spawnSync('sh', ['-c', dies], { cwd: dir, env: ENV, encoding: 'utf8' });
    const log = stderr.replaceAll(dir, '/srv/shop');
    write(dir, { 'app.log': log });
    fault = named(faultIn(log, Object.keys(files)), new Map(Object.entries(files)));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const run = async (more: Readonly<Record<string, string>>, kind: Kind): Promise<Printed & { readonly exitCode: number | null }> => {
    write(dir, { ...files, ...more, [testFile]: tests[kind] });
    const { printed = '', exitCode } = await commands.runTests(runsTests, { tree: dir, dir, scratch: join(dir, '..') }, LIVE);
    const around: Around = {
      index: indexPaths([...Object.keys(files), testFile]),
      subdir: '',
      tests: new Map([[testFile, tests[kind]]]),
      sources: new Map(Object.entries({ ...files, ...more })),
    };
    return { output: printed, around, exitCode };
  };

  test('the log leads to the code', () => {
    expect(fault.place?.paths).toHaveLength(1);
  });

  test.each(inLane(Object.entries(KINDS) as [Kind, boolean][], 0.8, ([kind]) => `${name} ${kind}`))(
    'a test that %s: %s',
    async (kind, expected) => {
      const path = fault.place?.paths[0] ?? '';
      const plain = await run({}, kind);
      const shifted = await run({ [path]: moved(files[path] ?? '') ?? '' }, kind);
      expect([plain.exitCode, shifted.exitCode]).not.toContain(0);
      const shown = reproduction(fault, plain.output, plain.around);
      const way = follows(fault, plain, shifted);
      const isShown = shown.kind === 'yes' && way !== 'stays' && (way === 'moves' || !expected);
      expect(isShown === expected ? { isShown } : { isShown, shown, way, fault, output: plain.output }).toEqual({ isShown: expected });
    },
  );
});
