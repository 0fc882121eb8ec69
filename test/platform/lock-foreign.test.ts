// Owners that cannot be asked: of another host, container or boot. In real time, all at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisProcess } from '../../src/platform/lock-owner.ts';
import { acquire } from '../../src/platform/lock-wait.ts';
import { age, timed } from './touches.ts';

const me = thisProcess('0123456789abcdef');
const dir = mkdtempSync(join(tmpdir(), 'ai-ops-lock-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Row {
  readonly name: string;
  /** Seconds since its last touch when we come; less than 0 where its clock runs ahead. */
  readonly touched: number;
  /** It goes on touching, with this many seconds on its clock. */
  readonly alive?: number;
  readonly expected: 'held' | 'busy';
  /** Measured by another clock than the one that is waited by; a busy machine takes its time. */
  readonly within: readonly [from: number, to: number];
}
const rows: readonly Row[] = [
  { name: 'silent for a minute', touched: 60, expected: 'held', within: [6, 28] },
  { name: 'silent for 20 s', touched: 20, expected: 'held', within: [9, 28] },
  { name: 'silent from now on', touched: 0, expected: 'held', within: [29, 200] },
  { name: 'silent, its clock an hour ahead', touched: -3600, expected: 'held', within: [29.9, 200] },
  { name: 'alive', touched: 0, alive: 0, expected: 'busy', within: [7.9, 200] },
  { name: 'alive, its clock an hour behind', touched: 3600, alive: 3600, expected: 'busy', within: [7.9, 200] },
];

test('an owner that cannot be asked is taken over when it is silent for 30 s, and never before', async () => {
  const ends = rows.map(async ({ name, touched, alive, expected, within: [from, to] }, index) => {
    const file = join(dir, `${index}.lock`);
    writeFileSync(file, JSON.stringify({ ...me, place: `host${index} pid:[1]` }));
    age(file, touched);
    const touching = alive === undefined ? undefined : setInterval(() => age(file, alive), 1_000);
    const { result, seconds } = await timed(acquire(file, { waitMs: 8_000, lasting: false }));
    clearInterval(touching);
    return { name, is: result.kind, inTime: seconds >= from && seconds <= to ? true : seconds, expected };
  });
  expect(await Promise.all(ends)).toEqual(rows.map(({ name, expected }) => ({ name, is: expected, inTime: true, expected })));
});
