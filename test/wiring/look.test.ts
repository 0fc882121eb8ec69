// How long a look waits on a machine that lets nobody work: what is kept from us is nobody's silence.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterWaiting, looked } from '../../src/wiring/look.ts';

const MS = 400;
const never = new AbortController().signal;
const found = async (waitMs: number) => {
  await sleep(waitMs);
  return [];
};

/** As where others have the processor: time passes, and we have taken none. */
const heldUp = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test('who does not answer is told of', async () => {
  expect(await looked('server', never, () => new Promise<never>(() => undefined), MS)).toMatchObject([
    { name: 'server', status: 'failed' },
  ]);
});

test('nobody is blamed for a machine that is busy', async () => {
  const answered = async (): Promise<number> => {
    const answer = looked('server', never, () => found(1.75 * MS), MS);
    await sleep(1); // what is active is counted from one turn of the event loop to the next
    heldUp(1.5 * MS);
    return (await answer).length;
  };
  // A machine that is busy in earnest holds us up while nothing is active, too: in one of some attempts it does not.
  let blamed = 1;
  for (let attempt = 0; attempt < 5 && blamed > 0; attempt += 1) blamed = await answered();
  expect(blamed).toBe(0);
});

test('what an answer makes us work on counts', async () => {
  const late = afterWaiting(MS);
  const isOver = async (): Promise<boolean> => {
    const began = process.cpuUsage();
    const worked = (): number => {
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1000;
    };
    while (worked() < 2 * MS);
    await sleep(MS / 4);
    return late.aborted;
  };
  expect(await isOver()).toBe(true);
});

test('not for ever', async () => {
  const late = afterWaiting(MS);
  await sleep(1);
  heldUp(4 * MS);
  await sleep(MS / 4);
  expect(late.aborted).toBe(true);
});
