// Triage on events of other runtimes, drivers and frameworks than those its rules were written by (test/golden/triage/cases.json).
// Two halves by a hash of the case's id: one to tune rules by, of the other only the totals are held, and its cases are never printed.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { type RaiseSite, raiseSite } from '../../../src/core/triage/raise-site.ts';
import { triage } from '../../../src/core/triage/triage.ts';
import { detect } from '../read/detector-run.ts';

interface Case {
  readonly id: string;
  readonly class: string;
  /** What a careful reader might call it otherwise. */
  readonly alsoAccepted?: readonly string[];
  readonly log: string;
  /** Files of the repository by path, where the line of the nearest frame tells something. */
  readonly source?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL('../../golden/triage/cases.json', import.meta.url), 'utf8'));
const REPAIRED = ['code-fault', 'unknown'];

/** Of the tuning half, code faults that triage skips: each is a bug which nobody learns of. A row that is mended leaves the table. */
const KNOWN_SKIPPED: readonly (readonly [id: string, called: string, why: string])[] = [];

/** Of the tuning half, what is no fault of the code and is still called something else. */
const KNOWN_MISSES: readonly (readonly [id: string, called: string, why: string])[] = [];

/** Of the kinds that came later (test/golden/triage/kinds.json), what is called something else. */
const KNOWN_KINDS: readonly (readonly [id: string, called: string, why: string])[] = [
  ['e3-bullmq', 'unknown', '"is closed" is a state: it may have been closed by ourselves'],
  ['d1-e-net-cosmos', 'unknown', 'a class with a space before its colon is not read, so only what stands above it is known'],
  ['d1-b-zod', 'unknown', 'the same list of what does not fit is raised for settings of our own and for answers of others'],
  ['d2-e-smtp-421', 'unknown', 'the class stands below the record, with frames of another form: it is not read'],
  ['d2-e-ch-toomany', 'unknown', 'a limit of one product, in its own words'],
  ['d2-e-ch-mem', 'unknown', 'what was said stands in the second line of the message'],
  ['d2-e-pg-hba', 'unknown', 'the message within the error of a record is not read where its class has a small letter'],
  ['d2-e-bunny', 'unknown', 'the class stands below the record: it is not read'],
  ['d2-e-fork', 'unknown', 'what the shell said stands above the record'],
  ['d2-d-rs-perm', 'unknown', 'a variant of an enum without a package, in words of ours'],
  ['d2-b-rocket', 'unknown', 'one framework’s own words'],
  ['d3-e-hangup', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-eproto', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-stream-premature', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-http2-refused', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-urllib-ssl-eof', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-httpx-read', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-boto-creds', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-ja-grpc', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-net-ended', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-e-ex-mint', 'code-fault', 'of the last draw, which no rule was changed for'],
  ['d3-b-multer-field', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-b-mongoose-valid', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d3-b-drf-parse', 'unknown', 'of the last draw, which no rule was changed for'],
  ['d2-d-amqp-refused', 'unknown', 'what was said stands below the record'],
  ['d2-d-net-antiforgery', 'bad-input', 'held back as well, by a word that stands for the other'],
  ['d2-e-pulsar', 'denied', 'held back as well, by a word that stands for the other'],
  ['d2-e-zk-session', 'denied', 'held back as well, by a word that stands for the other'],
];

/** Of the half never tuned on: at least as many are called what they are. */
const FLOOR: readonly (readonly [name: string, right: number, of: number])[] = [
  ['code-fault', 22, 31],
  ['environment', 6, 8],
  ['denied', 8, 9],
  ['bad-input', 7, 7],
  ['unknown', 5, 5],
];

const inTuningHalf = ({ id }: Case): boolean => Number.parseInt(createHash('sha256').update(id).digest('hex').slice(-1), 16) % 2 === 0;

/** The event between two plain lines, as a log holds it. */
function eventOf({ log }: Case): ErrorEvent | undefined {
  return detect(`2026-11-21T07:00:00.000Z INFO listening on :8080\n${log}\n2026-11-21T12:00:00.000Z INFO GET /health 200\n`)[0];
}

function siteOf({ frames }: ErrorEvent, source: Case['source'] = {}): RaiseSite | undefined {
  const nearest = frames.find(({ inApp }) => inApp);
  if (nearest === undefined || nearest.line === null) return undefined;
  const path = Object.keys(source).find((each) => basename(each) === basename(nearest.file));
  return path === undefined ? undefined : raiseSite(path, source[path] ?? '', nearest.line);
}

function called(each: Case): string {
  const event = eventOf(each);
  return event === undefined ? 'no event' : triage(event, siteOf(event, each.source)).class;
}

const isRight = (each: Case): boolean => [each.class, ...(each.alsoAccepted ?? [])].includes(called(each));
const isSkipped = (each: Case): boolean => REPAIRED.includes(each.class) && !REPAIRED.includes(called(each));
const ofNoCode = (each: Case): boolean => !REPAIRED.includes(each.class);
const named = (wrong: readonly Case[]): readonly string[] => wrong.map((each) => `${each.id}: ${called(each)}`).sort();
const rows = (known: typeof KNOWN_MISSES): readonly string[] => known.map(([id, name]) => `${id}: ${name}`).sort();
const tuning = cases.filter(inTuningHalf);
const kinds: readonly Case[] = JSON.parse(readFileSync(new URL('../../golden/triage/kinds.json', import.meta.url), 'utf8'));
const untouched = cases.filter((each) => !inTuningHalf(each));

describe('the half to tune by', () => {
  it.each(tuning.map((each) => [each.id, each] as const))('the detector finds %s', (_, each) => {
    expect(eventOf(each)).toBeDefined();
  });

  it('lets every code fault and every unknown through to the repair, but for those known', () => {
    expect(named(tuning.filter(isSkipped))).toEqual(rows(KNOWN_SKIPPED));
  });

  it('calls the others what they are, but for those known', () => {
    expect(named(tuning.filter((each) => ofNoCode(each) && !isRight(each)))).toEqual(rows(KNOWN_MISSES));
  });
});

describe('the half never tuned on, in totals', () => {
  it('has an event for each case, and skips no code fault and no unknown', () => {
    expect(untouched.filter((each) => called(each) === 'no event').length).toBe(0);
    expect(untouched.filter(isSkipped).length).toBe(0);
  });

  it.each(FLOOR)('%s: at least %i of %i called so', (name, right, of) => {
    const all = untouched.filter((each) => each.class === name);
    expect(all.length).toBe(of);
    expect(all.filter(isRight).length).toBeGreaterThanOrEqual(right);
  });
});

describe('kinds that came later, all of them looked at', () => {
  it('finds each, skips no code fault and no unknown, and calls the others what they are, but for those known', () => {
    expect(named(kinds.filter((each) => isSkipped(each) || called(each) === 'no event'))).toEqual([]);
    expect(named(kinds.filter((each) => ofNoCode(each) && !isRight(each)))).toEqual(rows(KNOWN_KINDS));
  });
});
