// Eight boxes, each a process with a state directory of its own, on one log storm of twenty bugs and one remote: one
// request, one branch and one paid answer for each bug. With `kill`, every second one of them is killed and started again,
// and one is killed for good while Claude works.
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startBoxes } from '../support/boxes.ts';
import type { Program } from '../support/program.ts';
import { parseLines } from '../support/world.ts';
import type { Checks } from './checks.ts';
import { createRandom } from './lines.ts';

export interface ManyBoxes {
  readonly seed: number;
  readonly boxes: number;
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

export async function manyBoxes({ seed, boxes: count, bugs, kill }: ManyBoxes, checks: Checks): Promise<BoxesFigures> {
  const main = join(ROOT, checks.program === 'build' ? 'bin/ai-ops.js' : 'src/main.ts');
  const hang = kill ? { hangsAt: 7 } : {};
  const world = await startBoxes({ boxes: count, bugs, main, claimSeconds: 8, thinkSeconds: 0.3, ...hang });
  const began = Date.now();
  const random = createRandom(seed);
  const lives: Program[][] = Array.from({ length: count }, () => []);
  const start = (box: number): void => void lives[box]?.push(world.start(box + 1));
  /** Requests that a box has told of, in all its lives. */
  const told = (box: number): number =>
    new Set(
      (lives[box] ?? [])
        .flatMap((life) => parseLines(life.stdout()))
        .flatMap(({ kind, request, fingerprint }) => (kind === 'result' && request ? [fingerprint] : [])),
    ).size;
  const isDone = (): boolean => world.requests().length >= bugs;
  let kills = 0;
  let gone: number | undefined;
  const storm = setInterval(() => world.storm(), 1000);
  try {
    world.storm();
    for (let box = 0; box < count; box += 1) start(box);
    while (!isDone() && Date.now() - began < LIMIT_MS) {
      await sleep(1000);
      if (!kill) continue;
      const hung = world.calls().find(({ bug }) => bug === 7)?.box;
      if (hung !== undefined && gone === undefined) gone = hung - 1;
      const victim = gone !== undefined && lives[gone]?.at(-1) && kills % 5 === 4 ? gone : Math.floor(random() * count);
      await lives[victim]?.at(-1)?.end('SIGKILL');
      kills += 1;
      if (victim !== gone) start(victim);
    }
    const rest = (): readonly number[] => lives.flatMap((_, box) => (box === gone || told(box) >= bugs ? [] : [box]));
    while (rest().length > 0 && Date.now() - began < LIMIT_MS) await sleep(500);
    const seconds = Math.round((Date.now() - began) / 100) / 10;
    for (const life of lives) await life.at(-1)?.end('SIGTERM');

    const requests = world.requests();
    const branches = await world.fixBranches();
    const paid = world.calls().length;
    checks.check(`${bugs} requests`, requests.length === bugs, `${requests.length}`);
    checks.check(
      'each from a branch of its own',
      new Set(requests.map(({ head }) => head)).size === bugs,
      JSON.stringify(requests.map(({ head }) => head)),
    );
    checks.check(`${bugs} branches`, branches.length === bugs, branches.join(' '));
    checks.check(
      `${bugs} paid answers${kill ? ', and at most one for each kill' : ''}`,
      paid >= bugs && paid <= bugs + kills,
      `${paid}, ${kills} kills`,
    );
    checks.check('the host saw no break of its description', world.violations().length === 0, world.violations().join('\n'));
    for (let box = 0; box < count; box += 1) {
      if (box === gone) continue;
      const incidents = await world.incidents(box + 1);
      const others = incidents.filter(({ state }) => state !== 'proposed').map(({ fingerprint }) => fingerprint);
      const traces = (await world.traces(box + 1)).filter(({ fingerprint }) => others.includes(fingerprint));
      const told = traces.map(({ fingerprint, state, code, startedAt, reason }) => [fingerprint, state, code, startedAt, reason].join(' '));
      checks.check(
        `box ${box + 1} knows ${bugs} incidents, all of them proposed`,
        incidents.length === bugs && incidents.every(({ state }) => state === 'proposed'),
        `${incidents.length} incidents\n${JSON.stringify(incidents.filter(({ state }) => state !== 'proposed').map(({ fingerprint, state, reason, attempts, lastAttemptAt }) => ({ fingerprint, state, reason, attempts, lastAttemptAt })))}\n${told.join('\n')}`,
      );
    }
    return { seconds, requests: requests.length, branches: branches.length, paid, kills, claimsLeft: (await world.claims()).length };
  } finally {
    clearInterval(storm);
    await world.close();
  }
}
