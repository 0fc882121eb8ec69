// What a program's own words say of a function: the comments above it and above what it stands in, and the text it begins with.

/** Marks between the words of a function and its head. */
const MARK = /^\s*(?:@[\w.]+|#\[|\[\w)/;
const COMMENT = /^\s*(?:\/\/|\/?\*|#(?!\[|include|define)|--\s)/;

export function commentAbove(text: readonly string[], head: number): readonly string[] {
  let to = head;
  while (to > 0 && MARK.test(text[to - 1] as string)) to -= 1;
  let from = to;
  while (from > 0 && COMMENT.test(text[from - 1] as string)) from -= 1;
  return text.slice(from, to);
}

/** Words of a function beyond these are not read. */
const LONGEST = 60;

/** Python says it in the first statement. */
export function textBelow(text: readonly string[], head: number): readonly string[] {
  const first = text[head + 1] ?? '';
  if (!/^\s*[rub]?"""/.test(first)) return [];
  if ((first.match(/"""/g)?.length ?? 0) > 1) return [first];
  const rest = text.slice(head + 2, head + 2 + LONGEST);
  return [first, ...rest.slice(0, rest.findIndex((line) => line.includes('"""')) + 1)];
}

/** All that is said of a line by what it stands in, the nearest first. */
export function saidOf(text: readonly string[], heads: readonly number[], at: number): readonly string[] {
  const said: string[] = [];
  for (let head = heads[at] ?? -1; head >= 0; head = heads[head] as number)
    said.push(...commentAbove(text, head), ...textBelow(text, head));
  return said;
}
