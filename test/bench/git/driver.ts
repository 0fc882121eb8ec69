// ai-ops' side of the git benchmark, a process of its own: does what a code_blocks repair does with the repository, in the
// two halves that the parent asks for, and says what memory it took. Bundled by the benchmark, as the product is.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRepository } from '../../../src/adapters/git/repository.ts';
import { createWorkspaces } from '../../../src/adapters/git/worktree/workspaces.ts';
import type { FileChange } from '../../../src/core/model.ts';

const [url, storeDir, ...paths] = process.argv.slice(2) as [string, string, ...string[]];
const signal = new AbortController().signal;
const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
const repository = await createRepository({
  source: { kind: 'remote', url, token: 'token', username: 'x-access-token' },
  storeDir,
  author: { name: 'ai-ops', email: 'ai-ops@localhost' },
  clock: () => new Date(0),
});
const workspaces = createWorkspaces({ repository, dir: `${storeDir}-trees` });
let commit = '';

process.on('message', async (order: { readonly do: 'commit' | 'push' | 'open' | 'end'; readonly branch: string }) => {
  if (order.do === 'commit') commit = await prepare(order.branch);
  if (order.do === 'push') await repository.push(order.branch, commit, signal);
  if (order.do === 'open') await (await workspaces.open(await repository.sync(signal))).release();
  if (order.do === 'end') process.disconnect();
  else process.send?.({ rss: process.resourceUsage().maxRSS * 1024, blockedMs: delays.max / 1e6 });
});
process.send?.('ready');

async function prepare(branch: string): Promise<string> {
  const base = await repository.sync(signal);
  await repository.list(base.commit);
  const read = await Promise.all(paths.map(async (path) => ({ path, file: await repository.read(base.commit, path) })));
  const files = read.map(({ path, file }): FileChange => {
    if (file === undefined) throw new Error(`no ${path}`);
    return { path, mode: file.mode, after: Buffer.concat([file.bytes, Buffer.from(`mended by ${branch}\n`)]) };
  });
  return repository.commit({ base: base.commit, files }, 'mend');
}
