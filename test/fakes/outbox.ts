// The outbox in plain memory, over a state that several ledgers may share.

import type { DeliveryRecord, DeliveryState } from '../../src/core/model.ts';
import { LOST_WITH_PROCESS } from '../../src/core/policy/retries.ts';
import type { NewMessage, Outbox } from '../../src/ports.ts';

export interface KeptMail extends NewMessage {
  readonly state: DeliveryState;
  readonly tries: number;
  readonly dueAt: string;
  readonly changedAt: string;
  readonly detail: string;
  readonly holder?: object;
}

const keyOf = ({ id, notifier }: { readonly id: string; readonly notifier: string }): string => `${id}\n${notifier}`;

export function createMemoryOutbox(kept: Map<string, KeptMail>, me: object): Outbox & { loseMine(): void } {
  const change = (key: string, fields: Partial<KeptMail>): void => {
    const mail = kept.get(key);
    if (mail) kept.set(key, { ...mail, ...fields });
  };
  const put = (mail: NewMessage): void => {
    if (kept.has(keyOf(mail))) return;
    const since = new Date(Date.parse(mail.createdAt) - 3_600_000).toISOString();
    const lately = [...kept.values()].filter(
      (one) =>
        one.notifier === mail.notifier && one.createdAt > since && one.kind !== 'digest' && !['held', 'gathered'].includes(one.state),
    );
    const isHeld = mail.kind !== 'digest' && lately.length >= mail.perHour;
    const times = { dueAt: isHeld ? mail.digestAt : mail.createdAt, changedAt: mail.createdAt };
    kept.set(keyOf(mail), { ...mail, ...times, state: isHeld ? 'held' : 'queued', tries: 0, detail: '' });
  };
  return {
    put: async (mails) => {
      for (const mail of mails) put(mail);
    },
    take: async (now, notifier, trace) => {
      const due = [...kept.values()].find(
        (mail) =>
          mail.notifier === notifier && mail.state === 'queued' && mail.dueAt <= now.toISOString() && (trace ?? mail.trace) === mail.trace,
      );
      if (due) change(keyOf(due), { state: 'sending', holder: me });
      return due;
    },
    settle: async (mail, { state, detail, at, dueAt, recipients, isTry }) => {
      const { tries = 0 } = kept.get(keyOf(mail)) ?? {};
      const next = { ...(dueAt === undefined ? {} : { dueAt }), ...(recipients === undefined ? {} : { recipients }) };
      change(keyOf(mail), { state, detail, changedAt: at, tries: tries + (isTry ? 1 : 0), ...next });
    },
    gather: async (digest, ids) => {
      const keys = ids.map((id) => keyOf({ id, notifier: digest.notifier }));
      if (!keys.every((key) => kept.get(key)?.state === 'held')) return;
      put(digest);
      for (const key of keys) change(key, { state: 'gathered', detail: `in the digest ${digest.id}`, changedAt: digest.createdAt });
    },
    deliveries: async ({ trace, states } = {}) =>
      [...kept.values()].filter((mail) => (trace ?? mail.trace) === mail.trace && (states?.includes(mail.state) ?? true)).map(recordOf),
    loseMine: () => {
      for (const mail of kept.values())
        if (mail.state === 'sending' && mail.holder === me)
          change(keyOf(mail), { state: 'uncertain', detail: LOST_WITH_PROCESS, tries: mail.tries + 1 });
    },
  };
}

function recordOf(mail: KeptMail): DeliveryRecord {
  const { id, notifier, kind, trace, fingerprint, deliveryId, recipients, subject, line } = mail;
  const { state, tries, createdAt, dueAt, changedAt, detail } = mail;
  return {
    id,
    notifier,
    kind,
    trace,
    fingerprint,
    deliveryId,
    recipients,
    subject,
    line,
    state,
    tries,
    createdAt,
    dueAt,
    changedAt,
    detail,
  };
}
