// Several ledgers looked at as one: those of other boxes beside the own one. Each is read as `reader.ts` reads it, and nothing is
// written. An incident is one per repository and fingerprint: its counts and attempts are added up, its first and last
// occurrences are the earliest and the latest of all. How it stands is told by the box that has repaired it last; where none
// has, by the one that has seen it last.
import { defined } from '../../../core/defined.ts';
import { mergedFacts } from '../../../core/facts.ts';
import type { BoxShare, Facts, Incident, Trace } from '../../../core/model.ts';
import type { IncidentFilter } from '../../../ports.ts';
import type { LedgerReader } from '../ledger-port.ts';

/** Values of one name, of all incidents together. */
const MOST_HEARD = 1000;

/** A ledger and what its box is called. */
export interface BoxLedger {
  readonly box: string;
  readonly reader: LedgerReader;
}

/** What can be told of several ledgers together. */
export type MergedReader = Pick<LedgerReader, 'incidents' | 'fingerprints' | 'names' | 'facts' | 'traces' | 'close'>;

/** @param ledgers at least one; where two have the same trace, the first one's is told */
export function mergeReaders(ledgers: readonly BoxLedger[]): MergedReader {
  const all = <T>(work: (reader: LedgerReader) => Promise<readonly T[]>) =>
    Promise.all(ledgers.map(async ({ box, reader }) => ({ box, found: await work(reader) })));
  const these = async (filter: IncidentFilter): Promise<readonly Incident[]> => merged(await all((reader) => reader.incidents(filter)));

  const incidents = async (filter: IncidentFilter = {}): Promise<readonly Incident[]> => {
    const { fingerprint, fingerprints, state, limit, ...rest } = filter;
    const isNamed = fingerprint !== undefined || fingerprints !== undefined;
    // How an incident stands is known when it is whole: then it is looked for by its state.
    const some = await all((reader) => reader.incidents(isNamed ? filter : { ...rest, ...defined({ limit: state ? undefined : limit }) }));
    if (isNamed) return merged(some);
    // What is among the first of one box is counted at all of them.
    const wanted = [...new Set(some.flatMap(({ found }) => found.map((incident) => incident.fingerprint)))];
    const whole = await these({ fingerprints: wanted, ...defined({ allRepositories: filter.allRepositories }) });
    const kept = whole
      .filter((one) => (state ?? one.state) === state || state === undefined)
      .filter((one) => one.last.time >= (rest.since ?? ''));
    return limit === undefined || limit < 0 ? kept : kept.slice(0, limit);
  };

  return {
    incidents,
    fingerprints: async (filter) => (await incidents(filter)).map(({ fingerprint }) => fingerprint).filter(isFirst),
    names: async (filter) => (await all((reader) => reader.names(filter))).flatMap(({ found }) => found).filter(isFirst),
    facts: async (filter) =>
      (await Promise.all(ledgers.map(({ reader }) => reader.facts(filter)))).reduce(
        (all, one) => mergedFacts(all, one, () => MOST_HEARD) ?? all,
        {},
      ),
    traces: async (filter = {}) => {
      const found = (await all((reader) => reader.traces(filter))).flatMap(({ box, found: own }) =>
        own.map((trace) => ({ ...trace, box })),
      );
      const once = [...new Map(found.toReversed().map((trace) => [trace.trace, trace])).values()];
      const sorted = once.sort((a: Trace, b: Trace) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
      return filter.limit === undefined ? sorted : sorted.slice(0, filter.limit);
    },
    close: async () => void (await Promise.all(ledgers.map(({ reader }) => reader.close()))),
  };
}

const isFirst = (name: string, at: number, names: readonly string[]): boolean => names.indexOf(name) === at;

interface Found {
  readonly box: string;
  readonly found: readonly Incident[];
}

/** One incident for each repository and fingerprint, newest sighting first. */
function merged(boxes: readonly Found[]): readonly Incident[] {
  const all = boxes.flatMap(({ box, found }) => found.map((incident) => ({ box, incident })));
  const groups = Map.groupBy(all, ({ incident }) => `${incident.repository ?? ''} ${incident.fingerprint}`);
  return [...groups.values()].map(whole).sort(newestFirst);
}

function whole(shares: readonly { readonly box: string; readonly incident: Incident }[]): Incident {
  const each = shares.map(({ incident }) => incident);
  const first = each.reduce((a, b) => (b.first.time < a.first.time ? b : a));
  const last = each.reduce((a, b) => (b.last.time > a.last.time ? b : a));
  const repaired = each.filter(({ lastAttemptAt }) => lastAttemptAt !== null);
  const standing = repaired.length === 0 ? last : repaired.reduce((a, b) => (b.lastAttemptAt! > a.lastAttemptAt! ? b : a));
  const former = [...new Set(each.flatMap(({ formerly = [] }) => formerly))];
  const { ignored } = each.find((one) => one.ignored !== undefined) ?? {};
  return {
    ...first,
    ...(former.length === 0 ? {} : { formerly: former }),
    count: each.reduce((sum, { count }) => sum + count, 0),
    last: last.last,
    state: standing.state,
    reason: standing.reason,
    attempts: each.reduce((sum, { attempts }) => sum + attempts, 0),
    lastAttemptAt: standing.lastAttemptAt,
    ...defined({ ignored, facts: each.reduce<Facts | undefined>((all, { facts }) => mergedFacts(all, facts), undefined) }),
    boxes: shares.map(shareOf),
  };
}

function shareOf({ box, incident }: { readonly box: string; readonly incident: Incident }): BoxShare {
  const { count, first, last, state, reason } = incident;
  return { box, count, first: first.time, last: last.time, state, reason };
}

/** As one ledger tells them. */
function newestFirst(a: Incident, b: Incident): number {
  if (a.last.time !== b.last.time) return a.last.time < b.last.time ? 1 : -1;
  return b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1);
}
