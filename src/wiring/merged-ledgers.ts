// The ledgers of several boxes, to look at: the own one, where there is one, and those that a person names.
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { MergedReader } from '../adapters/ledger/boxes/merged.ts';
import type { LoadedConfig } from '../config/load.ts';
import { readEmbedded } from '../embedded.ts';
import { fail } from '../errors.ts';
import { metRepository } from './met-repository.ts';
import type { Surrounded } from './surroundings.ts';

/** What the own ledger is called beside others. */
const OWN = 'this box';

/** A ledger by the name that it is shown with. */
interface Named {
  readonly box: string;
  readonly file: string;
}

/**
 * @param paths state directories or ledgers of other boxes
 * @throws AiOpsError `ledger-absent`; its queries throw `ledger-unreadable`, `ledger-newer`, `ledger-foreign`
 */
export async function openMergedFor(
  loaded: LoadedConfig,
  {
    cwd,
    env,
    details,
    output,
  }: Pick<Surrounded, 'cwd' | 'env' | 'details'> & {
    readonly output: { note(text: string): void; warn(text: string): void };
  },
  paths: readonly string[],
): Promise<MergedReader> {
  const { openReader } = await import('../adapters/ledger/reader.ts');
  const { mergeReaders } = await import('../adapters/ledger/boxes/merged.ts');
  const { dir, file } = loaded.config.state;
  const own = join(dir, file);
  const repository = loaded.config.repos.length > 0 ? undefined : await metRepository(loaded, { cwd, env });
  const ledgers = await named(own, paths, cwd, output.note);
  details('ledger')?.(`${ledgers.map(({ file: each }) => each).join(', ')}: opened to read, for ${repository?.name ?? 'all repositories'}`);
  const opened = ledgers.map(({ box, file: each }) => {
    // The mark is of a git directory of this machine.
    const met = each === own ? repository : repository && { ...repository, mark: null };
    return { box, reader: openReader(each, () => readEmbedded('sql-wasm.wasm'), met) };
  });
  const owners = new Map<string, string>();
  for (const { box, reader } of opened)
    for (const { trace } of await reader.traces({ brief: true, allRepositories: true })) {
      const other = owners.get(trace);
      if (other !== undefined) {
        output.warn(
          `${other} and ${box} both have the repair ${trace}: one is a copy of the other, and what both have counted counts twice`,
        );
        break;
      }
      owners.set(trace, box);
    }
  return mergeReaders(opened);
}

/** Each file once. */
async function named(own: string, paths: readonly string[], cwd: string, note: (text: string) => void): Promise<readonly Named[]> {
  const found = new Map<string, Named>();
  if (await isThere(own)) found.set(await realpath(own), { box: OWN, file: own });
  for (const typed of paths) {
    const path = resolve(cwd, typed);
    const file = (await stat(path).catch(() => undefined))?.isDirectory() ? join(path, basename(own)) : path;
    if (!(await isThere(file))) throw fail('ledger-absent', { path: typed });
    const real = await realpath(file);
    const before = found.get(real);
    if (before === undefined) found.set(real, { box: typed, file });
    else note(`${typed} is the ledger of ${before.box}: it counts once`);
  }
  return shortened([...found.values()]);
}

/** Directories of the same name in those of their boxes are called by these. @example '/mnt/web-1/ai-ops' // 'web-1' */
function shortened(all: readonly Named[]): readonly Named[] {
  const others = all.filter(({ box }) => box !== OWN).map(({ file }) => dirname(file).split(sep).toReversed());
  let same = 0;
  while (others.length > 1 && others.every((parts) => parts[same] !== undefined && parts[same] === others[0]![same])) same += 1;
  const short = others.map((parts) => parts[same] ?? '');
  if (others.length < 2 || short.some((name, at) => name === '' || short.indexOf(name) !== at)) return all;
  return all.map((one) => (one.box === OWN ? one : { ...one, box: dirname(one.file).split(sep).toReversed()[same]! }));
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    (one) => one.isFile(),
    () => false,
  );
