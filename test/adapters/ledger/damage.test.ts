// Files that cannot be used: what a writer does with them, what a reader says, and that nothing is ever overwritten.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { AiOpsError } from '../../../src/errors.ts';
import { checkpoint, ending, sighting, start } from '../../contracts/ledger.ts';
import { createStage, type RealStage } from './stage.ts';

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.clear());

/** A good file of some pages, in which one trace and one incident stand. */
async function fill(): Promise<void> {
  const ledger = await stage.open();
  await ledger.record({ checkpoint: checkpoint(10), sightings: [sighting(3)] });
  await ledger.begin(start('t1'));
  await ledger.end('t1', { ...ending('t1'), diff: '+ line\n'.repeat(20_000) });
  await ledger.close();
}

/** Replaces the middle pages with noise: the header stays good. */
function scribble(): void {
  const bytes = readFileSync(stage.file);
  bytes.fill(0xa5, 8192, bytes.length - 4096);
  writeFileSync(stage.file, bytes);
}

const asides = (): string[] => readdirSync(stage.dir).filter((name) => name.includes('.damaged-'));

describe.each([
  ['not SQLite', () => writeFileSync(stage.file, 'these are my notes, not a database\n'.repeat(300))],
  ['empty', () => truncateSync(stage.file)],
  ['cut to half', () => truncateSync(stage.file, Math.floor(statSync(stage.file).size / 8192) * 4096)],
  ['cut by one byte', () => truncateSync(stage.file, statSync(stage.file).size - 1)],
  ['cut inside the header', () => truncateSync(stage.file, 60)],
  ['with noise in its pages', scribble],
])('a ledger that is %s', (_name, damage) => {
  beforeEach(async () => {
    await fill();
    damage();
  });

  test('is set aside as it is, said so once, and a new one works', async () => {
    const before = readFileSync(stage.file);
    const error = (await stage.open().catch((thrown: unknown) => thrown)) as AiOpsError;
    expect(error).toMatchObject({ code: 'ledger-damaged', exitCode: 2 });
    const aside = join(stage.dir, asides()[0] ?? '');
    expect(error.message).toBe(`the ledger ${stage.file} was damaged and is now ${aside}`);
    expect(aside).toBe(`${stage.file}.damaged-20260301T120000Z`);
    expect(readFileSync(aside).equals(before)).toBe(true);

    const ledger = await stage.open();
    await ledger.record({ checkpoint: checkpoint(1), sightings: [sighting(0)] });
    await ledger.close();
    expect(stage.sqlite3('PRAGMA integrity_check; SELECT count FROM incidents')).toBe('ok\n1');
    expect(asides()).toHaveLength(1);
  });

  test('is reported by a reader, which moves nothing', async () => {
    const before = readFileSync(stage.file);
    const reader = stage.read();
    await expect(reader.traces()).rejects.toMatchObject({ code: 'ledger-unreadable', exitCode: 2 });
    await reader.close();
    expect(readFileSync(stage.file).equals(before)).toBe(true);
    expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite']);
  });
});

test('two damaged files in one second get two names', async () => {
  for (const text of ['first', 'second']) {
    mkdirSync(stage.dir, { recursive: true });
    writeFileSync(stage.file, text);
    await expect(stage.open()).rejects.toMatchObject({ code: 'ledger-damaged' });
  }
  expect(asides().map((name) => readFileSync(join(stage.dir, name), 'utf8'))).toEqual(['first', 'second']);
});

test('a file damaged while we run is set aside, and what the memory holds is written anew', async () => {
  const notices: string[] = [];
  const ledger = await stage.open({ notice: (error) => notices.push(error.code) });
  await ledger.record({ checkpoint: checkpoint(10), sightings: [sighting(3)] });
  await ledger.flush(true);
  writeFileSync(stage.file, 'oops');
  await ledger.record({ checkpoint: checkpoint(20), sightings: [sighting(12)] });
  expect(await ledger.incidents()).toMatchObject([{ count: 2 }]);
  await ledger.flush(true);
  expect(notices).toEqual(['ledger-damaged']);
  expect(stage.sqlite3('SELECT count FROM incidents')).toBe('2');
  // What the change log held is in the new file; it is put beside the damaged one for whoever looks into that.
  expect(asides()).toEqual([`ai-ops.sqlite.changes.damaged-20260301T120000Z`, 'ai-ops.sqlite.damaged-20260301T120000Z']);
  await ledger.close();
});

test('a state directory deleted while we run is made again, with everything in it', async () => {
  const ledger = await stage.open();
  await ledger.record({ checkpoint: checkpoint(10), sightings: [sighting(3)] });
  await ledger.begin(start('t1'));
  rmSync(stage.dir, { recursive: true });
  await ledger.end('t1', ending('t1'));
  await ledger.close();
  expect(stage.sqlite3('SELECT count FROM incidents; SELECT state FROM traces')).toBe('1\nproposed');
});

test.each([
  ['is a file', (dir: string) => writeFileSync(dir, '')],
  ['lies under a file', (dir: string) => writeFileSync(dirname(dir), '')],
])('a state directory that %s cannot be written, but asked for what is in it', async (_name, obstruct) => {
  const dir = join(stage.dir, 'below', 'state');
  mkdirSync(dirname(dirname(dir)), { recursive: true });
  if (_name === 'is a file') mkdirSync(dirname(dir));
  obstruct(dir);
  const error = (await stage.open({ dir }).catch((thrown: unknown) => thrown)) as AiOpsError;
  expect(error).toMatchObject({ code: 'state-unwritable', exitCode: 2 });
  expect(error.message).toMatch(/^cannot write the state directory .*below\/state: (EEXIST|ENOTDIR): [a-z ]+$/);
  const reader = stage.read(dir);
  expect(await reader.traces()).toEqual([]);
});

test('a flush that fails loses nothing: the next one writes it all', async () => {
  const away = `${stage.dir}-away`;
  const ledger = await stage.open();
  await ledger.record({ checkpoint: checkpoint(10), sightings: [sighting(3)] });
  await ledger.flush(true);
  renameSync(stage.dir, away);
  writeFileSync(stage.dir, 'in the way');
  await ledger.record({ checkpoint: checkpoint(20), sightings: [sighting(12, 2)] });
  await expect(ledger.flush(true)).rejects.toMatchObject({ code: 'state-unwritable' });
  await expect(ledger.begin(start('t1'))).rejects.toMatchObject({ code: 'state-unwritable' });
  await ledger.record({ checkpoint: checkpoint(30), sightings: [sighting(25, 4)] });
  rmSync(stage.dir);
  renameSync(away, stage.dir);
  expect(await ledger.begin(start('t2'))).toBe('begun');
  await ledger.close();
  expect(stage.sqlite3('SELECT count FROM incidents; SELECT CAST(token AS INTEGER) FROM checkpoints; SELECT id FROM traces')).toBe(
    '7\n30\nt2',
  );
});

test.each([
  ['write', 'a newer ai-ops', 'PRAGMA user_version = 99', 'ledger-newer'],
  ['read', 'a newer ai-ops', 'PRAGMA user_version = 99', 'ledger-newer'],
  ['write', 'another program', 'PRAGMA application_id = 7', 'ledger-foreign'],
  ['read', 'another program', 'PRAGMA application_id = 7', 'ledger-foreign'],
] as const)('in mode %s a database of %s is left alone', async (mode, _whose, sql, code) => {
  await fill();
  stage.sqlite3(sql);
  const before = readFileSync(stage.file);
  const use = async () => (mode === 'read' ? stage.read() : await stage.open()).traces();
  await expect(use()).rejects.toMatchObject({ code, exitCode: 2 });
  expect(readFileSync(stage.file).equals(before)).toBe(true);
  expect(asides()).toEqual([]);
});

test.each([
  ['keys', 'ssh-ed25519 AAAA somebody\n'],
  ['an empty file', ''],
])('a file of another name that is no database is left alone: %s', async (_name, text) => {
  const file = join(stage.dir, 'authorized_keys');
  mkdirSync(stage.dir, { recursive: true });
  writeFileSync(file, text);
  await expect(stage.open({ file })).rejects.toMatchObject({ code: 'ledger-foreign', exitCode: 2 });
  expect([readFileSync(file, 'utf8'), readdirSync(stage.dir).filter((name) => name.includes('.damaged-'))]).toEqual([text, []]);
});

test('a file that a person switched to WAL mode is read and written all the same', async () => {
  await fill();
  expect(stage.sqlite3('PRAGMA journal_mode = WAL')).toBe('wal');
  const ledger = await stage.open();
  await ledger.record({ checkpoint: null, sightings: [sighting(20)] });
  await ledger.close();
  expect(stage.sqlite3('PRAGMA journal_mode; SELECT count FROM incidents')).toBe('delete\n2');
});

test('a copy of the file is a backup', async () => {
  await fill();
  const copy = `${stage.dir}-copy`;
  mkdirSync(copy);
  copyFileSync(stage.file, join(copy, 'ai-ops.sqlite'));
  const ledger = stage.read(copy);
  expect(await ledger.traces({ brief: true })).toMatchObject([{ trace: 't1', state: 'proposed' }]);
  expect(existsSync(join(copy, 'ai-ops.sqlite.lock'))).toBe(false);
});
