// Writes what was read into the journal: a position and its effects in one record, so that nothing is lost and nothing
// counts twice, also when a log is read again from its start.
import type { ErrorEvent } from '../../core/model.ts';
import type { Checkpoint, Clock, Journal, Opening, Place, Recorded, Redact, Sighting, Source } from '../../ports.ts';
import { type Batch, createIntake, type DetectSettings } from './intake.ts';
import { identify, identifyRepeats, type Seen, type SeenAgain, toSightings } from './sightings.ts';

export interface RecorderPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly redact: Redact;
}

export type Touched = readonly (Recorded & {
  /** Why it is of none of several repositories; absent where there are not several. */
  readonly unrouted?: string | undefined;
})[];

/** Which of several repositories an event is of, by its name; or why it is of none. */
export type Router = (event: ErrorEvent) => { readonly repository: string } | { readonly unrouted: string };

/**
 * @param checkpoints what the journal knows: events before their positions are counted already
 * @param route where there are several repositories
 * @param tell sees the events that were read, the incidents that they changed, and how many errors are counted now that were not; nothing is read until it is done
 */
export function createRecorder(
  { journal, clock, redact }: RecorderPorts,
  checkpoints: readonly Checkpoint[],
  tell: (seen: readonly Seen[], touched: Touched, errors: number) => void | Promise<void>,
  route?: Router,
): (batch: Batch) => Promise<void> {
  const tokens = new Map(checkpoints.map(({ position, counted }) => [position.stream, counted]));
  const known = new Map<string, { readonly opening: Opening; readonly counted: Counted; spans: readonly Span[] }>();
  const stateOf = (stream: string, opening: Opening) => {
    const last = known.get(stream);
    if (last?.opening === opening) return last;
    // Bytes are numbered anew where a stream is opened again.
    const counted = createCounted(opening.counted ?? last?.counted.tokens() ?? tokens.get(stream) ?? []);
    const state = { opening, counted, spans: [] };
    known.set(stream, state);
    return state;
  };

  return async ({ source: name, stream, events, repeats, safe, reached, places, opening }) => {
    const state = stateOf(stream, opening);
    const before = state.counted;
    before.find(places);
    const seen = identify(events, places);
    const isFresh = (offset: number): boolean => offset >= reached && !before.has(offset);
    const fresh = seen.filter(({ event }) => isFresh(event.offset));
    const again = identifyRepeats(name, repeats, isFresh, places);
    // Reading again what is counted must not move the stored position back: a crash would count it once more.
    // Only what is given again from somewhere else needs to know where its events lay.
    const spans = places.givesAgain ? [...state.spans, ...fresh.map(({ event: { offset, endOffset } }) => ({ offset, endOffset }))] : [];
    const whole = safe.ahead ? beginning(safe.offset, spans) : safe.offset;
    state.spans = spans.filter(({ endOffset }) => endOffset > whole);
    const position = safe.offset < reached ? undefined : places.positionAt(whole, safe.ahead);
    // A source may only start again further back: what is counted from there on is to be known too.
    const from = Math.max(reached, Math.min(whole, (position && places.byteAt(position.token)) ?? safe.offset));
    const starts = [
      ...fresh.map(({ event }) => event.offset),
      ...repeats.flatMap(({ offsets }) => (from < safe.offset || (safe.ahead && places.givesAgain) ? [...offsets] : [])),
    ];
    before.move(
      from,
      starts.filter((offset) => offset >= from),
      places,
    );
    const checkpoint = position === undefined ? null : { position, counted: before.tokens(), line: safe.lines };
    if (checkpoint === null && fresh.length === 0 && again.length === 0) return tell(seen, [], 0);
    const now = clock().toISOString();
    const unrouted = new Map<string, string>();
    const sightings = route === undefined ? toSightings(fresh, again, now, redact) : routed(fresh, again, route, unrouted, now, redact);
    const recorded = await journal.record({ checkpoint, sightings });
    const touched = recorded.map((one) => (one.of === undefined ? { ...one, unrouted: unrouted.get(one.incident.fingerprint) } : one));
    await tell(
      seen,
      touched,
      sightings.reduce((sum, { count }) => sum + count, 0),
    );
    if (touched.some(({ isNew }) => isNew)) await journal.flush();
  };
}

type Span = Pick<ErrorEvent, 'offset' | 'endOffset'>;

/** The last byte at or before `offset` that is in none of the events: what is given again from within one would be another. */
function beginning(offset: number, spans: readonly Span[]): number {
  let at = offset;
  for (const one of spans.toSorted((a, b) => b.offset - a.offset)) if (one.offset < at && one.endOffset > at) at = one.offset;
  return at;
}

/** The sightings of each repository by themselves: one bug of a template is several bugs of several services. */
function routed(
  fresh: readonly Seen[],
  again: readonly SeenAgain[],
  route: Router,
  unrouted: Map<string, string>,
  now: string,
  redact: Redact,
): readonly Sighting[] {
  const groups = new Map<string | undefined, { readonly fresh: Seen[]; readonly again: SeenAgain[] }>();
  const groupOf = ({ event, fingerprint }: Pick<Seen, 'event' | 'fingerprint'>, source: string) => {
    const found = route({ ...event, source });
    if ('unrouted' in found) unrouted.set(fingerprint, found.unrouted);
    const name = 'repository' in found ? found.repository : undefined;
    const group = groups.get(name) ?? { fresh: [], again: [] };
    groups.set(name, group);
    return group;
  };
  for (const one of fresh) groupOf(one, one.event.source).fresh.push(one);
  for (const one of again) groupOf(one, one.first.source).again.push(one);
  return [...groups].flatMap(([repository, group]) =>
    // Parts of a sighting are made when they are asked for.
    toSightings(group.fresh, group.again, now, redact).map((one) =>
      Object.defineProperty(one, 'repository', { value: repository, enumerable: true }),
    ),
  );
}

/** The events of a stream that begin at or after its position and are counted. */
interface Counted {
  has(offset: number): boolean;
  /** Finds the places of those that an earlier run has counted, as far as what was read so far tells. */
  find(places: Place): void;
  /** Forgets what begins before `from`, and takes these in. */
  move(from: number, offsets: readonly number[], places: Place): void;
  tokens(): readonly string[];
}

function createCounted(tokens: readonly string[]): Counted {
  let unfound = tokens;
  let known = new Map<number, string>();
  return {
    has: (offset) => known.has(offset),
    find: (places) => {
      if (unfound.length === 0) return;
      for (const token of unfound) {
        const offset = places.byteAt(token);
        if (offset !== undefined) known.set(offset, token);
      }
      unfound = unfound.filter((token) => places.byteAt(token) === undefined);
    },
    move: (from, offsets, places) => {
      if (known.size === 0 && offsets.length === 0) return;
      known = new Map([...known].filter(([offset]) => offset >= from));
      for (const offset of offsets) known.set(offset, places.tokenAt(offset));
    },
    tokens: () => [...known.values(), ...unfound],
  };
}

/** Counts what the journal does not know yet of logs that are read once, for `fix`. */
export async function record(
  ports: RecorderPorts & { readonly source: Source },
  settings: DetectSettings,
  signal: AbortSignal,
): Promise<void> {
  const checkpoints = await ports.journal.checkpoints();
  const intake = createIntake(
    settings,
    ports.clock,
    createRecorder(ports, checkpoints, () => undefined),
  );
  const sink = { ...intake, gap: () => undefined, ready: () => undefined, trouble: () => undefined };
  await ports.source.follow(sink, { from: 'start', once: true, unpacks: true, checkpoints, signal });
  await ports.journal.flush(true);
}
