// The rows `baseline` and `verify`: the same commands without and with the fix, and what that proves.
import type { ChangeSet, Proof, Verification } from '../../core/model.ts';
import { ending, type Parsed, prove, seeing, settle, testsOf, testsPass, type WithoutFix, worsened } from '../../core/proof/prove.ts';
import { fail } from '../../errors.ts';
import type { Job } from '../repair/job.ts';
import type { Telling } from '../repair/step.ts';
import type { Site } from './fix.ts';

/** Kept between two runs in one work tree: installing again would prove nothing more. */
const KEPT: readonly string[] = ['node_modules', '.venv', 'vendor', '.bundle', 'target'];

/** Where Claude edits the work tree itself nothing is kept: what it changed in there would be in the proof, not in the change set. */
const kept = (job: Job): readonly string[] => (job.settings.mode === 'agentic' ? [] : KEPT);

/** Runs the checks on the base commit, so that what was red before is not blamed on the fix. */
export function baseline(job: Job, site: Site) {
  return async (tell: Telling): Promise<Verification | null> => {
    if (!hasCommands(site)) {
      tell.say('no check and no test command is known');
      return null;
    }
    const setUp = site.isSetUp ? [] : (await run(job, site, ['setup'])).runs;
    const setup = setUp.find(({ exitCode }) => exitCode !== 0);
    tell.say(describe(setUp));
    if (setup) throw fail('verify-setup-failed', { detail: `\`${setup.command}\` (${ending(setup)})` });
    if (site.setupKey !== null && !site.isSetUp) await site.workspace?.keepSetup(site.setupKey);
    const { runs } = await run(job, site, ['check', 'test']);
    const verification = { runs: [...setUp, ...runs] };
    tell.say((site.isSetUp ? 'setup kept from an earlier repair, ' : '') + describe(verification.runs));
    await site.workspace?.reset(kept(job));
    return verification;
  };
}

/** Parses the changed files, runs the checks with the fix applied, and refuses what it broke. */
export function verify(job: Job, site: Site, changes: ChangeSet, before: Verification | null) {
  return async (tell: Telling): Promise<Proof> => {
    const parsed = await parse(job, changes);
    const { after, ...without } = parsed.kind === 'broken' || !before ? { after: null } : await measure(job, site, changes, before);
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
  const testsOnly = tests ? { testsOnly: await attempt(tests) } : {};
  const first = await attempt(changes);
  const after = worsened(before, first).length === 0 ? first : settle(first, await attempt(changes));
  const isToldApart = seeing(before, testsOnly.testsOnly).length > 0 && testsPass(after);
  return { after, ...testsOnly, ...(tests && isToldApart ? { fixRemoved: await attempt(tests) } : {}) };
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
  return { kind: kinds.has('ok') && !kinds.has('unknown') ? 'ok' : 'unknown' };
}

/** Stops at a failing setup; every other command is run whatever the ones before it did. */
async function run(job: Job, site: Site, roles: readonly ('setup' | 'check' | 'test')[]): Promise<Verification> {
  const runs: Verification['runs'][number][] = [];
  if (!site.workspace) return { runs };
  const dir = job.settings.subdir === '' ? site.workspace.dir : `${site.workspace.dir}/${job.settings.subdir}`;
  for (const role of roles) {
    for (const command of site.plan[role]) {
      const result = await job.ports.commands.run(command, dir, job.signal);
      runs.push({ ...result, role });
      if (role === 'setup' && result.exitCode !== 0) return { runs };
    }
  }
  return { runs };
}

export function hasCommands(site: Pick<Site, 'plan'>): boolean {
  return site.plan.check.length + site.plan.test.length > 0;
}

function describe(runs: Verification['runs']): string {
  return runs.map((entry) => `\`${entry.command}\` ${ending(entry)}`).join(', ');
}
