// Runs the commands of the proof in the work tree of a repair: for `baseline` without the fix, for `verify` with it.
import type { CommandRun, Verification } from '../../core/model.ts';
import { fetches } from '../../core/proof/machine/fetches.ts';
import type { CommandPlace, Commands, Workspace } from '../../ports.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';

/** What was run, and all that each test command printed: that is read at once, and not kept. */
export interface Measured extends Verification {
  readonly printed: ReadonlyMap<string, string>;
}

/** Stops at a failing setup; every other command is run whatever the ones before it did. */
export async function run(job: Job, site: Site, roles: readonly ('setup' | 'check' | 'test')[]): Promise<Measured> {
  const runs: Verification['runs'][number][] = [];
  const all = new Map<string, string>();
  if (!site.workspace) return { runs, printed: all };
  const at = placeOf(job, site.workspace);
  for (const role of roles) {
    for (const command of site.plan[role]) {
      job.ports.progress.doing?.(job.trace, `\`${command}\``);
      const start = role === 'setup' ? setUp(job.ports.commands, site.workspace) : started(job.ports.commands, role);
      const { printed, ...result } = await start(command, at, job.signal);
      runs.push({ ...result, role });
      if (role === 'test') all.set(command, printed ?? result.output);
      if (role === 'setup' && result.exitCode !== 0) return { runs, printed: all };
    }
    if (role === 'setup') runs.push(...(await fetched(job, site, at)));
  }
  return { runs, printed: all };
}

function placeOf(job: Job, { dir: tree, scratch }: Workspace): CommandPlace {
  return { tree, scratch, dir: job.settings.subdir === '' ? tree : `${tree}/${job.settings.subdir}` };
}

/** One command more, as a test is run. `undefined` where there is no work tree. */
export async function ask(job: Job, site: Site, command: string): Promise<CommandRun | undefined> {
  if (!site.workspace) return undefined;
  job.ports.progress.doing?.(job.trace, `\`${command}\``);
  return await job.ports.commands.runTests(command, placeOf(job, site.workspace), job.signal);
}

/** What tests without the network would download. A fetch that failed is left to them: all of it may be there. */
async function fetched(job: Job, { plan, entries }: Site, at: CommandPlace): Promise<Verification['runs']> {
  if (job.ports.commands.isolation.network) return [];
  const below = at.dir === at.tree ? '' : `${at.dir.slice(at.tree.length + 1)}/`;
  const paths = entries.filter(({ path }) => path.startsWith(below)).map(({ path }) => path.slice(below.length));
  const runs: Verification['runs'][number][] = [];
  for (const { command, fillsBuilds } of fetches(plan, paths)) {
    job.ports.progress.doing?.(job.trace, `\`${command}\``);
    const result = await job.ports.commands.setUp(command, at, job.signal, fillsBuilds);
    if (result.exitCode === 0) runs.push({ ...result, role: 'setup' });
  }
  return runs;
}

function started({ run, runTests }: Commands, role: 'check' | 'test'): Commands['run'] {
  return { check: run, test: runTests }[role];
}

/** Whoever asked for git in vain says so; a package that cannot be fetched is not fetched twice. */
const SPEAKS_OF_GIT = /(?<![\w./-])(?:git|scm|vcs)(?![\w+:]|\.\w)|version control|(?:setuptools|hatch)[-_](?:scm|vcs)/i;

/**
 * Hooks of a build ask git for the commit, and a work tree has no history: what fails is tried once more in a repository that
 * has the base commit alone. It is not lent before, since what finds a repository does more in it: hooks are installed,
 * versions looked for that a single commit does not know.
 */
function setUp(commands: Commands, workspace: Workspace): Commands['run'] {
  return async (command, at, signal) => {
    const first = await commands.setUp(command, at, signal);
    if (first.exitCode === 0 || first.exitCode === null || !SPEAKS_OF_GIT.test(first.output)) return first;
    const again = await workspace.withGit(() => commands.setUp(command, at, signal));
    return again.exitCode === 0 ? again : first;
  };
}

export function hasCommands(site: Pick<Site, 'plan'>): boolean {
  return site.plan.check.length + site.plan.test.length > 0;
}

/**
 * Kept between two runs in one work tree: installing again would prove nothing more. A library has no `Cargo.lock` of its own: the
 * one that was written while there was a network is what tests without one are built by. What the base commit has is put anew.
 */
export const KEPT: readonly string[] = ['node_modules', '.venv', 'vendor', '.bundle', 'target', 'Cargo.lock'];

/** Where Claude edits the work tree itself nothing is kept: what it changed in there would be in the proof, not in the change set. */
export const kept = (job: Job): readonly string[] => (job.settings.mode === 'agentic' ? [] : KEPT);
