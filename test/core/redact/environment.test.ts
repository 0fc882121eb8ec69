// Which variables of an environment hold secrets, by their names and by the addresses in them.
import { secretsOf } from '../../../src/core/redact/environment.ts';

test.each([
  ['DB_PASSWORD', 'corr3ct-horse', ['corr3ct-horse']],
  ['STRIPE_KEY', 'a1b2c3d4e5f6a7b8', ['a1b2c3d4e5f6a7b8']],
  ['shopApiToken', 'correct-horse-battery', ['correct-horse-battery']],
  ['DATABASE_URL', 'postgres://app:s3cret-w0rd@db:5432/shop', ['s3cret-w0rd']],
  ['REDIS_URL', 'redis://:p%40ssw0rd9@cache:6379', ['p%40ssw0rd9', 'p@ssw0rd9']],
  ['SENTRY_DSN', 'https://0123456789abcdef0123456789abcdef@o1.ingest.example/2', ['0123456789abcdef0123456789abcdef', 'whole']],
  ['PWD', '/srv/shop/orders-service', []],
  ['SSH_AUTH_SOCK', '/tmp/ssh-XXXX/agent.12', []],
  ['GIT_ASKPASS', '/usr/bin/askpass-program', []],
  ['KEYWORDS', 'ERROR,Exception,CRITICAL', []],
  ['AWS_ACCESS_KEY_FILE', '/run/secrets/aws-access-key', []],
  ['API_TOKEN', 'test', []],
  ['API_TOKEN', '', []],
  ['HOME', '/home/somebody-with-a-long-name', []],
  ['MONKEY', 'a1b2c3d4e5f6a7b8', []],
])('%s=%s', (name, value, expected) => {
  const found = secretsOf({ [name]: value });
  expect(found.toSorted()).toEqual(expected.map((each) => (each === 'whole' ? value : each)).toSorted());
});
