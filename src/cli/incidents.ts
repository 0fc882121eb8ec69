// `ai-ops incidents [FINGERPRINT]`: what went wrong, how often, and why it was or was not repaired; or one incident
// with its sample and its traces. Reads the ledger only.

import type { LoadedConfig } from '../config/load.ts';
import { defined } from '../core/defined.ts';
import type { Facts, Frame, Incident, Occurrence, Trace } from '../core/model.ts';
import type { Likeness } from '../core/tables.ts';
import { shortFingerprint } from '../core/texts/branch.ts';
import { named, type SayHere, type Sentence, sayIn } from '../core/texts/chinese/say.ts';
import { eventLines } from '../core/texts/incident/event-text.ts';
import { factParts } from '../core/texts/incident/facts.ts';
import { incidentName, incidentPlace } from '../core/texts/incident/incident-name.ts';
import { speaker } from '../core/texts/phrases.ts';
import { EXIT, fail } from '../errors.ts';
import { type SimilarRepair, similarRepairs } from '../pipeline/repair/past/similar.ts';
import type { Judge, Judged } from '../pipeline/triage.ts';
import { machineZone } from '../platform/zone.ts';
import type { Journal, TraceStore } from '../ports.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { isFingerprint, theOne } from './naming/choose.ts';
import { reasonWords } from './naming/reason-words.ts';
import { pace } from './output/backpressure.ts';
import { boxWords } from './output/boxes.ts';
import type { Paint } from './output/colors.ts';
import { countWords, triageWords } from './output/explain.ts';
import { knownIncidentJson, traceJson } from './output/json.ts';
import type { Output } from './output/output.ts';
import { stateColour } from './output/states.ts';
import { harmless } from './output/tables/table.ts';
import { type Look, linkPlace, NAME, REPOSITORY, traceTable, widestName } from './output/trace.ts';
import { ago, parseMoment, usd, when } from './output/units.ts';
import { pad } from './output/width.ts';
import { checkWeb } from './terminal/check-web.ts';
import { linkedFiles } from './terminal/linked-files.ts';

type Options = OptionsOf['incidents'];
type FileAt = Look['fileAt'];
type Ledger = Pick<Journal, 'incidents' | 'fingerprints' | 'names' | 'facts'> & Pick<TraceStore, 'traces'>;

/** Rows of the table, unless it is said otherwise. */
const ROWS = 50;

/** Incidents of a long list that are in memory together. */
const AT_ONCE = 100;

/** Earlier repairs that are told of one incident. */
const MOST_SIMILAR = 10;

export async function run(context: CommandContext, [typed]: readonly string[], options: Options): Promise<number> {
  if (options.web) checkWeb(context, typed, 'incidents');
  const [loaded, { judgeFor, openReadersFor, ownAmongOthers }] = await Promise.all([context.config(), import('../wiring.ts')]);
  const judge = await judgeFor(loaded, context.cwd, await ownAmongOthers(loaded, context, options));
  const ledger = await openReadersFor(loaded, context, options.merge);
  try {
    if (typed !== undefined && options.web) return await showPage(context, loaded, ledger, typed, options);
    const fileAt = await linkedFiles(context, loaded);
    if (typed !== undefined) await show(context, ledger, judge, typed, options, fileAt);
    else await list(context, ledger, judge, options, fileAt);
    return EXIT.done;
  } finally {
    await ledger.close();
  }
}

/** Of the newest repair that has a page. @throws AiOpsError `incident-not-found`, `usage` */
async function showPage(context: CommandContext, loaded: LoadedConfig, ledger: Ledger, typed: string, options: Options): Promise<number> {
  const { fingerprint, found } = await findIncidents(ledger, typed, options);
  const traces = (await ledger.traces({ brief: true, fingerprint, allRepositories: true })).filter(({ repository }) =>
    found.some((incident) => incident.repository === repository),
  );
  const { partOfIncident, showOnWeb } = await import('./terminal/web.ts');
  return showOnWeb(context, loaded, traces, partOfIncident(found[0]!));
}

async function list(context: CommandContext, ledger: Ledger, judge: Judge, options: Options, fileAt: FileAt): Promise<void> {
  const { output, stdout, signal } = context;
  const limit = options.limit ?? (output.isJson ? Number.POSITIVE_INFINITY : ROWS);
  const rows: Row[] = [];
  let found = 0;
  for await (const row of select(ledger, judge, { ...options, limit })) {
    if (++found > limit) break;
    if (output.isJson) output.json(knownIncidentJson(row.incident, row.triage));
    else rows.push(row);
    await pace(stdout, signal);
  }
  if (output.isJson) return;
  table(output, rows, await latestOf(ledger, rows), options, options.allRepositories ? undefined : fileAt);
  if (found === 0) await sayWhyNone(context, ledger, options);
  if (found > limit) output.note(output.say('only the {limit} seen last: `--limit` shows more', { limit }));
}

interface Row {
  readonly incident: Incident;
  readonly triage: Judged;
}

/** Few at a time: a hundred thousand would not fit into memory. */
async function* select(ledger: Ledger, judge: Judge, options: Options & { readonly limit: number }): AsyncGenerator<Row> {
  const { class: wanted, level } = options;
  for await (const incident of standing(ledger, options)) {
    if (level !== undefined && incident.level !== level) continue;
    const triage = await judge(incident, incident.sample);
    if (wanted === undefined || triage.class === wanted) yield { incident, triage };
  }
}

/** What the ledger's own indexes tell apart. A short list is read in one go. */
async function* standing(
  ledger: Ledger,
  { state, since: age, limit, ...options }: Options & { readonly limit: number },
): AsyncGenerator<Incident> {
  const { allRepositories } = options;
  const since = age === undefined ? undefined : parseMoment(age, new Date());
  const filter = { allRepositories, ...defined({ state, since }) };
  if (options.class === undefined && options.level === undefined && limit <= ROWS) {
    yield* await ledger.incidents({ ...filter, limit: limit + 1 });
    return;
  }
  const all = await ledger.fingerprints(filter);
  for (let from = 0; from < all.length; from += AT_ONCE)
    for (const incident of await ledger.incidents({ fingerprints: all.slice(from, from + AT_ONCE), allRepositories }))
      if ((state ?? incident.state) === incident.state && (since ?? '') <= incident.last.time) yield incident;
}

function table(
  output: Output,
  rows: readonly Row[],
  latest: (incident: Incident) => Trace | undefined,
  options: Options,
  fileAt: FileAt,
): void {
  const { say } = output;
  output.table<Row>(
    [
      { title: say('COUNT'), cell: ({ incident }) => String(incident.count), align: 'right' },
      { title: say('LAST SEEN'), cell: ({ incident }) => ago(incident.last.time, new Date(), say), drops: 2 },
      {
        title: say('STATE'),
        cell: ({ incident }) => say(incident.state),
        paint: (text, { incident }) => stateColour(incident.state, output.paint)(text),
      },
      ...(options.allRepositories
        ? [{ title: say('REPOSITORY'), cell: ({ incident }: Row) => incident.repository ?? '-', ...REPOSITORY } as const]
        : []),
      ...(options.merge.length > 0
        ? [{ title: say('BOXES'), cell: ({ incident }: Row) => boxWords(incident), shrinks: true } as const]
        : []),
      {
        title: say('INCIDENT'),
        cell: ({ incident, triage }) => incidentName(incident, triage.place),
        paint: (text) => linkPlace(text, output.paint, fileAt),
        ...NAME,
      },
      { title: say('REASON'), cell: ({ incident }) => reasonWords(incident, latest(incident), output.language), shrinks: true, drops: 1 },
      { title: say('FINGERPRINT'), cell: ({ incident }) => shortFingerprint(incident.fingerprint), drops: 3 },
    ],
    rows,
  );
}

async function latestOf(ledger: Ledger, rows: readonly Row[]): Promise<(incident: Incident) => Trace | undefined> {
  const latest = new Map<Incident, Trace | undefined>();
  for (const { incident } of rows) latest.set(incident, (await tracesOf(ledger, incident, 1))[0]);
  return (incident) => latest.get(incident);
}

async function tracesOf(ledger: Ledger, { fingerprint, repository }: Incident, limit?: number): Promise<readonly Trace[]> {
  const all = await ledger.traces({ brief: true, fingerprint, allRepositories: true });
  return all.filter((trace) => trace.repository === repository).slice(0, limit);
}

async function sayWhyNone({ output }: CommandContext, ledger: Ledger, options: Options): Promise<void> {
  const { class: wanted, level, state, since, allRepositories } = options;
  if ([wanted, level, state, since].some((each) => each !== undefined)) return output.note(output.say('no such incidents'));
  const others = allRepositories ? [] : await ledger.fingerprints({ allRepositories: true });
  output.note(
    others.length === 0
      ? output.say('no incidents yet: `ai-ops watch` and `ai-ops fix` find them')
      : output.say('no incidents of this repository yet; of others there are {count}: see `ai-ops incidents --all-repositories`', {
          count: others.length,
        }),
  );
}

/** Where it is one of several repositories, all of them. @throws AiOpsError `incident-not-found`, `usage` */
async function findIncidents(
  ledger: Ledger,
  typed: string,
  { allRepositories }: Options,
): Promise<{ readonly fingerprint: string; readonly found: readonly Incident[] }> {
  const unknown = () => fail('incident-not-found', { fingerprint: typed });
  const fingerprint = theOne(await ledger.names({ allRepositories }), typed, isFingerprint, unknown, 'incidents');
  const found = await ledger.incidents({ fingerprint, allRepositories });
  if (found.length === 0) throw unknown();
  return { fingerprint, found };
}

/** Where it is one of several repositories, all of them. @throws AiOpsError `incident-not-found`, `usage` */
async function show(
  { output, stdout }: CommandContext,
  ledger: Ledger,
  judge: Judge,
  typed: string,
  options: Options,
  fileAt: FileAt,
): Promise<void> {
  const { allRepositories } = options;
  const { found } = await findIncidents(ledger, typed, options);
  for (const [index, incident] of found.entries()) {
    const traces = await tracesOf(ledger, incident);
    const heard = incident.facts === undefined ? {} : await ledger.facts({ allRepositories });
    const triage = await judge(incident, incident.sample);
    const similar = (await similarRepairs({ store: ledger, journal: ledger }, incident)).slice(0, MOST_SIMILAR);
    output.json(knownIncidentJson(incident, triage, similar));
    for (const trace of traces) output.json(traceJson(trace, false));
    const look = { paint: output.paint, now: new Date(), columns: stdout.columns, say: output.say, fileAt };
    if (index > 0) output.line();
    for (const line of incidentLines(incident, { traces, triage, similar, heard }, look)) output.line(line);
  }
}

interface AboutIncident {
  /** Newest first. */
  readonly traces: readonly Trace[];
  readonly triage: Judged;
  readonly similar: readonly SimilarRepair[];
  /** What all incidents have said of where they came from. */
  readonly heard: Facts;
}

/** One incident as a page. */
function incidentLines(
  incident: Incident,
  { traces, triage, similar, heard }: AboutIncident,
  { paint, now, columns, say = sayIn('en'), fileAt }: Look,
): readonly string[] {
  const { state, level, language, count, first, last, attempts, frames, sample } = incident;
  const reason = reasonWords(incident, traces[0], say.language());
  const paid = traces.flatMap(({ costUsd }) => costUsd ?? []);
  const facts: readonly (readonly [string, string])[] = [
    ['state', reason === '' ? say(state) : say('{name}: {said}', { name: say(state), said: reason })],
    ['says', incident.title],
    ...(incident.repository === undefined ? [] : ([['of', incident.repository]] as const)),
    ['class', triageWords(triage, say)],
    ['level', language === 'none' ? level : say('{one}, {other}', { one: level, other: language })],
    ['seen', countWords(count, say)],
    ['first', place(first, now, say)],
    ['last', place(last, now, say)],
    ...factsOf(incident, heard, say),
    ...(incident.boxes === undefined ? [] : ([['boxes', boxWords(incident)]] as const)),
    ['attempts', String(attempts)],
    ...(paid.length === 0 ? [] : ([['cost', usd(paid.reduce((sum, cost) => sum + cost, 0))]] as const)),
    ['incident', incident.fingerprint],
    ...(incident.formerly ?? []).map((name) => ['formerly', name] as const),
  ];
  const names = widestName(facts, say);
  return [
    paint.strong(harmless(incidentName(incident, triage.place))),
    '',
    ...facts.map(
      ([name, value]) =>
        `${paint.faint(pad(named(name, say), names))}  ${(name === 'state' ? stateColour(state, paint) : same)(harmless(value))}`,
    ),
    ...(frames.length === 0
      ? []
      : ['', paint.strong(say('frames')), ...frames.map((frame) => `  ${frameLine(frame, paint, fileAt, say)}`)]),
    '',
    paint.strong(say('sample')),
    ...eventLines(sample).map((line) => `  ${line}`),
    ...(traces.length === 0
      ? []
      : [
          '',
          paint.strong(say('traces')),
          ...traceTable(traces, { paint, now, columns: columns && columns - 2, say, fileAt }).map((line) => `  ${line}`),
        ]),
    ...similarLines(incident, similar, paint, say),
  ];
}

/** Which release, service and environment, on how many hosts, and on which; the last trace to look for. */
function factsOf({ facts }: Incident, heard: Facts, say: SayHere): readonly (readonly [string, string])[] {
  if (facts === undefined) return [];
  const parts = factParts(facts, heard, speaker(say.language()), harmless, machineZone);
  const names = (['host', 'container'] as const).flatMap((name) => {
    const values = facts[name]?.map(({ value }) => value) ?? [];
    return values.length === 0
      ? []
      : [[`${name}s`, [...values, ...(facts.more?.includes(name) ? [say('and others')] : [])].join(', ').slice(0, 2000)] as const];
  });
  const trace = facts.trace?.at(-1)?.value;
  return [
    ...(parts.length === 0 ? [] : ([['came', parts.join('; ')]] as const)),
    ...names,
    ...(trace === undefined ? [] : ([['trace id', trace]] as const)),
  ];
}

/** Its own repairs are told above. */
function similarLines(incident: Incident, similar: readonly SimilarRepair[], paint: Paint, say: SayHere): readonly string[] {
  const others = similar.filter(({ incident: { fingerprint } }) => fingerprint !== incident.fingerprint);
  if (others.length === 0) return [];
  const lines = others.map(({ incident: one, trace: { trace, state, proof, request }, how }) => {
    const facts = [say(LIKE[how]), say('proof {level}', { level: proof?.level ?? say('none') }), request === null ? '' : request.url]
      .filter(Boolean)
      .join(', ');
    const told = `${harmless(incidentName(one, incidentPlace(one.sample)))}  ${paint.faint(`${trace}, ${harmless(facts)}`)}`;
    return `  ${stateColour(state, paint)(say(state))}  ${told}`;
  });
  return ['', paint.strong(say('similar errors and their fixes')), ...lines];
}

const LIKE: Readonly<Record<Likeness, Sentence>> = {
  same: 'the same error',
  frames: 'the same functions',
  type: 'the same type in the same file',
};

const same = (text: string): string => text;

function place({ source, line, time }: Occurrence, now: Date, say: SayHere): string {
  const moment = say('{one}, {other}', { one: when(time), other: ago(time, now, say) });
  return say('{one}, {other}', { one: moment, other: `${source}:${line}` });
}

function frameLine(frame: Frame, paint: Paint, fileAt: FileAt, say: SayHere): string {
  const at = [frame.file, frame.line, frame.column].filter((part) => part !== null && part !== undefined).join(':');
  const text = harmless(frame.function === undefined ? at : `${at}  ${frame.function}`);
  return frame.inApp ? paint.link(text, fileAt?.(frame.file)) : paint.faint(say('{file}  (not of the application)', { file: text }));
}
