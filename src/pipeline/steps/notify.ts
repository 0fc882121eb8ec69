// The row `notify`: the request is told of. The message is in the outbox before it is sent.

import type { Request } from '../../core/model.ts';
import { countWithheld } from '../../core/redact/redact.ts';
import { noticeText } from '../../core/texts/mail/notice.ts';
import type { Redact } from '../../ports.ts';
import { deliver } from '../notices/deliver.ts';
import { messagesFor, sourcesOf } from '../notices/write.ts';
import type { Fix } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import type { Run } from '../repair/step.ts';

/** A patch beyond this is left out: the outbox is part of a file that is held in memory as a whole. In characters. */
const PATCH_LIMIT = 262_144;

/** Tells everybody who is configured of a request. What does not go out now goes out later (`deliver`). */
export function notify(job: Job, fix: Fix, made: Request): Run<'notify'> {
  return async (tell) => {
    const { ports, settings, incident, trace } = job;
    if (ports.notifiers.length === 0) return tell.say('nobody to notify');
    const patch = attachable(fix.patch, ports.redact);
    const text = noticeText(fix.proposal, made.url, patch !== '', settings.title);
    const line = `${text.subject}: ${made.url}`;
    const about = { trace, fingerprint: incident.fingerprint, sources: sourcesOf(incident) };
    const notice = { id: `trace.${trace}`, kind: 'proposed', ...about, ...text, line, patch } as const;
    const messages = messagesFor(notice, ports, settings.notices);
    if (messages.length === 0) return tell.say('not wanted: notify.on does not name it');
    await ports.outbox.put(messages);
    const results = await deliver(ports, job.signal, { trace });
    const now = await ports.outbox.deliveries({ trace });
    const words = messages.map(({ id, notifier }) => {
      const message = now.find((one) => one.id === id && one.notifier === notifier);
      return message?.state === 'held' ? `held for a digest until ${message.dueAt}` : message?.state === 'sent' ? message.detail : '';
    });
    tell.say(words.filter(Boolean).join('; '));
    const failed = results.find(({ error }) => error !== undefined);
    if (failed) throw failed.error;
    const lost = now.find(({ id, state }) => id === notice.id && state !== 'sent' && state !== 'held');
    if (lost) tell.say([...words.filter(Boolean), lost.detail].join('; '));
  };
}

/** A patch is attached as it is or not at all: with something taken out of it, it would not apply. */
function attachable(patch: string, redact: Redact): string {
  return patch.length > PATCH_LIMIT || countWithheld(redact(patch)) > 0 ? '' : patch;
}
