// Sends what waits in the outbox: after each repair, at every sweep of a watcher, at the end of `fix` and `retry`.
// Each mail is taken before it is sent and settled after; what was cut off in between is never sent again.
import { afterTry, type TryResult, tooLate } from '../../core/policy/retries.ts';
import { digestText } from '../../core/texts/news.ts';
import type { TextLanguage } from '../../core/texts/phrases.ts';
import { type AiOpsError, asAiOpsError, type ErrorCode } from '../../errors.ts';
import type { Clock, NewMail, Notifier, Outbox, Redact, TakenMail } from '../../ports.ts';

export interface MailPorts {
  readonly outbox: Outbox;
  readonly notifiers: readonly Notifier[];
  readonly clock: Clock;
  readonly redact: Redact;
}

/** A mail that was tried. */
export interface Tried {
  readonly mail: TakenMail;
  readonly error?: AiOpsError;
}

/**
 * What is due goes out, digests too.
 * @param isLast the process ends: nobody knows when the next one comes, so a digest does not wait
 */
export async function post(ports: MailPorts, language: TextLanguage, signal: AbortSignal, isLast: boolean): Promise<readonly Tried[]> {
  if (ports.notifiers.length === 0 || signal.aborted) return [];
  await gatherHeld(ports, language, isLast);
  return deliver(ports, signal);
}

/** The next mail would come to the same, after the same wait. */
const OF_THE_SERVER: ReadonlySet<ErrorCode> = new Set(['mail-unreachable', 'mail-tls', 'mail-insecure', 'mail-auth']);

/** Sends what is due, one after the other. Errors of a mail are its own. @throws AiOpsError only of the ledger */
export async function deliver(
  ports: MailPorts,
  signal: AbortSignal,
  { trace }: { readonly trace?: string } = {},
): Promise<readonly Tried[]> {
  const { outbox, clock, notifiers } = ports;
  const tried: Tried[] = [];
  const now = clock();
  for (const notifier of notifiers) {
    // One at a time: what was taken when the process dies may have been sent, and is never taken again.
    while (!signal.aborted) {
      const mail = await outbox.take(now, notifier.name, trace);
      if (mail === undefined) break;
      const error = await send(mail, notifier, ports, signal);
      tried.push({ mail, ...(error ? { error } : {}) });
      if (error && OF_THE_SERVER.has(error.code)) break;
    }
  }
  return tried;
}

/**
 * Gathers what is held into one mail a notifier, when its time has come.
 * @param isLast nobody comes back for it: its time has come
 */
async function gatherHeld(ports: MailPorts, language: TextLanguage, isLast: boolean): Promise<void> {
  const { outbox, clock, notifiers, redact } = ports;
  const held = await outbox.mails({ states: ['held'] });
  const now = clock().toISOString();
  for (const notifier of notifiers) {
    const those = held.filter((mail) => mail.notifier === notifier.name);
    if (!those.some(({ dueAt }) => isLast || dueAt <= now)) continue;
    const id = `digest.${those[0]?.id ?? ''}`;
    const { subject, text, html } = digestText(language, those);
    const texts = { subject: redact(subject), line: redact(subject), text: redact(text), html: redact(html), patch: '' };
    const about = { kind: 'digest', trace: null, fingerprint: null, createdAt: now, digestAt: now, perHour: 0 } as const;
    const digest: NewMail = { id, notifier: notifier.name, ...about, ...texts, ...notifier.address(id) };
    await outbox.gather(
      digest,
      those.map((mail) => mail.id),
    );
  }
}

async function send(mail: TakenMail, notifier: Notifier, ports: MailPorts, signal: AbortSignal): Promise<AiOpsError | undefined> {
  const { outbox, clock, redact } = ports;
  const late = tooLate(mail, clock());
  if (late) {
    await outbox.settle(mail, { ...late, at: clock().toISOString() });
    return undefined;
  }
  const { result, error } = await tryOnce(notifier, mail, signal);
  const judged = afterTry(mail, { ...result, said: redact(result.said) }, clock());
  await outbox.settle(mail, { ...judged, at: clock().toISOString() });
  return error;
}

async function tryOnce(notifier: Notifier, mail: TakenMail, signal: AbortSignal): Promise<{ result: TryResult; error?: AiOpsError }> {
  if (signal.aborted) return { result: { kind: 'interrupted', said: 'interrupted before it was sent' } };
  try {
    const { said, later } = await notifier.send(mail, signal);
    return { result: { kind: 'taken', said, later } };
  } catch (thrown) {
    const error = asAiOpsError(thrown);
    return { result: { kind: kindOf(error), said: error.message }, error };
  }
}

/** Wrong settings are mended by a person, and nothing was delivered meanwhile: they are no end of a mail. */
const MENDED_LATER: ReadonlySet<ErrorCode> = new Set(['mail-auth', 'mail-insecure', 'file-unwritable']);

function kindOf({ code, retryable }: AiOpsError): Exclude<TryResult['kind'], 'taken'> {
  if (code === 'interrupted') return 'interrupted';
  // After a mistake of our own nobody knows how far it came.
  if (code === 'mail-uncertain' || code === 'bug') return 'uncertain';
  return retryable || MENDED_LATER.has(code) ? 'not-delivered' : 'refused';
}
