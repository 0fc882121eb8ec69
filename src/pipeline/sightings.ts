// Groups the events of one piece of reading by fingerprint: what the ledger counts and what `scan` prints.
import { fingerprint, title } from '../core/fingerprint.ts';
import type { ErrorEvent, Occurrence } from '../core/model.ts';
import type { Redact, Sighting } from '../ports.ts';

/** An event with the fingerprint it belongs to. */
export interface Seen {
  readonly event: ErrorEvent;
  readonly fingerprint: string;
}

export function identify(events: readonly ErrorEvent[]): readonly Seen[] {
  return events.map((event) => ({ event, fingerprint: fingerprint(event).id }));
}

/**
 * @param now time of reading, for events that carry none
 * @param redact applied to what is stored of a sample; the events themselves stay exact
 */
export function toSightings(seen: readonly Seen[], now: string, redact: Redact): readonly Sighting[] {
  const groups = new Map<string, ErrorEvent[]>();
  for (const { event, fingerprint: id } of seen) {
    const group = groups.get(id);
    if (group) group.push(event);
    else groups.set(id, [event]);
  }
  return [...groups].map(([id, events]) => sighting(id, events, now, redact));
}

function sighting(id: string, events: readonly ErrorEvent[], now: string, redact: Redact): Sighting {
  const first = events[0]!;
  const last = events[events.length - 1]!;
  return {
    fingerprint: id,
    title: redact(title(first)),
    sample: redactEvent(first, redact),
    count: events.length,
    first: occurrence(first, now),
    last: occurrence(last, now),
  };
}

function occurrence(event: ErrorEvent, now: string): Occurrence {
  return { source: event.source, line: event.line, offset: event.offset, time: event.time ?? now };
}

function redactEvent(event: ErrorEvent, redact: Redact): ErrorEvent {
  const clean = (text: string | null): string | null => (text === null ? null : redact(text));
  const { rootCause } = event;
  return {
    ...event,
    message: clean(event.message),
    text: redact(event.text),
    frames: event.frames.map((frame) => ({ ...frame, file: redact(frame.file) })),
    ...(rootCause ? { rootCause: { ...rootCause, message: clean(rootCause.message) } } : {}),
  };
}
