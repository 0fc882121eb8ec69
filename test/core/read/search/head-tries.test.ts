import { readLine } from '../../../../src/core/formats/dialects.ts';
import { createHeadTries, headForm } from '../../../../src/core/read/search/head-tries.ts';

/** How many of the lines were tried. */
function triesOf(lines: number, form: (n: number) => string, isLearnt: (n: number) => boolean): number {
  const tries = createHeadTries();
  let count = 0;
  for (let n = 0; n < lines; n++) {
    if (!tries.mayTry(form(n))) continue;
    count++;
    tries.tried(form(n), isLearnt(n));
  }
  return count;
}

const always = (): boolean => true;
const never = (): boolean => false;

test('a form of which nothing can be learnt is tried each time when twice as many of its lines have come', () => {
  expect(triesOf(1024, () => 'a', never)).toBe(11);
  expect(triesOf(1024 * 1024, () => 'a', never)).toBe(21);
});

test('it takes no try from another form', () => {
  expect(
    triesOf(
      60,
      (n) => (n % 2 === 0 ? 'a' : 'b'),
      (n) => n % 2 === 1,
    ),
  ).toBe(5 + 30);
});

test('where heads are learnt and the lines of their form are still not known, it is done ever more seldom', () => {
  expect(triesOf(32, () => 'a', always)).toBe(32);
  expect(triesOf(32 + 1024, () => 'a', always)).toBe(33);
});

test('with ever other forms there is one try for 64 lines in the end', () => {
  const count = triesOf(64_000, String, never);
  expect(count).toBeGreaterThan(1000);
  expect(count).toBeLessThan(1600);
});

describe('lines of one form differ in words and numbers', () => {
  const formOf = (line: string): string => {
    const reading = readLine(line);
    return headForm(line, line.length - reading.text.length + reading.body);
  };

  test.each([
    ['2026-03-01 08:00:00,123 [exec-12] INFO  shop.orders - order 17 came', '2027-11-12 23:59:59,000 [main] INFO  a - x: y'],
    ['<30>Jan  2 03:04:05 web1 systemd[1]: Started a.', '<27>Feb 12 13:14:15 db sshd[4242]: no error, here'],
  ])('%s', (line, other) => {
    expect(formOf(other)).toBe(formOf(line));
  });

  test('those of other programs do not', () => {
    expect(formOf('[Sun Mar 01 08:00:00.123456 2026] [core:notice] x')).not.toBe(formOf('2026-03-01 08:00:00 INFO x'));
  });
});
