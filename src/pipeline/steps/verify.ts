// The row `verify`: the commands of the baseline with the fix, and what both together prove.

import { defined } from '../../core/defined.ts';
import type { ChangeSet, FileChange, Proof, Verification } from '../../core/model.ts';
import { type Parsed, prove, seeing, settle, testsOf, testsPass, type WithoutFix, worsened } from '../../core/proof/prove.ts';
import { missingSubstance } from '../../core/proof/substance.ts';
import { type FileVersions, type Loss, losses } from '../../core/repository/declarations.ts';
import { fail } from '../../errors.ts';
import { kept, run } from '../repair/commands.ts';
import type { Site } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import type { Telling } from '../repair/step.ts';

/** Parses the changed files, runs the checks with the fix applied, and refuses what it broke. */
export function verify(job: Job, site: Site, changes: ChangeSet, before: Verification | null) {
  return async (tell: Telling): Promise<Proof> => {
    const parsed = await parse(job, changes);
    const { after, ...without } =
      parsed.kind === 'broken' || parsed.kind === 'lost' || !before ? { after: null } : await measure(job, site, changes, before);
    const proof = prove(parsed, before, after, without);
    tell.learn({ proof });
    tell.say(`${proof.level ?? 'no proof'}: ${proof.detail}`);
    if (proof.broken) throw fail('proof-refused', { detail: proof.broken });
    return proof;
  };
}

interface Measured extends WithoutFix {
  readonly after: Verification | null;
}

/** The new tests alone, the whole change, and the new tests alone once more, as far as each can still tell something. */
async function measure(job: Job, site: Site, changes: ChangeSet, before: Verification): Promise<Measured> {
  const { workspace } = site;
  if (!workspace) return { after: null };
  let isSetUp = job.settings.mode !== 'agentic' && (site.isSetUp || !site.isRemade);
  const attempt = async (applied: ChangeSet): Promise<Verification> => {
    await workspace.reset(kept(job));
    await workspace.apply(applied);
    const verification = await run(job, site, isSetUp ? ['check', 'test'] : ['setup', 'check', 'test']);
    isSetUp ||= job.settings.mode !== 'agentic';
    return verification;
  };
  const tests = testsPass(before) ? testsOf(changes) : null;
  const testsOnly = tests ? await attempt(tests) : undefined;
  const first = await attempt(changes);
  const after = worsened(before, first).length === 0 ? first : settle(first, await attempt(changes));
  const isToldApart = seeing(before, testsOnly).length > 0 && testsPass(after);
  return { after, ...defined({ testsOnly, fixRemoved: tests && isToldApart ? await attempt(tests) : undefined }) };
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
  const nothing = loss === undefined ? missingSubstance(changes) : undefined;
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
