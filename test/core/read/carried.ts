// The events of the golden logs and records by themselves, and how transports write their lines.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { RECORDS } from './golden-records.ts';

const root = join(import.meta.dirname, '../../golden/logs');

function unitsOf(log: string): readonly (readonly string[])[] {
  const lines = readFileSync(join(root, log), 'utf8').split('\n');
  const events = JSON.parse(readFileSync(join(root, log.replace(/\.log$/, '.json')), 'utf8')) as readonly ErrorEvent[];
  return events.map(({ line, endLine }) => lines.slice(line - 1, endLine));
}

const logs = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'));

/** The lines of each event. */
export const UNITS: readonly (readonly string[])[] = [
  ...RECORDS.filter(({ events }) => events.length === 1).map(({ log, events }) => log.slice(events[0]!.first - 1, events[0]!.last)),
  ...logs
    .filter((name) => !/^(?:docker|formats)/.test(name))
    .sort()
    .flatMap(unitsOf),
];

/** A time of day, `n` seconds on. */
export const clock = (n: number): string => `03:${String(4 + Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;

export interface Transport {
  /** Of the events that are right in a plain log so many are right here, at least. */
  readonly least: number;
  /** Tells two streams apart. */
  readonly isNamed: boolean;
  readonly write: (text: string, n: number, name: string) => string;
}

const named = (least: number, write: Transport['write']): Transport => ({ least, isNamed: true, write });
const pod = (name: string): string => `[pod/${name}-7d9f8b6c5-x2x4z/app]`;
const pipe = (name: string): string => (name === 'web' ? 'stderr' : 'stdout');

export const TRANSPORTS: readonly (readonly [name: string, transport: Transport])[] = [
  ['none', { least: 715, isNamed: false, write: (text) => text }],
  [
    'docker, JSON',
    named(705, (text, n, name) => JSON.stringify({ log: `${text}\n`, stream: pipe(name), time: `2026-01-02T${clock(n)}.678901234Z` })),
  ],
  ['CRI', named(705, (text, n, name) => `2026-01-02T${clock(n)}.678901234Z ${pipe(name)} F ${text}`)],
  ['journal', named(705, (text, n, name) => `Jan 02 ${clock(n)} host ${name}[42]: ${text}`)],
  ['journal, short-precise', named(700, (text, n, name) => `Jan 02 ${clock(n)}.678901 host ${name}[42]: ${text}`)],
  ['compose', named(700, (text, _, name) => `${name}-1  | ${text}`)],
  ['docker logs -t', { least: 690, isNamed: false, write: (text, n) => `2026-01-02T${clock(n)}.678901234Z ${text}` }],
  ['kubectl --prefix', named(700, (text, _, name) => `${pod(name)} ${text}`)],
  ['kubectl --prefix --timestamps', named(695, (text, n, name) => `${pod(name)} 2026-01-02T${clock(n)}.678901234Z ${text}`)],
  ['pm2', named(690, (text, _, name) => `${name === 'web' ? 0 : 1}|${name}  | ${text}`)],
  ['stern', named(700, (text, _, name) => `${name}-7d9f8b6c5-x2x4z app ${text}`)],
  ['Heroku', named(700, (text, n, name) => `2026-01-02T${clock(n)}.678901+00:00 app[${name}.1]: ${text}`)],
  ['foreman', named(700, (text, n, name) => `${clock(n)} ${name}.1  | ${text}`)],
  ['syslog, RFC 5424', named(600, (text, n, name) => `<14>1 2026-01-02T${clock(n)}.678Z host ${name} 42 - - ${text}`)],
];

/** CRI, whose every line is cut: two lines of each. */
export const cutByCri = (text: string, n: number): string =>
  [text.slice(0, 20), text.slice(20)]
    .map((part, index) => `2026-01-02T${clock(n)}.67890123${index}Z stderr ${index === 0 ? 'P' : 'F'} ${part}`)
    .join('\n');
