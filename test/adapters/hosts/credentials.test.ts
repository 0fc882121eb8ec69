// Where a token comes from, with real little programs in the place of gh, glab and a credential helper.
// Each program writes down how it was called and what it could see.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findToken, type TokenQuestion } from '../../../src/adapters/hosts/credentials.ts';
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
  return findToken({ kind: 'github', host: 'github.com', configured: null, ownHosts: [], ...question, env }, createProcesses());
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
  ['gitlab.com', { kind: 'gitlab', host: 'gitlab.com' }, 'configured token'],
  ['the GitLab of the remote', { kind: 'gitlab', host: 'gitlab.acme.com', ownHosts: ['gitlab.acme.com'] }, 'configured token'],
  ['a GitLab only the repository names', { kind: 'gitlab', host: 'gitlab.evil.example', ownHosts: ['gitlab.acme.com'] }, null],
];
test.each(configured)('a configured token for %s', async (_name, question, origin) => {
  expect((await ask({ configured: 'secret', ...question }))?.origin ?? null).toBe(origin);
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
  expect(await ask({ kind: 'gitlab', host: 'gitlab.com' })).toEqual({ token: 'glpat-stored', origin: 'glab config get' });
  expect(read('log')).toBe('glab auth token --hostname gitlab.com\nglab config get token --host gitlab.com\n');
});

test('a program that hangs costs three seconds, no more', async () => {
  program('gh', 'sleep 60');
  const before = performance.now();
  expect(await ask({})).toBeNull();
  expect(performance.now() - before).toBeLessThan(9_000);
}, 20_000);

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
