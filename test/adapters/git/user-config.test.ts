// Addresses as git and ssh would speak to them: both programs, where they are, say the same of each row.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseRemote } from '../../../src/adapters/git/remote-address.ts';
import { findRepository } from '../../../src/adapters/git/users-checkout.ts';
import { git } from '../../support/git-program.ts';

const run = promisify(execFile);
let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'ai-ops-user-')));
});
afterEach(() => rm(root, { recursive: true }));

/** A home with these files, and a repository `shop` in it with that remote. */
async function shop(
  remote: string,
  files: Readonly<Record<string, string>>,
  own = '',
): Promise<{ dir: string; env: Record<string, string> }> {
  const dir = join(root, 'work', 'shop');
  await mkdir(dir, { recursive: true });
  await git(dir, 'init', '--quiet', '--initial-branch=main');
  await writeFile(join(dir, '.git', 'config'), `[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = ${remote}\n${own}`);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return { dir, env: { HOME: root, PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1' } };
}

const HUB = '[url "https://github.com/"]\n\tinsteadOf = gh:\n';

const REWRITTEN: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
  ['in ~/.gitconfig', 'gh:acme/app.git', { '.gitconfig': HUB }, ''],
  ['in the XDG file', 'gh:acme/app.git', { '.config/git/config': HUB }, ''],
  ['in the repository', 'gh:acme/app.git', {}, HUB],
  ['included', 'gh:acme/app.git', { '.gitconfig': '[include]\n\tpath = more/hub\n', 'more/hub': HUB }, ''],
  ['included from home', 'gh:acme/app.git', { '.gitconfig': '[include]\n\tpath = ~/hub\n', hub: HUB }, ''],
  ['included for a directory', 'gh:acme/app.git', { '.gitconfig': '[includeIf "gitdir:~/work/"]\n\tpath = hub\n', hub: HUB }, ''],
  ['not included for another', 'gh:acme/app.git', { '.gitconfig': '[includeIf "gitdir:~/home/"]\n\tpath = hub\n', hub: HUB }, ''],
  ['the longest prefix', 'gh:acme/app.git', { '.gitconfig': `${HUB}[url "https://git.acme.com/"]\n\tinsteadOf = gh:acme/\n` }, ''],
  ['one of several values', 'hub:acme/app.git', { '.gitconfig': `${HUB}\tinsteadOf = hub:\n` }, ''],
  ['an included circle', 'gh:acme/app.git', { '.gitconfig': `${HUB}[include]\n\tpath = ~/.gitconfig\n` }, ''],
];

test.each(REWRITTEN)('insteadOf %s', async (name, remote, files, own) => {
  const { dir, env } = await shop(remote, files, own);
  const found = await findRepository(dir, { env });
  // git itself gives up on a circle.
  const said = name.includes('circle')
    ? 'https://github.com/acme/app.git'
    : (await run('git', ['remote', 'get-url', 'origin'], { cwd: dir, env })).stdout.trim();
  expect(found?.remoteUrl).toBe(said);
});

const ALIASES: readonly (readonly [string, string, string, Readonly<Record<string, string>>])[] = [
  ['an alias', 'github.com', 'git@github-work:acme/app.git', { '.ssh/config': 'Host github-work\n  HostName github.com\n  User git\n' }],
  [
    'the first that is found',
    'github.com',
    'git@gh:acme/app.git',
    { '.ssh/config': 'Host gh\n HostName github.com\nHost *\n HostName other.example\n' },
  ],
  ['patterns', 'github.com', 'git@gh-3:acme/app.git', { '.ssh/config': 'Host gh-? !gh-1\n\tHostName=github.com\n' }],
  ['a negated pattern', 'gh-1', 'git@gh-1:acme/app.git', { '.ssh/config': 'Host gh-? !gh-1\n\tHostName=github.com\n' }],
  ['a quoted name, other case', 'github.com', 'ssh://git@GH/acme/app', { '.ssh/config': 'host "gh"\nhostname "GitHub.com"\n' }],
  [
    'an included file',
    'github.com',
    'git@gh:acme/app.git',
    { '.ssh/config': 'Include conf.d/*.conf\n', '.ssh/conf.d/a.conf': 'Host gh\nHostName github.com\n' },
  ],
  ['a token', 'gitlab.acme.com', 'git@gitlab:acme/app.git', { '.ssh/config': 'Host gitlab\n  HostName %h.acme.com\n' }],
  ['no alias', 'git.acme.com', 'git@git.acme.com:acme/app.git', { '.ssh/config': 'Host gh\n  HostName github.com\n' }],
];

test.each(ALIASES)('ssh: %s', async (_name, expected, remote, files) => {
  const { dir, env } = await shop(remote, files);
  const host = parseRemote((await findRepository(dir, { env }))?.remoteUrl ?? '')?.host;
  expect(host).toBe(expected);
  // ssh reads the home of the user database, not HOME: the file is named, its includes are made relative to it.
  const asked = parseRemote(remote)!.host;
  const config = join(root, '.ssh', 'config');
  if (!existsSync('/usr/bin/ssh')) return;
  if (files['.ssh/config']?.includes('Include'))
    await writeFile(config, files['.ssh/config'].replace('conf.d', join(root, '.ssh', 'conf.d')));
  const { stdout } = await run('ssh', ['-G', '-F', config, asked]);
  expect(/^hostname (.*)$/m.exec(stdout)?.[1]?.toLowerCase()).toBe(expected);
});

test('without origin it is the remote of the branch, and two others are none', async () => {
  const { dir, env } = await shop('x', {});
  const two = '[remote "fork"]\n\turl = https://github.com/me/app\n[remote "upstream"]\n\turl = https://github.com/acme/app\n';
  const at = async (text: string): Promise<string | undefined> => {
    await writeFile(join(dir, '.git', 'config'), text);
    return (await findRepository(dir, { env }))?.remoteUrl;
  };
  expect(await at(`${two}[branch "main"]\n\tremote = upstream\n`)).toBe('https://github.com/acme/app');
  expect(await at(two)).toBeUndefined();
});
