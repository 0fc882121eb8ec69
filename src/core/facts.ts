// Where the occurrences of an incident came from, as sets: bounded, whatever a log says, and the same in whatever order they are
// put together. Used for one piece of reading, for the ledger, and where several ledgers are added up.
import type { Facts, FactValue, Origin } from './model.ts';
import { FACT_NAMES, type FactName } from './tables.ts';

/** Values kept of a name. Of traces only the first and the last are of use: each record has its own. */
const MOST: Readonly<Record<FactName, number>> = { service: 16, environment: 16, release: 32, host: 32, container: 32, trace: 2 };

/** A later `last` than that much is worth a write, ms. */
const WORTH_MS = 60_000;

/** @param first time of the first of its occurrences */
export function factsOf(origin: Origin | undefined, first: string, last: string = first): Facts | undefined {
  if (origin === undefined) return undefined;
  const named = FACT_NAMES.flatMap((name) => {
    const value = origin[name];
    return value === undefined ? [] : [[name, [{ value, first, last }]] as const];
  });
  return named.length === 0 ? undefined : (Object.fromEntries(named) as Facts);
}

/**
 * @param most values kept of each name
 * @returns `a` itself where `b` says nothing new
 */
export function mergedFacts(
  a: Facts | undefined,
  b: Facts | undefined,
  most: (name: FactName) => number = (name) => MOST[name],
): Facts | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  let isChanged = false;
  const more = new Set([...(a.more ?? []), ...(b.more ?? [])]);
  const named = FACT_NAMES.flatMap((name) => {
    const values = mergedValues(a[name], b[name]);
    const kept = values === undefined ? undefined : bounded(values, most(name));
    if (kept !== values && name !== 'trace') more.add(name);
    if (kept !== a[name]) isChanged = true;
    return kept === undefined ? [] : [[name, kept] as const];
  });
  if (!isChanged && more.size === (a.more ?? []).length) return a;
  return { ...(Object.fromEntries(named) as Facts), ...(more.size === 0 ? {} : { more: FACT_NAMES.filter((name) => more.has(name)) }) };
}

function mergedValues(a: readonly FactValue[] | undefined, b: readonly FactValue[] | undefined): readonly FactValue[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const all = new Map(a.map((one) => [one.value, one]));
  let isChanged = false;
  for (const one of b) {
    const known = all.get(one.value);
    if (known !== undefined && known.first <= one.first && Date.parse(one.last) - Date.parse(known.last) < WORTH_MS) continue;
    isChanged = true;
    all.set(
      one.value,
      known === undefined ? one : { value: one.value, first: earlier(known.first, one.first), last: later(known.last, one.last) },
    );
  }
  if (!isChanged) return a;
  return [...all.values()].sort((one, other) =>
    one.first < other.first ? -1 : one.first > other.first ? 1 : one.value < other.value ? -1 : 1,
  );
}

/** The first one, and of the others those that were seen last. */
function bounded(values: readonly FactValue[], most: number): readonly FactValue[] {
  if (values.length <= most) return values;
  const [first, ...others] = values;
  const kept = new Set([first, ...others.sort((a, b) => (a.last < b.last ? 1 : -1)).slice(0, most - 1)]);
  return values.filter((one) => kept.has(one));
}

const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a < b ? b : a);

/** The same with other words for the values. */
export function mappedFacts(facts: Facts, map: (value: string) => string): Facts {
  const named = FACT_NAMES.flatMap((name) => {
    const values = facts[name]?.map((one) => ({ ...one, value: map(one.value) }));
    return values === undefined ? [] : [[name, values] as const];
  });
  return { ...facts, ...(Object.fromEntries(named) as Facts) };
}
