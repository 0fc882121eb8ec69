// One page of HTML about everything the ledger knows. It stands alone: no script, no outside reference, and a policy that
// forbids the browser every request. All texts come from strangers: each goes through `shown` or `escapeHtml`.
import { mergedFacts } from '../../../core/facts.ts';
import type { Facts, Incident, Trace, TraceState } from '../../../core/model.ts';
import { stripHidden } from '../../../core/redact/redact.ts';
import { shortFingerprint } from '../../../core/texts/branch.ts';
import { factParts } from '../../../core/texts/facts.ts';
import { escapeHtml } from '../../../core/texts/markdown.ts';
import { speaker } from '../../../core/texts/phrases.ts';
import { machineZone } from '../../../platform/zone.ts';
import { boxWords } from '../boxes.ts';
import { STATE_COLOURS } from '../states.ts';
import { duration, usd, when } from '../units.ts';
import { type Bar, bars, columns } from './charts.ts';
import { daysOf, levelsOf, statesOf, stepTimesOf, summaryOf } from './numbers.ts';
import { STYLE } from './style.ts';
import { traceSection } from './trace.ts';

export interface ReportFacts {
  readonly incidents: readonly Incident[];
  /** Newest first, with steps and diffs, and what their incidents are called. */
  readonly traces: readonly (Trace & { readonly name?: string })[];
  /** What an incident is called. */
  readonly name: (incident: Incident) => string;
  /** They are of several repositories. */
  readonly withRepository: boolean;
  /** They are of several boxes. */
  readonly withBoxes: boolean;
  /** Why an incident stands as it does, in words. */
  readonly reason: (incident: Incident) => string;
  readonly version: string;
  readonly now: Date;
  /** What is not on the page, in words; empty where all is. */
  readonly left: readonly string[];
}

/** Bytes of diffs and of Claude's words on one page; what comes after is left out with a mark. */
const BODY_BUDGET = 8_388_608;

/** Values of one name, of all incidents on the page. */
const MOST_HEARD = 1000;

/** Bars of the chart of incidents. */
const MOST_INCIDENTS = 10;

export function reportPage(facts: ReportFacts): string {
  const { incidents, traces, name, version, now, left } = facts;
  let room = BODY_BUDGET;
  const sections = traces.map((trace) => {
    room -= trace.diff.length + trace.summary.length;
    return traceSection(trace, STATE_COLOURS[trace.state], room >= 0);
  });
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>ai-ops report</title><style>${STYLE}</style></head><body>`,
    '<h1>ai-ops report</h1>',
    `<p class="faint">Made ${when(now.toISOString())} by ai-ops ${escapeHtml(version)}.</p>`,
    ...left.map((line) => `<p class="faint">${escapeHtml(line)}</p>`),
    numbers(incidents, traces),
    ...charts(incidents, traces, name),
    ...incidentTable(facts),
    '<h2>Repairs</h2>',
    ...(sections.length === 0 ? ['<p class="faint">No repairs yet.</p>'] : sections),
    '</body></html>',
    '',
  ].join('\n');
}

function numbers(incidents: readonly Incident[], traces: readonly Trace[]): string {
  const { occurrences, proposed, usd: spent, medianMs } = summaryOf(incidents, traces);
  const facts = [
    ['Incidents', String(incidents.length)],
    ['Occurrences', String(occurrences)],
    ['Repairs', String(traces.length)],
    ['Proposed', String(proposed)],
    ['Spent', usd(spent)],
    ['Median time', medianMs === null ? '–' : duration(medianMs)],
  ];
  return `<dl class="numbers">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

function charts(incidents: readonly Incident[], traces: readonly Trace[], called: ReportFacts['name']): readonly string[] {
  const days = daysOf(traces);
  const counts = (names: ReadonlyMap<string, number>, kind: (name: string) => string): readonly Bar[] =>
    [...names].map(([name, value]) => ({ name, value, shown: String(value), kind: kind(name) }));
  const states = counts(statesOf(traces), (name) => STATE_COLOURS[name as TraceState]);
  const levels = counts(levelsOf(traces), (name) => (name === 'none' ? 'faint' : 'good'));
  const steps = [...stepTimesOf(traces)].map(([name, value]) => ({ name, value, shown: duration(value) }));
  const loud = incidents
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_INCIDENTS)
    .map((one) => ({ name: shown(called(one)), value: one.count, shown: String(one.count), kind: STATE_COLOURS[one.state] }));
  const drawn = [
    ...(loud.length === 0 ? [] : [bars('Most frequent incidents', loud)]),
    ...(traces.length === 0 ? [] : [columns('Repairs by day', days.map(pileOf), (value) => String(value))]),
    ...(states.length === 0 ? [] : [bars('Repairs by state', states)]),
    ...(levels.length === 0 ? [] : [bars('Proposals by proof level', levels)]),
    ...(traces.some(({ costUsd }) => costUsd) ? [columns('Money spent by day', days.map(spentOn), usd)] : []),
    ...(steps.length === 0 ? [] : [bars('Median time of each step', steps)]),
  ];
  return drawn.length === 0 ? [] : ['<section class="charts" aria-label="Charts">', ...drawn, '</section>'];
}

function pileOf({ day, traces }: ReturnType<typeof daysOf>[number]): Parameters<typeof columns>[1][number] {
  const kinds = ['good', 'accent', 'faint', 'warning', 'bad'];
  return { name: day, parts: kinds.map((kind) => ({ kind, value: traces.filter(({ state }) => STATE_COLOURS[state] === kind).length })) };
}

function spentOn({ day, traces }: ReturnType<typeof daysOf>[number]): Parameters<typeof columns>[1][number] {
  return { name: day, parts: [{ kind: 'accent', value: traces.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0) }] };
}

function incidentTable({ incidents, name, reason, withRepository, withBoxes }: ReportFacts): readonly string[] {
  const heard = incidents.reduce<Facts>((all, { facts }) => mergedFacts(all, facts, () => MOST_HEARD) ?? all, {});
  if (incidents.length === 0) return ['<h2>Incidents</h2><p class="faint">No incidents yet: ai-ops watch and ai-ops fix find them.</p>'];
  const rows = incidents.map((incident) => {
    const { count, first, last, fingerprint, state, title, repository = '' } = incident;
    return [
      `<tr><td class="number">${count}</td>`,
      `<td><span class="state ${STATE_COLOURS[state]}">${state}</span>${cell(name(incident))}<br><span class="faint">${cell([title, reason(incident), ...factParts(incident.facts, heard, speaker('en'), shown, machineZone)].filter(Boolean).join('; '))}</span></td>`,
      ...(withRepository ? [`<td>${cell(repository)}</td>`] : []),
      ...(withBoxes ? [`<td>${cell(boxWords(incident))}</td>`] : []),
      `<td>${cell(`${last.source}:${last.line}`)}</td>`,
      `<td class="short">${moment(first.time)}</td><td class="short">${moment(last.time)}</td>`,
      `<td class="short"><code>${cell(shortFingerprint(fingerprint))}</code></td></tr>`,
    ].join('');
  });
  const titles = [
    'Incident',
    ...(withRepository ? ['Repository'] : []),
    ...(withBoxes ? ['Boxes'] : []),
    'Where',
    'First',
    'Last',
    'Fingerprint',
  ]
    .map((title) => `<th scope="col">${title}</th>`)
    .join('');
  return [
    '<h2>Incidents</h2>',
    `<div class="wide"><table class="incidents"><thead><tr><th scope="col" class="number">Count</th>${titles}</tr></thead><tbody>`,
    ...rows,
    '</tbody></table></div>',
  ];
}

const shown = (text: string): string => stripHidden(text).replace(/\s+/g, ' ').trim();
const cell = (text: string): string => escapeHtml(shown(text));
const moment = (time: string): string => escapeHtml(when(time));
