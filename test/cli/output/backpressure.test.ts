import { Writable } from 'node:stream';
import { pace } from '../../../src/cli/output/backpressure.ts';

const LIVE = new AbortController().signal;

/** A reader that takes a piece only when it is told to. */
function slow(): { stream: Writable; take: () => void } {
  const waiting: (() => void)[] = [];
  const stream = new Writable({ highWaterMark: 10, write: (_chunk, _encoding, done) => void waiting.push(done) });
  return { stream, take: () => waiting.shift()?.() };
}

test('where there is room nothing waits', async () => {
  const { stream } = slow();
  stream.write('12345');
  await pace(stream, LIVE);
});

test('a full output is waited for', async () => {
  const { stream, take } = slow();
  stream.write('1234567890');
  let isDone = false;
  const done = pace(stream, LIVE).then(() => {
    isDone = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isDone).toBe(false);
  take();
  await done;
  expect(isDone).toBe(true);
});

test('a reader that has gone, or an abort, ends the waiting', async () => {
  const gone = slow().stream;
  gone.on('error', () => undefined);
  gone.write('1234567890');
  const waiting = pace(gone, LIVE);
  gone.destroy(new Error('EPIPE'));
  await waiting;

  const { stream } = slow();
  stream.write('1234567890');
  const stopping = new AbortController();
  const aborted = pace(stream, stopping.signal);
  stopping.abort();
  await aborted;
});
