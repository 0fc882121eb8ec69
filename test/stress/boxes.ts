// Eight boxes, each with a state directory of its own, on one log storm of twenty bugs and one remote, or of ten bugs in
// each of two repositories: one request, one branch and one paid answer for each bug. With `kill`, every second one of the
// watchers is killed and started again, and one is killed for good while Claude works.
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Boxes, startBoxes } from '../support/boxes.ts';
import type { Program } from '../support/program.ts';
import { parseLines } from '../support/world.ts';
import type { Checks } from './checks.ts';
import { createRandom } from './lines.ts';

export interface ManyBoxes {
  readonly seed: number;
  readonly boxes: number;
  /** Repositories with the same bugs, watched by each box with its one state directory; 1 unless given. */
  readonly apps?: number;
  readonly bugs: number;
  readonly kill: boolean;
}

export interface BoxesFigures {
  readonly seconds: number;
  readonly requests: number;
  readonly branches: number;
  readonly paid: number;
  readonly kills: number;
  readonly claimsLeft: number;
}

/** More than it needs on two busy cores. */
const LIMIT_MS = 240_000;
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** One watcher: of a box, for one of the repositories. */
interface Lane {
  readonly box: number;
  readonly app: number;
  readonly lives: Program[];
}

export async function manyBoxes({ seed, boxes, apps = 1, bugs, kill }: ManyBoxes, checks: Checks): Promise<BoxesFigures> {
  const main = join(ROOT, checks.program === 'build' ? 'bin/ai-ops.cjs' : 'src/main.ts');
  const hang = kill ? { hangsAt: 7 } : {};
  const world = await startBoxes({ boxes, apps, bugs, main, claimSeconds: 8, thinkSeconds: 0.3, ...hang });
  const began = Date.now();
  const random = createRandom(seed);
  const all = Array.from({ length: apps }, (_, app) => app);
  const lanes: readonly Lane[] = Array.from({ length: boxes }, (_, box) => all.map((app) => ({ box, app, lives: [] }))).flat();
  const start = ({ box, app, lives }: Lane): void => void lives.push(world.start(box + 1, app));
  /** Requests that a watcher has told of, in all its lives. */
  const told = ({ lives }: Lane): number =>
    new Set(
      lives
        .flatMap((life) => parseLines(life.stdout()))
        .flatMap(({ kind, request, fingerprint }) => (kind === 'result' && request ? [fingerprint] : [])),
    ).size;
  const isDone = (): boolean => all.every((app) => world.requests(app).length >= bugs);
  let kills = 0;
  let gone: Lane | undefined;
  const storm = setInterval(() => world.storm(), 1000);
  try {
    world.storm();
    for (const lane of lanes) start(lane);
    while (!isDone() && Date.now() - began < LIMIT_MS) {
      await sleep(1000);
      if (!kill) continue;
      const hung = world.calls().find(({ bug }) => bug === 7)?.box;
      if (hung !== undefined && gone === undefined) gone = lanes.find(({ box }) => box === hung - 1);
      const victim = gone?.lives.at(-1) && kills % 5 === 4 ? gone : lanes[Math.floor(random() * lanes.length)]!;
      await victim.lives.at(-1)?.end('SIGKILL');
      kills += 1;
      if (victim !== gone) start(victim);
    }
    const rest = (): readonly Lane[] => lanes.filter((lane) => lane !== gone && told(lane) < bugs);
    while (rest().length > 0 && Date.now() - began < LIMIT_MS) await sleep(500);
    const seconds = Math.round((Date.now() - began) / 100) / 10;
    for (const { lives } of lanes) await lives.at(-1)?.end('SIGTERM');

    const requests = all.flatMap((app) => world.requests(app));
    const branches = (await Promise.all(all.map((app) => world.fixBranches(app)))).flat();
    const paid = world.calls().length;
    const expected = bugs * apps;
    checks.check(`${expected} requests`, requests.length === expected, `${requests.length}`);
    for (const app of all) {
      const heads = world.requests(app).map(({ head }) => head);
      checks.check(`repository ${app + 1}: each from a branch of its own`, new Set(heads).size === bugs, JSON.stringify(heads));
    }
    checks.check(`${expected} branches`, branches.length === expected, branches.join(' '));
    checks.check(
      `${expected} paid answers${kill ? ', and at most one for each kill' : ''}`,
      paid >= expected && paid <= expected + kills,
      `${paid}, ${kills} kills`,
    );
    checks.check('the host saw no break of its description', world.violations().length === 0, world.violations().join('\n'));
    for (const lane of lanes) if (lane !== gone) await knowsAll(world, lane, bugs, checks);
    for (const { box } of lanes.filter(({ app }) => app === 0)) await showsAll(world, box, expected, checks);
    return { seconds, requests: requests.length, branches: branches.length, paid, kills, claimsLeft: (await world.claims()).length };
  } finally {
    clearInterval(storm);
    await world.close();
  }
}

async function knowsAll(world: Boxes, { box, app }: Lane, bugs: number, checks: Checks): Promise<void> {
  const incidents = await world.incidents(box + 1, app);
  const others = incidents.filter(({ state }) => state !== 'proposed');
  const names = others.map(({ fingerprint }) => fingerprint);
  const traces = (await world.traces(box + 1, app)).filter(({ fingerprint }) => names.includes(fingerprint));
  const told = traces.map(({ fingerprint, state, code, startedAt, reason }) => [fingerprint, state, code, startedAt, reason].join(' '));
  const stand = others.map(({ fingerprint, state, reason, attempts, lastAttemptAt }) => ({
    fingerprint,
    state,
    reason,
    attempts,
    lastAttemptAt,
  }));
  checks.check(
    `box ${box + 1}, repository ${app + 1}: knows ${bugs} incidents, all of them proposed`,
    incidents.length === bugs && others.length === 0,
    `${incidents.length} incidents\n${JSON.stringify(stand)}\n${told.join('\n')}`,
  );
}

async function showsAll(world: Boxes, box: number, expected: number, checks: Checks): Promise<void> {
  const shown = (await world.incidents(box + 1, 0, '--all-repositories')).length;
  checks.check(`box ${box + 1}: --all-repositories shows ${expected}`, shown === expected, `${shown}`);
}
