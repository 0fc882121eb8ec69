// Principle: what begins to fail in several places within the same two minutes, with one thing in common, has one cause.
// Then nobody is helped by a patch for each place: one notice, and each is judged by itself when the storm has passed.
// Faults that the runtime raised are never members: they have their own cause. Pure; the times are those of the log.
import type { Frame } from '../model.ts';
import type { Triage, Triaged } from './triage.ts';

/** New incidents within this time of each other may be one storm, in ms. */
export const STORM_MS = 120_000;
/** A storm is over when none of its members has been seen for this long, in ms. */
export const CALM_MS = 900_000;
const MOST = 3;

/** One incident as a storm sees it. Times are ISO 8601 UTC. */
export interface StormCandidate {
  readonly fingerprint: string;
  readonly event: Triaged & { readonly source: string };
  readonly triage: Triage;
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface Storm {
  /** What the members share, for people. @example 'ECONNREFUSED', '10.0.0.5:5432', 'SequelizeConnectionAcquireTimeoutError' */
  readonly shared: string;
  readonly members: readonly string[];
  readonly firstAt: string;
  readonly lastAt: string;
}

/**
 * The storms among incidents, largest first; each incident is in one at the most. The same whatever their order.
 * @param now ISO 8601 UTC; a storm that has been calm for 15 minutes is none any more
 */
export function storms(candidates: readonly StormCandidate[], now: string): readonly Storm[] {
  const open = candidates.filter((one) => !isRuntimeFault(one.triage) && Number.isFinite(Date.parse(one.firstAt)));
  const byKey = new Map<string, StormCandidate[]>();
  for (const one of open) for (const key of keysOf(one)) byKey.set(key, [...(byKey.get(key) ?? []), one]);
  const bursts = [...byKey].flatMap(([key, all]) => burstsOf(all).map((members) => ({ key, members })));
  const taken = new Set<string>();
  const found: Storm[] = [];
  for (const { key, members } of bursts.toSorted((a, b) => b.members.length - a.members.length || (a.key < b.key ? -1 : 1))) {
    const free = members.filter(({ fingerprint }) => !taken.has(fingerprint));
    if (free.length < MOST || placesOf(free) < 2) continue;
    for (const { fingerprint } of free) taken.add(fingerprint);
    found.push(stormOf(key, free));
  }
  return found.filter(({ lastAt }) => Date.parse(now) - Date.parse(lastAt) < CALM_MS);
}

function stormOf(key: string, members: readonly StormCandidate[]): Storm {
  const firsts = members.map(({ firstAt }) => firstAt).toSorted();
  const lasts = members.map(({ lastAt }) => lastAt).toSorted();
  return {
    shared: key.slice(key.indexOf(' ') + 1),
    members: members.map(({ fingerprint }) => fingerprint).toSorted(),
    firstAt: firsts[0]!,
    lastAt: lasts.at(-1)!,
  };
}

/** Runs of incidents of which each began within two minutes of the first of the run. */
function burstsOf(all: readonly StormCandidate[]): readonly (readonly StormCandidate[])[] {
  const sorted = all.toSorted((a, b) => Date.parse(a.firstAt) - Date.parse(b.firstAt) || (a.fingerprint < b.fingerprint ? -1 : 1));
  const bursts: StormCandidate[][] = [];
  for (const one of sorted) {
    const burst = bursts.at(-1);
    if (burst && Date.parse(one.firstAt) - Date.parse(burst[0]!.firstAt) <= STORM_MS) burst.push(one);
    else bursts.push([one]);
  }
  return bursts.filter(({ length }) => length >= MOST);
}

/** A stranger can make many fingerprints at one place: a storm is seen from two at the least. */
function placesOf(members: readonly StormCandidate[]): number {
  return new Set(members.map(({ event }) => `${event.source} ${placeOf(event.frames)}`)).size;
}

function placeOf(frames: readonly Frame[]): string {
  const frame = frames.find(({ inApp }) => inApp);
  return frame === undefined ? '' : `${frame.file}:${frame.line} ${frame.function ?? ''}`;
}

function isRuntimeFault({ evidence }: Triage): boolean {
  return evidence[0]?.contributes === true && evidence[0].kind === 'runtime-fault';
}

const ADDRESS = /\b((?:\d{1,3}\.){3}\d{1,3}:\d{2,5}|\[[0-9a-f:]+\]:\d{2,5}|[a-z][\w-]*(?:\.[\w-]+)+:\d{2,5}|localhost:\d{2,5})\b/i;
const HOST = /\bhttps?:\/\/([^/\s"'`)]+)/i;

/** What may be shared: the errno or code that decided, the address, the host that answered with its status, the type, the place where it is raised. */
function keysOf({ event, triage }: StormCandidate): readonly string[] {
  const said = `${event.message ?? ''}\n${event.text}`.slice(0, 4000);
  const coded = triage.evidence.filter(({ kind }) => kind === 'errno' || kind === 'sqlstate' || kind === 'tls' || kind === 'resource');
  const status = triage.evidence.find(({ kind }) => kind === 'status')?.value;
  const address = ADDRESS.exec(said)?.[1];
  const host = HOST.exec(said)?.[1];
  const cause = event.rootCause?.type ?? event.type;
  const frame = event.frames.find(({ inApp }) => inApp);
  return [
    ...coded.map(({ value }) => `code ${value}`),
    ...(address === undefined ? [] : [`address ${address}`]),
    ...(host === undefined || status === undefined ? [] : [`host ${host} ${status}`]),
    ...(cause === null || GENERIC.test(cause) ? [] : [`type ${cause}`]),
    ...(frame?.function === undefined ? [] : [`frame ${frame.file} ${frame.function}`]),
  ];
}

/** Types that say nothing of a cause. */
const GENERIC =
  /^(?:(?:java\.lang\.|builtins\.|System\.)?(?:Error|Exception|RuntimeError|RuntimeException|StandardError|Throwable)|\*?errors\.errorString|std::runtime_error)$/;
