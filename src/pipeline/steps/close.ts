// The row `request` where the base has made a request needless: it is closed, and people are told why.

import type { Request } from '../../core/model.ts';
import type { Job, Replying } from '../repair/job.ts';
import type { Telling } from '../repair/step.ts';
import { closing } from '../replies/closing.ts';

export function closeMended(job: Job, { talk }: Replying, detail: string) {
  return async (tell: Telling): Promise<Request> => {
    const { request, branch, asks, round } = job.follows!;
    const about = { request, branch, round, keys: asks.map(({ key }) => key) };
    const { host, redact } = job.ports;
    const closed = await closing({ talk, host, redact, language: job.settings.language }, about, { why: 'test', detail }, job.signal);
    tell.learn({ request: closed, isReplied: true });
    tell.say(`closed: ${request.url}`);
    return closed;
  };
}
