// Where a token comes from, with real little programs in the place of gh, glab and a credential helper.
// Each program writes down how it was called and what it could see.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findToken, mayGoAlong, mayReceive, type TokenQuestion } from '../../../src/adapters/hosts/credentials.ts';
import type { HostAbout } from '../../../src/adapters/hosts/descriptor.ts';
import { GITHUB } from '../../../src/adapters/hosts/github/about.ts';
import { GITLAB } from '../../../src/adapters/hosts/gitlab/about.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-tokens-'));
  mkdirSync(join(root, 'bin'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** `body` is a shell script; the call is noted in `log`. */
function program(name: string, body: string): void {
  const file = join(root, 'bin', name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${root}/log'\nenv >> '${root}/seen'\n${body}\n`);
  chmodSync(file, 0o755);
}

const read = (name: string): string => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : '');

function ask(question: Partial<TokenQuestion>) {
  const env = { PATH: `${join(root, 'bin')}:${process.env.PATH}`, HOME: root, GIT_CONFIG_NOSYSTEM: '1', ...question.env };
  return findToken({ about: GITHUB, host: 'github.com', secrets: {}, ownHosts: [], ...question, env }, createProcesses());
}

const configured: readonly (readonly [string, Partial<TokenQuestion>, string | null])[] = [
  ['github.com', { host: 'github.com' }, 'configured token'],
  ['data residency', { host: 'acme.ghe.com' }, 'configured token'],
  ['this machine', { host: '127.0.0.1:8080' }, 'configured token'],
  ['another GitHub', { host: 'github.acme.com' }, null],
  ['another GitHub that is the remote', { host: 'github.acme.com', ownHosts: ['github.acme.com'] }, null],
  [
    'another GitHub that the environment names',
    { host: 'github.acme.com', env: { GITHUB_API_URL: 'https://github.acme.com/api/v3' } },
    'configured token',
  ],
  ['another port than the one named', { host: 'github.acme.com:8443', env: { GH_HOST: 'github.acme.com' } }, null],
  [
    'another GitHub with its own variable',
    { host: 'github.acme.com', ownHosts: ['github.acme.com'], env: { GH_ENTERPRISE_TOKEN: 'ent' } },
    'GH_ENTERPRISE_TOKEN',
  ],
  ['a server only the repository names', { host: 'github.evil.example', env: { GH_ENTERPRISE_TOKEN: 'ent' } }, null],
  ['gitlab.com', { about: GITLAB, host: 'gitlab.com' }, 'configured token'],
  ['the GitLab of the remote', { about: GITLAB, host: 'gitlab.acme.com', ownHosts: ['gitlab.acme.com'] }, 'configured token'],
  ['a GitLab only the repository names', { about: GITLAB, host: 'gitlab.evil.example', ownHosts: ['gitlab.acme.com'] }, null],
];
test.each(configured)('a configured token for %s', async (_name, question, origin) => {
  expect((await ask({ secrets: { githubToken: 'secret', gitlabToken: 'secret' }, ...question }))?.origin ?? null).toBe(origin);
});

test('gh is asked for this host only, and sees no token of ours', async () => {
  program('gh', 'echo gho_stored');
  expect(await ask({ host: 'github.acme.com', env: { GH_TOKEN: 'outer', GITHUB_TOKEN: 'outer' } })).toEqual({
    token: 'gho_stored',
    origin: 'gh auth token',
  });
  expect(read('log')).toBe('gh auth token --hostname github.acme.com\n');
  expect(read('seen')).not.toContain('outer');
});

test('a program that prints help instead of a token has none; the next way is tried', async () => {
  program('glab', 'case "$1" in auth) echo "Manage the authentication state.";; config) echo glpat-stored;; esac');
  expect(await ask({ about: GITLAB, host: 'gitlab.com' })).toEqual({ token: 'glpat-stored', origin: 'glab config get' });
  expect(read('log')).toBe('glab auth token --hostname gitlab.com\nglab config get token --host gitlab.com\n');
});

test('a program that hangs costs three seconds, no more', async () => {
  program('gh', 'sleep 600');
  const before = performance.now();
  expect(await ask({})).toBeNull();
  expect(performance.now() - before).toBeLessThan(60_000);
});

test("git's credential helper is asked without any question to the terminal", async () => {
  program('git-credential-test', 'cat >> "$HOME/asked"; echo username=me; echo password=from-helper');
  writeFileSync(join(root, '.gitconfig'), '[credential]\n\thelper = test\n');
  expect(await ask({ host: 'github.acme.com' })).toEqual({ token: 'from-helper', origin: 'git credential helper' });
  expect(read('asked')).toMatch(/^protocol=https\nhost=github\.acme\.com\n/);
  expect(read('seen')).toContain('GIT_TERMINAL_PROMPT=0');
});

test('nobody knows one', async () => {
  expect(await ask({})).toBeNull();
});

describe('a third kind of host', () => {
  const GITEA: HostAbout = {
    ...{ kind: 'gitea' as HostAbout['kind'], label: 'Gitea', home: 'https://gitea.com', baseUrlIs: 'server' },
    ...{ secretName: 'giteaToken', tokenVariables: ['GITEA_TOKEN'], ownServerTokenVariables: [], gitUser: 'git' },
    ...{ programs: (host) => [['tea', 'token', host]], tokenFollowsRemote: true, publicHosts: ['gitea.com'] },
    addressVariables: ['GITEA_SERVER_URL'],
    namingVariables: { 'codeHost.baseUrl': 'GITEA_SERVER_URL', 'codeHost.project': 'GITEA_PROJECT' },
    ...{
      ambientAddress: null,
      apiPath: 'api/v1',
      addressOf: ({ host, origin }) => ({ host, baseUrl: origin, web: origin }),
      hasSubPath: true,
    },
    ...{
      headerPrefix: 'x-gitea-',
      projectPattern: /^[\w.-]+\/[\w.-]+$/,
      projectExample: 'owner/name',
      pages: { file: '/src/', commit: '/commit/', plain: '' },
    },
  };
  const WITHOUT: HostAbout = { ...GITEA, tokenVariables: [], programs: () => [] };

  /** Every token that there is, of every other kind, in every place that may hold one; and every way to name the host. */
  const everywhere = (host: string): Partial<TokenQuestion> => ({
    host,
    ownHosts: [host],
    namedHosts: [host],
    secrets: { githubToken: 'gh', gitlabToken: 'gl', smtpPassword: 'smtp', anthropicKey: 'key' },
    env: Object.fromEntries(
      [GITHUB, GITLAB].flatMap(({ tokenVariables, ownServerTokenVariables, addressVariables, namingVariables }) => [
        ...[...tokenVariables, ...ownServerTokenVariables].map((variable) => [variable, `from-${variable}`]),
        ...[...addressVariables, ...Object.values(namingVariables)].map((variable) => [variable, `https://${host}`]),
      ]),
    ),
  });
  const everyProgram = (): void => {
    for (const name of ['gh', 'glab']) program(name, `echo from-${name}`);
  };
  const HOSTS_OF_IT = ['gitea.com', 'git.acme.com', 'git.acme.com:3000', '127.0.0.1:3000', 'github.com', 'gitlab.com'];

  test.each(HOSTS_OF_IT)('%s: its record names no token, so it gets none', async (host) => {
    everyProgram();
    program('git-credential-test', 'echo username=me; echo password=from-helper');
    writeFileSync(join(root, '.gitconfig'), '[credential]\n\thelper = test\n');
    const question = { about: WITHOUT, ...everywhere(host) };
    expect(await ask({ ...question, secrets: { ...question.secrets, giteaToken: 'own' } })).toBeNull();
    expect(mayReceive({ host, ownHosts: [host], namedHosts: [host], env: question.env ?? {}, about: WITHOUT })).toBe(false);
    expect(read('log')).toBe('');
  });

  test.each(HOSTS_OF_IT)('%s: no token of another kind goes to it, nor is another kind’s program asked', async (host) => {
    everyProgram();
    expect(await ask({ about: GITEA, ...everywhere(host) })).toBeNull();
    expect(read('log')).toBe('');
  });

  test('its own token goes to it, by an entry of its record', async () => {
    expect(await ask({ about: GITEA, host: 'gitea.com', secrets: { githubToken: 'gh', giteaToken: 'own' } })).toMatchObject({
      token: 'own',
    });
    program('tea', 'echo from-tea');
    expect(await ask({ about: GITEA, host: 'git.acme.com' })).toMatchObject({ token: 'from-tea' });
  });

  test('its own token goes to no server that only the repository names, and no further along', async () => {
    const secrets = { giteaToken: 'own' };
    expect(await ask({ about: GITEA, host: 'git.evil.example', ownHosts: ['gitea.com'], secrets })).toBeNull();
    const question = { about: GITEA, host: 'gitea.com', ownHosts: [], env: {}, secrets };
    expect(mayGoAlong(question, { token: 'own', origin: '' }, 'git.evil.example')).toBe(false);
    expect(mayGoAlong(question, { token: 'own', origin: '' }, 'github.com')).toBe(false);
  });
});
