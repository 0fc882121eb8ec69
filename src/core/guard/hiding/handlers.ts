// An error that is caught and forgotten: a handler of every error, or of what says that the program is wrong, which gives a default.
import { indentOf, nearest } from './outline.ts';
import type { Source } from './source.ts';
import { GIVES_DEFAULT, isMadeUp, LITERAL, LOGS, NO_VALUE, RAISES, statements } from './what-lines-do.ts';

/** Whatever goes wrong is caught by it: no kind is named, or the kind of all. */
const CATCHES_ALL =
  /^\s*(?:except\s*(?:(?:\([^:()\n]*\b)?(?:BaseException|Exception)\b(?:[^:()\n]*\))?\s*(?:as\s+\w+\s*)?)?:\s*$|\}?\s*catch\s*(?:\(\s*(?:(?:final|const|val|let|var)\s+)?(?:\$?_?\w+\s*(?::\s*(?:unknown|any|Exception|Throwable)\s*)?|\\?(?:java\.lang\.|System\.)?(?:Exception|Throwable|RuntimeException|Error)(?:\s+\$?\w+)?|\.\.\.)\s*\)\s*)?\{\s*$|rescue\s*(?:(?:StandardError|Exception)\s*)?(?:=>\s*\w+\s*)?$|(?:\}\s*els)?if\s*\(\s*(?:my\s+\$\w+\s*=\s*)?\$(?:@|EVAL_ERROR)\s*\)\s*\{\s*$|\}\s*or\s+do\s*\{\s*$)/;
/** What says that the program is wrong is no answer of anybody's, as that of a parser is. */
const CATCHES_FAULTS =
  /^\s*(?:\}?\s*catch\s*\(\s*(?:final\s+)?(?:\w+\s*:\s*)?(?:(?:NullPointer|ClassCast|(?:Array|String)?IndexOutOfBounds|ConcurrentModification|Arithmetic|NullReference|InvalidCast|IndexOutOfRange|DivideByZero)Exception|\\?(?:TypeError|DivisionByZeroError|ArgumentCountError)|(?:const\s+)?std::(?:out_of_range|bad_optional_access|bad_cast|logic_error))\b[^()|]*\)\s*\{|\}?\s*on\s+(?:TypeError|NoSuchMethodError|RangeError|StateError|Error)\b[^{}]*\{|rescue\s+(?:[\w:]+\s*,\s*)*(?:NoMethodError|NameError|TypeError|ZeroDivisionError|FloatDomainError|FrozenError)\b.*|except\s*\(?\s*(?:[\w.]+\s*,\s*)*(?:AttributeError|TypeError|ZeroDivisionError|NameError|UnboundLocalError|AssertionError|RecursionError)\b[^:\n]*:|rescue\s*\(?\s*\w+\s+in\s+\[?[^\n]*\b(?:ArithmeticError|BadMapError|FunctionClauseError|UndefinedFunctionError|MatchError|CaseClauseError|BadArityError)\b[^\n]*)\s*$/;
/** That something is not there under its name is an answer to one question; of several nobody knows which one it answers. */
const CATCHES_LOOKUP =
  /^\s*(?:except\s*\(?\s*(?:[\w.]+\s*,\s*)*(?:KeyError|IndexError|LookupError)\b[^:\n]*:|rescue\s+(?:\w+\s*,\s*)*(?:KeyError|IndexError)\b.*)\s*$/;

/** One statement is tried. */
function isOneQuestion(lines: readonly string[], at: number): boolean {
  const depth = indentOf(lines[at] as string);
  const start = nearest(lines, at, -1, (line) => line.trim() !== '' && indentOf(line) <= depth);
  return start >= 0 && statements(lines.slice(start + 1, at).filter((other) => other.trim() !== '')).length < 2;
}

/** In Go the handler of every error; that it goes on with a default is what hides it. */
const GO_HANDLER = /^\s*(?:\}\s*else\s+)?if\s+(?:[\w, ]+:?=[^;]+;\s*)?err\s*!=\s*nil\s*\{\s*$/;
const SETS_DEFAULT = /^\s*[\w.]+\s*:?=(?!=)\s*(?:nil|true|false|-?\d[\d.]*|""|\w[\w.[\]*]*\{\s*\})\s*$/;

/** Of every error, or of what says that the program is wrong. */
function isHandler(lines: readonly string[], at: number): boolean {
  const line = lines[at] as string;
  const isWide = CATCHES_ALL.test(line) || CATCHES_FAULTS.test(line) || GO_HANDLER.test(line);
  return isWide || (CATCHES_LOOKUP.test(line) && !isOneQuestion(lines, at));
}

/** Of one kind, other than that something outside is not there, or does not answer. */
const CATCHES_ONE =
  /^\s*(?:except\s+(?!.*(?:OSError|IOError|KeyError|IndexError|LookupError|NotFound|Exist|Permission|Timeout|Connection|Interrupt|StopIteration|Import|EOF|Cancel|Missing))[\w.(), ]+(?:\s+as\s+\w+)?:|\}?\s*catch\s*\(\s*(?:final\s+)?\\?[\w.]*(?:Format|Parse|Convert|Argument|Cast|Value|Overflow|Syntax|Domain|Number)\w*(?:Exception|Error)\s+[$\w]+\s*\)\s*\{|rescue\s+(?:ArgumentError|FloatDomainError|RangeError|\w*(?:Parse|Format)\w*Error)\b.*)\s*$/;
/** A number that may be taken for one that was asked for. */
const GIVES_NUMBER = /^\s*(?:(?:return|[\w.$@]+\s*=(?!=))\s*)?(?:\w+\(\s*)?["']?\d[\d._]*["']?\s*\)?\s*;?\s*$/;

/** What could not be read is a number all the same. */
export function makesNumber(lines: readonly string[], ends: readonly number[], at: number): boolean {
  if (!CATCHES_ONE.test(lines[at] as string)) return false;
  const said = statements(lines.slice(at + 1, ends[at]).filter((other) => other.trim() !== ''));
  return said.some((one) => GIVES_NUMBER.test(one)) && said.every((one) => LOGS.test(one) || GIVES_NUMBER.test(one));
}

/** Of one kind, and it is not that something is not there: nobody hears of it, and what is given looks like an answer. */
const CATCHES_KIND =
  /^\s*(?:except\s+[\w.(), ]+(?:\s+as\s+\w+)?:|\}?\s*catch\s*\(\s*(?:final\s+)?[\w.\\| ]+(?:\s+\$?\w+)?\s*\)\s*\{|rescue\s+[A-Z][\w:, ]*(?:=>\s*\w+)?)\s*$/;
const OF_ABSENCE =
  /FileNotFound|NotFound|NoSuch|NoEnt|ENOENT|Exist|KeyError|IndexError|LookupError|Missing|Empty|StopIteration|EOF|Cancel|Interrupt|Abort|Import|Closed|BrokenPipe|Disconnect|Reset|Attribute/i;
const GIVES_EMPTY =
  /^\s*(?:(?:return\s*|[\w.$@]+\s*=(?!=)\s*)(?:-?\d[\d.]*|""|''|\[\s*\]|\{\s*\}(?:\s*as\s+\w+)?|(?:Collections|List|Map|Set|Optional|Array|Stream)\.(?:empty\w*|of)\(\s*\)|new\s+\w+(?:<[^>]*>)?\(\s*\))|continue|next)\s*;?\s*$/;

export function isSilent(lines: readonly string[], ends: readonly number[], at: number): boolean {
  const line = lines[at] as string;
  if (!CATCHES_KIND.test(line) || OF_ABSENCE.test(line)) return false;
  const body = lines.slice(at + 1, ends[at]).filter((other) => other.trim() !== '');
  return body.length === 1 && GIVES_EMPTY.test(body[0] as string);
}

/** All of its body logs or gives a default. An empty one, and one without a word of it, are `swallowed-error`. */
export function givesDefault(lines: readonly string[], ends: readonly number[], at: number): boolean {
  const isGo = GO_HANDLER.test(lines[at] as string);
  if (!isHandler(lines, at)) return false;
  // Where it goes on by raising, the error was what it asked for.
  const behind = lines[nearest(lines, (ends[at] as number) - 1, 1, (line) => /\w/.test(line))];
  if (behind !== undefined && RAISES.test(behind) && indentOf(behind) === indentOf(lines[at] as string)) return false;
  const body = lines.slice(at + 1, ends[at]).filter((other) => other.trim() !== '');
  const said = statements(body);
  if (isGo) return said.some((one) => SETS_DEFAULT.test(one)) && said.every((one) => LOGS.test(one) || SETS_DEFAULT.test(one));
  return body.length > 0 && body.length < 12 && said.every((one) => LOGS.test(one) || GIVES_DEFAULT.test(one) || isMadeUp(one));
}

/** A handler that is new, or that was there and did something else. */
export function isDefault({ lines, outline: { heads, ends }, hasMoreDefaults }: Source, at: number): boolean {
  const head = isHandler(lines, at) ? at : (heads[at] as number);
  if (head < 0 || (head !== at && !hasMoreDefaults)) return false;
  return givesDefault(lines, ends, head);
}

/** Perl: what is given back where the block in front of it has failed. JavaScript: where the program is wrong. */
export const isAnsweredBehind = (line: string): boolean => {
  const fault =
    /^\s*if\s*\(\s*\w+\s+instanceof\s+(?:TypeError|ReferenceError)\s*\)\s*\{?\s*(return\b.*?|continue|break)\s*;?\s*\}?\s*$/.exec(
      line,
    )?.[1];
  if (fault !== undefined) return GIVES_DEFAULT.test(fault);
  const [, answer = '', condition = ''] = /^(.*?)\s+if\s+(.*?);?\s*$/.exec(line) ?? [];
  return /^\$(?:@|EVAL_ERROR)$/.test(condition.replace(/[()\s]/g, '')) && GIVES_DEFAULT.test(answer);
};

/** What a promise that fails gives in place of its value, where that is written down. */
export function isRejected(line: string): boolean {
  const given = /\.catch\s*\(\s*(?:async\s*)?(?:\(\s*\w*\s*\)|\w+)\s*=>\s*(.+)$/.exec(line)?.[1];
  if (given === undefined || /^\{/.test(given)) return false;
  return (
    given
      .replace(LITERAL, '')
      .replace(/[\w$]+\s*:(?!:)/g, '')
      .replace(NO_VALUE, '')
      .replace(/[.?]/g, '') === ''
  );
}
