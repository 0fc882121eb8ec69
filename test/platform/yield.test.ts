// Long work lets others have their turn, and short work costs nothing.
import { createPace, type Pace } from '../../src/platform/yield.ts';

function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Whatever holds us up in between: in one of some attempts nothing does. */
async function isFree(begun: () => Pace): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const turn = begun()();
    if (turn === undefined) return true;
    await turn;
  }
  return false;
}

test('nothing is waited for until 20 ms have gone by', async () => {
  expect(await isFree(createPace)).toBe(true);
  const pace = createPace();
  busy(25);
  expect(pace()).toBeDefined();
});

test('what was waiting comes to its turn within long work, and the 20 ms begin anew', async () => {
  const pace = createPace();
  let hadTurn = false;
  setImmediate(() => {
    hadTurn = true;
  });
  busy(25);
  expect(hadTurn).toBe(false);
  await pace();
  expect(hadTurn).toBe(true);
  expect(await isFree(() => pace)).toBe(true);
});
