// What will be tried again is no error by itself; that nothing more will be tried, or that trying again fails, is one.
import { willBeTriedAgain } from '../../../src/core/detect/tried-again.ts';

test.each([
  'attempt 1 failed with TimeoutError, retrying in 2s',
  'Error: read ECONNRESET. Will retry in 5 seconds',
  'connection error, will be retried',
  'Broker error, reconnecting...',
  'Re-connecting after error',
  'HTTP error 429: backing off for 30s',
  'Error while fetching prices; trying again',
  'Task orders.total retry: Retry in 30s: PriceError()',
  'Retry 2/5: got ConnectionError',
  'Error, next attempt in 3 s',
])('again: %s', (text) => {
  expect(willBeTriedAgain(text)).toBe(true);
});

test.each([
  'Error while retrying order 17: no price',
  'Error retrying order 17',
  'Retry failed: RangeError',
  'Retry 5/5: got ConnectionError',
  'TimeoutError after 3 retries',
  'ConnectionError: max retries exceeded',
  'TimeoutError, not retrying',
  'Error: retrying failed',
  'Error, giving up reconnecting',
  'Error in the retry handler',
])('for good: %s', (text) => {
  expect(willBeTriedAgain(text)).toBe(false);
});
