// `--from start`: what the ledger knows is gone on with, also where it was rotated away, and what it has never seen is read from
// byte 0. And logs whose lines are all alike: which file is which is told by the inode then.
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
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

async function read(from: 'start' | 'resume', checkpoints: readonly Checkpoint[], lines: number, once: boolean) {
  const seen = collect(createFileSource([join(dir, '*.log')], PACE), { from, once, checkpoints });
  if (once) await seen.finished;
  else await seen.until(() => seen.ready !== undefined && seen.lines().length >= lines);
  if (!once) await pause(150);
  await seen.stop();
  return seen;
}

async function rotated(text: string): Promise<void> {
  await rename(log, `${log}.1`);
  await writeFile(log, text);
}

describe.each([true, false])('from start, once: %s', (once) => {
  const meanwhile: readonly (readonly [string, () => Promise<void>, readonly string[], boolean])[] = [
    ['nothing happened', async () => undefined, [], true],
    ['the file has grown', () => appendFile(log, 'three\n'), ['three'], true],
    ['it was rewritten', () => writeFile(log, 'one\nxxx\n'), ['one', 'xxx'], true],
    ['it was truncated', () => truncate(log).then(() => appendFile(log, 'new\n')), ['new'], true],
    ['another file is there', () => writeFile(`${log}.new`, 'one\nnew\n').then(() => rename(`${log}.new`, log)), ['one', 'new'], true],
    ['it has grown and was rotated', () => appendFile(log, 'rest\n').then(() => rotated('new\n')), ['rest', 'new'], true],
    ['a log that was never seen', () => writeFile(join(dir, 'other.log'), 'old\n'), ['old'], true],
  ];

  test.each(meanwhile)('%s', async (_name, act, expected, goesOn) => {
    await writeFile(log, 'one\ntwo\n');
    const first = await read('start', [], 2, once);
    expect(first.lines()).toEqual(['one', 'two']);
    await act();
    const again = await read('start', first.checkpoints(), expected.length, once);
    expect(again.lines()).toEqual(expected);
    // What is gone on with keeps its name: by it the ledger knows what is counted.
    const isSame = again.generations.map(({ id }) => id).includes(first.generations[0]!.id);
    expect(isSame).toBe(goesOn);
    const third = await read('start', again.checkpoints(), 0, once);
    expect(third.lines()).toEqual([]);
  });
});

describe.each(['start', 'resume'] as const)('lines that are all alike, from %s', (from) => {
  const same = (lines: number): string => 'Connection refused, retrying now\n'.repeat(lines);
  const meanwhile: readonly (readonly [string, () => Promise<void>, number])[] = [
    ['rotated, the new one is longer', () => appendFile(log, same(100)).then(() => rotated(same(500))), 600],
    ['rotated, the new one is as long', () => rotated(same(400)), 400],
    [
      'rotated twice',
      () =>
        rotated(same(450))
          .then(() => rename(`${log}.1`, `${log}.2`))
          .then(() => rotated(same(500))),
      950,
    ],
    ['grown', () => appendFile(log, same(7)), 7],
    [
      'rotated and compressed',
      async () => {
        await writeFile(`${log}.1.gz`, gzipSync(same(450)));
        await rm(log);
        await writeFile(log, same(500));
      },
      550,
    ],
    ['another log has the same lines', () => writeFile(join(dir, 'other.log'), same(420)), from === 'start' ? 420 : 0],
  ];

  test.each(meanwhile)('%s', async (_name, act, lines) => {
    await writeFile(log, same(400));
    const first = await read('start', [], 400, false);
    await act();
    const again = await read(from, first.checkpoints(), lines, false);
    expect(again.lines()).toHaveLength(lines);
  });

  test('while it is followed', async () => {
    await writeFile(log, same(400));
    const seen = collect(createFileSource([log], PACE), { from: 'start' });
    await seen.until(() => seen.lines().length === 400);
    await rotated(same(400));
    await rename(`${log}.1`, `${log}.2`);
    await rotated(same(400));
    await seen.until(() => seen.lines().length === 1200);
    await pause(150);
    await appendFile(log, same(3));
    await seen.until(() => seen.lines().length >= 1203);
    await seen.stop();
    expect(seen.lines()).toHaveLength(1203);
  });
});
