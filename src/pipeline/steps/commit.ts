// The row `commit`: a proven change becomes one commit on the base, and the facts that all texts are written from.

import { wordsOf } from '../../core/context/abstract-values.ts';
import { defined } from '../../core/defined.ts';
import type { ChangeSet, FileChange, FileStat } from '../../core/model.ts';
import { commitMessage } from '../../core/texts/commit.ts';
import type { Proposal } from '../../core/texts/proposal.ts';
import { replyMessage } from '../../core/texts/reply.ts';
import { shownAt } from '../repair/fault.ts';
import type { Claimed, Context, Fix, Proven, Site } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import { proposalFacts } from '../repair/proposal-facts.ts';
import type { PartWork } from '../repair/step.ts';
import { touchedLines } from '../repair/touched-lines.ts';
import { verdictsOn } from '../repair/verdicts.ts';

/** Made again it is the same commit: its date is that of the trace. */
export function commit(
  job: Job,
  site: Site,
  { answer: answered, changes, proof }: Proven,
  { suspect, earlier }: Pick<Context, 'suspect'> & Pick<Claimed, 'earlier'>,
): PartWork<'commit'> {
  const { ports, settings, startedAt, signal } = job;
  const patchOf = async (set: ChangeSet, id: string, message: string): Promise<string> =>
    ports.patches.formatPatch(set, { id, message, date: startedAt, author: await ports.repository.author(signal) });
  return {
    run: async (tell) => {
      const { answer } = answered;
      const proposal: Proposal = {
        ...(await proposalFacts(
          job,
          site,
          answer,
          await shownAt(job, site),
          wordsOf(changes.files.map(({ before }) => before?.toString('utf8') ?? '')),
        )),
        box: await ports.box(),
        files: ports.patches.stats(changes),
        guard: verdictsOn(job, site, changes, answer),
        proof,
        touched: touchedLines(job, changes),
        ...defined({
          // Where more was shown, or it was seen that it was another, it is not named.
          suspect: proof.introduced?.how === 'blamed' ? (suspect ?? undefined) : undefined,
          earlier: earlier ? { url: earlier.url, isMerged: earlier.state === 'merged' } : undefined,
          total: await totalOf(job, answer.costUsd ?? 0),
        }),
      };
      const signedOffBy = settings.signoff ? await ports.repository.author(signal) : undefined;
      const form = { subject: settings.subject, ...defined({ signedOffBy }) };
      const message = ports.redact(job.follows ? replyMessage(proposal, job.follows, form) : commitMessage(proposal, form));
      const merges = job.follows?.cause === 'base' ? job.follows.head : undefined;
      const id = await ports.repository.commit(changes, message, startedAt, merges);
      tell.learn({ commit: id });
      tell.say(`${id.slice(0, 12)} on ${site.base.commit.slice(0, 12)}`);
      return { commit: id, message, patch: await patchOf(changes, id, message), proposal };
    },
    keep: ({ patch: _, ...fix }) => fix,
    recall: async (fix, isToDo) => {
      if (!fix || !isToDo('notify')) return fix && { ...fix, patch: '' };
      return { ...fix, patch: await patchOf(await committed(job, fix), fix.commit, fix.message) };
    },
  };
}

/** What this bug has cost, where it was tried before. */
async function totalOf({ ports: { store }, incident: { fingerprint }, trace }: Job, own: number): Promise<Proposal['total']> {
  const others = (await store.traces({ fingerprint, brief: true })).filter((other) => other.trace !== trace && other.costUsd !== null);
  if (others.length === 0) return undefined;
  return { repairs: others.length + 1, usd: others.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), own) };
}

/** The change set once more, from the store: what was committed is there, exactly. */
async function committed({ ports: { repository } }: Job, { commit: id, proposal }: Omit<Fix, 'patch'>): Promise<ChangeSet> {
  const base = proposal.base.commit;
  const read = async ({ path }: FileStat): Promise<FileChange> => {
    const [old, made] = [await repository.read(base, path), await repository.read(id, path)];
    return {
      path,
      mode: made?.mode ?? old?.mode ?? '100644',
      ...defined({ before: old?.bytes, oldMode: old?.mode, after: made?.bytes }),
    };
  };
  return { base, files: await Promise.all(proposal.files.map(read)) };
}
