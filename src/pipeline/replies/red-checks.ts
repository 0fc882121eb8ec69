// Checks of a host that a request of ours has made red: read when nobody asks for anything else. First what failed is run again,
// once, which costs no money; then it is mended, once, or people are told why it is not.

import type { Asked } from '../../core/model.ts';
import { type Conversation, type FollowRules, marksOf, roundsOf } from '../../core/policy/follow-up.ts';
import {
  type CommitCheck,
  checksKey,
  lastLines,
  type MachineCause,
  machineCause,
  redOnes,
  spokenOfChecks,
} from '../../core/policy/red-checks.ts';
import type { Checks, Redact } from '../../ports.ts';

/** The newest state of checks, remembered while nothing can have come of them. */
export interface CheckWatch {
  /** Whether something is to be done about them. Costs two calls for a commit whose checks are under way or were just pushed. */
  isRed(request: number, conversation: Conversation, me: string | null, signal: AbortSignal): Promise<boolean>;
}

/** So many looks leave alone what has ended well, and what has no checks after as many. */
const LOOKS = 12;
const LOOKS_WITHOUT = 3;

export function createCheckWatch(checks: Checks, rules: FollowRules): CheckWatch {
  const quiet = new Map<number, { readonly head: string; left: number; without: number }>();
  return {
    async isRed(request, conversation, me, signal) {
      const { head } = conversation;
      if (head === null || !isOpenTo(rules, conversation, me)) return false;
      const before = quiet.get(request);
      const known = before?.head === head ? before : { head, left: 0, without: 0 };
      quiet.set(request, known);
      if (known.left > 0) {
        known.left -= 1;
        return false;
      }
      const found = await checks.of(head, signal);
      if (found.length === 0) known.without += 1;
      if (found.some(({ state }) => state === 'runs')) return false;
      if (found.length > 0 || known.without >= LOOKS_WITHOUT) known.left = LOOKS;
      const isRed = (await oursIn(checks, conversation, found, signal)).length > 0;
      if (isRed) known.left = 0;
      return isRed;
    },
  };
}

/** None is worth a word once it was tried, was spoken of on this commit, or no round is left. */
function isOpenTo(rules: FollowRules, conversation: Conversation, me: string | null): boolean {
  if (!rules.checks || conversation.state !== 'open' || conversation.head === null) return false;
  const marks = marksOf({ conversation, me });
  return roundsOf(marks) < rules.maxRounds && spokenOfChecks(marks, conversation.head) === undefined;
}

async function oursIn(
  checks: Checks,
  { base }: Conversation,
  found: readonly CommitCheck[],
  signal: AbortSignal,
): Promise<readonly CommitCheck[]> {
  if (base === null || !found.some(({ state }) => state === 'red')) return [];
  const red = redOnes(found, await checks.of(base, signal));
  return red === 'waits' ? [] : red;
}

export type CheckMove =
  | { readonly kind: 'nothing' }
  /** To be run again first, if its host does so. */
  | { readonly kind: 'again'; readonly red: readonly CommitCheck[]; readonly otherwise: CheckVerdict }
  | CheckVerdict;

export type CheckVerdict =
  | { readonly kind: 'mend'; readonly round: number; readonly asks: readonly Asked[] }
  | { readonly kind: 'tell'; readonly why: MachineCause | 'no-log'; readonly round: number; readonly asks: readonly Asked[] };

/** Checks whose logs are read. */
const MOST_READ = 3;
/** Of all logs together: the end of each says most. */
const MOST_CHARS = 18_000;

/** @param me id of our user */
export async function decideOnChecks(
  { checks, redact }: { readonly checks: Checks; readonly redact: Redact },
  rules: FollowRules,
  conversation: Conversation,
  me: string | null,
  signal: AbortSignal,
): Promise<CheckMove> {
  const { head } = conversation;
  if (head === null || !isOpenTo(rules, conversation, me)) return { kind: 'nothing' };
  const red = await oursIn(checks, conversation, await checks.of(head, signal), signal);
  if (red.length === 0) return { kind: 'nothing' };
  const read = await Promise.all(red.slice(0, MOST_READ).map(async (check) => ({ check, ...(await checks.why(head, check, signal)) })));
  const judged = read.map(({ check, notes, log }) => {
    const lines = log === null ? null : lastLines(log);
    return { check, lines, cause: machineCause(notes, lines) };
  });
  const round = roundsOf(marksOf({ conversation, me })) + 1;
  const key = checksKey(head, red);
  const askOf = ({ check, lines }: (typeof judged)[number]): Asked => ({
    key,
    author: redact(check.name),
    text:
      lines === null
        ? ''
        : redact(lines)
            .slice(-Math.floor(MOST_CHARS / judged.length))
            .toWellFormed(),
  });
  const code = judged.filter(({ cause, lines }) => cause === undefined && lines !== null);
  if (code.length > 0) return { kind: 'again', red, otherwise: { kind: 'mend', round, asks: code.map(askOf) } };
  const [first] = judged;
  const why = first?.cause ?? 'no-log';
  const tell = { kind: 'tell', why, round: 0, asks: judged.map((one) => ({ ...askOf(one), text: '' })) } as const;
  // What is used up is not there a minute later either.
  return why === 'quota' ? tell : { kind: 'again', red, otherwise: tell };
}

/** Whether what was to be mended is red still, on the same commit. */
export async function isStillRed(
  checks: Checks,
  rules: FollowRules,
  conversation: Conversation,
  me: string | null,
  asks: readonly Asked[],
  signal: AbortSignal,
): Promise<boolean> {
  const { head } = conversation;
  if (head === null || !isOpenTo(rules, conversation, me)) return false;
  const red = await oursIn(checks, conversation, await checks.of(head, signal), signal);
  return red.length > 0 && asks.every(({ key }) => key === checksKey(head, red));
}
