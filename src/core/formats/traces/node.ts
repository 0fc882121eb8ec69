// Frames of V8, Gecko and Safari, with causes and aggregate errors.
import { levelOfName } from '../level.ts';
import { chained, frame, type Link, type Reader } from './grammar.ts';

const V8 =
  /^\s*(?:eval )?at (?:(?:async )?(?:new )?(.*?) (?:\[as [^\]]+\] )?\()?((?:file:\/\/|node:|https?:\/\/|webpack|[\w-]+:\/\/)?[^()]*?(?:\([^()]*\)[^()]*?)?):(\d+):(\d+)\)?(?: \{)?,?$/;
const ODD = /^\s+at (?:async )?(?:new )?(.+?) \((native|unknown location|<anonymous>|index \d+)\)$/;
const GECKO = /^\s*([^@\s]*)@((?:https?|file|resource|webpack|moz-extension|app):\/\/.*?|\/.*?|debugger eval code):(\d+):(\d+)$/;
const HEAD =
  /^(?!Uncaught Exception:\s*$|uncaughtException\b)(?:Uncaught )?(?:\(in promise\) )?\[?((?:[\w$]+\.)*[\w$]*(?:Error|Exception|Rejection|Warning))(?: ?\[([\w-]+)\])?(?::\s?(.*?))?\]?(?: \{)?$/;
const CAUSE = /^\s*(?:\[cause\]: |cause: |[Cc]aused by: )(?:Uncaught )?((?:[\w$]+\.)*[A-Z][\w$]*)(?: \[[\w-]+\])?(?::\s?(.*?))?(?: \{)?$/;

/** V8 gave up: no frame of JavaScript is printed. The level may have been taken off. */
const NATIVE = /^(?:FATAL )?ERROR: (.*)$/;

export const readNode: Reader = (lines) => {
  const native = NATIVE.exec(lines[0] ?? '');
  if (native && lines.some((line) => /^-+ Native stack trace|node::|v8::/.test(line)))
    return chained('javascript', [{ type: 'FATAL ERROR', message: native[1]!, frames: [] }]);
  if (!lines.some((line) => V8.test(line) || GECKO.test(line) || ODD.test(line)) && !lines.some((line) => /^Node\.js v\d/.test(line)))
    return undefined;
  const links: Link[] = [];
  const thrown = readPreamble(lines);
  const nameless: Link = { type: '', message: null, frames: [] };
  let current = nameless;
  let aside = false;
  let members = -1;
  const isNamedStack = lines.some((line) => /^\s+"?stack"?: *[`'"]?$|^\s+"?(?:stack|err|error)"?: [{`'"]?/.test(line));
  for (const [index, line] of lines.entries()) {
    const cause = CAUSE.exec(line);
    // pino-pretty and others print the stack deeper, below the name of its field.
    const isAbove = links.length === 0 && current.frames.length === 0;
    const head =
      links.length === 0
        ? (HEAD.exec(isAbove && isNamedStack ? line.trimStart() : line) ??
          (line === lines[0] ? (IN_BRACKETS.exec(line) ?? INLINE.exec(line) ?? ANY_CLASS.exec(line)) : null))
        : null;
    // The first member of an aggregate stands for its cause.
    const first = members === 0 ? MEMBER.exec(line) : null;
    if (first || (members > 0 && MEMBER.test(line))) members++;
    if (members > 1) continue;
    if (first) {
      current = { type: first[1]!, message: first[2] ? first[2] : null, frames: [] };
      links.push(current);
      aside = false;
      continue;
    }
    if (cause || head) {
      const found = cause ? { type: cause[1]!, message: cause[2] } : { type: head![1]!, message: head![3] };
      const message = /^[[{]$/.test(found.message ?? '') ? listBelow(lines, index, found.message!) : found.message;
      current = { type: found.type, message: message ? message : null, frames: current === nameless ? nameless.frames : [] };
      links.push(current);
      aside = false;
      continue;
    }
    if (/^\s*\[errors\]: \[/.test(line)) members = 0;
    // Where an event was emitted is not where it happened.
    if (/^Emitted 'error' event /.test(line)) aside = true;
    const found = toFrame(line);
    if (found && links.length === 0 && current.frames.length === 0) {
      current = namedAbove(lines, index) ?? current;
      if (current !== nameless) links.push(current);
    }
    if (found && !aside) current.frames.push(found);
  }
  // A syntax error has its place in the preamble only; its frames tell who loaded the broken file.
  if (thrown?.place && links[0]?.type === 'SyntaxError') links.at(-1)!.frames.unshift(thrown.place);
  else if (thrown?.place && links[0] && !links.some((link) => link.frames.some((found) => found.inApp)))
    links.at(-1)!.frames.unshift(thrown.place);
  if (links.length > 0) return chained('javascript', links);
  if (!thrown?.value && !thrown?.place) return chained('javascript', [{ type: 'Error', message: null, frames: nameless.frames }]);
  return { language: 'javascript', type: null, message: thrown.value, frames: thrown.place ? [thrown.place] : [] };
};

/** Zod and others write a list for their message: it is told on one line. */
function listBelow(lines: readonly string[], head: number, open: string): string {
  const below: string[] = [];
  for (const line of lines.slice(head + 1, head + MAX_LIST)) {
    if (V8.test(line)) break;
    below.push(line.trim());
  }
  return `${open}${below.join(' ')}`.slice(0, MAX_LIST_SAID);
}

const MAX_LIST = 60;
const MAX_LIST_SAID = 1000;

/** What stands above an uncaught error: the place; and below it, of a thrown value that is no error, the value. */
function readPreamble(lines: readonly string[]): { place?: ReturnType<typeof frame>; value: string | null } | undefined {
  const at = /^(?!\[eval\])(\S.*):(\d+)$/.exec(lines[0] ?? '');
  const caret = lines.findIndex((line) => /^\s*\^+$/.test(line));
  if (!at || caret < 0 || caret > 4) return undefined;
  const value = lines[caret + 1]?.replace(/^Uncaught:?\s*/, '') || null;
  // Node's own file says where it has noticed, not where it happened.
  return at[1]!.startsWith('node:') ? { value } : { place: place(at[1]!, at[2], undefined, undefined), value };
}

/** Above frames stands what was thrown, whatever its class is called. */
const ANY_CLASS = /^([A-Z][\w$]*(?:\.[A-Z][\w$]*)*)(?: \[([\w-]+)\])?: (.*?)(?: \{)?$/;
/** So a class is written behind words: `cannot total: PriceMissing: order 17`. */
const CAMEL = /(?:^|[\s:(])((?:[A-Z][a-z\d]+){2,}): (.*?)(?: \{)?$/;
/** A message may have so many lines. */
const MAX_MESSAGE = 8;

/** What was thrown, by the lines above its first frame: a class may be called as it likes. */
function namedAbove(lines: readonly string[], first: number): Link | undefined {
  for (let at = first - 1; at >= Math.max(0, first - MAX_MESSAGE); at--) {
    const found = ANY_CLASS.exec(lines[at]!.trimStart().replace(/^(?:error: )?Uncaught (?:\(in promise\) )?/, ''));
    // Set in, it may be a field of what was thrown: `  File: src/orders.ts`.
    if (found && /^\s/.test(lines[at]!) && at < first - 1 && !/[a-z\d][A-Z]/.test(found[1]!)) continue;
    if (found && /[a-z]/.test(found[1]!) && levelOfName(found[1]!) === undefined)
      return { type: found[1]!, message: found[3] || null, frames: [] };
  }
  const behind = CAMEL.exec(lines[first - 1] ?? '');
  return behind ? { type: behind[1]!, message: behind[2] || null, frames: [] } : undefined;
}

/** `    RangeError: job 1` in the list of an AggregateError. */
const MEMBER = /^ {4}((?:[\w$]+\.)*[A-Z][\w$]*)(?: \[[\w-]+\])?(?:: (.*?))?(?: \{)?$/;
const INLINE = /^.*?[\s:(]((?:[\w$]+\.)*(?:[A-Z][\w$]*)?(?:Error|Exception))(?: \[([\w-]+)\])?(?:: (.*?))?(?: \{)?$/;
/** As Node prints one that has no frames of its own, for its members follow. */
const IN_BRACKETS = /^.*?(?:^|\s)\[((?:[\w$]+\.)*(?:[A-Z][\w$]*)?(?:Error|Exception))(?: \[([\w-]+)\])?(?:: (.*?))?\](?: \{)?$/;

function toFrame(line: string): ReturnType<typeof frame> | undefined {
  const v8 = V8.exec(line);
  if (v8) return place(v8[2]!.trim(), v8[3], v8[1]?.replace(/ \[as .*$/, ''), v8[4]);
  const gecko = GECKO.exec(line);
  if (gecko) return place(gecko[2]!, gecko[3], gecko[1], gecko[4]);
  const odd = ODD.exec(line);
  return odd ? frame(odd[2]!, undefined, odd[1], false) : undefined;
}

/** Files lose their scheme, query and content hash's meaning stays with the fingerprint. */
function place(url: string, line: string | undefined, name: string | undefined, column: string | undefined): ReturnType<typeof frame> {
  // What was evaluated has no file; where it was evaluated has one.
  const evaluated = /^eval at .*?\(([^()]+?):(\d+):(\d+)\)+, <anonymous>$/.exec(url);
  if (evaluated) return place(evaluated[1]!, evaluated[2], name, evaluated[3]);
  const file = url
    .replace(/^async (?=\S)/, '')
    .replace(/^file:\/\/(?=\/)/, '')
    .replace(/[?#].*$/, '');
  const library =
    /(?:^|[/\\])node_modules[/\\]|^node:|^internal\/|^\/var\/runtime\/|[/\\]webpack-runtime\.js$|^<anonymous>$|^(?:native|unknown)|^(?:module|events|timers|fs|net|_stream\w*|_http\w*)\.js$/.test(
      file,
    );
  return frame(file, line, name, !library, column);
}
