// Read again from byte 0 although the ledger knows the file: its generation keeps its name, so that what is counted is recognised.
import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import type { Checkpoint } from '../../../../src/ports.ts';
import { collect, stopAll } from '../collect.ts';

let dir: string;
let log: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-start-'));
  log = join(dir, 'app.log');
});
afterEach(async () => {
  await stopAll();
  await rm(dir, { recursive: true, force: true });
});

const PACE = { pollMs: 30, rotateWaitMs: 60 };

async function readFromStart(checkpoints: readonly Checkpoint[], lines: number, once: boolean) {
  const seen = collect(createFileSource([log], PACE), { from: 'start', once, checkpoints });
  if (once) await seen.finished;
  else await seen.until(() => seen.ready !== undefined && seen.lines().length >= lines);
  await seen.stop();
  return seen;
}

describe.each([true, false])('once: %s', (once) => {
  const meanwhile: readonly (readonly [string, () => Promise<void>, readonly string[], boolean])[] = [
    ['nothing happened', async () => undefined, ['one', 'two'], true],
    // The first run saw less than a whole head: the name made of it would be another one now.
    ['the file has grown', () => appendFile(log, 'three\n'), ['one', 'two', 'three'], true],
    ['it was rewritten', () => writeFile(log, 'one\nxxx\n'), ['one', 'xxx'], false],
    [
      'another file is there',
      async () => {
        await writeFile(`${log}.new`, 'one\nnew\n');
        await rename(`${log}.new`, log);
      },
      ['one', 'new'],
      false,
    ],
  ];

  test.each(meanwhile)('%s', async (_name, act, expected, isSame) => {
    await writeFile(log, 'one\ntwo\n');
    const first = await readFromStart([], 2, once);
    await act();
    const again = await readFromStart(first.checkpoints(), expected.length, once);
    expect(again.lines()).toEqual(expected);
    expect(again.generations).toMatchObject([{ start: 0, startLines: 0 }]);
    expect(again.generations[0]!.id === first.generations[0]!.id).toBe(isSame);
    // The place behind everything is known under that name for the next run.
    expect(again.places()).toMatchObject([{ generation: again.generations[0]!.id, lines: expected.length }]);
    // What lies before the stored place is told to be known, so that it is not counted again.
    expect(again.known).toBe(isSame ? Buffer.byteLength('one\ntwo\n') : 0);
  });
});
