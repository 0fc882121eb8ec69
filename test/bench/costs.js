// What a line and an event cost in processor time: the detector, driven in memory, and the fingerprint of each event. The
// least of some rounds, each with shapes of its own; what is learnt of heads stays, as in a watcher that has run for a while.
// `node test/bench/costs.js` prints the table alone.
import { fingerprint } from '../../src/core/group/fingerprint.ts';
import { createDetector } from '../../src/core/read/detector.ts';
import { createShapes } from '../../src/core/read/shape-memory.ts';

const ROUNDS = 6;
const LINES = 60_000;
const EVENTS = 4000;
const CHUNK = 1 << 20;
const KEYWORDS = ['ERROR', 'Exception', 'CRITICAL', 'FATAL', 'panic', 'Traceback'];
const NAMES = 'ada ben cleo dan eve finn gus hana ines jo kai lea mo nina otto pia'.split(' ');

const stamp = (n) => `2026-03-01 10:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')},678`;
const iso = (n) => `${stamp(n).replace(' ', 'T').replace(',', '.')}Z`;
const word = (n) => n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[digit]);
const uuid = (n) => `${((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}-5d1c-4f2a-9c3e-${String(n).padStart(12, '0')}`;
const user = (n) => NAMES[n % NAMES.length] + (n % 2 ? n % 997 : '');
const quiet = (n) => `${stamp(n)} INFO  [exec-${n % 9}] c.acme.Shop - order ${n} paid, errors=0`;
const error = (n, text) => `${stamp(n)} ERROR [exec-${n % 9}] c.acme.Shop - ${text}`;
const traced = (n, head, text) =>
  [
    error(n, head),
    `java.lang.IllegalStateException: ${text}`,
    '\tat com.acme.Prices.of(Prices.java:42)',
    '\tat com.acme.Shop.place(Shop.java:118)',
  ].join('\n');

/** What each line, or each event, is. */
const LINES_OF = [
  ['ordinary: words, numbers, ids', (n) => `order ${n} of ${user(n)} went to ${uuid(n)} in ${n % 900} ms`],
  ['ordinary, with words of errors', (n) => `batch ${n} done, errors=0 failed=0, GlobalExceptionHandler up, no error, fatal=0`],
  ['record of a known head: log4j', quiet],
  ['record of a known head: logfmt', (n) => `time="${iso(n)}" level=info msg="order ${n} of ${user(n)}, errors=0" tenant=${n % 99}`],
  ['record of a known head: syslog and log4j', (n) => `Mar  1 10:00:0${n % 10} web1 shop[801]: ${quiet(n)}`],
  [
    'record of known JSON: pino',
    (n) => JSON.stringify({ level: 30, time: 1_767_323_045_678 + n, pid: 7, err: null, msg: `order ${n}, no error` }),
  ],
  ['record in an envelope: docker', (n) => JSON.stringify({ log: `${quiet(n)}\n`, stream: 'stdout', time: iso(n) })],
  ['record behind a head: CRI', (n) => `${iso(n)} stdout F ${quiet(n)}`],
];
const EVENTS_OF = [
  ['new event: one line, a word that no other has', (n) => error(n, `cannot ${word(n)} the basket`)],
  ['new event with a trace, a function that no other has', (n) => traced(n, 'it failed', 'no price').replace('place', `place_${word(n)}`)],
  ['repeat: other numbers', (n) => error(n, `cannot load basket ${n} of 10.0.${n % 250}.7 after ${n % 900} ms`)],
  [
    'repeat: other names, ids and UUIDs',
    (n) => error(n, `cannot load basket ${n} of user ${user(n)}, session s${(n * 7919).toString(36)}, request ${uuid(n)}`),
  ],
  ['repeat with a trace: other numbers', (n) => traced(n, `order ${n} failed`, `no price for ${n}`)],
  ['repeat with a trace: other names, ids and UUIDs', (n) => traced(n, `order ${uuid(n)} of ${user(n)} failed`, `no price for ${user(n)}`)],
];
/** Nothing stands between them. */
const STORMS_OF = [
  ['repeat without a clock: a level and nothing else', () => 'ERROR x'],
  ['repeat without a clock: a level, other numbers', (n) => `ERROR cannot load basket ${n} of user ${user(n)}`],
  ['repeat without a level: a keyword', (n) => `job ${n} failed with Exception in thing`],
  [
    'repeat without a clock or a level, with a trace',
    (n) =>
      `java.lang.IllegalStateException: no price for ${n}\n\tat com.acme.Prices.of(Prices.java:42)\n\tat com.acme.Shop.place(Shop.java:118)`,
  ],
];

/** @returns rows of a table: what, µs */
export function costs() {
  const calm = least(LINES, (n) => `${quiet(n)}\n`);
  return [
    ...LINES_OF.map(([name, line]) => [name, least(LINES, (n) => `${line(n)}\n`)]),
    // A quiet record ends each event, whose cost is taken off.
    ...EVENTS_OF.map(([name, event]) => [name, least(EVENTS, (n) => `${event(n)}\n${quiet(n)}\n`) - calm]),
    ...STORMS_OF.map(([name, event]) => [name, least(LINES, (n) => `${event(n)}\n`)]),
  ];
}

export const costTable = () => [
  '| what | µs |',
  '|---|---|',
  ...costs().map(([name, µs]) => `| ${name} | ${µs < 1 ? µs.toFixed(2) : µs.toFixed(1)} |`),
];

/** Microseconds of processor time for each of `count` pieces; each round has others. */
function least(count, piece) {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const bytes = Buffer.from(Array.from({ length: count }, (_unused, n) => piece(round * count + n)).join(''));
    const detector = createDetector({
      source: 'f',
      stream: 's',
      startOffset: 0,
      startLines: 0,
      level: 'error',
      keywords: KEYWORDS,
      ignore: [],
      encoding: 'auto',
      shapes: createShapes(),
    });
    const before = process.cpuUsage();
    for (let at = 0; at < bytes.length; at += CHUNK)
      for (const event of detector.push({ bytes: Buffer.from(bytes.subarray(at, at + CHUNK)) })) fingerprint(event);
    for (const event of detector.flush()) fingerprint(event);
    const { user: spent, system } = process.cpuUsage(before);
    return (spent + system) / count;
  });
  return Math.min(...rounds);
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${costTable().join('\n')}\n`);
