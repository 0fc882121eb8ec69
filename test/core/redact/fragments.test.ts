// Whole lines of logs and pieces of settings in which credentials stand, in draws of their own (`fragments/`). What leaked of a draw when it
// was first read stands in `doc/security.md`; here, that what was mended stays so, and what stays wrong by name.
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { FIFTEENTH, FIFTEENTH_INNOCENTS } from './fragments/fifteenth.ts';
import { changesOf, leaksOf } from './fragments/fill.ts';
import { FOURTEENTH, FOURTEENTH_INNOCENTS } from './fragments/fourteenth.ts';
import { SIXTEENTH, SIXTEENTH_INNOCENTS } from './fragments/sixteenth.ts';
import { THIRTEENTH, THIRTEENTH_INNOCENTS } from './fragments/thirteenth.ts';
import { shows } from './kinds/measure.ts';

const redact = (text: string): string => createRedactor([])(text);

test.each([
  ['thirteenth', THIRTEENTH, []],
  // Nothing but the order of two programs says it.
  ['fourteenth', FOURTEENTH, ['expect']],
  // An id of a record, numbers that no word calls a secret, and a language in which only the place tells.
  ['fifteenth', FIFTEENTH, ['sambanova', 'agora', 'sparkpost', 'codeclimate', 'backblaze', 'pppd', 'scala']],
  [
    'sixteenth',
    SIXTEENTH,
    [
      ...['braintree', 'alchemy', 'infura', 'memcached', 'zookeeper', 'ssm put', 'cloud-init', 'preseed', 'openvpn inline', 'python tuple'],
      ...['chat', 'ticket'],
    ],
  ],
])('known wrong: the %s draw', (_, draw, leaks) => {
  expect(leaksOf(draw, redact, shows).leaks.map((leak) => leak.replace(/: .*/s, ''))).toEqual(leaks);
});

test.each([
  ['thirteenth', THIRTEENTH_INNOCENTS, []],
  ['fourteenth', FOURTEENTH_INNOCENTS, []],
  ['fifteenth', FIFTEENTH_INNOCENTS, []],
  ['sixteenth', SIXTEENTH_INNOCENTS, []],
])('innocents that are altered: the %s draw', (_, draw, altered) => {
  expect(changesOf(draw, redact).leaks).toEqual(altered);
});
