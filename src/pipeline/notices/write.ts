// The row `notify`, and every other piece of news: a notice is written, redacted and put into the outbox before it is sent.
// What it says comes from facts (`core/texts`); how it goes out is `deliver.ts`.

import type { Decision, Incident, NoticeKind, Outcome, Request, Trace } from '../../core/model.ts';
import { countWithheld } from '../../core/redact/redact.ts';
import { type News, type NewsText, newsText, STOPS, stoppedText } from '../../core/texts/news.ts';
import { noticeText } from '../../core/texts/notice.ts';
import { speaker, type TextLanguage } from '../../core/texts/phrases.ts';
import type { Clock, NewMail, Notice, Notifier, Redact } from '../../ports.ts';
import type { Job } from '../repair/job.ts';
import type { Telling, Work } from '../repair/step.ts';
import type { Fix } from '../steps/commit.ts';
import { deliver, type MailPorts } from './deliver.ts';

/** When mails are written, and how many at most. */
export interface MailPolicy {
  readonly on: readonly NoticeKind[];
  /** Beyond so many within an hour they wait for a digest. */
  readonly perHour: number;
  readonly digestMs: number;
  readonly language: TextLanguage;
}

export interface Writing {
  readonly notifiers: readonly Notifier[];
  readonly clock: Clock;
  readonly redact: Redact;
}

/** A patch beyond this is left out: the outbox is part of a file that is held in memory as a whole. In characters. */
const PATCH_LIMIT = 262_144;

/** Tells everybody who is configured of a request. What does not go out now goes out later (`deliver`). */
export function notify(job: Job, fix: Fix, made: Request): Work<void, void> {
  const run = async (tell: Telling): Promise<void> => {
    const { ports, settings, incident, trace } = job;
    if (ports.notifiers.length === 0) return tell.say('nobody to notify');
    const patch = attachable(fix.patch, ports.redact);
    const text = noticeText(fix.proposal, made.url, patch !== '');
    const line = `${text.subject}: ${made.url}`;
    const notice = { id: `trace.${trace}`, kind: 'proposed', trace, fingerprint: incident.fingerprint, ...text, line, patch } as const;
    const mails = mailsFor(notice, ports, settings.mail);
    if (mails.length === 0) return tell.say('not wanted: mail.on does not name it');
    await ports.outbox.put(mails);
    const results = await deliver(ports, job.signal, { trace });
    const now = await ports.outbox.mails({ trace });
    const words = mails.map(({ id, notifier }) => {
      const mail = now.find((one) => one.id === id && one.notifier === notifier);
      return mail?.state === 'held' ? `held for a digest until ${mail.dueAt}` : mail?.state === 'sent' ? mail.detail : '';
    });
    tell.say(words.filter(Boolean).join('; '));
    const failed = results.find(({ error }) => error !== undefined);
    if (failed) throw failed.error;
    const lost = now.find(({ id, state }) => id === notice.id && state !== 'sent' && state !== 'held');
    if (lost) tell.say([...words.filter(Boolean), lost.detail].join('; '));
  };
  return { run };
}

/** What is mailed of a repair that was refused or has failed. */
export function endingMails({ ports, settings, incident }: Job, outcome: Outcome): readonly NewMail[] {
  const { outcome: kind, trace, reason, request, guard, proof, costUsd } = outcome;
  if ((kind !== 'refused' && kind !== 'failed') || outcome.code === 'interrupted') return [];
  const news = { kind, language: settings.language, incident, trace, reason, url: request?.url, guard, proof, costUsd };
  return newsMails(news, ports, settings.mail);
}

/** What is mailed when something has become of a request. Of one that was only met here, its own box tells. */
export function sequelMails({ state, trace, outcome, request, sequel }: Trace, incident: Incident, ports: Writing, policy: MailPolicy) {
  if (outcome !== 'proposed' || !SEQUELS.has(state)) return [];
  const { mergedAt, again } = sequel ?? {};
  const facts = again
    ? [...(mergedAt ? [`${mergedAt}: ${speaker(policy.language)('merged')}`] : []), `${again.first}: ${again.count} ×`]
    : [];
  const kind = state as News['kind'];
  return newsMails({ kind, language: policy.language, incident, trace, url: request?.url, facts }, ports, policy);
}

const SEQUELS: ReadonlySet<string> = new Set(['merged', 'closed', 'confirmed', 'regressed']);

/** What is mailed of one incident, for `Outbox.put`; nothing where `mail.on` does not name it. */
export function newsMails(news: News, ports: Writing, policy: MailPolicy): readonly NewMail[] {
  const { kind, trace, incident } = news;
  return mailsFor(plain(`${kind}.${trace}`, kind, newsText(news), { trace, fingerprint: incident.fingerprint }), ports, policy);
}

/** Puts it into the outbox and tries to send it. @throws AiOpsError only of the ledger */
export async function announce(news: News, ports: Writing & MailPorts, policy: MailPolicy, signal: AbortSignal): Promise<void> {
  const mails = newsMails(news, ports, policy);
  if (mails.length === 0) return;
  await ports.outbox.put(mails);
  await deliver(ports, signal, { trace: news.trace });
}

/** A limit that holds all repairs back is worth one mail a day, however many incidents wait. */
export function stopMails({ reason, ...decision }: Decision, ports: Writing, policy: MailPolicy): readonly NewMail[] {
  if (!Object.hasOwn(STOPS, reason)) return [];
  const until = decision.kind === 'wait' ? decision.until : null;
  const id = `stopped.${reason}.${ports.clock().toISOString().slice(0, 10)}`;
  const text = stoppedText(policy.language, reason as keyof typeof STOPS, until);
  return mailsFor(plain(id, 'stopped', text, { trace: null, fingerprint: null }), ports, policy);
}

function plain(id: string, kind: NoticeKind, text: NewsText, about: Pick<Notice, 'trace' | 'fingerprint'>): Notice {
  return { id, kind, ...about, ...text, patch: '' };
}

function mailsFor(notice: Notice, { notifiers, clock, redact }: Writing, { on, perHour, digestMs }: MailPolicy): readonly NewMail[] {
  if (notice.kind !== 'digest' && !on.includes(notice.kind)) return [];
  const now = clock();
  const texts = {
    subject: redact(notice.subject),
    line: redact(notice.line),
    text: redact(notice.text),
    html: redact(notice.html),
  };
  const times = { createdAt: now.toISOString(), digestAt: new Date(now.getTime() + digestMs).toISOString() };
  return notifiers.map((notifier) => ({ ...notice, ...texts, ...notifier.address(notice.id), notifier: notifier.name, ...times, perHour }));
}

/** A patch is attached as it is or not at all: with something taken out of it, it would not apply. */
function attachable(patch: string, redact: Redact): string {
  return patch.length > PATCH_LIMIT || countWithheld(redact(patch)) > 0 ? '' : patch;
}
