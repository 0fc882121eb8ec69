// Sends what waits in the outbox: after each repair, at every sweep of a watcher, at the end of `fix` and `retry`.
// Each message is taken before it is sent and settled after; what was cut off in between is never sent again.
import { defined } from '../../core/defined.ts';
import { afterTry, type TryResult, tooLate } from '../../core/policy/retries.ts';
import { digestText } from '../../core/texts/mail/news.ts';
import type { Audience } from '../../core/texts/phrases.ts';
import { type AiOpsError, asAiOpsError } from '../../errors.ts';
import type { Clock, NewMessage, Notice, Notifier, Outbox, Redact, TakenMessage } from '../../ports.ts';
import { addressed } from './write.ts';

export interface PostPorts {
  readonly outbox: Outbox;
  readonly notifiers: readonly Notifier[];
  readonly clock: Clock;
  readonly redact: Redact;
}

/** A message that was tried. */
export interface Tried {
  readonly message: TakenMessage;
  readonly error?: AiOpsError;
}

/**
 * What is due goes out, digests too.
 * @param isLast the process ends: nobody knows when the next one comes, so a digest does not wait
 */
export async function post(ports: PostPorts, to: Audience, signal: AbortSignal, isLast: boolean): Promise<readonly Tried[]> {
  if (ports.notifiers.length === 0 || signal.aborted) return [];
  await gatherHeld(ports, to, isLast);
  return deliver(ports, signal);
}

/** Sends what is due, one after the other. Errors of a message are its own. @throws AiOpsError only of the ledger */
export async function deliver(
  ports: PostPorts,
  signal: AbortSignal,
  { trace }: { readonly trace?: string } = {},
): Promise<readonly Tried[]> {
  const { outbox, clock, notifiers } = ports;
  const tried: Tried[] = [];
  const now = clock();
  for (const notifier of notifiers) {
    // One at a time: what was taken when the process dies may have been sent, and is never taken again.
    while (!signal.aborted) {
      const message = await outbox.take(now, notifier.name, trace);
      if (message === undefined) break;
      const error = await send(message, notifier, ports, signal);
      tried.push({ message, ...defined({ error }) });
      // The next one would come to the same, after the same wait.
      if (error?.scope === 'server') break;
    }
  }
  return tried;
}

/**
 * Gathers what is held into one message a notifier, when its time has come.
 * @param isLast nobody comes back for it: its time has come
 */
async function gatherHeld(ports: PostPorts, to: Audience, isLast: boolean): Promise<void> {
  const { outbox, clock, notifiers, redact } = ports;
  const held = await outbox.deliveries({ states: ['held'] });
  const now = clock().toISOString();
  for (const notifier of notifiers) {
    const those = held.filter((message) => message.notifier === notifier.name);
    if (!those.some(({ dueAt }) => isLast || dueAt <= now)) continue;
    const id = `digest.${those[0]?.id ?? ''}`;
    const { subject, text, html } = digestText(to, those);
    const texts = { subject: redact(subject), line: redact(subject), text: redact(text), html: redact(html), patch: '' };
    const lines = those.map(({ line }) => redact(line));
    const told: Notice = { id, kind: 'digest', trace: null, fingerprint: null, ...texts, about: { title: texts.line, lines, url: null } };
    const digest: NewMessage = { ...addressed(told, notifier), createdAt: now, digestAt: now, perHour: 0 };
    await outbox.gather(
      digest,
      those.map((message) => message.id),
    );
  }
}

async function send(message: TakenMessage, notifier: Notifier, ports: PostPorts, signal: AbortSignal): Promise<AiOpsError | undefined> {
  const { outbox, clock, redact } = ports;
  const late = tooLate(message, clock());
  if (late) {
    await outbox.settle(message, { ...late, at: clock().toISOString() });
    return undefined;
  }
  const { result, error } = await tryOnce(notifier, message, signal);
  const judged = afterTry(message, { ...result, said: redact(result.said) }, clock());
  await outbox.settle(message, { ...judged, at: clock().toISOString() });
  return error;
}

async function tryOnce(notifier: Notifier, message: TakenMessage, signal: AbortSignal): Promise<{ result: TryResult; error?: AiOpsError }> {
  if (signal.aborted) return { result: { kind: 'interrupted', said: 'interrupted before it was sent' } };
  try {
    const { said, later } = await notifier.send(message, signal);
    return { result: { kind: 'taken', said, later } };
  } catch (thrown) {
    const error = asAiOpsError(thrown);
    return { result: { kind: kindOf(error), said: error.message, ...defined({ waitMs: waitOf(error) }) }, error };
  }
}

/** What the error's row in the catalogue says; where it says nothing, nobody knows how far it came. */
function kindOf({ code, reach }: AiOpsError): Exclude<TryResult['kind'], 'taken'> {
  if (code === 'interrupted') return 'interrupted';
  if (reach === 'nobody') return 'not-delivered';
  return reach === 'refused' ? 'refused' : 'uncertain';
}

/** The other side has said when it looks again. */
function waitOf({ cause }: AiOpsError): number | undefined {
  return typeof cause === 'object' && cause !== null && 'waitMs' in cause ? Number(cause.waitMs) : undefined;
}
