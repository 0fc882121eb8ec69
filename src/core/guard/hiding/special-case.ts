// The input of the test: a condition, or a table, that knows nothing but what the added test asks for.
import type { Source } from './source.ts';
import { LITERAL, NO_VALUE } from './what-lines-do.ts';

/** They stand in every test. */
const WEAK = /^(?:0|1|0\.0|1\.0|\W?)$/;

/** Literals of an added test; a text that is JSON or code holds some of its own. */
export const literalsWithin = (text: string): readonly string[] =>
  literals(text).flatMap((one) => [one, ...(/["'\d]/.test(one) ? literals(one.replace(/\\(["'])/g, '$1')) : [])]);

/** Without quotes, and without the marks of a pattern, so that those of a language do not matter. */
export function literals(text: string): readonly string[] {
  return (text.match(LITERAL) ?? []).map((one) =>
    one
      .replace(/^%w\[|\]$/g, '')
      .replace(/^["'`]|["'`]$/g, '')
      .replace(/^\/(?=.)|(?<=.)\/[a-z]*$/g, '')
      .replace(/^\^(?=.)|(?<=.)\$$/g, ''),
  );
}

const CONDITION = /(?:^|[\s;{}(])(?:if|elif|elsif|elseif|unless|case|when|guard)\b(.*)$/;
/** Where a condition is chosen by without such a word. */
const CHOICE = /(?:=(?![=>])|\breturn\b|^)([^=?]*(?:[!=]==?|\.\w*(?:[eE]quals|eql|match)\w*\??\()[^?]*)\?(?![?.:])/;
/** What is known of each value: `'a' => 1`, `{"a": 1}`, `("a", 1)`. */
const TABLE = /(["'`])[^"'`\n]+\1\s*(?:=>|:|,|->)\s*(?:return\s+)?["'`\d-]/;
/** A key of one, and where one begins that takes more than a line. */
const ENTRY = /((["'`])[^"'`\n]+\2|(?<![\w$.])\d[\d_.]*)\s*(?:=>|:(?!:)|,|->|\bto\b)/g;
const OPENS_TABLE = /[=(:]\s*(?:new\s+[\w<>, ]+\(?\)?\s*)?(?:\w+[\w<>[\], ]*)?[{[(]\s*$/;
/** A test asks for no more. */
const MOST_KEYS = 6;
/** A case that gives back something, without a word for a condition. */
const ARM = /^\s*((["'`])[^"'`\n]+\2(?:\s*[,|]\s*(["'`])[^"'`\n]+\3)*\s*(?:->|=>)\s*return\b.*)$/;
/** What a protocol says: the test has it from there too. */
const OF_PROTOCOL = /(?:\b|_)status(?:_?code)?\b[^"'`]*\b[1-5]\d\d\b(?![^\n]*["'`])/i;
/** An edge of what a machine counts with, as a bound (`<= 0x7f`, `> 65535`): the test has it from there too. */
const withoutEdges = (condition: string): string =>
  condition.replace(/(?:[<>]=?\s*)(0[xX][\da-fA-F]{1,16}|\d{1,20})\b/g, (bound, number: string) => {
    const value = BigInt(number);
    return value >= 127n && ((value & (value + 1n)) === 0n || (value & (value - 1n)) === 0n) ? '' : bound;
  });
/** Names by which a value is looked up are none of its own. */
const withoutKeys = (condition: string): string =>
  condition.replace(
    /(?<=[\w)\]])\[\s*(["'`])[^"'`\n]*\1\s*\]|\b(?:get|fetch|dig|has|key\?|containsKey|TryGetValue)\(\s*(["'`])[^"'`\n]*\2/g,
    '',
  );
const OF_TYPE = /\btypeof\b|\binstanceof\b|\bisinstance\b|\btype\(|\bkind\b|\.name\b|\bgettype\(|\bis_a\?/;

export function isSpecial(
  line: string,
  { spoken, lines, added, outline: { heads, ends } }: Source,
  known: ReadonlySet<string>,
  at: number,
): boolean {
  const condition = CONDITION.exec(line)?.[1] ?? CHOICE.exec(line)?.[1] ?? ARM.exec(line)?.[1];
  const chosen = condition === undefined || OF_TYPE.test(condition) || OF_PROTOCOL.test(condition) ? [] : [withoutEdges(condition)];
  // Who tells of a value hides nothing of it.
  if (/\b(?:throw|raise|panic|fatal)\b/i.test(`${line.slice(line.indexOf(condition ?? ''))}\n${lines[at + 1] ?? ''}`)) return false;
  const isAllKnown = (text: string, least: number): boolean => {
    const found = literals(text);
    const telling = found.filter((one) => !WEAK.test(one));
    if (telling.length < least && (telling.length > 0 || found.length < 3)) return false;
    return found.every((one) => known.has(one) || (telling.length > 0 && WEAK.test(one))) && telling.every((one) => !spoken.has(one));
  };
  // Question and answer of the test: whatever else the program knows of these values.
  const isAnswered = (text: string): boolean => {
    const head = literals(beforeBody(text));
    const body = text.slice(beforeBody(text).length).includes('return') ? text.slice(beforeBody(text).length) : (lines[at + 1] ?? '');
    const isConstant = body.replace(LITERAL, '').replace(NO_VALUE, '') === '';
    const all = [...head, ...literals(body)];
    return isConstant && /\breturn\b/.test(body) && head.some((one) => !WEAK.test(one)) && all.every((one) => known.has(one));
  };
  // A table that is new, and knows nothing but what the test asks for.
  const isOwnTable = (text: string): boolean => {
    const head = heads[at] ?? -1;
    const entries = /[=:(]\s*(?:new\s+\w+(?:<[^>]*>)?\s*\(?\s*)?(?:[[{(]|\w+[({[])/.test(text.replace(LITERAL, ''))
      ? [text]
      : head >= 0 && added.has(head) && OPENS_TABLE.test(lines[head] as string)
        ? lines.slice(head + 1, ends[head]).filter((each) => each.trim() !== '')
        : [];
    const keys = entries.flatMap((each) => [...each.matchAll(ENTRY)].map(([, key = '']) => literals(key)[0] ?? key));
    return keys.length > 0 && keys.length <= MOST_KEYS && keys.every((key) => !WEAK.test(key) && known.has(key) && !spoken.has(key));
  };
  // Whether something of that name is there at all is asked of every input.
  const isLookup = (text: string): boolean => !literals(withoutKeys(text)).some((one) => !WEAK.test(one)) && !/[=<>]/.test(text);
  return (
    chosen.some((text) => (isAllKnown(beforeBody(text), 1) && !isLookup(beforeBody(text))) || isAnswered(withoutKeys(text))) ||
    (TABLE.test(line) && (isAllKnown(line, 2) || isOwnTable(line)))
  );
}

/** What is done where it holds is no part of a condition. */
function beforeBody(condition: string): string {
  const [head = ''] = condition.split(/(?:[:){]|->|=>)\s*(?:return|throw|raise|continue|break)\b|\bthen\b|\belse\b/);
  return head;
}
