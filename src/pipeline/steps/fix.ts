// The row `fix`: one answer of Claude, what it was told and what it cost.

import { parseAnswer } from '../../core/answer/parse.ts';
import { defined } from '../../core/defined.ts';
import { triedWords } from '../../core/guard/signals.ts';
import type { FixAnswer } from '../../core/model.ts';
import { usd } from '../../core/money.ts';
import { followUp } from '../../core/texts/follow-up.ts';
import { oneLine } from '../../core/texts/markdown.ts';
import { type PromptFile, type PromptFix, prompt } from '../../core/texts/prompt.ts';
import { askedWords } from '../../core/texts/reply.ts';
import { asAiOpsError } from '../../errors.ts';
import { eventWords, stoppedIn, withheldFrom } from '../repair/event-words.ts';
import type { Answered, Refused, Site } from '../repair/handed-on.ts';
import type { Job, RepairPorts, RepairSettings } from '../repair/job.ts';
import { confirmedFixes } from '../repair/past/similar.ts';
import type { Facts, GivenWork, Spent, Telling } from '../repair/step.ts';

/** What Claude is told: the event redacted, abstracted and fenced, the files, changes that have held, the task. */
export function promptFor(
  ports: Pick<RepairPorts, 'redact' | 'newId'>,
  settings: RepairSettings,
  job: Pick<Job, 'incident' | 'follows'>,
  files: readonly PromptFile[],
  fixes: readonly PromptFix[],
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
    fixes,
    testFirst: settings.testFirst === true && !refused?.isReproduced,
  });
  const asked = job.follows === undefined ? text : `${text}\n${askedWords(job.follows, { mode, nonce, language })}`;
  return refused ? `${asked}\n${followUp({ ...refused, mode, nonce, language })}` : asked;
}

/** @param refused what was wrong with the answer before, where there was one */
export function ask(job: Job, site: Site, files: readonly PromptFile[], refused?: Refused): GivenWork<'fix', Refused> {
  return { given: refused, run: (tell, given) => askOnce(job, site, files, tell, given) };
}

async function askOnce(job: Job, site: Site, files: readonly PromptFile[], tell: Telling, refused?: Refused): Promise<Answered> {
  const { ports, settings, signal } = job;
  const { mode } = settings;
  const fixes = await confirmedFixes(ports, job.incident, job.trace);
  const text = promptFor(ports, settings, job, files, fixes, refused);
  const before = refused ? `${refused.answers + 1} answers, the one before: ${oneLine(refused.reason)}` : '';
  tell.say(before);
  if (refused) await site.workspace?.reset();
  const place = mode === 'agentic' ? undefined : await ports.workspaces.empty();
  try {
    const dir = place?.dir ?? site.workspace?.dir ?? '';
    ports.progress.doing?.(job.trace, 'Claude is asked');
    const said = await ports.fixer.fix({ mode, prompt: text, dir, signal, ...defined({ budgetUsd: refused?.budgetUsd }) });
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

function costWords({ engine, turns, costUsd, sandbox }: FixAnswer): string {
  const where = sandbox === undefined ? '' : sandbox === 'none' ? ' without a sandbox' : ` in a sandbox (${sandbox})`;
  const cost = costUsd === undefined ? 'cost unknown' : usd(costUsd);
  return `${engine}${where}, ${turns === 1 ? '1 turn' : `${turns ?? '?'} turns`}, ${cost}`;
}

/** What an answer cost, also where it came as the cause of an error. */
function spent(from: unknown): Spent {
  if (typeof from !== 'object' || from === null) return {};
  const { costUsd, turns, modelMs } = from as Partial<FixAnswer>;
  const amount = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
  return defined({ costUsd: amount(costUsd), turns: amount(turns), modelMs: amount(modelMs) });
}
