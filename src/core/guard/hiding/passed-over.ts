// Principle: what fails is to be mended, not to be passed over. A statement that was there and now has an answer to its failing
// beside it, is done later or once more, or is no longer held to the strictness of its language, fails as it did before.
import { JS, UNIX_SHELL } from '../file-names.ts';
import { patchOnly, quote } from '../policy.ts';
import type { InFile, Sides } from './sides.ts';

/** Shells: `cmd || return 0`, where `cmd` alone stood there. */
function answeredBeside({ path, gone, added }: Sides): string | undefined {
  if (!UNIX_SHELL.test(path)) return undefined;
  const had = new Set(gone.map((line) => line.trim()));
  return added.find((line) => {
    const [, command = ''] =
      /^\s*(.+?)\s*\|\|\s*(?:return(?:\s+0)?|exit\s+0|continue|break|echo(?:\s+(?:-n|["']?[\w.]*["']?))*)\s*;?\s*$/.exec(line) ?? [];
    return had.has(command);
  });
}

/** JavaScript: what was called is called later, whatever it waits for; and a promise of several no longer fails with one. */
function later({ path, gone, added }: Sides): string | undefined {
  if (!JS.test(path)) return undefined;
  const called = new Set(gone.flatMap((line) => /^\s*(?:await\s+|return\s+)?([\w.$]+)\s*\(/.exec(line)?.[1] ?? []));
  const settled = new Set(
    gone.flatMap((line) => (/^\s*await\s+P[r]omise\.all\(/.test(line) ? [line.trim().replace('.all(', '.allSettled(')] : [])),
  );
  return added.find((line) => {
    const name = /\bsetTime[o]ut\s*\(\s*(?:\(\s*\)\s*=>\s*)?(?:await\s+)?([\w.$]+)[^\n]*,\s*[1-9][\d_]*\s*\)/.exec(line)?.[1];
    return (name !== undefined && called.has(name)) || settled.has(line.trim());
  });
}

/** What makes the language raise where it would go on. */
const STRICT = /^\s*(?:(use\s+(?:strict|warnings|autodie))\b|(declare\s*\(\s*strict_types)\s*=\s*1)/;
/** Modules of Perl that bring it along, and versions that do. */
const BRINGS_STRICT =
  /\buse\s+(?:Mo\w+|Mouse|Modern::\w+|common::sense|strictures|Dancer2?|Test2?::V\d|v?5\.(?:0?[1-9]\d|0[1-9]\d)|Mojo\w*(?:::\w+)*|experimental)\b/;

function lenient({ was, now }: Sides): string | undefined {
  const marks = (lines: readonly string[]): ReadonlySet<string> =>
    new Set(lines.flatMap((line) => STRICT.exec(line)?.slice(1).filter(Boolean) ?? []));
  const has = marks(now);
  const lost = [...marks(was)].find((mark) => !has.has(mark));
  if (lost !== undefined && !now.some((line) => BRINGS_STRICT.test(line))) return was.find((line) => line.includes(lost));
  const before = flags(was);
  const after = flags(now);
  return before.size > 0 && [...before].some((flag) => !after.has(flag)) ? was.find((line) => SETS.test(line)) : undefined;
}

const SETS = /^\s*set\s+-(?!-)[a-z]*[euo]/;

/** Flags by which a shell ends at the first failure. */
function flags(lines: readonly string[]): ReadonlySet<string> {
  const set = lines
    .filter((line) => SETS.test(line))
    .flatMap((line) => line.match(/(?<=\s-[a-z]*)[eu]|\b(?:errexit|nounset|pipefail)\b/g) ?? []);
  return new Set(set.map((flag) => ({ errexit: 'e', nounset: 'u' })[flag] ?? flag));
}

export function passedOver(sides: readonly Sides[]): readonly InFile[] {
  return sides.flatMap((side): readonly InFile[] => {
    const { path } = side;
    const [beside, moved, loose] = [answeredBeside(side), later(side), lenient(side)];
    return [
      ...(beside === undefined
        ? []
        : [{ path, verdict: patchOnly('swallowed-error', `${path} gets an answer to what fails: ${quote(beside)}`) }]),
      ...(moved === undefined ? [] : [{ path, verdict: patchOnly('waits', `${path} does later what it did: ${quote(moved)}`) }]),
      ...(loose === undefined
        ? []
        : [{ path, verdict: patchOnly('error-dropped', `${path} is no longer held to what its language raises: ${quote(loose)}`) }]),
    ];
  });
}
