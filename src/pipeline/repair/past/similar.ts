// Earlier repairs of this repository that are like an incident: what others are told of them, and of those that have held the
// change itself, for Claude. Reads the ledger; no network.
import { similarTo } from '../../../core/group/similar.ts';
import type { Incident, Trace } from '../../../core/model.ts';
import type { Likeness } from '../../../core/tables.ts';
import type { PromptFix } from '../../../core/texts/prompt.ts';
import type { ToldSimilar } from '../../../core/texts/proposal.ts';
import type { Journal, Redact, TraceStore } from '../../../ports.ts';
import type { Job } from '../job.ts';

/** A repair that came to a request, and the incident that it is of. */
interface PastRepair {
  readonly incident: Incident;
  /** Brief, as `TraceFilter` says. */
  readonly trace: Trace;
}

export interface SimilarRepair extends PastRepair {
  readonly how: Likeness;
}

/** States of traces with a request: which of two says more about what to do comes first. */
const STATES = ['confirmed', 'merged', 'proposed', 'regressed', 'closed'] as const;

/** The newest of each state that are compared: older ones are of other code. */
const COMPARED = 200;

/** Incidents in memory together. */
const AT_ONCE = 100;

/** Told in a request. */
const TOLD = 3;

/** Shown to Claude. */
const SHOWN = 2;

interface Ledgers {
  readonly store: Pick<TraceStore, 'traces'>;
  readonly journal: Pick<Journal, 'incidents'>;
}

/** One repair of each incident; those that have held first, of the same kind the newest. */
async function pastRepairs({ store, journal }: Ledgers): Promise<readonly PastRepair[]> {
  const traces = (await Promise.all(STATES.map((state) => store.traces({ brief: true, state, limit: COMPARED })))).flat();
  // A commit on top of a request is no repair of its own.
  const repairs = new Map<string, Trace>();
  for (const trace of traces) if (trace.follows === undefined && !repairs.has(keyOf(trace))) repairs.set(keyOf(trace), trace);
  const names = [...new Set(Array.from(repairs.values(), ({ fingerprint }) => fingerprint))];
  const found: PastRepair[] = [];
  for (let from = 0; from < names.length; from += AT_ONCE)
    for (const incident of await journal.incidents({ fingerprints: names.slice(from, from + AT_ONCE) })) {
      const trace = repairs.get(keyOf(incident));
      if (trace !== undefined) found.push({ incident, trace });
    }
  const place = ({ trace }: PastRepair): number => STATES.indexOf(trace.state as (typeof STATES)[number]);
  return found.sort((a, b) => place(a) - place(b) || b.trace.startedAt.localeCompare(a.trace.startedAt));
}

const keyOf = ({ repository, fingerprint }: Pick<Incident, 'repository' | 'fingerprint'>): string => `${repository}\n${fingerprint}`;

/** Tells which of them are like an incident, the closest first; for many incidents it is read once. */
export async function createSimilar(ledgers: Ledgers): Promise<(incident: Incident) => readonly SimilarRepair[]> {
  const similar = similarTo(await pastRepairs(ledgers));
  return (incident) => similar(incident).map(({ past, how }) => ({ ...past, how }));
}

/** The closest first. @param but a trace that is not told: the one that asks */
export async function similarRepairs(ledgers: Ledgers, incident: Incident, but?: string): Promise<readonly SimilarRepair[]> {
  return (await createSimilar(ledgers))(incident).filter(({ trace }) => trace.trace !== but);
}

/** What a request or an issue says of them. */
export async function toldSimilar({ ports, incident, trace }: Job): Promise<readonly ToldSimilar[]> {
  const similar = await similarRepairs(ports, incident, trace);
  return similar.slice(0, TOLD).map(({ incident: earlier, trace: repair, how }) => ({
    ...{ how, incident: earlier, state: repair.state, level: repair.proof?.level ?? null },
    ...{ trace: repair.trace, url: repair.request?.url ?? null },
  }));
}

/** Changes for Claude: of repairs that were merged and have held, so that nobody's guess is taught. All redacted. */
export async function confirmedFixes(
  ports: Ledgers & { readonly redact: Redact },
  incident: Incident,
  trace?: string,
): Promise<readonly PromptFix[]> {
  const similar = await similarRepairs(ports, incident, trace);
  const held = similar.filter((one) => one.trace.state === 'confirmed').slice(0, SHOWN);
  const changes = await Promise.all(held.map(async (one) => (await ports.store.traces({ trace: one.trace.trace }))[0]?.diff ?? ''));
  return changes.flatMap((diff, index) => (diff === '' ? [] : [{ how: held[index]!.how, diff: ports.redact(diff) }]));
}
