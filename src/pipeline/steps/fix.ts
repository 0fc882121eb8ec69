// The rows `checkout`, `fix` and `guard`: from an incident to a change set that was judged.

import { type BaseFile, placeBlocks, toChanges } from '../../core/answer/changes.ts';
import { parseAnswer } from '../../core/answer/parse.ts';
import { judge, strictest } from '../../core/guard/judge.ts';
import { suspicion, triedWords, tries } from '../../core/guard/signals.ts';
import type { ChangeSet, FileStat, FixAnswer, Verdict } from '../../core/model.ts';
import type { CheckPlan } from '../../core/proof/checks.ts';
import { followUp } from '../../core/texts/follow-up.ts';
import { oneLine } from '../../core/texts/markdown.ts';
import { type PromptFile, prompt } from '../../core/texts/prompt.ts';
import { asAiOpsError, fail } from '../../errors.ts';
import type { Base, TreeEntry, Workspace } from '../../ports.ts';
import { eventWords, withheldFrom } from '../repair/event-words.ts';
import type { Job, RepairPorts, RepairSettings } from '../repair/job.ts';
import { planFor } from '../repair/plan.ts';
import { programsFor } from '../repair/programs.ts';
import { setupKey } from '../repair/setup.ts';
import type { Facts, Spent, Telling, Work } from '../repair/step.ts';
import { stoppedIn } from '../repair/stopped.ts';
import type { Refused } from './retry-answer.ts';
import { hasCommands } from './verify.ts';

/** The base commit of a repair, and its work tree where one is needed. Disposing gives the work tree back. */
export interface Site extends AsyncDisposable {
  readonly base: Base;
  readonly entries: readonly TreeEntry[];
  readonly plan: CheckPlan;
  /** Files of the base commit that the plan's commands run. */
  readonly programs: readonly string[];
  readonly workspace: Workspace | null;
  /** Made again after a crash: what the baseline has set up in its work tree is gone. */
  readonly isRemade: boolean;
  /** Names what the setup installs; `null` where there is none to be kept. */
  readonly setupKey: string | null;
  /** It is there from an earlier repair. */
  readonly isSetUp: boolean;
}

export function checkout(job: Job): Work<Site, Base> {
  return {
    run: async (tell) => {
      const site = await siteAt(job, await job.ports.repository.sync(job.signal), false, true);
      const { base, entries } = site;
      tell.say(`${base.branch} at ${base.commit.slice(0, 12)}, ${entries.length} files`);
      return site;
    },
    keep: ({ base }) => base,
    // The same base commit, wherever the branch is by now; a work tree only where one is still worked in.
    recall: (base, isToDo) => siteAt(job, base, true, isToDo('verify')),
  };
}

async function siteAt(job: Job, base: Base, isRemade: boolean, isWorkedIn: boolean): Promise<Site> {
  const { repository, workspaces } = job.ports;
  const { mode, subdir } = job.settings;
  const entries = await repository.list(base.commit);
  const plan = await planFor(repository, base, entries, job.settings, job.incident.sample);
  const programs = await programsFor(repository, base, entries, plan, subdir);
  const workspace = isWorkedIn && (mode === 'agentic' || hasCommands({ plan })) ? await workspaces.open(base) : null;
  // Claude edits the work tree itself: what it changed in there would be in the proof, and not in the change set.
  const key = mode === 'agentic' || workspace === null ? null : await setupKey(job.ports, base, entries, plan, subdir);
  const isSetUp = (await workspace?.hasSetup(key)) ?? false;
  const dispose = async () => workspace?.release();
  return { base, entries, plan, programs, workspace, isRemade, setupKey: key, isSetUp, [Symbol.asyncDispose]: dispose };
}

/** What Claude is told: the event redacted, abstracted and fenced, the files, the task. */
export function promptFor(
  ports: Pick<RepairPorts, 'redact' | 'newId'>,
  settings: RepairSettings,
  job: Pick<Job, 'incident'>,
  files: readonly PromptFile[],
  refused?: Refused,
): string {
  const { incident } = job;
  const { mode, language } = settings;
  const nonce = ports.newId();
  const words = eventWords(incident, files, ports.redact);
  const text = prompt({
    mode,
    event: { text: words.text },
    title: words.title,
    files,
    nonce,
    language,
  });
  return refused ? `${text}\n${followUp({ ...refused, mode, nonce, language })}` : text;
}

/** What Claude said, and in agentic mode what git says it has done: its work tree does not outlive a crash. */
export interface Answered {
  readonly answer: FixAnswer;
  readonly changes: ChangeSet | null;
}

/** @param refused what was wrong with the answer before, where there was one */
export function ask(job: Job, site: Site, files: readonly PromptFile[], refused?: Refused): Work<Answered, Answered, Refused> {
  return { given: refused, run: (tell, given) => askOnce(job, site, files, tell, given) };
}

async function askOnce(job: Job, site: Site, files: readonly PromptFile[], tell: Telling, refused?: Refused): Promise<Answered> {
  const { ports, settings, signal } = job;
  const { mode } = settings;
  const text = promptFor(ports, settings, job, files, refused);
  const before = refused ? `${refused.answers + 1} answers, the one before: ${oneLine(refused.reason)}` : '';
  tell.say(before);
  if (refused) await site.workspace?.reset();
  const place = mode === 'agentic' ? undefined : await ports.workspaces.empty();
  try {
    const dir = place?.dir ?? site.workspace?.dir ?? '';
    const budget = refused ? { budgetUsd: refused.budgetUsd } : {};
    const said = await ports.fixer.fix({ mode, prompt: text, dir, ...budget, signal });
    // Whole files in the answer are for the change set; its words are what people read.
    const stopped = stoppedIn(said, ports.redact);
    const answer = { ...said, stopped, ...(mode === 'agentic' ? {} : { summary: parseAnswer(said.text).summary }) };
    tell.spend(spent(answer));
    const withheld = withheldFrom(job.incident, answer, ports.redact);
    tell.learn({ withheld, summary: ports.redact(answer.text), ...(refused ? { ...NOT_JUDGED, answers: refused.answers + 1 } : {}) });
    tell.say([costWords(answer), withheldWords(withheld), triedWords(answer.stopped), before].filter(Boolean).join('; '));
    return { answer, changes: mode === 'agentic' && site.workspace ? await site.workspace.changes() : null };
  } catch (thrown) {
    // A failed answer has its price too: the budget must know it.
    const { cause } = asAiOpsError(thrown);
    tell.spend(spent(cause));
    tell.say([triedWords(stoppedIn(cause, ports.redact)), before].filter(Boolean).join('; '));
    throw thrown;
  } finally {
    await place?.release();
  }
}

const withheldWords = (count: number): string => (count === 0 ? '' : `${count === 1 ? '1 secret' : `${count} secrets`} withheld`);

/** What was learned of the answer before is not of this one. */
const NOT_JUDGED: Facts = { files: [], guard: [], diff: '', proof: null };

function costWords({ engine, turns, costUsd }: FixAnswer): string {
  const cost = costUsd === undefined ? 'cost unknown' : `${costUsd.toFixed(4)} USD`;
  return `${engine}, ${turns === 1 ? '1 turn' : `${turns ?? '?'} turns`}, ${cost}`;
}

/** Reads the change set from git's side, and judges it by rule. */
export function guard(job: Job, site: Site, answered: Answered) {
  return async (tell: Telling): Promise<ChangeSet> => {
    const { ports } = job;
    const changes = answered.changes ?? (await changesOf(job, site, answered.answer));
    if (changes.files.length === 0) throw fail('answer-empty', { trace: job.trace });
    const files = ports.patches.stats(changes);
    const lines = linesOf(files);
    const verdicts = verdictsOn(job, site, changes, answered.answer);
    tell.learn({ files, guard: verdicts, diff: ports.redact(ports.patches.diff(changes)) });
    tell.say(
      `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${lines} lines, ${verdicts.length === 0 ? 'no objection' : `${verdicts.length} ${verdicts.length === 1 ? 'objection' : 'objections'}`}`,
    );
    const bar = strictest(verdicts);
    if (bar === 'refuse' || bar === 'patch-only') {
      const detail = verdicts.filter(({ verdict }) => verdict === bar).map((verdict) => verdict.detail);
      throw fail(bar === 'refuse' ? 'guard-refused' : 'guard-patch-only', { detail: detail.join('; '), trace: job.trace });
    }
    return changes;
  };
}

/** What the rules say of a change, of the log event that may be written to steer a model, and of what Claude tried meanwhile. */
export function verdictsOn({ ports, settings, incident }: Job, site: Site, changes: ChangeSet, answer: FixAnswer): readonly Verdict[] {
  const links = site.entries.filter(({ mode }) => mode === '120000').map(({ path }) => path);
  const lines = linesOf(ports.patches.stats(changes));
  return [
    ...judge(changes, { ...settings.guard, links, programs: site.programs }, lines),
    ...suspicion(incident.sample.text),
    ...tries(answer.stopped),
  ];
}

const linesOf = (files: readonly FileStat[]): number => files.reduce((sum, file) => sum + file.added + file.removed, 0);

async function changesOf(job: Job, site: Site, answer: FixAnswer): Promise<ChangeSet> {
  const parsed = parseAnswer(answer.text);
  const { placed, problems } = placeBlocks(
    parsed.blocks,
    site.entries.map(({ path }) => path),
  );
  const before = new Map<string, BaseFile>();
  for (const { path, isNew } of placed) {
    const file = isNew ? undefined : await job.ports.repository.read(site.base.commit, path);
    if (file) before.set(path, file);
  }
  const { changes, problems: unfit } = toChanges(site.base.commit, placed, before);
  const [problem] = [...parsed.problems, ...problems, ...unfit];
  if (problem?.kind === 'outside') throw fail('answer-outside', { path: JSON.stringify(problem.filename), trace: job.trace });
  if (problem) throw fail('answer-unusable', { detail: problem.detail, trace: job.trace });
  return changes;
}

/** What an answer cost, also where it came as the cause of an error. */
function spent(from: unknown): Spent {
  if (typeof from !== 'object' || from === null) return {};
  const { costUsd, turns, modelMs } = from as Partial<FixAnswer>;
  return {
    ...(typeof costUsd === 'number' ? { costUsd } : {}),
    ...(typeof turns === 'number' ? { turns } : {}),
    ...(typeof modelMs === 'number' ? { modelMs } : {}),
  };
}
