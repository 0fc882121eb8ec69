// Principle: what a line raises on purpose is meant. The source line of the nearest frame of the application tells whether
// somebody wrote "raise just this", or whether the runtime found it impossible to go on there.
import { ownName, wordsOf } from './evidence.ts';

/** Lines of the file around the frame's line. Nothing of it leaves the machine. */
export interface RaiseSite {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** The statement's lines: the frame's own and up to four before and behind it. */
  readonly before: readonly string[];
  readonly text: string;
  readonly after: readonly string[];
}

/** How many lines a statement may span, each way. */
const SPAN = 4;

/** @param line from 1. @returns undefined where the file has no such line */
export function raiseSite(path: string, content: string, line: number): RaiseSite | undefined {
  const lines = content.split(/\r?\n/);
  const text = lines[line - 1];
  if (text === undefined) return undefined;
  return { path, line, text, before: lines.slice(Math.max(0, line - 1 - SPAN), line - 1), after: lines.slice(line, line + SPAN) };
}

const RAISES =
  /\b(?:throw|raise|panic!?|abort|fail!?|bail!?|ensure!?|reject|die|croak|confess|fatalError|preconditionFailure|precondition|assert!?|unreachable!?|todo!?|unimplemented!?|error|signal)\b(?!\s*[:=.])|\breturn\b.*\b(?:errors\.New|fmt\.Errorf|Err\()|\b(?:authorize!?|params\.require|permit!|abort_if|abort_unless|Abort|next)\s*\(|\b\w+\.reject\(/;

/** What the raise names: `throw new T(`, `raise T`, `T::new`, `errors.New("…")`. */
export function raisesOnPurpose({ text, before, after }: RaiseSite, type: string): boolean {
  const name = ownName(type);
  const code = strip(text);
  const named = name === '' || new RegExp(`\\b${escaped(name)}\\b`).test(statement(before, text, after));
  if (RAISES.test(code)) return named || /\b(?:panic|abort|fatalError|precondition|assert|die|bail|ensure|unreachable|todo)!?\b/.test(code);
  // A raise whose arguments stand over several lines: the frame's line is one of them.
  const open = before.findLastIndex((line) => RAISES.test(strip(line)));
  return open >= 0 && named && name !== '' && isOpen([...before.slice(open), text].slice(0, -1).join('\n'));
}

/** Names by which a programmer says "this cannot be". */
const INVARIANT =
  /\b(?:illegal state|invalid operation|assertion(?: failed)?|invariant(?: violation)?|not implemented|unsupported operation|should not happen|internal)\b|^unreachable(?: code)?(?: (?:error|exception))?$/;
const INVARIANT_SAID =
  /\b(?:unreachable|should (?:never|not) (?:happen|be reached)|can(?:no|')t happen|invariant|must not be (?:null|nil|none|empty|undefined)|impossible|bug:|assertion)\b/i;

/** Something raised because the program itself is in a state that it must never be in: a fault of the code, though raised on purpose. */
export function isInvariant(type: string, message: string, site: RaiseSite | undefined): boolean {
  if (INVARIANT.test(wordsOf(type)) || INVARIANT_SAID.test(message.slice(0, 300))) return true;
  return (
    site !== undefined &&
    /\b(?:assert!?|unreachable!?|invariant|precondition|fatalError|todo!?|unimplemented!?)\s*\(/.test(strip(site.text))
  );
}

function statement(before: readonly string[], text: string, after: readonly string[]): string {
  return [...before.slice(-1), text, ...after.slice(0, 2)].map(strip).join('\n');
}

const isOpen = (text: string): boolean => (text.match(/[([{]/g)?.length ?? 0) > (text.match(/[)\]}]/g)?.length ?? 0);

/** Without what a line comment says. */
const strip = (line: string): string => line.replace(/(?:^|\s)(?:\/\/|#(?!\[)|--\s).*$/, '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
