import { createOtherNumbers } from '../../../../src/core/read/search/other-numbers.ts';
import { KEYWORDS } from '../detector-run.ts';

const HOLE = '\xff';
const NAME = '\xfb';
const DIGIT = '\xfe';

const ask = (line: string, shape: string): boolean | undefined =>
  createOtherNumbers('error', KEYWORDS).areNothing(Buffer.from(line), `${shape}\n\0\0`);

test.each<[string, string, string, boolean]>([
  ['a signal that ends no program', 'caught signal 15', `caught signal ${HOLE}`, false],
  ['an answer that is none of the server', '403 Internal Server Error in 17ms', `${HOLE} Internal Server Error in ${HOLE}`, false],
  ['a code in a quotation', 'searched for "error code 17"', `searched for "error code ${HOLE}"`, true],
  ['a name, dashes and all', 'ran web-7f-2 with "error"', `ran ${NAME} with "error"`, true],
  ['a dash behind a name', 'ran web7- with "error"', `ran ${NAME}- with "error"`, true],
  ['a clock', '10:00:20 no error', `${DIGIT}${DIGIT}:${DIGIT}${DIGIT}:${DIGIT}${DIGIT} no error`, true],
  ['letters beyond ASCII', 'für 7: no error', `fÃ¼r ${HOLE}: no error`, true],
  ['nothing that varies', 'no error', 'no error', true],
  ['a shape of another line', 'no error 7', `no panic ${HOLE}`, false],
  ['a shape that goes on', 'no error', 'no error at', false],
])('%s', (_, line, shape, expected) => expect(ask(line, shape)).toBe(expected));

test('no more is asked than what was read pays for', () => {
  const others = createOtherNumbers('error', KEYWORDS);
  const line = Buffer.from('searched for "error code 17"');
  const areNothing = (): boolean | undefined => others.areNothing(line, `searched for "error code ${HOLE}"\n`);
  let asked = 0;
  while (areNothing()) asked++;
  expect(asked).toBeGreaterThan(100);
  for (let earned = 0; areNothing() === undefined; earned++) {
    expect(earned).toBeLessThan(10);
    others.earn();
  }
});
