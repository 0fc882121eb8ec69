// `ai-ops incidents [FINGERPRINT]`: what went wrong, how often, and why it was or was not repaired; or one incident
// with its sample and its traces. Reads the ledger only.

import type { Frame, Incident, Occurrence, Trace } from '../core/model.ts';
import { REASONS } from '../core/policy/decide.ts';
import { stripHidden } from '../core/redact/redact.ts';
import { shortFingerprint } from '../core/texts/branch.ts';
import type { Triage } from '../core/triage/triage.ts';
import { EXIT, fail } from '../errors.ts';
import type { Judge } from '../pipeline/triage.ts';
import type { Journal, TraceStore } from '../ports.ts';
import { isFingerprint, theOne } from './choose.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { pace } from './output/backpressure.ts';
import type { Paint } from './output/colors.ts';
import { triageWords } from './output/explain.ts';
import { knownIncidentJson, traceJson } from './output/json.ts';
import { stateColour } from './output/states.ts';
import { harmless } from './output/table.ts';
import { type Look, traceTable } from './output/trace.ts';
import { ago, usd } from './output/units.ts';
import { pad } from './output/width.ts';

type Ledger = Pick<Journal, 'incidents' | 'fingerprints' | 'names'> & Pick<TraceStore, 'traces'>;

/** Rows of the table, unless it is said otherwise. */
const ROWS = 50;

export async function run(context: CommandContext, [typed]: readonly string[], options: OptionsOf['incidents']): Promise<number> {
  const [loaded, { judgeFor, openReaderFor }] = await Promise.all([context.config(), import('../wiring.ts')]);
  const judge = await judgeFor(loaded, context.cwd);
  const ledger = await openReaderFor(loaded.config, context.details);
  try {
    if (typed !== undefined) await show(context, ledger, judge, typed);
    else if (context.flags.json) await listJson(context, ledger, judge, options.limit);
    else await list(context, ledger, options.limit ?? ROWS);
    return EXIT.done;
  } finally {
    await ledger.close();
  }
}

/** One at a time: of a hundred thousand, no two are in memory. */
async function listJson(
  { output, stdout, signal }: CommandContext,
  ledger: Ledger,
  judge: Judge,
  limit: number | undefined,
): Promise<void> {
  for (const fingerprint of (await ledger.fingerprints()).slice(0, limit)) {
    const [incident] = await ledger.incidents({ fingerprint });
    if (incident !== undefined) output.json(knownIncidentJson(incident, await judge(incident, incident.sample)));
    await pace(stdout, signal);
  }
}

async function list({ output }: CommandContext, ledger: Ledger, limit: number): Promise<void> {
  const found = await ledger.incidents({ limit: limit + 1 });
  const incidents = found.slice(0, limit);
  const latest = new Map<string, Trace | undefined>();
  for (const { fingerprint } of incidents) latest.set(fingerprint, (await ledger.traces({ brief: true, fingerprint, limit: 1 }))[0]);
  const now = new Date();
  output.table<Incident>(
    [
      { title: 'COUNT', cell: ({ count }) => String(count), align: 'right' },
      { title: 'LAST SEEN', cell: ({ last }) => ago(last.time, now) },
      { title: 'INCIDENT', cell: ({ fingerprint }) => shortFingerprint(fingerprint) },
      { title: 'STATE', cell: ({ state }) => state, paint: (text, { state }) => stateColour(state, output.paint)(text) },
      { title: 'TITLE', cell: ({ title }) => title, shrinks: true },
      { title: 'REASON', cell: (incident) => reasonWords(incident, latest.get(incident.fingerprint)), shrinks: true },
    ],
    incidents,
  );
  if (incidents.length === 0) output.note('no incidents yet: `ai-ops watch` and `ai-ops fix` find them');
  if (found.length > limit) output.note(`only the ${limit} seen last: \`--limit\` shows more`);
}

/** @throws AiOpsError `incident-not-found`, `usage` */
async function show({ output, stdout }: CommandContext, ledger: Ledger, judge: Judge, typed: string): Promise<void> {
  const unknown = () => fail('incident-not-found', { fingerprint: typed });
  const fingerprint = theOne(await ledger.names(), typed, isFingerprint, unknown, 'incidents');
  const [incident] = await ledger.incidents({ fingerprint });
  if (incident === undefined) throw unknown();
  const traces = await ledger.traces({ brief: true, fingerprint });
  const triage = await judge(incident, incident.sample);
  output.json(knownIncidentJson(incident, triage));
  for (const trace of traces) output.json(traceJson(trace, false));
  const look = { paint: output.paint, now: new Date(), columns: stdout.columns };
  for (const line of incidentLines(incident, traces, triage, look)) output.line(line);
}

/** One incident as a page. @param traces its traces, newest first */
function incidentLines(incident: Incident, traces: readonly Trace[], triage: Triage, { paint, now, columns }: Look): readonly string[] {
  const { state, level, language, count, first, last, attempts, frames, sample } = incident;
  const reason = reasonWords(incident, traces[0]);
  const paid = traces.flatMap(({ costUsd }) => costUsd ?? []);
  const facts: readonly (readonly [string, string])[] = [
    ['state', reason === '' ? state : `${state}: ${reason}`],
    ['incident', incident.fingerprint],
    ...(incident.formerly ?? []).map((name) => ['formerly', name] as const),
    ['class', triageWords(triage)],
    ['level', language === 'none' ? level : `${level}, ${language}`],
    ['seen', count === 1 ? 'once' : `${count} times`],
    ['first', place(first, now)],
    ['last', place(last, now)],
    ['attempts', String(attempts)],
    ...(paid.length === 0 ? [] : ([['cost', usd(paid.reduce((sum, cost) => sum + cost, 0))]] as const)),
  ];
  return [
    paint.strong(harmless(incident.title)),
    '',
    ...facts.map(
      ([name, value]) => `${paint.faint(pad(name, 8))}  ${(name === 'state' ? stateColour(state, paint) : same)(harmless(value))}`,
    ),
    ...(frames.length === 0 ? [] : ['', paint.strong('frames'), ...frames.map((frame) => `  ${frameLine(frame, paint)}`)]),
    '',
    paint.strong('sample'),
    ...stripHidden(sample.text)
      .split('\n')
      .map((line) => `  ${line}`),
    ...(traces.length === 0
      ? []
      : ['', paint.strong('traces'), ...traceTable(traces, { paint, now, columns: columns && columns - 2 }).map((line) => `  ${line}`)]),
  ];
}

/**
 * Why it was or was not repaired, in words. After a repair the reason is the code of the error that ended it: the words
 * of that error stand in the latest trace.
 */
export function reasonWords({ reason }: Pick<Incident, 'reason'>, latest: Trace | undefined): string {
  if (reason === null) return '';
  if (reason === 'interrupted') return 'its repair was interrupted; the next one goes on from there';
  if (Object.hasOwn(REASONS, reason)) return REASONS[reason as keyof typeof REASONS];
  return latest?.code === reason ? latest.reason : reason;
}

const same = (text: string): string => text;

function place({ source, line, time }: Occurrence, now: Date): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC, ${ago(time, now)}, ${source}:${line}`;
}

function frameLine(frame: Frame, paint: Paint): string {
  const at = [frame.file, frame.line, frame.column].filter((part) => part !== null && part !== undefined).join(':');
  const text = harmless(frame.function === undefined ? at : `${at}  ${frame.function}`);
  return frame.inApp ? text : paint.faint(`${text}  (not of the application)`);
}
