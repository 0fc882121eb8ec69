// What the rules say of a change: to `guard`, which may end the repair, and to `commit`, which tells people.

import { judge } from '../../core/guard/judge.ts';
import { suspicion, tries } from '../../core/guard/signals.ts';
import type { ChangeSet, FileStat, FixAnswer, Verdict } from '../../core/model.ts';
import { testsIn as testPart } from '../../core/proof/tests-of.ts';
import { isTestPath } from '../../core/repository/test-paths.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';

/** What the rules say of a change, of the log event that may be written to steer a model, and of what Claude tried meanwhile. */
export function verdictsOn(
  { ports, settings, incident, follows }: Job,
  site: Site,
  changes: ChangeSet,
  answer: FixAnswer,
): readonly Verdict[] {
  const links = site.entries.filter(({ mode }) => mode === '120000').map(({ path }) => path);
  const lines = linesOf(ports.patches.stats(changes));
  return [
    ...judge(changes, { ...settings.guard, links, programs: site.programs, event: incident.sample.text }, lines),
    ...(follows?.cause === 'checks' ? testsIn(changes) : []),
    ...suspicion(incident.sample.text),
    ...tries(answer.stopped),
  ];
}

/** A check is made green on the side that made it red. The settings of CI are protected from every fix. */
function testsIn({ files }: ChangeSet): readonly Verdict[] {
  const tests = files.filter((file) => isTestPath(file.path) || testPart(file) !== undefined);
  return tests.map(({ path }) => ({
    rule: 'protected-path',
    verdict: 'refuse',
    detail: `${path} ${isTestPath(path) ? 'is a test' : 'changes tests'}: a red check is mended in the code`,
  }));
}

/** Lines that are added and removed. */
export const linesOf = (files: readonly FileStat[]): number => files.reduce((sum, file) => sum + file.added + file.removed, 0);
