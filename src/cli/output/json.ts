// The JSON objects that scripts may rely on, made from the nouns of the core: each with its `kind`, its keys in the
// order of `doc/cli.md`. Fields are named one by one, so that a new field of a noun never gets out by itself.

import { defined } from '../../core/defined.ts';
import type {
  BoxShare,
  DeliveryRecord,
  ErrorEvent,
  Facts,
  Frame,
  Incident,
  Issue,
  Occurrence,
  Outcome,
  Proof,
  Request,
  Sequel,
  StepRecord,
  Trace,
} from '../../core/model.ts';
import { wordsOfReason } from '../../core/policy/decide.ts';
import { FACT_NAMES } from '../../core/tables.ts';
import { placeWords } from '../../core/texts/incident/incident-name.ts';
import type { Triage } from '../../core/triage/triage.ts';
import type { SimilarRepair } from '../../pipeline/repair/past/similar.ts';
import type { Judged } from '../../pipeline/triage.ts';
import type { Explanation } from './explain.ts';

/** `event` of `scan --events` and `watch --events`: `text` is exact. @param fingerprint its id, `v2:…` */
export function eventJson(event: ErrorEvent, fingerprint: string) {
  return {
    kind: 'event',
    id: event.id,
    fingerprint,
    level: event.level,
    type: event.type,
    message: event.message,
    language: event.language,
    format: event.format,
    frames: event.frames.map(frameJson),
    source: event.source,
    line: event.line,
    endLine: event.endLine,
    offset: event.offset,
    endOffset: event.endOffset,
    ...defined({ time: event.time }),
    text: event.text,
  } as const;
}

/** `ready`, the first line of `watch`. */
export function readyJson(sources: readonly { readonly source: string; readonly offset: number }[]) {
  return { kind: 'ready', sources: sources.map(({ source, offset }) => ({ source, offset })) } as const;
}

/** `incident` of `scan`, `watch` and `incidents`. `sample` is the text of the sample event. */
export function incidentJson(incident: Incident, triage: Judged) {
  return {
    kind: 'incident',
    fingerprint: incident.fingerprint,
    ...defined({ formerly: incident.formerly, repository: incident.repository }),
    title: incident.title,
    ...defined({ place: triage.place && placeWords(triage.place) }),
    level: incident.level,
    type: incident.type,
    message: incident.message,
    language: incident.language,
    count: incident.count,
    frames: incident.frames.map(frameJson),
    first: occurrenceJson(incident.first),
    last: occurrenceJson(incident.last),
    sample: incident.sample.text,
    ...factsJson(incident.facts),
    ...triageJson(triage),
  } as const;
}

/** Where it came from. The first of its services and environments stands for it; all of them are in `facts`. */
function factsJson(facts: Facts | undefined) {
  if (facts === undefined) return {};
  const { service, environment, release, host } = facts;
  const values = (all: Facts['host']) => all?.map(({ value }) => value);
  const named = FACT_NAMES.map((name) => [name, facts[name]?.map(({ value, first, last }) => ({ value, first, last }))] as const);
  return {
    ...defined({ service: service?.[0]?.value, environment: environment?.[0]?.value, releases: values(release), hosts: values(host) }),
    facts: { ...defined(Object.fromEntries(named)), ...defined({ more: facts.more }) },
  };
}

function triageJson({ class: kind, evidence }: Triage) {
  return { class: kind, evidence: evidence.map(({ kind: by, value, contributes }) => ({ kind: by, value, contributes })) };
}

/** `incident` as the ledger knows it: also how it stands. @param similar earlier repairs of errors like it, where they were looked for */
export function knownIncidentJson(incident: Incident, triage: Judged, similar?: readonly SimilarRepair[]) {
  const { state, reason, attempts, lastAttemptAt, ignored, boxes } = incident;
  return {
    ...incidentJson(incident, triage),
    state,
    reason,
    attempts,
    lastAttemptAt,
    ...defined({ ignored, boxes: boxes?.map(boxJson), similar: similar?.map(similarJson) }),
  } as const;
}

/** What one box has of it, of several that are added up. */
function boxJson({ box, count, first, last, state, reason }: BoxShare) {
  return { box, count, first, last, state, reason };
}

function similarJson({ how, incident, trace: { trace, state, proof, request } }: SimilarRepair) {
  return { how, fingerprint: incident.fingerprint, trace, state, level: proof?.level ?? null, request: request && requestJson(request) };
}

/** `explanation` of `explain`. `count` is that of the log with `--from-log`, else the ledger's. */
export function explanationJson({ incident, known, parts, decision, examples, triage }: Explanation) {
  const until = decision.kind === 'wait' ? (decision.until ?? undefined) : undefined;
  return {
    kind: 'explanation',
    fingerprint: incident.fingerprint,
    ...defined({ formerly: known?.formerly ?? incident.formerly }),
    title: incident.title,
    count: incident.count,
    parts: parts.map(({ kind, value, contributes, hint }) => ({ kind, value, contributes, ...defined({ hint }) })),
    ...triageJson(triage),
    decision: { kind: decision.kind, reason: decision.reason, words: wordsOfReason(decision.reason), ...defined({ until }) },
    examples: examples.map(({ source, line, text }) => ({ source, line, text })),
    sample: incident.sample.text,
  } as const;
}

/** `result` of `fix` and `watch`. `proof` is always an object: its `level` is `null` where nothing was shown. */
export function resultJson(outcome: Outcome) {
  return { kind: 'result', ...outcomeJson(outcome) } as const;
}

/**
 * `trace` of `status`: the result's fields, when it ran and how it stands.
 * @param withSteps also the steps, the diff and what Claude said, which a brief listing does not read
 */
export function traceJson(trace: Trace, withSteps: boolean) {
  return {
    kind: 'trace',
    ...outcomeJson(trace),
    ...defined({ hint: trace.hint }),
    startedAt: trace.startedAt,
    endedAt: trace.endedAt,
    state: trace.state,
    title: trace.title,
    mode: trace.mode,
    ...defined({ box: trace.box }),
    ...defined({ sequel: trace.sequel && sequelJson(trace.sequel) }),
    ...defined({ follows: trace.follows && followsJson(trace.follows) }),
    ...(withSteps && { steps: trace.steps.map(stepJson), diff: trace.diff, summary: trace.summary }),
    ...(withSteps && defined({ mails: trace.deliveries?.map(messageJson) })),
  } as const;
}

/** What it answers on the request of an earlier trace. */
function followsJson({ cause, round, head, asks }: NonNullable<Trace['follows']>) {
  return { cause, round, head, asks: asks.map(({ author, text, path, line }) => ({ author, text, ...defined({ path, line }) })) };
}

function messageJson({ id, notifier, kind, state, tries, detail, deliveryId, createdAt, changedAt, dueAt }: DeliveryRecord) {
  return {
    id,
    notifier,
    kind,
    state,
    tries,
    detail,
    messageId: deliveryId,
    createdAt,
    changedAt,
    ...((state === 'queued' || state === 'held') && { dueAt }),
  };
}

function sequelJson({ since, mergedAt, quietMs, again }: Sequel) {
  return {
    since,
    ...defined({ mergedAt, quietMs, again: again && { count: again.count, first: again.first, last: again.last } }),
  };
}

function outcomeJson(outcome: Outcome) {
  const { request, issue = null } = outcome;
  return {
    trace: outcome.trace,
    fingerprint: outcome.fingerprint,
    ...defined({ repository: outcome.repository }),
    outcome: outcome.outcome,
    reason: outcome.reason,
    code: outcome.code,
    branch: outcome.branch,
    commit: outcome.commit,
    request: request && requestJson(request),
    issue: issue && requestJson(issue),
    proof: proofJson(outcome.proof),
    files: outcome.files.map(({ path, status, added, removed }) => ({ path, status, added, removed })),
    guard: outcome.guard.map(({ rule, verdict, detail }) => ({ rule, verdict, detail })),
    costUsd: outcome.costUsd,
    turns: outcome.turns,
    durationMs: outcome.durationMs,
    modelMs: outcome.modelMs,
    ...defined({ withheld: outcome.withheld, until: outcome.until }),
  };
}

function requestJson({ url, number, state }: Request | Issue) {
  return { url, number, state };
}

function proofJson(proof: Proof | null) {
  return {
    level: proof?.level ?? null,
    reproduced: proof?.reproduced ?? 'unknown',
    introduced: proof?.introduced ?? null,
    isolation: proof?.isolation ?? null,
    commands: (proof?.commands ?? []).map(({ command, before, after, variant, flaky }) => ({
      command,
      before: before && runJson(before),
      after: runJson(after),
      ...(variant && { variant }),
      ...(flaky && { flaky }),
    })),
    ...defined({ detail: proof?.detail, output: proof?.output }),
  };
}

function runJson({ exitCode, durationMs }: Proof['commands'][number]['after']) {
  return { exitCode, durationMs };
}

function stepJson({ name, startedAt, endedAt, durationMs, outcome, summary, error }: StepRecord) {
  return { name, startedAt, endedAt, durationMs, outcome, summary, ...defined({ error }) };
}

function frameJson(frame: Frame) {
  return {
    file: frame.file,
    line: frame.line,
    ...defined({ column: frame.column, function: frame.function }),
    inApp: frame.inApp,
  };
}

function occurrenceJson({ source, line, offset, time }: Occurrence) {
  return { source, line, offset, time };
}
