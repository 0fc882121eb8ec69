// A store filled from a repository on this disk: its objects are copied, its branch is what is checked out there, as it is
// committed. "Push" writes a branch of our own store; nothing is written in the user's.
import { join } from 'node:path';
import { defined } from '../../../core/defined.ts';
import { fail } from '../../../errors.ts';
import { copyObjects } from '../objects/copy.ts';
import { branchCommit, findRepository } from '../users-checkout.ts';
import { commitText } from '../wire/commit-transfer.ts';
import type { Origin } from './origin.ts';

export function localOrigin(local: { readonly path: string; readonly baseBranch?: string }): Origin {
  return {
    shown: local.path,
    fill: async (store) => {
      const base = await localBase(local);
      const objects = store.objects();
      const problem = await copyObjects(join(base.commonDir, 'objects'), join(objects.dir, 'objects'));
      if (problem !== undefined) throw fail('repository-unsupported', { remote: local.path, detail: problem });
      // The branch keeps the base and its history alive for whoever fetches from the store.
      await objects.setRef(`refs/heads/${base.branch}`, base.commit);
      return { commit: base.commit, branch: base.branch, remote: local.path };
    },
    push: async (objects, branch, commit, _signal, replaces) => {
      const present = await objects.ref(`refs/heads/${branch}`);
      if (present === commit) return 'exists';
      if (present !== undefined && present !== replaces) throw fail('branch-taken', { branch });
      await objects.setRef(`refs/heads/${branch}`, commit);
      return 'created';
    },
    room: async (objects, branch) => {
      const oid = await objects.ref(`refs/heads/${branch}`);
      return oid === undefined ? undefined : { oid };
    },
    tip: async (objects, branch) => {
      const oid = await objects.ref(`refs/heads/${branch}`);
      if (oid === undefined) return undefined;
      const commit = commitText((await objects.read(oid)).bytes.toString('utf8'));
      return { oid, ...defined({ commit }) };
    },
  };
}

async function localBase(local: {
  readonly path: string;
  readonly baseBranch?: string;
}): Promise<{ branch: string; commit: string; commonDir: string }> {
  const found = findRepository(local.path, { bare: true });
  if (found === undefined) throw fail('no-repository', { path: local.path });
  if (found.unsupported !== undefined) throw fail('repository-unsupported', { remote: local.path, detail: `it uses ${found.unsupported}` });
  if (local.baseBranch !== undefined) {
    const commit = branchCommit(found, local.baseBranch);
    if (commit === undefined) throw fail('branch-not-found', { remote: local.path, branch: local.baseBranch });
    return { branch: local.baseBranch, commit, commonDir: found.commonDir };
  }
  if (found.head === undefined) throw fail('repository-empty', { remote: local.path });
  return { branch: found.branch ?? 'HEAD', commit: found.head, commonDir: found.commonDir };
}
