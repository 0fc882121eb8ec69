// The Repository and Workspaces contract on the fake and on the real adapter, filled from a server and from a checkout.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type RepositorySource } from '../../../src/adapters/git/repository.ts';
import { createWorkspaces } from '../../../src/adapters/git/worktree/workspaces.ts';
import { CONTRACT_FILES, repositoryContract, type Subject } from '../../contracts/repository.ts';
import { createFakeRepository } from '../../fakes/repository.ts';
import { makeRepository } from '../../support/git-program.ts';
import { type GitServer, startGitServer } from '../../support/git-server.ts';

let root = '';
const SPEAKS = ['filters', 'protocol 2', 'protocol 1'] as const;
const servers = new Map<string, GitServer>();
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-contract-'));
  for (const speaks of SPEAKS) {
    servers.set(speaks, await startGitServer({ root: join(root, speaks), users: [{ token: 'token', access: 'write' }], speaks }));
  }
  await makeRepository(join(root, 'work'), CONTRACT_FILES);
});

afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.close()));
  await rm(root, { recursive: true, force: true });
});

async function real(source: RepositorySource): Promise<Subject> {
  count += 1;
  const state = join(root, `state${count}`);
  const author = { name: 'ai-ops', email: 'ai-ops@localhost' };
  const repository = await createRepository({ source, storeDir: join(state, 'repos'), author, clock: () => new Date(0) });
  return { repository, workspaces: createWorkspaces({ repository, dir: join(state, 'workspaces') }) };
}

repositoryContract('fake', async () => createFakeRepository(CONTRACT_FILES));

for (const speaks of SPEAKS) {
  repositoryContract(`remote, ${speaks}`, async () => {
    const server = servers.get(speaks) as GitServer;
    return real({ kind: 'remote', url: await server.create(`app${count}`, join(root, 'work')), token: 'token', username: 'oauth2' });
  });
}

repositoryContract('local', async () => real({ kind: 'local', path: join(root, 'work') }));
