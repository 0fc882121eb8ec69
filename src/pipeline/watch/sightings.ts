// Groups the events of one piece of reading by fingerprint: what the ledger counts and what `scan` prints.
import { defined } from '../../core/defined.ts';
import { factsOf, mappedFacts, mergedFacts } from '../../core/facts.ts';
import { fingerprint, title } from '../../core/group/fingerprint.ts';
import { fingerprintV1 } from '../../core/group/fingerprint-v1.ts';
import type { ErrorEvent, Facts, Occurrence, Origin } from '../../core/model.ts';
import type { Repeats } from '../../core/read/repeats.ts';
import type { Place as ChunkPlace, Redact, Sighting } from '../../ports.ts';

/** An event with the fingerprint it belongs to. */
export interface Seen {
  readonly event: ErrorEvent;
  readonly fingerprint: string;
  /** Occurrences that it stands for; 1 where absent. */
  readonly count?: number;
}

/** @param places what the source knows of where they begin */
export function identify(events: readonly ErrorEvent[], places?: Pick<ChunkPlace, 'recordAt'>): readonly Seen[] {
  return events.map((event) => {
    const count = places?.recordAt?.(event.offset)?.count;
    return { event, fingerprint: fingerprint(event).id, ...defined({ count }) };
  });
}

/** Occurrences that were counted without an event, of the fingerprint of `event`. */
export interface SeenAgain {
  readonly event: ErrorEvent;
  readonly fingerprint: string;
  readonly count: number;
  readonly first: Place;
  readonly last: Place;
}

type Place = Pick<ErrorEvent, 'source' | 'line' | 'offset' | 'time'>;

/** @param isFresh false for the offset of an occurrence that is counted already */
export function identifyRepeats(
  source: string,
  repeats: readonly Repeats[],
  isFresh: (offset: number) => boolean = () => true,
  places?: Pick<ChunkPlace, 'recordAt'>,
): readonly SeenAgain[] {
  return repeats.flatMap(({ event, fingerprint: id, offsets, lines, firstTime, lastTime }) => {
    // A storm has many of them: nothing is made for each.
    let [count, first, last] = [0, 0, 0];
    for (let index = 0; index < offsets.length; index++) {
      if (!isFresh(offsets[index]!)) continue;
      if (count === 0) first = index;
      last = index;
      count += places?.recordAt?.(offsets[index]!)?.count ?? 1;
    }
    if (count === 0) return [];
    const place = (index: number, time: string | undefined): Place => ({
      source,
      line: lines[index]!,
      offset: offsets[index]!,
      ...defined({ time }),
    });
    // Where only some are fresh, the first of them is given the time of the first of all, which is known already.
    return [{ event, fingerprint: id, count, first: place(first, firstTime), last: place(last, lastTime) }];
  });
}

/**
 * @param now time of reading, for events that carry none
 * @param redact applied to what is stored of a sample; the events themselves stay exact
 */
export function toSightings(seen: readonly Seen[], again: readonly SeenAgain[], now: string, redact: Redact): readonly Sighting[] {
  const groups = new Map<string, SeenAgain[]>();
  const all = [
    ...seen.map(({ event, fingerprint: id, count = 1 }) => ({ event, fingerprint: id, count, first: event, last: event })),
    ...again,
  ];
  for (const one of all) {
    const group = groups.get(one.fingerprint);
    if (group) group.push(one);
    else groups.set(one.fingerprint, [one]);
  }
  return [...groups.values()].map((group) => sighting(group, now, redact));
}

function sighting(group: readonly SeenAgain[], now: string, redact: Redact): Sighting {
  const { fingerprint: id, event } = group[0]!;
  const first = group.map((one) => one.first).reduce((a, b) => (b.offset < a.offset ? b : a));
  const last = group.map((one) => one.last).reduce((a, b) => (b.offset > a.offset ? b : a));
  return {
    fingerprint: id,
    // Made when asked for: of an incident that is known already nobody asks.
    get formerly() {
      return [fingerprintV1(event)];
    },
    get title() {
      return redact(title(event));
    },
    get sample() {
      return redactEvent(event, redact);
    },
    count: group.reduce((sum, one) => sum + one.count, 0),
    first: occurrence(first, now),
    last: occurrence(last, now),
    facts: factsIn(group, now, redact),
  };
}

/** Where they came from, as far as their records or their source say so. */
function factsIn(group: readonly SeenAgain[], now: string, redact: Redact): Facts | undefined {
  if (group.every(({ event }) => event.origin === undefined)) return undefined;
  const all = group.reduce<Facts | undefined>((facts, { event, first: { time: first = now }, last: { time: last = now } }) => {
    const own = first < last ? factsOf(event.origin, first, last) : factsOf(event.origin, last, first);
    return mergedFacts(facts, own);
  }, undefined);
  return all && mappedFacts(all, (value) => redact(value));
}

function occurrence({ source, line, offset, time }: Place, now: string): Occurrence {
  return { source, line, offset, time: time ?? now };
}

function redactEvent(event: ErrorEvent, redact: Redact): ErrorEvent {
  const clean = (text: string | null): string | null => (text === null ? null : redact(text));
  const { rootCause, origin, cause } = event;
  return {
    ...event,
    type: clean(event.type),
    message: clean(event.message),
    text: redact(event.text),
    frames: event.frames.map((frame) => ({
      ...frame,
      file: redact(frame.file),
      ...(frame.function === undefined ? {} : { function: redact(frame.function) }),
    })),
    ...(cause === undefined ? {} : { cause: redact(cause) }),
    ...(rootCause ? { rootCause: { ...rootCause, message: clean(rootCause.message) } } : {}),
    ...(origin ? { origin: Object.fromEntries(Object.entries(origin).map(([name, value]) => [name, redact(value)])) as Origin } : {}),
  };
}
