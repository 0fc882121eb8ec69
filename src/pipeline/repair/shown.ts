// What runs of a test show of the error of the log.
import type { ChangeSet } from '../../core/model.ts';
import { type Fault, type Reproduction, reproduction } from '../../core/proof/reproduction.ts';
import { indexPaths } from '../../core/repository/paths.ts';
import type { Measured } from './commands.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';

/** What the red commands of a run show; one that shows the error is enough. */
export function shownBy(
  { settings }: Pick<Job, 'settings'>,
  site: Pick<Site, 'entries'>,
  fault: Fault,
  seen: readonly { readonly command: string }[],
  { printed }: Pick<Measured, 'printed'>,
  tests: ChangeSet,
): Reproduction {
  const texts = new Map(tests.files.map(({ path, after }) => [path, after?.toString('utf8') ?? '']));
  const index = indexPaths([...site.entries.map(({ path }) => path), ...texts.keys()]);
  const around = { index, subdir: settings.subdir, tests: texts };
  const each = seen.map(({ command }) => reproduction(fault, printed.get(command) ?? '', around));
  return each.find(({ kind }) => kind === 'yes') ?? each[0] ?? { kind: 'unknown', showed: 'nothing was run' };
}
