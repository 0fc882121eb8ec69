// Generated lives of a log against a model: random writes, rotations, truncations, deletions, stops and kills,
// in the manner of vector's file-source experiments. Every line must be counted exactly once.
// A run that fails prints its seed. `AIOPS_RUNS=n` makes more runs, `AIOPS_SEED=n` repeats that one alone, `AIOPS_FIRST=n` begins there.
// `AIOPS_AT_A_TIME=n` runs more beside each other, which changes what comes first.

import { appendFile, copyFile, mkdtemp, readFile, rename, rm, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import type { Checkpoint } from '../../../../src/ports.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';
import { type Collection, collect } from '../collect.ts';

const RUNS = Number(process.env.AIOPS_RUNS ?? (IS_SLOW_LANE ? 300 : 60));
const FIRST = Number(process.env.AIOPS_FIRST ?? 1);
const ACTIONS = 14;
const AT_A_TIME = Number(process.env.AIOPS_AT_A_TIME ?? 12);

/** What a ledger would hold: lines counted, and where to go on. */
interface Snapshot {
  readonly lines: readonly string[];
  readonly checkpoints: readonly Checkpoint[];
}

type Action =
  | 'write'
  | 'half'
  | 'rotate'
  | 'compress'
  | 'copytruncate'
  | 'truncate'
  | 'rewrite'
  | 'delete'
  | 'replace'
  | 'pause'
  | 'store'
  | 'stop'
  | 'kill';

const WEIGHTS: readonly (readonly [Action, number])[] = [
  ['write', 8],
  ['half', 2],
  ['rotate', 4],
  ['compress', 2],
  ['copytruncate', 2],
  ['truncate', 1],
  ['rewrite', 1],
  ['delete', 1],
  ['replace', 1],
  ['pause', 3],
  ['store', 2],
  ['stop', 2],
  ['kill', 2],
];

/** Mulberry32: small, seeded, good enough to choose actions. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function choose(random: (below: number) => number): Action {
  let point = random(WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [action, weight] of WEIGHTS) {
    if (point < weight) return action;
    point -= weight;
  }
  return 'pause';
}

/** A ledger keeps what it has until there is something newer of the same generation. */
function merge(older: readonly Checkpoint[], newer: readonly Checkpoint[]): readonly Checkpoint[] {
  return [...new Map([...older, ...newer].map((checkpoint) => [checkpoint.position.stream, checkpoint])).values()];
}

async function run(
  seed: number,
): Promise<{ readonly actions: readonly string[]; readonly expected: readonly string[]; readonly counted: readonly string[] }> {
  const random = randomFrom(seed);
  const dir = await mkdtemp(join(tmpdir(), 'ai-ops-generated-'));
  const log = join(dir, 'app.log');
  const name = random(4) === 0 ? `${log}*` : log;
  const notify = random(3) > 0;
  const halfLineMs = random(2) === 0 ? 30 : 2000;
  const actions: string[] = [];
  const expected: string[] = [];
  let half = false;
  let rotations = 0;
  /** Ages of the rotated files that are compressed. */
  const packed = new Set<number>();
  let counted: readonly string[] = [];
  let ledger: readonly Checkpoint[] = [];
  let stored: Snapshot | undefined;

  const begin = (checkpoints: readonly Checkpoint[]): Collection =>
    collect(createFileSource([name], { pollMs: 15, rotateWaitMs: 40, halfLineMs, notify }), {
      from: checkpoints.length > 0 ? 'resume' : 'start',
      checkpoints,
    });
  await writeFile(log, 'first\n');
  expected.push('first');
  let seen = begin([]);

  const now = (): Snapshot => ({ lines: [...counted, ...seen.lines()], checkpoints: merge(ledger, seen.checkpoints()) });
  const settle = (): Promise<void> => seen.until(() => counted.length + seen.lines().length >= expected.length - (half ? 1 : 0));
  const text = (count: number): string => {
    const lines = Array.from({ length: count }, (_, index) => `seed ${seed} line ${expected.length + index}${' é'.repeat(random(30))}`);
    const end = half ? ' rest\n' : '';
    if (half) expected[expected.length - 1] += ' rest';
    half = false;
    const renumbered = lines.map((line) => line.replace(/\s+$/, ''));
    expected.push(...renumbered);
    return `${end}${renumbered.map((line) => `${line}\n`).join('')}`;
  };
  /** The file is about to lose what is in it: it must have been read, and no older snapshot can be gone back to. */
  const lose = async (): Promise<void> => {
    await settle();
    stored = undefined;
  };
  const shift = async (): Promise<void> => {
    for (let age = rotations; age >= 1; age -= 1) {
      const end = packed.has(age) ? '.gz' : '';
      await rename(`${log}.${age}${end}`, `${log}.${age + 1}${end}`);
    }
    const older = [...packed].map((age) => age + 1);
    packed.clear();
    for (const age of older) packed.add(age);
    rotations += 1;
  };
  const go: { readonly [action in Action]: () => Promise<void> } = {
    write: () => appendFile(log, text(1 + random(40))),
    half: async () => {
      // Where a glob matches the rotated file too, its half line is held back until the next rotation.
      if (half || name !== log) return;
      await appendFile(log, text(1).slice(0, -1));
      half = true;
    },
    rotate: async () => {
      await appendFile(log, '');
      await shift();
      await rename(log, `${log}.1`);
      const wasHalf = half;
      half = false;
      // A half line is held back until the next generation has data.
      if (wasHalf || random(2) > 0) await appendFile(log, text(1 + random(5)));
    },
    // As gzip does: the time is kept, and the plain file goes when the other is whole.
    compress: async () => {
      const age = [1, 2, 3].find((one) => one <= rotations && !packed.has(one));
      if (age === undefined) return;
      const plain = `${log}.${age}`;
      const { atime, mtime } = await stat(plain);
      await writeFile(`${plain}.gz`, gzipSync(await readFile(plain)));
      await utimes(`${plain}.gz`, atime, mtime);
      await unlink(plain);
      packed.add(age);
    },
    copytruncate: async () => {
      await appendFile(log, '');
      // A copy of what was never read at all cannot be told from another log of the same name.
      await settle();
      await shift();
      await copyFile(log, `${log}.1`);
      await truncate(log);
      half = false;
      stored = undefined;
    },
    truncate: async () => {
      await lose();
      await writeFile(log, '');
      half = false;
    },
    rewrite: async () => {
      await lose();
      half = false;
      await writeFile(log, text(1 + random(60)));
    },
    delete: async () => {
      await lose();
      await unlink(log).catch(() => undefined);
      half = false;
    },
    replace: async () => {
      await lose();
      half = false;
      await writeFile(`${dir}/new`, text(1 + random(20)));
      await rename(`${dir}/new`, log);
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, random(40))),
    store: async () => {
      stored = now();
    },
    stop: async () => {
      await seen.stop();
      stored = undefined;
      await again(now());
    },
    kill: async () => {
      const back = stored ?? now();
      await seen.stop();
      await again(back);
    },
  };
  const again = async (back: Snapshot): Promise<void> => {
    // Some of what happens, happens while nobody is watching.
    const down = random(3);
    const safe = ['write', 'half', 'rotate', 'compress'] as const;
    for (let index = 0; index < down; index += 1) await go[safe[random(safe.length)]!]();
    counted = back.lines;
    ledger = back.checkpoints;
    seen = begin(ledger);
  };

  try {
    await seen.until(() => seen.ready !== undefined);
    for (let index = 0; index < ACTIONS; index += 1) {
      const action = choose(random);
      actions.push(action);
      // A half line is not delivered before its generation is over, so nothing waits for it.
      if (half && ['truncate', 'rewrite', 'delete', 'replace', 'copytruncate'].includes(action)) await appendFile(log, text(1));
      await go[action]();
    }
    if (half) await appendFile(log, text(1));
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 60));
    counted = now().lines;
  } catch (error) {
    const have = new Set(now().lines);
    const missing = expected.filter((line) => !have.has(line));
    throw new Error(
      `seed ${seed}, gaps ${JSON.stringify(seen.gaps)}, ${missing.length} missing from '${missing[0]}' to '${missing.at(-1)}': ${actions.join(' ')}: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await seen.stop();
    await rm(dir, { recursive: true, force: true });
  }
  return { actions, expected, counted };
}

test(
  `${RUNS} generated lives of a log`,
  async () => {
    const one = process.env.AIOPS_SEED;
    const seeds = Array.from({ length: RUNS }, (_, index) => (one === undefined ? FIRST + index : Number(one)));
    for (let first = 0; first < seeds.length; first += AT_A_TIME) {
      await Promise.all(
        seeds.slice(first, first + AT_A_TIME).map(async (seed) => {
          const { actions, expected, counted } = await run(seed);
          const told = { seed, actions: actions.join(' '), lines: [...counted].sort() };
          expect(told).toEqual({ seed, actions: actions.join(' '), lines: [...expected].sort() });
        }),
      );
    }
  },
  300_000 + RUNS * 500,
);
