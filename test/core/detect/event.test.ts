// What an event is called where its record says nothing itself, and where a name stands in the JSON around it.
import { detect } from '../read/detector-run.ts';

const RAILS = 'F, [2026-11-29T10:11:12.123456 #9] FATAL -- : ';

test.each<readonly [string, string, string | null, string | null]>([
  [
    'class and message below an empty record',
    `${RAILS}  \nActionController::RoutingError (No route matches [GET] "/.env"):\n  `,
    'ActionController::RoutingError',
    'No route matches [GET] "/.env"',
  ],
  ['the same as a record of its own', `${RAILS}Shop::Lost (order 17 is lost):`, 'Shop::Lost', 'order 17 is lost'],
  ['what stands below an empty record', '2026-11-29 10:11:12 ERROR \ncannot load order 17', null, 'cannot load order 17'],
  ['nothing below', '2026-11-29 10:11:12 ERROR \n', null, null],
  ['no class: a word and a remark', '2026-11-29 10:11:12 ERROR Orders (17 lost):', null, 'Orders (17 lost):'],
])('%s', (_name, log, type, message) => {
  expect(detect(`${log}\n2026-11-29 10:11:13 INFO next\n`)[0]).toMatchObject({ type, message });
});

test('a class of PHP has single backslashes, whatever string it stood in', () => {
  const [event] = detect(
    [
      String.raw`[2026-11-29 10:11:12] production.ERROR: no {"exception":"[object] (Shop\\Http\\Lost(code: 0): no at /srv/shop/Cart.php:57)`,
      '[stacktrace]',
      String.raw`#0 /srv/shop/Web.php(33): Shop\\Cart->load()`,
      '#1 {main}',
      '"}',
      '',
    ].join('\n'),
  );
  expect(event?.type).toBe(String.raw`Shop\Http\Lost`);
  expect(event?.frames.map((frame) => frame.function)).toEqual([undefined, String.raw`Shop\Cart->load`]);
});
