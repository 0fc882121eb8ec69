import { fingerprintV1 } from '../../../src/core/group/fingerprint-v1.ts';
import { detect } from '../read/detector-run.ts';

/** As written down by ai-ops 0.1.0 at commit ae8ec16: these names are in the field, whatever the rules are now. */
const rows: readonly (readonly [name: string, log: string, id: string])[] = [
  [
    'a trace of JavaScript',
    'TypeError: x\n    at async Orders.total (/srv/shop/orders.js:42:18)\n    at /srv/shop/api.js:7:3\n',
    'v1:cc1aab51091e4967465609770deb2278',
  ],
  ['a bundle', 'TypeError: x\n    at total (https://shop.example/orders-3f9c2ab1.js:1:2042)\n', 'v1:8de7ec60dd2f7f41beb18d48620dba22'],
  [
    'a cause of Java',
    'com.acme.ApiError: failed\n\tat com.acme.Orders.lambda$total$3(Orders.java:42)\n' +
      'Caused by: java.sql.SQLException: x\n\tat com.acme.Db.load(Db.java:42)\n\t... 2 more\n',
    'v1:6c457d303d1deb1c984f4ba36e4a71e9',
  ],
  [
    'a panic without frames',
    "thread 'main' panicked at src/main.rs:42:17:\nindex out of bounds: the len is 3 but the index is 7\n",
    'v1:a359781d74b364b9b196155c553d090d',
  ],
  [
    'a message',
    '2024-01-02 03:04:05 ERROR user bob of 10.0.0.1:443 sent /srv/a/b.txt to alice@example.org in 30 ms, deadbeef12\n',
    'v1:72a573c37a821c15c5e36a4373cf04f8',
  ],
  ['library frames only', 'TypeError: y at 0x7ffe12\n    at f (node:net:1:2)\n', 'v1:f883324796b0614818374fb4d2cc0cdc'],
];

test.each(rows)('%s', (_, log, id) => {
  expect(detect(log).map(fingerprintV1)).toEqual([id]);
});
