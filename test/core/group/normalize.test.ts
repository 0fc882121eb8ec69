import { normalize } from '../../../src/core/group/normalize.ts';

describe('normalize', () => {
  const rows: readonly (readonly [name: string, input: string, expected: string, replaced: readonly string[]])[] = [
    ['numbers', 'order 1001 failed after 3 tries', 'order <*> failed after <*> tries', ['number']],
    ['uuid', 'user 5b1f6a52-93a1-4c0e-8a5e-1c2d3e4f5a6b left', 'user <*> left', ['uuid']],
    ['email', 'no account for alice@example.org', 'no account for <*>', ['email']],
    ['address and port', 'connect to 10.1.2.3:5432 failed', 'connect to <*> failed', ['ip']],
    ['IPv6', 'from fe80::1 refused', 'from <*> refused', ['ip']],
    ['method names are no addresses', 'in Cart::add here', 'in Cart::add here', []],
    ['url', 'GET https://api.example.org/v1/items?id=7 gave 503', 'GET <*> gave <*>', ['url', 'number']],
    ['unix path', 'cannot open /srv/data/file.txt: denied', 'cannot open <*>: denied', ['path']],
    ['windows path', 'cannot open C:\\data\\x.txt now', 'cannot open <*> now', ['path']],
    ['host', 'lookup db.internal failed', 'lookup <*> failed', ['host']],
    ['date and time', 'since 2026-01-02T03:04:05.678Z idle', 'since <*> idle', ['date']],
    ['duration', 'timeout after 30000ms', 'timeout after <*>', ['duration']],
    ['size', 'got 12.5 MB of 100 MB', 'got <*> of <*>', ['size']],
    ['hash', 'commit deadbeef12 missing', 'commit <*> missing', ['hex']],
    ['pointer', 'at 0x7ffe12 in use', 'at <*> in use', ['hex']],
    ['user name', 'session opened for user alice', 'session opened for user <*>', ['user']],
    ['a full stop stays', 'failed for job 12.', 'failed for job <*>.', ['number']],
    ['keys stay, values go', 'uid=0 state=open retries=3', 'uid=<*> state=open retries=<*>', ['number']],
    ['a run is one hole', 'ids 1, 2, 3 and x', 'ids <*> and x', ['number']],
    ['only two lines count', 'first\n\nsecond\nthird', 'first second', []],
    ['words stay', 'cannot read properties of undefined', 'cannot read properties of undefined', []],
  ];
  test.each(rows)('%s', (_, input, expected, replaced) => {
    expect(normalize(input)).toEqual({ text: expected, replaced });
  });

  test('is idempotent and linear on hostile input', () => {
    for (const [, input] of rows) expect(normalize(normalize(input).text).text).toBe(normalize(input).text);
    const begin = performance.now();
    for (const piece of ['a.', '/a', '1:', '<*>', 'x=', '-_', '::', 'Jan 1 ', '"']) normalize(piece.repeat(5000));
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

/** Wrong answers we know of: whoever mends one moves its row up. */
describe('known wrong', () => {
  const rows: readonly (readonly [input: string, desired: string, actual: string])[] = [
    ['expected utf-8 text', 'expected utf-8 text', 'expected <*> text'],
    ['status 404 is not 200', 'status 404 is not 200', 'status <*> is not <*>'],
    ['no such table orders', 'no such table <*>', 'no such table orders'],
  ];
  test.each(rows)('%s', (input, desired, actual) => {
    expect(normalize(input).text).toBe(actual);
    expect(actual).not.toBe(desired);
  });
});
