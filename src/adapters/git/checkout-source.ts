// The application's source as the commit of the user's checkout has it: which files there are, and what one says.
// Reads objects only, within the bounds of `checkoutObjects`; what cannot be read is absent, never an error.
import type { SourceTree } from '../../ports.ts';
import { checkoutObjects } from './checkout-objects.ts';
import type { Objects } from './objects/objects.ts';
import { listFiles, readCommit, type TreeFile } from './objects/snapshot.ts';
import { toText } from './objects/tree.ts';
import { findRepository } from './users-checkout.ts';

/** A file beyond this is no source that a line of is read from. */
const MAX_BYTES = 2 ** 20;
/** The checkout may move on: it is looked for again after this time. */
const KEPT_SECONDS = 60;

interface Tree {
  readonly objects: Objects;
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly paths: readonly string[];
}

/** @param dir a directory of the checkout; without a repository there everything is absent */
export function createCheckoutSource(dir: string): SourceTree {
  let opened: { readonly at: number; readonly tree: Promise<Tree | undefined> } | undefined;
  const tree = (): Promise<Tree | undefined> => {
    if (opened === undefined || process.uptime() - opened.at > KEPT_SECONDS) {
      opened = { at: process.uptime(), tree: openTree(dir).catch(() => undefined) };
    }
    return opened.tree;
  };
  return {
    list: async () => (await tree())?.paths ?? [],
    read: async (path) => {
      const found = await tree();
      const file = found?.files.get(path);
      if (found === undefined || file === undefined) return undefined;
      const bytes = await found.objects.read(file.oid).then(
        (object) => object.bytes,
        () => undefined,
      );
      return bytes === undefined || bytes.length > MAX_BYTES ? undefined : bytes.toString('utf8');
    },
  };
}

async function openTree(dir: string): Promise<Tree | undefined> {
  const found = findRepository(dir);
  if (found?.head === undefined) return undefined;
  const [objects] = (await checkoutObjects(found)) as readonly Objects[];
  if (objects === undefined) return undefined;
  const { tree } = await readCommit(objects, found.head);
  const files = new Map((await listFiles(objects, tree)).flatMap((file) => namedBy(file)));
  return { objects, files, paths: [...files.keys()] };
}

/** A name that is no UTF-8 cannot stand in a frame. */
function namedBy(file: TreeFile): readonly (readonly [string, TreeFile])[] {
  const path = toText(file.path);
  return path === undefined ? [] : [[path, file]];
}
