// Groups of tests that are called otherwise than before: classes, modules, files, what `describe` names. Principle: a group is
// known again by its tests. Nothing is left of the old one, nothing was there of the new one, both stand in the same place, and
// a test of the one is called in the other as it was.

/** @returns new names of tests, by their old ones */
export function renamedGroups(
  old: readonly string[],
  now: readonly string[],
  { gone, fresh }: { readonly gone: readonly string[]; readonly fresh: readonly string[] },
): ReadonlyMap<string, string> {
  const [before, after] = [groupsOf(old), groupsOf(now)];
  const byRest = new Map<string, { readonly name: string; readonly group: string }[]>();
  for (const name of fresh)
    for (const { group, rest } of places(name)) {
      const same = byRest.get(rest) ?? [];
      if (!before.has(group) && same.length < MOST_LIKE) byRest.set(rest, [...same, { name, group }]);
    }
  // How many tests each pair of groups has in common.
  const pairs = new Map<string, Map<string, Map<string, string>>>();
  for (const name of gone)
    for (const { group, rest } of places(name)) {
      if (after.has(group)) continue;
      const others = pairs.get(group) ?? new Map<string, Map<string, string>>();
      pairs.set(group, others);
      for (const other of byRest.get(rest) ?? []) {
        const tests = others.get(other.group) ?? new Map<string, string>();
        others.set(other.group, tests.set(name, other.name));
      }
    }
  const found = bestOf(pairs);
  const own = new Map(fresh.map((name) => [wholeOf(name), name]));
  // Some runners count a group as a test, too.
  for (const name of gone) {
    const called = own.get(found.groups.get(wholeOf(name)) ?? '');
    if (called !== undefined) found.tests.set(name, called);
  }
  return found.tests;
}

/** Groups that hold a test of one name; beyond so many a name says nothing. */
const MOST_LIKE = 20;

interface Renamed {
  readonly groups: Map<string, string>;
  readonly tests: Map<string, string>;
}

/** Each group stands for one. */
function bestOf(pairs: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string>>>): Renamed {
  const all = [...pairs].flatMap(([group, others]) => [...others].map(([other, tests]) => ({ group, other, tests })));
  const [groups, found, taken] = [new Map<string, string>(), new Map<string, string>(), new Set<string>()];
  for (const { group, other, tests } of all.toSorted((a, b) => b.tests.size - a.tests.size)) {
    if (groups.has(group) || taken.has(other)) continue;
    taken.add(other);
    groups.set(group, other);
    for (const [name, called] of tests) if (!found.has(name)) found.set(name, called);
  }
  return { groups, tests: found };
}

const groupsOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.flatMap((name) => places(name).map(({ group }) => group)));

/**
 * The groups around a test, and for each what its name is without what that group itself is called.
 * @example places('a.test.js > cart > adds').map(({ group }) => group) // [' > a.test.js', ' > a.test.js > cart']
 */
function places(name: string): readonly { readonly group: string; readonly rest: string }[] {
  const parts = partsOf(name);
  return parts.slice(0, -1).map(({ mark }, at) => {
    const [above, below] = [joined(parts.slice(0, at)), joined(parts.slice(at + 1))];
    return { group: joined(parts.slice(0, at + 1)), rest: `${above}${mark}\n${below}` };
  });
}

const joined = (parts: readonly Part[]): string => parts.map(({ mark, text }) => mark + text).join('');
const wholeOf = (name: string): string => joined(partsOf(name));

interface Part {
  /** What stands in front of it. */
  readonly mark: string;
  readonly text: string;
}

/** What separates groups within a word that is a name of a program: a class, a module, a package. */
const WITHIN = /(?<=[\p{L}\p{N}_$])(::|[.#/$])(?=[\p{L}_])/u;

function partsOf(name: string): readonly Part[] {
  // unittest names a test in front of the class that it stands in.
  const [, test, where] = /^(\S+) \(([^()\s]+)\)$/.exec(name) ?? [];
  const parts = where === undefined ? name.split(' > ') : [...where.split('.').filter((part) => part !== test), test as string];
  return parts.flatMap((part) => {
    if (/\s/.test(part)) return [{ mark: ' > ', text: part }];
    const words = part.split(WITHIN);
    return words.flatMap((text, at) => (at % 2 === 0 ? [{ mark: words[at - 1] ?? ' > ', text }] : []));
  });
}
