// What one box tells all others of a bug through a ref on their common remote: that it is at work on it, or how a repair
// ended. Here stands what a claim says and what follows from it; who reads and writes it is `adapters/git/claims.ts`.
// The text of a claim is written by whoever may push: nothing of it gets out but what is checked here.

import type { OutcomeKind } from '../tables.ts';

/** `working`: a repair is under way. The others are tombstones: how the last repair ended. */
export type ClaimState = 'working' | 'refused' | 'failed';

export interface ClaimRecord {
  readonly fingerprint: string;
  /** Random name of one state directory. */
  readonly box: string;
  /** Makes two claims of one box differ. */
  readonly nonce: string;
  readonly state: ClaimState;
  /** When it was written and until when it holds; ISO 8601 UTC, by the remote's clock. */
  readonly at: string;
  readonly until: string;
  /** Repairs of this bug that were begun, by any box. */
  readonly attempts: number;
}

/** What is to be done about a claim ref as it stands. */
export type ClaimMove =
  | { readonly kind: 'create' }
  /** To be replaced by compare-and-swap. `isOurs`: the same repair goes on. */
  | { readonly kind: 'replace'; readonly isOurs: boolean }
  | { readonly kind: 'respect'; readonly until: Date; readonly state: ClaimState };

/** Two readings of the remote's clock, and the way between, may differ by this much; a quarter of a shorter claim. */
const MARGIN_MS = 30_000;

/** Nobody writes a claim that holds longer, or that is from so far ahead: it was written by hand, or by a broken clock. */
const LONGEST_MS = 31 * 86_400_000;
const AHEAD_MS = 3_600_000;

/** How long others leave alone what was refused, or was tried as often as the policy allows, in seconds. */
export const REST_SECONDS = 7 * 86_400;

/** A tombstone's time doubles with each attempt, as the dedupe window does. */
const MOST_DOUBLINGS = 10;

/** Name of a claim below its namespace: the version and the digits, without the colon that no ref may hold. */
export function claimName(fingerprint: string): string {
  return fingerprint.replace(':', '-').replace(/[^A-Za-z0-9-]/g, '');
}

/** One line of JSON: the message of the commit that a claim ref names. */
export function claimText(record: ClaimRecord): string {
  const { fingerprint, box, nonce, state, at, until, attempts } = record;
  return JSON.stringify({ aiOpsClaim: 1, fingerprint, box, nonce, state, at, until, attempts });
}

/**
 * Reads what `claimText` has written, also by a newer ai-ops that says more. A state it does not know is taken as `working`.
 * @returns `undefined` for anything else: it claims nothing
 */
export function readClaim(text: string, fingerprint: string): ClaimRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { fingerprint: of, box, nonce, state, at, until, attempts } = value as Readonly<Record<string, unknown>>;
  const isWord = (word: unknown): word is string => typeof word === 'string' && /^[A-Za-z0-9]{1,64}$/.test(word);
  if (of !== fingerprint || !isWord(box) || !isWord(nonce) || !isTime(at) || !isTime(until)) return undefined;
  const begun = typeof attempts === 'number' && Number.isSafeInteger(attempts) && attempts > 0 ? attempts : 1;
  const known = state === 'refused' || state === 'failed' ? state : 'working';
  return { fingerprint, box, nonce, state: known, at, until, attempts: begun };
}

/**
 * @param standing the claim that is there; `null` where there is none, `undefined` where nobody can read it
 * @param now by the remote's clock
 * @param asked a person has named the bug: how it ended elsewhere is no reason then, that somebody works on it is
 * @example judgeClaim(null, { box: 'b1', asked: false }, new Date()) // { kind: 'create' }
 */
export function judgeClaim(
  standing: ClaimRecord | null | undefined,
  me: { readonly box: string; readonly asked: boolean },
  now: Date,
): ClaimMove {
  if (standing === null) return { kind: 'create' };
  if (standing === undefined) return { kind: 'replace', isOurs: false };
  const { box, state, at, until } = standing;
  const isWorking = state === 'working';
  // What became of our own repairs stands in our ledger, which has judged already.
  if (box === me.box) return { kind: 'replace', isOurs: isWorking };
  const [from, to] = [Date.parse(at), Date.parse(until)];
  const margin = Math.min(MARGIN_MS, Math.max(0, to - from) / 4);
  const isAbsurd = to - from > LONGEST_MS || from > now.getTime() + AHEAD_MS;
  const isOver = to + margin <= now.getTime();
  if (isAbsurd || isOver || (me.asked && !isWorking)) return { kind: 'replace', isOurs: false };
  return { kind: 'respect', until: new Date(to + margin), state };
}

/** What is to become of our claim when its repair has ended. */
export type ClaimEnding =
  /** The repair goes on later: it stays as it is, until it expires. */
  | { readonly kind: 'keep' }
  /** Nothing was learned of the bug: another box may try at once. */
  | { readonly kind: 'release' }
  | { readonly kind: 'tombstone'; readonly state: 'refused' | 'failed'; readonly seconds: number };

export interface ClaimWindows {
  readonly dedupeWindowSeconds: number;
  readonly maxAttempts: number;
}

/**
 * @param ending how the repair ended, whether Claude was asked, for what was paid for is not paid for again by all others, and
 *   whether an issue tells of it
 * @param attempts of all boxes, this one included
 */
export function claimEnding(
  ending: { readonly kind: 'interrupted' | OutcomeKind; readonly asked: boolean; readonly hasIssue?: boolean },
  attempts: number,
  { dedupeWindowSeconds, maxAttempts }: ClaimWindows,
): ClaimEnding {
  const { kind, asked, hasIssue = false } = ending;
  if (kind === 'interrupted') return { kind: 'keep' };
  if (kind === 'proposed' || kind === 'skipped' || hasIssue || !asked) return { kind: 'release' };
  // Without an issue that they would find, the others learn of an answer from the tombstone alone.
  if (kind === 'declined' || kind === 'issued')
    return { kind: 'tombstone', state: 'refused', seconds: Math.max(REST_SECONDS, dedupeWindowSeconds) };
  const grown = dedupeWindowSeconds * 2 ** Math.min(attempts - 1, MOST_DOUBLINGS);
  const isLast = kind === 'refused' || attempts >= maxAttempts;
  return { kind: 'tombstone', state: kind, seconds: isLast ? Math.max(REST_SECONDS, dedupeWindowSeconds) : Math.min(grown, REST_SECONDS) };
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) && !Number.isNaN(Date.parse(value));
}
