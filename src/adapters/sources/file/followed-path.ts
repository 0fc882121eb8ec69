// One followed path: notices that another file stands there now, that the file was truncated or is gone,
// and reads every generation to its end in order. Which path to look at, and when, is up to `follow.ts`.
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type AiOpsError, fail } from '../../../errors.ts';
import { type FileFacts, factsOf, look, lookNow, type OpenFile } from './disk.ts';
import type { Life } from './generation.ts';
import { createLineUp, type Followed } from './line-up.ts';
import { findRest, gapOfTruncation } from './loss.ts';
import { byAge, closeAll, type Newcomer, openUnseen, place } from './new-file.ts';
import { wrongKind } from './problems.ts';
import type { Reading, Track } from './reading.ts';
import { findSiblings, type Sibling } from './siblings.ts';
import type { Start } from './start-offset.ts';

/** Blocks read before another file has its turn. */
const TURN = 4;
const FIRST_BYTE = { offset: 0, lines: 0 };
const AFTER_TRUNCATION: Start = { ...FIRST_BYTE, why: 'it was truncated and begins anew' };
const BETWEEN_LOOKS: Start = { ...FIRST_BYTE, why: 'it came and was rotated away between two looks' };

/** Where blocks are read without waiting, nothing else would ever have its turn, signals neither. */
const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param sinceMs siblings that were last changed before this are not ours: for a path that is found while others are followed */
export function createTrack(source: string, reading: Reading, sinceMs = Number.NEGATIVE_INFINITY): Track {
  const path = resolve(source);
  const { sink, lives } = reading;
  const lineUp = createLineUp(reading.rotateWaitMs, reading.halfLineMs, reading.now);
  let current: Life | undefined;
  let missingSince: number | undefined;
  let isToldMissing = false;
  let setAside: { readonly key: string; readonly size: number; readonly problem: AiOpsError | undefined } | undefined;
  let seen: ReadonlySet<string> = new Set();
  /** Last change of the newest generation when it was begun; not later, for it may be truncated, and its copy be as old as that. */
  let lastMtimeMs = sinceMs;
  let hadLife = false;
  /** A generation that stands at the path but belongs to another track (two names for one file). */
  let standIn: Life | undefined;

  const adopt = (life: Life, retiredAt: number | undefined, before?: Life): void => {
    hadLife = true;
    lineUp.add(life, retiredAt, before);
    if (retiredAt === undefined) current = life;
    lastMtimeMs = Math.max(lastMtimeMs, life.facts.mtimeMs);
  };

  const retire = (): void => {
    lineUp.retire();
    current = undefined;
  };

  const families = async (): Promise<readonly string[]> => [
    path,
    await realpath(path).catch(() => path),
    ...lineUp.all().map(({ life }) => life.file.path),
  ];

  const siblingsNow = async (): Promise<readonly Sibling[]> => findSiblings(await families());

  /**
   * Begins the generations that came and went between two looks, and `file` where there is one.
   * They are begun in the order of their lives: if we are killed in between, the next run takes the newest one it knows
   * for the end of what was seen.
   * @param retired `file` is known to stand elsewhere by now, before `newer`
   * @returns how many came and went
   */
  const enter = async (file?: OpenFile, at = BETWEEN_LOOKS, retired?: { since: number; newer: Life | undefined }): Promise<number> => {
    const trusted = hadLife;
    let waiting: readonly OpenFile[] = file ? [file] : [];
    try {
      const { files: unseen, problem } = await openUnseen(siblingsNow, lives, { seen, sinceMs: lastMtimeMs, except: file });
      waiting = [...unseen, ...waiting];
      const isThere = file !== undefined && !retired && (await look(path))?.key === file.facts.key;
      if (file && !isThere && !retired) waiting = byAge(waiting);
      // Without a descriptor for the younger ones: what comes after them is begun after them, or they would count as read.
      const isAhead = problem !== undefined && waiting.at(-1) === file && retired?.newer === undefined;
      for (const next of isAhead ? unseen : [...waiting]) {
        const life = await lives.begin(next, source, next === file ? at : BETWEEN_LOOKS, { trusted: trusted || next !== file });
        waiting = waiting.filter((one) => one !== next);
        if (next === file) adopt(life, isThere ? undefined : (retired?.since ?? reading.now()), retired?.newer);
        else adopt(life, reading.now(), current);
      }
      seen = new Set([...seen, ...unseen.map(({ facts }) => `${facts.key}:${facts.born}`)]);
      if (problem !== undefined) throw problem;
      return unseen.length;
    } finally {
      await closeAll(waiting);
    }
  };

  const missing = async (): Promise<AiOpsError | undefined> => {
    missingSince ??= reading.now();
    retire();
    setAside = undefined;
    standIn = undefined;
    // A log may be born and rotated away again before anything stands at the path for longer.
    await enter();
    const patience = hadLife ? reading.rotateWaitMs : 0;
    isToldMissing = reading.now() - missingSince >= patience;
    return isToldMissing ? fail('log-not-found', { source }) : undefined;
  };

  const lookAtPath = async (): Promise<AiOpsError | undefined> => {
    const facts = reading.ring.isNear ? lookNow(path) : await look(path);
    if (!facts) return missing();
    missingSince = undefined;
    isToldMissing = false;
    const problem = wrongKind(source, facts);
    if (problem) {
      retire();
      return problem;
    }
    if (current && current.facts.key === facts.key) return undefined;
    const again = lineUp.all().find(({ life, copied }) => life.facts.key === facts.key && !copied);
    retire();
    if (again) {
      again.retiredAt = undefined;
      current = again.life;
      return undefined;
    }
    standIn = lives.reading(facts.key);
    if (standIn) return undefined;
    if (setAside?.key === facts.key && setAside.size === facts.size) return setAside.problem;
    // Was the file before it truncated in between? That life comes first.
    for (const one of lineUp.all()) await readLife(one);
    // First the file, then its siblings: what is rotated away after this is found by the next look.
    return settle(facts, await place(path, lives, reading.encoding, hadLife));
  };

  const settle = async (facts: FileFacts, newcomer: Newcomer): Promise<AiOpsError | undefined> => {
    setAside = undefined;
    if (newcomer.kind === 'read') {
      const why =
        newcomer.at.offset > 0 ? 'it was read before, and has grown' : hadLife ? 'another file stands at the path' : 'it was born';
      await enter(newcomer.file, { ...newcomer.at, why });
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
    const { file } = life;
    // Asked for before anything changes: it may be refused.
    const facts = await factsOf(file.handle);
    const { copy, isShorter } = await findRest(life, lives, siblingsNow);
    const newer = lineUp.after(one);
    const retiredAt = life === current ? undefined : one.retiredAt;
    if (life === current) current = undefined;
    one.retiredAt ??= reading.now();
    const gap = copy || isShorter ? undefined : await gapOfTruncation(path, life);
    const hadData = life.trail.offset > 0;
    if (gap && hadData) sink.gap(gap);
    if (copy) {
      life.moveTo(copy);
      one.copied = true;
    } else {
      lineUp.remove(one);
      await lives.end(life, { over: true, truncated: true });
    }
    // The next life is read from the descriptor we have: the file may have been renamed since.
    const between = await enter({ ...file, facts }, AFTER_TRUNCATION, retiredAt === undefined ? undefined : { since: retiredAt, newer });
    // What was truncated before our first read is, where anybody kept it, one of those between two looks.
    if (gap && !hadData && between === 0) sink.gap(gap);
  };

  /** @returns `end` when nothing is left now, `more` when the turn is used up or something changed */
  const readLife = async (one: Followed): Promise<'end' | 'more'> => {
    for (let blocks = 0; blocks < TURN; blocks += 1) {
      const step = await one.life.read(reading.ring);
      if (step.kind === 'end') return 'end';
      if (step.kind === 'truncated') {
        await truncated(one);
        return 'more';
      }
      if (step.kind === 'binary') {
        await rejectBinary(one);
        return 'more';
      }
      lineUp.grew(one, step.chunk !== undefined);
      // Not in the last block of the turn: the buffers are another file's next.
      if (blocks + 1 < TURN) one.life.readAhead(reading.ring);
      if (step.chunk) await sink.chunk(step.chunk);
      // What has come since is found by the next look.
      if (one.life === current && current.atEnd) return 'end';
    }
    return 'more';
  };

  const finish = async (one: Followed): Promise<void> => {
    lineUp.remove(one);
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
      return lineUp.idle().length > 0;
    },
    get idleDue() {
      return lineUp.idleDue();
    },
    get isSettled() {
      if (lineUp.all().length === 0) return setAside !== undefined || isToldMissing;
      return current?.atEnd === true && !current.isHolding && lineUp.all().length === 1 && setAside === undefined;
    },
    get isEmpty() {
      return lineUp.all().length === 0 && missingSince !== undefined;
    },
    adopt: (life, atPath, succeeded) => {
      adopt(life, atPath ? undefined : reading.now(), atPath ? undefined : current);
      if (succeeded) lineUp.succeeded(life);
    },
    look: lookAtPath,
    remember: async () => {
      seen = new Set((await findSiblings(await families())).map(({ facts }) => `${facts.key}:${facts.born}`));
      return seen;
    },
    turn: async () => {
      for (const one of lineUp.all()) {
        if ((await readLife(one)) === 'more') return true;
        if (!lineUp.isOver(one, setAside !== undefined || (standIn !== undefined && standIn.trail.offset > 0))) continue;
        await finish(one);
        return true;
      }
      return false;
    },
    idle: async () => {
      for (const one of lineUp.idle()) {
        one.idleAt = reading.now();
        const half = one.idleAt - one.grewAt >= reading.halfLineMs ? one.life.half() : undefined;
        if (half) await sink.chunk(half);
        one.isCalm = !(await sink.idle(one.life.generation)) && !one.life.isHolding;
      }
    },
    drain: async (signal) => {
      let broken = false;
      for (const one of lineUp.all()) {
        const limit = (await factsOf(one.life.file.handle)).size;
        const isOpen = (): boolean => lineUp.all().includes(one);
        while (!signal.aborted && isOpen() && one.life.trail.offset < limit && (await readLife(one)) === 'more') await othersTurn();
        if (signal.aborted) return undefined;
        broken ||= one.life.file.handle.broken !== undefined;
        if (!isOpen()) continue;
        lineUp.remove(one);
        await lives.end(one.life, { over: one.retiredAt !== undefined, truncated: false });
      }
      return broken ? fail('log-cut', { source }) : setAside?.problem;
    },
  };
}
