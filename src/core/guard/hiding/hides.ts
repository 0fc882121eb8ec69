// Principle: a fix mends what the program does for every input. A change only hides the bug where something else decides:
// the one input of its own test, a constant in front of the code, an error that is caught and forgotten, the passing of
// time, or whether it is a test that looks on. Read from the added lines of sources; what a program means is not understood.
import type { Verdict } from '../../model.ts';
import { beyond, draft, patchOnly, quote, type ReadFile } from '../policy.ts';
import { leftUndone } from './left-undone.ts';
import { bracesUp, indentOf, type Outline, outlineOf } from './outline.ts';
import { passedOver } from './passed-over.ts';
import { type InFile, sidesOf } from './sides.ts';
import { untold } from './untold.ts';
import { NO_STATEMENT, workGone } from './work-gone.ts';

/** Lines of a source with what it had before. What is asked for each line is counted once for all of them. */
interface Source {
  readonly path: string;
  /** Without comments. */
  readonly lines: readonly string[];
  readonly outline: Outline;
  /** Lines that it no longer has, as many as are looked at. */
  readonly gone: readonly string[];
  /** Of those that raised something: below which lines, and with which condition behind them. */
  readonly raisedBelow: ReadonlySet<string>;
  readonly raisedWhere: ReadonlySet<string>;
  /** Numbers of the lines that are new, from 0, in their order. */
  readonly added: ReadonlySet<number>;
  /** Literals that were there before. */
  readonly spoken: ReadonlySet<string>;
  readonly hasMoreDefaults: boolean;
  readonly hasMoreWaits: boolean;
  readonly hasMoreTries: boolean;
}

const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|pyi?|rb|rake|php|p[lm]|go|rs|java|kts?|scala|groovy|cs|fs|vb|swift|dart|exs?|lua|sh|bash|zsh|c|h|cc|cpp|cxx|hh|hpp|hxx|mm?)$/i;

/** One finding for each rule and file. */
export function hides(files: readonly ReadFile[]): readonly Verdict[] {
  const known = new Set(
    files
      .filter(({ isTest }) => isTest)
      .flatMap(({ before, after }) => beyond(after.uncommented, before.uncommented))
      .flatMap(literalsWithin),
  );
  const sources = files.filter(({ isTest, path, after }) => !isTest && CODE.test(path) && after.text !== '').map(sourceOf);
  // Beside other work a better level may be meant; alone it is all that becomes of the error.
  const isOnlyQuieter = sources.every((source) =>
    [...source.added].every((at) => isQuieter(source.lines[at] as string, source) || NO_STATEMENT.test(source.lines[at] as string)),
  );
  const quieter = isOnlyQuieter ? patchOnly : draft;
  const isOnlyLater = sources.every((source) => [...source.added].every((at) => isLater(source.lines[at] as string, source)));
  const found = sources.flatMap((source) => [
    ...first(source, 'swallowed-error', patchOnly, 'a jump out of what is done in any case, with which every error is gone', (_line, at) =>
      isJump(source, at),
    ),
    ...first(source, 'special-case', patchOnly, 'a condition that is the input of the added test', (line, at) =>
      isSpecial(line, source, known, at),
    ),
    ...first(source, 'early-constant', patchOnly, 'a return in front of the code it was to mend', (_line, at) => isEarly(source, at)),
    ...first(
      source,
      'default-handler',
      patchOnly,
      'a handler of every error that only gives back a default',
      (line, at) =>
        isDefault(source, at) || makesNumber(source.lines, source.outline.ends, at) || isRejected(line) || isAnsweredBehind(line),
    ),
    ...first(source, 'error-dropped', patchOnly, 'words or a constant in place of an error that was raised', (line, at) =>
      isDropped(line, source, at),
    ),
    ...first(source, 'lower-level', quieter, 'a lower level for what was logged as an error', (line) => isQuieter(line, source)),
    ...first(source, 'waits', patchOnly, 'a wait in which the error may go by', (line, at) => isWait(line, source, at)),
    ...(isOnlyLater
      ? first(source, 'limit-raised', patchOnly, 'a greater number for a limit, and nothing else', (line) => isLater(line, source))
      : []),
    ...first(source, 'sees-tests', patchOnly, 'a look at whether tests are run', (line) => SEES_TESTS.some((mark) => mark.test(line))),
  ]);
  const told = new Set(found.map(({ path, verdict: { rule } }) => `${rule === 'lower-level' ? 'silenced-report' : rule} ${path}`));
  const sides = sidesOf(files, (path) => CODE.test(path));
  const gone = [...workGone(files, sides, (path) => CODE.test(path)), ...leftUndone(sides), ...untold(sides), ...passedOver(sides)].filter(
    ({ path, verdict: { rule } }) => !told.has(`${rule} ${path}`),
  );
  return [...found, ...gone].map(({ verdict }) => verdict);
}

function first(
  { path, lines, added }: Source,
  rule: string,
  verdict: typeof draft,
  what: string,
  is: (line: string, at: number) => boolean,
): readonly InFile[] {
  const at = [...added].find((number) => is(lines[number] as string, number));
  return at === undefined ? [] : [{ path, verdict: verdict(rule, `${path} gets ${what}: ${quote(lines[at] as string)}`) }];
}

function sourceOf({ path, before, after }: ReadFile): Source {
  const left = new Map<string, number>();
  const [earlierText, laterText] = [bracesUp(before.uncommented), bracesUp(after.uncommented)];
  const earlier = earlierText.split('\n');
  for (const line of earlier) left.set(line.trim(), (left.get(line.trim()) ?? 0) + 1);
  const lines = laterText.split('\n');
  const added = lines.flatMap((line, at) => {
    const count = left.get(line.trim()) ?? 0;
    left.set(line.trim(), count - 1);
    return count <= 0 && line.trim() !== '' && line.length < 500 ? [at] : [];
  });
  const [outline, was] = [outlineOf(lines), outlineOf(earlier)];
  const gone = beyond(earlierText, laterText).slice(0, MOST_GONE);
  const raised = new Set(gone.filter((line) => RAISES.test(line)));
  const defaults = (those: readonly string[], { ends }: Outline): number =>
    those.filter((_line, at) => givesDefault(those, ends, at)).length;
  const waits = (those: readonly string[], what = WAIT): number => those.filter((one) => what.test(one)).length;
  return {
    ...{ path, lines, outline, added: new Set(added), spoken: new Set(earlier.flatMap(literals)) },
    hasMoreDefaults: defaults(lines, outline) > defaults(earlier, was),
    gone,
    raisedBelow: new Set(earlier.flatMap((line, at) => (raised.has(line) ? [earlier[was.heads[at] ?? -1] ?? ''] : []))),
    raisedWhere: new Set([...raised].flatMap((line) => MODIFIER.exec(line)?.[0] ?? [])),
    hasMoreWaits: waits(lines) > waits(earlier),
    hasMoreTries: waits(lines, AGAIN) > waits(earlier, AGAIN),
  };
}

// ---------------------------------------------------------------- the input of the test

const LITERAL =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|(?<=[(,=~!&|]\s*|\b(?:if|unless|when)\s+)\/(?![/*])(?:[^/\\\n]|\\.)+\/|%w\[[^\]\n]*\]|(?<![\w$.])(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?)/g;
/** They stand in every test. */
const WEAK = /^(?:0|1|0\.0|1\.0|\W?)$/;

/** Literals of an added test; a text that is JSON or code holds some of its own. */
const literalsWithin = (text: string): readonly string[] =>
  literals(text).flatMap((one) => [one, ...(/["'\d]/.test(one) ? literals(one.replace(/\\(["'])/g, '$1')) : [])]);

/** Without quotes, and without the marks of a pattern, so that those of a language do not matter. */
function literals(text: string): readonly string[] {
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

function isSpecial(
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

/** What of an answer is no value of anybody's. */
const NO_VALUE = /\b(?:return|None|null|nil|undefined|true|false|True|False)\b|[\s[\](){},;:-]/g;

/** What is done where it holds is no part of a condition. */
function beforeBody(condition: string): string {
  const [head = ''] = condition.split(/(?:[:){]|->|=>)\s*(?:return|throw|raise|continue|break)\b|\bthen\b|\belse\b/);
  return head;
}

// ---------------------------------------------------------------- a constant in front

const CONSTANT =
  /^\s*return(?:\s+(?:None|null|nil|undefined|true|false|True|False|-?\d[\d.]*|""|''|\[\s*\]|\{\s*\}|\(\s*\)|nullptr|std::nullopt))?\s*;?\s*$/;
const OPENS_FUNCTION =
  /\b(?:def|function|func|fn|fun|sub)\b|=>\s*\{\s*$|^\s*(?:[\w<>[\],.?*&:]+\s+)+\w+\s*\([^;]*\)\s*(?:throws[\w., ]+)?\{\s*$|^\s+\w+\s*\([^;]*\)\s*\{\s*$/;

/** Without a condition, and with code behind it that is never reached. */
function isEarly({ lines, added }: Source, at: number): boolean {
  const line = lines[at] as string;
  if ((!CONSTANT.test(line) && !RETURNS.test(line)) || isConditional(line)) return false;
  const depth = indentOf(line);
  const above = lines.slice(0, at).findLast((other) => other.trim() !== '' && !/^\s*(?:"""|'''|["'].*["'];?\s*$)/.test(other)) ?? '';
  const behind = lines.findIndex((other, number) => number > at && other.trim() !== '');
  const next = lines[behind] ?? '';
  if (indentOf(next) !== depth || UNREACHED.test(next) || OPENS_BRANCH.test(above)) return false;
  if (CONSTANT.test(line) && OPENS_FUNCTION.test(above)) return true;
  // Of what was there before nothing is reached any more, whatever is given back.
  return RETURNS.test(line) && !added.has(behind) && indentOf(above) === depth && /[;)\w"'\]}]\s*$/.test(above);
}

/** Ruby and Perl ask behind what is done; with an `else` it is the choice of a value, and done in any case. */
const isConditional = (line: string): boolean => {
  const asked = MODIFIER.exec(line.replace(LITERAL, "''"));
  return asked !== null && !/\belse\b/.test(asked[0]);
};

/** What may well stand behind a return. */
const UNREACHED =
  /^\s*(?:[})\]]|;;|(?:end|def|case|default|else|elif|elsif|elseif|until|fi|done|esac|rescue|ensure|except|finally|catch|when|yield|function|class|async|fn|func|sub)\b|\w+:\s*$|#)/;
const OPENS_BRANCH = /^\s*\}?\s*(?:if|elif|elsif|else|unless|while|for|switch|case|try|catch|with|when)\b/;
const RETURNS = /^\s*return\b[^{([]*(?:\([^()]*\)[^{([]*)?;?\s*$/;

// ---------------------------------------------------------------- an error that is forgotten

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
  const start = lines.slice(0, at).findLastIndex((other) => other.trim() !== '' && indentOf(other) <= depth);
  return start >= 0 && statements(lines.slice(start + 1, at).filter((other) => other.trim() !== '')).length < 2;
}

const LOGS =
  /^\s*(?:[@$]?\w+(?:\.|->|::))?[_$@]{0,2}(?:\w+\s*\(\s*\)\s*\.)?(?:console|log|logg?er|logging|LOG|LOGGER|warnings|print(?:ln|f|_r)?|puts|p|pp|warn|error_log|System\.(?:out|err)|Debug|Trace|Rails\.logger|slog|fmt|std::cerr|traceback|Sentry|sentry_sdk)\b[\s.:>(-]/i;
/** A value that says nothing of what was asked for. */
const GIVES_DEFAULT =
  /^\s*(?:(?:return|(?:(?:const|let|var|final)\s+)?[\w.$@]+\s*:?=(?!=))\s*(?:None|null|nil|undefined|true|false|True|False|-?\d[\d.]*|"[^"\n]*"|'[^'\n]*'|[sS]tring(?:\.Empty|::new\(\))|default|\[\s*\]|\{\s*\}|\(\s*\)|(?:Collections|List|Map|Set|Optional|Array)\.(?:empty\w*|of)\(\s*\)|new\s+\w+(?:<[^>]*>)?\(\s*\)|(?:(?:dict|list|set|str|int|float|tuple|bytes|frozenset|OrderedDict|Counter)\(\s*\)|defaultdict\(\s*\w*\s*\)))?|continue|break|next|nil|null|false|true|0|"[^"\n]*"|'[^'\n]*'|\[\s*\]|\{\s*\})\s*;?\s*$/;

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
function makesNumber(lines: readonly string[], ends: readonly number[], at: number): boolean {
  if (!CATCHES_ONE.test(lines[at] as string)) return false;
  const said = statements(lines.slice(at + 1, ends[at]).filter((other) => other.trim() !== ''));
  return said.some((one) => GIVES_NUMBER.test(one)) && said.every((one) => LOGS.test(one) || GIVES_NUMBER.test(one));
}

/** All of its body logs or gives a default. An empty one, and one without a word of it, are `swallowed-error`. */
function givesDefault(lines: readonly string[], ends: readonly number[], at: number): boolean {
  const isGo = GO_HANDLER.test(lines[at] as string);
  if (!isHandler(lines, at)) return false;
  // Where it goes on by raising, the error was what it asked for.
  const behind = lines.slice(ends[at]).find((other) => /\w/.test(other));
  if (behind !== undefined && RAISES.test(behind) && indentOf(behind) === indentOf(lines[at] as string)) return false;
  const body = lines.slice(at + 1, ends[at]).filter((other) => other.trim() !== '');
  const said = statements(body);
  if (isGo) return said.some((one) => SETS_DEFAULT.test(one)) && said.every((one) => LOGS.test(one) || SETS_DEFAULT.test(one));
  return body.length > 0 && body.length < 12 && said.every((one) => LOGS.test(one) || GIVES_DEFAULT.test(one) || isMadeUp(one));
}

const GIVES = /^\s*(?:return\s+|(?:(?:const|let|var|final|val)\s+)?[\w.$@]+\s*:?=(?!=)\s*)?(\S.*?);?\s*$/;

/** A constant, a type by its name, or what is made of such alone: nothing that was given to the program takes part. */
function isMadeUp(line: string): boolean {
  const value = GIVES.exec(line)?.[1];
  return (
    value !== undefined &&
    !/^\s*(?:throw|raise|panic)\b/.test(line) &&
    (value !== line.trim().replace(/;$/, '') || /^[A-Z]/.test(value)) &&
    value
      .replace(LITERAL, '')
      .replace(/(?<![\w$.])(?:new\s+|\\)?[A-Z][\w$]*(?:(?:\.|::|->)[A-Za-z_]\w*)*/g, '')
      .replace(NO_VALUE, '') === ''
  );
}

/** A handler that is new, or that was there and did something else. */
function isDefault({ lines, outline: { heads, ends }, hasMoreDefaults }: Source, at: number): boolean {
  const head = isHandler(lines, at) ? at : (heads[at] as number);
  if (head < 0 || (head !== at && !hasMoreDefaults)) return false;
  return givesDefault(lines, ends, head);
}

/** Perl: what is given back where the block in front of it has failed. JavaScript: where the program is wrong. */
const isAnsweredBehind = (line: string): boolean => {
  const fault =
    /^\s*if\s*\(\s*\w+\s+instanceof\s+(?:TypeError|ReferenceError)\s*\)\s*\{?\s*(return\b.*?|continue|break)\s*;?\s*\}?\s*$/.exec(
      line,
    )?.[1];
  if (fault !== undefined) return GIVES_DEFAULT.test(fault);
  const [, answer = '', condition = ''] = /^(.*?)\s+if\s+(.*?);?\s*$/.exec(line) ?? [];
  return /^\$(?:@|EVAL_ERROR)$/.test(condition.replace(/[()\s]/g, '')) && GIVES_DEFAULT.test(answer);
};

/** What a promise that fails gives in place of its value, where that is written down. */
function isRejected(line: string): boolean {
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

/** Done in any case: whoever leaves it by another way than its end takes the error along. */
const ANYWAY = /^\s*\}?\s*(?:finally|ensure)\b\s*[:{]?\s*$/;
const JUMPS = /^\s*(?:\}?\s*(?:if|unless|else)\b[^\n]*)?\b(return|break|continue|next)\b(?!\s*[=.(:])/;
const LOOPS = /^\s*(?:for|while|until|loop|foreach|do)\b|\b(?:each\w*|times|map|loop)\b[^\n]*(?:\bdo\b|\{)/;
const FUNCTION = /\b(?:def|function|func|fn|fun|sub|lambda|proc)\b|=>\s*\{?\s*$|->\s*\{?\s*$/;

/** A jump straight within it, new or in one that is new. */
function isJump({ lines, outline: { heads, ends }, added }: Source, at: number): boolean {
  const line = lines[at] as string;
  if (/\bfinally\s*\{[^{}]*\b(?:return|break|continue)\b[^{}]*\}/.test(line)) return true;
  const leaves = (from: number): boolean => {
    const word = JUMPS.exec(lines[from] as string)?.[1];
    if (word === undefined) return false;
    for (let head = heads[from] as number; head >= 0; head = heads[head] as number) {
      const above = lines[head] as string;
      if (ANYWAY.test(above)) return true;
      if (FUNCTION.test(above) || (word !== 'return' && LOOPS.test(above))) return false;
    }
    return false;
  };
  if (!ANYWAY.test(line)) return leaves(at);
  return added.has(at) && lines.slice(at + 1, ends[at]).some((_each, index) => leaves(at + 1 + index));
}

/** A call over several lines is one. */
function statements(body: readonly string[]): readonly string[] {
  const found: string[] = [];
  let open = 0;
  for (const line of body) {
    if (open > 0) found[found.length - 1] += ` ${line.trim()}`;
    else found.push(line);
    open += (line.match(/\(/g)?.length ?? 0) - (line.match(/\)/g)?.length ?? 0);
  }
  return found;
}

const RAISES = /^\s*(?:throw|raise|panic!|fatalError|die|abort)\b|^\s*return\s+(?:[\w.]+,\s*)*(?:err\b|fmt\.Errorf\(|errors\.\w+\()/;
const NO_ERROR = /^\s*return(?:\s+(?:nil|null|None|undefined|true|false|0|""|''))?(?:,\s*nil)?;?\s*$/;
const MODIFIER = /\s(?:if|unless)[\s(!].+$/;

/** In the very place of a line that raised: below the same condition, or with the same one behind it. */
function isDropped(line: string, { lines, outline: { heads, ends }, gone, raisedBelow, raisedWhere }: Source, at: number): boolean {
  const givesNothing = (each: string): boolean => {
    const bare = each.replace(MODIFIER, '');
    return NO_ERROR.test(bare) || (/^\s*(?:return|continue|break|next)\b/.test(bare) && GIVES_DEFAULT.test(bare));
  };
  if (!LOGS.test(line) && !givesNothing(line)) return handsDefault(line, lines, gone);
  const condition = MODIFIER.exec(line)?.[0];
  if (condition !== undefined) return raisedWhere.has(condition);
  const head = heads[at] ?? -1;
  if (head < 0 || !raisedBelow.has(lines[head] as string)) return false;
  // Somebody may raise what is made of it there, or mend it.
  return lines.slice(head + 1, ends[head]).every((each) => each.trim() === '' || LOGS.test(each) || givesNothing(each));
}

/** Rust: a call whose error was passed on gets a default for it. Go: nobody asks for it any more. */
function handsDefault(line: string, lines: readonly string[], gone: readonly string[]): boolean {
  if (/,\s*_\s*:?=\s*[\w.]+\(/.test(line)) {
    const named = line.replace(/,\s*_(?=\s*:?=)/, ', err').replace(/\s+/g, '');
    return gone.some((other) => other.replace(/\s+/g, '').replace(/^if/, '').startsWith(named));
  }
  const call = /^(.*\))\s*\.unwrap_or(?:_default|_else)?\(/.exec(line)?.[1];
  if (call !== undefined) return gone.some((other) => other.startsWith(`${call}?`));
  const value = /^\s*Err\(_\w*\)\s*=>\s*(.*?),?\s*$/.exec(line)?.[1];
  if (value === undefined || !(isMadeUp(value) || GIVES_DEFAULT.test(`return ${value}`))) return false;
  const passed = gone.map((other) => /(?:=|^)\s*([^=]+?\))\?;\s*$/.exec(other)?.[1]).filter((one) => one !== undefined);
  return passed.some((one) => lines.some((other) => other.includes(`match ${one}`)));
}

/** Levels that somebody is told of, and those nobody is. */
const LEVEL =
  /\b(log)?(fatal|critical|error|err|severe|exception|warning|warn|info|information|debug|trace|fine|verbose)(f|w|ln|_\w+)?(?=\s*[(!:,"'\s])/i;
const TOLD = /^(?:fatal|critical|error|err|severe|exception)$/i;
const UNTOLD = /^(?:info|information|debug|trace|fine|verbose)$/i;

/** What is said stays; nobody is told of it any more. */
function isQuieter(line: string, { gone }: Source): boolean {
  const level = LEVEL.exec(line);
  if (level === null || !UNTOLD.test(level[2] ?? '') || !LOGS.test(line)) return false;
  // With or without the trace.
  const bare = (text: string): string =>
    text
      .replace(LEVEL, '')
      .replace(/,\s*exc_info\s*=\s*\w+/, '')
      .trim();
  return gone.some((other) => TOLD.test(LEVEL.exec(other)?.[2] ?? '') && bare(other) === bare(line));
}

/** Until when something is waited for, how often it is tried, how deep or how much it may be. */
const LIMIT = /time_?-?out|retr(?:y|ies)|attempts?|deadline|max_?(?:depth|recursion|stack|wait|tries)|recursion|stack_?size/i;
const NUMBER = /(?<![\w.])\d[\d_]*(?:\.\d+)?/g;

/** The line as it was, with a greater number. */
function isLater(line: string, { gone }: Source): boolean {
  if (!LIMIT.test(line)) return false;
  const [shape, numbers] = [line.replace(NUMBER, '0').trim(), line.match(NUMBER) ?? []];
  const value = (text: string | undefined): number => Number((text ?? '').replaceAll('_', ''));
  return gone.some((other) => {
    if (other.replace(NUMBER, '0').trim() !== shape) return false;
    const were = other.match(NUMBER) ?? [];
    return numbers.every((one, at) => value(one) >= value(were[at])) && numbers.some((one, at) => value(one) > value(were[at]));
  });
}

/** A change with more lines that are gone is none of a line or two. */
const MOST_GONE = 200;

// ---------------------------------------------------------------- time

/** `[r]`, `[o]`: the core itself names no such thing. */
const WAIT =
  /\btime\.sleep\s*\(|\basyncio\.sleep\s*\(\s*[^0)]|\bgevent\.sleep\s*\(|(?<![.\w])(?:sleep|usleep|msleep|nanosleep)\s*\(?\s*[\d.]|\bThread\.(?:sleep|Sleep)\s*\(|\bTimeUnit\.\w+\.sleep\s*\(|\btime\.Sleep\s*\(|\bTask\.Delay\s*\(|\bthread::sleep\s*\(|\bKernel\.sleep\b|\bProcess\.sleep\s*\(|\bnew\s+P[r]omise\s*\([^\n]*\bsetTime[o]ut\s*\(|\bawait\s+(?:\w+\.)?(?:sleep|delay|wait|setTime[o]ut)\s*\(|\b(?:timers\w*|scheduler)\.(?:setTime[o]ut|wait)\s*\(\s*[\d_]+\s*[,)]|\bAtomics\.wait\s*\(|\bselect\s*\(?\s*undef\s*,\s*undef\s*,\s*undef\s*,|\bstd::this_thread::sleep/;

/** What failed is tried once more. */
const AGAIN =
  /^\s*retry\b\s*(?:if\b|unless\b|$)|^\s*@(?:\w+\.)?(?:retry|backoff|Retryable?)\b|\b(?:for|while|loop|until)\b[^\n]*\b(?:attempts?|retr(?:y|ies)|tries)\b/i;

/** An answer by which a service or a system asks to be asked again, and the loop goes on for no other. */
const ASKED_AGAIN = /\b(?:429|503)\b|\bRetry-After\b|\bE(?:AGAIN|INTR|WOULDBLOCK)\b|\b40(?:001|P01)\b/i;

/** In new code, whatever it is for; where there were as many before, one was changed. A loop that was there may be given its pace. */
function isWait(line: string, { lines, added, outline: { heads }, hasMoreWaits, hasMoreTries }: Source, at: number): boolean {
  if (hasMoreTries && AGAIN.test(line) && !ASKED_AGAIN.test(line)) return true;
  if (!hasMoreWaits || !WAIT.test(line)) return false;
  for (let head = heads[at] as number; head >= 0 && !FUNCTION.test(lines[head] as string); head = heads[head] as number)
    if (LOOPS.test(lines[head] as string)) return added.has(head);
  return true;
}

// ---------------------------------------------------------------- who looks on

/** By the names that runners and CI machines give themselves. */
const SEES_TESTS: readonly RegExp[] = [
  /\b(?:unittest|pytest|_pytest|nose|doctest)["']?\s*(?:not\s+)?in\s+(?:sys\.(?:modules|argv)|" "\.join)|sys\.modules(?:\.get\(|\[)\s*["'](?:unittest|pytest|_pytest|nose)/,
  /\b(?:JEST_WORKER_ID|VITEST(?:_WORKER_ID|_POOL_ID)?|PYTEST_(?:CURRENT_TEST|VERSION|XDIST_\w+|ADDOPTS)|NODE_TEST_CONTEXT|MOCHA_\w+|KARMA_\w+|RUST_TEST_\w+|PHPUNIT_\w+|__PHPUNIT\w*|XCTestConfigurationFilePath)\b/,
  /(?:process\.env|import\.meta\.env|Deno\.env\.get|os\.environ|os\.getenv|os\.Getenv|System\.getenv|getenv|ENV|env::var|\$_ENV|\$_SERVER|GetEnvironmentVariable)\s*(?:\?\.|\.|\[|\(|\{)?\s*(?:\(|get\(|fetch\()?\s*["']?(?:HARNESS_\w+|(?:(?:IS|IN|UNDER|RUNNING|RUN)_)?(?:UNIT_?)?TEST(?:S|ING|_MODE|_ENV|_RUN|_RUNNER)?|CI|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|GITLAB_CI|TRAVIS|CIRCLECI|JENKINS_URL|BUILDKITE|TEAMCITY_VERSION|APPVEYOR)\b/,
  /\bNODE_ENV\b["'\])]*\s*[!=]==?\s*["']test["']|["']test["']\s*[!=]==?\s*process\.env\.NODE_ENV|\bRails\.env\.test\?|\b(?:RAILS_ENV|RACK_ENV|APP_ENV|MIX_ENV|DJANGO_ENV|FLASK_ENV)\b["'\])]*\s*[!=]=+\s*["']test/,
  /\bimport\.meta\.env\.MODE\s*[!=]==?\s*["']test["']/,
  /\bdefined\?\s*\(?\s*(?:::)?(?:RSpec|Minitest|Test::Unit)\b|\bdefined\s*\(\s*["']PHPUNIT|class_exists\s*\(\s*["']?\\*PHPUnit|\bObject\.const_defined\?\s*\(?[:"'](?:RSpec|Minitest)/,
  /\btesting\.Testing\s*\(\s*\)|\bflag\.Lookup\s*\(\s*"test\.|HasSuffix\s*\(\s*os\.Args\[0\]\s*,\s*"\.test"|\bcfg!\s*\(\s*test\s*\)/,
  /\bClass\.forName\s*\(\s*"(?:org\.junit|org\.testng)|getStackTrace\(\)[^\n]*(?:junit|test)/i,
  /\btypeof\s+(?:(?:globalThis|global|window|self)\.)?(?:jest|describe|it|expect|vi|mocha)\s*[!=]==?\s*["'](?:undefined|function|object)["']|\bglobalThis\.(?:jest|describe|vitest|__vitest\w*|__coverage__)\b/,
  /^(?=[^\n]*["'`][\w./\\:-]*(?:pytest|py\.test|unittest|(?<![a-z])jest|vitest|mocha|rspec|minitest|phpunit|junit|testng|[xn]unit|test_|_test\b|\.test\b|\.spec\b))(?=[^\n]*\b(?:argv|ARGV|os\.Args|sys\.modules|inspect\.\w*|traceback|currentframe|_getframe|stack|getStackTrace|debug_backtrace|caller(?:_locations)?|runtime\.Callers?|StackTrace|StackFrame|AppDomain)\b)/,
  /\$INC\s*\{\s*["']?Test\b|(?:\[|\btest\b|\bif\b|\bcase\b|&&|\|\|)[^\n]*\$\{?(?:CI|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|GITLAB_CI|TRAVIS|BATS_\w+|SHUNIT_\w+)(?=[:}"\s\]])/,
  /(?:\$PROGRAM_NAME|\$0|BASH_SOURCE|\bargv["']?\]?\s*\[\s*[01]\s*\]|\bexecArgv|\bos\.Args\[0\]|SCRIPT_(?:NAME|FILENAME))(?![^\n]*__FILE__)[^\n]*["'`/][^"'`\n]*\btests?\b/i,
  /\b(?:sys\.argv|process\.argv|\$0|os\.Args|\$argv|ARGV)\b[^\n]*(?:pytest|unittest|jest|vitest|mocha|rspec|phpunit)/,
];
