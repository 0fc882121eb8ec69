// The base of an open request has moved: what that means is read from git and from what its host says, and decided by rule.

import type { Incident, Trace } from '../../core/model.ts';
import { type Conversation, type FollowRules, marksOf } from '../../core/policy/follow-up.ts';
import { type BaseMove, baseMove, framesIn, spokenOfBase } from '../../core/policy/moved-base.ts';
import { isTestPath } from '../../core/repository/test-paths.ts';
import type { Clock, PatchWriter, Repository } from '../../ports.ts';
import { carriedOnto, forkOf } from './own-change.ts';

/** Which bases were looked at for which request; one read of the remote for all requests of a look. */
export interface BaseWatch {
  /** A look begins. @returns whether the base has moved since the look before */
  begin(signal: AbortSignal): Promise<boolean>;
  /** Whether its request is to be held against the base as it is now. */
  hasMoved(request: number, conversation: Conversation): boolean;
  /** That was done, and there is nothing more to do until the base moves again. */
  done(request: number, conversation: Conversation): void;
}

export function createBaseWatch(base: Pick<Repository, 'sync'>): BaseWatch {
  const seen = new Map<number, string>();
  let tip = '';
  const nameOf = ({ head, isConflicting }: Conversation): string => `${tip} ${head ?? ''} ${isConflicting === true}`;
  return {
    async begin(signal) {
      const before = tip;
      tip = (await base.sync(signal)).commit;
      return tip !== before;
    },
    hasMoved: (request, conversation) =>
      conversation.base !== null &&
      (conversation.base !== tip || conversation.isConflicting === true) &&
      seen.get(request) !== nameOf(conversation),
    done: (request, conversation) => void seen.set(request, nameOf(conversation)),
  };
}

export interface MovedOn {
  readonly move: BaseMove;
  /** The base as it is now. */
  readonly onto: string;
}

const DAY_MS = 86_400_000;

export async function decideOnBase(
  ports: {
    readonly repository: Pick<Repository, 'sync' | 'about' | 'changed' | 'read'>;
    readonly patches: Pick<PatchWriter, 'diff'>;
    readonly clock: Clock;
  },
  rules: FollowRules,
  about: { readonly conversation: Conversation; readonly me: string | null; readonly trace: Trace; readonly incident: Incident },
  signal: AbortSignal,
): Promise<MovedOn> {
  const { repository, patches, clock } = ports;
  const { conversation, me, trace, incident } = about;
  const onto = (await repository.sync(signal)).commit;
  const nothing = { move: { kind: 'nothing' }, onto } as const;
  const { head, isConflicting } = conversation;
  const spoken = spokenOfBase(marksOf({ conversation, me }));
  if (head === null || spoken === 'over') return nothing;
  const fork = await forkOf(repository, head);
  if (fork === onto) return nothing;
  const code = (await carriedOnto(repository, patches, { head, fork, onto })).filter(({ path }) => !isTestPath(path));
  const level = trace.proof?.level;
  const facts = {
    isConflicting: isConflicting === true,
    isThere: code.length > 0 && code.every(({ outcome }) => outcome.kind === 'there'),
    isTouched: code.some(({ isTouched }) => isTouched),
    hasShown: level === 'L3' || level === 'L4',
    quietDays: (clock().getTime() - Date.parse(incident.last.time)) / DAY_MS,
    areFramesTouched: framesIn(incident.sample.frames, await repository.changed(fork, onto)),
  };
  return { move: baseMove(facts, rules.staleDays), onto };
}
