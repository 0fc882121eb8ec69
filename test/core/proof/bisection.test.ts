// The search for the commit that brought an error, over generated pasts whose truth is known: lines and merges, stretches
// that cannot be built, tests that waver, errors that came and went. It never says more than its looks have shown.
import { type Bisected, isRefuted, type Look, nextStep, type PastCommit } from '../../../src/core/proof/bisection.ts';
import { fewer } from '../../support/lane.ts';
import { seeded } from '../../support/sample-of.ts';

type Said = Look['said'];

/** A whole number below a bound. */
type Pick = (bound: number) => number;

/** What is true of a commit: what each run of the test there comes to. */
type Truth = (commit: string) => Said;

const RUNS = 8;

interface Search {
  readonly found: Bisected;
  readonly looks: readonly Look[];
  readonly runs: number;
}

/** As `pipeline/repair/past/bisect.ts` does it, the truth in the place of the runs. */
function search(past: readonly PastCommit[], truth: Truth, { suspect, red = 3 }: { suspect?: string; red?: number } = {}): Search {
  const looks: Look[] = Array.from({ length: red }, () => ({ commit: past[0]?.commit ?? '', said: 'fails' }));
  for (let runs = 0; ; runs += 1) {
    const step = nextStep(past, looks, { left: RUNS - runs, suspect });
    if (step.kind === 'end') return { found: step.found, looks, runs };
    looks.push({ commit: step.commit, said: truth(step.commit) });
  }
}

/** Newest first: `c0` is the base. */
const line = (length: number, touches: (at: number) => boolean = () => true): PastCommit[] =>
  Array.from({ length }, (_, at) => ({ commit: `c${at}`, parents: at + 1 < length ? [`c${at + 1}`] : [], touches: touches(at) }));

const brokenSince =
  (at: number): Truth =>
  (commit) =>
    Number(commit.slice(1)) <= at ? 'fails' : 'passes';

/** A line with sides that leave it and come back; each commit before its parents. */
function bush(pick: Pick, length: number): PastCommit[] {
  const parents = new Map<number, number[]>();
  for (let at = 0; at < length; at += 1) {
    const main = Math.min(length - 1, at + 1 + (pick(4) === 0 ? pick(3) : 0));
    const side = Math.min(length - 1, at + 1 + pick(8));
    parents.set(at, at + 1 >= length ? [] : pick(4) === 0 && side !== main ? [main, side] : [main]);
  }
  const reached = new Set([0]);
  for (const at of reached) for (const parent of parents.get(at) ?? []) reached.add(parent);
  return [...reached]
    .sort((a, b) => a - b)
    .map((at) => ({ commit: `c${at}`, parents: (parents.get(at) ?? []).map((parent) => `c${parent}`), touches: pick(3) > 0 }));
}

const ancestors = (past: readonly PastCommit[], commit: string): ReadonlySet<string> => {
  const of = new Map(past.map((one) => [one.commit, one.parents]));
  const found = new Set([commit]);
  for (const one of found) for (const parent of of.get(one) ?? []) found.add(parent);
  return found;
};

/** What was claimed is what the looks hold, and what they hold is true. */
function expectShown(past: readonly PastCommit[], { found, looks, runs }: Search, always: (commit: string) => Said | 'wavers'): void {
  expect(runs).toBeLessThanOrEqual(RUNS);
  if (found.kind === 'unknown') return;
  const seen = (commit: string): readonly Said[] => looks.filter((look) => look.commit === commit).map(({ said }) => said);
  const twice = (commit: string, said: Said): void => {
    const here = seen(commit);
    expect({ commit, all: new Set(here), isTwice: here.length >= 2 }).toEqual({ commit, all: new Set([said]), isTwice: true });
  };
  twice(found.commit, 'fails');
  expect(found.parents.length).toBeGreaterThan(0);
  for (const parent of found.parents) twice(parent, 'passes');
  const parentsOf = new Map(past.map((one) => [one.commit, one.parents]));
  if (found.kind === 'proven') {
    expect([...found.parents].sort()).toEqual([...(parentsOf.get(found.commit) ?? [])].sort());
    return;
  }
  // Every way from the commit into the past ends at one of the parents, by commits that were seen to be of no use.
  const between = new Set<string>();
  const waiting = [...(parentsOf.get(found.commit) ?? [])];
  for (const commit of waiting) {
    if (found.parents.includes(commit) || between.has(commit)) continue;
    expect({ commit, seen: new Set(seen(commit)) }).toEqual({ commit, seen: new Set(['cannot']) });
    expect(['cannot', 'wavers']).toContain(always(commit));
    between.add(commit);
    const next = parentsOf.get(commit) ?? [];
    expect(next.length).toBeGreaterThan(0);
    waiting.push(...next);
  }
  expect(found.between).toBe(between.size);
}

test('a line of 64 commits: each of them is found, in at most 8 runs', () => {
  const past = line(64);
  for (let at = 0; at < 63; at += 1) {
    const done = search(past, brokenSince(at));
    expect(done.found).toEqual({ kind: 'proven', commit: `c${at}`, parents: [`c${at + 1}`] });
    expectShown(past, done, brokenSince(at));
  }
});

test('the suspect is looked at early, where that leaves enough for all others', () => {
  const past = line(24);
  const right = search(past, brokenSince(9), { suspect: 'c9' });
  expect({ found: right.found, runs: right.runs }).toEqual({ found: { kind: 'proven', commit: 'c9', parents: ['c10'] }, runs: 5 });
  for (let at = 0; at < 23; at += 1) {
    for (const suspect of ['c0', 'c9', 'c22'])
      expect(search(past, brokenSince(at), { suspect }).found).toEqual({ kind: 'proven', commit: `c${at}`, parents: [`c${at + 1}`] });
  }
});

test('commits that touch the files are looked at first; of the others many are found', () => {
  for (const [length, every, most] of [
    [40, 8, 7],
    [300, 20, 8],
  ] as const) {
    const past = line(length, (at) => at % every === 0);
    let others = 0;
    for (let at = 0; at < length - 1; at += 1) {
      const done = search(past, brokenSince(at));
      expectShown(past, done, brokenSince(at));
      if (done.found.kind === 'proven') expect(done.found.commit).toBe(`c${at}`);
      if (at % every === 0) expect({ kind: done.found.kind, isQuick: done.runs <= most }).toEqual({ kind: 'proven', isQuick: true });
      else others += done.found.kind === 'proven' ? 1 : 0;
      if (length > 100) at += 4;
    }
    if (length < 100) expect(others).toBeGreaterThan(10);
  }
});

test('an error as old as the history is not pinned on its first commit', () => {
  const past = line(20);
  expect(search(past, () => 'fails').found).toEqual({ kind: 'unknown', why: 'older', fails: 'c19' });
  const cut = past.map((one) => (one.parents.length === 0 ? { ...one, parents: ['beyond'] } : one));
  expect(search(cut, () => 'fails').found).toEqual({ kind: 'unknown', why: 'older', fails: 'c19' });
  expect(search([{ commit: 'c0', parents: [], touches: true }], () => 'fails').found).toEqual({
    kind: 'unknown',
    why: 'older',
    fails: 'c0',
  });
});

test.each([1, 2])('%s commits that cannot be built before it: the claim is bounded by them', (stretch) => {
  const past = line(16);
  const truth: Truth = (commit) => {
    const at = Number(commit.slice(1));
    return at <= 6 ? 'fails' : at <= 6 + stretch ? 'cannot' : 'passes';
  };
  const done = search(past, truth);
  expectShown(past, done, truth);
  expect(done.found).toEqual({ kind: 'bounded', commit: 'c6', parents: [`c${7 + stretch}`], between: stretch });
});

test('a stretch that cannot be built elsewhere does not hide it', () => {
  const past = line(32);
  let proven = 0;
  for (let at = 0; at < 31; at += 1) {
    for (const from of [2, 14, 24]) {
      const truth: Truth = (commit) => {
        const here = Number(commit.slice(1));
        return here >= from && here < from + 4 && Math.abs(here - at - 0.5) > 1 ? 'cannot' : brokenSince(at)(commit);
      };
      const done = search(past, truth);
      expectShown(past, done, truth);
      if (done.found.kind === 'proven') proven += 1;
    }
  }
  expect(proven).toBeGreaterThanOrEqual(75);
});

test('where nothing can be built before it, nothing is claimed', () => {
  const past = line(24);
  const { found } = search(past, (commit) => (Number(commit.slice(1)) <= 5 ? 'fails' : 'cannot'));
  expect(found).toMatchObject({ kind: 'unknown', why: 'unfinished' });
});

const MERGED: readonly PastCommit[] = [
  { commit: 'tip', parents: ['merge'], touches: false },
  { commit: 'merge', parents: ['main', 'side2'], touches: true },
  { commit: 'side2', parents: ['side1'], touches: true },
  { commit: 'side1', parents: ['fork'], touches: true },
  { commit: 'main', parents: ['fork'], touches: true },
  { commit: 'fork', parents: ['first'], touches: true },
  { commit: 'first', parents: [], touches: true },
];

test.each([
  ['a commit of the merged side', ['tip', 'merge', 'side2', 'side1'], 'side1', ['fork']],
  ['the last commit of that side', ['tip', 'merge', 'side2'], 'side2', ['side1']],
  ['the merge itself, where both sides pass', ['tip', 'merge'], 'merge', ['main', 'side2']],
  ['a commit before the fork', ['tip', 'merge', 'main', 'side2', 'side1', 'fork'], 'fork', ['first']],
])('a merge: %s', (_what, failing, commit, parents) => {
  const done = search(MERGED, (one) => (failing.includes(one) ? 'fails' : 'passes'));
  expect(done.found).toEqual({ kind: 'proven', commit, parents });
});

test('an error that went and came again is pinned on where it came last, or where it came first, never between', () => {
  const past = line(12);
  const truth: Truth = (commit) => (['c0', 'c1', 'c2', 'c8', 'c9'].includes(commit) ? 'fails' : 'passes');
  const done = search(past, truth);
  expectShown(past, done, truth);
  expect(['c2', 'c9']).toContain(done.found.kind === 'proven' ? done.found.commit : '');
});

test('a test that wavers at the parent proves nothing', () => {
  const past = line(8);
  let times = 0;
  const { found } = search(past, (commit) => (commit === 'c4' ? (times++ % 2 === 0 ? 'passes' : 'fails') : brokenSince(3)(commit)));
  expect(found).toMatchObject({ kind: 'unknown', why: 'flaky' });
});

test('where the runner names no tests, a control shows that the test is run at all', () => {
  const past = line(8);
  const asked = (noticed: Said) => {
    const looks: Look[] = [
      { commit: 'c0', said: 'fails' },
      { commit: 'c0', said: 'fails' },
    ];
    for (let runs = 0; ; runs += 1) {
      const step = nextStep(past, looks, { left: RUNS - runs });
      if (step.kind === 'end')
        return { found: step.found, controls: looks.filter(({ isControl }) => isControl).map(({ commit }) => commit) };
      const said = brokenSince(3)(step.commit);
      if (step.isControl) looks.push({ commit: step.commit, said: step.commit === 'c4' ? noticed : 'passes', isControl: true });
      else looks.push({ commit: step.commit, said, ...(said === 'passes' ? { isBare: true as const } : {}) });
    }
  };
  expect(asked('passes')).toEqual({ found: { kind: 'proven', commit: 'c3', parents: ['c4'] }, controls: ['c4'] });
  // It passed there because nothing ran it.
  expect(asked('cannot').found).not.toMatchObject({ kind: 'proven' });
});

test('what was seen speaks against a suspect, or does not', () => {
  const past = line(6);
  const looks: Look[] = [
    { commit: 'c0', said: 'fails' },
    { commit: 'c3', said: 'fails' },
    { commit: 'c5', said: 'passes' },
  ];
  expect(['c0', 'c1', 'c2', 'c3', 'c4', 'c5'].map((suspect) => isRefuted(past, looks, suspect))).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
  ]);
});

test('pasts with merges, stretches that cannot be built and tests that waver: never more than was shown', () => {
  const kinds = { proven: 0, bounded: 0, unknown: 0 };
  for (let seed = 0; seed < fewer(5000); seed += 1) {
    const next = seeded(seed);
    const pick: Pick = (bound) => Math.floor(next() * bound);
    const past = pick(2) === 0 ? bush(pick, 4 + pick(90)) : line(2 + pick(90), () => pick(3) > 0);
    const culprits = new Set(past.filter(() => pick(past.length) < 2).map(({ commit }) => commit));
    const lost = new Set<string>();
    for (let stretch = pick(4); stretch > 0; stretch -= 1) {
      const from = pick(past.length);
      for (const { commit } of past.slice(from, from + 1 + pick(10))) lost.add(commit);
    }
    const wavering = new Set(past.filter(() => pick(20) === 0).map(({ commit }) => commit));
    const isFlaky = pick(4) === 0;
    const base = past[0]?.commit ?? '';
    const always = (commit: string): Said | 'wavers' => {
      if (commit === base) return 'fails';
      if (lost.has(commit)) return 'cannot';
      if (isFlaky && wavering.has(commit)) return 'wavers';
      return [...ancestors(past, commit)].some((one) => culprits.has(one)) ? 'fails' : 'passes';
    };
    const truth: Truth = (commit) => {
      const said = always(commit);
      return said === 'wavers' ? ((['fails', 'passes', 'cannot'] as const)[pick(3)] ?? 'cannot') : said;
    };
    const suspect = pick(2) === 0 ? past[pick(past.length)]?.commit : undefined;
    const done = search(past, truth, { ...(suspect === undefined ? {} : { suspect }), red: 1 + pick(3) });
    expectShown(past, done, always);
    kinds[done.found.kind] += 1;
    // Of a test that does not waver, what is proven is a commit that brought it.
    if (done.found.kind === 'proven' && !isFlaky && done.found.commit !== base) expect(culprits).toContain(done.found.commit);
  }
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(fewer(40));
});
