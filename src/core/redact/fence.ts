// Text of strangers as data in a prompt: without what hides, within a length, and in a fence that it cannot close.
// This is a wall of form only. It does not judge what the text says, and does not look for secrets: `redact.ts` does, before.
import { stripHidden } from './redact.ts';

/** The longest text of one event that a prompt carries. */
export const FENCE_CHARS = 20_000;

/** Letters that hide, join or re-shape others, beyond what `stripHidden` takes: fillers, variation selectors, annotations. */
const INVISIBLE =
  /\u034f|[\u115f\u1160\u17b4\u17b5]|[\u180b-\u180f]|[\u3164\uffa0]|[\ufe00-\ufe0f]|[\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
/** The tags of our own prompt and answer, however they are spaced. */
const OUR_TAGS = /<(?=\s*\/?\s*(?:code_block|log-|file-|fix-))/gi;

/**
 * Text that shows all that it holds: no control, zero-width, bidirectional or tag characters; line ends are `\n`.
 * @example visible('a\u001b[31mb\u200b\r\n') // 'ab\n'
 */
export function visible(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n');
  return stripHidden(lines).replace(INVISIBLE, '').toWellFormed();
}

/**
 * Fences text for a prompt: `<log-NONCE>` … `</log-NONCE>`, or the same with another tag of ours.
 * Whatever the bytes, the nonce does not occur within, and none of our tags does either.
 * @param nonce random, at least 8 lower-case letters and digits, made for this prompt alone
 */
export function fence(text: string, nonce: string, maxChars: number = FENCE_CHARS, tag: 'log' | 'fix' = 'log'): string {
  if (!/^[a-z0-9]{8,}$/.test(nonce)) throw new RangeError('a fence needs a nonce of at least 8 lower-case letters and digits');
  const tame = withoutNonce(cap(visible(text).replace(OUR_TAGS, '&lt;'), maxChars), nonce);
  return `<${tag}-${nonce}>\n${tame}\n</${tag}-${nonce}>`;
}

/** Keeps the head and the tail: the first and the last lines of an event say most. */
export function cap(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const tail = Math.floor(maxChars / 3);
  const head = maxChars - tail;
  const cut = `\n[… ${text.length - maxChars} characters left out …]\n`;
  return `${text.slice(0, head)}${cut}${text.slice(text.length - tail)}`.toWellFormed();
}

/** A guessed nonce is broken up. Repeated, because taking one out can join another. */
function withoutNonce(text: string, nonce: string): string {
  const pattern = new RegExp(nonce, 'gi');
  let tame = text;
  while (pattern.test(tame)) {
    pattern.lastIndex = 0;
    tame = tame.replace(pattern, '[…]');
    pattern.lastIndex = 0;
  }
  return tame;
}
