// Arguments: what a program was called with, as runtimes print it: `['mysql', '-u', 'root', '-p…']`, `["curl" "-u" "ada:…"]`,
// `[keytool, -storepass, …]`. A list of arguments is the line of a command whose words are parted otherwise, so that the rules of commands
// hold for it; an argument is the value whatever stands in it. A list without any flag is none of arguments.
import { COMMAND_RULES } from '../commands.ts';
import { isHarmless } from '../no-value.ts';
import { type Cell, inOrder, looksFor, type Structure } from './structure.ts';

/** One quoted item, and what parts it from the next: the audit of Linux numbers them, `a0="curl" a1="-u"`. */
const ITEM = /(\\?["'])((?![\s,[({])[^"'\\\n]{1,300})\1(?:(?:,\s{0,20}| (?:a\d{1,3}=)?)(?=\\?["']))?/g;
const BARE = /\[([^\s[\]"',]{1,200}(?:, [^\s[\]"',]{1,200}){1,60})\]/g;
/** The name of the program, where the list has only its arguments. */
const PROGRAM = /(?:\bspawn|\bexec\w*:?|\b(?:path|file|command|cmd|program)["']?:?)\s["'`]?([\w./-]{2,100})/;
const AROUND = 200;
/** So many arguments are read. */
const MAX_ITEMS = 200;

export const ARGUMENTS: Structure = {
  look: looksFor(["'-", '"-', ', -'], /["']-{1,2}\w|, -{1,2}\w/),
  find: (text) => inOrder([...quotedLists(text), ...bareLists(text)].flatMap((items) => secretsOf(text, items))),
};

function* quotedLists(text: string): Iterable<readonly Cell[]> {
  let items: Cell[] = [];
  let end = -1;
  for (const match of text.matchAll(ITEM)) {
    const from = match.index + match[1]!.length;
    if (match.index !== end || items.length >= MAX_ITEMS) {
      yield items;
      items = [];
    }
    items.push({ from, to: from + match[2]!.length });
    end = match.index + match[0].length;
  }
  yield items;
}

function* bareLists(text: string): Iterable<readonly Cell[]> {
  for (const { 1: list = '', index } of text.matchAll(BARE)) {
    let from = index + 1;
    yield list.split(', ').map((item) => {
      const cell = { from, to: from + item.length };
      from = cell.to + 2;
      return cell;
    });
  }
}

function secretsOf(text: string, items: readonly Cell[]): readonly Cell[] {
  const words = items.map(({ from, to }) => text.slice(from, to));
  if (!words.some((word) => /^-{1,2}\w/.test(word))) return [];
  const program = words[0]!.startsWith('-') ? programOf(text, items) : undefined;
  const head = program === undefined ? '' : `${program} `;
  const command = head + words.join(' ');
  const starts: number[] = [];
  let start = head.length;
  for (const word of words) {
    starts.push(start);
    start += word.length + 1;
  }
  return COMMAND_RULES.flatMap(({ pattern, accept }) =>
    [...command.matchAll(pattern)].flatMap((match) => {
      const secret = match.slice(1).find((group) => group !== undefined);
      if (secret === undefined || !/[A-Za-z0-9]/.test(secret) || isHarmless(secret)) return [];
      const at = match[0].lastIndexOf(secret);
      const from = match.index + at;
      const end = from + secret.length;
      if (accept?.(secret, match[0], command.slice(Math.max(0, from - AROUND), from), command.slice(end, end + 40)) === false) return [];
      const place = starts.findLastIndex((one) => one <= from);
      const item = items[place];
      if (item === undefined) return [];
      const ahead = from - starts[place]!;
      // A script is more than one word; of all else what follows within the argument belongs to it.
      const isScript = /\s/.test(words[place]!.slice(0, ahead));
      return [{ from: item.from + ahead, to: isScript ? item.from + ahead + secret.length : item.to }];
    }),
  );
}

function programOf(text: string, items: readonly Cell[]): string | undefined {
  const [from, to] = [items[0]!.from, items.at(-1)!.to];
  const around = `${text.slice(Math.max(0, from - AROUND), from)} ${text.slice(to, to + AROUND)}`;
  return PROGRAM.exec(around)?.[1]?.split('/').at(-1);
}
