// Commits signed with keys of ssh: git itself verifies them, and what was changed afterwards it does not.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository } from '../../../src/adapters/git/repository.ts';
import { createSigner } from '../../../src/adapters/git/sign.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { git, makeRepository } from '../../support/git-program.ts';

const AUTHOR = { name: 'Robot', email: 'robot@example.org' };
const signal = new AbortController().signal;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-sign-'));
  await makeRepository(join(root, 'repo'), { 'app.js': 'one\n' });
});
afterAll(() => rm(root, { recursive: true }));

const env = { HOME: '/nonexistent', PATH: process.env.PATH ?? '' };
const signer = (key: string) => createSigner(key, env, createProcesses());

function newKey(kind: string, ...more: readonly string[]): string {
  const file = join(root, `key-${kind}-${more.length}`);
  execFileSync('ssh-keygen', ['-q', '-t', kind, '-f', file, '-C', 'robot', ...(more.length > 0 ? more : ['-N', ''])]);
  return file;
}

test.each(['ed25519', 'ecdsa', 'rsa'])('git verifies what a key of kind %s has signed', async (kind) => {
  const key = newKey(kind);
  const repository = await createRepository({
    ...{ source: { kind: 'local', path: join(root, 'repo') }, storeDir: join(root, `store-${kind}`), clock: () => new Date(0) },
    author: AUTHOR,
    sign: signer(key),
  });
  const { commit: base } = await repository.sync(signal);
  const files = [{ path: 'app.js', mode: '100644', before: Buffer.from('one\n'), after: Buffer.from('two\n') }] as const;
  const commit = await repository.commit({ base, files }, 'fix: handle it\n\nwith ünïcode and 中文\n', new Date('2026-01-02T03:04:05Z'));
  const allowed = join(root, 'allowed');
  await writeFile(allowed, `robot@example.org ${await readFile(`${key}.pub`, 'utf8')}`);
  const store = repository.storePath;
  const verify = (id: string): Promise<string> =>
    git(store, '-c', `gpg.ssh.allowedSignersFile=${allowed}`, '-c', 'gpg.format=ssh', 'verify-commit', id);
  await verify(commit);
  await expect(git(store, 'fsck', '--strict')).resolves.toBeDefined();
  const bytes = await git(store, 'cat-file', 'commit', commit);
  const forged = execFileSync('git', ['hash-object', '-w', '-t', 'commit', '--stdin'], {
    cwd: store,
    input: `${bytes.replace('handle it', 'handle not')}\n`,
    encoding: 'utf8',
  });
  await expect(verify(forged.trim())).rejects.toThrow();
});

test.each([
  ['a key that is not there', () => join(root, 'none')],
  ['a key with a passphrase', () => newKey('ed25519', '-N', 'a word of a test')],
  ['a file that is none', () => join(root, 'repo', 'app.js')],
])('%s: said, with what to do', async (_name, keyOf) => {
  const key = keyOf();
  await expect(signer(key)(Buffer.from('x'))).rejects.toMatchObject({ code: 'sign-failed', message: expect.stringContaining(key) });
});
