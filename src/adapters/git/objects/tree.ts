// Raw git trees: `<mode> <name>\0<20 bytes>` per entry. Names stay bytes, so that entries nobody touched are
// written back exactly as they were; isomorphic-git's own tree code corrupts names that are not UTF-8.

import type { FileMode } from '../../../core/model.ts';

/** One entry of one tree. `name` holds one character per byte (latin1), whatever the encoding of the name is. */
export interface Entry {
  /** As written in the tree, without padding: `40000`, `100644`, `100664`, … */
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

export const TREE_MODE = '40000';

/** @throws Error when the bytes are not a tree */
export function parseTree(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    const nul = bytes.indexOf(0x00, space);
    if (space < 0 || nul < 0 || nul + 21 > bytes.length) throw new Error('malformed tree');
    entries.push({
      mode: bytes.toString('latin1', at, space),
      name: bytes.toString('latin1', space + 1, nul),
      oid: bytes.toString('hex', nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return entries;
}

/** The bytes of a tree, entries in git's order: as if the names of directories ended with `/`. */
export function formatTree(entries: readonly Entry[]): Buffer {
  const sorted = [...entries].sort((a, b) => {
    const left = sortName(a);
    const right = sortName(b);
    return left < right ? -1 : left > right ? 1 : 0;
  });
  return Buffer.concat(
    sorted.map((entry) => Buffer.concat([Buffer.from(`${entry.mode} ${entry.name}\0`, 'latin1'), Buffer.from(entry.oid, 'hex')])),
  );
}

export function isTree(entry: Entry): boolean {
  return entry.mode === TREE_MODE || entry.mode === '040000';
}

/** Old tools wrote 100664 and 100640: to everybody else they are plain files. */
export function fileMode(mode: string): FileMode {
  if (mode === '120000' || mode === '160000' || mode === '100755') return mode;
  return '100644';
}

/** Path or name bytes as latin1 from text. */
export function toBytes(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Text of a name or path held as latin1 bytes, or `undefined` where the bytes are not UTF-8. */
export function toText(bytes: string): string | undefined {
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return toBytes(text) === bytes ? text : undefined;
}

function sortName(entry: Entry): string {
  return isTree(entry) ? `${entry.name}/` : entry.name;
}
