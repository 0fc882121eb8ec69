// Time: what is waited for, or tried once more, until the error may have gone by.
import { indentOf, nearest } from './outline.ts';
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

/** What is set anew from what the failure said, or by asking for it: `nonce = error.nonce`, `self.token = self.login()`. */
const SET_ANEW =
  /^\s*(?:if\s+)?[@$]?(?:[\w.]+(?:\.|->|::))?([a-z]\w*)(?:,\s*\w+)?\s*=(?![=>])\s*(?:await\s+)?[@$\w.>:()-]*(?:\w\(|[\w)]\.\w|\w->\w|@?[a-z_]\w*;?\s*$)/;
/** Kept only to be told of, or counts. */
const OF_TRYING =
  /err|exc|last|delay|wait|sleep|pause|back_?off|attempt|tries|retr|count|result|response|reply|body|start|end|time|now|true|false|null|nil|none/i;

const ASKS = /^\s*\}?\s*(?:if|elsif|elif|else if|unless|for|while|until)\b/;

/** What is tried once more is asked with something else than before, that the program knew under its name. */
export function isAskedOtherwise(block: readonly string[], had: ReadonlySet<string>): boolean {
  return block.some((line) => {
    const name = SET_ANEW.exec(line)?.[1];
    if (name === undefined || OF_TRYING.test(name)) return false;
    const isGiven = new RegExp(`\\([^()]*(?<![\\w])${name}(?![\\w(])`);
    return had.has(name) && block.some((other) => other !== line && !WAIT.test(other) && !ASKS.test(other) && isGiven.test(other));
  });
}

/** In new code, whatever it is for; where there were as many before, one was changed. A loop that was there may be given its pace. */
export function isWait(
  line: string,
  { lines, added, outline: { heads, ends }, hasMoreWaits, hasMoreTries, hadNames }: Source,
  at: number,
): boolean {
  if (hasMoreTries && AGAIN.test(line)) {
    const block = tried(lines, ends, at);
    if (!ASKED_AGAIN.test(block.join('\n')) && !isAskedOtherwise(block, hadNames)) return true;
  }
  if (!hasMoreWaits || !WAIT.test(line)) return false;
  for (let head = heads[at] as number; head >= 0 && !FUNCTION.test(lines[head] as string); head = heads[head] as number)
    if (LOOPS.test(lines[head] as string)) return added.has(head);
  return true;
}

/** What is tried: a loop, or all up to where Ruby says that it is to be tried once more. */
function tried(lines: readonly string[], ends: readonly number[], at: number): readonly string[] {
  if (!/^\s*retry\b/.test(lines[at] as string)) return lines.slice(at, ends[at]);
  const depth = indentOf(lines[at] as string);
  const from = nearest(lines, at, -1, (line) => indentOf(line) < depth && /^\s*(?:begin|def)\b|\bdo\b/.test(line));
  return lines.slice(Math.max(0, from), at);
}
