// Functions that are still there by their name, and of whose body nothing is left.
import { readCode, standsOut } from './code-text.ts';
import { type Declaration, indentOf, isTelling, withOpenings } from './declarations.ts';

/** How a body ends that does nothing: left out, or a value that was always the same. */
const NOTHING =
  /^(?:pass|\.{3}|…|end|todo!\(.*\);?|\?\?\?|undefined|error\s+"[^"]*"|unimplemented!\(.*\);?|(?:throw|raise|error|panic!?|fatalError|TODO|abort|die)\b.*(?:not.?(?:yet.?)?implemented|unimplemented|unsupported.?operation|todo|unchanged|omitted).*|TODO\(.*\))$/i;

const SAME_VALUE = /^return(?:\s+(?:0|-1|null|nil|None|undefined|false|true|False|True|""|''|\[\]|\{\}|self|this))?;?$/;

const OPENS =
  /\)[^()]*[{:]\s*$|^\s*(?:def|sub)\s+[\w.?!]+(?:\s*\(.*\))?\s*$|^(?!type\b|data\b)[a-z_][\w']*[^=]*=\s*$|^\s*(?:override\s+)?def\b[^=]*=\s*\{?\s*$|^<(?:template|script|style)\b[^>]*>\s*$|^\s*(?:local\s+)?function\b[^=]*\)\s*$/;

const NO_FUNCTION = /^\s*(?:[a-z]+\s+)*(?:class|interface|struct|trait|enum|module|namespace|impl|object|record|data)\b/;

/** Functions that keep their name and of whose body nothing is left, in whatever words that is said. */
export function emptied(
  path: string,
  before: string,
  after: string,
  all: readonly Declaration[],
  now: readonly Declaration[],
): readonly Declaration[] {
  const linesOf = (text: string): readonly string[] => readCode(path, text).uncommented.split('\n');
  const [was, is] = [linesOf(before), linesOf(after)];
  const byName = (those: readonly Declaration[]): ReadonlyMap<string, readonly Declaration[]> => Map.groupBy(those, ({ name }) => name);
  const [had, has] = [byName(all), byName(now)];
  return all.filter((one) => {
    // Of several with one name as many are there still: each is the one in its place.
    const [were, are] = [had.get(one.name) ?? [], has.get(one.name) ?? []];
    const other = are[were.indexOf(one)];
    if (other === undefined || were.length !== are.length) return false;
    const [old, left] = [insideOf(was, one.line), insideOf(is, other.line)];
    if (old === undefined || left === undefined || old.length === 0) return false;
    return (
      (left.every((line) => NOTHING.test(line)) && !old.every((line) => NOTHING.test(line))) ||
      (old.length > 2 && left.length === 1 && SAME_VALUE.test(left[0] as string))
    );
  });
}

/** The lines of a function that say something, by their indentation; `undefined` where it has no body of its own lines. */
function insideOf(source: readonly string[], at: number): readonly string[] | undefined {
  const line = withOpenings(source.slice(at, at + 2))[0] ?? '';
  if (!OPENS.test(line) || NO_FUNCTION.test(line)) return undefined;
  const from = source[at + 1]?.trim() === '{' ? at + 2 : at + 1;
  const depth = indentOf(line);
  let end = from;
  const isInside = (text: string): boolean => text.trim() === '' || indentOf(text) > depth || standsOut(text);
  while (end < source.length && isInside(source[end] as string)) end += 1;
  const inside = source.slice(from, end).map((each) => each.trim());
  // A text at the beginning is a comment of Python.
  const text = /^[rbu]?(?:'''|""")/i.test(inside[0] ?? '')
    ? inside.findIndex((each, index) => /(?:'''|""")$/.test(each) && (index > 0 || each.length > 5))
    : -1;
  return inside.slice(text + 1).filter((each) => isTelling(each) || /^(?:\.{3}|…)$/.test(each));
}
