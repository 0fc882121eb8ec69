// A declaration that goes on under another name: a part of its path more or less, or words that mean nearly the same.
import { bodyOf, type Declaration, indentOf, isTelling, MOST_COMPARED, type Of, shared, wordsIn } from './declarations.ts';

/** Two names of so many words in common, or bodies of so many lines, are of one thing. */
const ALIKE = 0.5;

const ALIKE_IN_PLACE = 0.4;

/** One that is new says most of it: under a name of nearly the same words, or in its very place. */
export function isRenamed({ source, all, index }: Of, after: string, now: readonly Declaration[], known: ReadonlySet<string>): boolean {
  const { name } = all[index] as Declaration;
  const has = new Set(now.map((other) => other.name));
  const [above, below] = [
    all.slice(0, index).findLast((other) => has.has(other.name)),
    all.slice(index + 1).find((other) => has.has(other.name)),
  ];
  const [from, to] = [now.findLastIndex((other) => other.name === above?.name), now.findIndex((other) => other.name === below?.name)];
  const text = after.split('\n');
  const linesOf = (lines: readonly string[]): readonly ReadonlySet<string>[] =>
    lines.filter((line) => isTelling(line) && !/^\s*end\W*$/.test(line)).map(wordsIn);
  const old = linesOf(bodyOf(source, all, index));
  const alone = all.filter(
    (other, at) =>
      !has.has(other.name) && (above === undefined || at > all.indexOf(above)) && (below === undefined || at < all.indexOf(below)),
  );
  const fresh = now.filter((other, at) => !known.has(other.name) && at > from && (to < 0 || at < to));
  return now.some((other, at) => {
    if (known.has(other.name)) return false;
    const body = linesOf(bodyOf(text, now, at));
    if (old.length === 0 || body.length === 0 || old.length * body.length > MOST_COMPARED * MOST_COMPARED) return false;
    const said = old.filter((line) => body.some((one) => shared(line, one) >= ALIKE)).length / Math.min(old.length, body.length);
    const isInPlace = alone.length === 1 && fresh.length === 1 && fresh[0] === other;
    return (shared(partsOf(name), partsOf(other.name)) >= ALIKE && said >= ALIKE) || (isInPlace && said >= ALIKE_IN_PLACE);
  });
}

/** The words that a name is made of. @example partsOf('openFile_count') // Set { 'open', 'file', 'count' } */
const partsOf = (name: string): ReadonlySet<string> =>
  new Set(name.match(/\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+(?![\p{Ll}])/gu)?.map((part) => part.toLowerCase()));

/** A path of names, or a setting within others. */
export function mayHaveOtherNames({ path, source, all, index }: Of): boolean {
  const { name, line } = all[index] as Declaration;
  return name.includes('::') || (/\.ya?ml$/i.test(path) && indentOf(source[line] ?? '') > 0);
}

/** By its whole path, or another setting in its place. */
export function isNamedOtherwise({ all, index }: Of, now: readonly Declaration[], known: ReadonlySet<string>): boolean {
  const one = all[index] as Declaration;
  if (one.name.includes('::')) return now.some(({ name }) => name.endsWith(`::${one.name}`) || one.name.endsWith(`::${name}`));
  const [before, behind] = [all[index - 1]?.name, all[index + 1]?.name];
  return now.some((other, at) => !known.has(other.name) && now[at - 1]?.name === before && now[at + 1]?.name === behind);
}
