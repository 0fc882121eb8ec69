// The mails that are no request: a repair that was refused or has failed, what became of a request, repairs that are held
// back by a limit, and the digest of many. From facts, in the same layout as the mail about a request.

import { defined } from '../../defined.ts';
import { strictest } from '../../guard/judge.ts';
import { localTime } from '../../local-time.ts';
import type { DeliveryRecord, Incident, NoticeKind, Proof, Verdict } from '../../model.ts';
import { usd } from '../../money.ts';
import { detailIn } from '../chinese/details.ts';
import { type IncidentPlace, incidentName, incidentPlace, placeWords } from '../incident/incident-name.ts';
import { plain } from '../last-change.ts';
import { oneLine, plainTitle } from '../markdown.ts';
import { type Audience, type Phrase, speaker } from '../phrases.ts';
import { levelWords, shownWords } from '../proof-words.ts';
import { broke, commandWords, ending } from '../request.ts';
import { type MailText, mailText, type NoticeAbout, type Section } from './layout.ts';

/** What is told of one incident. */
export interface News extends Audience {
  readonly kind: Exclude<NoticeKind, 'proposed' | 'stopped' | 'environment'>;
  readonly incident: Incident;
  /** Where it arose, where the repository was asked. */
  readonly place?: IncidentPlace | undefined;
  readonly trace: string;
  /** Why, in one sentence, where that is not said by the kind. */
  readonly reason?: string;
  /** Address of the request that it is about. */
  readonly url?: string | undefined;
  readonly guard?: readonly Verdict[];
  readonly proof?: Proof | null;
  readonly costUsd?: number | null;
  /** What Claude said, where that is the news; redacted. */
  readonly words?: string;
  /** Further facts, a line each: what was seen since a merge, for example. */
  readonly facts?: readonly string[];
}

/** A mail and what a digest says of it. */
export interface NewsText extends MailText {
  readonly line: string;
}

type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;

const TITLES = {
  issued: 'newsIssued',
  declined: 'newsDeclined',
  refused: 'newsRefused',
  failed: 'newsFailed',
  merged: 'newsMerged',
  closed: 'newsClosed',
  confirmed: 'newsConfirmed',
  regressed: 'newsRegressed',
} as const satisfies Readonly<Record<News['kind'], Phrase>>;

const NEXT = {
  issued: 'nextIssued',
  declined: 'nextDeclined',
  refused: 'nextRefused',
  failed: 'nextFailed',
  merged: 'nextMerged',
  closed: 'nextClosed',
  confirmed: 'nextConfirmed',
  regressed: 'nextRegressed',
} as const satisfies Readonly<Record<News['kind'], Phrase>>;

/** The reasons of `decide` that hold everything back, and their sentences. */
export const STOPS = {
  'hourly-limit': 'stopHourly',
  'daily-limit': 'stopDaily',
  'daily-usd-limit': 'stopMoney',
  breaker: 'stopBreaker',
} as const;

/** @example newsText({ kind: 'failed', language: 'en', incident, trace, reason }).subject // '[ai-ops] Repair failed: TypeError in …' */
export function newsText(news: News): NewsText {
  const { kind, language, incident, place = incidentPlace(incident), reason, url, trace } = news;
  const say = speaker(language);
  const title = say(TITLES[kind], { what: plainTitle(incidentName(incident, place), 160) });
  const next = say(NEXT[kind], { trace });
  const at = kind === 'issued' || kind === 'declined' ? 'mailIssue' : 'mailRequest';
  const intro = [...(url === undefined ? [] : [say(at, { url })]), next];
  const text = mailText({
    language,
    subject: say('mailSubject', { title }),
    title,
    intro,
    link: url,
    next,
    sections: sectionsOf(news, say),
  });
  const { guard = [], proof, facts = [] } = news;
  const objections = guard.filter(({ verdict }) => verdict !== 'allow');
  const about: NoticeAbout = {
    title,
    url: url ?? null,
    lines: [
      broke({ incident, ...defined({ place }), zone: news.zone }, say, plain),
      ...(reason === undefined ? [] : [`${say('reason')}: ${oneLine(reason, 500)}`]),
      ...objections.map(({ rule, detail }) => `${say('guard')}: ${oneLine(detailIn(language, detail), 300)} (${rule})`),
      ...facts,
      next,
    ],
    ...incidentFacts(incident, place),
    ...defined({ reason, proof: proof ? { level: proof.level, reproduced: proof.reproduced ?? 'unknown' } : undefined }),
    guard: objections,
  };
  return { ...text, about, line: oneLine([title, reason, url].filter(Boolean).join(': ')) };
}

/** What of an incident stands in every notice about it. */
export function incidentFacts(
  { count, first, last }: Pick<Incident, 'count' | 'first' | 'last'>,
  place: IncidentPlace | undefined,
): Pick<NoticeAbout, 'place' | 'count' | 'firstAt' | 'lastAt'> {
  return { ...defined({ place: place && placeWords(place) }), count, firstAt: first.time, lastAt: last.time };
}

/** @param until when it is over by itself, ISO 8601 UTC; `null` where nobody knows */
export function stoppedText({ language, zone }: Audience, reason: keyof typeof STOPS, until: string | null): NewsText {
  const say = speaker(language);
  const why = say(STOPS[reason]);
  const title = say('newsStopped', { why });
  const next = say('nextStopped');
  const lines = [why, ...(until === null ? [] : [say('stoppedUntil', { until: localTime(until, zone) })])];
  const sections = [{ heading: say('reason'), lines }];
  const about = { title, lines: [...lines, next], url: null, reason };
  return { ...mailText({ language, subject: say('mailSubject', { title }), title, intro: [next], next, sections }), about, line: title };
}

/** What no change of the code mends: how far it is, what its places share, and where it was seen. */
export interface Outage {
  readonly stage: 'began' | 'worse' | 'over';
  readonly what: string;
  readonly members: readonly Incident[];
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

const OUTAGE_TITLES = { began: 'newsOutage', worse: 'newsOutageWorse', over: 'newsOutageOver' } as const satisfies Readonly<
  Record<Outage['stage'], Phrase>
>;

/** @example outageText({ language: 'en' }, outage).subject // '[ai-ops] No fault of the code: ECONNREFUSED, 12 times' */
export function outageText({ language, zone }: Audience, { stage, what, members, count, firstAt, lastAt }: Outage): NewsText {
  const say = speaker(language);
  const title = say(OUTAGE_TITLES[stage], { what: oneLine(what, 120), count });
  const next = say(stage === 'over' ? 'nextOutageOver' : 'nextOutage');
  const places = members
    .slice(0, MOST_LINES)
    .map(({ title: name, count: times, last }) => oneLine(`${times} × ${name} (${last.source}:${last.line})`));
  const sections: readonly Section[] = [
    { heading: say('happened'), lines: [say('outageSeen', { count, first: localTime(firstAt, zone), last: localTime(lastAt, zone) })] },
    { heading: `${say('places')}: ${members.length}`, lines: places },
  ];
  const about = { title, lines: [...(sections[0]?.lines ?? []), ...places.slice(0, 5), next], url: null, count, firstAt, lastAt };
  return { ...mailText({ language, subject: say('mailSubject', { title }), title, intro: [next], next, sections }), about, line: title };
}

/** Lines of one digest; the rest is a number. */
const MOST_LINES = 200;

export function digestText(
  { language, zone }: Audience,
  held: readonly Pick<DeliveryRecord, 'kind' | 'line' | 'createdAt' | 'trace'>[],
): MailText {
  const say = speaker(language);
  const title = say('newsDigest', { count: held.length });
  const next = say('nextDigest');
  const shown = held.slice(0, MOST_LINES);
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  const told = ({ createdAt, line, trace }: (typeof shown)[number]): string =>
    `${localTime(createdAt, zone, 'minutes')} ${line}${trace === null ? '' : ` (${trace})`}`;
  const sections: readonly Section[] = kinds.map((kind) => {
    const those = shown.filter((mail) => mail.kind === kind);
    return { heading: `${say(kind === 'digest' ? 'mails' : kind)}: ${those.length}`, lines: those.map((mail) => oneLine(told(mail), 400)) };
  });
  const rest = held.length - shown.length;
  const more = rest === 0 ? [] : [{ heading: say('more', { count: rest }), lines: [] }];
  return mailText({ language, subject: say('mailSubject', { title }), title, intro: [next], next, sections: [...sections, ...more] });
}

function sectionsOf(news: News, say: Say): readonly Section[] {
  const { language, zone, incident, reason, words, facts = [], guard = [], proof, costUsd, trace } = news;
  const { first, last } = incident;
  const unknown = say('costUnknown');
  const objections = guard.filter(({ verdict }) => verdict === strictest(guard) && verdict !== 'allow');
  return [
    ...(reason === undefined ? [] : [{ heading: say('reason'), lines: [oneLine(reason, 1000)] }]),
    ...(words === undefined
      ? []
      : [
          {
            heading: say('words', { who: 'Claude' }),
            lines: words
              .split('\n')
              .slice(0, MOST_LINES)
              .map((each) => oneLine(each, 1000)),
          },
        ]),
    ...(facts.length === 0 ? [] : [{ heading: say('since'), lines: facts.map((fact) => oneLine(fact)) }]),
    {
      heading: say('happened'),
      lines: [
        incident.title,
        say('seen', {
          count: incident.count,
          first: localTime(first.time, zone),
          last: localTime(last.time, zone),
          source: last.source,
          line: last.line,
        }),
      ].map((line) => oneLine(line)),
    },
    ...(objections.length === 0
      ? []
      : [{ heading: say('guard'), lines: objections.map(({ rule, detail }) => oneLine(`${rule}: ${detailIn(language, detail)}`, 500)) }]),
    ...(proof ? [{ heading: `${say('proof')}: ${levelWords(proof, say)}`, lines: proofLines(proof, language, say) }] : []),
    {
      heading: say('made'),
      lines: [
        ...(costUsd === undefined ? [] : [say('costOne', { usd: costUsd === null ? unknown : usd(costUsd) })]),
        say('trace', { trace }).replaceAll('`', ''),
        incident.fingerprint,
      ],
    },
  ];
}

function proofLines(proof: Proof, language: Audience['language'], say: Say): readonly string[] {
  const runs = proof.commands.map(
    (run) =>
      `${commandWords(run, say, (text) => text)}: ${say('before')} ${ending(run.before, say)}, ${say('after')} ${ending(run.after, say)}`,
  );
  return [detailIn(language, proof.detail), ...shownWords(proof, say), ...runs].map((line) => oneLine(line, 500));
}
