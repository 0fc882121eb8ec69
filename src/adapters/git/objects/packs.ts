// All packs of one store: which objects they hold, and their bytes. Packs are immutable, so what was opened stays good;
// new ones are noticed when they are asked for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPackFile, type PackFile, type RawObject } from './pack-file.ts';
import { type PackIndex, parseIndex } from './pack-index.ts';

export interface Packs {
  has(oid: string): boolean;
  /** @throws Error when a pack or an index is damaged */
  read(oid: string): RawObject | undefined;
  /** Looks for new packs. @returns whether there are any */
  refresh(): boolean;
  close(): void;
}

interface Pack {
  readonly index: PackIndex;
  readonly file: PackFile;
}

/** @param dir `objects/pack` of a bare repository; need not be there yet */
export function openPacks(dir: string): Packs {
  const open = new Map<string, Pack>();
  const look = (): boolean => {
    const before = open.size;
    for (const name of indexNames(dir)) if (!open.has(name)) open.set(name, openPack(join(dir, name)));
    return open.size > before;
  };
  let isRead = false;
  const all = (): Iterable<Pack> => {
    if (!isRead) look();
    isRead = true;
    return open.values();
  };
  const place = (oid: string): { pack: Pack; offset: number } | undefined => {
    for (const pack of all()) {
      const offset = pack.index.offsetOf(oid);
      if (offset !== undefined) return { pack, offset };
    }
    return undefined;
  };
  return {
    has: (oid) => place(oid) !== undefined,
    read: (oid) => {
      const found = place(oid);
      return found?.pack.file.read(found.offset, found.pack.index.offsetOf);
    },
    refresh: () => {
      isRead = true;
      return look();
    },
    close: () => {
      for (const { file } of open.values()) file.close();
      open.clear();
      isRead = false;
    },
  };
}

function indexNames(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => /^pack-[0-9a-f]+\.idx$/.test(name));
  } catch {
    // Not made yet, or taken away: there are no packs.
    return [];
  }
}

/** A pack that was cut short no longer ends as its index says. */
function openPack(indexFile: string): Pack {
  const index = parseIndex(readFileSync(indexFile));
  const file = openPackFile(indexFile.replace(/idx$/, 'pack'));
  if (file.count === index.count && file.trailer.equals(index.pack)) return { index, file };
  file.close();
  throw new Error('a pack and its index do not belong together');
}
