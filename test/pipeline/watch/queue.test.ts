import { setTimeout as sleep } from 'node:timers/promises';
import { createRepairQueue } from '../../../src/pipeline/watch/queue.ts';

const quiet = (): void => undefined;

test('one at a time, in order, each once while it waits', async () => {
  const done: string[] = [];
  let running = 0;
  const queue = createRepairQueue(
    10,
    async (fingerprint) => {
      running += 1;
      expect(running).toBe(1);
      await sleep(2);
      running -= 1;
      done.push(fingerprint);
    },
    quiet,
  );
  for (const fingerprint of ['a', 'b', 'b', 'c', 'a']) expect(queue.offer(fingerprint)).toBe(true);
  await queue.settled();
  expect(done).toEqual(['a', 'b', 'c', 'a']);
});

test('what goes first is not held up by the many, nor crowded out, and is worked on once', async () => {
  const done: string[] = [];
  const queue = createRepairQueue(3, async (fingerprint) => void done.push(await sleep(1, fingerprint)), quiet);
  for (const fingerprint of ['a', 'b', 'c', 'd', 'e', 'f']) queue.offer(fingerprint);
  expect([queue.offer('c', true), queue.offer('real', true), queue.offer('real', true), queue.offer('real')]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  await queue.settled();
  expect(done.slice(0, 3)).toEqual(['a', 'c', 'real']);
  expect(done.filter((fingerprint) => fingerprint === 'real' || fingerprint === 'c')).toHaveLength(2);
});

test('a full queue says so and loses nothing it has taken', async () => {
  const done: string[] = [];
  const queue = createRepairQueue(
    2,
    async (fingerprint) => {
      await sleep(1);
      done.push(fingerprint);
    },
    quiet,
  );
  const taken = ['a', 'b', 'c', 'd', 'e'].filter((fingerprint) => queue.offer(fingerprint));
  await queue.settled();
  expect(done).toEqual(taken);
  expect(taken.length).toBeLessThan(5);
  expect(queue.offer('e')).toBe(true);
  await queue.settled();
  expect(done.at(-1)).toBe('e');
});

test('what the work throws is told at once and reaches the one who waits, however late', async () => {
  let told = 0;
  const queue = createRepairQueue(
    2,
    () => Promise.reject(new Error('the ledger is gone')),
    () => {
      told += 1;
    },
  );
  queue.offer('a');
  await sleep(5);
  expect(told).toBe(1);
  expect(queue.offer('b')).toBe(false);
  await expect(queue.settled()).rejects.toThrow('the ledger is gone');
});

test('what is offered just as the last one ends is begun all the same', async () => {
  for (let turns = 0; turns < 12; turns += 1) {
    const done: string[] = [];
    const queue = createRepairQueue(10, async (fingerprint) => void done.push(fingerprint), quiet);
    queue.offer('a');
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    queue.offer('b');
    await queue.settled();
    expect([turns, done]).toEqual([turns, ['a', 'b']]);
  }
});
