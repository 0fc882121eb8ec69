// How a repository is recognised: by every spelling of its address, by its directory, and after it was renamed or moved.
import { parseRemote } from '../../../src/adapters/git/remote-address.ts';
import { directoryName, type KnownRepository, nameOfRequest, recognise, repositoryName } from '../../../src/core/repository/identity.ts';

test.each([
  ['https', 'https://github.com/acme/shop.git', 'github.com/acme/shop'],
  ['https without .git, with a slash', 'https://github.com/acme/shop/', 'github.com/acme/shop'],
  ['ssh, short', 'git@github.com:acme/shop.git', 'github.com/acme/shop'],
  ['ssh, long', 'ssh://git@github.com/acme/shop.git', 'github.com/acme/shop'],
  ['ssh on the port of https', 'ssh://git@ssh.github.com:443/acme/shop.git', 'github.com/acme/shop'],
  ['ssh on a port of its own: says nothing of the web', 'ssh://git@git.example.org:2222/acme/shop.git', 'git.example.org/acme/shop'],
  ['a token in it', 'https://x-access-token:ghp_secretsecret@github.com/acme/shop.git', 'github.com/acme/shop'],
  ['a user in it', 'https://me@github.com/acme/shop', 'github.com/acme/shop'],
  ['the usual port', 'https://github.com:443/acme/shop', 'github.com/acme/shop'],
  ['a port of its own', 'https://git.example.org:8443/acme/shop', 'git.example.org:8443/acme/shop'],
  ['a host in capitals', 'https://GitHub.com/acme/shop', 'github.com/acme/shop'],
  ['groups in groups', 'https://gitlab.com/ops/tools/mailer.git', 'gitlab.com/ops/tools/mailer'],
  ['the same name on another host', 'https://gitlab.com/acme/shop.git', 'gitlab.com/acme/shop'],
  ['a remote on the disk is no host', '/srv/git/shop.git', 'path:/srv/shop'],
  ['a remote on the disk, as an address', 'file:///srv/git/shop.git', 'path:/srv/shop'],
  ['no remote', undefined, 'path:/srv/shop'],
])('%s: %s is %s', (_name, url, expected) => {
  expect(repositoryName(url === undefined ? undefined : parseRemote(url), '/srv/shop')).toBe(expected);
});

test.each([
  ['https://github.com/acme/shop/pull/7', 'github.com/acme/shop'],
  ['https://git.example.org/acme/shop/pull/7/', 'git.example.org/acme/shop'],
  ['https://gitlab.example.org:8443/ops/tools/mailer/-/merge_requests/3', 'gitlab.example.org:8443/ops/tools/mailer'],
  ['/home/me/.local/state/ai-ops/requests/fix-0123456789ab.md', undefined],
  ['https://github.com/acme/shop/issues/7', undefined],
  ['no address', undefined],
])('a request at %s is of %s', (url, expected) => {
  expect(nameOfRequest(url)).toBe(expected);
});

const SHOP: KnownRepository = { id: 'a1', name: 'github.com/acme/shop', mark: '7:100', formerly: ['github.com/old/shop'] };
const NOTES: KnownRepository = { id: 'b2', name: 'path:/home/me/notes', mark: '8:200', formerly: ['path:/home/me/first'] };

test.each([
  ['its name', 'github.com/acme/shop', null, { kind: 'known', id: 'a1' }],
  ['another clone of it', 'github.com/acme/shop', '9:300', { kind: 'known', id: 'a1' }],
  ['another case', 'github.com/Acme/Shop', null, { kind: 'known', id: 'a1' }],
  ['the name it had on its host', 'github.com/old/shop', '9:300', { kind: 'known', id: 'a1' }],
  ['renamed on its host, in the same checkout', 'github.com/acme/store', '7:100', { kind: 'renamed', id: 'a1', from: SHOP.name }],
  ['moved to another host, in the same checkout', 'gitlab.com/acme/shop', '7:100', { kind: 'renamed', id: 'a1', from: SHOP.name }],
  ['a directory that was moved', 'path:/home/me/work/notes', '8:200', { kind: 'renamed', id: 'b2', from: NOTES.name }],
  ['a directory that has got a remote', 'github.com/me/notes', '8:200', { kind: 'renamed', id: 'b2', from: NOTES.name }],
  ['the same directory, made anew', 'path:/home/me/notes', '9:300', { kind: 'known', id: 'b2' }],
])('known: %s', (_name, name, mark, expected) => {
  expect(recognise({ name, mark }, [SHOP, NOTES])).toEqual(expected);
});

test.each([
  ['the same name on another host', 'gitlab.com/acme/shop', '9:300'],
  ['a fork', 'github.com/me/shop', '9:300'],
  ['a copy of a directory', 'path:/home/me/copy', '9:300'],
  ['a directory in another case', 'path:/home/me/Notes', '9:300'],
  ['somebody else in a directory that was left', 'path:/home/me/first', '9:300'],
  ['nothing known of its git directory', 'path:/home/me/other', null],
])('new: %s', (_name, name, mark) => {
  const found = recognise({ name, mark }, [SHOP, NOTES]);
  expect(found.kind).toBe('new');
  expect(['a1', 'b2']).not.toContain(found.id);
});

test('a new id follows from the name, and is another one where it is taken', () => {
  const met = { name: 'path:/home/me/first', mark: '9:300' };
  const { id } = recognise(met, []);
  expect(recognise(met, []).id).toBe(id);
  expect(recognise(met, [{ ...NOTES, id }]).id).not.toBe(id);
});

test('directories of two repositories of one name differ, and can be written on any disk', () => {
  expect(directoryName('github.com/acme/shop')).toMatch(/^shop-[0-9a-f]{8}$/);
  expect(directoryName('gitlab.com/acme/shop')).not.toBe(directoryName('github.com/acme/shop'));
  expect(directoryName('github.com/Acme/Shop').slice(-8)).toBe(directoryName('github.com/acme/shop').slice(-8));
  expect(directoryName('path:/srv/..')).toMatch(/^repository-[0-9a-f]{8}$/);
});
