// Principle: what the language's own runtime raises because a line asked for something that cannot be (a member of
// nothing, an index that is not there, a wrong type, a missing case) is mended at that line, whatever its words say.
// Only names and sentences of the runtimes stand here; nothing an application or a library would call its own error.
import type { Language } from '../model.ts';
import { type Finding, ownName, type Raised } from './evidence.ts';

/** Types that a runtime raises by itself. Must not catch: types that applications raise to refuse something (ValueError, IllegalArgumentException). */
const TYPES: ReadonlySet<string> = new Set(
  [
    // Python
    'TypeError AttributeError KeyError IndexError NameError UnboundLocalError ZeroDivisionError RecursionError ImportError ModuleNotFoundError',
    'NotImplementedError UnicodeDecodeError UnicodeEncodeError OverflowError StopIteration AssertionError SyntaxError IndentationError',
    // JavaScript
    'ReferenceError RangeError URIError ERR_INVALID_ARG_TYPE',
    // JVM
    'NullPointerException ClassCastException IndexOutOfBoundsException ArrayIndexOutOfBoundsException StringIndexOutOfBoundsException',
    'ArithmeticException NegativeArraySizeException ArrayStoreException ConcurrentModificationException StackOverflowError',
    'NoSuchElementException NoSuchMethodError NoSuchFieldError AbstractMethodError IncompatibleClassChangeError MatchError LazyInitializationException',
    'UninitializedPropertyAccessException KotlinNullPointerException TypeCastException UnsupportedOperationException ClassFormatError VerifyError',
    // Ruby
    'NoMethodError FrozenError FiberError LocalJumpError FloatDomainError SystemStackError UninitializedConstant',
    // PHP
    'ArgumentCountError DivisionByZeroError UnhandledMatchError',
    // .NET
    'NullReferenceException IndexOutOfRangeException InvalidCastException KeyNotFoundException DivideByZeroException ObjectDisposedException',
    'ArrayTypeMismatchException StackOverflowException NotImplementedException AmbiguousMatchException',
    // Elixir, Erlang
    'FunctionClauseError CaseClauseError CondClauseError WithClauseError MatchError UndefinedFunctionError ArithmeticError BadMapError BadArityError',
    'BadFunctionError BadBooleanError Protocol.UndefinedError UndefinedError badmatch badarith badarg function_clause case_clause undef badkey',
    // Dart
    'NoSuchMethodError LateInitializationError LateError RangeError UnimplementedError ConcurrentModificationError _TypeError _CastError',
  ].flatMap((line) => line.split(' ')),
);

/** Sentences by which a runtime tells of such a fault where the type says nothing. Anchored at the beginning, but for those of a panic. */
const SENTENCES: readonly RegExp[] = [
  // Go
  /^(?:runtime error: |.*\bpanic: runtime error: )?(?:invalid memory address or nil pointer dereference|index out of range|slice bounds out of range|integer divide by zero|hash of unhashable type)/,
  /^(?:.*\bpanic: )?(?:assignment to entry in nil map|interface conversion: |close of (?:nil|closed) channel|send on closed channel|all goroutines are asleep)/,
  /^runtime error: |^(?:fatal error: )?(?:concurrent map |sync: |stack overflow)|^goroutine stack exceeds|^(?:sync|reflect|strings|bytes|regexp|sort|rand|bufio|time)[.:] ?(?:negative|unlock|RUnlock|Unlock|WaitGroup|call of|Value\.|Compile\(|invalid argument|non-positive)/,
  // Rust
  /`(?:Option::)?(?:unwrap|expect)\(?\)?`? on a `None` value|^index out of bounds: the len is|^attempt to (?:\w+ )+(?:with overflow|by zero)/,
  /^already (?:mutably )?borrowed|BorrowMutError|^range (?:end|start) index|^slice index starts at|^byte index \d+ is (?:not a char boundary|out of bounds)/,
  /^(?:internal error: entered )?unreachable code|^not (?:yet )?implemented|^assertion (?:failed|`)|^no entry found for key/,
  // PHP
  /^(?:Uncaught )?(?:Error: )?(?:Call to (?:a member function|undefined (?:method|function))|Undefined (?:variable|array key|index|offset|property|constant)|Class ["'].*["'] not found|Attempt to read property|Cannot access offset|Unsupported operand types|Division by zero)/i,
  // Python, under types that applications raise too
  /^(?:too many|not enough) values to unpack|^max\(\) (?:arg|iterable argument) is (?:an )?empty|^dictionary changed size during iteration|^I\/O operation on closed file|^generator already executing|^cannot reuse already awaited/,
  // JavaScript, where the type is lost
  /^(?:Uncaught )?(?:\(in promise\) )?(?:TypeError: )?(?:Cannot (?:read|set|destructure) propert|\S+ is not (?:a function|a constructor|iterable|defined)|undefined is not an? )/,
  // Ruby
  /^undefined (?:local variable or )?method [`'"‘]|^uninitialized constant|^wrong number of arguments|^nil can't be coerced/,
  // Swift, Dart
  /Unexpectedly found nil|^(?:Swift\/\S+: )?(?:Fatal error: )?(?:Index out of range|Division by zero|Array index is out of range|Not enough bits)|^Null check operator used on a null value|^Bad state: No element|^type '.+' is not a subtype of type/,
  // .NET
  /^Object reference not set|^Sequence contains (?:no|more than one) |^Nullable object must have a value|^Index was out(?:side)? (?:of range|the bounds)|^The given key .* was not present|^Collection was modified/,
  // Perl, Lua
  /^Can't (?:call method|locate object method|use an undefined value|use string)|^Not an? \w+ reference|^Illegal division by zero|^Undefined subroutine|attempt to (?:index|call|compare|perform arithmetic on|concatenate) (?:a |local|field|global|upvalue)/,
  // native code
  /^(?:AddressSanitizer|UndefinedBehaviorSanitizer|ThreadSanitizer|runtime error)\b|^(?:vector|basic_string|map|deque|string_view|array)::|^terminate called after throwing an instance of 'std::(?:out_of_range|length_error|bad_(?:cast|optional_access|variant_access|function_call))/,
];

/** `fetch` of JavaScript throws a `TypeError` where the network failed. */
const NETWORK = /^(?:(?:fetch failed|failed to fetch|load failed|terminated)\.?\s*$|networkerror when)/i;

/** Native faults that have no message. */
const NATIVE =
  /^(?:SIGSEGV|SIGBUS|SIGFPE|SIGILL|Segmentation fault|AddressSanitizer|UndefinedBehaviorSanitizer|ThreadSanitizer|std::(?:out_of_range|length_error|bad_(?:cast|optional_access|variant_access|function_call)))/;

/** Types that are faults in one language and words of an application in another. */
const NOT_HERE: Partial<Record<Language, ReadonlySet<string>>> = {
  // A `RangeError` or `SyntaxError` of JavaScript may come from what was sent: a parser's package says so elsewhere.
  java: new Set(['TypeError', 'KeyError']),
};

/** @returns that the runtime itself raised it, and by which name or sentence */
export function runtimeFault({ type, message }: Raised, language: Language): Finding | undefined {
  const name = ownName(type);
  if (name === 'TypeError' && NETWORK.test(message)) return undefined;
  const found = (value: string): Finding => ({ class: 'code-fault', kind: 'runtime-fault', value });
  if ((TYPES.has(name) || TYPES.has(type)) && !NOT_HERE[language]?.has(name)) return found(name);
  if (NATIVE.test(type)) return found(type);
  const first = message.trimStart().slice(0, 400);
  const sentence = SENTENCES.map((pattern) => pattern.exec(first)?.[0]).find(Boolean);
  return sentence === undefined ? undefined : found(sentence.trim().slice(0, 80));
}
