// One explanation as people read it: what was decided and by which figures, which parts make the fingerprint and what
// was left out of each, and what the events said.

import type { Decision, FingerprintPart, Incident } from '../../core/model.ts';
import { type Budget, type Policy, REASONS } from '../../core/policy/decide.ts';
import { listed, named, type SayHere, sayIn } from '../../core/texts/chinese/say.ts';
import { eventLines } from '../../core/texts/incident/event-text.ts';
import { incidentName } from '../../core/texts/incident/incident-name.ts';
import type { Triage } from '../../core/triage/triage.ts';
import type { Judged } from '../../pipeline/triage.ts';
import type { Paint } from './colors.ts';
import { harmless, table } from './tables/table.ts';
import { type Look, widestName } from './trace.ts';
import { usd, when } from './units.ts';
import { pad } from './width.ts';

/** What one event said, redacted, in one line. */
export interface Example {
  readonly source: string;
  readonly line: number;
  readonly text: string;
}

export interface Explanation {
  /** As the ledger has it, or as it was found in a log. */
  readonly incident: Incident;
  /** Redacted. */
  readonly parts: readonly FingerprintPart[];
  readonly decision: Decision;
  /** Events that group together although they differ: one to three. */
  readonly examples: readonly Example[];
  /** As the ledger knows it. */
  readonly known: Incident | undefined;
  /** What became of it so far, in words; empty for what the ledger does not know. */
  readonly reason: string;
  /** Whose matter it is, with its evidence, redacted. */
  readonly triage: Judged;
  readonly fromLog: boolean;
  readonly policy: Policy;
  readonly budget: Budget;
}

/** @param place stands before the title: `[1 of 3] ` */
export function explanationLines(explanation: Explanation, place: string, { paint, columns, say = sayIn('en') }: Look): readonly string[] {
  const { incident, parts, examples } = explanation;
  const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
  return [
    paint.strong(place + harmless(incidentName(incident, explanation.triage.place))),
    '',
    ...facts(explanation, paint, say),
    '',
    paint.strong(say('fingerprint: events with the same counted parts are one incident')),
    ...indented(partTable(parts, paint, columns && columns - 2, say)),
    ...(examples.length < 2 ? [] : ['', paint.strong(say('together although they differ')), ...indented(exampleTable(examples))]),
    '',
    paint.strong(say('sample')),
    ...indented(eventLines(incident.sample)),
  ];
}

function facts(
  { incident, decision, known, reason, triage, fromLog, policy, budget }: Explanation,
  paint: Paint,
  say: SayHere,
): readonly string[] {
  const times = (count: number): string => countWords(count, say);
  const judged = known ?? incident;
  const until = decision.kind === 'wait' && decision.until !== null ? ` ${say('until {when}', { when: when(decision.until) })}` : '';
  const seen = fromLog
    ? known
      ? say('{count} in this log; {known} in the ledger', { count: times(incident.count), known: times(known.count) })
      : say('{count} in this log; not in the ledger', { count: times(incident.count) })
    : times(incident.count);
  const rows: readonly (readonly [string, string])[] = [
    ...(incidentName(incident, triage.place) === incident.title ? [] : [['says', harmless(incident.title)] as const]),
    ...(judged.repository === undefined ? [] : [['of', judged.repository] as const]),
    ['seen', seen],
    ['state', harmless(reason === '' ? say(judged.state) : say('{name}: {said}', { name: say(judged.state), said: reason }))],
    [
      'decision',
      paint[COLOURS[decision.kind]](say('{name}: {said}', { name: `${say(decision.kind)}${until}`, said: reasonIn(decision.reason, say) })),
    ],
    ['class', triageWords(triage, say)],
    [
      'limits',
      say('seen {count}, policy.minCount {least}; tried {tried}, policy.maxAttempts {most}', {
        ...{ count: times(judged.count), least: policy.minCount, tried: times(judged.attempts), most: policy.maxAttempts },
      }),
    ],
    [
      'budget',
      say('{hour} of {mostHour} repairs in the last hour, {day} of {mostDay} in the last day; {usd} of {mostUsd} in the last day', {
        ...{
          hour: budget.repairsLastHour,
          mostHour: policy.maxRepairsPerHour,
          day: budget.repairsLastDay,
          mostDay: policy.maxRepairsPerDay,
        },
        ...{ usd: usd(budget.usdLastDay), mostUsd: usd(policy.maxUsdPerDay) },
      }),
    ],
    ['incident', incident.fingerprint],
    ...(judged.formerly ?? []).map((name) => ['formerly', name] as const),
  ];
  const names = widestName(rows, say);
  return rows.map(([name, value]) => `${paint.faint(pad(named(name, say), names))}  ${value}`);
}

/** @example 'environment: errno ECONNREFUSED, in spite of name ValidationError' */
export function triageWords({ class: kind, evidence }: Triage, say: SayHere = sayIn('en')): string {
  const words = ({ kind, value }: Triage['evidence'][number]): string =>
    harmless(`${say.language() === 'en' ? kind.replace('-', ' ') : named(kind, say)} ${value}`);
  const deciding = evidence
    .filter(({ contributes }) => contributes)
    .slice(0, 1)
    .map(words);
  // What older versions stored has the same thing once more as one that did not contribute.
  const against = evidence.filter(({ contributes }) => !contributes).map(words);
  const others = new Set(against.filter((each) => !deciding.includes(each)));
  const said = (contributes: boolean): string => listed([...(contributes ? deciding : others)], say);
  if (evidence.length === 0) return say('{class}: nothing says whose matter it is; treated as a fault of the code', { class: say(kind) });
  if (said(false) === '') return say('{class}: {evidence}', { class: say(kind), evidence: said(true) });
  const values = { class: say(kind), evidence: said(true), against: said(false) };
  return say(said(true) === '' ? '{class}: in spite of {against}' : '{class}: {evidence}, in spite of {against}', values);
}

const COLOURS = { repair: 'good', wait: 'warning', skip: 'faint' } as const satisfies Readonly<Record<Decision['kind'], keyof Paint>>;

/** The reason of a decision; what is none, a code of an error or a sentence, as it is told. */
export const reasonIn = (reason: string, say: SayHere): string =>
  Object.hasOwn(REASONS, reason) ? say(REASONS[reason as keyof typeof REASONS]) : say.told(reason);

/** How often something was. */
export const countWords = (count: number, say: SayHere): string =>
  count === 0 ? say('never') : count === 1 ? say('once') : say('{count} times', { count });

function partTable(parts: readonly FingerprintPart[], paint: Paint, columns: number | undefined, say: SayHere): readonly string[] {
  return table<FingerprintPart>(
    [
      { title: say('COUNTS'), cell: ({ contributes }) => say(contributes ? 'yes' : 'no') },
      { title: say('PART'), cell: ({ kind }) => named(kind, say) },
      {
        title: say('VALUE'),
        cell: ({ value }) => value,
        ...{ main: true, shrinks: true, least: 30 },
        paint: (text, { contributes }) => (contributes ? text : paint.faint(text)),
      },
      { title: say('WHY'), cell: ({ contributes, hint }) => say.told(hint ?? (contributes ? 'as written' : '')), shrinks: true, least: 40 },
    ],
    folded(parts, say),
    columns,
  );
}

/** A run of frames that do not count, for one and the same reason, is one line. */
function folded(parts: readonly FingerprintPart[], say: SayHere): readonly FingerprintPart[] {
  const runs: { readonly part: FingerprintPart; more: number }[] = [];
  for (const part of parts) {
    const run = runs.at(-1);
    if (run && !part.contributes && !run.part.contributes && run.part.kind === part.kind && run.part.hint === part.hint) run.more++;
    else runs.push({ part, more: 0 });
  }
  return runs.map(({ part, more }) =>
    more === 0 ? part : { ...part, value: say('{value} (and {count} more)', { value: part.value, count: more }) },
  );
}

function exampleTable(examples: readonly Example[]): readonly string[] {
  const rows = table<Example>(
    [
      { title: 'WHERE', cell: ({ source, line }) => `${source}:${line}` },
      { title: 'SAYS', cell: ({ text }) => text },
    ],
    examples,
  );
  return rows.slice(1);
}
