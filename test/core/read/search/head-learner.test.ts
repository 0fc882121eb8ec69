// What is learnt of lines one after the other: a head that has the form of a known one is asked for less, and says the same.
import { readLine } from '../../../../src/core/formats/dialects.ts';
import { createByteSearch } from '../../../../src/core/read/search/byte-search.ts';
import { createHeadLearner } from '../../../../src/core/read/search/head-learner.ts';
import { entriesOf } from '../../../../src/core/read/search/prefilter.ts';
import { needles } from '../../../../src/core/read/search/prefilter-strings.ts';
import { KEYWORDS } from '../detector-run.ts';

interface Row {
  readonly name: string;
  /** Learnt in this order. */
  readonly learnt: readonly string[];
  /** Nothing need be read of them then. */
  readonly quiet: readonly string[];
  /** They are to be looked at. */
  readonly read: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'another container and another level',
    learnt: ['web-1    | 2026-03-01 08:00:00,123 INFO order 17 placed', 'web-2    | 2026-03-01 08:00:01,999 DEBUG order 18 placed'],
    quiet: ['web-2    | 2027-11-12 23:59:59,000 DEBUG error=0, no exception', 'web-1    | 2027-11-12 23:59:59,000 INFO failed=0'],
    read: [
      'web-2    | 2026-03-01 08:00:00,123 ERROR cannot load basket',
      'web-3    | 2026-03-01 08:00:00,123 ERROR cannot load basket',
      'web-2    | Traceback (most recent call last):',
      'web-2    | 2026-03-01 08:00:00,123 [DEBUG] error',
    ],
  },
  {
    name: 'a thread with its number at another place',
    learnt: ['2026-03-01 08:00:00,123 [exec-12] INFO  c.acme.Shop - x', '2026-03-01 08:00:01,456 [7th-pool-3] INFO  c.acme.Shop - x'],
    quiet: ['2026-03-02 09:10:11,000 [7th-pool-3] INFO  c.acme.Shop - error'],
    read: ['2026-03-02 09:10:11,000 [7th-pool-3] ERROR c.acme.Shop - error', '2026-03-02 09:10:11,000 [7th-pool-3] Error c.acme.Shop'],
  },
  {
    name: 'a quoted text that is another one',
    learnt: ['time="2026-03-01T08:00:00Z" level=info msg="x"', 'time="2026-03-01T08:00:09Z" level=debug msg="y"'],
    quiet: ['time="2027-03-01T08:00:00Z" level=debug msg="error: no exception"'],
    read: ['time="2027-03-01T08:00:00Z" level=error msg="x"', 'time="2027-03-01T08:00:00Z" level=fatal msg="x"'],
  },
  {
    name: 'another state of a request, and more quotes behind it',
    learnt: [
      '10.0.0.1 - ada [01/Mar/2026:08:00:00 +0000] "GET /a HTTP/1.1" 200 17 "-" "curl/8"',
      '10.0.7.12 - bob7 [01/Mar/2026:08:00:07 +0000] "POST /error HTTP/1.1" 404 9 "https://a/" "x"',
    ],
    quiet: ['10.9.9.9 - bob7 [02/Mar/2027:08:00:00 +0000] "GET /exception HTTP/1.1" 404 1 "-" "error"'],
    read: [
      '10.9.9.9 - bob7 [02/Mar/2027:08:00:00 +0000] "GET /a HTTP/1.1" 504 1 "-" "x"',
      '10.9.9.9 - bob7 [02/Mar/2027:08:00:00 +0000] "GET /a HTTP/1.1" 405 1 "-" "x"',
    ],
  },
  {
    name: 'the same form, and an error',
    learnt: ['2026-03-01 08:00:00,123 INFO order 17 placed', '2026-03-01 08:00:00,123 ERROR order 17 lost'],
    quiet: ['2026-03-01 08:00:07,000 INFO error'],
    read: ['2026-03-01 08:00:07,000 ERROR order 17 lost', '2026-03-01 08:00:07,000 FATAL order 17 lost'],
  },
  {
    name: 'a module, and a level with its degree',
    learnt: ['[Sun Mar 01 08:00:00.123456 2026] [rewrite:trace2] [pid 42:tid 7] mod_rewrite.c(483): init'],
    quiet: ['[Sun Mar 08 09:10:11.000001 2026] [rewrite:trace2] [pid 7:tid 8] mod_rewrite.c(483): no error, /error?x=Exception'],
    read: ['[Sun Mar 08 09:10:11.000001 2026] [rewrite:error] [pid 7:tid 8] boom', '[Sun Mar 08 09:10:11.000001 2026] [core:crit] x'],
  },
  {
    name: 'numbers of which one could be any, but not several at once',
    learnt: ['- 1118343958 2005.06.09 R23-M1-NA-C:J17-U11 2005-06-09-12.05.58.258567 R23-M1-NA-C:J17-U11 RAS KERNEL INFO x'],
    quiet: ['- 1119677904 2005.06.24 R36-M0-NA-C:J03-U01 2005-06-24-22.38.24.830252 R36-M0-NA-C:J03-U01 RAS KERNEL INFO no error'],
    read: ['- 1119677904 2005.06.24 R36-M0-NA-C:J03-U01 2005-06-24-22.38.24.830252 R36-M0-NA-C:J03-U01 RAS KERNEL FATAL error'],
  },
];

test.each(ROWS)('$name', ({ learnt, quiet, read }) => {
  const search = createByteSearch(entriesOf(needles(false, KEYWORDS)));
  const learner = createHeadLearner(search, 'error');
  const learns = learnt.map((line) => learner.learn(line, readLine(line)));
  const isQuiet = (line: string): boolean => {
    search.load(Buffer.from(`${line}\n`));
    return search.quiet(0) !== 0;
  };
  expect(learns).toEqual(learnt.map(() => true));
  expect(Object.fromEntries([...quiet, ...read].map((line) => [line, isQuiet(line)]))).toEqual(
    Object.fromEntries([...quiet.map((line) => [line, true]), ...read.map((line) => [line, false])]),
  );
});
