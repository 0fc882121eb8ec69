// Which lines a fix touches, as its request says it: by this two fixes of the same lines meet in one request.

import { type Touched, touchedBy } from '../../core/answer/touched-lines.ts';
import type { ChangeSet } from '../../core/model.ts';
import type { Job } from './job.ts';

/** The lines that a change set touches, without its tests. */
export function touchedLines({ ports }: Pick<Job, 'ports'>, { base, files }: ChangeSet): readonly Touched[] {
  return files.flatMap((file) => touchedBy(file, ports.patches.diff({ base, files: [file] })) ?? []);
}
