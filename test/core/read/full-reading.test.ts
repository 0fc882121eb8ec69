// The contract of all that the hot path learns: heads, records, shapes. Whatever the log, and whatever was learnt of other
// logs before, it finds what reading every line in full finds.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import type { Level } from '../../../src/core/model.ts';
import { createDetector } from '../../../src/core/read/detector.ts';
import { createShapes } from '../../../src/core/read/shape-memory.ts';
import { fewer, inLane } from '../../support/lane.ts';
import { KINDS } from '../formats/kinds.ts';
import { detect, KEYWORDS, options } from './detector-run.ts';
import { programOf, RECORDS } from './golden-records.ts';
import { numbers } from './numbers.ts';

const root = join(import.meta.dirname, '../../golden/logs');
const logs = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.log'))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

/** All runs of one program behind each other. */
const runs = [...new Set(RECORDS.map(programOf))].map((name) => ({
  name,
  text: `${RECORDS.filter((record) => programOf(record) === name)
    .flatMap(({ log }) => log)
    .slice(0, 300)
    .join('\n')}\n`,
}));

const golden = [...logs, ...runs, ...KINDS.map(({ name, log }) => ({ name, text: `${log.join('\n')}\n` }))];

/** A keyword of one letter switches the search off; this one occurs nowhere. */
const UNFILTERED = [...KEYWORDS, '\u0001'];
/** One for each configuration, as `watch` has it. */
const shapes = { error: createShapes(), warn: createShapes() };

type Watched = keyof typeof shapes;

interface Place {
  readonly offset: number;
  readonly told: string;
}

const sorted = (places: readonly Place[]): readonly string[] => [...places].sort((a, b) => a.offset - b.offset).map(({ told }) => told);

function learnt(text: string | Buffer, level: Watched, cuts: readonly number[]): readonly string[] {
  const bytes = Buffer.from(text as string);
  const detector = createDetector(options({ level, shapes: shapes[level] }));
  const places: Place[] = [];
  let from = 0;
  for (const to of [...cuts, bytes.length, undefined]) {
    const events = to === undefined ? detector.flush() : detector.push({ bytes: Buffer.from(bytes.subarray(from, to)) });
    from = to ?? from;
    for (const event of events)
      places.push({ offset: event.offset, told: `${event.offset} ${event.line} ${event.level} ${fingerprint(event).id}` });
    for (const { event, offsets, lines } of detector.repeats) {
      const { id } = fingerprint(event);
      for (const [at, offset] of offsets.entries()) places.push({ offset, told: `${offset} ${lines[at]} ${event.level} ${id}` });
    }
  }
  return sorted(places);
}

const inFull = (text: string | Buffer, level: Watched): readonly string[] =>
  sorted(
    detect(text, { level, keywords: UNFILTERED }).map((event) => ({
      offset: event.offset,
      told: `${event.offset} ${event.line} ${event.level} ${fingerprint(event).id}`,
    })),
  );

function expectSame(text: string | Buffer, name: string, level: Watched = 'error', cuts: readonly number[] = []): void {
  const [got, want] = [learnt(text, level, cuts), inFull(text, level)];
  if (got.join('\n') === want.join('\n')) return;
  const lines = text.toString().split('\n');
  const odd = [...got.filter((one) => !want.includes(one)), ...want.filter((one) => !got.includes(one))];
  const around = odd.slice(0, 3).map((one) => {
    const line = Number(one.split(' ')[1]);
    return [one, ...lines.slice(Math.max(0, line - 3), line + 2)];
  });
  expect({ name, level, got: got.length, want: want.length, around }).toEqual({ name, same: true });
}

/** Lines that do not stand alone in a file: as they are, and as transports hand them on. */
const WRAPS: readonly ((line: string, n: number) => string)[] = [
  (line) => line,
  (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-01-02T03:04:05.678901234Z' }),
  (line) => `2026-01-02T03:04:05.678901234Z stderr F ${line}`,
  (line, n) => `Jan  2 03:04:05 host app[1${n % 3}]: ${line}`,
  (line, n) => `web-${n % 2}  | ${line}`,
];

const pool = golden.flatMap(({ text }) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, 30),
);
const QUIET = [
  '2026-01-02 03:04:05,678 INFO [main] shop.orders - order 17 came',
  '2026-01-02 03:04:05,678 WARN [exec-12] shop.orders - slow, 0 errors',
  '2026-01-02T03:04:05.678Z  INFO 1 --- [orders] [exec-1] c.acme.Shop : up',
  '2026-01-02 03:04:05,678 - app.orders - WARNING - retry after error',
  'I0102 03:04:05.678901    12 kubelet.go:42] "Probe failed"',
  '[2026-01-02 03:04:05] production.INFO: mail sent {"errors":0}',
  '1.2.3.4 - anna [02/Jan/2026:03:04:05 +0000] "GET /error HTTP/1.1" 200 17 "-" "curl"',
  'time="2026-01-02T03:04:05Z" level=info msg="error=0"',
  'level=debug ts=2026-01-02T03:04:05Z caller=error.go:12 msg=ok err=null',
  '{"level":30,"time":1767323045678,"pid":7,"err":null,"msg":"no error"}',
  '{"level":"info","ts":1767323045.6,"caller":"errors/a.go:1","msg":"failed=0"}',
  '{"@timestamp":"2026-01-02T03:04:05.678Z","log.level":"WARN","message":"error=0","ecs.version":"8.11.0"}',
  '{"severity":"INFO","message":"error","time":"2026-01-02T03:04:05Z","labels":{"level":"error"}}',
  'W, [2026-01-02T03:04:05.678901 #12]  WARN -- app: retrying after error',
  '03:04:05.678 [main] INFO  c.acme.Shop - error rate 0',
  'INFO:root:error=0',
  'info: Shop[0]',
];

test.each(inLane(golden, 0.12, ({ name }) => name).map(({ name, text }) => [name, text] as const))('%s', (name, text) => {
  const pick = numbers(name.length + text.length);
  const lines = text.split('\n');
  // Lines that teach, each of them twice, with other numbers.
  const taught = lines.flatMap((line) => [...(pick(2) === 0 ? [QUIET[pick(QUIET.length)]!] : []), line]);
  expectSame(`${QUIET.join('\n')}\n${text}`, name);
  expectSame(taught.join('\n'), name, 'warn');
  const wrap = WRAPS[pick(WRAPS.length)]!;
  const wrapped = `${taught.map(wrap).join('\n')}\n`;
  expectSame(
    wrapped,
    `${name}, wrapped`,
    'error',
    [pick(wrapped.length), pick(wrapped.length)].sort((a, b) => a - b),
  );
});

describe('heads of lines that say nothing, before all that lines hold', () => {
  const heads = (line: string): readonly string[] => [0.2, 0.4, 0.6, 0.8].map((share) => line.slice(0, Math.ceil(line.length * share)));

  test.each([0, 1, 2, 3, 4])('wrapped in way %d', (way) => {
    const wrap = WRAPS[way]!;
    for (let seed = 1; seed <= fewer(40); seed++) {
      const pick = numbers(seed * 5 + way);
      const digits = (text: string): string => text.replace(/\d/g, (digit) => (pick(3) === 0 ? String(pick(10)) : digit));
      const log = Array.from({ length: 120 }, (_, n) => {
        const quiet = QUIET[pick(QUIET.length)]!;
        const head = pick(3) === 0 ? quiet : heads(quiet)[pick(4)]!;
        const tail = pick(3) === 0 ? '' : pool[pick(pool.length)]!;
        return wrap(pick(2) === 0 ? digits(head) + tail : head + tail, n);
      });
      const text = `${log.join('\n')}\n`;
      expectSame(text, `seed ${seed}`, seed % 3 === 0 ? 'warn' : 'error', [pick(text.length)]);
    }
  });
});

describe('lines that differ in a number alone, of which one says something and another nothing', () => {
  test.each<[string, (n: number) => string]>([
    ['a signal', (n) => `caught signal ${n}`],
    ['a signal behind the name of a program', (n) => `app: Received signal ${n}`],
    ['an answer and its reason', (n) => `${n} Internal Server Error in 17ms`],
    ['a code', (n) => `worker gave up with error code ${n}`],
    ['a code in a quotation', (n) => `user ada${n} searched for "connection error code ${n}" (${n} results)`],
    ['how often', (n) => `${n} Exception in thing`],
    ['a count of none', (n) => `Exception=${n} of job ${n}`],
    ['a fraction', (n) => `mean error ${n}.25 in round ${n}`],
  ])('%s', (name, line) => {
    const lasting = [15, 11, 0, 404, 503];
    for (const wrap of [WRAPS[0]!, WRAPS[3]!, WRAPS[4]!]) {
      for (const most of lasting) {
        const log = [...Array.from({ length: 6 }, (_, n) => [most, most, lasting[n % 5]!][n % 3]!), ...lasting, ...lasting];
        expectSame(`${log.flatMap((n, at) => [wrap(line(n), at), wrap('plain', at)]).join('\n')}\n`, `${name}, mostly ${most}`);
      }
    }
  });
});

describe('what outranks a head that was learnt as quiet', () => {
  const docker = (line: string): string => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-01-02T03:04:05.678901234Z' });
  const nginx = '2026/01/02 03:04:05 [info] 7#7: *1 ';
  const logcat = (letter: string): string => `01-02 03:04:05.678  12  13 ${letter} shop: `;
  test.each<[string, Level, (text: string) => string, string]>([
    [
      'an error that PHP handed on',
      'error',
      (text) => nginx + text,
      'FastCGI: "PHP message: PHP Fatal error:  Uncaught Error: x in /a.php:3"',
    ],
    [
      'the same in an envelope',
      'error',
      (text) => docker(nginx + text),
      'FastCGI: "PHP message: PHP Fatal error:  Uncaught Error: x in /a.php:3"',
    ],
    ['a worse level inside of a transport', 'fatal', (text) => logcat('E') + text, 'FATAL out of memory'],
  ])('%s', (name, level, wrap, loud) => {
    const text = `${Array.from({ length: 40 }, (_, n) => wrap(`order ${n} came`)).join('\n')}\n${wrap(loud)}\n${wrap('ok')}\n`;
    const found = detect(text, { level, shapes: createShapes(), keywords: [...KEYWORDS, `only ${name}`] });
    expect(found.map(({ line }) => line)).toEqual([41]);
    expect(detect(text, { level, keywords: UNFILTERED }).map(({ line }) => line)).toEqual([41]);
  });
});
