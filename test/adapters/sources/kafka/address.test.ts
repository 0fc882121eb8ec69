import { readKafkaAddress } from '../../../../src/adapters/sources/kafka/address.ts';

test.each([
  ['kafka://b1/app-logs', { brokers: [{ host: 'b1', port: 9092 }], topic: 'app-logs', group: null, tls: false, mechanism: null }],
  [
    'kafka://b1:9093,b2:9094/app.logs_1?group=ai-ops',
    {
      brokers: [
        { host: 'b1', port: 9093 },
        { host: 'b2', port: 9094 },
      ],
      topic: 'app.logs_1',
      group: 'ai-ops',
    },
  ],
  ['kafka://[::1]:9092/t?writer=kubernetes.pod_name', { brokers: [{ host: '::1', port: 9092 }], writer: 'kubernetes.pod_name' }],
  ['kafka://b/t?ca=/etc/ca.pem', { tls: true, ca: '/etc/ca.pem' }],
  ['kafka://b/t?tls=on&sasl=scram-sha-512&user=ai%20ops', { tls: true, mechanism: 'SCRAM-SHA-512', user: 'ai ops' }],
  ['kafka://b/t?sasl=SCRAM-SHA-256&user=me', { mechanism: 'SCRAM-SHA-256' }],
  ['kafka://127.0.0.1/t?sasl=plain&user=me', { mechanism: 'PLAIN', tls: false }],
])('%s', (name, expected) => {
  expect(readKafkaAddress(name)).toMatchObject({ address: { name, ...expected } });
});

test.each([
  ['kafka://b1', 'topic'],
  ['kafka://b1/', 'topic'],
  ['kafka:///t', 'broker'],
  ['kafka://b1/a/b', 'topic'],
  ['kafka://b1/..', 'topic'],
  ['kafka://b1:99999/t', 'broker'],
  ['kafka://b one/t', 'broker'],
  ['kafka://me:pw@b1/t', 'KAFKA_PASSWORD'],
  ['kafka://b1/t?password=x', 'KAFKA_PASSWORD'],
  ['kafka://b1/t?from=start', 'no parameter from'],
  ['kafka://b1/t?group=', 'a value for group'],
  ['kafka://b1/t?group=%zz', 'a value for group'],
  ['kafka://b1/t?tls=yes', 'tls=on'],
  ['kafka://b1/t?sasl=gssapi', 'sasl=plain'],
  ['kafka://b1/t?sasl=plain&user=me', 'in the clear'],
])('%s is refused', (name, words) => {
  expect(readKafkaAddress(name)).toEqual({ problem: expect.stringContaining(words) });
});
