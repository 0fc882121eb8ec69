// What a user's checkout has of its repository. Only reads.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Objects, openObjects } from './objects/objects.ts';
import type { FoundRepository } from './users-checkout.ts';

/** A pack is read whole: beyond this an answer would cost more memory than it is worth. */
const MAX_PACK_BYTES = 256 * 2 ** 20;

/** The objects of a user's repository, where they can be read at a bounded price. Nothing is written there. */
export async function checkoutObjects({ root, commonDir, unsupported }: FoundRepository): Promise<readonly Pick<Objects, 'read'>[]> {
  if (unsupported !== undefined) return [];
  const dir = join(commonDir, 'objects', 'pack');
  const names = await readdir(dir).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(dir, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0) > MAX_PACK_BYTES ? [] : [openObjects(commonDir, root)];
}
