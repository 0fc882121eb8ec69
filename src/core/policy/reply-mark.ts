// What a reply of ours on a request carries, hidden, for all boxes and for ever: which words it is to, in which round, and
// how that ended. The text of a comment is written by whoever may comment: read it only of comments that are ours.

import { createHash } from 'node:crypto';

/** `commit`: one more commit was made; `none`: a reply, and no commit; `closed`: why it is closed; `stop`: nothing more will come of us. */
const REPLY_ENDINGS = ['commit', 'none', 'closed', 'stop'] as const;
export type ReplyEnding = (typeof REPLY_ENDINGS)[number];

export interface ReplyMark {
  /** Counts from 1; 0 where nothing was tried. */
  readonly round: number;
  readonly ending: ReplyEnding;
  /** Of the remarks that it answers, as `remarkKey` names them. */
  readonly keys: readonly string[];
  /** The commit that was made. */
  readonly commit?: string;
}

const HEAD = '<!-- ai-ops-reply:v1 ';
const MARK = /<!-- ai-ops-reply:v1 round=(\d{1,3}) ending=([a-z]+) keys=([\w:@,.-]*)(?: commit=([0-9a-f]{40,64}))? -->/;

/** Names a remark with the words that it had. */
export function remarkKey({ id, body }: { readonly id: string; readonly body: string }): string {
  return `${id}@${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
}

/** @example replyMark({ round: 1, ending: 'none', keys: ['comment:5@0123456789abcdef'] }) */
export function replyMark({ round, ending, keys, commit }: ReplyMark): string {
  return `${HEAD}round=${round} ending=${ending} keys=${keys.join(',')}${commit === undefined ? '' : ` commit=${commit}`} -->`;
}

/** @returns `undefined` where the text carries none */
export function readReplyMark(text: string): ReplyMark | undefined {
  const [, round, ending, keys = '', commit] = MARK.exec(text) ?? [];
  const known = REPLY_ENDINGS.find((each) => each === ending);
  if (round === undefined || known === undefined) return undefined;
  return { round: Number(round), ending: known, keys: keys.split(',').filter(Boolean), ...(commit === undefined ? {} : { commit }) };
}

/** The remark that a key is of, whatever its words. */
export const idOfKey = (key: string): string => key.split('@')[0] ?? '';
