// Entries of a list, in whatever language: lines of one form in a row, each of which says something of its own.
// Principle: a line that was changed is one line. Where several of a form give way to fewer, the others are gone, however much
// they are alike, and an entry is written anew only where what it alone says stands somewhere else.

/** So many in a row, where their form or their first word says that they are entries; so many where nothing does. */
const FEWEST = 3;
const FEWEST_OTHERS = 4;
const LONGEST = 400;

const WORD = /[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$.]*/gu;
const TEXT = /(["'`])(?:\\.|(?!\1)[^\\])*\1/g;
/** What begins or ends an entry: a comma behind it, a name and a colon or an arrow, an element, an item, a bracket. */
const OF_LIST = /,$|^(?:[-*|<{[(]|["']?[\w.$-]+["']?\??\s*(?::|=>|->)\s|["'])/;

/** What of a line is no value: two entries of a list have it in common. */
export const formOf = (line: string): string => line.trim().replace(TEXT, 'w').replace(WORD, 'w').replace(/[,;]$/, '');

/** Words and numbers of a line. */
export const tokensOf = (line: string): ReadonlySet<string> => new Set(line.match(/[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$]*/gu) ?? []);

/**
 * For each line that is an entry what it says and not all of its list say, for each other one nothing.
 * @param code the lines without comments
 */
export function entriesIn(code: readonly string[]): readonly (ReadonlySet<string> | undefined)[] {
  const found: (ReadonlySet<string> | undefined)[] = code.map(() => undefined);
  for (const list of listsIn(code)) {
    const lines = list.map((at) => code[at] as string);
    const first = lines.map((line) => /^\s*([^\s(]+)/.exec(line)?.[1]);
    const isOne = first.every((word) => word === first[0]) || lines.slice(0, -1).every((line) => OF_LIST.test(line.trim()));
    if (list.length < (isOne ? FEWEST : FEWEST_OTHERS)) continue;
    const tokens = lines.map(tokensOf);
    const [head = new Set<string>(), ...others] = tokens;
    const common = new Set([...head].filter((word) => others.every((each) => each.has(word))));
    for (const [index, at] of list.entries()) found[at] = new Set([...(tokens[index] ?? [])].filter((word) => !common.has(word)));
  }
  return found;
}

/** Places of lines of one form and depth, with nothing between them but what is deeper, blank, or closes something. */
function listsIn(code: readonly string[]): readonly (readonly number[])[] {
  const lists: number[][] = [];
  let open: { readonly depth: number; form: string; places: number[] }[] = [];
  for (const [at, line] of code.entries()) {
    if (line.trim() === '' || line.length > LONGEST || CLOSES.test(line)) continue;
    const depth = indentOf(line);
    open = open.filter((list) => list.depth <= depth);
    const form = formOf(line);
    const last = open.at(-1);
    if (last !== undefined && last.depth === depth && last.form === form) {
      last.places.push(at);
      continue;
    }
    const list = { depth, form, places: [at] };
    open = [...open.filter((each) => each.depth < depth), list];
    lists.push(list.places);
  }
  return lists;
}

const CLOSES = /^\s*(?:[^\p{L}\p{N}]+|end[;,]?|<\/[\w.:-]+>)\s*$/u;

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
