// Principle: what was done for every input is done for every input still, and what was done in any case in any case. Where
// nothing but marks for what may be missing was put in, or the block is gone that was done whatever happened, nothing fails any
// more since nothing is done any more. Who knows what is missing asks for that, and once.
import { patchOnly, quote } from '../policy.ts';
import { type InFile, type Read, read, type Sides, within } from './sides.ts';

/** `a?.b`, `a?.[0]`, `a?.()`, `a&.b`, `$a?->b`, with what stands in front of it. */
const WITH_CARE = /([\p{L}_$@][\p{L}\p{N}_$]*|[)\]}])[!]?(?:\?\.(?=[\p{L}_$[(])|&\.|\?->)/gu;
/** The first name of a chain. */
const CHAIN = /(?<![\p{L}\p{N}_$@.?>&)\]])[\p{L}_$@][\p{L}\p{N}_$]*(?:(?:\?\.|\?->|&\.|->|::|\.)[\p{L}\p{N}_$]+|\?\.(?=[[(]))*/gu;
/** Of so many things nobody has seen that they were missing. */
const MANY = 3;

/** The same in Python: `getattr(a, 'b', None)`, `a.get('b', 0)`. */
const plain = (line: string): string =>
  line
    .replace(/\bgetattr\(\s*([\w.]+)\s*,\s*["'](\w+)["']\s*,\s*[^()]*(?:\(\s*\))?\s*\)/g, '$1?.$2')
    .replace(/([\w.\])]+)\.get\(\s*((["'])\w+\3)\s*(?:,[^()]*)?\)/g, '$1?.[$2]')
    .replace(/\(\s*([\w.?]+)\s+or\s+(?:\{\s*\}|\[\s*\]|""|''|None|0|\w+\(\s*\))\s*\)/g, '$1')
    .replace(/\s+or\s+(?:\{\s*\}|\[\s*\]|""|'')(?=\s*[:,)\]]|\s*$)/g, '');

const careless = (line: string): string =>
  line
    .replace(/\?\.(?=[[(])|!/g, '')
    .replace(/\?\.|&\./g, '.')
    .replace(/\?->/g, '->')
    .replace(/\s+/g, '');

/** Lines that are as they were but for marks of what may be missing, on things of that many names. */
function askedEverywhere({ gone, added }: Sides): string | undefined {
  const left = new Map<string, number>();
  for (const line of gone.map(plain)) {
    const [bare, marks] = [careless(line), line.match(WITH_CARE)?.length ?? 0];
    left.set(bare, Math.min(left.get(bare) ?? marks, marks));
  }
  const careful = added
    .map(plain)
    .filter((line) => (line.match(WITH_CARE)?.length ?? 0) > (left.get(careless(line)) ?? Number.POSITIVE_INFINITY));
  const names = careful.flatMap((line) => (line.match(CHAIN) ?? []).filter((chain) => /[?&]\.|\?->/.test(chain)));
  const first = new Set(names.map((chain) => /^[^.?&-]+/.exec(chain)?.[0] ?? ''));
  return first.size >= MANY ? careful[0] : undefined;
}

const ANYWAY = /^\s*\}?\s*(?:finally|ensure)\b\s*[:{]?\s*$/;
const TRIES = /^\s*(?:try|begin|do)\b\s*[:{]?\s*$/;
/** Go and Swift say it in front. */
const DEFERS = /^\s*defer\s+(\S.*?)\s*$/;
/** Other ways in which something is given back whatever happens. */
const BY_ITSELF =
  /\b(?:finally|ensure|defer|using|with|use|addCleanup|enter_context|ExitStack|AutoCloseable|onExit|on_exit|Cleanup|tap|always|unique_ptr|shared_ptr|lock_guard|unique_lock|scope_exit|register_shutdown_function|guard)\b|\btry\s*\(|\b(?:open|start|synchronize|transaction)\b[^\n]*(?:\bdo|\{)\s*\|/;

/** Of what stood around it something still stands, and the block is not there. */
function anywayGone({ was, now, added }: Sides): string | undefined {
  if (added.some((line) => BY_ITSELF.test(line))) return undefined;
  const has = new Set(now.map((line) => line.trim()));
  const deferred = was.find((line) => {
    const call = DEFERS.exec(line)?.[1];
    return (
      call !== undefined && call !== '{' && !has.has(line.trim()) && !now.some((other) => other.includes(call)) && isAround(was, line, has)
    );
  });
  if (deferred !== undefined) return deferred;
  const [before, after] = [read(was), read(now)];
  const count = ({ lines }: Read): number => lines.filter((line) => ANYWAY.test(line)).length;
  if (count(before) <= count(after)) return undefined;
  const at = was.findIndex((line, place) => {
    if (!ANYWAY.test(line)) return false;
    const start = was.slice(0, place).findLastIndex((other) => TRIES.test(other) && indent(other) === indent(line));
    const guarded = start < 0 ? [] : within(before, start);
    // What was tried is done still, and what was done in any case is not done in any.
    const still = guarded.filter((each) => has.has(each.trim()));
    return still.length > guarded.length / 2 && !isAnywayIn(after, within(before, place));
  });
  return at < 0 ? undefined : (within(before, at)[0] ?? was[at]);
}

/** Some block that is done in any case holds one of the lines. */
const isAnywayIn = (side: Read, lines: readonly string[]): boolean =>
  side.lines.some((line, at) => ANYWAY.test(line) && within(side, at).some((each) => lines.some((other) => other.trim() === each.trim())));

/** The line in front of it, of which it takes care. */
function isAround(was: readonly string[], line: string, has: ReadonlySet<string>): boolean {
  const above = was.slice(0, was.indexOf(line)).findLast((other) => /\w{3}/.test(other));
  return above !== undefined && has.has(above.trim());
}

const indent = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

/** A statement that only waited: what goes wrong in it now is told to nobody. */
function notAwaited({ gone, added }: Sides): string | undefined {
  const waited = new Set(gone.flatMap((line) => /^\s*await\s+(.+)$/.exec(line)?.[1] ?? []));
  return waited.size === 0 ? undefined : added.find((line) => waited.has(line.trim()));
}

export function leftUndone(sides: readonly Sides[]): readonly InFile[] {
  return sides.flatMap((side): readonly InFile[] => {
    const { path } = side;
    const [asked, anyway, begun] = [askedEverywhere(side), anywayGone(side), notAwaited(side)];
    return [
      ...(begun === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} no longer waits for what it began: ${quote(begun)}`) }]),
      ...(asked === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} asks of many things at once whether they are there: ${quote(asked)}`) }]),
      ...(anyway === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} no longer does in any case what it did: ${quote(anyway)}`) }]),
    ];
  });
}
