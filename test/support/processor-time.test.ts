// What the tests of speed rest on: what grows with the square is found, and what the machine does meanwhile is not held against anybody.
import { isDoneWithin, isLinear } from './processor-time.ts';

const blanks = (size: number): string => `${' '.repeat(size)}x`;

test.each<[string, number, (size: number) => unknown]>([
  ['an expression that begins anew at every blank', 2000, (size) => /\s+$/.exec(blanks(size))],
  [
    'all above looked at, for every line',
    2500,
    (size) => {
      let sum = 0;
      for (let at = 0; at < size; at += 1) for (let above = 0; above < at; above += 1) sum += above ^ at;
      return sum;
    },
  ],
  [
    'a text that is copied for every character',
    4000,
    (size) => Array.from(blanks(size)).reduce((all, one) => `${Buffer.from(all + one)}`, ''),
  ],
])('not linear: %s', async (_name, size, work) => {
  expect(await isLinear(work, size)).toBe(false);
});

const compute = (size: number): void => {
  for (let at = 0; at < size * 10_000; at += 1) JSON.stringify(at);
};

test('linear, though the machine is held up again and again', async () => {
  let runs = 0;
  const held = (size: number): void => {
    runs += 1;
    compute(runs % 4 === 1 ? 20 * size : size);
  };
  expect(await isLinear(held, 2)).toBe(true);
  expect(runs).toBeGreaterThan(2);
});

test('done in time once is done in time', async () => {
  let runs = 0;
  expect(await isDoneWithin(1_000_000, () => compute(1))).toBe(true);
  expect(await isDoneWithin(0, () => (runs += 1))).toBe(false);
  expect(runs).toBe(3);
});
