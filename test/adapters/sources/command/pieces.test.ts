// Lines that a daemon of containers keeps in pieces, as `docker logs --timestamps` prints them.
import { wholeLines } from '../../../../src/adapters/sources/command/pieces.ts';

const STAMP = '2026-11-30T17:12:15.378139330Z ';
const LATER = '2026-11-30T17:12:15.606428703Z ';
const EARLIER = '2026-11-30T17:12:11.100000001Z ';
const kib16 = (letter: string): string => letter.repeat(16_384);
const whole = (...lines: readonly string[]): readonly string[] => wholeLines(lines.map((line) => Buffer.from(line))).map(String);

test.each<[string, string, readonly string[]]>([
  ['a short one', `${STAMP}short ${STAMP}quoted`, [`${STAMP}short ${STAMP}quoted`]],
  ['just one piece', `${STAMP}${kib16('a')}`, [`${STAMP}${kib16('a')}`]],
  ['two pieces', `${STAMP}${kib16('a')}${STAMP}b`, [`${STAMP}${kib16('a')}b`]],
  ['pieces that end with their line', `${STAMP}${kib16('a')}${STAMP}`, [`${STAMP}${kib16('a')}`]],
  ['three', `${STAMP}${kib16('a')}${STAMP}${kib16('b')}${STAMP}c`, [`${STAMP}${kib16('a')}${kib16('b')}c`]],
  ['one stamp within a piece', `${STAMP}a${STAMP}${kib16('a')}`, [`${STAMP}a${STAMP}${kib16('a')}`]],
  ['a time before it within it', `${STAMP}${kib16('a')}${STAMP}b ${EARLIER}c`, [`${STAMP}${kib16('a')}b ${EARLIER}c`]],
  ['the next line without a newline between', `${STAMP}${kib16('a')}${STAMP}b}${LATER}next`, [`${STAMP}${kib16('a')}b}`, `${LATER}next`]],
  [
    'and that one in pieces too',
    `${STAMP}${kib16('a')}${STAMP}b${LATER}${kib16('c')}${LATER}d`,
    [`${STAMP}${kib16('a')}b`, `${LATER}${kib16('c')}d`],
  ],
  ['no stamp of its own', `{"a":"${kib16('a')}"}`, [`{"a":"${kib16('a')}"}`]],
])('%s', (_name, line, expected) => {
  expect(whole('x', line, 'y')).toEqual(['x', ...expected, 'y']);
});
