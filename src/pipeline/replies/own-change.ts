// What a request of ours changes, as git has it, and the same on another base.

import { type Rebuilt, rebuilt } from '../../core/answer/rebuild.ts';
import { defined } from '../../core/defined.ts';
import type { FileChange } from '../../core/model.ts';
import type { PatchWriter, Repository } from '../../ports.ts';

type Reading = Pick<Repository, 'about' | 'changed' | 'read'>;

/** Commits of ours on one branch. */
const MOST_COMMITS = 20;

/** The base commit that the branch of a request was made on last, below all commits of ours. */
export async function forkOf(repository: Pick<Repository, 'about'>, head: string): Promise<string> {
  let commit = head;
  for (let count = 0; count < MOST_COMMITS; count += 1) {
    const { parents, message } = await repository.about(commit);
    const below = parents.at(-1);
    if (below === undefined || !/^Ai-Ops-Fingerprint: /m.test(message)) return commit;
    if (parents.length > 1) return below;
    commit = below;
  }
  return commit;
}

/** One file of a request on a new base. */
export interface Carried {
  readonly path: string;
  readonly outcome: Rebuilt;
  /** The base has another file there now than when the request was made. */
  readonly isTouched: boolean;
}

/** Every file that a request changes, on the new base. */
export async function carriedOnto(
  repository: Reading,
  patches: Pick<PatchWriter, 'diff'>,
  { head, fork, onto }: { readonly head: string; readonly fork: string; readonly onto: string },
): Promise<readonly Carried[]> {
  const carried: Carried[] = [];
  for (const path of await repository.changed(fork, head)) {
    const [before, after, now] = [await repository.read(fork, path), await repository.read(head, path), await repository.read(onto, path)];
    const change: FileChange = {
      ...{ path, mode: after?.mode ?? before?.mode ?? '100644' },
      ...defined({ before: before?.bytes, oldMode: before?.mode, after: after?.bytes }),
    };
    const isTouched = !(before === undefined || now === undefined ? before === now : before.bytes.equals(now.bytes));
    const outcome = rebuilt(change, patches.diff({ base: fork, files: [change] }), now?.bytes);
    carried.push({ path, outcome, isTouched });
  }
  return carried;
}
