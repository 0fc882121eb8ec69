// Time: what is waited for, or tried once more, until the error may have gone by.
import type { Source } from './source.ts';
import { FUNCTION, LOOPS } from './what-lines-do.ts';

/** `[r]`, `[o]`: the core itself names no such thing. */
export const WAIT =
  /\btime\.sleep\s*\(|\basyncio\.sleep\s*\(\s*[^0)]|\bgevent\.sleep\s*\(|(?<![.\w])(?:sleep|usleep|msleep|nanosleep)\s*\(?\s*[\d.]|\bThread\.(?:sleep|Sleep)\s*\(|\bTimeUnit\.\w+\.sleep\s*\(|\btime\.Sleep\s*\(|\bTask\.Delay\s*\(|\bthread::sleep\s*\(|\bKernel\.sleep\b|\bProcess\.sleep\s*\(|\bnew\s+P[r]omise\s*\([^\n]*\bsetTime[o]ut\s*\(|\bawait\s+(?:\w+\.)?(?:sleep|delay|wait|setTime[o]ut)\s*\(|\b(?:timers\w*|scheduler)\.(?:setTime[o]ut|wait)\s*\(\s*[\d_]+\s*[,)]|\bAtomics\.wait\s*\(|\bselect\s*\(?\s*undef\s*,\s*undef\s*,\s*undef\s*,|\bstd::this_thread::sleep/;

/** What failed is tried once more. */
export const AGAIN =
  /^\s*retry\b\s*(?:if\b|unless\b|$)|^\s*@(?:\w+\.)?(?:retry|backoff|Retryable?)\b|\b(?:for|while|loop|until)\b[^\n]*\b(?:attempts?|retr(?:y|ies)|tries)\b/i;

/** An answer by which a service or a system asks to be asked again, or says that another one was faster; the loop goes on for no other. */
export const ASKED_AGAIN =
  /\b(?:429|503)\b|\bRetry-After\b|\bE(?:AGAIN|INTR|WOULDBLOCK)\b|\b40(?:001|P01)\b|\b(?:catch|except|rescue|is|instanceof|isinstance|errors\.(?:Is|As))\b[^\n]*(?:Stale|Conflict|Optimistic|Serializ|Deadlock|Contention|Concurren|WatchError|Throttl|RateLimit|TooManyRequests)/;

/** In new code, whatever it is for; where there were as many before, one was changed. A loop that was there may be given its pace. */
export function isWait(line: string, { lines, added, outline: { heads, ends }, hasMoreWaits, hasMoreTries }: Source, at: number): boolean {
  if (hasMoreTries && AGAIN.test(line) && !ASKED_AGAIN.test(lines.slice(at, ends[at]).join('\n'))) return true;
  if (!hasMoreWaits || !WAIT.test(line)) return false;
  for (let head = heads[at] as number; head >= 0 && !FUNCTION.test(lines[head] as string); head = heads[head] as number)
    if (LOOPS.test(lines[head] as string)) return added.has(head);
  return true;
}
