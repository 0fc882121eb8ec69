// An answer that nothing should be changed ends the repair in the row `guard`. The row `request` then tells of it in an issue,
// with Claude's words; where the host has none, the trace keeps them alone.

import { parseAnswer } from '../../core/answer/parse.ts';
import { defined } from '../../core/defined.ts';
import type { Proposal } from '../../core/texts/proposal.ts';
import { asAiOpsError } from '../../errors.ts';
import { shownAt } from '../repair/fault.ts';
import type { Answered, Context, Site } from '../repair/handed-on.ts';
import { hasNoIssues, openIssue } from '../repair/issue.ts';
import type { Job } from '../repair/job.ts';
import { proposalFacts } from '../repair/proposal-facts.ts';
import type { Run, Steps } from '../repair/step.ts';

/** For `catch` behind the row `guard`: whatever comes of the issue, what was thrown is thrown on, unless an issue may come later. */
export function declined(job: Job, site: Site, answered: Answered, around: Pick<Context, 'suspect'>, step: Steps['step']) {
  return async (thrown: unknown): Promise<never> => {
    if (asAiOpsError(thrown).code !== 'answer-declined' || !job.settings.issues) throw thrown;
    await step('request', await issueOf(job, site, answered.answer, around)).catch((trouble: unknown) => {
      // Claude has answered, and that is what counts; the row says why there is no issue.
      if (!hasNoIssues(trouble)) throw trouble;
    });
    throw thrown;
  };
}

async function issueOf(job: Job, site: Site, answer: Answered['answer'], { suspect }: Pick<Context, 'suspect'>): Promise<Run<'request'>> {
  const summary = job.settings.mode === 'agentic' ? answer.summary : parseAnswer(answer.text).summary;
  const proposal: Proposal = {
    ...(await proposalFacts(job, site, { ...answer, summary }, await shownAt(job, site))),
    files: [],
    guard: [],
    proof: { level: null, commands: [], detail: '' },
    ...defined({ suspect: suspect ?? undefined }),
  };
  return async (tell) => ({ issue: await openIssue(job, tell, proposal, { kind: 'declined' }), why: 'nothing should be changed' });
}
