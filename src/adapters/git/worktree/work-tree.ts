// One work tree in use, and what a setup has installed in it.

import type { IgnoreRules } from '../objects/ignore-rules.ts';
import type { TreeFile } from '../objects/snapshot.ts';
import type { StoredRepository } from '../repository.ts';
import { forgetSetup, isAsLeft, type KeptSetup, recordSetup } from './kept-setup.ts';
import { differences, type Manifest } from './manifest.ts';
import type { TreeHome } from './tree-pool.ts';

export interface WorkTree extends TreeHome {
  readonly repository: StoredRepository;
  readonly base: string;
  readonly rules: IgnoreRules;
  readonly manifest: Manifest;
  /** Time of the file system when the manifest was last brought up to date. */
  settledMs: number;
  /** What a setup has left here, in this repair or before it. */
  setup?: KeptSetup | undefined;
  isReleased?: true;
}

/** Where packages are installed, also where no `.gitignore` says so; latin1 bytes. */
const INSTALLED = /(^|\/)(node_modules|\.venv|vendor|\.bundle|target)$/;

/** Whether the setup of that key is there as it was left; otherwise it is not held here any more. */
export async function isSetupOf(tree: WorkTree, key: string | null): Promise<boolean> {
  if (tree.setup?.key === key && (await isAsLeft(tree.dir, tree.setup))) return true;
  await dropSetup(tree);
  return false;
}

export async function dropSetup(tree: WorkTree): Promise<void> {
  tree.setup = undefined;
  await forgetSetup(tree.home);
}

/** A setup that has changed what the base commit has, or left what git would show, cannot be told from a change. */
export async function keepSetup(tree: WorkTree, key: string): Promise<boolean> {
  const tracked = trackedDirectories(tree.manifest);
  const roots: string[] = [];
  const isRoot = (path: string): boolean => {
    const is = !tracked.has(path) && (tree.rules.ignores(path, true) || INSTALLED.test(path));
    if (is) roots.push(path);
    return is;
  };
  for (const { path, tracked: known } of await differences(tree.dir, tree.manifest, tree.settledMs, isRoot)) {
    if (known !== undefined || !tree.rules.ignores(path, false)) return false;
    roots.push(path);
  }
  tree.setup = await recordSetup(tree.home, tree.dir, key, roots);
  return true;
}

export function trackedDirectories(manifest: Manifest, more: readonly TreeFile[] = []): Set<string> {
  const found = new Set<string>();
  for (const path of [...manifest.keys(), ...more.map((file) => file.path)]) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) found.add(path.slice(0, at));
  }
  return found;
}
