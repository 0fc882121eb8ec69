// Who last changed one line: a walk from the base commit into its past, over raw objects, without git. Only reads, from our
// own store and, where that ends (it may hold one commit only), from the objects of the user's checkout.

import type { AboutCommit } from '../../core/model.ts';
import type { Base, History } from '../../ports.ts';
import { movedFrom, type ReadBlobs } from './moved.ts';
import type { Objects } from './objects/objects.ts';
import { lookup, readCommit } from './objects/snapshot.ts';
import { toBytes } from './objects/tree.ts';
import { asOf, pastOf } from './past.ts';
import { sameLine } from './patch.ts';

export interface HistoryOptions {
  /** Where objects are looked for, in this order. */
  readonly layers: () => Promise<readonly Pick<Objects, 'read'>[]>;
  /** Where more of them come from; absent where the layers are all there is. */
  readonly remote?: {
    /** More of the past of a commit. @returns false where there is none to be had */
    deepen(commit: string, signal: AbortSignal): Promise<boolean>;
    /** Brings contents of files into the store. */
    bring(commit: string, oids: readonly string[]): Promise<void>;
  };
  /** Commits that are looked at. */
  readonly maxCommits?: number;
  readonly maxMs?: number;
  /** Larger files are not compared. */
  readonly maxBytes?: number;
}

/** A line of a file at a commit. */
interface Place {
  readonly commit: string;
  readonly path: string;
  readonly oid: string;
  readonly line: number;
}

export function createHistory({ layers, remote, maxCommits = 2000, maxMs = 3000, maxBytes = 2 ** 20 }: HistoryOptions): History {
  const now = async (): Promise<Objects> => layered(await layers());
  /** What is not here is fetched, all of it at once. */
  const blobs =
    ({ commit }: Base): ReadBlobs =>
    async (oids) => {
      const here = await now();
      const lacking: string[] = [];
      for (const oid of new Set(oids)) await here.read(oid).catch(() => lacking.push(oid));
      if (lacking.length > 0) await remote?.bring(commit, lacking);
      const objects = lacking.length > 0 ? await now() : here;
      return Promise.all(oids.map(async (oid) => (await objects.read(oid)).bytes));
    };
  return {
    lastChange: async (base, path, line, signal) => {
      const until = performance.now() + maxMs;
      const isOver = (): boolean => signal.aborted || performance.now() > until;
      try {
        const objects = await now();
        const commit = await walk(objects, base, { path: toBytes(path), line }, { isOver, maxCommits, maxBytes });
        return commit === null ? null : { ...(await describe(objects, commit)), path, line };
      } catch {
        // History that ends, is damaged or is of another kind: then nothing is known, and the repair does without.
        return null;
      }
    },
    past: async (base, paths, signal) => {
      const until = performance.now() + MAX_PAST_MS;
      const more = async () => (await remote?.deepen(base.commit, signal).catch(() => false)) ?? false;
      return pastOf(now, base, paths, more, blobs(base), () => signal.aborted || performance.now() > until);
    },
    about: async (commit) => describe(await now(), commit).catch(() => null),
    asOf: async (base, commit, names) => asOf(await now(), base, commit, names, blobs(base)).catch(() => null),
  };
}

/** What a search over the past may take before its first run. */
const MAX_PAST_MS = 20_000;

/** Neighbouring commits share most of their trees. */
const KEPT_OBJECTS = 500;

/** The first layer that has an object gives it; what was read lately is not read again. Of the store, a walk only reads. */
function layered(layers: readonly Pick<Objects, 'read'>[]): Objects {
  const lately = new Map<string, ReturnType<Objects['read']>>();
  const find: Objects['read'] = async (oid) => {
    let last: unknown = new Error('there is no history');
    for (const layer of layers) {
      try {
        return await layer.read(oid);
      } catch (thrown) {
        last = thrown;
      }
    }
    throw last;
  };
  const read: Objects['read'] = (oid) => {
    const known = lately.get(oid) ?? find(oid);
    if (lately.size >= KEPT_OBJECTS) lately.clear();
    lately.set(oid, known);
    return known;
  };
  return { read } as Objects;
}

interface Bounds {
  readonly isOver: () => boolean;
  readonly maxCommits: number;
  readonly maxBytes: number;
}

/** The commit whose parents all lack the line; `null` where a bound is reached first. Throws where history ends. */
async function walk(
  objects: Objects,
  { commit }: Base,
  { path, line }: { path: string; line: number },
  bounds: Bounds,
): Promise<string | null> {
  const file = await lookup(objects, (await readCommit(objects, commit)).tree, path);
  if (file === undefined) return null;
  let place: Place = { commit, path, oid: file.oid, line };
  if ((await linesOf(objects, place.oid, bounds.maxBytes))[line - 1] === undefined) return null;
  for (let seen = 0; seen < bounds.maxCommits; seen += 1) {
    if (bounds.isOver()) return null;
    const earlier = await inParent(objects, place, bounds);
    if (earlier === undefined) return place.commit;
    place = earlier;
  }
  return null;
}

/** The same line in a parent, the first that has it. */
async function inParent(objects: Objects, place: Place, { maxBytes }: Bounds): Promise<Place | undefined> {
  const { tree, parents } = await readCommit(objects, place.commit);
  const changed: Place[] = [];
  for (const parent of parents) {
    const parentTree = (await readCommit(objects, parent)).tree;
    const file = (await lookup(objects, parentTree, place.path)) ?? (await movedFrom(objects, tree, parentTree, place));
    if (file === undefined) continue;
    const there = { ...place, commit: parent, path: file.path, oid: file.oid };
    // A parent with the very same file goes before one whose file has to be compared.
    if (file.oid === place.oid) return there;
    changed.push(there);
  }
  for (const there of changed) {
    const [before, after] = [await linesOf(objects, there.oid, maxBytes), await linesOf(objects, place.oid, maxBytes)];
    const line = sameLine(before, after, place.line);
    if (line !== undefined) return { ...there, line };
  }
  return undefined;
}

async function linesOf(objects: Objects, oid: string, maxBytes: number): Promise<readonly string[]> {
  const { bytes } = await objects.read(oid);
  if (bytes.length > maxBytes) throw new Error(`${oid} is too large to be compared`);
  return bytes.toString('latin1').split('\n');
}

async function describe(objects: Objects, commit: string): Promise<AboutCommit> {
  const { bytes } = await objects.read(commit);
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n\n');
  const author = /^author (.*?) ?<[^<>]*> (\d+) [+-]\d{4}$/m.exec(end < 0 ? text : text.slice(0, end));
  if (author === null) throw new Error(`commit ${commit} names no author`);
  const [subject = ''] = (end < 0 ? '' : text.slice(end + 2)).split('\n');
  return { commit, author: author[1] as string, date: new Date(Number(author[2]) * 1000).toISOString(), subject };
}
