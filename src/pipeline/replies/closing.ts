// A request is closed by us: people are told why, then it is closed under a mark by which all boxes know that no person has. Told
// first: what is closed without a word helps nobody; cut off between, the next look closes it.

import type { Request } from '../../core/model.ts';
import { replyMark } from '../../core/policy/reply-mark.ts';
import type { TextLanguage } from '../../core/texts/phrases.ts';
import { type ClosingReason, replyBody } from '../../core/texts/reply.ts';
import type { CodeHost, Redact, Talk } from '../../ports.ts';

interface Closing {
  readonly talk: Talk;
  readonly host: Pick<CodeHost, 'closeRequest'>;
  readonly redact: Redact;
  readonly language: TextLanguage;
}

/** Safe to call twice. */
export async function closing(
  { talk, host, redact, language }: Closing,
  {
    request,
    branch,
    round,
    keys,
  }: { readonly request: Request; readonly branch: string; readonly round: number; readonly keys: readonly string[] },
  { why, detail }: { readonly why: ClosingReason; readonly detail: string },
  signal: AbortSignal,
): Promise<Request> {
  const mark = replyMark({ round, ending: 'closed', keys });
  const body = replyBody({ kind: 'closed', why, detail, asks: [], language });
  await talk.ensureSaid(request.number!, { mark, body: redact(body) }, signal);
  return (await host.closeRequest(branch, signal)) ?? request;
}
