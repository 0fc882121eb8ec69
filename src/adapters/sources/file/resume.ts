// Where reading begins when the program starts: at the stored offsets, whatever became of the files meanwhile.
// A generation that was rotated away is found among its siblings by content and read to its end first.
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { AiOpsError } from '../../../errors.ts';
import type { FollowOptions } from '../../../ports.ts';
import type { OpenFile } from './disk.ts';
import type { Lives } from './generations.ts';
import { begins, holds, type Identity } from './identity.ts';
import { gapSinceLastRun } from './loss.ts';
import { closeAll, openUnseen } from './new-file.ts';
import { readPlace, type StoredPlace } from './places.ts';
import type { Attempt } from './problems.ts';
import type { Reading, Track } from './reading.ts';
import { findSelf, findSiblings, isSameFile, logNames, notOlder, openFirst, rotatedAge, type Sibling, untilSteady } from './siblings.ts';
import { endOfLog, isBinary, type Start } from './start-offset.ts';
import { asText, isGzip } from './unpack.ts';

export interface Resumption {
  /**
   * Opens what is there, at the right place. Call it again for a track that could not be opened:
   * looked at without it, a file that was merely locked at the start would count as a new one.
   * @returns what was wrong, by track
   */
  begin(tracks: readonly Track[]): Promise<ReadonlyMap<Track, AiOpsError>>;
}

export function createResumption(reading: Reading, options: Omit<FollowOptions, 'signal'>, attempt: Attempt): Resumption {
  const known = options.checkpoints.flatMap((checkpoint) => ours(readPlace(checkpoint)));
  const settled = new Set<string>();
  if (options.from !== 'end') reading.lives.memory.isInLedger = async (file) => (await match(file, known, reading)) !== undefined;
  return {
    begin: async (tracks) => {
      const failed = new Map<Track, AiOpsError>();
      const each = async (act: (track: Track) => Promise<void>): Promise<void> => {
        for (const track of tracks) {
          if (failed.has(track)) continue;
          const problem = await attempt(track.source, () => act(track).then(() => undefined));
          if (problem) failed.set(track, problem);
        }
      };
      await each(async (track) => {
        const ids = await track.remember();
        if (options.from === 'resume') for (const id of ids) reading.lives.memory.atStart.add(id);
      });
      if (options.from !== 'end') await each((track) => takeUp(track, tracks, known, settled, reading));
      const isWatched = (track: Track): boolean => of(track, known).length > 0;
      const open = async (track: Track): Promise<void> => {
        if (!track.isReading) await openPath(track, known, reading, options);
        else if (options.from !== 'end') await catchUp(track, undefined, known, reading);
      };
      // A glob may match rotated files too: first the logs they may belong to.
      await each(async (track) => (isWatched(track) ? open(track) : undefined));
      await each(async (track) => (isWatched(track) ? undefined : open(track)));
      return failed;
    },
  };
}

/** The same relative name elsewhere is another log. */
function ours(place: StoredPlace | undefined): readonly StoredPlace[] {
  return place && place.identity.path === resolve(place.source) ? [place] : [];
}

function of(track: Track, known: readonly StoredPlace[]): readonly StoredPlace[] {
  return known.filter(({ source }) => source === track.source);
}

/** The generations of this path that were not read to their end. */
async function takeUp(
  track: Track,
  tracks: readonly Track[],
  known: readonly StoredPlace[],
  settled: Set<string>,
  reading: Reading,
): Promise<void> {
  const path = resolve(track.source);
  for (const one of of(track, known).filter(({ identity }) => !identity.over)) {
    const { source, generation, offset, lines } = one;
    if (settled.has(generation)) continue;
    const file = await findHolder(path, tracks, one, reading);
    if (file) {
      const why = file.path === path ? 'resumed where the ledger left it' : `resumed where the ledger left it, in ${file.path}`;
      const life = await reading.lives.begin(file, source, { offset, lines, why }, { generation, trusted: true });
      track.adopt(
        life,
        file.path === path,
        of(track, known).some((other) => isLater(other, one)),
      );
    } else {
      reading.sink.gap(await gapSinceLastRun(path, one));
      await reading.lives.bury(one);
    }
    settled.add(generation);
  }
}

function isLater(other: StoredPlace, one: StoredPlace): boolean {
  return other.offset > 0 && BigInt(other.identity.born) > BigInt(one.identity.born);
}

async function findHolder(
  path: string,
  tracks: readonly Track[],
  { offset, identity }: StoredPlace,
  reading: Reading,
): Promise<OpenFile | undefined> {
  const others = tracks.map(({ source }) => resolve(source)).filter((other) => dirname(other) === dirname(path) && other !== path);
  const isFree = ({ facts }: OpenFile): boolean => facts.kind === 'file' && !reading.lives.reading(facts.key);
  const isIt = async (file: OpenFile): Promise<boolean> => isFree(file) && (await holds(file.handle, file.facts, identity, offset));
  let found: OpenFile | undefined;
  await untilSteady(
    async () => [...(await findSelf(path)), ...(await family(path)), ...(await clan(path))],
    async (files) => {
      const candidates = [...notOlder(files, identity.mtimeMs), ...others.map((other) => ({ path: other }))];
      found = await openFirst(candidates, async (file) => isSameFile(file.facts, identity) && (await isIt(file)));
      // By content: what was rotated away first, for the file at the path may be a later one that begins the same.
      const rotated = candidates.filter((candidate) => candidate.path !== path);
      found ??= await openFirst(rotated, isIt);
      found ??= await openFirst(rotated, isIt, (head) => begins(head, identity));
      found ??= await openFirst([{ path }], isIt);
      return found !== undefined;
    },
  );
  return found ?? (identity.headLength === 0 ? firstUnread(path, identity, reading) : undefined);
}

/** For a generation that was empty when it was last seen: whatever was compressed since and nobody has read is read under its name. */
async function firstUnread(path: string, { mtimeMs }: Identity, { lives }: Reading): Promise<OpenFile | undefined> {
  const packed = async (): Promise<readonly Sibling[]> => (await family(path)).filter((sibling) => sibling.packed);
  const { files } = await openUnseen(packed, lives, { seen: new Set(), sinceMs: mtimeMs, except: undefined });
  await closeAll(files.slice(1));
  return files[0];
}

const UNSEEN: Start = { offset: 0, lines: 0, why: 'it was written and rotated away while nobody was reading' };

/** Generations that came and went while nobody was reading. */
async function catchUp(track: Track, found: OpenFile | undefined, known: readonly StoredPlace[], { lives }: Reading): Promise<void> {
  const mine = of(track, known);
  if (mine.length === 0) return;
  // Where the newest stands at the path still, no other came after it.
  const sinceMs = track.isReading ? Number.POSITIVE_INFINITY : Math.max(...mine.map(({ identity }) => identity.mtimeMs));
  // Truncated, written again and renamed before the last run saw it: older than what that run has begun since, and unread.
  const reused = new Set(mine.filter(({ identity }) => !identity.over).map(({ identity }) => `${identity.key}:${identity.born}`));
  const how = { seen: new Set<string>(), sinceMs, reused, except: found };
  const path = resolve(track.source);
  const { files, problem } = await openUnseen(() => family(path), lives, how);
  const waiting = [...files];
  try {
    for (let file = waiting.shift(); file; file = waiting.shift())
      track.adopt(await lives.begin(file, track.source, UNSEEN, { trusted: true }), false, false);
  } finally {
    await closeAll(waiting);
  }
  if (problem !== undefined) throw problem;
}

/** The generation that a file is of: the one it was, else one whose content it holds and whose own file is not another one. */
async function match(file: OpenFile, known: readonly StoredPlace[], { lives }: Reading): Promise<StoredPlace | undefined> {
  const held: StoredPlace[] = [];
  for (const one of known) if (await holds(file.handle, file.facts, one.identity, one.offset)) held.push(one);
  const own = held.find(({ identity }) => isSameFile(identity, file.facts));
  if (own) return own;
  for (const one of held) if (!(await isAnother(file, one, lives))) return one;
  return undefined;
}

/**
 * Logs may begin with the same lines, and may hold nothing else: what is equal is not yet the same. Another file is it where the
 * generation's own one is there still or is being read; only a rotated name beside a log that stands at its path may be its copy.
 */
async function isAnother({ path, facts }: OpenFile, { generation, identity, offset }: StoredPlace, lives: Lives): Promise<boolean> {
  const mayBeCopy = rotatedAge(basename(identity.path), basename(path)) !== undefined;
  const isRead = lives.all().some((life) => life.generation === generation && life.facts.key !== facts.key);
  if (isRead && !mayBeCopy) return true;
  // Truncated since, and begun anew, it says nothing of its former life.
  const isOwn = (own: OpenFile): Promise<boolean> =>
    isSameFile(own.facts, identity) ? holds(own.handle, own.facts, identity, offset) : Promise.resolve(false);
  const places = [...(await findSiblings([identity.path])), ...(mayBeCopy ? [] : await findSelf(identity.path))];
  const own = await openFirst(
    places.filter((other) => isSameFile(other.facts, identity)),
    isOwn,
  );
  await own?.handle.close();
  return own !== undefined;
}

/**
 * The file that stands at the path, where it is not read already.
 * It is opened before its siblings are searched: what is rotated away after this is found by the track's next look.
 */
async function openPath(
  track: Track,
  known: readonly StoredPlace[],
  reading: Reading,
  options: Omit<FollowOptions, 'signal'>,
): Promise<void> {
  const path = resolve(track.source);
  const plain = await openFirst([{ path }], async ({ facts }) => facts.kind === 'file' && !reading.lives.reading(facts.key));
  const found = plain && reading.unpacks && (await isGzip(plain.handle)) ? await asText(plain) : plain;
  let kept = false;
  try {
    if (options.from !== 'end') await catchUp(track, found, known, reading);
    if (!found) return;
    const before = await match(found, known, reading);
    // A copy of a log that is read already: the track's look waits until it is needed.
    if (before && reading.lives.all().some(({ generation }) => generation === before.generation)) return;
    const at = await startOf(found, before, of(track, known).length > 0, options, reading.encoding);
    if (at === 'binary') return;
    const generation = before?.generation;
    const how = { trusted: before !== undefined, ...(generation === undefined ? {} : { generation }) };
    track.adopt(await reading.lives.begin(found, track.source, at, how), true, false);
    kept = true;
  } finally {
    if (!kept) await found?.handle.close();
  }
}

async function startOf(
  file: OpenFile,
  before: StoredPlace | undefined,
  isWatched: boolean,
  { from, once }: Pick<FollowOptions, 'from' | 'once'>,
  encoding: string | undefined,
): Promise<Start | 'binary'> {
  // Watched before, and another file stands here now: it was born meanwhile. With `once` there is no "while we watch" to wait for.
  const reads = !before && (from === 'start' || (from === 'resume' && (isWatched || once)));
  if (reads) return (await isBinary(file, encoding)) ? 'binary' : { offset: 0, lines: 0, why: whyFromStart(from, isWatched) };
  if (before && from !== 'end') return { offset: before.offset, lines: before.lines, why: 'resumed where the ledger left it' };
  const end = await endOfLog(file, encoding);
  return end === 'binary'
    ? end
    : { ...end, why: from === 'end' ? 'from its end, as asked for' : 'the ledger does not know it: from its end' };
}

function whyFromStart(from: FollowOptions['from'], isWatched: boolean): string {
  if (from === 'start' && !isWatched) return 'from its start, as asked for';
  return isWatched ? 'born since the ledger last saw the path' : 'read once: from its start';
}

/** Siblings of the log that `path` is a rotated file of: a glob may have taken it for a log of its own. */
async function clan(path: string): Promise<readonly Sibling[]> {
  return findSiblings(logNames(basename(path)).map((name) => join(dirname(path), name)));
}

/** Siblings of a path, and of what it points to where it is a link. */
async function family(path: string): Promise<readonly Sibling[]> {
  return findSiblings([path, await realpath(path).catch(() => path)]);
}
