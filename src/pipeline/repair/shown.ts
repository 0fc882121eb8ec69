// What runs of a test show of the error of the log.
import type { ChangeSet, Verification } from '../../core/model.ts';
import { follows, moved } from '../../core/proof/moved-code.ts';
import { type Around, type Fault, type Reproduction, reproduction } from '../../core/proof/reproduction.ts';
import { onlyTests, testLines, testsAtEnd } from '../../core/repository/in-source/split.ts';
import { indexPaths } from '../../core/repository/paths.ts';
import { isTestPath } from '../../core/repository/test-paths.ts';
import type { Measured } from './commands.ts';
import { faultAt } from './fault.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';

/** What red runs are held against. */
export interface Scene {
  readonly fault: Fault;
  readonly around: Around;
  /** The run without the new tests. */
  readonly before: Verification | null;
  /** The tests, with the code at fault at other lines; absent where that cannot be had. */
  readonly shifted?: ChangeSet;
  /** What is around where that was run. */
  readonly aroundShifted?: Around;
}

type Commands = readonly { readonly command: string }[];

/** The scene of the base commit. */
export async function sceneOf(job: Job, site: Site, tests: ChangeSet, before: Verification | null): Promise<Scene> {
  const { fault: logged, sources } = await faultAt(job, site);
  const texts = new Map(sources.map(({ path, bytes }) => [path, bytes.toString('utf8')]));
  const around = aroundOf(job, site, tests.files, texts);
  const fault = asPlaced(logged, texts, around.sources);
  const files = sources.flatMap(({ path, mode, bytes }) => {
    const text = around.sources.get(path) ?? '';
    const after = moved(text, testsAtEnd(path, text));
    return after === undefined || (isTestPath(path) && around.tests.has(path))
      ? []
      : [{ path, mode, before: bytes, after: Buffer.from(after) }];
  });
  const isWhole = files.length > 0 && files.length === sources.length;
  if (!isWhole) return { fault, around, before };
  const others = tests.files.filter(({ path }) => !files.some((file) => file.path === path));
  const inThem = files.filter(({ path }) => around.tests.has(path));
  const shifted = { base: tests.base, files: [...others, ...files] };
  const textsShifted = new Map([...texts, ...files.map(({ path, after }) => [path, after.toString('utf8')] as const)]);
  return { fault, around, before, shifted, aroundShifted: aroundOf(job, site, [...others, ...inThem], textsShifted) };
}

/** Where tests stand in front of the code at fault, its line is another one: then only its function is known. */
function asPlaced(fault: Fault, base: Around['sources'], asRun: Around['sources']): Fault {
  const { place } = fault;
  if (place === null || place.line === null) return fault;
  const { line } = place;
  const above = (text = ''): string => text.split('\n').slice(0, line).join('\n');
  const isMoved = place.paths.some((path) => above(base.get(path)) !== above(asRun.get(path)));
  return isMoved ? { ...fault, place: { ...place, line: null } } : fault;
}

export function aroundOf(
  { settings }: Pick<Job, 'settings'>,
  { entries }: Pick<Site, 'entries'>,
  tests: ChangeSet['files'],
  sources: Around['sources'],
): Around {
  const texts = tests.map(({ path, after }) => [path, after?.toString('utf8') ?? ''] as const);
  // A source that holds tests is run as it stands among them.
  const asRun = new Map([...sources, ...texts.filter(([path]) => !isTestPath(path))]);
  const within = [...asRun].flatMap(([path, text]) => {
    const lines = testLines(path, text);
    return lines.length === 0 ? [] : [[path, lines] as const];
  });
  return {
    ...{ index: indexPaths([...entries.map(({ path }) => path), ...texts.map(([path]) => path)]), subdir: settings.subdir },
    tests: new Map(texts.map(([path, text]) => [path, isTestPath(path) ? text : onlyTests(path, text)])),
    sources: asRun,
    testLines: new Map(within),
  };
}

/** What the red commands of a run show; one that shows the error is enough. */
export function shownBy({ fault, around, before }: Scene, seen: Commands, { printed }: Pick<Measured, 'printed'>): Reproduction {
  const without = (command: string): string => before?.runs.find((run) => run.command === command)?.output ?? '';
  const each = seen.map(({ command }) => reproduction(fault, printed.get(command) ?? '', around, without(command)));
  return each.find(({ kind }) => kind === 'yes') ?? each[0] ?? { kind: 'unknown', showed: 'nothing was run' };
}

/** Whether the traces of a run are of the code that was moved for another one. */
export function followed({ fault, around, aroundShifted = around }: Scene, seen: Commands, plain: Measured, red: Measured) {
  const all = ({ printed }: Measured): string => seen.map(({ command }) => printed.get(command) ?? '').join('\n');
  return follows(fault, { output: all(plain), around }, { output: all(red), around: aroundShifted });
}
