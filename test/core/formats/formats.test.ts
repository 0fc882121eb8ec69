import { dialects, readLine } from '../../../src/core/formats/dialects.ts';
import type { Reading } from '../../../src/core/formats/line-reading.ts';
import { absolute, UTC } from '../../../src/core/formats/zones.ts';

const T = '2026-01-02T03:04:05.678Z';
const S = '2026-01-02T03:04:05.000Z';
/** A time without a zone as if it were UTC. */
const told = (time: string | undefined): string | undefined => time && absolute(time, UTC);
const message = (reading: Reading): string => reading.message ?? reading.text.slice(reading.body).trim();

describe('heads of plain text and wrappers', () => {
  const rows: readonly (readonly [
    name: string,
    line: string,
    format: string,
    level: string | undefined,
    time: string | undefined,
    message: string,
  ])[] = [
    ['python logging', '2026-01-02 03:04:05,678 - shop - ERROR - boom', 'plain', 'error', T, 'boom'],
    ['python basicConfig', 'ERROR:root:boom', 'plain', 'error', undefined, 'root:boom'],
    ['celery', '[2026-01-02 03:04:05,678: ERROR/ForkPoolWorker-1] boom', 'plain', 'error', T, 'boom'],
    ['loguru', '2026-01-02 03:04:05.678 | ERROR    | shop:f:3 - boom', 'plain', 'error', T, 'shop:f:3 - boom'],
    ['tornado', '[E 260102 03:04:05 web:1871] 500 GET /x', 'plain', 'error', undefined, '500 GET /x'],
    ['logback', '03:04:05.678 [main] ERROR com.x.A - boom', 'plain', 'error', undefined, 'com.x.A - boom'],
    ['Spring Boot', '2026-01-02T04:04:05.678+01:00 ERROR 4242 --- [shop] [main] com.x.A : boom', 'plain', 'error', T, 'com.x.A : boom'],
    ['JUL, second line', 'SEVERE: boom', 'plain', 'error', undefined, 'boom'],
    ['Tomcat', '02-Jan-2026 03:04:05.678 SEVERE [main] org.x.Y boom', 'plain', 'error', T, 'org.x.Y boom'],
    ['nginx', '2026/01/02 03:04:05 [error] 29#29: *1 boom', 'plain', 'error', S, '29#29: *1 boom'],
    [
      'apache, a level with its degree',
      '[Fri Jan 02 03:04:05.678901 2026] [rewrite:trace2] [pid 1:tid 2] no error',
      'plain',
      'trace',
      T,
      'no error',
    ],
    ['apache, a module with a number', '[Fri Jan 02 03:04:05.678901 2026] [http2:trace1] [pid 1:tid 2] boom', 'plain', 'trace', T, 'boom'],
    ['PostgreSQL, a level with its degree', '2026-01-02 03:04:05 UTC [42] DEBUG2:  no error', 'plain', 'debug', S, 'no error'],
    [
      'ssh -v',
      'debug1: Reading configuration data /etc/ssh/error',
      'plain',
      'debug',
      undefined,
      'Reading configuration data /etc/ssh/error',
    ],
    ['apache', '[Fri Jan 02 03:04:05.678901 2026] [core:error] [pid 1:tid 2] boom', 'plain', 'error', T, 'boom'],
    ['.NET console', 'fail: Shop.Cart[13]', 'plain', 'error', undefined, 'Shop.Cart[13]'],
    ['Monolog', '[2026-01-02 03:04:05] production.ERROR: boom', 'plain', 'error', S, 'boom'],
    ['Ruby Logger', 'E, [2026-01-02T03:04:05.678901 #42] ERROR -- : boom', 'plain', 'error', T, 'boom'],
    ['Elixir Logger', '03:04:05.678 [error] boom', 'plain', 'error', undefined, 'boom'],
    ['zap console', '2026-01-02T03:04:05.678Z\tERROR\ta/b.go:42\tboom', 'plain', 'error', T, 'a/b.go:42\tboom'],
    ['logrus terminal', 'ERRO[0042] boom', 'plain', 'error', undefined, 'boom'],
    ['PostgreSQL', '2026-01-02 03:04:05.678 UTC [42] ERROR:  boom', 'plain', 'error', T, 'boom'],
    ['MySQL', '2026-01-02T03:04:05.678901Z 0 [ERROR] [MY-010119] [Server] boom', 'plain', 'error', T, 'boom'],
    ['bracketed level first', '[ERROR] 2026-01-02 03:04:05 boom', 'plain', 'error', S, 'boom'],
    [
      'level after a long thread name',
      '2026-01-02 03:04:05,678 WARN [receiver for block 7] com.x.A: exception',
      'plain',
      'warn',
      T,
      'com.x.A: exception',
    ],
    [
      'console of a cluster',
      '- 1767323045 2026.01.02 R02-M0 2026-01-02-03.04.05.678901 R02-M0 RAS KERNEL FATAL boom',
      'plain',
      'fatal',
      S,
      'boom',
    ],
    ['klog', 'E0102 03:04:05.678901    1234 file.go:42] boom', 'klog', 'error', undefined, 'boom'],
    ['logcat', '01-02 03:04:05.678  1234  1240 E Shop    : boom', 'logcat', 'error', undefined, 'boom'],
    ['logcat brief', 'E/Shop( 1234): boom', 'logcat', 'error', undefined, 'boom'],
    ['RFC 5424', '<131>1 2026-01-02T03:04:05.678Z h app 42 ID47 [sd k="v"] boom', 'syslog', 'error', T, 'boom'],
    ['RFC 3164', '<11>Jan  2 03:04:05 h app[42]: boom', 'syslog', 'error', undefined, 'boom'],
    ['level inside syslog', 'Jan  2 03:04:05 h app[42]: ERROR boom', 'syslog', 'error', undefined, 'boom'],
    ['CRI', '2026-01-02T03:04:05.678901234Z stderr F ERROR boom', 'cri', 'error', T, 'boom'],
    ['compose', 'web-1  | ERROR boom', 'plain', 'error', undefined, 'boom'],
    ['access log, 503', '127.0.0.1 - - [02/Jan/2026:03:04:05 +0000] "GET /x HTTP/1.1" 503 12', 'access', 'error', S, 'GET /x HTTP/1.1 503'],
    [
      'access log, 200',
      '127.0.0.1 - - [02/Jan/2026:03:04:05 +0000] "GET /error HTTP/1.1" 200 12',
      'access',
      'info',
      S,
      'GET /error HTTP/1.1 200',
    ],
    ['logfmt', 'time=2026-01-02T03:04:05.678Z level=error msg="boom now" err=e', 'logfmt', 'error', T, 'boom now'],
    ['a class is no level', 'Error: Cannot find module', 'text', undefined, undefined, 'Error: Cannot find module'],
    ['prose', 'This is an INFO about ERROR handling', 'text', undefined, undefined, 'This is an INFO about ERROR handling'],
  ];
  test.each(rows)('%s', (_, line, format, level, time, text) => {
    const reading = readLine(line);
    expect([reading.format, reading.level, told(reading.time?.()), message(reading)]).toEqual([format, level, time, text]);
  });
});

describe('one object per line', () => {
  const stack = 'TypeError: x\\n    at f (/app/a.js:1:2)';
  const rows: readonly (readonly [
    format: string,
    line: string,
    level: string | undefined,
    time: string | undefined,
    message: string,
    error: object | undefined,
  ])[] = [
    [
      'pino',
      `{"level":50,"time":1767323045678,"pid":1,"err":{"type":"TypeError","message":"x","stack":"${stack}"},"msg":"m"}`,
      'error',
      T,
      'm',
      { type: 'TypeError', message: 'x', stack: expect.stringContaining('at f') },
    ],
    [
      'bunyan',
      `{"name":"app","level":60,"err":{"name":"Error","message":"x"},"msg":"m","time":"${T}","v":0}`,
      'fatal',
      T,
      'm',
      { type: 'Error', message: 'x' },
    ],
    [
      'winston',
      `{"level":"error","message":"m","stack":"${stack}","timestamp":"${T}"}`,
      'error',
      T,
      'm',
      { stack: expect.stringContaining('at f') },
    ],
    ['winston', '{"level":"\\u001b[31merror\\u001b[39m","message":"m"}', 'error', undefined, 'm', undefined],
    [
      'ecs',
      `{"@timestamp":"${T}","log.level":"ERROR","message":"m","error.type":"E","error.message":"x"}`,
      'error',
      T,
      'm',
      { type: 'E', message: 'x' },
    ],
    ['ecs', `{"@timestamp":"${T}","log":{"level":"info "},"message":"m"}`, 'info', T, 'm', undefined],
    [
      'python-json-logger',
      '{"asctime":"2026-01-02 03:04:05,678","levelname":"CRITICAL","message":"m","exc_info":"Traceback (most recent call last):\\n  File \\"a.py\\", line 1, in f"}',
      'fatal',
      T,
      'm',
      { stack: expect.stringContaining('Traceback') },
    ],
    [
      'structlog',
      '{"event":"m","level":"error","exception":[{"exc_type":"ValueError","exc_value":"bad","frames":[{"filename":"a.py","lineno":3,"name":"f"}]}]}',
      'error',
      undefined,
      'm',
      { type: 'ValueError', message: 'bad', stack: expect.stringContaining('File "a.py", line 3, in f') },
    ],
    [
      'loguru',
      '{"text":"t","record":{"level":{"name":"ERROR","no":40},"message":"m","time":{"repr":"2026-01-02 03:04:05.678"}}}',
      'error',
      T,
      'm',
      undefined,
    ],
    ['zap', '{"level":"error","ts":1767323045.678,"msg":"m","error":"e"}', 'error', T, 'm', { message: 'e' }],
    ['zerolog', '{"level":"error","error":"e","time":1767323045,"message":"m"}', 'error', S, 'm', { message: 'e' }],
    ['slog', `{"time":"${T}","level":"ERROR+4","msg":"m"}`, 'error', T, 'm', undefined],
    ['logrus', `{"level":"warning","msg":"m","time":"${T}"}`, 'warn', T, 'm', undefined],
    ['clef', `{"@t":"${T}","@mt":"Req {Id} failed","@l":"Error"}`, 'error', T, 'Req {Id} failed', undefined],
    ['clef', `{"@t":"${T}","@mt":"Req {Id} ok"}`, 'info', T, 'Req {Id} ok', undefined],
    [
      'log4j2',
      '{"instant":{"epochSecond":1767323045},"level":"ERROR","message":"m","thrown":{"name":"java.lang.X","message":"bad"}}',
      'error',
      S,
      'm',
      { type: 'java.lang.X', message: 'bad' },
    ],
    [
      'logstash-logback',
      `{"@timestamp":"${T}","level":"ERROR","level_value":40000,"logger_name":"x","message":"m"}`,
      'error',
      T,
      'm',
      undefined,
    ],
    ['gelf', '{"version":"1.1","host":"h","short_message":"m","timestamp":1767323045.678,"level":3}', 'error', T, 'm', undefined],
    ['gcp', `{"severity":"EMERGENCY","message":"m","time":"${T}"}`, 'fatal', T, 'm', undefined],
    ['journald', '{"PRIORITY":"4","MESSAGE":"m","__REALTIME_TIMESTAMP":"1767323045678901"}', 'warn', T, 'm', undefined],
    [
      'otlp',
      '{"timeUnixNano":"1767323045678901000","severityNumber":21,"body":{"stringValue":"m"},"attributes":[{"key":"exception.type","value":{"stringValue":"E"}}]}',
      'fatal',
      T,
      'm',
      { type: 'E' },
    ],
    ['json', '{"id":7,"note":"nothing known"}', undefined, undefined, '{"id":7,"note":"nothing known"}', undefined],
  ];
  test.each(rows)('%s', (format, line, level, time, text, error) => {
    const reading = readLine(line);
    expect([reading.format, reading.level, told(reading.time?.()), message(reading), reading.whole]).toEqual([
      format,
      level,
      time,
      text,
      true,
    ]);
    expect(reading.error).toEqual(error);
  });
});

test('docker’s json-file is a wrapper: the stream is kept, stderr is no level', () => {
  const reading = readLine('{"log":"  at f (a.js:1:2)\\n","stream":"stderr","time":"2026-01-02T03:04:05.678901234Z"}');
  expect(reading).toMatchObject({ format: 'docker', text: '  at f (a.js:1:2)', stream: 'json:stderr', wrapped: true });
  expect(reading.time?.()).toBe(T);
  expect(reading.level).toBeUndefined();
});

test('dialects have names of their own', () => {
  expect(new Set(dialects.map((dialect) => dialect.name)).size).toBe(dialects.length);
});

/** Wrong answers we know of: whoever mends one moves its row up. */
describe('known wrong', () => {
  const rows: readonly (readonly [line: string, desired: string | undefined, actual: string | undefined])[] = [
    ['npm ERR! code ELIFECYCLE', 'error', undefined],
    ['myapp ERROR boom', 'error', undefined],
  ];
  test.each(rows)('%s', (line, desired, actual) => {
    expect(readLine(line).level).toBe(actual);
    expect(actual).not.toBe(desired);
  });
});

describe('a document of a collector is the line that it carries', () => {
  const trace = ['Traceback (most recent call last):', '  File "/srv/app.py", line 9, in index', "KeyError: 'id'"];
  test.each<[string, (line: string) => object, boolean]>([
    [
      'Filebeat',
      (message) => ({ '@timestamp': T, agent: { type: 'filebeat' }, log: { offset: 1, file: { path: '/a.log' } }, message }),
      true,
    ],
    ['Fluent Bit on Kubernetes', (log) => ({ '@timestamp': T, log, kubernetes: { pod_name: 'web-1', container_name: 'web' } }), true],
    ['Vector', (message) => ({ timestamp: T, host: 'web1', source_type: 'file', file: '/a.log', message }), true],
    ['logcli', (line) => ({ labels: { app: 'shop' }, line, timestamp: T }), true],
    ['with the level of a logger', (message) => ({ '@timestamp': T, agent: { type: 'filebeat' }, 'log.level': 'error', message }), false],
    ['of a program', (message) => ({ time: T, message, user: 'u', request: 'r', port: 1, size: 2, route: '/' }), true],
  ])('%s', (_name, document, isLine) => {
    const readings = trace.map((line) => readLine(JSON.stringify(document(line))));
    expect(readings.map(({ wrapped, whole }) => [wrapped, whole])).toEqual(trace.map(() => [isLine, !isLine]));
    if (!isLine) return;
    expect(readings.map(({ text }) => text)).toEqual(trace);
    expect(new Set(readings.map(({ stream }) => stream)).size).toBe(1);
  });
});
