// Which commit brought the error, as far as that was shown: looked for where a test of the fix shows the error; else who last
// changed the line, unless what was seen speaks against it.
import type { ChangeSet, Introduced, LastChange, Proof, Verification } from '../../../core/model.ts';
import type { Bisected } from '../../../core/proof/bisection.ts';
import type { WithoutFix } from '../../../core/proof/prove.ts';
import { testsOf } from '../../../core/proof/tests-of.ts';
import type { Site } from '../handed-on.ts';
import type { Job } from '../job.ts';
import { bisect, type Searched } from './bisect.ts';

/** What a change was shown to do. */
export interface ShownFix {
  readonly changes: ChangeSet;
  readonly proof: Proof;
  readonly after: Verification | null;
  readonly without: WithoutFix;
  readonly suspect: LastChange | null;
}

/** The commit, and one line on how it was looked for; that is empty where it was not. */
export async function introducedBy(job: Job, site: Site, shown: ShownFix): Promise<{ introduced: Introduced | null; said: string }> {
  const { suspect } = shown;
  const searched = await search(job, site, shown);
  const blamed = suspect === null ? null : blame(suspect);
  if (searched === null) return { introduced: blamed, said: '' };
  const { found, runs, isSuspectRefuted } = searched;
  const said = `${foundWords(found)} (${runs} ${runs === 1 ? 'run' : 'runs'})`;
  if (found.kind === 'unknown') return { introduced: isSuspectRefuted ? null : blamed, said };
  const about = await job.ports.history.about(found.commit);
  const { redact } = job.ports;
  const words = { author: redact(about?.author ?? ''), date: about?.date ?? '', subject: redact(about?.subject ?? '') };
  const between = found.kind === 'bounded' ? { between: found.between } : {};
  return { introduced: { commit: found.commit, how: found.kind, ...words, passesAt: found.parents, ...between }, said };
}

const blame = ({ commit, author, date, subject }: LastChange): Introduced => ({ commit, how: 'blamed', author, date, subject });

async function search(job: Job, site: Site, { changes, proof, after, without, suspect }: ShownFix): Promise<Searched | null> {
  const tests = testsOf(changes);
  const { testsOnly, fixRemoved = [] } = without;
  // Below that the test is flaky, or was not seen to see the error.
  if (proof.reproduced !== 'yes' || !(proof.level === 'L3' || proof.level === 'L4') || !tests || !testsOnly || !after) return null;
  return bisect(job, site, { changes, tests, red: [testsOnly, ...fixRemoved], green: after, suspect });
}

const short = (commit: string): string => commit.slice(0, 12);

/** For the trace and the terminal, in English. */
function foundWords(found: Bisected): string {
  switch (found.kind) {
    case 'proven':
      return `introduced by ${short(found.commit)}: the test passes at ${found.parents.map(short).join(', ')} and fails at it`;
    case 'bounded':
      return `introduced between ${found.parents.map(short).join(', ')} and ${short(found.commit)}: the test cannot be run at the ${found.between} before it`;
    case 'unknown':
      return UNKNOWN[found.why](short(found.fails));
  }
}

const UNKNOWN: Readonly<Record<Extract<Bisected, { kind: 'unknown' }>['why'], (commit: string) => string>> = {
  flaky: () => 'which commit introduced it is not known: at an older commit the test ended once well and once not',
  older: (commit) => `which commit introduced it is not known: the test fails as far back as it can be run, at ${commit}`,
  unfinished: (commit) => `which commit introduced it is not known: not all could be run; the test fails at ${commit}`,
};
