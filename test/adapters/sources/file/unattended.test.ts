// What shows only after weeks: descriptors that are not given back, a loop that does not rest, an error nobody hears.
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type OpenFile, open } from '../../../../src/adapters/sources/file/disk.ts';
import { followFiles } from '../../../../src/adapters/sources/file/follow.ts';
import { createRing } from '../../../../src/adapters/sources/file/generation.ts';
import { createLives } from '../../../../src/adapters/sources/file/generations.ts';
import { createAttempt } from '../../../../src/adapters/sources/file/problems.ts';
import { createStdinSource } from '../../../../src/adapters/sources/stdin/source.ts';
import type { SourceSink } from '../../../../src/ports.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-unattended-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** What a failed test has left running would keep the process alive. */
const abort = new AbortController();
afterAll(() => abort.abort());

function sinkWith(part: Partial<SourceSink>): SourceSink {
  const nothing = (): void => undefined;
  return { opened: nothing, chunk: nothing, idle: () => false, ended: nothing, gap: nothing, ready: nothing, trouble: nothing, ...part };
}

test('a log that is gone from a glob leaves nothing behind that keeps the loop awake', async () => {
  const log = join(dir, 'app.log');
  await writeFile(log, 'one\n');
  let isOver = false;
  let isRead = false;
  const plain = sinkWith({
    chunk: () => {
      isRead = true;
    },
    ended: () => {
      isOver = true;
    },
  });
  const { attempt, sink } = createAttempt(plain);
  let rounds = 0;
  const now = (): number => {
    rounds += 1;
    return performance.now();
  };
  const lives = createLives(sink, [], undefined);
  const reading = { sink, lives, encoding: undefined, unpacks: false, rotateWaitMs: 20, halfLineMs: 50, ring: createRing(), now };
  const options = { from: 'start', once: false, checkpoints: [], signal: abort.signal } as const;
  // With every poll due at once, the one behind the end of the generation is too.
  const following = followFiles([join(dir, '*.log')], reading, options, attempt, { pollMs: 0, notify: false });
  while (!isRead) await pause(5);
  await unlink(log);
  while (!isOver) await pause(5);
  await pause(50);
  rounds = 0;
  const begun = performance.now();
  for (let tick = 0; tick < 60; tick += 1) await pause(10);
  const [turned, elapsedMs] = [rounds, performance.now() - begun];
  abort.abort();
  await following;
  await lives.close();
  // It rests for a millisecond at least in every round, in which it asks for the time twice or three times.
  expect(turned).toBeLessThan(3 * elapsedMs + 60);
});

test('a file that cannot be begun is closed', async () => {
  const path = join(dir, 'app.log');
  await writeFile(path, 'one\n');
  const lives = createLives(sinkWith({}), [], undefined);
  const before = readdirSync('/proc/self/fd').length;
  for (let round = 0; round < 20; round += 1) {
    const file = (await open(path))!;
    const handle: OpenFile['handle'] = {
      fd: file.handle.fd,
      read: () => Promise.reject(Object.assign(new Error('i/o error'), { code: 'EIO' })),
      facts: () => file.handle.facts(),
      close: () => file.handle.close(),
    };
    await expect(lives.begin({ ...file, handle }, 'app.log', { offset: 0, lines: 0, why: '' }, { trusted: true })).rejects.toThrow(
      'i/o error',
    );
  }
  expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 10);
});

test('standard input: what the sink throws while nothing comes ends the reading', async () => {
  const stream = new PassThrough();
  const sink = sinkWith({ idle: () => Promise.reject(new Error('the ledger is gone')) });
  const following = createStdinSource(stream).follow(sink, {
    from: 'start',
    once: false,
    checkpoints: [],
    signal: new AbortController().signal,
  });
  stream.write('one\n');
  await expect(following).rejects.toThrow('the ledger is gone');
});
