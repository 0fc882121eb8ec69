// The row `verify`: the commands of the baseline with the fix, and what both together prove.
import type { ChangeSet, FileChange, LastChange, Proof, Verification } from '../../core/model.ts';
import { asRun } from '../../core/proof/alone.ts';
import { type Parsed, prove, seeing } from '../../core/proof/prove.ts';
import { missingSubstance } from '../../core/proof/substance.ts';
import { isTestOnly } from '../../core/proof/tests-of.ts';
import { type FileVersions, type Loss, losses } from '../../core/repository/losses.ts';
import { fail } from '../../errors.ts';
import type { Site } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import { introducedBy } from '../repair/past/introduced.ts';
import { sceneOf, shownBy } from '../repair/shown.ts';
import type { Telling } from '../repair/step.ts';
import { measured, withPlan } from '../repair/tried/measure.ts';
import { attempts } from '../repair/tried/turns.ts';

/**
 * Parses the changed files, runs the checks with the fix applied, and refuses what it broke; then looks for the commit that
 * brought the error.
 * @param suspect who last changed the line
 */
export function verify(job: Job, planned: Site, changes: ChangeSet, before: Verification | null, suspect: LastChange | null) {
  return async (tell: Telling): Promise<Proof> => {
    const site = { ...planned, plan: asRun(planned.plan, before) };
    if (job.settings.testFirst && changes.files.every(isTestOnly)) return reproduce(job, site, changes, before, tell);
    const parsed = await parse(job, changes);
    const isRunnable = parsed.kind !== 'broken' && parsed.kind !== 'lost';
    const { after, ...without } = isRunnable ? await measured(job, site, changes, before) : { after: null };
    const { isolation } = job.ports.commands;
    const shown = { ...prove(parsed, before, after, without), ...(after === null ? {} : { isolation }) };
    tell.learn({ proof: shown });
    tell.say(`${shown.level ?? 'no proof'}: ${shown.detail}`);
    if (shown.broken) throw fail('proof-refused', { detail: shown.broken });
    const { introduced, said } = await introducedBy(job, site, { changes, proof: shown, after, without, suspect });
    const proof = { ...shown, introduced };
    tell.learn({ proof });
    tell.say([`${proof.level ?? 'no proof'}: ${proof.detail}`, ...(said === '' ? [] : [said])].join('; '));
    return proof;
  };
}

/** The test alone, where it was asked for first: the fix is asked for, or it ends here. @throws AiOpsError always */
async function reproduce(job: Job, site: Site, tests: ChangeSet, before: Verification | null, tell: Telling): Promise<never> {
  const attempt = await withPlan(job, site, tests, before, async (planned) => {
    const red = await attempts(job, planned)(tests);
    const seen = seeing(before, red);
    if (seen.length > 0) return shownBy(await sceneOf(job, planned, tests, before), seen, red);
    return { kind: 'no', showed: red.runs.length === 0 ? 'nothing was run' : 'it does not fail where the tests passed before' } as const;
  });
  const shown = attempt ?? ({ kind: 'unknown', showed: 'no test command is known' } as const);
  tell.learn({ proof: { level: null, reproduced: shown.kind, introduced: null, commands: [], detail: 'only the test was asked for' } });
  tell.say(shown.kind === 'yes' ? 'the test alone shows the error of the log' : `the test alone: ${shown.showed}`);
  throw shown.kind === 'yes' ? fail('test-reproduces') : fail('test-shows-nothing', { detail: shown.showed });
}

/** Texts for people, which nothing parses: they say nothing for L0 and nothing against it. */
const PROSE = /\.(md|markdown|txt|rst|adoc)$/i;

/** L0 is of every changed file: one that no parser knows is enough for `unknown`. */
async function parse(job: Job, changes: ChangeSet): Promise<Parsed> {
  const kinds = new Set<'ok' | 'unknown'>();
  for (const file of changes.files) {
    if (!file.after || PROSE.test(file.path)) continue;
    const syntax = await job.ports.syntax.check(file.path, file.after, file.before);
    if (syntax.kind === 'broken') return { kind: 'broken', detail: `${file.path}: ${syntax.detail}` };
    kinds.add(syntax.kind);
  }
  const [loss] = losses(changes.files.map(versionsOf));
  // A reviewer may ask for a comment.
  const nothing = loss === undefined && job.follows === undefined ? missingSubstance(changes) : undefined;
  if (loss !== undefined) return { kind: 'lost', detail: lossWords(loss) };
  if (nothing !== undefined) return { kind: 'lost', detail: `the change is no fix: ${nothing}` };
  return { kind: kinds.has('ok') && !kinds.has('unknown') ? 'ok' : 'unknown' };
}

/** Text of both sides; a file that is no text has no declarations. */
function versionsOf({ path, before, after }: FileChange): FileVersions {
  return { path, before: before?.toString('utf8'), after: after?.toString('utf8') };
}

/** Fit to be told to Claude as well as to people. */
function lossWords({ path, names, line, lines }: Loss): string {
  if (names === null) return `${path} has lost ${lines} lines from line ${line} on; keep what is not at fault`;
  const shown = names.slice(0, 8).join(', ');
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  return `${path} has lost ${shown}${more}, and nothing in the change has gained it; keep what is not at fault`;
}
