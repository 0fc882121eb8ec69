// One explanation as people read it: what was decided and by which figures, which parts make the fingerprint and what
// was left out of each, and what the events said.

import type { Decision, FingerprintPart, Incident } from '../../core/model.ts';
import { type Budget, type Policy, wordsOfReason } from '../../core/policy/decide.ts';
import { type SayHere, sayIn } from '../../core/texts/chinese/say.ts';
import { incidentName } from '../../core/texts/incident/incident-name.ts';
import type { Triage } from '../../core/triage/triage.ts';
import type { Judged } from '../../pipeline/triage.ts';
import type { Paint } from './colors.ts';
import { eventLines } from './event-text.ts';
import { harmless, table } from './table.ts';
import type { Look } from './trace.ts';
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
export function explanationLines(explanation: Explanation, place: string, { paint, columns }: Look): readonly string[] {
  const { incident, parts, examples } = explanation;
  const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
  return [
    paint.strong(place + harmless(incidentName(incident, explanation.triage.place))),
    '',
    ...facts(explanation, paint),
    '',
    paint.strong('fingerprint: events with the same counted parts are one incident'),
    ...indented(partTable(parts, paint, columns && columns - 2)),
    ...(examples.length < 2 ? [] : ['', paint.strong('together although they differ'), ...indented(exampleTable(examples))]),
    '',
    paint.strong('sample'),
    ...indented(eventLines(incident.sample)),
  ];
}

function facts({ incident, decision, known, reason, triage, fromLog, policy, budget }: Explanation, paint: Paint): readonly string[] {
  const judged = known ?? incident;
  const until = decision.kind === 'wait' && decision.until !== null ? ` until ${when(decision.until)}` : '';
  const seen = fromLog
    ? `${times(incident.count)} in this log; ${known ? `${times(known.count)} in` : 'not in'} the ledger`
    : times(incident.count);
  const rows: readonly (readonly [string, string])[] = [
    ...(incidentName(incident, triage.place) === incident.title ? [] : [['says', harmless(incident.title)] as const]),
    ...(judged.repository === undefined ? [] : [['of', judged.repository] as const]),
    ['seen', seen],
    ['state', harmless(reason === '' ? judged.state : `${judged.state}: ${reason}`)],
    ['decision', paint[COLOURS[decision.kind]](`${decision.kind}${until}: ${wordsOfReason(decision.reason)}`)],
    ['class', triageWords(triage)],
    [
      'limits',
      `seen ${times(judged.count)}, policy.minCount ${policy.minCount}; tried ${times(judged.attempts)}, policy.maxAttempts ${policy.maxAttempts}`,
    ],
    [
      'budget',
      `${budget.repairsLastHour} of ${policy.maxRepairsPerHour} repairs in the last hour, ` +
        `${budget.repairsLastDay} of ${policy.maxRepairsPerDay} in the last day; ` +
        `${usd(budget.usdLastDay)} of ${usd(policy.maxUsdPerDay)} in the last day`,
    ],
    ['incident', incident.fingerprint],
    ...(judged.formerly ?? []).map((name) => ['formerly', name] as const),
  ];
  return rows.map(([name, value]) => `${paint.faint(pad(name, 8))}  ${value}`);
}

/** @example 'environment: errno ECONNREFUSED, in spite of name ValidationError' */
export function triageWords({ class: kind, evidence }: Triage, say: SayHere = sayIn('en')): string {
  const said = (contributes: boolean): string =>
    evidence
      .filter((each) => each.contributes === contributes)
      .map(({ kind, value }) => harmless(`${kind.replace('-', ' ')} ${value}`))
      .join(', ');
  if (evidence.length === 0) return say('{class}: nothing says whose matter it is; treated as a fault of the code', { class: say(kind) });
  if (said(false) === '') return say('{class}: {evidence}', { class: say(kind), evidence: said(true) });
  const values = { class: say(kind), evidence: said(true), against: said(false) };
  return say(said(true) === '' ? '{class}: in spite of {against}' : '{class}: {evidence}, in spite of {against}', values);
}

const COLOURS = { repair: 'good', wait: 'warning', skip: 'faint' } as const satisfies Readonly<Record<Decision['kind'], keyof Paint>>;

const times = (count: number): string => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`);

function partTable(parts: readonly FingerprintPart[], paint: Paint, columns: number | undefined): readonly string[] {
  return table<FingerprintPart>(
    [
      { title: 'COUNTS', cell: ({ contributes }) => (contributes ? 'yes' : 'no') },
      { title: 'PART', cell: ({ kind }) => kind },
      {
        title: 'VALUE',
        cell: ({ value }) => value,
        shrinks: true,
        paint: (text, { contributes }) => (contributes ? text : paint.faint(text)),
      },
      { title: 'WHY', cell: ({ contributes, hint }) => hint ?? (contributes ? 'as written' : ''), shrinks: true, least: 40 },
    ],
    folded(parts),
    columns,
  );
}

/** A run of frames that do not count, for one and the same reason, is one line. */
function folded(parts: readonly FingerprintPart[]): readonly FingerprintPart[] {
  const runs: { readonly part: FingerprintPart; more: number }[] = [];
  for (const part of parts) {
    const run = runs.at(-1);
    if (run && !part.contributes && !run.part.contributes && run.part.kind === part.kind && run.part.hint === part.hint) run.more++;
    else runs.push({ part, more: 0 });
  }
  return runs.map(({ part, more }) => (more === 0 ? part : { ...part, value: `${part.value} (and ${more} more)` }));
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
