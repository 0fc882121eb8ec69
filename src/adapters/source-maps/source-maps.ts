// Source maps: from a position in compiled JavaScript to the line it was made from. The one door to `@jridgewell/trace-mapping`.
// A log names files of this machine here, and logs are written by strangers: of what they name only a map is read, only a
// regular file of bounded size, and nothing of it is told but names and lines.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { SourceMap, SourceMaps } from '../../ports.ts';

/** Larger maps take seconds to read; bundles of that size are rare on servers. */
const MAX_MAP_BYTES = 32 * 2 ** 20;
/** The comment that names the map is the last line. */
const TAIL_BYTES = 4096;

export function createSourceMaps(maxMapBytes = MAX_MAP_BYTES): SourceMaps {
  return {
    open: (text, address) => (Buffer.byteLength(text) > maxMapBytes ? undefined : opened(text, address)),
    beside: (file) => besideFile(file, maxMapBytes),
  };
}

function opened(text: string, address: string): SourceMap | undefined {
  let map: TraceMap;
  try {
    map = new AnyMap(text, address);
  } catch {
    // Not JSON, or no map: as if there were none.
    return undefined;
  }
  return {
    original: (line, column) => {
      if (line < 1 || column < 1) return undefined;
      const found = originalPositionFor(map, { line, column: column - 1 });
      return found.source === null ? undefined : { source: found.source, line: found.line, column: found.column + 1 };
    },
  };
}

/** `main.js.map` beside `main.js`, else the file beside it that its last line names. */
async function besideFile(file: string, maxBytes: number): Promise<{ text: string; address: string } | undefined> {
  // Two slashes or backslashes at the front are a name on the network: opening it would log in there.
  if (!/\.[cm]?jsx?$/.test(file) || !isAbsolute(file) || /^[\\/]{2}/.test(file) || file.includes('\0')) return undefined;
  const plain = await readRegular(`${file}.map`, maxBytes);
  if (plain !== undefined) return { text: plain, address: `${file}.map` };
  const named = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec((await readRegular(file, maxBytes, TAIL_BYTES)) ?? '')?.[1];
  if (named === undefined || named !== basename(named) || named.includes('\\')) return undefined;
  const address = join(dirname(file), named);
  const text = address === file ? undefined : await readRegular(address, maxBytes);
  return text === undefined ? undefined : { text, address };
}

/** The text of a regular file, or its last bytes; `undefined` where it is none, is too large or may not be read. */
async function readRegular(path: string, maxBytes: number, tail?: number): Promise<string | undefined> {
  // Without waiting: a named pipe would keep us for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > maxBytes) return undefined;
    if (tail === undefined) return await file.readFile('utf8');
    const bytes = Buffer.alloc(Math.min(tail, found.size));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, found.size - bytes.length);
    return bytes.toString('utf8', 0, bytesRead);
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
