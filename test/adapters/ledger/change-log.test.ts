// The change log by itself: what goes in comes out, a torn end is left out, damage is told from it, and what belongs to
// another snapshot is not carried out. Then the ledger with it: what people may do to its files.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { appendRecord, type LogRecord, readLog } from '../../../src/adapters/ledger/disk/change-log.ts';
import { checkpoint, ending, FINGERPRINT, sighting, start } from '../../contracts/ledger.ts';
import { createStage, createStageOf, type RealStage } from './stage.ts';

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.clear());

const record = (n: number): LogRecord => ({
  id: `me.${n}`,
  statements: [
    ['UPDATE x SET a = ? WHERE b = ?', n, 'ünï\u2028"\n\\ \ud800'],
    [`INSERT INTO y${n} VALUES (?, ?)`, null, new Uint8Array([0, 10, 255, n])],
    ['UPDATE x SET a = ? WHERE b = ?', -1.5, ''],
  ],
});

/** Three records of generation 7. @returns the places behind the first line and behind each */
async function write(): Promise<readonly number[]> {
  await stage.fold();
  const ends: number[] = [];
  let place = await appendRecord(stage.file, 7, undefined, record(1));
  for (const n of [2, 3]) {
    ends.push(place.end);
    place = await appendRecord(stage.file, 7, place, record(n));
  }
  return [readFileSync(stage.log).indexOf(10) + 1, ...ends, place.end];
}

const idsOf = (read: ReturnType<typeof readLog>): unknown => ('records' in read ? read.records.map(({ id }) => id) : read.kind);

test('what goes in comes out, and is a line of text each', async () => {
  const ends = await write();
  expect(readLog(stage.file, 7)).toMatchObject({ kind: 'read', records: [record(1), record(2), record(3)], place: { end: ends[3] } });
  expect(readFileSync(stage.log, 'utf8').split('\n')).toHaveLength(5);
  // A text of a statement stands there once.
  expect(readFileSync(stage.log, 'utf8').match(/UPDATE x/g)).toHaveLength(1);
});

test('it is read on from where it was read to', async () => {
  await stage.fold();
  const place = await appendRecord(stage.file, 7, undefined, record(1));
  await appendRecord(stage.file, 7, place, record(2));
  expect(readLog(stage.file, 7, place)).toMatchObject({ kind: 'read', records: [record(2)] });
});

test('cut at any byte, the whole records before are read, and the next one is written behind them', async () => {
  const ends = await write();
  const whole = readFileSync(stage.log);
  for (let size = whole.length - 1; size >= 0; size -= size > ends[2]! + 3 ? 1 : 7) {
    writeFileSync(stage.log, whole.subarray(0, size));
    const read = readLog(stage.file, 7);
    const expected = ends.slice(1).filter((end) => end <= size).length;
    expect([size, idsOf(read)]).toEqual([size, size < ends[0]! ? 'none' : [1, 2, 3].slice(0, expected).map((n) => `me.${n}`)]);
    await appendRecord(stage.file, 7, read.kind === 'read' ? read.place : undefined, record(9));
    expect(idsOf(readLog(stage.file, 7))).toEqual([...[1, 2, 3].slice(0, expected).map((n) => `me.${n}`), 'me.9']);
  }
});

test.each([
  ['noise behind the end, with line breaks', (log: string) => appendFileSync(log, 'x\n\0\0\n1234'), ['me.1', 'me.2', 'me.3']],
  ['one byte of the second record', (log: string) => flip(log, 0.6), { kind: 'damaged', ids: ['me.1'] }],
  ['one byte of the last record', (log: string) => flip(log, 0.97), ['me.1', 'me.2']],
  ['one byte of the first line', (log: string) => flip(log, 0.02), { kind: 'damaged', ids: [] }],
])('%s', async (_name, change, expected) => {
  await write();
  change(stage.log);
  const read = readLog(stage.file, 7);
  expect(Array.isArray(expected) ? idsOf(read) : { kind: read.kind, ids: idsOf(read) }).toEqual(expected);
});

function flip(log: string, where: number): void {
  const bytes = readFileSync(log);
  const at = Math.floor(bytes.length * where);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(log, bytes);
}

test('of another snapshot, or in a form of tomorrow', async () => {
  await write();
  expect(readLog(stage.file, 8)).toEqual({ kind: 'other', generation: 7 });
  rmSync(stage.log);
  expect(readLog(stage.file, 7)).toEqual({ kind: 'none' });
});

// ---------------------------------------------------------------- the ledger with it

describe.each([false, true])('a ledger with a change log, its snapshot too large for memory: %s', (isLarge) => {
  const notices: string[] = [];
  beforeEach(async () => {
    notices.length = 0;
    await stage.clear();
    stage = await createStageOf(isLarge);
  });
  const open = () => stage.open({ notice: (error) => notices.push(error.code) });

  test('counts cost the snapshot nothing, and readers see them at once', async () => {
    const ledger = await open();
    const before = statSync(stage.file);
    const readers = [stage.read(), stage.read()];
    for (let line = 0; line < 30; line++) {
      await ledger.record({ checkpoint: checkpoint(line + 1), sightings: [sighting(line)] });
      await ledger.flush(true);
      for (const reader of readers) {
        expect(await reader.incidents()).toMatchObject([{ count: line + 1 }]);
        expect(await reader.checkpoints()).toMatchObject([{ line: line + 1 }]);
      }
    }
    expect(statSync(stage.file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(statSync(stage.log).size).toBeLessThan(30 * 1000);
    for (const each of [...readers, ledger]) await each.close();
    expect(existsSync(stage.log)).toBe(isLarge);
  });

  test('a new snapshot is written when the log has grown to a part of it, and nothing is counted twice', async () => {
    const ledger = await open();
    const before = statSync(stage.file).ino;
    const text = 'x'.repeat(2_000);
    let line = 0;
    while (statSync(stage.file).ino === before && line < 5_000) {
      const sightings = Array.from({ length: 50 }, (_, at) => ({
        ...sighting(line + at, 1, `v1:${line + at}`),
        title: `${line + at}${text}`,
      }));
      line += 50;
      await ledger.record({ checkpoint: checkpoint(line), sightings: [...sightings, sighting(line)] });
      await ledger.flush(true);
    }
    expect(line).toBeLessThan(5_000);
    expect(existsSync(stage.log)).toBe(false);
    await ledger.record({ checkpoint: checkpoint(line + 1), sightings: [sighting(line)] });
    await ledger.flush(true);
    expect(await stage.query(`SELECT count FROM incidents WHERE fingerprint = '${FINGERPRINT}'`)).toBe(String(line / 50 + 1));
    expect(await stage.query('SELECT count(*) FROM incidents')).toBe(String(line + 1));
    await ledger.close();
  });

  test('beside a large snapshot the log does not grow to a part of it: whoever opens the ledger carries it out', async () => {
    await stage.fold();
    stage.sqlite3('CREATE TABLE of_one_more (text); INSERT INTO of_one_more VALUES (zeroblob(60 << 20))');
    const ledger = await open();
    const before = statSync(stage.file).ino;
    const text = 'x'.repeat(20_000);
    let most = 0;
    for (let batch = 0; batch < 7; batch++) {
      const sightings = Array.from({ length: 50 }, (_, at) => ({ ...sighting(at, 1, `v1:${batch}-${at}`), title: `${at}${text}` }));
      await ledger.record({ checkpoint: checkpoint(batch), sightings });
      await ledger.flush(true);
      most = Math.max(most, statSync(stage.log, { throwIfNoEntry: false })?.size ?? 0);
    }
    expect(statSync(stage.file).ino).not.toBe(before);
    expect(most).toBeGreaterThan(3_000_000);
    expect(most).toBeLessThan(5_300_000);
    await ledger.close();
  });

  test('a person changes the snapshot with sqlite3 meanwhile: both stay', async () => {
    const ledger = await open();
    await ledger.record({ checkpoint: checkpoint(1), sightings: [sighting(0), sighting(1, 1, 'v1:other')] });
    // A good ending is written as a new snapshot.
    await ledger.begin(start('t1', 'v1:third'));
    await ledger.end('t1', ending('t1', 'proposed', {}, 'v1:third'));
    expect(existsSync(stage.log)).toBe(false);
    await ledger.record({ checkpoint: checkpoint(2), sightings: [sighting(1)] });
    await ledger.flush(true);
    await ledger.record({ checkpoint: checkpoint(3), sightings: [sighting(2)] });
    stage.sqlite3(`UPDATE incidents SET state = 'closed', reason = 'by hand'; VACUUM`);
    expect(await ledger.incidents({ fingerprint: FINGERPRINT })).toMatchObject([{ count: 3, state: 'closed', reason: 'by hand' }]);
    await ledger.close();
    const reader = stage.read();
    expect(await reader.incidents()).toMatchObject([
      { count: 3, state: 'closed' },
      { count: 1, state: 'closed' },
    ]);
    expect(await reader.checkpoints()).toMatchObject([{ line: 3 }]);
    await reader.close();
    expect(notices).toEqual([]);
  });

  test('an older snapshot was put back: its log is set aside, and said so', async () => {
    const ledger = await open();
    await ledger.record({ checkpoint: checkpoint(1), sightings: [sighting(0)] });
    await ledger.begin(start('t1'));
    copyFileSync(stage.file, `${stage.dir}/backup`);
    await ledger.end('t1', ending('t1'));
    await ledger.record({ checkpoint: checkpoint(2), sightings: [sighting(1)] });
    await ledger.flush(true);
    const log = readFileSync(stage.log);
    await ledger.close();
    copyFileSync(`${stage.dir}/backup`, stage.file);
    rmSync(`${stage.dir}/backup`);
    writeFileSync(stage.log, log);
    await expect(open()).rejects.toMatchObject({ code: 'ledger-changes-damaged', exitCode: 2 });
    const [aside] = readdirSync(stage.dir).filter((name) => name.includes('changes.damaged-'));
    expect(readFileSync(`${stage.dir}/${aside}`).equals(log)).toBe(true);
    await (await open()).close();
  });

  test('a damaged record: a reader says so, a writer goes on from the records before it', async () => {
    const ledger = await open();
    for (let line = 0; line < 4; line++) {
      await ledger.record({ checkpoint: checkpoint(line + 1), sightings: [sighting(line)] });
      await ledger.flush(true);
    }
    flip(stage.log, 0.9);
    const lines = readFileSync(stage.log, 'latin1').trimEnd().split('\n').length;
    appendFileSync(stage.log, readFileSync(stage.log, 'latin1').split('\n')[1]!.concat('\n'), 'latin1');
    expect(lines).toBe(5);
    const reader = stage.read();
    await expect(reader.incidents()).rejects.toMatchObject({ code: 'ledger-unreadable' });
    await reader.close();
    const other = await stage.open().catch((error: { code: string }) => error.code);
    expect(other).toBe('ledger-changes-damaged');
    expect(await stage.query('SELECT count, CAST(token AS INTEGER) FROM incidents, checkpoints')).toBe('3|3');
    await ledger.close();
  });

  test('the log is deleted by hand while we run: the memory has what was in it', async () => {
    const ledger = await open();
    await ledger.record({ checkpoint: checkpoint(1), sightings: [sighting(0)] });
    await ledger.flush(true);
    rmSync(stage.log);
    await ledger.record({ checkpoint: checkpoint(2), sightings: [sighting(1)] });
    await ledger.flush(true);
    expect(await stage.query('SELECT count, CAST(token AS INTEGER) FROM incidents, checkpoints')).toBe('2|2');
    await ledger.close();
  });

  test('a log of tomorrow is left alone', async () => {
    const ledger = await open();
    await ledger.record({ checkpoint: checkpoint(1), sightings: [sighting(0)] });
    await ledger.flush(true);
    const log = readFileSync(stage.log, 'utf8');
    await ledger.close();
    const generation = Number(/"generation":(\d+)/.exec(log)?.[1]);
    // The sum of the first line is that of its text.
    const { crc32 } = await import('node:zlib');
    const head = `${JSON.stringify({ changes: 2, generation: generation + 1 })}\n`;
    writeFileSync(stage.log, `${crc32(head).toString(16).padStart(8, '0')} ${head}`);
    await expect(stage.open()).rejects.toMatchObject({ code: 'ledger-newer' });
    expect(readFileSync(stage.log, 'utf8')).toContain('"changes":2');
    rmSync(stage.log);
  });

  test('the snapshot is cut while we run', async () => {
    const ledger = await open();
    await ledger.record({ checkpoint: checkpoint(1), sightings: [sighting(0)] });
    await ledger.flush(true);
    truncateSync(stage.file, 5_000);
    await ledger.record({ checkpoint: checkpoint(2), sightings: [sighting(1)] });
    await ledger.flush(true);
    expect(notices).toEqual(['ledger-damaged']);
    // What was held in memory is whole; what was not begins anew with what was not yet written.
    expect(await stage.query('SELECT count, CAST(token AS INTEGER) FROM incidents, checkpoints')).toBe(isLarge ? '1|2' : '2|2');
    await ledger.close();
  });
});
