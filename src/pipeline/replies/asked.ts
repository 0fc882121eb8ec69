// What is asked for on one request, as it stands now: read on the host, decided by rule. Rights are asked for at this moment.

import type { Request } from '../../core/model.ts';
import { askers, type Conversation, type FollowMove, type FollowRules, followMove } from '../../core/policy/follow-up.ts';
import { readReplyMark } from '../../core/policy/reply-mark.ts';
import type { Clock, Repository, Talk } from '../../ports.ts';

export interface AskedPorts {
  readonly talk: Talk;
  /** With the branch of the request in the place of the base branch. */
  readonly repository: Pick<Repository, 'sync' | 'tip'>;
  readonly clock: Clock;
}

export interface AskedOn {
  readonly request: Request;
  readonly branch: string;
  /** Commits of ours that may be at its tip. */
  readonly known: readonly string[];
  /** A person has opened it again after it was closed. */
  readonly wasReopened?: boolean;
}

export interface Found {
  readonly move: FollowMove;
  readonly conversation: Conversation;
}

/** @returns `null` where the request is gone */
export async function decideOn(ports: AskedPorts, rules: FollowRules, on: AskedOn, signal: AbortSignal): Promise<Found | null> {
  const { talk, clock } = ports;
  const { request, wasReopened = false } = on;
  if (request.number === null) return null;
  const conversation = await talk.read(request.number, signal, { isFresh: true });
  if (conversation === null) return null;
  const me = await talk.me(signal);
  const facts = { conversation, me, isOurHead: true, wasReopened };
  const may = new Set<string>();
  for (const author of askers(facts, rules, clock())) if (await talk.mayAsk(author, signal)) may.add(author.id);
  const decide = (isOurHead: boolean): FollowMove => followMove({ ...facts, isOurHead }, rules, ({ id }) => may.has(id), clock());
  const move = decide(true);
  if (move.kind === 'nothing' && move.why !== 'no-ask') return { move, conversation };
  return { move: decide(await isOurs(ports, on, conversation, me, signal)), conversation };
}

/** A commit that our ledger knows, that a reply of ours names, or that says itself that an ai-ops made it. */
async function isOurs(
  { repository }: Pick<AskedPorts, 'repository'>,
  { known, branch }: Pick<AskedOn, 'known' | 'branch'>,
  { head, remarks }: Conversation,
  me: string | null,
  signal: AbortSignal,
): Promise<boolean> {
  if (head === null) return false;
  const named = remarks.filter(({ author }) => author.id === me).flatMap(({ body }) => readReplyMark(body)?.commit ?? []);
  if (known.includes(head) || named.includes(head)) return true;
  const base = await repository.sync(signal);
  const tip = await repository.tip(branch, base.commit, signal);
  return tip?.commit === head && tip.isOurs;
}
