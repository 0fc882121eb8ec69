// What commands of the repository see of our environment: what tools need, and nothing of production.
import { commandEnvironment } from '../../../src/adapters/process/command-environment.ts';

const rows: readonly (readonly [string, string, string | undefined])[] = [
  ['PATH', '/usr/bin:/bin', '/usr/bin:/bin'],
  ['HOME', '/home/me', '/home/me'],
  ['LC_ALL', 'C.UTF-8', 'C.UTF-8'],
  ['TZ', 'Asia/Shanghai', 'Asia/Shanghai'],
  ['GOPATH', '/home/me/go', '/home/me/go'],
  ['JAVA_HOME', '/opt/jdk', '/opt/jdk'],
  ['NODE_EXTRA_CA_CERTS', '/etc/ca.pem', '/etc/ca.pem'],
  ['HTTPS_PROXY', 'http://proxy.acme.com:3128', 'http://proxy.acme.com:3128'],
  ['HTTPS_PROXY', 'http://me:pass@proxy.acme.com:3128', 'http://proxy.acme.com:3128'],
  ['PIP_INDEX_URL', 'https://oauth2:abcdef@pypi.acme.com/simple', 'https://pypi.acme.com/simple'],
  ['GOFLAGS', '-mod=mod known-secret', undefined],
  ['DATABASE_URL', 'postgres://app:x@db/shop', undefined],
  ['REDIS_URL', 'redis://cache', undefined],
  ['MYSQL_PWD', 'x', undefined],
  ['PGPASSFILE', '/home/me/.pgpass', undefined],
  ['STRIPE_KEY', 'x', undefined],
  ['SENTRY_DSN', 'https://k@sentry.io/1', undefined],
  ['KUBECONFIG', '/home/me/.kube/config', undefined],
  ['VAULT_ADDR', 'https://vault', undefined],
  ['GIT_ASKPASS', '/x', undefined],
  ['SSH_AUTH_SOCK', '/run/agent', undefined],
  ['DOCKER_HOST', 'unix:///run/docker.sock', undefined],
  ['ANYTHING_ELSE', 'x', undefined],
];

test.each(rows)('%s=%s', (name, value, expected) => {
  expect(commandEnvironment({ [name]: value }, [], ['known-secret'])[name]).toBe(expected);
});

test('what the user names goes through, whatever it is; CI is always set', () => {
  const env = { DATABASE_URL: 'postgres://app:x@db/test', OTHER: 'x' };
  expect(commandEnvironment(env, ['DATABASE_URL'], [])).toMatchObject({ DATABASE_URL: env.DATABASE_URL, CI: 'true' });
  expect(commandEnvironment(env, ['DATABASE_URL'], [])).not.toHaveProperty('OTHER');
});

test('a version is told to what asks git for one, unless the user tells another', () => {
  const name = 'SETUPTOOLS_SCM_PRETEND_VERSION';
  expect(commandEnvironment({}, [], [])[name]).toBe('9999.0.0');
  expect(commandEnvironment({ [name]: '2.1' }, [name], [])[name]).toBe('2.1');
});
