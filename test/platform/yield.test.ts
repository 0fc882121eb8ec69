// Long work lets others have their turn, and short work costs nothing.
import { createPace } from '../../src/platform/yield.ts';

function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('nothing is waited for until 20 ms have gone by', () => {
  const pace = createPace();
  expect(pace()).toBeUndefined();
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
  expect(pace()).toBeUndefined();
});
