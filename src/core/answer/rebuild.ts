// The same change of a file on another base: each run of changed lines is looked for by its own lines and those around it. The
// principle: a run is carried over only where there is one place for it, by lines that say something; what is there already is
// not carried; anything else is for people. Whatever comes of it is proven again. Pure; the diff is git's unified form.

import type { FileChange } from '../model.ts';

export type Rebuilt =
  /** The base holds the change already. */
  { readonly kind: 'there' } | { readonly kind: 'rebuilt'; readonly change: FileChange } | { readonly kind: 'conflict' };

/** Lines that stand in the place of others, with what is around them. */
interface Run {
  readonly before: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly after: readonly string[];
  /** Of the first removed line in the old text, from 0. */
  readonly at: number;
}

/**
 * @param change of one file, on the base that it was made on
 * @param diff unified, of that change alone
 * @param onto the file as the new base has it; `undefined` where it has none
 */
export function rebuilt({ path, mode, before, after }: FileChange, diff: string, onto: Buffer | undefined): Rebuilt {
  const same = (one: Buffer | undefined, other: Buffer | undefined): boolean =>
    one === undefined || other === undefined ? one === other : one.equals(other);
  const changed = (now: Buffer | undefined): Rebuilt => ({
    kind: 'rebuilt',
    change: { path, mode, ...(onto === undefined ? {} : { before: onto, oldMode: mode }), ...(now === undefined ? {} : { after: now }) },
  });
  if (same(onto, after)) return { kind: 'there' };
  if (same(onto, before)) return changed(after);
  if (onto === undefined || before === undefined || after === undefined) return { kind: 'conflict' };
  const lines = onto.toString('utf8').split('\n');
  const runs = runsOf(diff);
  if (runs.length === 0 || !Buffer.from(lines.join('\n')).equals(onto)) return { kind: 'conflict' };
  let isThere = true;
  let [from, shift] = [0, 0];
  for (const run of runs) {
    const has = placeFor(lines, run, run.added, from, run.at + shift);
    const place = placeFor(lines, run, run.removed, from, run.at + shift);
    // What was put in may hold what was there before, and the other way round.
    const isIn =
      run.added.length > 0 ? has !== undefined && (place === undefined || run.added.length > run.removed.length) : has !== undefined;
    if (isIn && has !== undefined) {
      from = has + run.added.length;
      shift = from - run.at - run.removed.length;
      continue;
    }
    if (place === undefined) return { kind: 'conflict' };
    isThere = false;
    lines.splice(place, run.removed.length, ...run.added);
    from = place + run.added.length;
    shift = from - run.at - run.removed.length;
  }
  return isThere ? { kind: 'there' } : changed(Buffer.from(lines.join('\n')));
}

function runsOf(diff: string): readonly Run[] {
  const runs: { before: string[]; removed: string[]; added: string[]; after: string[]; at: number }[] = [];
  let around: string[] = [];
  let open: (typeof runs)[number] | undefined;
  let line = -1;
  for (const text of diff.split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+/.exec(text);
    if (head) {
      line = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      [around, open] = [[], undefined];
    } else if (line < 0 || text.startsWith('\\')) {
    } else if (text.startsWith('-') || text.startsWith('+')) {
      if (open === undefined) {
        open = { before: around.slice(-CONTEXT), removed: [], added: [], after: [], at: line };
        runs.push(open);
        around = [];
      }
      (text.startsWith('-') ? open.removed : open.added).push(text.slice(1));
      if (text.startsWith('-')) line += 1;
    } else if (text.startsWith(' ')) {
      const last = runs.at(-1);
      if (last !== undefined && last.after.length < CONTEXT && around.length === last.after.length) last.after.push(text.slice(1));
      around.push(text.slice(1));
      open = undefined;
      line += 1;
    }
  }
  return runs;
}

const CONTEXT = 3;

/**
 * Where `wanted` stands, or has to be put: the place with most of the lines around it.
 * @returns `undefined` where there is none, or more than one that is as good
 */
function placeFor(lines: readonly string[], run: Run, wanted: readonly string[], from: number, near: number): number | undefined {
  const found: { readonly at: number; readonly score: number }[] = [];
  for (let at = from; at + wanted.length <= lines.length; at += 1) {
    if (!wanted.every((line, index) => lines[at + index] === line)) continue;
    const above = matching(run.before.toReversed(), (index) => lines[at - 1 - index]);
    const below = matching(run.after, (index) => lines[at + wanted.length + index]);
    const isEdge = (run.before.length === 0 && at === 0) || (run.after.length === 0 && at + wanted.length >= lines.length - 1);
    const score = above + below + (isEdge ? 1 : 0);
    // Lines that say nothing by themselves are found anywhere.
    if (score === 0 && !wanted.some(says)) continue;
    if (score === 0 && wanted.length === 0) continue;
    found.push({ at, score });
  }
  const best = found.reduce((most, { score }) => Math.max(most, score), -1);
  const tied = found.filter(({ score }) => score === best);
  if (tied.length === 1) return tied[0]?.at;
  // As good as each other, and all around them the same: the one where it was.
  const full = run.before.length + run.after.length;
  return best >= full && full > 0 ? tied.find(({ at }) => at === near)?.at : undefined;
}

/** How many lines agree, from the nearest on; one that says nothing does not count by itself. */
function matching(context: readonly string[], lineAt: (index: number) => string | undefined): number {
  let count = 0;
  let told = 0;
  for (const [index, line] of context.entries()) {
    if (lineAt(index) !== line) break;
    count += 1;
    if (says(line)) told = count;
  }
  return told;
}

const says = (line: string): boolean => /[\p{L}\p{N}]{2}/u.test(line);
