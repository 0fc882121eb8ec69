// What `ai-ops doctor` says of the outbox: mails that wait, and mails that came to a bad end lately.
import type { MailRecord } from '../core/model.ts';
import type { Check } from '../ports.ts';

const LATELY_MS = 24 * 3_600_000;

/** Nothing where nothing waits and nothing went wrong within a day. */
export function outboxChecks(mails: readonly MailRecord[], now: Date): readonly Check[] {
  const name = 'outbox';
  const since = new Date(now.getTime() - LATELY_MS).toISOString();
  const waiting = mails.filter(({ state, tries }) => state === 'queued' && tries > 0);
  const lost = mails.filter(({ state, changedAt }) => ['refused', 'uncertain', 'expired'].includes(state) && changedAt >= since);
  return [
    ...told(name, waiting, 'not delivered yet', 'they go with the next `ai-ops watch`, `fix` or `retry` once the mail server takes them'),
    ...told(name, lost, 'not delivered for sure, within a day', 'see `ai-ops status TRACE`; they are not sent again'),
  ];
}

function told(name: string, mails: readonly MailRecord[], what: string, hint: string): readonly Check[] {
  const last = mails.at(-1);
  if (last === undefined) return [];
  const count = mails.length === 1 ? '1 mail' : `${mails.length} mails`;
  return [{ name, status: 'warning', detail: `${count} ${what}; the last: ${last.state}, ${last.detail}`, hint }];
}
