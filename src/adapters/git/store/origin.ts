// Where a store is filled from: a remote over https (`remote-origin.ts`), or a repository on this disk (`local-origin.ts`).
// Both give the base commit of a repair and say what "push" means for them.
import type { Base } from '../../../ports.ts';
import type { Objects } from '../objects/objects.ts';
import type { CommitText } from '../wire/commit-transfer.ts';

/** The store that is being filled. */
export interface Filling {
  objects(): Objects;
  /** Empties it. */
  recreate(): Promise<void>;
  /** Forgets what is open of it: its packs have been replaced. */
  reopen(): void;
}

export interface Origin {
  /** Address or path without credentials. */
  readonly shown: string;
  /** The address to note in the store's own configuration. */
  readonly fetchUrl?: string;
  /** Brings the base commit into the store, with its trees; contents of files only where they cannot come later. */
  fill(store: Filling, signal: AbortSignal): Promise<Base>;
  /** Brings one commit of another time, if it can be had by its id. Absent where nothing can be asked for. */
  readonly bringCommit?: (store: Filling, commit: string, signal: AbortSignal) => Promise<void>;
  /** Brings the past of the base commit, without contents, as far as a bound. Absent where `fill` brings all there is. */
  readonly deepen?: (store: Filling, commit: string, signal: AbortSignal) => Promise<void>;
  /** Brings contents that `fill` left out; when they are many, all of the commit they are of. */
  readonly bringBlobs?: (store: Filling, oids: readonly string[], signal: AbortSignal, commit?: string) => Promise<void>;
  /** Creates the branch if it is absent, or holds `replaces`. */
  push(objects: Objects, branch: string, commit: string, signal: AbortSignal, replaces?: string): Promise<'created' | 'exists'>;
  /** Looks whether the branch can be made, by its name alone. @returns what is at its tip already, if anything */
  room(objects: Objects, branch: string, signal: AbortSignal): Promise<{ readonly oid: string } | undefined>;
  /** The commit at the tip of a branch, and what it says; without the latter where that cannot be had. */
  tip(objects: Objects, branch: string, signal: AbortSignal): Promise<{ readonly oid: string; readonly commit?: CommitText } | undefined>;
}
