// The row `request` of what follows a request up: people are told there what was made of it, once, under a mark that all boxes
// read.

import { parseAnswer } from '../../core/answer/parse.ts';
import type { Request } from '../../core/model.ts';
import { replyMark } from '../../core/policy/reply-mark.ts';
import { toldWords } from '../../core/texts/incident/told-incident.ts';
import { type ReplyFacts, replyBody } from '../../core/texts/reply.ts';
import type { AiOpsError } from '../../errors.ts';
import type { Fix } from '../repair/handed-on.ts';
import type { Job, Replying } from '../repair/job.ts';
import type { Facts, Telling } from '../repair/step.ts';

/** That a commit was made. */
export function replyWith(job: Job, fix: Fix, replying: Replying) {
  const { proof, answer } = fix.proposal;
  const { rules } = replying;
  const { round, asks } = job.follows!;
  const facts = {
    kind: 'commit',
    cause: job.follows!.cause,
    commit: fix.commit,
    round,
    maxRounds: rules.maxRounds,
    proof: proof.detail,
    words: answer.summary,
  } as const;
  return said(job, replying, { ...facts, asks, language: job.settings.language }, fix.commit);
}

/** That none was made, and why. */
export function replyWithout(job: Job, error: AiOpsError, { summary = '' }: Facts, replying: Replying) {
  const words = toldWords(parseAnswer(summary).summary, job.settings.event);
  const reason = job.ports.redact(error.message);
  const { asks, cause } = job.follows!;
  return said(job, replying, { kind: 'none', cause, reason, words, asks, language: job.settings.language });
}

function said(job: Job, { talk }: Replying, facts: ReplyFacts, commit?: string) {
  return async (tell: Telling): Promise<Request> => {
    const { request, round, asks } = job.follows!;
    const ending = facts.kind === 'commit' ? 'commit' : 'none';
    const mark = replyMark({ round, ending, keys: [...new Set(asks.map(({ key }) => key))], ...(commit === undefined ? {} : { commit }) });
    const how = await talk.ensureSaid(request.number!, { mark, body: job.ports.redact(replyBody(facts)) }, job.signal);
    tell.learn({ request, isReplied: true });
    tell.say(`${how === 'said' ? 'answered' : 'was answered already'} on ${request.url}`);
    return request;
  };
}
