// What is wrong with the machine pauses the watcher as a whole, is said once, looked for again, and over by itself.
import { createMachineGate, LOOK_MS, type MachineFault } from '../../../src/pipeline/watch/machine.ts';

const MISSING: MachineFault = { code: 'claude-not-found', message: 'claude not found', hint: 'install it', exitCode: 7 };
const LIVE = new AbortController().signal;

function world(found: readonly (MachineFault | undefined)[]) {
  const said: string[] = [];
  let now = 0;
  let looks = 0;
  const preflight = async (): Promise<MachineFault | undefined> => found[Math.min(looks++, found.length - 1)];
  const listener = { paused: ({ message }: MachineFault, ms: number) => said.push(`${message} ${ms}`), goesOn: () => said.push('goes on') };
  const gate = createMachineGate(preflight, listener as never, LIVE, () => now);
  return { gate, said, looks: () => looks, after: (ms: number) => (now += ms) };
}

test('nothing is missing: one look at the start, none for each repair', async () => {
  const { gate, said, looks } = world([undefined]);
  await gate.look();
  expect([await gate.mayRepair(), await gate.mayRepair(), looks(), said]).toEqual([true, true, 1, []]);
});

test('the first repair waits for the first look', async () => {
  const { gate } = world([MISSING]);
  expect(await gate.mayRepair()).toBe(false);
});

test('said once, looked for again after a minute, and it goes on by itself', async () => {
  const { gate, said, looks, after } = world([MISSING, MISSING, undefined]);
  await gate.look();
  expect(await gate.mayRepair()).toBe(false);
  after(LOOK_MS - 1);
  expect([await gate.mayRepair(), looks()]).toEqual([false, 1]);
  after(1);
  expect([await gate.mayRepair(), looks()]).toEqual([false, 2]);
  after(LOOK_MS);
  expect([await gate.mayRepair(), looks()]).toEqual([true, 3]);
  expect(said).toEqual(['claude not found 60000', 'goes on']);
});

test('what looks find in order and repairs stumble over is tried less and less often', async () => {
  const { gate, after } = world([undefined]);
  await gate.look();
  for (const minutes of [1, 2, 4, 8]) {
    gate.failed(MISSING);
    after(minutes * LOOK_MS - 1);
    expect([minutes, await gate.mayRepair()]).toEqual([minutes, false]);
    after(1);
    expect([minutes, await gate.mayRepair()]).toEqual([minutes, true]);
  }
  gate.worked();
  gate.failed(MISSING);
  after(LOOK_MS);
  expect(await gate.mayRepair()).toBe(true);
});
