// Which messages a piece of news makes: redacted, for everybody who is configured, where `notify.on` wants it.
// What they say comes from facts (`core/texts`); how they go out is `deliver.ts`.

import { defined } from '../../core/defined.ts';
import { localTime } from '../../core/local-time.ts';
import type { Decision, Incident, NoticeKind, Outcome, Trace, TraceState } from '../../core/model.ts';
import type { EventForm } from '../../core/tables.ts';
import { errorIn } from '../../core/texts/chinese/errors.ts';
import { toldIncident, toldWords } from '../../core/texts/incident/told-incident.ts';
import { type News, type NewsText, newsText, type Outage, outageText, STOPS, stoppedText } from '../../core/texts/mail/news.ts';
import { type Audience, speaker } from '../../core/texts/phrases.ts';
import { rowOf } from '../../errors.ts';
import type { Clock, Message, NewMessage, Notice, Notifier, Redact } from '../../ports.ts';

/** When messages are written, and how many at most. */
export interface NoticePolicy extends Audience {
  readonly on: readonly NoticeKind[];
  /** Beyond so many within an hour they wait for a digest. */
  readonly perHour: number;
  readonly digestMs: number;
  /** How much of the event is told. */
  readonly event: EventForm;
}

export interface Writing {
  readonly notifiers: readonly Notifier[];
  readonly clock: Clock;
  readonly redact: Redact;
}

/** What is told of a repair that came to no request. */
export function endingMessages(
  outcome: Outcome,
  incident: Incident,
  ports: Writing,
  policy: NoticePolicy,
  words?: string,
): readonly NewMessage[] {
  const { outcome: kind, trace, request, issue, guard, proof, costUsd } = outcome;
  if (kind === 'proposed' || kind === 'skipped' || outcome.code === 'interrupted') return [];
  const { language, zone } = policy;
  const url = request?.url ?? issue?.url;
  const said = errorIn(language, outcome.code, rowOf(outcome.code), { message: outcome.reason, hint: '' });
  return newsMessages(
    { kind, language, incident, trace, reason: said.message, url, guard, proof, costUsd, zone, ...defined({ words }) },
    ports,
    policy,
  );
}

/** What is told when something has become of a request. Of one that was only met here, its own box tells. */
export function sequelMessages(
  { state, trace, outcome, request, sequel }: Trace,
  { incident, place }: Pick<News, 'incident' | 'place'>,
  ports: Writing,
  policy: NoticePolicy,
) {
  const kind = SEQUELS[state];
  if (outcome !== 'proposed' || kind === null) return [];
  const { language, zone } = policy;
  const { mergedAt, again } = sequel ?? {};
  const facts = again
    ? [
        ...(mergedAt ? [`${localTime(mergedAt, zone)}: ${speaker(language)('merged')}`] : []),
        `${localTime(again.first, zone)}: ${again.count} ×`,
      ]
    : [];
  return newsMessages({ kind, language, incident, place, trace, url: request?.url, facts, zone }, ports, policy);
}

/** What is told when a trace takes a state after its repair. */
const SEQUELS: Readonly<Record<TraceState, News['kind'] | null>> = {
  running: null,
  proposed: null,
  issued: null,
  declined: null,
  merged: 'merged',
  closed: 'closed',
  confirmed: 'confirmed',
  regressed: 'regressed',
  refused: null,
  failed: null,
  skipped: null,
  interrupted: null,
};

/** What is told of one incident, for `Outbox.put`; nothing where `notify.on` does not name it. */
export function newsMessages(news: News, ports: Writing, policy: NoticePolicy): readonly NewMessage[] {
  const { kind, trace, incident, words } = news;
  const told = {
    ...news,
    incident: toldIncident(incident, policy.event, ports.redact),
    ...defined({ words: words && toldWords(words, policy.event) }),
  };
  const about = { trace, fingerprint: threadOf(incident), sources: sourcesOf(incident) };
  return messagesFor(plain(`${kind}.${trace}`, kind, newsText(told), about), ports, policy);
}

/** Where it was seen first and last, and where its sample is from. */
export const sourcesOf = ({ first, last, sample }: Incident): readonly string[] => [...new Set([sample.source, first.source, last.source])];

/** Mails of one incident stay in the thread that its first ones began, whatever it was called then. */
const threadOf = ({ fingerprint, formerly }: Incident): string => formerly?.[0] ?? fingerprint;

/** A limit that holds all repairs back is worth one message a day, however many incidents wait. */
export function stopMessages({ reason, ...decision }: Decision, ports: Writing, policy: NoticePolicy): readonly NewMessage[] {
  if (!Object.hasOwn(STOPS, reason)) return [];
  const until = decision.kind === 'wait' ? decision.until : null;
  const id = `stopped.${reason}.${ports.clock().toISOString().slice(0, 10)}`;
  const text = stoppedText(policy, reason as keyof typeof STOPS, until);
  return messagesFor(plain(id, 'stopped', text, { trace: null, fingerprint: null }), ports, policy);
}

/** What no change of the code mends, for `Outbox.put`: one of the same id is told once, however often it is found. */
export function outageMessages(
  { id, ...outage }: Outage & { readonly id: string },
  ports: Writing,
  policy: NoticePolicy,
): readonly NewMessage[] {
  const only = outage.members.length === 1 ? outage.members[0] : undefined;
  const about = { trace: null, fingerprint: only?.fingerprint ?? null };
  const members = outage.members.map((member) => toldIncident(member, policy.event, ports.redact));
  const text = outageText(policy, { ...outage, members, what: toldWords(outage.what, policy.event) });
  return messagesFor(plain(`environment.${id}`, 'environment', text, about), ports, policy);
}

function plain(id: string, kind: NoticeKind, text: NewsText, about: Pick<Notice, 'trace' | 'fingerprint' | 'sources'>): Notice {
  return { id, kind, ...about, ...text, patch: '' };
}

/** A notice as one notifier sends it. */
export function addressed({ about, sources, ...notice }: Notice, notifier: Notifier): Message {
  const own = notifier.texts?.({ ...notice, ...defined({ about, sources }) }) ?? {};
  return { ...notice, ...own, ...notifier.address(notice.id), notifier: notifier.name };
}

/** Every text in a value of JSON. */
function redacted<T>(value: T, redact: Redact): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => redacted(each, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redacted(each, redact)])) as T;
}

/** One message for each notifier; none where `notify.on` does not name its kind. */
export function messagesFor(
  notice: Notice,
  { notifiers, clock, redact }: Writing,
  { on, perHour, digestMs }: NoticePolicy,
): readonly NewMessage[] {
  const isNamed = notice.kind === 'digest' || on.includes(notice.kind);
  const wanted = notifiers.filter((notifier) => notifier.takes?.(notice) ?? isNamed);
  if (wanted.length === 0) return [];
  const now = clock();
  const texts = {
    subject: redact(notice.subject),
    line: redact(notice.line),
    text: redact(notice.text),
    html: redact(notice.html),
  };
  const times = { createdAt: now.toISOString(), digestAt: new Date(now.getTime() + digestMs).toISOString() };
  const { about, ...plainly } = notice;
  const clean: Notice = { ...plainly, ...texts, ...defined({ about: about && redacted(about, redact) }) };
  const most = (notifier: Notifier): number => (notifier.takes === undefined ? perHour : Number.MAX_SAFE_INTEGER);
  return wanted.map((notifier) => ({ ...addressed(clean, notifier), ...times, perHour: most(notifier) }));
}
