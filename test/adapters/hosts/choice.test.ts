// Which host an address belongs to, and at which address its API is asked. Rows: wish, expected.
import { chooseHost, gitAddress, type HostWish, hostOfOne, identifyHost } from '../../../src/adapters/hosts/choice.ts';
import type { AiOpsError } from '../../../src/errors.ts';

const https = (host: string, path = 'acme/app', port?: number) => ({
  protocol: 'https',
  host,
  path,
  ...(port === undefined ? {} : { port }),
});
const ssh = (host: string, path = 'acme/app', port?: number) => ({ ...https(host, path, port), protocol: 'ssh' });
const http = (host: string, path = 'acme/app', port?: number) => ({ ...https(host, path, port), protocol: 'http' });

const rows: readonly (readonly [string, HostWish, string])[] = [
  ['github.com over https', { remote: https('github.com') }, 'github github.com https://api.github.com acme/app'],
  ['github.com over ssh', { remote: ssh('github.com') }, 'github github.com https://api.github.com acme/app'],
  ['gitlab.com with sub-groups', { remote: https('gitlab.com', 'group/sub/app') }, 'gitlab gitlab.com https://gitlab.com group/sub/app'],
  [
    'an Enterprise Server by its name',
    { remote: https('github.acme.com') },
    'github github.acme.com https://github.acme.com/api/v3 acme/app',
  ],
  [
    'its port over https',
    { remote: https('github.acme.com', 'acme/app', 8443) },
    'github github.acme.com:8443 https://github.acme.com:8443/api/v3 acme/app',
  ],
  [
    'the port of ssh is not that of the API',
    { remote: ssh('gitlab.acme.com', 'group/app', 2222) },
    'gitlab gitlab.acme.com https://gitlab.acme.com group/app',
  ],
  [
    'a plain http remote: the API is still asked over https',
    { remote: http('gitlab.acme.com', 'group/app', 8080) },
    'gitlab gitlab.acme.com https://gitlab.acme.com group/app',
  ],
  ['GitHub with data residency', { remote: https('acme.ghe.com') }, 'github acme.ghe.com https://api.acme.ghe.com acme/app'],
  [
    'a kind for a name that tells nothing',
    { kind: 'gitlab', remote: ssh('git.acme.com', 'group/app') },
    'gitlab git.acme.com https://git.acme.com group/app',
  ],
  [
    'a base with the API path and a slash',
    { baseUrl: 'https://git.acme.com/api/v3/', project: 'acme/app' },
    'github git.acme.com https://git.acme.com/api/v3 acme/app',
  ],
  [
    'the API of github.com as base',
    { baseUrl: 'https://api.github.com/', project: 'acme/app' },
    'github github.com https://api.github.com acme/app',
  ],
  [
    'a base without the API path',
    { kind: 'github', baseUrl: 'https://git.acme.com', project: 'acme/app' },
    'github git.acme.com https://git.acme.com/api/v3 acme/app',
  ],
  [
    'a base with /api/v4',
    { baseUrl: 'https://git.acme.com/api/v4', project: 'group/app' },
    'gitlab git.acme.com https://git.acme.com group/app',
  ],
  [
    'GitLab under a sub-path: it is no part of the project',
    { kind: 'gitlab', baseUrl: 'https://acme.com/gitlab/', remote: https('acme.com', 'gitlab/group/app') },
    'gitlab acme.com https://acme.com/gitlab group/app',
  ],
  [
    'the base counts, not the remote',
    { kind: 'github', baseUrl: 'http://127.0.0.1:81/api/v3', remote: http('127.0.0.1', 'x/y', 80) },
    'github 127.0.0.1:81 http://127.0.0.1:81/api/v3 x/y',
  ],
  [
    'an address of the API with a path of its own is taken as it is',
    { kind: 'github', baseUrl: 'https://gw.acme.com/github/', remote: ssh('git.acme.com') },
    'github gw.acme.com https://gw.acme.com/github acme/app',
  ],
  [
    'so is a gateway at its root, by another name than the remote',
    { kind: 'github', baseUrl: 'https://api.acme.com', remote: ssh('git.acme.com') },
    'github api.acme.com https://api.acme.com acme/app',
  ],
  [
    'the server of the remote itself is no API yet',
    { kind: 'github', baseUrl: 'https://git.acme.com:8443', remote: ssh('git.acme.com') },
    'github git.acme.com:8443 https://git.acme.com:8443/api/v3 acme/app',
  ],
  [
    'the number of a project',
    { kind: 'gitlab', baseUrl: 'https://git.acme.com', project: '1000', remote: ssh('git.acme.com', 'group/app') },
    'gitlab git.acme.com https://git.acme.com 1000',
  ],
  ['only a kind and a project', { kind: 'gitlab', project: '/group/app/' }, 'gitlab gitlab.com https://gitlab.com group/app'],
  ['asked to be local', { kind: 'local', remote: https('github.com') }, 'local asked'],
  ['no remote', { kind: 'auto' }, 'local no-remote'],
  ['a path for a remote', { remote: { protocol: 'file', host: '', path: '/srv/app.git' } }, 'local no-remote'],
  ['a name that tells nothing', { remote: https('git.acme.com') }, 'local unknown-host'],
  ['a name that only looks like it', { remote: https('notgithub.com') }, 'local unknown-host'],
];

test.each(rows)('%s', (_name, wish, expected) => {
  const choice = identifyHost(wish);
  const shown = choice.kind === 'local' ? `local ${choice.reason}` : `${choice.kind} ${choice.host} ${choice.baseUrl} ${choice.project}`;
  expect(shown).toBe(expected);
  expect(chooseHost({ ...wish, token: 'secret' })).toEqual(choice);
});

test('without a token it is local, unless a host was asked for by name', () => {
  expect(chooseHost({ remote: https('github.com') })).toEqual({ kind: 'local', reason: 'no-token', forge: 'github' });
  expect(() => chooseHost({ kind: 'github', remote: https('github.com') })).toThrow(expect.objectContaining({ code: 'token-missing' }));
});

const refused: readonly (readonly [string, HostWish, AiOpsError['code']])[] = [
  ['plain http to another machine', { kind: 'gitlab', baseUrl: 'http://gitlab.acme.com', project: 'a/b' }, 'remote-plain-http'],
  [
    'a name that only begins like this machine',
    { kind: 'gitlab', baseUrl: 'http://127.0.0.1.acme.com', project: 'a/b' },
    'remote-plain-http',
  ],
  ['a password in the base', { kind: 'gitlab', baseUrl: 'https://me:secret@gitlab.com', project: 'a/b' }, 'usage'],
  ['no address', { kind: 'gitlab', baseUrl: 'gitlab.com', project: 'a/b' }, 'usage'],
  ['no project', { kind: 'github' }, 'usage'],
  ['a project of three parts on GitHub', { kind: 'github', project: 'a/b/c' }, 'usage'],
  ['a project that climbs', { kind: 'github', project: '../user' }, 'usage'],
];
test.each(refused)('refused: %s', (_name, wish, code) => {
  expect(() => identifyHost(wish)).toThrow(expect.objectContaining({ code, message: expect.not.stringContaining('secret') }));
});

const SPOKEN: readonly (readonly [string, HostWish, string | undefined])[] = [
  [
    'an ssh remote and the base of its server',
    { baseUrl: 'https://git.acme.com:8443/lab', remote: ssh('git.acme.com', 'group/app') },
    'https://git.acme.com:8443/lab/group/app.git',
  ],
  [
    'an ssh remote and the number of a project',
    { baseUrl: 'https://git.acme.com/lab', project: '7', remote: ssh('git.acme.com', 'group/app') },
    'https://git.acme.com/lab/group/app.git',
  ],
  ['no remote, and a project', { baseUrl: 'https://git.acme.com/lab', project: 'group/app' }, 'https://git.acme.com/lab/group/app.git'],
  ['no remote, and only a number', { baseUrl: 'https://git.acme.com/lab', project: '7' }, undefined],
  [
    'an address of the web is spoken to as it is',
    { baseUrl: 'https://git.acme.com/lab', remote: https('git.acme.com', 'group/app') },
    undefined,
  ],
  [
    'a base of another name tells nothing of git',
    { baseUrl: 'https://api.acme.com/lab', remote: ssh('git.acme.com', 'group/app') },
    undefined,
  ],
  ['without a base the remote tells', { remote: ssh('git.acme.com', 'group/app') }, undefined],
];
test.each(SPOKEN)('git speaks to: %s', (_name, wish, expected) => {
  const choice = identifyHost({ ...wish, kind: 'gitlab' });
  expect(choice.kind === 'local' ? 'local' : gitAddress(choice, wish)).toBe(expected);
});

test.each([
  ['an address', 'gitlab', 'https://git.acme.com', ['https', 'git.acme.com'], 'kept'],
  ['an address below a path, by ssh', 'auto', 'https://git.acme.com/gitlab', ['ssh', 'git.acme.com'], 'kept'],
  ['the address of the API of GitHub', 'auto', 'https://api.github.com', ['https', 'github.com'], 'kept'],
  ['an address, and another port', 'gitlab', 'https://git.acme.com', ['https', 'git.acme.com', 8443], 'left'],
  ['an address, and a public host', 'gitlab', 'https://git.acme.com', ['https', 'github.com'], 'left'],
  ['an address, and a server that nobody knows', 'gitlab', 'https://git.acme.com', ['ssh', 'code.acme.com'], 'left'],
  ['a kind, and a server that nobody knows', 'gitlab', null, ['ssh', 'code.acme.com'], 'kept'],
  ['a kind, and the public host of another', 'gitlab', null, ['https', 'github.com'], 'left'],
  ['no host wanted, and a public host', 'local', null, ['https', 'github.com'], 'kept'],
] as const)('one of several repositories, %s: %s %s for %j is %s', (_name, kind, baseUrl, [protocol, host, port], expected) => {
  const remote = { protocol, host, path: 'acme/app', ...(port === undefined ? {} : { port }) };
  expect(hostOfOne({ kind, baseUrl }, remote)).toEqual(expected === 'kept' ? { kind, baseUrl } : { kind: 'auto', baseUrl: null });
});
