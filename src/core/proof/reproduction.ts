// Whether a run without the fix shows the error of the log. Principle: the same error has the same name and arose at the
// same place, in one trace; where the log has but one of the two, its words take the other's place; where it has neither,
// the words alone. What a test says itself is no evidence: neither an assertion of its own, nor an error that it or a
// stand-in of its raises, nor words that stand in it, nor what is printed without it as well. A trace that was only
// printed does not move when the code does (`moved-code.ts`).
import { functionText, namesAround } from '../context/excerpt.ts';
import { placesOfLast } from '../context/last-of-chain.ts';
import { type Located, locateFrames } from '../context/locate.ts';
import { cleanName, functionOf } from '../group/function-name.ts';
import { normalize } from '../group/normalize.ts';
import type { ErrorEvent, Frame, Language } from '../model.ts';
import { readCode } from '../repository/code-text.ts';
import type { PathIndex } from '../repository/paths.ts';
import { isTestPath } from '../repository/test-paths.ts';
import { errorsIn } from './run-errors.ts';
import type { ShownError } from './runner-traces.ts';

/** Where the error of a log arose, as far as that is known here. */
interface Place {
  /** Files of the repository that the frame may mean. */
  readonly paths: readonly string[];
  readonly line: number | null;
  /** Absent where nobody has named it. */
  readonly called?: string;
}

/** The marks by which the error of a log is known again. */
export interface Fault {
  readonly language: Language;
  /** Its name and its innermost cause's, without what stands before the last dot. */
  readonly types: readonly string[];
  /** Nearest frame in the application's own code. */
  readonly place: Place | null;
  /**
   * Where the stack ran out, the places that called each other in a circle: in which of them that was is chance. Absent for all
   * other errors.
   */
  readonly circle?: readonly Place[];
  /** What it says, with a hole for each value; `null` where that is too little to be known by. */
  readonly words: string | null;
}

/** What a run shows of it. `showed` is for people. */
export type Reproduction =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly showed: string }
  | { readonly kind: 'unknown'; readonly showed: string };

/** @param located the frames of the event that lead to files of the repository, nearest first */
export function faultOf(
  {
    type,
    rootCause,
    message,
    language,
    text = '',
  }: Pick<ErrorEvent, 'type' | 'rootCause' | 'message' | 'language'> & Partial<Pick<ErrorEvent, 'text'>>,
  located: readonly Located[],
): Fault {
  const own = located.filter(({ frame, paths }) => frame.inApp && paths.some((path) => !isTestPath(path)));
  const last = language === 'python' ? placesOfLast(text) : undefined;
  const inLast = last?.flatMap(({ file, line }) => own.find(({ frame }) => frame.file === file && frame.line === line) ?? [])[0];
  const nearest = inLast ?? own[0];
  const words = normalize((message ?? '').split('\n')[0] ?? '').text;
  const circle = RAN_OUT.test(`${type ?? ''} ${message ?? ''}`) ? circleIn(own, language) : [];
  return {
    ...(circle.length > 0 ? { circle } : {}),
    language,
    types: [type, inLast === undefined ? rootCause?.type : null].flatMap((name) => (name == null ? [] : [shortType(name)])),
    place: nearest === undefined ? null : placeOf(nearest, language),
    words: saysEnough(words) ? words : null,
  };
}

/** How runtimes say that calls went too deep. */
const RAN_OUT = /recursion|stack ?overflow|(?:stack|recursion) (?:size|depth|level)|SystemStackError/i;

/** Functions that stand in a trace more than once. */
function circleIn(own: readonly Located[], language: Language): readonly Place[] {
  const all = Map.groupBy(own, ({ frame }) => `${frame.file} ${frame.function ?? frame.line}`);
  return [...all.values()].flatMap((same) => (same.length > 1 && same[0] !== undefined ? [placeOf(same[0], language)] : []));
}

/** What is needed beside the output of a run. */
export interface Around {
  readonly index: PathIndex;
  readonly subdir: string;
  /** Texts of the tests that were added, by path; of a source that holds them, with nothing in place of its code. */
  readonly tests: ReadonlyMap<string, string>;
  /** Texts of the files at fault as they were run, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Lines that are tests, of sources that hold them. */
  readonly testLines?: ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>;
}

/**
 * @param output everything that the run printed, and what its report says of the tests that failed
 * @param without what was printed without the new tests: an error that stands there too is not theirs
 */
export function reproduction(fault: Fault, output: string, around: Around, without = ''): Reproduction {
  const { types, place, words } = fault;
  if (types.length + (place ? 1 : 0) === 0 && words === null)
    return { kind: 'unknown', showed: 'the log says too little to know its error again' };
  const shown = errorsIn(output);
  const times = shown.filter((error) => sightingIn(fault, error, around)).length + timesSaid(fault, output, around);
  if (times > 0) {
    const before = sightings(fault, without, around).length + timesSaid(fault, without, around);
    return times > before ? { kind: 'yes' } : { kind: 'no', showed: 'nothing that is not printed without the new tests too' };
  }
  const broken = BUILD.exec(output)?.[0].trim();
  const other = shown.find(({ frames }) => frames.length > 0) ?? shown[0];
  if (other) return { kind: 'no', showed: describe(other, around) };
  if (ASSERTED.test(output)) return { kind: 'no', showed: 'an assertion of the test' };
  if (broken !== undefined) return { kind: 'no', showed: `what it runs could not be built or loaded (${broken.slice(0, 80)})` };
  return { kind: 'unknown', showed: 'its output names no error' };
}

/** Where in its file an error arose; `null` where that is not told. */
interface Sighting {
  readonly line: number | null;
}

/** Each time that a run shows the error of the log. */
export function sightings(fault: Fault, output: string, around: Around): readonly Sighting[] {
  return output === '' ? [] : errorsIn(output).flatMap((error) => sightingIn(fault, error, around) ?? []);
}

function sightingIn(fault: Fault, error: ShownError, around: Around): Sighting | undefined {
  const { types, place, words } = fault;
  const isNamed = error.types.some((type) => types.includes(shortType(type)));
  const says = words !== null && sameWords(error.message ?? '', words) && !isInTests(words, around);
  const [nearest] = placesOf(error, around);
  if (place === null) return isNamed && says && !(nearest && isOfTests(nearest, around)) ? { line: null } : undefined;
  if (types.length > 0 ? !isNamed : !says) return undefined;
  const isFaults = nearest !== undefined && !isWithinTests(nearest, around) && !isStandIn(error, nearest);
  if (isFaults && isAt(place, nearest, error, around)) return { line: nearest.line };
  const inCircle = seenInCircle(fault, error, around);
  if (inCircle !== undefined) return { line: inCircle.line };
  return assertsOn(fault, error, around) ? { line: null } : undefined;
}

/** The files of the repository that a trace came through, nearest first. */
const placesOf = ({ frames, language }: ShownError, { index, subdir }: Around): readonly Located[] =>
  locateFrames(frames, index, { language, subdir, roots: [] });

const isOfTests = (located: Located, around: Around): boolean =>
  located.paths.every((path) => isTestPath(path) || (around.tests.has(path) && !around.testLines?.has(path))) ||
  isWithinTests(located, around);

/** In a source that holds tests, on a line of theirs. */
const isWithinTests = ({ paths, line }: Located, { testLines }: Around): boolean =>
  line !== null && paths.length > 0 && paths.every((path) => testLines?.get(path)?.some(([from, to]) => from <= line && line <= to));

/** The first place of the circle that the trace came through: the same one in each of its traces. */
function seenInCircle({ circle = [] }: Fault, error: ShownError, around: Around): Located | undefined {
  if (circle.length === 0) return undefined;
  const located = placesOf(error, around).filter((one) => !isOfTests(one, around));
  return circle.map((place) => located.find((one) => isAt(place, one, error, around))).find((one) => one !== undefined);
}

/** What was put in the place of something that the code calls has raised it. */
function isStandIn({ frames }: ShownError, { frame: first }: Located): boolean {
  return frames.slice(0, frames.indexOf(first)).some(({ file, function: name = '' }) => STAND_IN.test(`${file} ${name}`));
}

const STAND_IN = /mock|sinon|prophecy|testdouble/i;

/** The same file and the same function, or the same line; where a trace does not name the function, the source does. */
function isAt(place: Place, located: Located, { language }: ShownError, { sources }: Around): boolean {
  const path = located.paths.find((each) => place.paths.includes(each));
  if (path === undefined) return false;
  const { called, line } = placeOf(located, language);
  if ((called !== undefined && called === place.called) || (line !== null && line === place.line)) return true;
  const source = sources.get(path);
  if (source === undefined || line === null) return called === undefined || place.called === undefined;
  const names = namesAround(path, source, line);
  return names.includes(place.called ?? '') || (called === undefined && !isDeclared(place.called, path, source));
}

const isDeclared = (name: string | undefined, path: string, source: string): boolean =>
  name !== undefined && functionText(path, source, name) !== undefined;

/** Some languages do not say in which function an error arose: then the source does. */
export function named(fault: Fault, sources: ReadonlyMap<string, string>): Fault {
  const { place } = fault;
  if (place === null || place.called !== undefined || place.line === null) return fault;
  const { line } = place;
  const [called] = place.paths.flatMap((path) => namesAround(path, sources.get(path) ?? '', line));
  return called === undefined ? fault : { ...fault, place: { ...place, called } };
}

const ASSERTION = /Assert|Expectation|ComparisonFailure/;

/**
 * A program that found its own result wrong has logged an assertion. A test can only assert the same of that result: the
 * assertion that failed is then the error, where it is one of what the function at fault gives. A function that asserts
 * itself has to be seen doing so.
 */
function assertsOn({ types, place }: Fault, error: ShownError, around: Around): boolean {
  const { tests, sources } = around;
  const called = place?.called;
  if (place === null || called === undefined || !types.some((type) => ASSERTION.test(type))) return false;
  const own = place.paths.map((path) => functionText(path, sources.get(path) ?? '', called)).join('\n');
  if (ASSERTS.test(own)) return false;
  return placesOf(error, around).some(({ paths, line }) => {
    const path = paths.find((each) => tests.has(each));
    if (path === undefined || line === null) return false;
    return new RegExp(`(?<![\\w$])${called.replaceAll('$', '\\$')}\\(`).test(statementAt(readCode(path, tests.get(path) ?? '').code, line));
  });
}

const ASSERTS = /\bassert|\bexpect\w*\s*\(|\binvariant\b|\bprecondition\b|\brequire\s*\(|\bAssert|\bpanic/;

/** A line of a text, and those that go on with it. */
function statementAt(text: string, line: number): string {
  const lines = text.split(/\r?\n/).slice(line - 1, line + 9);
  let depth = 0;
  const end = lines.findIndex((one) => {
    depth += (one.match(/[([{]/g)?.length ?? 0) - (one.match(/[)\]}]/g)?.length ?? 0);
    return depth <= 0;
  });
  return lines.slice(0, end + 1).join('\n');
}

function placeOf({ frame, paths, line }: Located, language: Language): Place {
  const { value, isNamed } = functionOf(frame.function ?? '', frame.file, language);
  const called = lastName(value);
  return { paths, line, ...(isNamed && called !== '' ? { called } : {}) };
}

/** Runtimes differ in how much of the way to a function they print. */
const lastName = (name: string): string =>
  cleanName(name)
    .replace(/\(.*$/s, '')
    .split(/::|[.#/\\]|->/)
    .at(-1)
    ?.replace(/[^\p{L}\p{N}_$?!]/gu, '') ?? '';

const shortType = (type: string): string => type.split(/[.\\]|::/).at(-1) || type;

/** Words enough to be somebody's own. */
const saysEnough = (words: string): boolean => (words.match(/\p{L}{2,}/gu)?.length ?? 0) >= 2;

const sameWords = (message: string, words: string): boolean => normalize(message.split('\n')[0] ?? '').text.includes(words);

/** Without frames and types a line of the output has to say it; lines are long and many, so a first look is cheap. */
function timesSaid({ types, place, words }: Fault, output: string, around: Around): number {
  if (types.length > 0 || place !== null || words === null || isInTests(words, around)) return 0;
  const first = /\p{L}{2,}/u.exec(words)?.[0] ?? '';
  return output.split('\n').filter((line) => line.includes(first) && normalize(line).text.includes(words)).length;
}

/** The longest piece of the words that is not a value stands in a test. */
function isInTests(words: string, { tests }: Around): boolean {
  const piece =
    words
      .split('<*>')
      .toSorted((a, b) => b.length - a.length)[0]
      ?.trim() ?? '';
  return piece !== '' && [...tests.values()].some((text) => text.includes(piece));
}

/** What runners say of an assertion that failed, where they name no error. */
const ASSERTED =
  /Failed asserting |\bAssert\.\w+\(\) Failure|^\s*Failure\/Error: |^#?\s*Failed test '|^\s*expected:? .*\b(?:got|to|but)\b|^\s*(?:Expected|Actual|Received):/m;

/** What compilers, loaders and test collectors say. */
const BUILD =
  /^.*(?:\[build failed\]|\[setup failed\]|error\[E\d+\]|error: cannot find symbol|COMPILATION ERROR|error TS\d+|Cannot find module|error CS\d+|undefined reference to|fatal error: .*No such file|errors? during collection).*$/m;

function describe({ types: [type = 'an error'], frames }: ShownError, { index, subdir }: Around): string {
  const [located] = locateFrames(frames, index, { language: 'none', subdir, roots: [] });
  const frame: Frame | undefined = located?.frame ?? frames[0];
  if (!frame) return type;
  return `${type} at ${located?.paths[0] ?? frame.file}${frame.line === null ? '' : `:${frame.line}`}`;
}
