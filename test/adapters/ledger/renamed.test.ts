// A ledger of identity's version 2 before kinds of fault of databases and runtimes, marks of strings, classes and causes were
// known: its incidents are found under their names of now, with what was done about them, and nothing is proposed twice.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { identify, type Seen, toSightings } from '../../../src/pipeline/watch/sightings.ts';
import { detect } from '../../core/read/detector-run.ts';
import { createStage, type RealStage } from './stage.ts';

const RECORDED = new URL('recorded/', import.meta.url);
const SEEN: readonly Seen[] = identify(detect(readFileSync(new URL('version-15.log', RECORDED), 'utf8')));
const SHOP = { name: 'git.example/acme/shop', mark: null };

interface Old {
  readonly fingerprint: string;
  readonly state: string;
}

let stage: RealStage;
/** What that version knew, by the line that each began at. */
let old: ReadonlyMap<number, Old>;
beforeEach(() => {
  stage = createStage();
  mkdirSync(stage.dir);
  execFileSync('sqlite3', [stage.file], { input: readFileSync(new URL('version-15.sql', RECORDED)) });
  const rows = JSON.parse(stage.sqlite3(`SELECT json_group_array(json_array(first_line, fingerprint, state)) FROM incidents`));
  old = new Map((rows as [number, string, string][]).map(([line, fingerprint, state]) => [line, { fingerprint, state }]));
});
afterEach(() => stage.clear());

/**
 * Known wrong: two records of that version are one event now, the first of them without the frames of the second. What was done
 * about it is not found: the kept sample has no frames.
 */
const JOINED_SINCE = 31;
const known = SEEN.filter(({ event }) => event.line !== JOINED_SINCE);

test('the rules since then call most of them otherwise', () => {
  const renamed = known.filter(({ event, fingerprint }) => old.get(event.line)?.fingerprint !== fingerprint);
  expect(renamed.map(({ event }) => event.line)).toEqual([1, 8, 9, 10, 12, 18, 24, 25, 26, 33, 34]);
  expect(known.length).toBe(14);
});

test.each(['read', 'write'] as const)('in mode %s each has its name of now, its state, and its older name', async (mode) => {
  const ledger = mode === 'read' ? stage.read(undefined, SHOP) : await stage.open({ repository: SHOP });
  for (const { event, fingerprint } of known) {
    const before = old.get(event.line)!;
    const [incident] = await ledger.incidents({ fingerprint });
    expect(incident).toMatchObject({ fingerprint, state: before.state, count: 1 });
    expect(incident?.formerly).toEqual(before.fingerprint === fingerprint ? undefined : [before.fingerprint]);
    expect(await ledger.incidents({ fingerprint: before.fingerprint })).toEqual([incident]);
  }
  await ledger.close();
});

test('the log seen again makes nothing new, and open requests are found by either name', async () => {
  const ledger = await stage.open({ repository: SHOP });
  const sightings = toSightings(known, [], '2026-12-01T18:00:00.000Z', createRedactor([]));
  const touched = await ledger.record({ checkpoint: null, sightings });
  expect(touched.filter(({ isNew }) => isNew)).toEqual([]);
  for (const { event, fingerprint } of known) {
    const before = old.get(event.line)!;
    expect(await ledger.incidents({ fingerprint })).toMatchObject([{ state: before.state, count: 2 }]);
    const traces = await ledger.traces({ fingerprint });
    expect(traces.map(({ state }) => state)).toEqual(before.state === 'proposed' ? ['proposed'] : []);
    expect(await ledger.traces({ fingerprint: before.fingerprint })).toEqual(traces);
  }
  await ledger.close();
});

test('known wrong: an event that has taken in the record below it is new', async () => {
  const ledger = await stage.open({ repository: SHOP });
  const joined = SEEN.filter(({ event }) => event.line === JOINED_SINCE);
  const touched = await ledger.record({
    checkpoint: null,
    sightings: toSightings(joined, [], '2026-12-01T18:00:00.000Z', createRedactor([])),
  });
  expect(touched.map(({ isNew }) => isNew)).toEqual([true]);
  await ledger.close();
});
