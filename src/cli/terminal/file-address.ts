// Addresses of files on this machine, for links in a terminal. What a log names is a stranger's word: only files of the checkout and
// of the state directory are linked, for a click opens them with whatever this machine has for their kind.
import { realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @param roots directories whose files may be linked; relative names are of the first
 * @returns the address of a regular file in one of them, `undefined` for anything else
 */
export function createFileAddresses(roots: readonly string[]): (file: string) => string | undefined {
  const real = roots.flatMap((root) => realOf(root) ?? []);
  const [first] = real;
  return (file) => {
    if (first === undefined || file === '') return undefined;
    const found = realOf(resolve(first, file));
    if (found === undefined || !real.some((root) => found.startsWith(`${root}${sep}`)) || !statSync(found).isFile()) return undefined;
    const url = pathToFileURL(found);
    // A terminal that shows another machine must not open a file of its own.
    if (process.platform !== 'win32') url.hostname = hostname();
    return url.href;
  };
}

function realOf(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
