// The row `request`: the branch is proposed, the fix joins the request of another bug, or an issue tells of it. Found before it is made.

import { strictest } from '../../core/guard/judge.ts';
import type { Request } from '../../core/model.ts';
import { joining } from '../../core/texts/joined-request.ts';
import { requestBody, requestTitle } from '../../core/texts/request.ts';
import { fail } from '../../errors.ts';
import type { Fix, InIssue, Pushed, Site } from '../repair/handed-on.ts';
import { belowWords, openIssue } from '../repair/issue.ts';
import type { Job } from '../repair/job.ts';
import { toldSimilar } from '../repair/past/similar.ts';
import type { Telling } from '../repair/step.ts';

export function request(job: Job, site: Site, fix: Fix, pushed: Pushed) {
  return async (tell: Telling): Promise<Request | InIssue> => {
    const { ports, settings, signal } = job;
    if (pushed.kind === 'issue') {
      const why = belowWords(pushed.below);
      if (!settings.issues) throw fail('below-open-at', { why });
      return { issue: await openIssue(job, tell, fix.proposal, { kind: 'below', ...pushed.below }, fix.patch), why };
    }
    if (pushed.kind === 'joins') {
      const said = joining(fix.proposal, pushed.how);
      const made = await ports.host.ensureJoined(pushed.proposed, { ...said, line: ports.redact(said.line) }, signal);
      tell.learn({ request: made });
      tell.say(`joined ${made.url}`);
      if (made.state === 'closed') throw closed();
      return made;
    }
    const draft = {
      fingerprint: job.incident.fingerprint,
      branch: pushed.branch,
      base: site.base.branch,
      commit: pushed.commit,
      title: ports.redact(requestTitle(fix.proposal, settings.title)),
      body: ports.redact(requestBody({ ...fix.proposal, similar: await toldSimilar(job) })),
      draft: settings.draft || strictest(fix.proposal.guard) === 'draft',
      patch: fix.patch,
    };
    const { request: made, created, notes } = await ports.host.ensureRequest(draft, signal);
    tell.learn({ request: made });
    tell.say([`${created ? 'created' : 'found'} ${made.url}`, ...notes].join('; '));
    if (made.state === 'closed') throw closed();
    return made;
  };
}

const closed = (): Error => fail('policy-skip', { reason: 'a person closed its request without merging' });
