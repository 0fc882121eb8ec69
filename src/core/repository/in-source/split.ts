// A source that holds tests of its own, taken apart: its code, its tests, and the code of one version with the tests of another.
import { type TestSpan, testSpans } from './test-spans.ts';

/** Its tests alone. Line n is line n of the source. */
export const onlyTests = (path: string, source: string): string => masked(source, outsideOf(source, testSpans(path, source)));

/** Without its tests. Line n is line n of the source. */
export const withoutTests = (path: string, source: string): string => masked(source, testSpans(path, source));

/** Lines of its tests, from 1. */
export function testLines(path: string, source: string): readonly (readonly [from: number, to: number])[] {
  let [line, at] = [1, 0];
  const lineAt = (offset: number): number => {
    line += source.slice(at, offset).split('\n').length - 1;
    at = offset;
    return line;
  };
  return testSpans(path, source).map(({ from, to }) => [lineAt(from), lineAt(Math.max(from, to - 1))]);
}

/** Where the tests begin that stand behind all of its code; `undefined` where code stands behind them, or there are none. */
export function testsAtEnd(path: string, source: string): number | undefined {
  const spans = testSpans(path, source);
  let from = source.length;
  for (const span of spans.toReversed()) {
    if (source.slice(span.to, from).trim() !== '') break;
    from = span.from;
  }
  return from === source.length || source[from - 1] !== '\n' ? undefined : from;
}

type Span = Pick<TestSpan, 'from' | 'to'>;

function masked(source: string, spans: readonly Span[]): string {
  return edited(
    source,
    spans.map(({ from, to }) => ({ from, to, text: source.slice(from, to).replace(/[^\n]+/g, '') })),
  );
}

function outsideOf(source: string, spans: readonly Span[]): readonly Span[] {
  const ends = [0, ...spans.map(({ to }) => to)];
  return ends.map((from, at) => ({ from, to: spans[at]?.from ?? source.length }));
}

interface Edit extends Span {
  readonly text: string;
}

/** @param edits in order */
function edited(source: string, edits: readonly Edit[]): string {
  const ends = [0, ...edits.map(({ to }) => to)];
  return ends.map((end, at) => source.slice(end, edits[at]?.from) + (edits[at]?.text ?? '')).join('');
}

/**
 * The code of `base` and the tests of `other`; `undefined` where neither holds tests, or it cannot be had for sure: read again, it
 * has to be just these two.
 * @example laidInto('a.rs', 'fn f() {}\n', 'fn g() {}\n#[test]\nfn t() {}\n') // 'fn f() {}\n\n#[test]\nfn t() {}\n'
 */
export function laidInto(path: string, base: string, other: string): string | undefined {
  const [old, news] = [testSpans(path, base), testSpans(path, other)];
  if (old.length + news.length === 0) return undefined;
  const within = Map.groupBy(news, (span) => span.within);
  const edits: Edit[] = [];
  for (const [place, were] of Map.groupBy(old, (span) => span.within)) {
    const texts = (within.get(place) ?? []).map(({ from, to }) => other.slice(from, to));
    within.delete(place);
    const isEach = texts.length === were.length;
    were.forEach(({ from, to }, at) => {
      edits.push({ from, to, text: isEach ? (texts[at] as string) : at === were.length - 1 ? texts.join('\n') : '' });
    });
  }
  const atEnd = within.get('') ?? [];
  within.delete('');
  if (within.size > 0) return undefined;
  const gap = base === '' || base.endsWith('\n') ? '\n' : '\n\n';
  const end = atEnd.map(({ from, to }) => gap + other.slice(from, to)).join('');
  const laid =
    edited(
      base,
      edits.toSorted((a, b) => a.from - b.from),
    ) + end;
  return isJust(path, laid, base, other) ? laid : undefined;
}

function isJust(path: string, laid: string, base: string, other: string): boolean {
  const code = (source: string): string => squeezed(withoutTests(path, source));
  const tests = (source: string): string =>
    testSpans(path, source)
      .map(({ from, to }) => squeezed(source.slice(from, to)))
      .toSorted()
      .join('\n');
  return code(laid) === code(base) && tests(laid) === tests(other);
}

/** Blank lines say nothing. */
const squeezed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');

/** What cannot be compiled or run, where it stands in a test of the language. */
const BREAKS: readonly (readonly [names: RegExp, statement: string])[] = [
  [/\.rs$/, 'compile_error!("");'],
  [/\.zig$/, '@compileError("");'],
  [/\.d$/, 'static assert(0);'],
  [/\.[cm]?[jt]sx?$/, 'throw 0;'],
];

/** With its tests broken on purpose, and its code as it is; `undefined` where no test of it has a body. */
export function withBrokenTests(path: string, source: string): string | undefined {
  const statement = BREAKS.find(([names]) => names.test(path))?.[1];
  const bodies = testSpans(path, source).flatMap(({ body }) => body ?? []);
  if (statement === undefined || bodies.length === 0) return undefined;
  return edited(
    source,
    bodies.map((body) => ({ from: body + 1, to: body + 1, text: ` ${statement}` })),
  );
}
