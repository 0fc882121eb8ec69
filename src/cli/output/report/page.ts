// One page of HTML about everything the ledger knows. It stands alone: no outside reference, one script of our own, and a policy
// that forbids the browser every request and every other script. All texts come from strangers: each goes through `cells.ts`.
import { mergedFacts } from '../../../core/facts.ts';
import type { Facts } from '../../../core/model.ts';
import { stripHidden } from '../../../core/redact/redact.ts';
import { shortFingerprint } from '../../../core/texts/branch.ts';
import { detailIn } from '../../../core/texts/chinese/details.ts';
import { type SayHere, sayIn } from '../../../core/texts/chinese/say.ts';
import { factParts } from '../../../core/texts/incident/facts.ts';
import { speaker, type TextLanguage } from '../../../core/texts/phrases.ts';
import { machineZone } from '../../../platform/zone.ts';
import { STATE_COLOURS } from '../states.ts';
import { duration, usd } from '../units.ts';
import { badge, idOf, link, moment, table, text } from './cells.ts';
import { type Bar, bars, columns } from './charts.ts';
import { type IncidentPage, incidentSection, type Page, pageId } from './incident.ts';
import { daysOf, levelsOf, statesOf, stepTimesOf, summaryOf } from './numbers.ts';
import { SCRIPT, SCRIPT_SOURCE } from './script.ts';
import { STYLE } from './style.ts';
import { type NamedTrace, traceSection } from './trace.ts';

export interface ReportFacts {
  /** Seen last first. */
  readonly incidents: readonly IncidentPage[];
  /** All repairs, newest first, with steps and diffs, and what their incidents are called. */
  readonly traces: readonly NamedTrace[];
  /** Those whose incidents are not among these. */
  readonly others: readonly NamedTrace[];
  /** Whose it is, where it is of one and that is known. */
  readonly repository?: string;
  /** It is of all repositories of the state directory. */
  readonly withRepository: boolean;
  readonly version: string;
  readonly now: Date;
  readonly language: TextLanguage;
  /** What is not on the page, in words; empty where all is. */
  readonly left: readonly string[];
}

/** Characters of samples, diffs and Claude's words on one page; what comes after is left out with a mark. */
const BODY_BUDGET = 8_388_608;

/** Values of one name, of all incidents on the page. */
const MOST_HEARD = 1000;

/** Bars of the chart of incidents. */
const MOST_INCIDENTS = 10;

export function reportPage(facts: ReportFacts): string {
  const { incidents, traces, others, repository, withRepository, version, now, left, language } = facts;
  const say = sayIn(language);
  let room = BODY_BUDGET;
  const take = (characters: number): boolean => {
    room -= characters;
    return room >= 0;
  };
  const heard = incidents.reduce<Facts>((all, { incident }) => mergedFacts(all, incident.facts, () => MOST_HEARD) ?? all, {});
  const flat = (words: string): string => stripHidden(words).replace(/\s+/g, ' ').trim();
  const came: Page['came'] = (of) => factParts(of.facts, heard, speaker(language), flat, machineZone).join(language === 'zh' ? '；' : '; ');
  const page: Page = { came, say, said: (detail) => detailIn(language, detail), take, withRepository };
  const title =
    withRepository || repository === undefined
      ? say('ai-ops report')
      : say('ai-ops report of {repository}', { repository: text(repository) });
  // Made first: what is newest has room.
  const sections = incidents.map((one) => incidentSection(one, page));
  const rest = others.map((trace) => traceSection(trace, page, true));
  return [
    '<!doctype html>',
    `<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src ${SCRIPT_SOURCE}; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${title}</title><style>${STYLE}</style></head><body>`,
    `<h1>${title}</h1>`,
    `<p class="faint">${say('Made {when} by ai-ops {version}.', { when: moment(now.toISOString()), version: text(version) })}</p>`,
    ...(withRepository ? [`<p class="faint">${say('Of all repositories of this state directory.')}</p>`] : []),
    ...left.map((line) => `<p class="faint">${text(line)}</p>`),
    numbers(facts, say),
    ...charts(facts, say, withRepository),
    ...found(sections, say),
    `<h2>${say('Repairs')}</h2>`,
    ...repairs(traces, say),
    ...(rest.length === 0 ? [] : [`<h2>${say('Repairs of incidents that are not on this page')}</h2>`, ...rest]),
    `<script>${SCRIPT}</script></body></html>`,
    '',
  ].join('\n');
}

function numbers({ incidents, traces }: ReportFacts, say: SayHere): string {
  const {
    occurrences,
    proposed,
    usd: spent,
    medianMs,
  } = summaryOf(
    incidents.map(({ incident }) => incident),
    traces,
  );
  const facts = [
    [say('Incidents'), String(incidents.length)],
    [say('Occurrences'), String(occurrences)],
    [say('Repairs'), String(traces.length)],
    [say('Proposed'), String(proposed)],
    [say('Spent'), usd(spent)],
    [say('Median time'), medianMs === null ? '–' : duration(medianMs)],
  ];
  return `<dl class="numbers">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

function charts({ incidents, traces }: ReportFacts, say: SayHere, withRepository: boolean): readonly string[] {
  const days = daysOf(traces);
  const states = [...statesOf(traces)].map(([state, value]) => count(say(state), value, STATE_COLOURS[state]));
  const levels = [...levelsOf(traces)].map(([level, value]) =>
    level === 'none' ? count(say('no proof'), value, 'faint') : count(level, value, 'good'),
  );
  const steps = [...stepTimesOf(traces)].map(([name, value]) => ({ name: say(name), value, shown: duration(value) }));
  const loud = loudest(incidents, withRepository);
  const drawn = [
    ...(loud.length === 0 ? [] : [bars(say('Most frequent incidents'), loud)]),
    ...(traces.length === 0 ? [] : [columns(say('Repairs by day'), days.map(pileOf), String)]),
    ...(states.length === 0 ? [] : [bars(say('Repairs by state'), states)]),
    ...(levels.length === 0 ? [] : [bars(say('Proposals by proof level'), levels)]),
    ...(traces.some(({ costUsd }) => costUsd) ? [columns(say('Money spent by day'), days.map(spentOn), usd)] : []),
    ...(steps.length === 0 ? [] : [bars(say('Median time of each step'), steps)]),
  ];
  return drawn.length === 0 ? [] : [`<section class="charts" aria-label="${say('Charts')}">`, ...drawn, '</section>'];
}

const count = (name: string, value: number, kind: string): Bar => ({ name, value, shown: String(value), kind });

/** Two that are called alike are told apart by their fingerprints. */
function loudest(incidents: readonly IncidentPage[], withRepository: boolean): readonly Bar[] {
  const shown = incidents.toSorted((a, b) => b.incident.count - a.incident.count).slice(0, MOST_INCIDENTS);
  const alike = Map.groupBy(shown, ({ name }) => name);
  return shown.map(({ incident, name }) => ({
    ...count(
      (alike.get(name)?.length ?? 0) > 1 ? `${name} (${shortFingerprint(incident.fingerprint)})` : name,
      incident.count,
      STATE_COLOURS[incident.state],
    ),
    to: pageId(incident, withRepository),
  }));
}

function pileOf({ day, traces }: ReturnType<typeof daysOf>[number]): Parameters<typeof columns>[1][number] {
  const kinds = ['good', 'accent', 'faint', 'warning', 'bad'];
  return { name: day, parts: kinds.map((kind) => ({ kind, value: traces.filter(({ state }) => STATE_COLOURS[state] === kind).length })) };
}

function spentOn({ day, traces }: ReturnType<typeof daysOf>[number]): Parameters<typeof columns>[1][number] {
  return { name: day, parts: [{ kind: 'accent', value: traces.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0) }] };
}

/** The incidents, and what they are searched with. */
function found(sections: readonly string[], say: SayHere): readonly string[] {
  if (sections.length === 0)
    return [`<h2>${say('Incidents')}</h2><p class="faint">${say('No incidents yet: ai-ops watch and ai-ops fix find them.')}</p>`];
  const hint = say('type, file, state, fingerprint, words of the log …');
  return [
    `<h2>${say('Incidents')}</h2>`,
    `<form hidden><label for="find">${say('Find')}</label> <input id="find" type="search" autocomplete="off" placeholder="${hint}"> <output id="found" for="find" data-words="${say('{shown} of {count}')}"></output></form>`,
    ...sections,
  ];
}

/** Each with where it is told of; what the host calls its request. */
function repairs(traces: readonly NamedTrace[], say: SayHere): readonly string[] {
  if (traces.length === 0) return [`<p class="faint">${say('No repairs yet.')}</p>`];
  const rows = traces.map(({ trace, state, name, title, startedAt, proof, costUsd, request, issue }) => [
    moment(startedAt),
    badge(say(state), STATE_COLOURS[state]),
    `<a href="#${idOf('t', trace)}">${text(name ?? title)}</a>`,
    proof?.level ?? '–',
    costUsd === null ? '–' : usd(costUsd),
    request ? link(request, say(request.state)) : issue ? link(issue, say(issue.state)) : '–',
  ]);
  return [table([say('Started'), say('State'), say('Incident'), say('Proof'), say('Cost'), say('Request')], rows, [4])];
}
