// Which commit brought an error: a search over its past with a test as the oracle. Pure: what was seen so far goes in, the
// next look or the answer comes out. Principle: an answer says no more than was seen. What a commit inherits from another is
// used to search and never to claim, since errors come and go; what was seen once may be chance. So a commit is proven only
// where it was seen to fail, and each of its parents to pass, twice.

/** One commit of the past. */
export interface PastCommit {
  readonly commit: string;
  /** The one that it was made on first. One that is not in the list lies beyond what is known. */
  readonly parents: readonly string[];
  /** It changes a file that the fix changes or the error came through: it is likelier than others. */
  readonly touches: boolean;
}

/**
 * What one look at a commit showed. `fails`: with the error of the log; `passes`: the test was seen to run and to pass;
 * `cannot`: neither, since it is not there, cannot be built, or fails for another reason.
 */
export interface Look {
  readonly commit: string;
  readonly said: 'fails' | 'passes' | 'cannot';
  /** That the test ran rests on the exit code alone, until a control has shown it. */
  readonly isBare?: true;
  /** A control: the test was broken on purpose, and `passes` says that the command noticed. */
  readonly isControl?: true;
}

/** What the search comes to. */
export type Bisected =
  /** Passes at the parents and fails at the commit, each seen twice. */
  | { readonly kind: 'proven'; readonly commit: string; readonly parents: readonly string[] }
  /** As `proven`, but between the parents and the commit lie `between` commits at which the test cannot be run. */
  | { readonly kind: 'bounded'; readonly commit: string; readonly parents: readonly string[]; readonly between: number }
  | {
      readonly kind: 'unknown';
      readonly why: 'flaky' | 'older' | 'unfinished';
      /** The oldest commit at which it was seen to fail. */
      readonly fails: string;
    };

export type Step =
  | { readonly kind: 'look'; readonly commit: string; readonly isControl: boolean }
  | { readonly kind: 'end'; readonly found: Bisected };

/** Looks that a claim takes at each side. */
const TWICE = 2;

export interface Bounds {
  /** Looks that may still be taken. */
  readonly left: number;
  /** The commit that last changed the line at fault, where that is known: often right. */
  readonly suspect?: string | undefined;
}

/**
 * @param past newest first, each commit before its parents; the first is known to fail
 * @param looks everything that was seen, in any order
 */
export function nextStep(past: readonly PastCommit[], looks: readonly Look[], bounds: Bounds): Step {
  const known = readLooks(looks);
  const tree = ancestry(past);
  const suspects = narrow(tree, known);
  const { bad, among, parents } = suspects;
  const unknown = (why: Extract<Bisected, { kind: 'unknown' }>['why']): Step => ({
    kind: 'end',
    found: { kind: 'unknown', why, fails: bad },
  });
  if ([...known.values()].some(({ isUnsteady }) => isUnsteady)) return unknown('flaky');
  const open = [...among].filter((commit) => commit !== bad && !known.has(commit));
  if (open.length === 0) {
    if (parents === 'beyond') return unknown('older');
    const next = confirmation(bad, parents, known);
    if (next === 'impossible') return unknown('unfinished');
    if (next === 'done')
      return {
        kind: 'end',
        found: { ...(among.size === 1 ? { kind: 'proven' } : { kind: 'bounded', between: among.size - 1 }), commit: bad, parents },
      };
    return bounds.left > 0 ? { kind: 'look', ...next } : unknown('unfinished');
  }
  // A parent has to be seen twice, whatever comes before.
  if (bounds.left < TWICE) return unknown('unfinished');
  return { kind: 'look', commit: choose(tree, among, open, known, bounds), isControl: false };
}

/** Whether what was seen speaks against a commit: it passes, or something that it was made on fails already. */
export function isRefuted(past: readonly PastCommit[], looks: readonly Look[], suspect: string): boolean {
  const before = ancestry(past).upTo(suspect);
  return looks.some(({ commit, said, isControl }) => {
    if (isControl) return false;
    return commit === suspect ? said === 'passes' : said === 'fails' && before.has(commit);
  });
}

// ---------------------------------------------------------------- what was seen

interface Known {
  readonly said: Look['said'];
  readonly times: number;
  readonly isBare: boolean;
  readonly isControlled: boolean;
  /** It ended one way and another. */
  readonly isUnsteady: boolean;
}

function readLooks(looks: readonly Look[]): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const { commit, said, isBare, isControl } of looks) {
    const before = known.get(commit);
    if (isControl) {
      // A command that does not notice a broken test does not run it.
      if (before) known.set(commit, said === 'passes' ? { ...before, isControlled: true } : { ...before, said: 'cannot' });
      continue;
    }
    known.set(commit, {
      said,
      times: (before?.times ?? 0) + 1,
      isBare: isBare === true || before?.isBare === true,
      isControlled: before?.isControlled ?? false,
      isUnsteady: before !== undefined && (before.isUnsteady || before.said !== said),
    });
  }
  return known;
}

// ---------------------------------------------------------------- the past

interface Ancestry {
  readonly past: readonly PastCommit[];
  readonly of: ReadonlyMap<string, PastCommit>;
  /** A commit and all that came before it, as far as is known. */
  upTo(commit: string): ReadonlySet<string>;
}

function ancestry(past: readonly PastCommit[]): Ancestry {
  const of = new Map(past.map((one) => [one.commit, one]));
  const made = new Map<string, ReadonlySet<string>>();
  const upTo = (commit: string): ReadonlySet<string> => {
    const ready = made.get(commit);
    if (ready) return ready;
    const found = new Set<string>([commit]);
    // A set grows while it is gone through.
    for (const one of found) for (const parent of of.get(one)?.parents ?? []) if (of.has(parent)) found.add(parent);
    made.set(commit, found);
    return found;
  };
  return { past, of, upTo };
}

interface Suspects {
  /** The oldest commit that was seen to fail. */
  readonly bad: string;
  /** It and what may have brought the error to it. */
  readonly among: ReadonlySet<string>;
  /** What these were made on; `beyond` where that is not known, or the first commit of all is among them. */
  readonly parents: readonly string[] | 'beyond';
}

function narrow(tree: Ancestry, known: ReadonlyMap<string, Known>): Suspects {
  const fails = (commit: string): boolean => known.get(commit)?.said === 'fails';
  let bad = tree.past[0]?.commit ?? '';
  for (;;) {
    const among = amongOf(tree, bad, known);
    const around = [...among].flatMap((commit) => tree.of.get(commit)?.parents ?? []);
    // A parent may fail although something newer passes: the error went, and came again.
    const older = [...around, ...among].filter((commit) => commit !== bad && fails(commit) && tree.of.has(commit));
    const oldest = tree.past.findLast(({ commit }) => older.includes(commit) && tree.upTo(bad).has(commit));
    if (oldest === undefined) return { bad, among, parents: outside(tree, among) };
    bad = oldest.commit;
  }
}

function amongOf(tree: Ancestry, bad: string, known: ReadonlyMap<string, Known>): ReadonlySet<string> {
  const before = tree.upTo(bad);
  const cleared = new Set<string>();
  for (const commit of before) {
    if (known.get(commit)?.said !== 'passes' || cleared.has(commit)) continue;
    for (const one of tree.upTo(commit)) cleared.add(one);
  }
  return new Set([...before].filter((commit) => !cleared.has(commit)));
}

function outside(tree: Ancestry, among: ReadonlySet<string>): Suspects['parents'] {
  const found = new Set<string>();
  for (const commit of among) {
    const parents = tree.of.get(commit)?.parents ?? [];
    if (parents.length === 0 || parents.some((parent) => !tree.of.has(parent))) return 'beyond';
    for (const parent of parents) if (!among.has(parent)) found.add(parent);
  }
  return [...found];
}

// ---------------------------------------------------------------- the next look

function confirmation(
  bad: string,
  parents: readonly string[],
  known: ReadonlyMap<string, Known>,
): 'done' | 'impossible' | { readonly commit: string; readonly isControl: boolean } {
  for (const commit of parents) {
    const seen = known.get(commit);
    if (seen?.said === 'cannot') return 'impossible';
    if (seen?.isBare && !seen.isControlled) return { commit, isControl: true };
    if ((seen?.times ?? 0) < TWICE) return { commit, isControl: false };
  }
  return (known.get(bad)?.times ?? 0) < TWICE ? { commit: bad, isControl: false } : 'done';
}

/**
 * The commit whose look tells most: as much of the likelihood on the one side as on the other, away from where nothing
 * could be built, and so that either side can still be told with the looks that are left.
 */
function choose(
  tree: Ancestry,
  among: ReadonlySet<string>,
  open: readonly string[],
  known: ReadonlyMap<string, Known>,
  bounds: Bounds,
): string {
  const likely = [...among].filter((commit) => tree.of.get(commit)?.touches || commit === bounds.suspect);
  const weights = weigh(among, likely, bounds.suspect);
  const all = [...weights.values()].reduce((sum, one) => sum + one, 0);
  const most = 2 ** Math.max(0, bounds.left - 1 - toConfirm(known));
  const order = tree.past.map(({ commit }) => commit).filter((commit) => among.has(commit));
  const lost = order.flatMap((commit, at) => (known.get(commit)?.said === 'cannot' ? [at] : []));
  // Between two likely ones only the ends of the way are worth a look: one of them has to be seen for the claim.
  const ends = new Set(likely.flatMap((commit) => [commit, ...(tree.of.get(commit)?.parents ?? [])]));
  const worthwhile = open.filter((commit) => ends.has(commit));
  const rated = (worthwhile.length > 0 ? worthwhile : open).map((commit) => {
    const older = [...tree.upTo(commit)].filter((one) => among.has(one));
    const below = older.reduce((sum, one) => sum + (weights.get(one) ?? 0), 0);
    const count = older.filter((one) => likely.includes(one)).length;
    const near = Math.min(...lost.map((at) => Math.abs(at - order.indexOf(commit))));
    return {
      commit,
      isSafe: Math.max(count, likely.length - count) <= most,
      worth: Math.min(below, all - below) * (lost.length === 0 ? 1 : near / (near + 2 * lost.length)),
    };
  });
  const safe = rated.filter(({ isSafe }) => isSafe);
  // Of equals the newest: it is likeliest to be built here.
  const [best] = (safe.length > 0 ? safe : rated).toSorted(
    (a, b) => b.worth - a.worth || order.indexOf(a.commit) - order.indexOf(b.commit),
  );
  return best?.commit ?? '';
}

/** Looks that are kept for the claim: two at the parent, one more at the commit, and a control where one is needed. */
const toConfirm = (known: ReadonlyMap<string, Known>): number =>
  TWICE + 1 + ([...known.values()].some(({ isBare, isControlled }) => isBare && !isControlled) ? 1 : 0);

/** A third of all to the suspect; a quarter of what the likely ones have to all others together. */
function weigh(among: ReadonlySet<string>, likely: readonly string[], suspect: string | undefined): ReadonlyMap<string, number> {
  const others = among.size - likely.length;
  const share = likely.length === 0 ? 1 : likely.length / 4 / Math.max(1, others);
  const weights = new Map([...among].map((commit) => [commit, likely.includes(commit) ? 1 : share]));
  if (suspect !== undefined && among.has(suspect)) weights.set(suspect, Math.max(1, likely.length / 2));
  return weights;
}
