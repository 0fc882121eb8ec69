// Three boxes of one team watch the same log, each with a state directory of its own: whatever dies or hangs, each bug is repaired once,
// by whoever holds its claim on the remote.
import { type Boxes, startBoxes } from '../support/boxes.ts';
import { MAIN } from '../support/main-file.ts';
import { eventually, type Program } from '../support/program.ts';
import { type Json, parseLines } from '../support/world.ts';
import { LIMIT } from './observe.ts';

const BOXES = [1, 2, 3];
const BUGS = 5;
const HANGS_AT = 3;

let boxes: Boxes;
let watchers: readonly Program[];

beforeAll(async () => {
  boxes = await startBoxes({ boxes: BOXES.length, bugs: BUGS, main: MAIN, claimSeconds: 6, thinkSeconds: 0.2, hangsAt: HANGS_AT });
}, LIMIT);
afterAll(() => boxes.close());

/** Bugs whose request a box knows of. */
const known = (watcher: Program): number =>
  new Set(
    parseLines(watcher.stdout())
      .filter(({ kind, request }) => kind === 'result' && request !== null)
      .map(({ fingerprint }) => fingerprint),
  ).size;

test(
  'one box dies in the middle: its bug is taken over, and everybody learns of every request',
  async () => {
    boxes.storm();
    watchers = BOXES.map((box) => boxes.start(box));
    const said = (): string => watchers.map((watcher) => watcher.stdout() + watcher.stderr()).join('\n---\n');
    const hung = await eventually(() => boxes.calls().find(({ bug }) => bug === HANGS_AT), said);
    const dead = watchers[hung.box - 1] as Program;
    await dead.end('SIGKILL');
    const alive = watchers.filter((watcher) => watcher !== dead);
    const storm = setInterval(() => boxes.storm(), 500);
    try {
      await eventually(() => (alive.every((watcher) => known(watcher) === BUGS) ? true : undefined), said);
    } finally {
      clearInterval(storm);
    }

    expect(boxes.requests()).toHaveLength(BUGS);
    expect(new Set(boxes.requests().map(({ head }) => head)).size).toBe(BUGS);
    expect((await boxes.fixBranches()).map((ref) => ref.replace('refs/heads/', ''))).toEqual(
      boxes
        .requests()
        .map(({ head }) => head)
        .sort(),
    );
    const paid = boxes.calls().map(({ bug }) => bug);
    expect([...paid].sort()).toEqual([1, 2, 3, 3, 4, 5]);
    expect(await boxes.claims()).toEqual([]);
    expect(boxes.violations()).toEqual([]);
  },
  LIMIT,
);

test(
  'those who did not act have said why, and it was no attempt of theirs',
  async () => {
    await Promise.all(watchers.map((watcher) => watcher.end('SIGTERM')));
    const traces = (await Promise.all(BOXES.map((box) => boxes.traces(box)))).flat();
    expect(traces.map(({ code }) => code)).toContain('claimed-elsewhere');
    const made = traces.filter(({ outcome }) => outcome === 'proposed');
    const numbers = made.map(({ request }) => Number((request as Json).number));
    expect(numbers.sort()).toEqual(boxes.requests().map(({ number }) => number));
    for (const box of BOXES) {
      for (const { attempts } of await boxes.incidents(box)) expect(Number(attempts)).toBeLessThanOrEqual(1);
    }
  },
  LIMIT,
);
