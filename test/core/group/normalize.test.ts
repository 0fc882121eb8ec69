import { normalize, tokenize } from '../../../src/core/group/normalize.ts';
import { isLinear } from '../../support/processor-time.ts';

/** The form of a token decides, and nothing else: one row for each form, and one for what looks like it and is none. */
describe('what is a hole', () => {
  const rows: readonly (readonly [form: string, input: string, expected: string, replaced: readonly string[]])[] = [
    ['numbers', 'order 1001 failed after 3 tries', 'order <*> failed after <*> trie', ['number']],
    ['numbers with signs', 'refund of $1,299.00 at -3% of #17', 'refund of <*> at <*> of <*>', ['number']],
    ['a token with a digit', 'job import-7 of web12', 'job <*> of <*>', ['id']],
    ['uuid', 'user 5b1f6a52-93a1-4c0e-8a5e-1c2d3e4f5a6b left', 'user <*> left', ['id']],
    ['hexadecimal without a digit', 'object deadbeef is gone', 'object <*> is gone', ['id']],
    ['words of such letters', 'a faded facade', 'a faded facade', []],
    ['addresses', 'from fe80::1 and 10.1.2.3:5432 and aa:bb:cc:dd:ee:ff', 'from <*> and <*> and <*>', ['id', 'number']],
    ['email', 'no account for alice@example.org', 'no account for <*>', ['email']],
    ['url', 'GET https://api.example.org/items?id=a,b gave nothing', 'GET <*> gave nothing', ['url']],
    ['a path', 'cannot open /srv/data/file.txt: denied', 'cannot open <*>: denied', ['path']],
    ['a relative path', 'cannot open ./data and logs/app.log', 'cannot open <*> and <*>', ['path']],
    ['a Windows path', 'cannot open C:\\data\\x.txt now', 'cannot open <*> now', ['path']],
    ['two words are no path', 'read and/or write by TCP/IP', 'read and/or write by TCP/IP', []],
    ['a quoted value', 'the key \'price\' of "North Gate" and `x`', 'the key <*> of <*> and <*>', ['quoted']],
    ['a quoted sentence', 'says "no more room on this disk"', 'says "no more room on this disk"', []],
    ['apostrophes', "can't read the customer's cart", "can't read the customer's cart", []],
    ['names of code', 'no orderCache, OrderCache, order_cache or Shop::Order', 'no <*> or <*>', ['name']],
    ['dotted names, hosts, files', 'bean shop.mail on db.internal in a.yml', 'bean <*> on <*> in <*>', ['name']],
    ['the first name speaks', 'shop.pay: connection failed', 'shop.pay: connection failed', []],
    ['names of kinds', 'failed: TimeoutError, ERR_BAD_REQUEST, e.g. that', 'failed: TimeoutError, ERR_BAD_REQUEST, e.g. that', []],
    ['the user', 'session opened for user alice', 'session opened for user <*>', ['user']],
    ['whom a value is for', 'charge of order 17 for ada refused', 'charge of order <*> for <*> refused', ['number', 'user']],
    ['by whom', 'request x7k by ben failed', 'request <*> by <*> failed', ['id', 'user']],
    ['who came from an address', 'password for ada from 10.0.0.1 refused', 'password for <*> from <*> refused', ['user', 'number']],
    ['what came from nowhere', 'retry of upload from here', 'retry of upload from here', []],
    ['two names', 'lease default/orders of text/html', 'lease <*> of <*>', ['path']],
    ['a path behind its name', 'trace of key:/orders ended', 'trace of <*> ended', ['path']],
    ['letters of an id', 'node -knadxAPTuWWvYkJgXXNtu left', 'node <*> left', ['name']],
    ['what an amount is for', 'waited 30 ms, then 5s for lock', 'waited <*>, then <*> for lock', ['number']],
    ['what kind of value follows', 'job 17 for block 4 of 9', 'job <*> for block <*> of <*>', ['number']],
    ['a sentence behind a value', 'no price of 17 for this shop', 'no price of <*> for this shop', ['number']],
    ['a thing that nobody owns', 'charge refused for card', 'charge refused for card', []],
    ['a sentence on users', 'no user with this name', 'no user with this name', []],
    ['keys stay, values with a digit go', 'uid=0 state=open retries=3', 'uid=<*> state=open retries=<*>', ['number']],
    ['scripts without blanks', '订单17处理失败：库存不足', '订单<*>处理失败：库存不足', ['number']],
    ['values of keys', 'table=orders db=main state=open user=root', 'table=<*> db=<*> state=open user=root', ['name']],
    ['this host', 'refused by localhost now', 'refused by <*> now', ['name']],
    ['a unit, also in front', 'cron.service: done', '<*>: done', ['name']],
    ['who speaks behind a value', '[17] pool_worker: lost', '<*> pool_worker: lost', ['list']],
    ['the method of a request', '10.0.0.1 "GET /orders HTTP/1.1" lost', '<*> "GET <*> lost', ['number', 'quoted']],
    ['a request that a line only names', 'timed out, request: "GET /a HTTP/1.1"', 'timed out, request: <*>', ['quoted']],
    ['plain words', 'cannot read properties of undefined', 'cannot read properties of undefined', []],
  ];
  test.each(rows)('%s', (_, input, expected, replaced) => {
    expect(normalize(input)).toEqual({ text: expected, replaced });
  });
});

/** What stands beside each other and is one value. */
describe('what is one hole', () => {
  const together: readonly (readonly [name: string, ...forms: string[]])[] = [
    ['sizes', 'got 12.5 MB now', 'got 900 bytes now', 'got 3kB now', 'got 7 kB now'],
    ['durations', 'took 30000ms', 'took 3 seconds', 'took 1 hour'],
    ['dates', 'since 2026-01-02T03:04:05.678Z', 'since Mon, 05 Jan 2026 03:04:05 GMT', 'since Jan 5 2026', 'since 3:04 pm'],
    ['lists', 'lost [1, 2, 3] at', 'lost [a, b] at', 'lost [] at', 'lost {"id": 7, "of": ["x"]} at'],
    ['lists without brackets', 'lost 1, 2, 3 at', 'lost 1 at'],
    ['an aside that may be empty', 'from host1 (10.0.0.1) lost', 'from host1 () lost'],
    ['one word in brackets behind another', 'loaded module [cache]', 'loaded module [queue-2]'],
    ['an object with one key', 'called with {index=orders} now', 'called with {index=a.b} now'],
    ['a context that may be empty', 'shop [req-17 ada cart - -] lost', 'shop [-] lost'],
    ['an object with its name', 'got Order[id=7, of=ada] now', 'got Cart{id=7} now', 'got 17 now'],
    ['a call with its arguments', 'got ArrayBuffer(2) now', 'got 17 now'],
    ['a bound', 'lifetime <1 sec', 'lifetime 00:17'],
    ['who bears a number', 'killed 17 (java) now', 'killed 8 (ruby) now'],
    ['a process with its number', 'shop[17]: fault at 0x1', 'cart[9]: fault at 0x2'],
    ['plurals', 'lost 1 event', 'lost 2 events', 'lost 3 event(s)'],
  ];
  test.each(together)('%s', (_, first, ...others) => {
    for (const other of others) expect(normalize(other).text).toBe(normalize(first).text);
  });

  test.each([
    ['a word in brackets', '[cache] is full', '[cache] is full'],
    ['a sentence in brackets', '[order 17 is lost]', '[order <*> is lost]'],
    ['a call', 'in total() here', 'in total() here'],
    ['may is no month', 'you may 5 times', 'you may <*> time'],
    ['a sign that was there before', 'lost <*> at <*>', 'lost <*> at <*>'],
    ['a full stop stays', 'failed for job 12.', 'failed for job <*>.'],
    ['only two lines count', 'first\n\nsecond\nthird', 'first second'],
  ])('%s', (_, input, expected) => {
    expect(normalize(input).text).toBe(expected);
  });
});

test('tokens lie in the text, in order, and do not overlap', () => {
  for (const text of ['order 17 of "x y", [a, b] (s) lost!', '', '   ', '<*>', '订单17', 'a(b[c{d', ')]}', "'''"]) {
    let end = 0;
    for (const token of tokenize(text)) {
      expect(token.start).toBeGreaterThanOrEqual(end);
      expect(token.end).toBeGreaterThan(token.start);
      end = token.end;
    }
    expect(end).toBeLessThanOrEqual(text.length);
  }
});

test('a message that was normalised is as it was', () => {
  const texts = ['order 17 of web12 took 30 ms', 'lost [1, 2] of /srv/a/b', 'user bob from 10.0.0.1 ()', 'at Mon Jan 5 2026', '3 items'];
  for (const text of texts) expect(normalize(normalize(text).text).text).toBe(normalize(text).text);
});

/** Whatever stands in it, eight times the text takes eight times the time. */
describe('is linear', () => {
  const repeated = [
    'a.',
    '/a',
    '1:',
    '<*>',
    'x=',
    '-_',
    '::',
    'Jan 1 ',
    '"',
    "'a",
    '[',
    '[]',
    '[1,',
    '(',
    '{"',
    ', ',
    'a ',
    '1 ',
    '://',
    '中',
    'aB',
    '\n',
  ];
  const rows: readonly (readonly [name: string, text: (count: number) => string])[] = [
    // Behind many of them, and between many words.
    ...repeated.map((piece) => [JSON.stringify(piece), (count: number) => piece.repeat(count) + `${piece}a `.repeat(count)] as const),
    ['nested brackets', (count) => '[a '.repeat(count) + ']'.repeat(count)],
    ['nested round brackets', (count) => '(1 '.repeat(count) + ')'.repeat(count)],
  ];
  test.each(rows)('%s', async (_, text) => {
    expect(await isLinear((count) => tokenize(text(count)), 1500)).toBe(true);
  });
});

/** Wrong answers we know of: whoever mends one moves its row up. */
describe('known wrong', () => {
  const rows: readonly (readonly [input: string, desired: string, actual: string, why: string])[] = [
    ['expected utf-8 text', 'expected utf-8 text', 'expected <*> text', 'a word with a digit: two messages that differ in it are one'],
    ['no such table orders', 'no such table <*>', 'no such table orders', 'a value that is a plain word: one incident for each table'],
    ['order in state PAID', 'order in state <*>', 'order in state PAID', 'a value of an enumeration: nothing tells it from a word'],
    ['gave up after 5 retries', 'gave up after <*> retry', 'gave up after <*> retrie', 'plurals of their own form: one incident more'],
    ['mail to Ann Smith lost', 'mail to <*> lost', 'mail to Ann Smith lost', 'names of people: one incident for each'],
  ];
  test.each(rows)('%s', (input, desired, actual) => {
    expect(normalize(input).text).toBe(actual);
    expect(actual).not.toBe(desired);
  });
});
