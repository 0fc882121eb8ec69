// What this process has applied in memory but not yet written, kept so that it can be applied again on top of a newer
// file. Merged as it comes in: its size follows the number of sources and fingerprints, not the number of lines.
import { mergedFacts } from '../../core/facts.ts';
import type { IncidentState } from '../../core/model.ts';
import type { Checkpoint, JournalEntry, Sighting } from '../../ports.ts';
import type { Database } from './disk/sqlite.ts';
import type { Scope } from './identity/repositories.ts';
import { applyEntry, applyState, type ScopeFor } from './journal.ts';

/** Sightings add up, checkpoints and states replace: each kind touches columns of its own, so their order does not matter. */
export interface Pending {
  /** Each with its time: of many streams of a source the newest are kept. */
  readonly checkpoints: Map<string, { readonly scope: Scope; readonly checkpoint: Checkpoint; readonly at: string }>;
  readonly sightings: Map<string, { readonly scope: Scope; readonly sighting: Sighting }>;
  readonly states: Map<
    string,
    { readonly scope: Scope; readonly fingerprint: string; readonly state: IncidentState; readonly reason: string | null }
  >;
}

export function nothingPending(): Pending {
  return { checkpoints: new Map(), sightings: new Map(), states: new Map() };
}

export function isEmpty(pending: Pending): boolean {
  return pending.checkpoints.size + pending.sightings.size + pending.states.size === 0;
}

export function addEntry(pending: Pending, scopeFor: ScopeFor, { checkpoint, sightings }: JournalEntry, at: string): void {
  if (checkpoint) {
    const scope = scopeFor(undefined);
    pending.checkpoints.set(`${scope.id}\n${checkpoint.position.source}\n${checkpoint.position.stream}`, { scope, checkpoint, at });
  }
  for (const sighting of sightings) addSighting(pending, scopeFor(sighting.repository), sighting);
}

function addSighting(pending: Pending, scope: Scope, sighting: Sighting): void {
  const key = `${scope.id}\n${sighting.fingerprint}`;
  const earlier = pending.sightings.get(key)?.sighting;
  pending.sightings.set(key, { scope, sighting: earlier ? seenAgain(earlier, sighting) : sighting });
}

export function addState(pending: Pending, scope: Scope, fingerprint: string, state: IncidentState, reason: string | null): void {
  pending.states.set(`${scope.id}\n${fingerprint}`, { scope, fingerprint, state, reason });
}

/** Its other parts are made when they are asked for, if ever. */
function seenAgain(first: Sighting, { count, last, facts }: Sighting): Sighting {
  const own = Object.hasOwn(first, 'fingerprint') ? first : (Object.getPrototypeOf(first) as Sighting);
  return Object.create(own, {
    count: { value: first.count + count },
    last: { value: last },
    facts: { value: mergedFacts(first.facts, facts) },
  }) as Sighting;
}

/** `later` on top of `earlier`, for when writing `earlier` has failed. */
export function joined(earlier: Pending, later: Pending): Pending {
  const all: Pending = {
    checkpoints: new Map([...earlier.checkpoints, ...later.checkpoints]),
    sightings: new Map(earlier.sightings),
    states: new Map([...earlier.states, ...later.states]),
  };
  for (const { scope, sighting } of later.sightings.values()) addSighting(all, scope, sighting);
  return all;
}

/** Applies everything again. Run inside a transaction: all of it or nothing. */
export function replay(database: Database, pending: Pending, now: string): void {
  for (const { scope, checkpoint, at } of pending.checkpoints.values())
    applyEntry(database, () => scope, { checkpoint, sightings: [] }, at);
  for (const { scope, sighting } of pending.sightings.values())
    applyEntry(database, () => scope, { checkpoint: null, sightings: [sighting] }, now);
  for (const { scope, fingerprint, state, reason } of pending.states.values()) applyState(database, scope, fingerprint, state, reason);
}
