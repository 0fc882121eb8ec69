// Where a record says that it came from: what is read as such, and what must not be.
import { readLine } from '../../../src/core/formats/dialects.ts';
import { originOf, originOfPath } from '../../../src/core/formats/origin.ts';
import type { Origin } from '../../../src/core/model.ts';

const of = (line: string): Origin | undefined => originOf(readLine(line).records ?? []);
const json = (value: object): string => JSON.stringify(value);

/** Written from the documents of each; names as their libraries and collectors write them. */
const SAID: readonly (readonly [kind: string, line: string, origin: Origin])[] = [
  [
    'ECS, dotted',
    '{"@timestamp":"2026-03-01T10:00:00.000Z","log.level":"error","message":"x","service.name":"shop","service.version":"2.4.1","service.environment":"production","host.name":"web-1","trace.id":"4bf9"}',
    { service: 'shop', release: '2.4.1', environment: 'production', host: 'web-1', trace: '4bf9' },
  ],
  [
    'ECS, nested, by Filebeat in Kubernetes',
    json({
      ...{ '@timestamp': '2026-03-01T10:00:00.000Z', log: { level: 'error' }, message: 'x', service: { name: 'shop' } },
      ...{ kubernetes: { pod: { name: 'shop-7d9f' }, node: { name: 'node-3' } }, agent: { name: 'filebeat-1' } },
    }),
    { service: 'shop', container: 'shop-7d9f', host: 'node-3' },
  ],
  [
    'OTLP, the resource of all its records',
    json({
      resourceLogs: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'pay' } },
              { key: 'service.version', value: { stringValue: '1.9.0' } },
              { key: 'deployment.environment.name', value: { stringValue: 'staging' } },
              { key: 'k8s.pod.name', value: { stringValue: 'pay-1' } },
            ],
          },
          scopeLogs: [{ logRecords: [{ severityNumber: 17, body: { stringValue: 'failed' } }] }],
        },
      ],
    }),
    { service: 'pay', release: '1.9.0', environment: 'staging', container: 'pay-1' },
  ],
  [
    'the attributes of a resource beside the record',
    '{"severity_text":"ERROR","body":"x","resource":{"attributes":{"service.name":"pay","host.name":"h1"}},"trace_id":"0af7"}',
    { service: 'pay', host: 'h1', trace: '0af7' },
  ],
  ['pino', '{"level":50,"time":1772359200000,"pid":1,"hostname":"web-2","name":"api","msg":"x"}', { host: 'web-2' }],
  [
    'Datadog',
    '{"level":"error","message":"x","dd":{"service":"shop","version":"abc1234","env":"prod","trace_id":"77"}}',
    { service: 'shop', release: 'abc1234', environment: 'prod', trace: '77' },
  ],
  [
    'Google, Error Reporting',
    '{"severity":"ERROR","message":"x","serviceContext":{"service":"api","version":"v7"},"logging.googleapis.com/trace":"projects/p/traces/9"}',
    { service: 'api', release: 'v7', trace: 'projects/p/traces/9' },
  ],
  [
    'Fluent Bit in Kubernetes',
    '{"log":"2026-03-01 10:00:00 ERROR x\\n","stream":"stderr","kubernetes":{"pod_name":"shop-1","namespace_name":"shop","container_name":"app","host":"node-1","labels":{"app":"shop"}}}',
    { service: 'shop', container: 'shop-1', host: 'node-1' },
  ],
  [
    'a unit in the journal',
    '{"PRIORITY":"3","MESSAGE":"failed","_HOSTNAME":"db-1","_SYSTEMD_UNIT":"shop.service","_TRANSPORT":"syslog","_PID":"7"}',
    { service: 'shop', host: 'db-1' },
  ],
  [
    'a container in the journal, and the line in it is a record of its own',
    json({ PRIORITY: '3', MESSAGE: '{"level":"error","msg":"x","service":"cart"}', _HOSTNAME: 'h2', CONTAINER_NAME: 'cart-1' }),
    { service: 'cart', host: 'h2', container: 'cart-1' },
  ],
  ['GELF', '{"version":"1.1","host":"web-9","short_message":"x","level":3,"_app_version":"3"}', { host: 'web-9', release: '3' }],
  ['syslog, RFC 5424', '<11>1 2026-03-01T10:00:00Z web-3 shop 71 - - ERROR x', { host: 'web-3', service: 'shop' }],
  ['syslog, RFC 3164', 'Mar  1 10:00:00 web-4 shop[71]: ERROR x', { host: 'web-4', service: 'shop' }],
  [
    'logfmt',
    'level=error ts=2026-03-01T10:00:00Z service=shop version=1.2.3 host=web-5 msg="x"',
    { service: 'shop', release: '1.2.3', host: 'web-5' },
  ],
  [
    'Serilog',
    '{"@t":"2026-03-01T10:00:00Z","@l":"Error","@m":"x","Properties":{"MachineName":"win-1","TraceId":"c0"}}',
    { host: 'win-1', trace: 'c0' },
  ],
];

test.each(SAID)('%s', (_kind, line, origin) => {
  expect(of(line)).toEqual(origin);
});

/** What bears such a name and is none. */
const NOT_SAID: readonly (readonly [what: string, line: string])[] = [
  ['the version of a format', '{"level":"error","msg":"x","version":1}'],
  ['the version of Logstash', '{"level":"error","message":"x","@version":"1"}'],
  ['the host of a request, in an object', '{"level":"error","msg":"x","req":{"headers":{"host":"shop.example.org"}}}'],
  ['an object and a list', '{"level":"error","msg":"x","service":{"port":80},"host":["a","b"]}'],
  ['a value that says nothing', '{"level":"error","msg":"x","service":"","host":"unknown","env":null,"release":"-"}'],
  ['a text instead of a name', json({ level: 'error', msg: 'x', service: 'a'.repeat(129), host: 'two\nlines' })],
  ['signs that nobody sees', json({ level: 'error', msg: 'x', service: 'shop\u202e', host: 'web\u001b[31m' })],
  ['a prototype', '{"level":"error","msg":"x","__proto__":{"service":"shop"}}'],
  ['a line without a record', '2026-03-01 10:00:00 ERROR service=shop failed'],
];

test.each(NOT_SAID)('%s is none of it', (_what, line) => {
  expect(of(line)).toBeUndefined();
});

test.each<[string, Origin | undefined]>([
  ['/var/log/pods/shop_shop-7d9f-x2_0e1f-22/app/0.log', { service: 'app', container: 'shop-7d9f-x2' }],
  [`/var/log/containers/shop-7d9f-x2_shop_app-${'0e'.repeat(32)}.log`, { service: 'app', container: 'shop-7d9f-x2' }],
  ['/var/log/shop/app.log', undefined],
])('the path %s', (path, origin) => {
  expect(originOfPath(path)).toEqual(origin);
});
