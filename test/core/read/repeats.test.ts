// Counting repeats without events must give what reading every event gives: the same occurrences of the same
// fingerprints at the same places, whatever the log holds and however its bytes are cut.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import type { Level } from '../../../src/core/model.ts';
import { createDetector } from '../../../src/core/read/detector.ts';
import { createShapes } from '../../../src/core/read/shape-memory.ts';
import { fewer, IS_SLOW_LANE, inLane } from '../../support/lane.ts';
import { detect, KEYWORDS, options } from './detector-run.ts';
import { numbers } from './numbers.ts';

const root = join(import.meta.dirname, '../../golden/logs');
const golden = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.log'))
  .sort();

interface Counted {
  readonly occurrences: readonly string[];
  /** How many of them were no events. */
  readonly repeats: number;
}

/** @param keywords those that no other test has make a search that has learnt nothing yet */
function counted(text: string, cuts: readonly number[] = [], level: Level = 'error', keywords: readonly string[] = KEYWORDS): Counted {
  const bytes = Buffer.from(text);
  const shapes = createShapes();
  const detector = createDetector(options({ shapes, level, keywords }));
  const occurrences: { offset: number; text: string }[] = [];
  let repeats = 0;
  let from = 0;
  for (const to of [...cuts, bytes.length, undefined]) {
    const events = to === undefined ? detector.flush() : detector.push({ bytes: Buffer.from(bytes.subarray(from, to)) });
    from = to ?? from;
    for (const event of events) occurrences.push({ offset: event.offset, text: `${event.offset} ${event.line} ${fingerprint(event).id}` });
    for (const { event, offsets, lines } of detector.repeats) {
      const { id } = fingerprint(event);
      for (const [index, offset] of offsets.entries()) occurrences.push({ offset, text: `${offset} ${lines[index]} ${id}` });
      repeats += offsets.length;
    }
  }
  return { occurrences: occurrences.sort((a, b) => a.offset - b.offset).map((one) => one.text), repeats };
}

const inFull = (text: string, level: Level = 'error'): readonly string[] =>
  [...detect(text, { level })].sort((a, b) => a.offset - b.offset).map((event) => `${event.offset} ${event.line} ${fingerprint(event).id}`);

/** Other digits in some of the places; now and then one digit more. */
const withOtherDigits = (text: string, pick: (below: number) => number): string =>
  text
    .replace(/\d/g, (digit) => (pick(3) === 0 ? String(pick(10)) : digit))
    .replace(/\d+/g, (run) => (pick(40) === 0 ? `${run}${pick(10)}` : run));

const STAMP = '2026-03-01 10:00:20,020';
const STORM = Array.from(
  { length: 30 },
  (_, n) =>
    `${STAMP} INFO order ${n} came\n${STAMP} ERROR [worker-${n % 8}] com.acme.Shop: order ${n} failed for user ${n * 7}\n` +
    `${STAMP} ERROR order ${n} failed\nTypeError: no price of order ${n}\n    at total (/srv/app/pricing.js:2:21)\n    at place (/srv/app/orders.js:30:5)\n` +
    `{"level":50,"time":17673230456${10 + (n % 9)},"pid":7,"msg":"order ${n} failed"}\n{"level":30,"time":1767323045678,"pid":7,"msg":"ok"}\n` +
    `{"level":"error","ts":17673230456${10 + (n % 9)},"msg":"pull failed","error":"${['pool timeout', 'not a number'][n % 2]} of ${n}"}\n`,
).join('');

test('a storm costs few events', () => {
  const { occurrences, repeats } = counted(STORM);
  expect(occurrences).toEqual(inFull(STORM));
  expect(occurrences.length).toBe(120);
  expect(repeats).toBeGreaterThan(80);
});

describe('a storm of lines without a clock, or without a level', () => {
  const rows: readonly (readonly [string, (n: number) => string])[] = [
    ['a level and nothing else', () => 'ERROR x'],
    ['a level', (n) => `ERROR: cannot load basket ${n * 1_000_003} of user u${n}`],
    ['a level behind a label', (n) => `[app] ERROR basket ${n} failed`],
    ['a process and a level in brackets', (n) => `[${n}] [error] worker gave up`],
    ['a type', (n) => `ValueError: bad basket ${n}`],
    ['a type behind a clock', (n) => `${STAMP} java.lang.IllegalStateException: no basket ${n}`],
    ['Python', (n) => `Traceback (most recent call last):\n  File "/srv/a.py", line 3, in f\n    g()\nKeyError: ${n * 7919}`],
    ['Java', (n) => `java.lang.IllegalStateException: no price for ${n}\n\tat com.acme.Prices.of(Prices.java:42)`],
    ['Node', (n) => `TypeError: x is ${n}\n    at f (/srv/a.js:1:2)\n    at g (/srv/b.js:3:4)`],
    ['Go', (n) => `panic: basket ${n}\n\ngoroutine ${n} [running]:\nmain.f()\n\t/srv/a.go:12 +0x1d\nexit status 2`],
    ['compose', (n) => `web-1  | Error: boom ${n}\nweb-1  |     at f (/srv/a.js:1:2)`],
    ['CRI', (n) => `2026-01-02T03:04:05.678901234Z stderr F ValueError: bad basket ${n}`],
    ['docker', (n) => JSON.stringify({ log: `ERROR basket ${n}\n`, stream: 'stderr', time: '2026-01-02T03:04:05.678901234Z' })],
    ['a keyword', (n) => `job ${n} failed with Exception in thing`],
    ['a level, and a line that may be of it', (n) => `ERROR cannot load basket ${n}\nok line ${n}`],
    ['JSON without a level', (n) => JSON.stringify({ msg: `Error: boom ${n}`, stack: 'Error: boom\n    at f (/srv/a.js:1:2)' })],
  ];
  test.each(rows)('%s', (name, event) => {
    const log = `${Array.from({ length: 60 }, (_, n) => event(n)).join('\n')}\n`;
    const { occurrences, repeats } = counted(log, [], 'error', [...KEYWORDS, `only bare ${name}`]);
    expect(occurrences).toEqual(inFull(log));
    expect(occurrences.length).toBeGreaterThan(55);
    expect(repeats / occurrences.length).toBeGreaterThan(0.6);
  });

  test('below lines that have to do with it', () => {
    const above = [
      `${STAMP} WARN slow`,
      `2026-01-02T03:04:05.678Z ${STAMP} INFO carried`,
      'Jan 2, 2026 3:04:05 AM com.acme.Shop place',
      `${STAMP} INFO came`,
      'plain text',
      '{"level":40,"time":1767323045678,"msg":"slow"}',
    ];
    for (let seed = 1; seed <= fewer(40); seed++) {
      const pick = numbers(seed);
      const few = [rows[pick(rows.length)]!, rows[pick(rows.length)]!];
      const log = Array.from({ length: 120 }, (_, n) => (pick(3) === 0 ? above[pick(above.length)]! : few[pick(2)]![1](n)));
      const text = `${log.join('\n')}\n`;
      expect({ seed, occurrences: counted(text, [pick(text.length)]).occurrences }).toEqual({ seed, occurrences: inFull(text) });
      expect({ seed, occurrences: counted(text, [], 'warn').occurrences }).toEqual({ seed, occurrences: inFull(text, 'warn') });
    }
  });
});

test('a storm cut anywhere', () => {
  const whole = inFull(STORM);
  for (let cut = 0; cut <= STORM.length; cut += IS_SLOW_LANE ? 41 : 615) expect(counted(STORM, [cut]).occurrences).toEqual(whole);
  for (let cut = 5; cut < 2000; cut += IS_SLOW_LANE ? 97 : 1455) {
    const cuts = Array.from({ length: Math.floor((STORM.length - 1) / cut) }, (_, index) => (index + 1) * cut);
    expect(counted(STORM, cuts).occurrences).toEqual(whole);
  }
});

describe.each(inLane(golden, 0.08))('%s', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  const before = `${STAMP} INFO before\n`;

  test('many times, with other digits, among records', () => {
    const pick = numbers(7);
    for (const head of ['', `${STAMP} ERROR it failed `, `${STAMP} ERROR it failed\n`, '2026-03-01T10:00:20Z WARN w\n']) {
      const copies = Array.from(
        { length: 8 },
        () => `${withOtherDigits(`${head}${text}`, pick)}${pick(2) === 0 ? withOtherDigits(before, pick) : ''}`,
      );
      const log = before + copies.join('');
      expect(counted(log).occurrences).toEqual(inFull(log));
      expect(counted(log, [], 'warn').occurrences).toEqual(inFull(log, 'warn'));
    }
  });
});

describe('what depends on a number is not counted by its shape', () => {
  const rows: readonly (readonly [string, (n: number) => string])[] = [
    ['a count of errors', (n) => `${STAMP} worker ${n}: errors=${n % 3}`],
    ['a state of HTTP', (n) => `1.2.3.4 - - [01/Mar/2026:10:00:20 +0000] "GET /${n} HTTP/1.1" ${n % 2 === 0 ? 200 : 500} 7`],
    ['a signal', (n) => `caught signal ${n % 2 === 0 ? 11 : 15}`],
    ['an answer and its reason', (n) => `${n % 2 === 0 ? 404 : 503} Internal Server Error in ${n}ms`],
    ['none of something', (n) => `${STAMP} job ${n}: ${n % 3} Exception`],
    ['a level in JSON', (n) => `{"level":${20 + (n % 5) * 10},"time":1767323045678,"msg":"error ${n}"}`],
    ['a severity', (n) => `<${128 + (n % 8)}>1 2026-01-02T03:04:05Z h app 42 ID47 - error ${n}`],
    ['a name', (n) => `${STAMP} ERROR Utf${n % 4}Exception: order ${n}`],
    ['a file', (n) => `${STAMP} ERROR order ${n}\nTypeError: x\n    at f (/srv/app/page-${n % 4}.js:${n}:5)`],
    [
      'two places in one file, or one',
      (n) => `${STAMP} ERROR x\nTypeError: x\n    at f (/a.js:${n % 4}:5)\n    at g (/a.js:1:5)\n    at f (/a.js:2:5)`,
    ],
    [
      'a record that goes on',
      (n) => `${STAMP} UTC [${n}] ERROR:  duplicate key\n${STAMP} UTC [${n}] ${n % 3 === 0 ? 'DETAIL:  Key' : 'LOG:  ok'}`,
    ],
  ];
  test.each(rows)('%s', (_, line) => {
    for (const between of ['', `${STAMP} INFO ok\n`, 'text\n', '{"level":30,"msg":"ok"}\n']) {
      const log = Array.from({ length: 60 }, (_unused, n) => `${line(n)}\n${n % 2 === 0 ? between : ''}`).join('');
      expect(counted(log).occurrences).toEqual(inFull(log));
    }
  });
});

/** How transports write a line; the last one names another process now and then. */
const WRAPPERS: readonly (readonly [name: string, wrap: (line: string, stream: string, n: number) => string])[] = [
  ['docker', (line, stream) => `${JSON.stringify({ log: `${line}\n`, stream, time: '2026-01-02T03:04:05.678901234Z' })}\n`],
  ['CRI', (line, stream) => `2026-01-02T03:04:05.678901234Z ${stream} F ${line}\n`],
  ['syslog', (line) => `Jan  2 03:04:05 host app[12]: ${line}\n`],
  ['syslog of several processes', (line, _, n) => `Jan  2 03:04:05 host app[${12 + (n % 2)}]: ${line}\n`],
  ['syslog of several hosts', (line, _, n) => `Jan  2 03:04:05 web-${n % 3} app[12]: ${line}\n`],
  ['compose', (line, _, n) => `web-${n % 2}  | ${line}\n`],
  ['compose by name', (line, _, n) => `${n % 2 === 0 ? 'web   ' : 'worker'} | ${line}\n`],
  ['a clock on every line', (line, _, n) => `2026-01-02T03:04:0${n % 9}.678Z ${line}\n`],
  ['a clock and labels', (line, _, n) => `2026-01-02T03:04:05.678Z app[web.${n % 2}]: ${line}\n`],
  ['a head with a level', (line, _, n) => `ERROR 01-02 03:04:05 [core.py:39${n % 2}] ${line}\n`],
];

describe.each(WRAPPERS)('wrapped by %s', (name, wrap) => {
  const record = (n: number): readonly string[] => [
    `${STAMP} INFO [w] order ${n} came`,
    `${STAMP} ERROR [w] shop.orders: order ${n} aborted`,
    `java.lang.IllegalStateException: no price for ${n}`,
    `\tat com.acme.Prices.of(Prices.java:4${n % 10})`,
    '\tat com.acme.Shop.place(Shop.java:118)',
    `${STAMP} ERROR order ${n} failed`,
    ...(n % 3 === 0 ? [] : ['Traceback (most recent call last):', '  File "/srv/app/orders.py", line 8, in place', `KeyError: ${n % 10}`]),
  ];
  const lines = (n: number): readonly string[] => record(n % 90);

  test('one stream', () => {
    const log = Array.from({ length: 60 }, (_, n) =>
      lines(n)
        .map((line) => wrap(line, 'stderr', 0))
        .join(''),
    ).join('');
    const { occurrences, repeats } = counted(log, [], 'error', [...KEYWORDS, `only ${name}`]);
    expect(occurrences).toEqual(inFull(log));
    expect(occurrences.length).toBeGreaterThan(100);
    // The names of several hosts hold numbers; of other heads too few have come to be known.
    if (/^(?:docker|CRI|syslog|syslog of several processes)$/.test(name)) expect(repeats).toBeGreaterThan(50);
  });

  test('several streams, mixed in any way, cut at any place', () => {
    for (let seed = 1; seed <= fewer(40); seed++) {
      const pick = numbers(seed);
      const mixed = Array.from({ length: 40 }, (_, n) =>
        lines(n)
          .map((line) => wrap(withOtherDigits(line, pick), pick(seed % 6) === 1 ? 'stdout' : 'stderr', pick(seed % 5) === 1 ? 1 : 0))
          .join(''),
      ).join('');
      const cuts = [pick(mixed.length), pick(mixed.length)].sort((a, b) => a - b);
      expect({ seed, occurrences: counted(mixed, cuts).occurrences }).toEqual({ seed, occurrences: inFull(mixed) });
    }
  });
});

test.each(WRAPPERS)('records of other streams between an event and its end: %s', (_, wrap) => {
  const streams: readonly (readonly [stream: string, n: number])[] = [
    ['stderr', 0],
    ['stdout', 0],
    ['stderr', 1],
  ];
  for (let seed = 1; seed <= fewer(10); seed++) {
    const pick = numbers(seed);
    const log = Array.from({ length: 150 }, (_, n) => {
      const event = [
        `${STAMP} ERROR [w] shop.orders: order ${n} aborted`,
        ...(n % 2 === 0 ? [] : ['java.lang.IllegalStateException: no price', '\tat com.acme.Prices.of(Prices.java:42)']),
      ];
      const between = Array.from({ length: pick(4) }, () => wrap(`${STAMP} INFO [w] order ${n} came`, ...streams[pick(3)]!));
      const rest = pick(6) === 0 ? [wrap('\tat com.acme.Shop.place(Shop.java:118)', 'stderr', 0)] : [];
      return [...event.map((line) => wrap(line, 'stderr', 0)), ...between, ...rest].join('');
    }).join('');
    expect({ seed, occurrences: counted(log, [pick(log.length)]).occurrences }).toEqual({ seed, occurrences: inFull(log) });
  }
});

test('a record of another stream does not end an event', () => {
  for (const [, wrap] of WRAPPERS.slice(0, 2)) {
    const error = wrap(`${STAMP} ERROR order 7 failed`, 'stderr', 0);
    const known = `${error}${wrap(`${STAMP} INFO ok`, 'stderr', 0)}`.repeat(8);
    const other = wrap(`${STAMP} INFO ok`, 'stdout', 0);
    const rest = ['TypeError: order 7', '    at f (/srv/app/a.js:2:21)'].map((line) => wrap(line, 'stderr', 0)).join('');
    const log = other.repeat(4) + known + `${error}${other}${rest}`.repeat(8) + known;
    expect(counted(log).occurrences).toEqual(inFull(log));
  }
});

test.each([
  ['a line and a column that look like a time of day', (n: number) => `    at orderOf (/srv/app/src/bug${n}.js:2:21)`],
  ['the same in a place without a function', (n: number) => `    at /srv/app/src/bug${n}.js:12:05`],
  ['a function', (n: number) => `    at price${n}Of (/srv/app/src/bug.js:2:21)`],
  ['a path of Windows', (n: number) => `    at orderOf (C:\\app\\bug${n}.js:2:21)`],
  ['three numbers', (n: number) => `    at orderOf (/srv/app/src/bug${n}.js:2:21:30)`],
])('bugs that differ in a digit of a frame stay apart: %s', (_, frame) => {
  const log = Array.from(
    { length: 400 },
    (__, n) => `${STAMP} ERROR failed\nTypeError: no price\n${frame((n % 20) + 1)}\n${STAMP} INFO next\n`,
  ).join('');
  expect(counted(log, [], 'error').occurrences).toEqual(inFull(log));
});

test('what a quieter record says behind its head goes on with no event above it', () => {
  const rest = [
    'scopes=[read, write]',
    "user ada changed \"theme\" from 'a1' to 'b2'",
    'at com.acme.Shop.place(Shop.java:118)',
    'Caused by: a.BException: x',
    'java.lang.IllegalStateException: no price',
    'Traceback (most recent call last):',
    '  File "/srv/app/orders.py", line 8, in place',
    'KeyError: 7',
    'DETAIL:  Key 7',
    '#3 main',
    'no price at /srv/app/shop.pl line 3.',
    '... 12 more',
    'event={"Type":"Started","of":{"name":"app"}}',
    '}',
    '',
  ];
  const heads: readonly ((level: string) => string)[] = [
    (level) => `${STAMP} ${level} [exec-7] c.acme.Shop - `,
    (level) => `${STAMP} [exec-7] ${level} c.acme.Shop - `,
    (level) => `${STAMP} - app.orders - ${level} - `,
    (level) => `[${STAMP}] ${level}: `,
    (level) => `2026-01-02T03:04:05.678Z  ${level} 1 --- [exec-7] c.acme.Shop : `,
    (level) => `${level} ${STAMP} `,
    (level) => `${STAMP} [exec-7] ${level.toLowerCase()} `,
    (level) => `${STAMP} shop ${level.toLowerCase()}: `,
    (level) => `${level[0]}0102 03:04:05.678901    12 shop.go:42] `,
  ];
  const below = [[], ['java.lang.IllegalStateException: no price for 7', '\tat com.acme.Prices.of(Prices.java:42)']];
  let repeats = 0;
  const some = heads.filter((_, at) => IS_SLOW_LANE || at % 9 === 0);
  for (const [at, head] of some.entries()) {
    for (const wrap of [WRAPPERS[0]!, WRAPPERS[1]!, WRAPPERS[2]!, ['as it is', (line: string) => `${line}\n`] as const]) {
      const pick = numbers(at + 1);
      const log = Array.from({ length: 150 }, (_, n) => {
        const event = [`${head('ERROR')}order ${n} failed`, ...below[pick(2)]!];
        // Now and then each line of the event bears its head.
        const led = pick(8) === 0 ? event.map((line, index) => (index === 0 ? line : head('ERROR') + line)) : event;
        return [...led, head(['INFO', 'WARN', 'DEBUG'][pick(3)]!) + rest[pick(rest.length)]!]
          .map((line) => wrap[1](line, 'stderr', 0))
          .join('');
      }).join('');
      const name = `${head('INFO')}, ${wrap[0]}`;
      const found = counted(log, [pick(log.length)], 'error', [...KEYWORDS, 'only quieter']);
      repeats += found.repeats;
      expect({ name, occurrences: found.occurrences }).toEqual({ name, occurrences: inFull(log) });
    }
  }
  expect(repeats).toBeGreaterThan(IS_SLOW_LANE ? 900 : 80);
});

test('generated mixtures, cut at any place', () => {
  const pieces = [
    `${STAMP} INFO order 17 came`,
    `${STAMP} ERROR order 17 failed`,
    `${STAMP} ERROR order 17 failed\r`,
    `${STAMP} WARN slow 12 ms`,
    'TypeError: order 3 has no price',
    '    at total (/srv/app/pricing.js:2:21)',
    '    at async Promise.all (index 0)',
    '  detail 5',
    'plain text 7',
    '',
    'ERROR: without a time 4',
    '{"level":50,"time":1767323045678,"msg":"order 9 failed"}',
    '{"level":30,"time":1767323045678,"msg":"ok"}',
    'Jan  2 03:04:05 host app[12]: ERROR order 5',
    '{"log":"ERROR order 5\\n","stream":"stderr","time":"2026-01-02T03:04:05Z"}',
    `{"log":"${STAMP} ERROR order 5\\n","stream":"stderr","time":"2026-01-02T03:04:05Z"}`,
    `{"log":"${STAMP} INFO order 5\\n","stream":"stderr","time":"2026-01-02T03:04:05Z"}`,
    `{"log":"${STAMP} INFO order 5\\n","stream":"stdout","time":"2026-01-02T03:04:05Z"}`,
    '{"log":"{\\"level\\":50,\\"time\\":1767323045678,\\"msg\\":\\"order 9\\"}\\n","stream":"stdout","time":"2026-01-02T03:04:05Z"}',
    `2026-01-02T03:04:05.6Z stderr F ${STAMP} ERROR order 5`,
    '2026-01-02T03:04:05.6Z stderr P half of ',
    `Jan  2 03:04:05 host app[12]: ${STAMP} ERROR order 5`,
    'Traceback (most recent call last):',
    '  File "a.py", line 3, in f',
    'ValueError: order 8',
    'time=2026-01-02T03:04:05Z level=error msg="order 4 failed"',
    'E0102 03:04:05.678901    12 file.go:42] order 6',
    `${STAMP} ERROR at 0x7f12ab handler 0x00ff`,
  ];
  for (let seed = 1; seed <= fewer(150); seed++) {
    const pick = numbers(seed);
    const few = Array.from({ length: 2 + pick(5) }, () => pieces[pick(pieces.length)]!);
    const log = Array.from({ length: 120 }, () => `${withOtherDigits(few[pick(few.length)]!, pick)}\n`).join('');
    const cuts = [pick(log.length), pick(log.length), pick(log.length)].sort((a, b) => a - b);
    const expected = inFull(log);
    expect({ seed, occurrences: counted(log).occurrences }).toEqual({ seed, occurrences: expected });
    expect({ seed, occurrences: counted(log, cuts).occurrences }).toEqual({ seed, occurrences: expected });
  }
});
