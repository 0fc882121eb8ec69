// A user's checkout must be byte-identical after everything ai-ops does: content, mode and time of change of every file,
// `.git` with its index, refs and configuration included. Every program of a test world is held to that.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every file and directory below `dir`, `.git` included: mode, time of change and content. */
export function picture(dir: string): Readonly<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const path of ['.', ...readdirSync(dir, { recursive: true, encoding: 'utf8' })].sort()) {
    const stat = lstatSync(join(dir, path), { bigint: true });
    const content = stat.isFile() ? hash(readFileSync(join(dir, path))) : stat.isSymbolicLink() ? readlinkSync(join(dir, path)) : '';
    seen[path] = `${stat.mode.toString(8)} ${stat.mtimeNs} ${content}`;
  }
  return seen;
}

export interface CheckoutGuard {
  /** To be called before a program starts. @returns what to call when it has ended */
  begin(): () => void;
  /** @throws Error that names what was changed */
  check(): void;
}

/** @param isOurs paths that the tests and the service themselves write while a program runs */
export function guardCheckout(dir: string, isOurs: (path: string) => boolean): CheckoutGuard {
  const changed = new Set<string>();
  const kept = (): Map<string, string> =>
    new Map(Object.entries(existsSync(dir) ? picture(dir) : {}).filter(([path]) => path !== '.' && !isOurs(path)));
  return {
    begin: () => {
      const before = kept();
      return () => {
        const after = kept();
        for (const path of new Set([...before.keys(), ...after.keys()])) if (before.get(path) !== after.get(path)) changed.add(path);
      };
    },
    check: () => {
      if (changed.size > 0) throw new Error(`the checkout of the user was changed: ${[...changed].join(', ')}`);
    },
  };
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
