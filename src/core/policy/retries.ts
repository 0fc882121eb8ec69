// What becomes of a mail after a try: sent, tried again later, or given up. Only what is known not to have been delivered
// is tried again; what may have been is said to be uncertain and never repeated.
import type { DeliveryState } from '../model.ts';

/** What a try has shown. `not-delivered`: nobody has got it, and it may be different next time. */
export type TryResult =
  | { readonly kind: 'taken'; readonly said: string; readonly later: readonly string[] }
  /** `waitMs`: the other side has said that it does not look before. */
  | { readonly kind: 'not-delivered'; readonly said: string; readonly waitMs?: number }
  | { readonly kind: 'interrupted'; readonly said: string }
  | { readonly kind: 'refused'; readonly said: string }
  | { readonly kind: 'uncertain'; readonly said: string };

export interface Judged {
  readonly state: Extract<DeliveryState, 'queued' | 'sent' | 'refused' | 'uncertain' | 'expired'>;
  readonly detail: string;
  readonly dueAt?: string;
  readonly recipients?: readonly string[];
  readonly isTry: boolean;
}

/** Of a mail whose sender died: it had begun, and nobody can know. */
export const LOST_WITH_PROCESS = 'the process ended while it was being sent: it may or may not have been delivered; it is not sent again';

/** Minutes until the next try, after each one; the last one counts for all that follow. */
const PAUSES_MIN = [1, 5, 15, 60, 240] as const;

/** A mail that cannot be delivered for so long is no news any more. */
const MAX_AGE_MS = 3 * 86_400_000;
const MAX_TRIES = 25;
/** Whatever the other side says. */
const LONGEST_WAIT_MS = 86_400_000;

/**
 * @param mail with the tries before this one
 * @example afterTry({ createdAt, tries: 0 }, { kind: 'not-delivered', said }, now).dueAt // in a minute
 */
export function afterTry(mail: { readonly createdAt: string; readonly tries: number }, result: TryResult, now: Date): Judged {
  const { kind, said: detail } = result;
  if (kind === 'interrupted') return { state: 'queued', detail, dueAt: now.toISOString(), isTry: false };
  if (kind === 'taken' && result.later.length === 0) return { state: 'sent', detail, isTry: true };
  if (kind === 'refused' || kind === 'uncertain') return { state: kind, detail, isTry: true };
  const recipients = kind === 'taken' ? { recipients: result.later } : {};
  const tries = mail.tries + 1;
  const asked = kind === 'not-delivered' ? Math.min(result.waitMs ?? 0, LONGEST_WAIT_MS) : 0;
  const dueAt = new Date(now.getTime() + Math.max(asked, (PAUSES_MIN[Math.min(tries, PAUSES_MIN.length) - 1] ?? 0) * 60_000));
  if (tries >= MAX_TRIES || dueAt.getTime() - Date.parse(mail.createdAt) > MAX_AGE_MS)
    return { state: 'expired', detail: `given up after ${tries} ${tries === 1 ? 'try' : 'tries'}: ${detail}`, ...recipients, isTry: true };
  return { state: 'queued', detail, dueAt: dueAt.toISOString(), ...recipients, isTry: true };
}

/** A mail that nobody could send in its time, because mail was off or nothing ran: it is not sent as if it were news. */
export function tooLate({ createdAt }: { readonly createdAt: string }, now: Date): Judged | undefined {
  if (now.getTime() - Date.parse(createdAt) <= MAX_AGE_MS) return undefined;
  return { state: 'expired', detail: 'not sent within three days', isTry: false };
}
