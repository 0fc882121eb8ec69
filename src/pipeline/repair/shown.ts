// What runs of a test show of the error of the log.
import type { ChangeSet, Verification } from '../../core/model.ts';
import { follows, moved } from '../../core/proof/moved-code.ts';
import { type Around, type Fault, type Reproduction, reproduction } from '../../core/proof/reproduction.ts';
import { indexPaths } from '../../core/repository/paths.ts';
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
}

type Commands = readonly { readonly command: string }[];

/** The scene of the base commit. */
export async function sceneOf(job: Job, site: Site, tests: ChangeSet, before: Verification | null): Promise<Scene> {
  const { fault, sources } = await faultAt(job, site);
  const around = aroundOf(job, site, tests, new Map(sources.map(({ path, bytes }) => [path, bytes.toString('utf8')])));
  const files = sources.flatMap(({ path, mode, bytes }) => {
    const text = moved(bytes.toString('utf8'));
    return text === undefined || around.tests.has(path) ? [] : [{ path, mode, before: bytes, after: Buffer.from(text) }];
  });
  const isWhole = files.length > 0 && files.length === sources.length;
  return { fault, around, before, ...(isWhole ? { shifted: { base: tests.base, files: [...tests.files, ...files] } } : {}) };
}

export function aroundOf(
  { settings }: Pick<Job, 'settings'>,
  { entries }: Pick<Site, 'entries'>,
  { files }: ChangeSet,
  sources: Around['sources'],
): Around {
  const tests = new Map(files.map(({ path, after }) => [path, after?.toString('utf8') ?? '']));
  return { index: indexPaths([...entries.map(({ path }) => path), ...tests.keys()]), subdir: settings.subdir, tests, sources };
}

/** What the red commands of a run show; one that shows the error is enough. */
export function shownBy({ fault, around, before }: Scene, seen: Commands, { printed }: Pick<Measured, 'printed'>): Reproduction {
  const without = (command: string): string => before?.runs.find((run) => run.command === command)?.output ?? '';
  const each = seen.map(({ command }) => reproduction(fault, printed.get(command) ?? '', around, without(command)));
  return each.find(({ kind }) => kind === 'yes') ?? each[0] ?? { kind: 'unknown', showed: 'nothing was run' };
}

/** Whether the traces of a run are of the code that was moved for another one. */
export function followed({ fault, around, shifted }: Scene, seen: Commands, plain: Measured, red: Measured): ReturnType<typeof follows> {
  const texts = (shifted?.files ?? []).map(({ path, after }) => [path, after?.toString('utf8') ?? ''] as const);
  const sources = new Map([...around.sources, ...texts]);
  const all = ({ printed }: Measured): string => seen.map(({ command }) => printed.get(command) ?? '').join('\n');
  return follows(fault, { output: all(plain), around }, { output: all(red), around: { ...around, sources } });
}
