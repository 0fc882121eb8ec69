// Statements of databases with places to be filled: the statement names the column of each place, the log gives the values beside it, by
// their number, by their name or one behind the other. Under the column of a password each value is one.
import { type Cell, inOrder, looksFor, type Structure } from './structure.ts';
import { isCalledPassword, isCalledSecret, isSecretCell } from './tables.ts';

/** A place of a statement: by its order, and as it is called where it has a name or a number. */
interface Place {
  readonly order: number;
  readonly name: string;
  readonly isPassword: boolean;
}

const STATEMENT = /\b(?:insert\s{1,5}into|update|select|delete\s{1,5}from|merge)\s[^;]{1,1500}/gi;
/** Where the values are told, a statement has ended. */
const ENDS =
  /\n(?!\s|values|set|where|from|and|or|returning|on)|\bbinding parameter|\[parameters|\bparam(?:eter)?s["']?\s?[:=]|\[\[|;\s?args=|\[(?:generated|cached|raw)\b/i;
const PLACES = /\?|\$\d{1,3}|%s|%\(\w{1,40}\)s|(?<![:\w]):\w{1,40}|@\w{1,40}/g;
const BEFORE = /([\w."`[\]]{1,80})\s{0,3}(?:=|<>|!=|like|ilike)\s{0,3}(?:crypt\(|\w{1,20}\(|N)?$/i;
const COLUMNS = /\binsert\s{1,5}into\s{1,5}[^()\n]{1,120}\(([^()]{1,1000})\)\s{0,20}values\s{0,20}\(/i;

/** How values are told one by one: the number or the name, then the value. */
const NUMBERED: readonly RegExp[] = [
  /binding parameter [([](\d{1,3})[^\n]{0,40}?(?:<-|-|=) \[([^\n\]]{1,500})\]/g,
  /(?<![\w$])\$(\d{1,3}) ?= ?'([^'\n]{1,500})'/g,
  /(@\w{1,40}) ?= ?N?'([^'\n]{1,500})'/g,
  /(?<![\w:]):(\w{1,40}) ?=> ?'([^'\n]{1,500})'/g,
];
/** Or in a list. */
const LISTED =
  /(?:\b(?:param(?:eter)?s|args|bindings|binds|values|arguments)\b["']?(?: ?[:=])?\s{0,3}(?=[[(])|\[(?:generated|cached|raw)[^\]\n]{0,60}\]\s)[[(]([^\n]{1,1500})|\bParameters:\s([^\n[({]{1,1500})/gi;
const ITEM = /\s{0,3}(?:[bNu]?'([^'\n]{0,500})'|"([^"\n]{0,500})"|([^,\n]{0,500}?))(?:\([A-Z]\w{1,20}\))?\s{0,3}(?:,|$|[\])])/gy;

const BEHIND = 1_500;
const AHEAD = 600;

export const STATEMENTS: Structure = {
  look: looksFor(
    ['pass', 'pwd', 'secret', 'token', 'key', 'senha', 'contrase'],
    /\b(?:insert\s{1,5}into|update|select|delete\s{1,5}from|merge)\s/i,
    /[=(,]\s{0,3}(?:\?|\$\d|%s|%\(|:\w|@\w)|(?:like|LIKE) (?:\?|\$|:|@|%s)/,
  ),
  find: (text) => inOrder([...text.matchAll(STATEMENT)].flatMap((match) => valuesOf(text, match[0], match.index))),
};

function valuesOf(text: string, found: string, from: number): readonly Cell[] {
  const [end] = [ENDS.exec(found)?.index ?? found.length];
  const places = secretPlaces(found.slice(0, end));
  if (places.length === 0) return [];
  const start = Math.max(0, from - AHEAD);
  const around = text.slice(start, from + end + BEHIND);
  const cells: Cell[] = [];
  const take = (value: string | undefined, at: number, { isPassword }: Place): void => {
    const cell = { from: start + at, to: start + at + (value?.length ?? 0) };
    if (isSecretCell(text, cell, isPassword)) cells.push(cell);
  };
  for (const form of NUMBERED)
    for (const match of around.matchAll(form)) {
      const [whole, name = '', value = ''] = match;
      const place = places.find((one) => one.name === name || one.name.slice(1) === name || String(one.order) === name);
      if (place) take(value, match.index + whole.lastIndexOf(value), place);
    }
  for (const match of around.matchAll(LISTED)) {
    const list = match[1] ?? match[2]!;
    const items = itemsOf(list, match.index + match[0].length - list.length);
    for (const place of places) {
      const item = items[place.order - 1];
      if (item) take(around.slice(item.from, item.to), item.from, place);
    }
  }
  return cells;
}

/** The places that a column of secrets is given to, or compared with. */
function secretPlaces(statement: string): readonly Place[] {
  const insert = COLUMNS.exec(statement);
  const columns = insert?.[1]?.split(',') ?? [];
  const values = insert ? insert.index + insert[0].length : Number.POSITIVE_INFINITY;
  const places: Place[] = [];
  let order = 0;
  for (const { 0: name, index } of statement.matchAll(PLACES)) {
    order += 1;
    // Of a row the commas before it say which it is.
    const column =
      index >= values
        ? columns[statement.slice(values, index).split(',').length - 1]
        : BEFORE.exec(statement.slice(Math.max(0, index - 120), index))?.[1];
    const called =
      column
        ?.replace(/["`[\]\s]/g, '')
        .split('.')
        .at(-1) ?? '';
    if (isCalledSecret(called)) places.push({ order, name, isPassword: isCalledPassword(called) });
  }
  return places;
}

function itemsOf(list: string, at: number): readonly Cell[] {
  const items: Cell[] = [];
  ITEM.lastIndex = 0;
  while (ITEM.lastIndex < list.length && items.length < 100) {
    const start = ITEM.lastIndex;
    const match = ITEM.exec(list);
    if (match === null || match[0] === '') break;
    const value = match[1] ?? match[2] ?? match[3] ?? '';
    const from = at + start + match[0].indexOf(value);
    items.push({ from, to: from + value.length });
  }
  return items;
}
