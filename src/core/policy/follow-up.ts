// Which words on a request of ours ask for something, and what is to be done about them. Pure: what the host shows comes in,
// one move goes out. The principle: an order is what a person with the right to change the code says on purpose to us: a review
// that asks for changes, the first line comment of a thread, or a comment that begins with our prefix. Everything else is
// talk among people, and left alone. What people do with the branch, the request or its label `ai-ops:stop` outranks all words,
// and ends it for ever: that is said once.

import { idOfKey, type ReplyMark, readReplyMark, remarkKey } from './reply-mark.ts';

/** Who has said something, as the host knows them. */
export interface Author {
  /** Stays when the name changes. */
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
}

/** One thing that was said on a request. */
export interface Remark {
  /** No other of the request: `comment:12`, `line:34`, `review:5`. */
  readonly id: string;
  /** `line` begins a thread at a line, `thread` goes on in one; `review` asks for changes. Approvals are none. */
  readonly kind: 'comment' | 'line' | 'thread' | 'review';
  readonly author: Author;
  readonly body: string;
  /** When it was written or changed last; ISO 8601 UTC. */
  readonly at: string;
  /** What a `line` is about. */
  readonly path?: string;
  readonly line?: number;
}

/** A request as people see it, with all that was said on it. */
export interface Conversation {
  readonly state: 'open' | 'merged' | 'closed';
  /** Commit at the tip of its branch; `null` where the host does not say. */
  readonly head: string | null;
  /** Commit of the base branch that its host compares it with; `null` where the host does not say. */
  readonly base: string | null;
  /** It cannot be merged into the base as it is now; `null` where its host has not worked that out, or does not say. */
  readonly isConflicting: boolean | null;
  /** It was closed by us; where it is open, somebody has opened it again. */
  readonly isClosedByUs: boolean;
  readonly labels: readonly string[];
  /** Oldest first. */
  readonly remarks: readonly Remark[];
}

export interface FollowRules {
  /** Reviews and line comments count; comments with the prefix always do. */
  readonly reviews: boolean;
  /** What a comment begins with that is for us. */
  readonly prefix: string;
  /** Days without the error after which a request may be closed whose error's files the base has changed; 0 for never. */
  readonly staleDays: number;
  /** Checks that the request has made red are mended. */
  readonly checks: boolean;
  /** Replies of ours on one request, at the most. */
  readonly maxRounds: number;
}

export interface FollowFacts {
  readonly conversation: Conversation;
  /** Id of the user that the token belongs to; `null` where the host does not say. */
  readonly me: string | null;
  /** Nothing but our own commits is on its branch. */
  readonly isOurHead: boolean;
  /** It was closed once, and a person has opened it again. */
  readonly wasReopened: boolean;
  /** The same may be asked for again: on an issue, where it is another try. */
  readonly mayRepeat?: boolean;
}

export type FollowMove =
  | { readonly kind: 'nothing'; readonly why: 'not-open' | 'ended' | 'no-ask' }
  /** More words may be on their way. */
  | { readonly kind: 'wait'; readonly until: string }
  | { readonly kind: 'reply'; readonly round: number; readonly asks: readonly Remark[] }
  /** To be said once; nothing more comes of us on this request. */
  | { readonly kind: 'stop'; readonly why: StopCause; readonly round: number; readonly asks: readonly Remark[] };

/** A point twice, too many rounds; a person has pushed, opened it again, or set the label. */
export type StopCause = 'twice' | 'rounds' | 'moved' | 'reopened' | 'label';

/** A review is many comments: so long after the last one it is taken for complete. */
export const QUIET_MS = 120_000;

export const STOP_LABEL = 'ai-ops:stop';

/** Words that ask for something, of one round. */
const MOST_ASKS = 20;

/**
 * @param mayAsk of those who may write to the project; asked of nobody else than those who have asked for something
 */
export function followMove(facts: FollowFacts, rules: FollowRules, mayAsk: (author: Author) => boolean, now: Date): FollowMove {
  const { conversation, isOurHead, wasReopened } = facts;
  const { state, labels } = conversation;
  if (state !== 'open') return { kind: 'nothing', why: 'not-open' };
  const marks = marksOf(facts);
  if (marks.some(({ ending }) => ending === 'stop')) return { kind: 'nothing', why: 'ended' };
  const rounds = roundsOf(marks);
  const answered = new Set(marks.flatMap(({ keys }) => keys.map(idOfKey)));
  const wanted = asksOf(facts, rules).filter(({ author }) => mayAsk(author));
  const asks = wanted.filter(({ id }) => !answered.has(id));
  const stop = (why: StopCause) => ({ kind: 'stop', why, round: rounds, asks: asks.slice(0, MOST_ASKS) }) as const;
  if (labels.includes(STOP_LABEL)) return stop('label');
  if (wasReopened || conversation.isClosedByUs) return stop('reopened');
  if (!isOurHead) return stop('moved');
  const newest = asks.map(({ at }) => Date.parse(at)).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (asks.length === 0) return { kind: 'nothing', why: 'no-ask' };
  if (newest + QUIET_MS > now.getTime()) return { kind: 'wait', until: new Date(newest + QUIET_MS).toISOString() };
  const before = wanted.filter(({ id }) => answered.has(id));
  if (!facts.mayRepeat && asks.some((ask) => before.some((other) => isSamePoint(ask, other, rules.prefix)))) return stop('twice');
  if (rounds >= rules.maxRounds) return stop('rounds');
  return { kind: 'reply', round: rounds + 1, asks: asks.slice(0, MOST_ASKS) };
}

/** Whose right to ask has to be known before anything is done; nobody where nothing is to be done. */
export function askers(facts: FollowFacts, rules: FollowRules, now: Date): readonly Author[] {
  const move = followMove(facts, rules, () => true, now);
  if (move.kind === 'nothing') return [];
  return [...new Map(asksOf(facts, rules).map(({ author }) => [author.id, author])).values()];
}

/** What asks for something, by whomever but bots and us. */
function asksOf(facts: FollowFacts, { reviews, prefix }: FollowRules): readonly Remark[] {
  return facts.conversation.remarks.filter((remark) => {
    if (remark.author.isBot || markOf(remark, facts) !== undefined) return false;
    if (beginsWith(remark.body, prefix)) return true;
    if (!reviews || remark.body.trim() === '') return false;
    return remark.kind === 'line' || remark.kind === 'review';
  });
}

/** As a word of its own: what only begins alike is for somebody else. */
function beginsWith(body: string, prefix: string): boolean {
  const text = body.trimStart();
  return text.startsWith(prefix) && /^\s+\S/.test(text.slice(prefix.length));
}

/** Our own replies carry a mark, and are of the token's user: who copies the mark is a stranger, who shares our user a person. */
function markOf({ author, body }: Remark, { me }: Pick<FollowFacts, 'me'>): ReplyMark | undefined {
  const isOurs = me === null ? author.isBot : author.id === me;
  return isOurs ? readReplyMark(body) : undefined;
}

/** What we have said on it ourselves, oldest first. */
export function marksOf(facts: Pick<FollowFacts, 'conversation' | 'me'>): readonly ReplyMark[] {
  return facts.conversation.remarks.flatMap((remark) => markOf(remark, facts) ?? []);
}

export const roundsOf = (marks: readonly ReplyMark[]): number => marks.reduce((most, { round }) => Math.max(most, round), 0);

/** What is asked, without the prefix. */
export function askedOf({ body }: Pick<Remark, 'body'>, prefix: string): string {
  return (beginsWith(body, prefix) ? body.trimStart().slice(prefix.length) : body).trim();
}

const NEAR_LINES = 5;
/** Share of all their words that two texts have in common. */
const NEAR_WORDS = 0.6;

function isSamePoint(one: Remark, other: Remark, prefix: string): boolean {
  if (one.path !== other.path) return false;
  if (one.line !== undefined && other.line !== undefined && Math.abs(one.line - other.line) > NEAR_LINES) return false;
  const [a, b] = [wordsOf(askedOf(one, prefix)), wordsOf(askedOf(other, prefix))];
  const common = [...a].filter((word) => b.has(word)).length;
  return common > 0 && common / (a.size + b.size - common) >= NEAR_WORDS;
}

/** Words, and each character of a script that has no blanks between them. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\u3040-\u30ff\u3400-\u9fff]|[\p{L}\p{N}_]+/gu) ?? []);
}

/** The digest-bound names of what is answered. */
export const keysOf = (asks: readonly Remark[]): readonly string[] => asks.map(remarkKey);
