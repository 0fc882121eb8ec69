// Single lines that a stranger wrote to hold everything up, as large as they were found or larger: each is read in full,
// named and counted, in a second of processor time or less where the machine is quick. The first of them once took minutes.
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { createDetector } from '../../../src/core/read/detector.ts';
import { createShapes } from '../../../src/core/read/shape-memory.ts';
import { isDoneWithin } from '../../support/processor-time.ts';
import { options } from './detector-run.ts';

const MAX_MS = 15_000;
const HEAD = '2026-01-02 03:04:05,678 ERROR [main] shop: ';
const TRACE = 'Traceback (most recent call last):\n  File "/srv/app/shop/cart.py", line 6, in total\n    return price\nValueError: ';
const json = (fields: object): string => JSON.stringify({ level: 'error', time: '2026-01-02T03:04:06Z', ...fields });
const lines = 'x'.concat('\n'.repeat(80_000), 'y');

const HOSTILE: readonly (readonly [string, string])[] = [
  ['80,000 newlines in the stack of an error', json({ msg: 'a', err: { type: 'ValueError', message: 'b', stack: TRACE + lines } })],
  ['80,000 newlines in what was logged', json({ msg: lines })],
  ['80,000 newlines in the message of an error', json({ msg: 'a', err: { type: 'ValueError', message: lines, stack: `${TRACE}x` } })],
  ['80,000 newlines in a stack below a key of its own', json({ msg: 'a', fault: { kind: 'ValueError', list: TRACE + lines } })],
  ['200,000 characters of colons and empty brackets', `${HEAD}${': [] '.repeat(40_000)}`],
  ['200,000 open brackets', `${HEAD}${'[{('.repeat(66_000)}`],
  ['200,000 characters of names of packages', `${HEAD}${'a.'.repeat(100_000)}BException: x`],
  ['200,000 characters of clocks', `${'03:04:05 '.repeat(22_000)}ERROR x`],
];

test.each(HOSTILE)('%s', async (_, line) => {
  const bytes = Buffer.from(`${line}\n${HEAD}the next one\n`);
  const read = (): void => {
    const detector = createDetector(options({ shapes: createShapes() }));
    const events = [...detector.push({ bytes }), ...detector.flush()];
    expect(new Set(events.map((event) => fingerprint(event).id)).size).toBe(2);
    expect(events.at(-1)?.message).toBe('shop: the next one');
  };
  expect(await isDoneWithin(MAX_MS, read)).toBe(true);
});
