// Addresses of remotes in every spelling, and what of them may be shown.
import { httpAddress, parseRemote, storeName, withoutCredentials } from '../../../src/adapters/git/remote-address.ts';

const rows: [url: string, protocol: string, host: string, port: number | undefined, path: string, httpsUrl: string | undefined][] = [
  ['https://github.com/acme/app.git', 'https', 'github.com', undefined, 'acme/app', 'https://github.com/acme/app.git'],
  ['https://github.com/acme/app', 'https', 'github.com', undefined, 'acme/app', 'https://github.com/acme/app'],
  ['https://GitHub.com/acme/app/', 'https', 'github.com', undefined, 'acme/app', 'https://github.com/acme/app'],
  ['https://user:secret@host.example:8443/a/b/c.git', 'https', 'host.example', 8443, 'a/b/c', 'https://host.example:8443/a/b/c.git'],
  ['https://host.example:443/a/b', 'https', 'host.example', undefined, 'a/b', 'https://host.example/a/b'],
  ['http://127.0.0.1:8080/acme/app.git', 'http', '127.0.0.1', 8080, 'acme/app', 'http://127.0.0.1:8080/acme/app.git'],
  ['git@github.com:acme/app.git', 'ssh', 'github.com', undefined, 'acme/app', 'https://github.com/acme/app.git'],
  ['github.com:acme/app.git', 'ssh', 'github.com', undefined, 'acme/app', 'https://github.com/acme/app.git'],
  ['forgejo@git.example:/acme/app.git', 'ssh', 'git.example', undefined, 'acme/app', 'https://git.example/acme/app.git'],
  ['git@gitlab.example:group/sub/app.git', 'ssh', 'gitlab.example', undefined, 'group/sub/app', 'https://gitlab.example/group/sub/app.git'],
  ['ssh://git@gitlab.example:2222/group/app.git', 'ssh', 'gitlab.example', 2222, 'group/app', 'https://gitlab.example/group/app.git'],
  ['ssh://git@ssh.github.com:443/acme/app.git', 'ssh', 'github.com', 443, 'acme/app', 'https://github.com/acme/app.git'],
  ['git+ssh://git@github.com/acme/app.git', 'ssh', 'github.com', undefined, 'acme/app', 'https://github.com/acme/app.git'],
  ['git://git.example/acme/app.git', 'git', 'git.example', undefined, 'acme/app', 'https://git.example/acme/app.git'],
  ['/srv/git/app.git', 'file', '', undefined, '/srv/git/app.git', undefined],
  ['../app', 'file', '', undefined, '../app', undefined],
  ['file:///srv/git/app.git', 'file', '', undefined, '/srv/git/app.git', undefined],
  ['C:\\src\\app', 'file', '', undefined, 'C:\\src\\app', undefined],
  ['C:/src/app', 'file', '', undefined, 'C:/src/app', undefined],
  ['\\\\server\\share\\app', 'file', '', undefined, '\\\\server\\share\\app', undefined],
];

test.each(rows)('%s', (url, protocol, host, port, path, httpsUrl) => {
  expect(parseRemote(url)).toEqual({ protocol, host, ...(port === undefined ? {} : { port }), path, httpsUrl });
});

test.each(['', '  ', 'https://', 'https://host.example/', 'ftp://host.example/a', 'https://host.example/a\nb'])(
  '%j is no remote',
  (url) => {
    expect(parseRemote(url)).toBeUndefined();
  },
);

test.each(rows)('nothing secret is shown of %s', (url) => {
  expect(withoutCredentials(url)).not.toMatch(/secret|user:/);
});

test('one store for every spelling of an address', () => {
  const names = ['https://github.com/acme/app', 'https://github.com/acme/app.git', 'https://GITHUB.com/acme/app/'].map(storeName);
  expect(new Set(names).size).toBe(1);
  expect(storeName('https://github.com/acme/app2')).not.toBe(names[0]);
});

const refused: [url: string, code: string][] = [
  ['git@github.com:acme/app.git', 'remote-ssh'],
  ['http://git.example/acme/app.git', 'remote-plain-http'],
  ['http://127.0.0.1.evil.example/a/b', 'remote-plain-http'],
  ['/srv/git/app.git', 'repository-unsupported'],
];

test.each(refused)('%s is refused', (url, code) => {
  expect(() => httpAddress(url)).toThrow(expect.objectContaining({ code }));
});

test.each(['http://localhost:3000/a/b', 'http://127.0.0.9/a/b', 'http://[::1]:80/a/b'])('%s is loopback', (url) => {
  expect(httpAddress(url)).toMatch(/^http:/);
});
