// Whole lines of logs and pieces of settings in which credentials stand, in draws of their own (`fragments/`). What leaked of a draw when it
// was first read stands in `doc/security.md`; here, that what was mended stays so, and what stays wrong by name.
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { EIGHTEENTH, EIGHTEENTH_INNOCENTS } from './fragments/eighteenth.ts';
import { FIFTEENTH, FIFTEENTH_INNOCENTS } from './fragments/fifteenth.ts';
import { changesOf, leaksOf } from './fragments/fill.ts';
import { FOURTEENTH, FOURTEENTH_INNOCENTS } from './fragments/fourteenth.ts';
import { INNOCENT_LINES } from './fragments/innocents.ts';
import { NINETEENTH, NINETEENTH_INNOCENTS } from './fragments/nineteenth.ts';
import { SEVENTEENTH, SEVENTEENTH_INNOCENTS } from './fragments/seventeenth.ts';
import { SIXTEENTH, SIXTEENTH_INNOCENTS } from './fragments/sixteenth.ts';
import { THIRTEENTH, THIRTEENTH_INNOCENTS } from './fragments/thirteenth.ts';
import { TWENTIETH, TWENTIETH_INNOCENTS } from './fragments/twentieth.ts';
import { TWENTY_EIGHTH, TWENTY_EIGHTH_INNOCENTS } from './fragments/twenty-eighth.ts';
import { TWENTY_FIRST, TWENTY_FIRST_INNOCENTS } from './fragments/twenty-first.ts';
import { TWENTY_FOURTH } from './fragments/twenty-fourth.ts';
import { TWENTY_SECOND, TWENTY_SECOND_INNOCENTS } from './fragments/twenty-second.ts';
import { TWENTY_SIXTH, TWENTY_SIXTH_INNOCENTS } from './fragments/twenty-sixth.ts';
import { OF_THE_SAME_KINDS, TWENTY_THIRD, TWENTY_THIRD_INNOCENTS } from './fragments/twenty-third.ts';
import { TWENTY_THIRD_LATER, TWENTY_THIRD_LATER_INNOCENTS } from './fragments/twenty-third-later.ts';
import { shows } from './kinds/measure.ts';

const redact = (text: string): string => createRedactor([])(text);

test.each([
  ['thirteenth', THIRTEENTH, []],
  // Nothing but the order of two programs says it.
  ['fourteenth', FOURTEENTH, ['expect']],
  // An id of a record, numbers that no word calls a secret, and a language in which only the place tells.
  ['fifteenth', FIFTEENTH, ['sambanova', 'agora', 'sparkpost', 'codeclimate', 'backblaze', 'pppd', 'scala']],
  ['sixteenth', SIXTEENTH, [...['braintree', 'memcached', 'ssm put', 'cloud-init', 'preseed', 'openvpn inline', 'python tuple']]],
  ['seventeenth', SEVENTEENTH, []],
  ['eighteenth', EIGHTEENTH, []],
  // Nothing but the place among other values, or the order of a program's arguments, says it.
  [
    'nineteenth',
    NINETEENTH,
    ['freeswitch', 'pexpect', 'davfs', 'ef core', 'sql like bind', 'hibernate bind', 'mybatis', 'selenium', 'combo'],
  ],
  ['twentieth', TWENTIETH, ['atmoz', 'pyeapi', 'ynh', 'pgbouncer', 'isql', 'emqx', 'ssh askpass']],
  ['twenty-first', TWENTY_FIRST, ['modsec', 'lettuce', 'openvpn', 'tacacs', 'useradd', 'ssl', 'mqtt py']],
  ['twenty-third', TWENTY_THIRD, []],
  ['twenty-third, other half', TWENTY_THIRD_LATER, []],
  // Of the digits of a hash, and of a short word beside nothing, nothing tells that they are a token.
  [
    'twenty-fourth',
    TWENTY_FOURTH,
    [
      'lokalise, quoted',
      'novu, quoted',
      'desec, quoted',
      'serpapi, quoted',
      'njalla, quoted',
      'njalla',
      'kinsta, quoted',
      'kinsta',
      'docraptor, quoted',
      'bluesky, quoted',
    ],
  ],
  ['twenty-sixth', TWENTY_SIXTH, []],
  // An ordinary word behind a name that may be another thing's, and a digest beside nothing.
  ['twenty-eighth', TWENTY_EIGHTH, ['openstack', 'clickhouse headers', 'htdigest']],
  // Of twenty hexadecimal digits nothing tells which are the id.
  ['kinds of the twenty-third', OF_THE_SAME_KINDS, ['pusher pos']],
])('known wrong: the %s draw', (_, draw, leaks) => {
  expect(leaksOf(draw, redact, shows).leaks.map((leak) => leak.replace(/: .*/s, ''))).toEqual(leaks);
});

test.each([
  ['thirteenth', THIRTEENTH_INNOCENTS, []],
  ['fourteenth', FOURTEENTH_INNOCENTS, []],
  ['fifteenth', FIFTEENTH_INNOCENTS, []],
  ['sixteenth', SIXTEENTH_INNOCENTS, []],
  ['seventeenth', SEVENTEENTH_INNOCENTS, []],
  ['eighteenth', EIGHTEENTH_INNOCENTS, []],
  ['nineteenth', NINETEENTH_INNOCENTS, []],
  ['twentieth', TWENTIETH_INNOCENTS, []],
  [
    'twenty-first',
    TWENTY_FIRST_INNOCENTS,
    [
      'sidekiq: PasswordResetWorker JID-0dd0eb54199bf0d1bda4fd42 INFO: done: 0.12 sec => PasswordResetWorker [redacted token 1] INFO: done: 0.12 sec',
    ],
  ],
  ['twenty-third', TWENTY_THIRD_INNOCENTS, []],
  ['twenty-third, other half', TWENTY_THIRD_LATER_INNOCENTS, []],
  ['twenty-sixth', TWENTY_SIXTH_INNOCENTS, []],
  ['twenty-eighth', TWENTY_EIGHTH_INNOCENTS, []],
])('innocents that are altered: the %s draw', (_, draw, altered) => {
  expect(changesOf(draw, redact).leaks).toEqual(altered);
});

test('the twenty-second draw, of which one half was never looked at, in total', () => {
  expect(leaksOf(TWENTY_SECOND, redact, shows, 'tuning').leaks.map((leak) => leak.replace(/: .*/s, ''))).toEqual(['code']);
  const { kinds, leaks } = leaksOf(TWENTY_SECOND, redact, shows, 'never tuned');
  expect(kinds).toBeGreaterThan(30);
  expect(leaks.length / kinds).toBeLessThanOrEqual(0.05);
  expect(changesOf(TWENTY_SECOND_INNOCENTS, redact).leaks).toEqual([]);
});

test('innocent lines that were written without a look at the rules: what stays wrong', () => {
  expect(changesOf(INNOCENT_LINES, redact).leaks.map((change) => change.replace(/: .*/s, ''))).toEqual([
    // A key that may be a session's, and passwords that are called so.
    ...['redis key', 'lint secret', 'man'],
  ]);
});
