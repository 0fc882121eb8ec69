// `kill -9` of the watcher at any instant, under load, with rotation while it runs and while it is down.
// It is started again with the same command each time; at the end everything is counted, once.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Checks, checkExact, countsOf, inPlace, settled } from './checks.ts';
import { createRandom } from './lines.ts';
import { type Place, until, type Watcher, type Writer } from './place.ts';

export interface Kill {
  readonly seed: number;
  readonly rounds: number;
  readonly linesPerSecond: number;
  /** Most rotations while it is down. */
  readonly down: number;
  /** `--from` of the watchers behind the first, which reads from the start in any case. */
  readonly from: 'resume' | 'start';
}

export interface KillFigures {
  readonly rounds: number;
  readonly errors: number;
  readonly rotations: number;
  readonly rotationsWhileDown: number;
}

/** More than the rounds can take: the writer is stopped by request. */
const ENDLESS_SECONDS = 3600;

export async function kill(how: Kill, checks: Checks): Promise<KillFigures> {
  return inPlace('kill', checks, async (place) => {
    const writer = place.write({
      ...{ path: place.log, linesPerSecond: how.linesPerSecond, seconds: ENDLESS_SECONDS, seed: how.seed, kinds: 40, errorShare: 0.02 },
      ...{ rotateMs: 0, rotation: 'shift', lateMs: 100, markerMs: 1000 },
    });
    return killAgainAndAgain(place, writer, how, checks);
  });
}

async function killAgainAndAgain(place: Place, writer: Writer, { seed, rounds, down, from }: Kill, checks: Checks): Promise<KillFigures> {
  const random = createRandom(seed);
  const watchers: Watcher[] = [];
  let rotationsWhileDown = 0;
  const first = place.watch(['--from', 'start', place.log]);
  watchers.push(first);
  const isStored = await until(async () => ((await place.incidents()).length > 0 ? true : undefined), 60_000, 200);
  checks.check('the first watcher has stored what it read', isStored === true, first.stderr());
  for (let round = 1; round <= rounds; round += 1) {
    const up = random() * 3000;
    // Now and then it dies before it is ready.
    await sleep(up / 2);
    if (random() < 0.5) writer.rotate();
    await sleep(up / 2);
    await watchers.at(-1)!.end('SIGKILL');
    await sleep(random() * 400);
    for (let left = Math.floor(random() * (down + 1)); left > 0; left -= 1) {
      writer.rotate();
      rotationsWhileDown += 1;
      await sleep(random() * 300);
    }
    await sleep(random() * 400);
    watchers.push(place.watch(['--from', from, place.log]));
  }
  writer.stop();
  const { errors, rotations } = await writer.written;
  const incidents = await settled(place, watchers.at(-1)!, errors.length, 60_000);
  checkExact(checks, incidents, countsOf(errors), watchers);
  return { rounds, errors: errors.length, rotations, rotationsWhileDown };
}
