// The local host: its files, and that the commands it prints really take the fix over.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalHost, takeOver } from '../../../../src/adapters/hosts/local/host.ts';
import { BRANCH, draftOf } from '../../../contracts/code-host.ts';
import { createTestRepository, type TestRepository } from '../repository.ts';

const never = new AbortController().signal;
let repository: TestRepository;
let root: string;
beforeEach(() => {
  repository = createTestRepository();
  root = mkdtempSync(join(tmpdir(), "ai-ops it's local "));
});
afterEach(() => {
  repository.remove();
  rmSync(root, { recursive: true, force: true });
});

const draft = () => draftOf({ commit: repository.commit, patch: `${repository.git('format-patch', '--stdout', `main..${BRANCH}`)}\n` });
const dir = () => join(root, 'requests');

test('writes a Markdown file and the patch, readable by the owner only', async () => {
  const { request } = await createLocalHost({ dir: dir(), storePath: repository.dir, isTakenOver: async () => false }).ensureRequest(
    draft(),
    never,
  );
  const { fetch, apply } = takeOver(draft(), repository.dir, join(dir(), 'fix-1234567890ab.patch'));
  expect(request).toEqual({ url: join(dir(), 'fix-1234567890ab.md'), number: null, state: 'local', takeOver: [fetch, apply] });
  expect(readdirSync(dir()).sort()).toEqual(['fix-1234567890ab.md', 'fix-1234567890ab.patch']);
  for (const name of readdirSync(dir())) expect(statSync(join(dir(), name)).mode & 0o777).toBe(0o600);
  const { title, body } = draft();
  const markdown = readFileSync(request.url, 'utf8');
  for (const part of [`# ${title}`, body, ...Object.values(takeOver(draft(), repository.dir, join(dir(), 'fix-1234567890ab.patch')))])
    expect(markdown).toContain(part);
});

test.each([0, 1])('block %s of its commands takes the fix over in a clone', async (block) => {
  const { request } = await createLocalHost({ dir: dir(), storePath: repository.dir, isTakenOver: async () => false }).ensureRequest(
    draft(),
    never,
  );
  const commands = [...readFileSync(request.url, 'utf8').matchAll(/```sh\n([^`]+)```/g)].map((match) => match[1] ?? '');
  const clone = join(root, 'clone');
  execFileSync('git', ['clone', '--quiet', repository.dir, clone]);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.invalid' };
  execFileSync('sh', ['-ec', commands[block] ?? 'false'], { cwd: clone, env, stdio: 'pipe' });
  expect(readFileSync(join(clone, 'app.js'), 'utf8')).toBe('two\n');
});

test('a new text replaces the old one', async () => {
  const host = createLocalHost({ dir: dir(), storePath: repository.dir, isTakenOver: async () => false });
  await host.ensureRequest(draft(), never);
  const { created, request } = await host.ensureRequest({ ...draft(), title: 'another title' }, never);
  expect([created, readFileSync(request.url, 'utf8').split('\n')[0]]).toEqual([false, '# another title']);
  expect(readdirSync(dir())).toHaveLength(2);
});

test.each(['../../etc/passwd', 'ai-ops/..', 'ai-ops/a b;c', 'ai-ops/-rf'])(
  'the branch %s names a file in the directory',
  async (branch) => {
    const outcome = await createLocalHost({ dir: dir(), storePath: root, isTakenOver: async () => false })
      .ensureRequest(draftOf({ branch }), never)
      .then(
        ({ request }) => request.url,
        ({ code }: { code: string }) => code,
      );
    if (branch.endsWith('..')) expect(outcome).toBe('bug');
    else expect(outcome).toMatch(/requests\/[\w.-]+\.md$/);
  },
);

test('a directory that cannot be made', async () => {
  writeFileSync(join(root, 'file'), '');
  chmodSync(join(root, 'file'), 0o600);
  const host = createLocalHost({ dir: join(root, 'file', 'requests'), storePath: root, isTakenOver: async () => false });
  await expect(host.ensureRequest(draft(), never)).rejects.toMatchObject({ code: 'state-unwritable' });
  expect(await host.check(never)).toEqual([expect.objectContaining({ status: 'failed', hint: expect.any(String) })]);
});
