// Perl's `die` with and without Carp's backtrace. Perl's own warnings have the same shape and are not errors.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

/** Apache appends which script has said it. */
const DIED =
  /^(\S.*?) at (\S+\.(?:pl|pm|t|cgi|psgi)|\.{0,2}\/\S*|-e|\(eval \d+\)) line (\d+)(?:, <\S+> (?:line|chunk) \d+)?\.?(?:: \/\S+(?:, referer: \S+)?)?$/;
/** The compiler's complaints: several lines, then the one that says that it gave up. */
const COMPILE =
  /^(?:syntax error|Global symbol ".*" requires|Can't find string terminator|Bareword ".*" not allowed|Missing right curly).* at \S+ line \d+/;
const GAVE_UP = /^(?:BEGIN (?:failed|not safe)|Compilation failed|Execution of .* aborted|\S+ had (?:too many|compilation) errors)/;
const SYNTAX = /^(syntax error) at (\S+) line (\d+), near /;
const CALLED = /^\s+(\S.*?) called at (\S+) line (\d+)$/;
const WARNING =
  /^(?:Use of uninitialized|Odd number of|Useless use|Argument ".*" isn't|Subroutine .* redefined|Deep recursion|Possible |Name ".*" used only|Scalar value|".*" variable .* masks|isn't numeric)/;

/** How the lines follow each other. */
export const perlGrammar: Grammar = {
  name: 'perl',
  opens: (line) => (COMPILE.test(line) ? 'compile' : DIED.test(line) && !WARNING.test(line) ? 'head' : undefined),
  resumes: (line) => (CALLED.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (CALLED.test(line) || GAVE_UP.test(line)) return 'frames';
    if (state === 'compile') return COMPILE.test(line) || DIED.test(line) ? 'compile' : /^\s*(?:"|\()/.test(line) ? '?compile' : undefined;
    // Carp called from a handler of `die` prints the place of the handler by itself.
    return state === 'head' && /^ at \S+ line \d+\.$/.test(line) ? 'head' : undefined;
  },
};

export const readPerl: Reader = (lines) => {
  const head = lines.map((line) => DIED.exec(line) ?? SYNTAX.exec(line)).find((m) => m !== null);
  const calls = lines.map((line) => CALLED.exec(line)).filter((m) => m !== null);
  if (!head) return undefined;
  const places = [{ file: head[2]!, line: head[3]! }, ...calls.map((m) => ({ file: m[2]!, line: m[3]! }))];
  // Carp names the call made at a place; the function that a place lies in is the one called by the next.
  const frames = places.map((place, index) =>
    frame(place.file, place.line, calls[index]?.[1]?.replace(/\(.*$/, ''), !/[/\\](?:share|lib)[/\\]perl/.test(place.file)),
  );
  const type = /^([A-Z]\w*(?:::\w+)+)(?:=HASH\(|: )/.exec(head[1]!)?.[1] ?? 'die';
  return chained('perl', [{ type, message: head[1]!, frames }]);
};
