// What stands before the text is the head of a stream, whatever wrote it there.
import { detect, ranges } from '../read/detector-run.ts';

const PYTHON = [
  'Traceback (most recent call last):',
  '  File "/srv/app/orders.py", line 8, in place',
  '    return total(order)',
  "KeyError: 'price'",
];
const JAVA = [
  'java.lang.IllegalStateException: no price',
  '\tat com.acme.Shop.place(Shop.java:118)',
  'Caused by: java.io.IOException: gone',
  '\t... 3 more',
];
const NODE = [
  '/srv/app/orders.js:8',
  '    throw new Error("x")',
  '    ^',
  '',
  'Error: x',
  '    at place (/srv/app/orders.js:8:9)',
  '',
  'Node.js v24.1.0',
];
const RUBY = ["orders.rb:8:in `place': no price (KeyError)", "\tfrom main.rb:3:in `<main>'"];
const GO = ['panic: no price', '', 'goroutine 1 [running]:', 'main.place(0x1)', '\t/srv/app/main.go:8 +0x1d'];
const CUSTOM = ['OrderRejected: no price', '    at place (/srv/app/orders.js:8:9)', '    at main (/srv/app/main.js:1:1)'];

/** How a transport or a formatter writes line `n` of a stream. */
const HEADS: readonly (readonly [name: string, head: (n: number) => string])[] = [
  ['compose by number', () => 'web-1  | '],
  ['compose by name', () => 'web     | '],
  ['compose with time', (n) => `web-1  | 2026-01-02T03:04:0${n % 10}.678901234Z `],
  ['swarm', () => 'shop_api.1.k3j2h1g0f9e8@node-1    | '],
  ['pm2', () => '0|API Server  | '],
  ['pm2 with time', (n) => `2026-01-02 03:04:0${n % 10}: `],
  ['foreman', (n) => `03:04:0${n % 10} web.1  | `],
  ['kubectl --prefix', () => '[pod/api-7d9f8b6c5-x2x4z/app] '],
  ['kubectl --prefix --timestamps', (n) => `[pod/api-7d9f8b6c5-x2x4z/app] 2026-01-02T03:04:0${n % 10}.678901234Z `],
  ['stern', () => 'api-7d9f8b6c5-x2x4z app '],
  ['docker logs -t', (n) => `2026-01-02T03:04:0${n % 10}.678901234Z `],
  ['Heroku', (n) => `2026-01-02T03:04:0${n % 10}.678901+00:00 app[web.1]: `],
  ['journalctl -o short-precise', (n) => `Jan 02 03:04:0${n % 10}.678901 web1 app[42]: `],
  ['journalctl -o short-iso', (n) => `2026-01-02T03:04:0${n % 10}+0100 web1 app[42]: `],
  ['journalctl -o short-full', (n) => `Fri 2026-01-02 03:04:0${n % 10} CET web1 app[42]: `],
  ['journalctl -o short-monotonic', (n) => `[ 1234.${600000 + n}] web1 app[42]: `],
  ['journalctl -o short-unix', (n) => `176732304${n % 10}.678901 web1 app[42]: `],
  ['Cloud Foundry', (n) => `   2026-01-02T03:04:0${n % 10}.67+0000 [APP/PROC/WEB/0] ERR `],
  ['Fly', (n) => `2026-01-02T03:04:0${n % 10}Z app[4d89] ams [info]`],
  ['aws logs tail', (n) => `2026-01-02T03:04:0${n % 10}.678000+00:00 app/web/0123456789abcdef0123456789abcdef `],
  ['Ray', () => '(APIServer pid=4242) '],
  ['WebSphere', (n) => `[1/2/26 3:04:0${n % 10}:678 UTC] 0000004a SystemErr     R `],
  ['a formatter that repeats its head', (n) => `${n === 0 ? 'INFO' : 'ERROR'} 01-02 03:04:0${n % 10} [core.py:396] `],
  ['grep -Hn', (n) => `app.log:${100 + n}:`],
  ['cat -n', (n) => `${String(n + 1).padStart(6)}\t`],
  ['something nobody has thought of', (n) => `<<shop>> {${n}} zone=eu-1 >> `],
];

const TRACES: readonly (readonly [name: string, lines: readonly string[], frame: string])[] = [
  ['Python', PYTHON, 'orders.py'],
  ['Java', JAVA, 'Shop.java'],
  ['Node', NODE, 'orders.js'],
  ['Ruby', RUBY, 'orders.rb'],
  ['Go', GO, 'main.go'],
  ['frames below a class of any name', CUSTOM, 'orders.js'],
];

/** Combinations of which something is still wrong; the test fails when one of them is right. */
const KNOWN_WRONG: readonly string[] = [
  // The place that Node prints first could be a part of any text.
  'a formatter that repeats its head: Node',
];

describe.each(HEADS)('%s', (transport, head) => {
  test.each(TRACES)('%s', (language, lines, file) => {
    // The line behind the trace is one of the stream as well, and no error.
    const last = transport.startsWith('a formatter') ? 'INFO 01-02 03:04:09 [core.py:1] next' : `${head(lines.length + 1)}next`;
    const log = [...['listening', ...lines].map((line, n) => `${head(n)}${line}`), last, ''].join('\n');
    const events = detect(log);
    const found = [
      ranges(events),
      events[0]?.frames
        .find((frame) => frame.inApp)
        ?.file.split('/')
        .at(-1),
    ];
    if (KNOWN_WRONG.includes(`${transport}: ${language}`)) expect(found).not.toEqual([`2-${lines.length + 1}`, file]);
    else expect(found).toEqual([`2-${lines.length + 1}`, file]);
    for (let cut = 0; cut < log.length; cut += 7) expect(detect(log, {}, [cut])).toEqual(events);
  });
});

/** Openers that were cut off before anything followed. */
const CUT = [
  'Traceback (most recent call last):',
  'panic: runtime error',
  'goroutine 1 [running]:',
  'Caused by: java.io.IOException: x',
  "thread 'main' panicked at src/main.rs:3:5:",
  'Unhandled exception. System.Exception: x',
  'PHP Fatal error:  Uncaught Exception: x',
  'Fatal Python error: Aborted',
];

test.each(CUT)('a record below a trace that was cut off is one of its own, although both end alike: %s', (opener) => {
  const record = (n: number): string => `2026-03-01 10:00:${20 + n},020 ERROR order ${n} failed\n`;
  const lines = detect(`${record(1)}${opener}\n${record(2)}${opener}\n${record(3)}`).map((event) => event.line);
  expect(lines).toEqual([1, 3, 5]);
});
