// Lines above the one that says what was thrown, and that were printed with it: the place that Next.js writes first, and the
// beginning of an object that Node prints with the error in one of its fields. They say nothing by themselves.
import { headOf } from '../formats/heads.ts';
import type { Reading } from '../formats/line-reading.ts';
import { isSureOpener, openTrace } from '../formats/traces/languages.ts';
import { behindHead } from './frames.ts';
import type { Line, Piece } from './open-event.ts';
import { isBelowPlace, isPlaceAbove } from './place-above.ts';

/** `  err: TypeError: no price`, and what a rejected promise holds. */
const FIELD_WITH_ERROR = /^(\s+)(?:<rejected> |['"]?[\w$-]+['"]?: )\[?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)\b/;
/** `  TypeError: no price,` in a list. */
const LISTED = /^(\s+)\[?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)\b/;
const FIELD = /^\s+['"]?[\w$-]+['"]?: .*,$/;
/** Words of who has caught it, above what was thrown: `You have an unhandled rejection, see below:`. */
/** And what Jenkins prints of a suppressed one, which stands first there; what rake says of itself. */
const ANNOUNCES = /^Also: {3}\S|^[a-z][\w-]* aborted!$|^(?=.*(?:rror|xception|eject|ail|aught|andled|rash|bort))[^\s{}[\]=][^{}]*:\s*$/;
/** Older sanitizers call themselves so above their ruler. */
const SIGNALLED = /^ASAN:(?:DEADLYSIGNAL|SIG[A-Z]+)$/;
/** Elixir's loggers say first whose end it was. */
const ENDED = /^[^{}]*\b(?:terminating|terminated|raised an exception)$/;
const IS_TRACE = /^(?:[\w$.]*(?:Error|Exception)\b|Traceback |Uncaught )/;
/** The upper edge of a box, whose left one stands before each line of it. */
const EDGE = /^\s*[╭╷┌┏╔][─━═]*[╮╷┐┓╗]?\s*$/;
/** So far above it is looked for where the object began. */
const MAX_ABOVE = 8;

/** @returns those lines, first to last; most lines have none */
export function leadAbove(line: Line, reading: Reading): readonly Piece[] {
  if (reading.whole || (reading.timed && reading.level !== undefined)) return [];
  const start = startOf(reading);
  const text = reading.text.slice(start);
  const isBelow = isBelowPlace(text);
  const listed = LISTED.exec(text)?.[1];
  const indent = FIELD_WITH_ERROR.exec(text)?.[1] ?? listed;
  const title = isDrawn(text)
    ? EDGE
    : text.startsWith('** (')
      ? ENDED
      : text.startsWith('=====')
        ? SIGNALLED
        : IS_TRACE.test(text)
          ? ANNOUNCES
          : undefined;
  const isSetIn = isSetInTrace(text);
  if (!isBelow && indent === undefined && !title && !isSetIn) return [];
  const head = start === 0 ? undefined : headOf(reading.text.slice(0, start));
  const above: Piece[] = [];
  for (const one of line.above?.(indent === undefined ? 1 : MAX_ABOVE) ?? []) {
    const piece = behindHead({ ...one, above: undefined }, reading, head, one.line - line.line);
    if (piece === undefined) return [];
    above.unshift(piece);
    const said = piece.reading.text;
    if (isSetIn && indent === undefined) return ownsSetIn(piece.reading) ? above : [];
    if (indent === undefined) return (isBelow && isPlaceAbove(said, text)) || (title?.test(said) && isNobodys(piece.reading)) ? above : [];
    if ((listed === undefined ? /\{$/ : /\[$/).test(said) && /^\s*/.exec(said)![0].length < indent.length) return above;
    if (listed !== undefined || !FIELD.test(said) || !said.startsWith(indent)) return [];
  }
  return [];
}

/** What tells itself for sure, and is set in: it stands below a record. */
function isSetInTrace(text: string): boolean {
  if (!/^(?:\t| {2,})\S/.test(text)) return false;
  const said = text.trimStart();
  const trace = openTrace(said);
  return trace !== undefined && isSureOpener(trace, said);
}

/** A record that says when it was and no level: its formatter, Twisted's, sets in whatever else it says. */
const ownsSetIn = ({ timed, level, whole, text }: Reading): boolean => timed && !whole && level === undefined && /^\S/.test(text);

/** `  error: ` and `  <rejected> ` are a field of an object, and no head of a stream. */
const FIELD_NAME = /[ \t]{2,}(?:<rejected> |['"]?[\w$-]+['"]?: )\[?(?=(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)\b)/;

/** @returns where the text of the line begins behind the head of its stream, which may be a clock alone; one blank may part them */
export function startOf({ head = 0, text, timed, body }: Reading): number {
  const found = head > 0 || timed ? FIELD_NAME.exec(text.slice(0, Math.max(head, body) + 80)) : null;
  if (!found || found.index > Math.max(head, body)) return head;
  return found.index > 0 && /^[ \t]{3}/.test(found[0]) ? found.index + 1 : found.index;
}

/** What says its time or its level is a record, and whole without what stands below it. */
const isNobodys = ({ timed, level, whole }: Reading): boolean => !timed && !whole && level === undefined;

/** One side of a box stands before the line. */
export const isDrawn = (text: string): boolean => /^\s*[│┃║╷╵╭╰├└┌×╔╚┏┗]/.test(text);
