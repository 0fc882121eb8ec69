// One followed path: notices that another file stands there now, that the file was truncated or is gone,
// and reads every generation to its end in order. Which path to look at, and when, is up to `file.ts`.
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type AiOpsError, fail } from '../../errors.ts';
import type { SourceSink } from '../../ports.ts';
import { type FileFacts, factsOf, look, type OpenFile } from './disk.ts';
import type { Life } from './life.ts';
import type { Lives } from './lives.ts';
import { type Newcomer, place, unseenSiblings } from './newcomer.ts';
import { wrongKind } from './problems.ts';
import { findCompressed, findSiblings, openFirst, type Sibling, untilSteady } from './siblings.ts';
import { isCopy } from './trail.ts';

/** What all paths of one source share. */
export interface Reading {
  readonly sink: SourceSink;
  readonly lives: Lives;
  readonly encoding: string | undefined;
  /** A generation that was rotated away is over when it was quiet this long and its successor has data. */
  readonly rotateWaitMs: number;
  /** One read buffer for all: only one block is read at a time. */
  readonly scratch: Buffer;
  now(): number;
}

/** A generation that belongs to this path. */
interface Followed {
  readonly life: Life;
  /** Since when another file, or none, stands at the path. */
  retiredAt: number | undefined;
  grewAt: number;
  idleAt: number;
  /** Now reads the copy that was made before the truncation: nothing will be added to it. */
  copied: boolean;
}

export interface Track {
  readonly source: string;
  readonly offset: number;
  /** The path is gone and nothing is left to read. */
  readonly isEmpty: boolean;
  /** The file at the path is being read. */
  readonly isReading: boolean;
  /** Compares the path with what is read. @throws the file system's error */
  look(): Promise<AiOpsError | undefined>;
  /** Reads at most `TURN` blocks. @returns whether there may be more to read at once */
  turn(): Promise<boolean>;
  /** Some generation has been quiet for long enough to say so, once it has been read again. */
  readonly wantsIdle: boolean;
  /** Tells the sink which generations are quiet. Call it only after a `turn` that found nothing. */
  idle(): Promise<void>;
  /** Takes over a generation found by its checkpoint. */
  adopt(life: Life, atPath: boolean): void;
  /** Takes note of the siblings that are there before our watching. @returns their keys and births */
  remember(): Promise<ReadonlySet<string>>;
  /** Reads to the end of what is there and ends everything: `once`. */
  drain(signal: AbortSignal): Promise<AiOpsError | undefined>;
}

/** Generations whose last growth is kept in mind. */
const REMEMBERED = 16;
/** Blocks read before another file has its turn. */
const TURN = 4;
const IDLE_MS = 150;
const QUIET_IDLE_MS = 1000;
const QUIET_MS = 5000;

export function createTrack(source: string, reading: Reading): Track {
  const path = resolve(source);
  const { sink, lives } = reading;
  let followed: Followed[] = [];
  let current: Life | undefined;
  let missingSince: number | undefined;
  let setAside: { readonly key: string; readonly size: number; readonly problem: AiOpsError | undefined } | undefined;
  let seen: ReadonlySet<string> = new Set();
  let lastMtimeMs = Number.NEGATIVE_INFINITY;
  /** When each generation of this path last had data. */
  const grown = new Map<string, number>();
  let hadLife = false;
  /** A generation that stands at the path but belongs to another track (two names for one file). */
  let standIn: Life | undefined;

  /** @param before the generation it is older than; by default all but the one at the path */
  const adopt = (life: Life, atPath: boolean, before = atPath ? undefined : current, since = reading.now()): void => {
    const now = reading.now();
    hadLife = true;
    const newer = followed.findIndex((other) => other.life === before);
    const place = newer < 0 ? followed.length : newer;
    followed.splice(place, 0, { life, retiredAt: atPath ? undefined : since, grewAt: now, idleAt: now, copied: false });
    if (atPath) current = life;
    lastMtimeMs = Math.max(lastMtimeMs, life.facts.mtimeMs);
  };

  const retire = (): void => {
    for (const one of followed) one.retiredAt ??= reading.now();
    current = undefined;
  };

  const families = async (): Promise<readonly string[]> => [
    path,
    await realpath(path).catch(() => path),
    ...followed.map(({ life }) => life.file.path),
  ];

  const siblingsNow = async (): Promise<readonly Sibling[]> => findSiblings(await families());

  /** Generations that came and went between two looks, oldest first. */
  const catchUp = async (except: string): Promise<void> => {
    const sinceMs = lastMtimeMs;
    const before = seen;
    await untilSteady(siblingsNow, async (siblings) => {
      for (const file of await unseenSiblings(siblings, lives, { seen: before, sinceMs, except })) {
        adopt(await lives.begin(file, source, { offset: 0, lines: 0 }, { trusted: true }), false);
      }
      seen = new Set([...seen, ...siblings.map(({ facts }) => `${facts.key}:${facts.born}`)]);
      return false;
    });
  };

  const missing = async (): Promise<AiOpsError | undefined> => {
    missingSince ??= reading.now();
    retire();
    setAside = undefined;
    standIn = undefined;
    // A log may be born and rotated away again before anything stands at the path for longer.
    await catchUp('');
    const patience = hadLife ? reading.rotateWaitMs : 0;
    return reading.now() - missingSince >= patience ? fail('log-not-found', { source }) : undefined;
  };

  const lookAtPath = async (): Promise<AiOpsError | undefined> => {
    const facts = await look(path);
    if (!facts) return missing();
    missingSince = undefined;
    const problem = wrongKind(source, facts);
    if (problem) {
      retire();
      return problem;
    }
    if (current && current.facts.key === facts.key) return undefined;
    const again = followed.find(({ life, copied }) => life.facts.key === facts.key && !copied);
    retire();
    if (again) {
      again.retiredAt = undefined;
      current = again.life;
      return undefined;
    }
    standIn = lives.reading(facts.key);
    if (standIn) return undefined;
    if (setAside?.key === facts.key && setAside.size === facts.size) return setAside.problem;
    // First the file, then its siblings: what is rotated away after this is found by the next look.
    return settle(facts, await place(path, lives, reading.encoding, hadLife));
  };

  const settle = async (facts: FileFacts, newcomer: Newcomer): Promise<AiOpsError | undefined> => {
    setAside = undefined;
    if (newcomer.kind === 'read') {
      const { file, at } = newcomer;
      let life: Life | undefined;
      try {
        await catchUp(file.facts.key);
        life = await lives.begin(file, source, at, { trusted: hadLife });
      } finally {
        if (!life) await file.handle.close();
      }
      adopt(life, true);
      return undefined;
    }
    const problem = newcomer.kind === 'binary' ? fail('log-binary', { source }) : undefined;
    // A copy in the making is looked at again: it may turn out to be a log of its own.
    if (newcomer.kind !== 'wait') setAside = { key: facts.key, size: facts.size, problem };
    return problem;
  };

  const truncated = async (one: Followed): Promise<void> => {
    const { life } = one;
    if (one.copied) return finish(one);
    const { trail } = life;
    let sawShorter = false;
    let copy: OpenFile | undefined;
    const isRest = async ({ handle, facts }: OpenFile): Promise<boolean> => {
      if (lives.reading(facts.key) || !(await isCopy(handle, facts, trail))) return false;
      sawShorter ||= facts.size < trail.offset;
      return facts.size >= trail.offset;
    };
    await untilSteady(siblingsNow, async (siblings) => {
      copy = await openFirst(siblings, isRest);
      return copy !== undefined;
    });
    const { file } = life;
    const newer = followed[followed.indexOf(one) + 1]?.life;
    const atPath = life === current;
    if (atPath) current = undefined;
    one.retiredAt ??= reading.now();
    if (copy) {
      life.moveTo(copy);
      one.copied = true;
    } else {
      if (!sawShorter) await reportLoss(life);
      followed = followed.filter((other) => other !== one);
      await lives.end(life, { over: true, truncated: true });
    }
    await beginAgain(file, atPath, newer, one.retiredAt);
  };

  /** The next life of a file that was truncated, in the descriptor we have: it may have been renamed since. */
  const beginAgain = async (
    { path: name, handle }: OpenFile,
    atPath: boolean,
    newer: Life | undefined,
    retiredAt: number,
  ): Promise<void> => {
    let life: Life | undefined;
    try {
      const facts = await factsOf(handle);
      await catchUp(facts.key);
      life = await lives.begin({ path: name, handle, facts }, source, { offset: 0, lines: 0 }, { trusted: true });
    } finally {
      if (!life) await handle.close();
    }
    adopt(life, atPath, newer, retiredAt);
  };

  const reportLoss = async ({ generation, trail: { offset, facts } }: Life): Promise<void> => {
    const unread = facts.size - offset;
    if (offset === 0 && unread <= 0) return;
    const compressed = (await findCompressed(path))[0];
    const where = compressed === undefined ? '' : `; ${compressed} may hold it and is not read`;
    const what = unread > 0 ? 'truncated before it was read to the end' : 'truncated; what was written just before may be missing';
    sink.gap({ source, generation, offset, bytes: unread > 0 ? unread : null, reason: `${what}${where}` });
  };

  const isOver = (one: Followed): boolean => {
    const { life, retiredAt, grewAt, copied } = one;
    if (retiredAt === undefined || !life.atEnd) return false;
    if (copied) return true;
    if (reading.now() - Math.max(retiredAt, grewAt) < reading.rotateWaitMs) return false;
    // Any later generation that has data will do: this one, or one that is over already.
    if ([...grown].some(([generation, at]) => generation !== life.generation && at >= retiredAt)) return true;
    const later = followed.slice(followed.indexOf(one) + 1).map((other) => other.life);
    const hasSuccessor = [...later, standIn].some((other) => other !== undefined && other.trail.offset > 0);
    return life.facts.links === 0 || setAside !== undefined || hasSuccessor;
  };

  /** @returns `end` when nothing is left now, `more` when the turn is used up or something changed */
  const readLife = async (one: Followed): Promise<'end' | 'more'> => {
    for (let blocks = 0; blocks < TURN; blocks += 1) {
      const step = await one.life.read(reading.scratch);
      if (step.kind === 'end') return 'end';
      if (step.kind === 'truncated') {
        await truncated(one);
        return 'more';
      }
      if (step.kind === 'binary') {
        await rejectBinary(one);
        return 'more';
      }
      one.grewAt = reading.now();
      grown.delete(one.life.generation);
      grown.set(one.life.generation, one.grewAt);
      if (step.chunk) await sink.chunk(step.chunk);
    }
    return 'more';
  };

  const finish = async (one: Followed): Promise<void> => {
    if (grown.size > REMEMBERED) for (const oldest of [...grown.keys()].slice(0, -REMEMBERED)) grown.delete(oldest);
    followed = followed.filter((other) => other !== one);
    await lives.end(one.life, { over: true, truncated: false });
  };

  const rejectBinary = async (one: Followed): Promise<void> => {
    const { life } = one;
    if (current === life) current = undefined;
    setAside = { key: life.facts.key, size: (await look(path))?.size ?? 0, problem: fail('log-binary', { source }) };
    await finish(one);
  };

  return {
    source,
    get offset() {
      return current?.trail.offset ?? 0;
    },
    get isReading() {
      return current !== undefined;
    },
    get wantsIdle() {
      return followed.some((one) => reading.now() >= idleDue(one));
    },
    get isEmpty() {
      return followed.length === 0 && missingSince !== undefined;
    },
    adopt,
    look: lookAtPath,
    remember: async () => {
      seen = new Set((await findSiblings(await families())).map(({ facts }) => `${facts.key}:${facts.born}`));
      return seen;
    },
    turn: async () => {
      for (const one of followed) {
        if ((await readLife(one)) === 'more') return true;
        lastMtimeMs = Math.max(lastMtimeMs, one.retiredAt === undefined ? one.life.facts.mtimeMs : lastMtimeMs);
        if (!isOver(one)) continue;
        await finish(one);
        return true;
      }
      return false;
    },
    idle: async () => {
      const now = reading.now();
      for (const one of followed) {
        if (!one.life.atEnd || now < idleDue(one)) continue;
        one.idleAt = now;
        await sink.idle(one.life.generation);
      }
    },
    drain: async (signal) => {
      for (const one of [...followed]) {
        const limit = (await factsOf(one.life.file.handle)).size;
        while (!signal.aborted && followed.includes(one) && one.life.trail.offset < limit && (await readLife(one)) === 'more');
        if (signal.aborted) return undefined;
        if (followed.includes(one)) await lives.end(one.life, { over: one.retiredAt !== undefined, truncated: false });
      }
      followed = [];
      return setAside?.problem;
    },
  };
}

function idleDue({ idleAt, grewAt }: Followed): number {
  const pace = idleAt - grewAt < QUIET_MS ? IDLE_MS : QUIET_IDLE_MS;
  return Math.max(idleAt, grewAt) + pace;
}
