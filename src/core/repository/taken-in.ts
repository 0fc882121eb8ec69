// A function that nobody outside of its file calls, and that nothing in it calls any more: it was taken into those that called it.
import { type Declaration, isTelling, MOST_COMPARED, type Of, shared, spanOf, wordsIn } from './declarations.ts';

/** How a language says that nobody outside of the file calls it; in modules of JavaScript what is not exported is of the file. */
const OWN: readonly (readonly [names: RegExp, mark: RegExp])[] = [
  [/\.(?:java|cs|kts?|php|swift|scala|groovy|tsx?)$/i, /\bprivate\b/],
  [/\.(?:[cm]?[jt]sx?|vue|svelte)$/i, /^(?!.*\bexports?\b)(?:\S|\s+(?:static\s+)?#)/],
  [/\.rs$/i, /^(?!.*\bpub\b)/],
  [/\.(?:c|h|cc|cpp|cxx)$/i, /^\s*static\b/],
  [/\.(?:py|pm|pl|dart)$/i, /\b_\w+\s*[({]|\bsub\s+_\w/],
  [/\.exs?$/i, /^\s*defp\b/],
  [/\.go$/i, /^func\s+(?:\([^()]*\)\s*)?[a-z_]/],
  [/\.lua$/i, /^\s*local\b/],
  [/\.m$/i, /^\s*(?:function|static)\b/],
];

const SIMILAR = 0.4;

/** Where nothing tells who may call a function, those that do are of its file. */
export const hasNoMark = (path: string): boolean => !OWN.some(([names]) => names.test(path)) && !VISIBLE.test(path);

/** What has no mark is for all here. */
const VISIBLE = /\.(?:go|rb|c|h|cc|cpp|cxx|hpp|hh|ya?ml|json|toml|html?|xml|vue|svelte|s?css|sql|md|tf|proto|graphqls?|gql)$/i;

const isBelowPrivate = (path: string, source: readonly string[], line: number): boolean =>
  /\.rb$/i.test(path) && source.slice(0, line).some((text) => /^\s*private\s*$/.test(text));

/** Its language says that nobody outside of the file calls it. */
export const isOwn = (path: string, source: readonly string[], line: number): boolean =>
  isBelowPrivate(path, source, line) || OWN.some(([names, mark]) => names.test(path) && mark.test(source[line] ?? ''));

/** A function of the file's own that nothing calls any more: each line that called it has given way to one much like it. */
export function isTakenIn({ path, source, all, index }: Of, after: string, here: ReadonlySet<string>, lines: ReadonlySet<string>): boolean {
  const { name, line } = all[index] as Declaration;
  const isPrivate = isBelowPrivate(path, source, line) || /\b(?:private|defp)\b/.test(source[line] ?? '');
  const named = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_$])`, 'u');
  if (!(hasNoMark(path) || isOwn(path, source, line)) || named.test(after)) return false;
  const [, end] = spanOf(source, all, index);
  const calls = source.flatMap((text, at) => ((at < line || at >= end) && named.test(text) ? [at] : []));
  const inside = source.slice(line + 1, end).filter((text) => isTelling(text) && !/^\s*end\W*$/.test(text));
  const known = new Set(source);
  const added = after.split('\n').filter((text) => !known.has(text) && isTelling(text));
  if (Math.max(calls.length, inside.length, added.length) > MOST_COMPARED) return false;
  const callers = calls.map((at) => all.findLast((other) => other.line <= at)?.name);
  const fresh = added.map(wordsIn);
  // Either the calls were written anew, or the body in their place.
  const isWritten = (text: string): boolean => fresh.some((words) => shared(wordsIn(text), words) >= SIMILAR);
  return (
    calls.length > 0 &&
    !calls.some((at) => /\bexports?\b/.test(source[at] as string)) &&
    callers.every((caller) => caller === undefined || here.has(caller)) &&
    (calls.every((at) => isWritten(source[at] as string)) ||
      (inside.length > 0 && inside.every(isWritten)) ||
      isPutThere(inside, lines) ||
      ((isPrivate || !hasNoMark(path)) && calls.every((at) => isAway(at, line, source, lines))))
  );
}

/** A call that was taken out by itself: what lies between it and the function still stands. */
export function isAway(call: number, line: number, source: readonly string[], lines: ReadonlySet<string>): boolean {
  return source.slice(Math.min(call, line), Math.max(call, line)).some((text) => isTelling(text) && lines.has(text.trim()));
}

/** Half of a body at least stands elsewhere, word for word. */
function isPutThere(inside: readonly string[], lines: ReadonlySet<string>): boolean {
  const put = inside.filter((text) => lines.has(text.trim()));
  return put.length > 0 && put.length * 2 >= inside.length;
}
