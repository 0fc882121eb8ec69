// Every event of the golden logs and records, as each transport would have written it: the transport takes nothing away from
// an event and adds nothing to it. What is right is what the reader says of the same lines between two records of a plain log.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { detect } from './detector-run.ts';
import { RECORDS } from './golden-records.ts';

const root = join(import.meta.dirname, '../../golden/logs');

/** The lines of one event. */
type Unit = readonly string[];

function unitsOf(log: string): readonly Unit[] {
  const lines = readFileSync(join(root, log), 'utf8').split('\n');
  const events = JSON.parse(readFileSync(join(root, log.replace(/\.log$/, '.json')), 'utf8')) as readonly ErrorEvent[];
  return events.map(({ line, endLine }) => lines.slice(line - 1, endLine));
}

const logs = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'));
const units: readonly Unit[] = [
  ...RECORDS.filter(({ events }) => events.length === 1).map(({ log, events }) => log.slice(events[0]!.first - 1, events[0]!.last)),
  ...logs.filter((name) => !/^(?:docker|formats)/.test(name)).flatMap(unitsOf),
];

const BEFORE = '2026-01-02 03:04:01,678 INFO order 1 placed';
const AFTER = '2026-01-02 03:04:59,678 INFO order 2 placed';

const clock = (n: number): string => `03:${String(4 + Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;
const pod = '[pod/web-7d9f8b6c5-x2x4z/app]';

/** How a transport writes line `n`; how many of the events that are right in a plain log are right there, at least. */
const TRANSPORTS: readonly (readonly [name: string, least: number, write: (text: string, n: number) => string])[] = [
  [
    'docker, JSON',
    705,
    (text, n) => `${JSON.stringify({ log: `${text}\n`, stream: 'stderr', time: `2026-01-02T${clock(n)}.678901234Z` })}`,
  ],
  ['CRI', 705, (text, n) => `2026-01-02T${clock(n)}.678901234Z stderr F ${text}`],
  [
    'CRI, cut',
    685,
    (text, n) =>
      [text.slice(0, 20), text.slice(20)]
        .map((part, i) => `2026-01-02T${clock(n)}.67890123${i}Z stderr ${i === 0 ? 'P' : 'F'} ${part}`)
        .join('\n'),
  ],
  ['journal', 705, (text, n) => `Jan 02 ${clock(n)} host web[42]: ${text}`],
  ['journal, short-precise', 700, (text, n) => `Jan 02 ${clock(n)}.678901 host web[42]: ${text}`],
  ['compose', 700, (text) => `web-1  | ${text}`],
  ['docker logs -t', 690, (text, n) => `2026-01-02T${clock(n)}.678901234Z ${text}`],
  ['kubectl --prefix', 700, (text) => `${pod} ${text}`],
  ['kubectl --prefix --timestamps', 695, (text, n) => `${pod} 2026-01-02T${clock(n)}.678901234Z ${text}`],
  ['pm2', 690, (text) => `0|web  | ${text}`],
  ['stern', 700, (text) => `web-7d9f8b6c5-x2x4z app ${text}`],
  ['Heroku', 700, (text, n) => `2026-01-02T${clock(n)}.678901+00:00 app[web.1]: ${text}`],
  ['foreman', 700, (text, n) => `${clock(n)} web.1  | ${text}`],
  ['syslog, RFC 5424', 600, (text, n) => `<14>1 2026-01-02T${clock(n)}.678Z host web 42 - - ${text}`],
];

interface Found {
  readonly extent: string;
  readonly id: string;
}

/** Of lines `first` to `last` of the unit, as they are told from the lines that a transport wrote. */
function found(lines: readonly string[], write: (text: string, n: number) => string): readonly Found[] {
  const written = [BEFORE, ...lines, AFTER].flatMap((text, n) =>
    write(text, n)
      .split('\n')
      .map((line) => ({ line, n })),
  );
  return detect(`${written.map(({ line }) => line).join('\n')}\n`).map((event) => ({
    extent: `${written[event.line - 1]?.n}-${written[event.endLine - 1]?.n}`,
    id: fingerprint(event).id,
  }));
}

const alone = units
  .map((lines) => ({ lines, events: found(lines, (text) => text) }))
  .filter(({ lines, events }) => events.length === 1 && events[0]!.extent === `1-${lines.length}`);

test('there are events to be carried', () => {
  expect(alone.length).toBeGreaterThanOrEqual(715);
});

test.each(TRANSPORTS)('%s', (_, least, write) => {
  const right = alone.filter(({ lines, events }) => JSON.stringify(found(lines, write)) === JSON.stringify(events));
  expect(right.length).toBeGreaterThanOrEqual(least);
});
