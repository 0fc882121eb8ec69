// Traces that a test runner prints in words of its own instead of the program's: pytest, which puts the places first;
// Vitest, RSpec, Minitest, PHPUnit, TAP and their kin, which print an error and below it bare places. Principle: a name
// that can be an error's, what was said, then places; the block ends where neither goes on.
import { frame } from '../formats/traces/grammar.ts';
import type { ErrorEvent, Frame } from '../model.ts';

/** An error of a run: what it is called, and the places that led to it. */
export interface ShownError {
  /** Names of the error and of its innermost cause. */
  readonly types: readonly string[];
  readonly message: string | null;
  readonly language: ErrorEvent['language'];
  /** Nearest first. */
  readonly frames: readonly Frame[];
}

/** @param lines without colours */
export function runnerTraces(lines: readonly string[]): readonly ShownError[] {
  return [...placesFirst(lines), ...errorFirst(lines), ...inTap(lines)];
}

const NAME = '(?:[\\w$]+(?:\\.|::|\\\\))*[A-Za-z_][\\w$]*';

// ---------------------------------------------------------------- pytest

const PY_PLACE = /^(\S+\.pyx?):(\d+): (?:in (.+))?$/;
const PY_SAID = new RegExp(`^E {2,}(?:(${NAME})(?:: (.*))?$)?`);
const PY_END = new RegExp(`^(\\S+\\.pyx?):(\\d+): (${NAME})(?:: (.*))?$`);
const PY_BORDER = /^(?:_{3,} .* _{3,}|={3,} .* ={3,}|(?:During handling of|The above exception was) .*)$/;

function placesFirst(lines: readonly string[]): readonly ShownError[] {
  const found: ShownError[] = [];
  let frames: Frame[] = [];
  let said: { readonly type: string | null; readonly message: string | null } | undefined;
  const close = (): void => {
    if (said?.type && frames.length > 0)
      found.push({ types: [said.type], message: said.message, language: 'python', frames: frames.toReversed() });
    frames = [];
    said = undefined;
  };
  for (const line of lines) {
    if (PY_BORDER.test(line)) {
      close();
      continue;
    }
    const [, file = '', at, name] = PY_PLACE.exec(line) ?? [];
    if (file !== '') frames.push(frame(file, at, name, true));
    const words = PY_SAID.exec(line);
    if (words && !said) said = { type: words[1] ?? null, message: words[2] ?? null };
    const [, last = '', lastAt, type = '', message] = PY_END.exec(line) ?? [];
    if (last === '' || file !== '') continue;
    frames.push(frame(last, lastAt, undefined, true));
    said = { type, message: message ?? (said?.type === type ? said.message : null) };
    close();
  }
  close();
  return found;
}

// ---------------------------------------------------------------- an error, then bare places

/** What may stand before the name: a number, the test, the words of a matcher. */
const LED =
  '(?:E {2,}|\\d+\\) |(?:Error|Failure): \\w+\\([\\w:]+\\): ?|Caused by:? |→ |.*\\bgot #<|Error name: +"|Thrown name: +"|Class: <|<|\\[)?';
const HEAD = new RegExp(`^\\s*${LED}((?:[\\w$]+(?:\\.|::|\\\\))*[A-Z][\\w$]*)(?: \\[[\\w-]+\\])?(?: ?:(?: (.*))?|\\(.*|"|>|\\])?$`);
/** A name alone, or one that no error is called: more is asked of the lines below it. */
const ERROR_NAME = /(?:Error|Exception|Failure|Fault|Interrupt|Exit|Iteration|NotFound|Invalid|Missing|Violation)$/;

/** Elixir's way to write an error. */
const STARRED = /^\s*\*\* \(([\w.]+)\) ?(.*)$/;

const PLACES: readonly (readonly [pattern: RegExp, file: number, line: number, name: number])[] = [
  [/^\s*❯ (?:(.+?) )?([^\s:]+(?::\/\/[^\s:]+)?):(\d+):\d+$/, 2, 3, 1],
  [/^\s*(?:# )?(?:from )?(\S+?\.\w+):(\d+):in [`'](.+)'$/, 1, 2, 3],
  [/^\s*(?:# |at )?((?:[A-Za-z]:|file:\/\/)?[^\s:()'"]+\.\w{1,5}):(\d+)(?::\d+)?,?$/, 1, 2, 0],
  [/^\s*(?:\([\w. +-]+\) )?(\S+\.exs?):(\d+): (.+)$/, 1, 2, 3],
  [/^\s*at (?:async )?(.+?) \((?:file:\/\/)?([^()]+?):(\d+):\d+\),?$/, 2, 3, 1],
];

/** Lines of what was said that are waited through for the first place. */
const MOST_WORDS = 40;

function errorFirst(lines: readonly string[]): readonly ShownError[] {
  const found: ShownError[] = [];
  lines.forEach((line, at) => {
    const [, type = '', rest = ''] = STARRED.exec(line) ?? HEAD.exec(line) ?? [];
    if (type === '' || !(ERROR_NAME.test(type) || rest !== '')) return;
    const { frames, said } = below(lines, at + 1);
    if (frames.length > 0) found.push({ types: [type], message: rest || said, language: 'none', frames });
  });
  return found;
}

/** The places below an error, and the first words before them. */
function below(lines: readonly string[], from: number): { readonly frames: readonly Frame[]; readonly said: string | null } {
  const frames: Frame[] = [];
  let said: string | null = null;
  for (const line of lines.slice(from, from + MOST_WORDS + 60)) {
    const place = placeIn(line);
    if (place) frames.push(place);
    else if (frames.length > 0 && !isAside(line)) break;
    else if (HEAD.test(line) && ERROR_NAME.test(HEAD.exec(line)?.[1] ?? '')) break;
    else if (said === null && line.trim() !== '') said = line.trim();
    if (frames.length === 0 && said !== null && /^\s*(?:\d+\) |● |FAIL\b|✖ |not ok )/.test(line)) break;
  }
  return { frames, said };
}

/** Source lines, and blank ones, between places. */
const isAside = (line: string): boolean => line.trim() === '' || /^\s*>?\s*\d*\s*\|/.test(line);

function placeIn(line: string): Frame | undefined {
  for (const [pattern, file, number, name] of PLACES) {
    const found = pattern.exec(line);
    if (found) return frame((found[file] as string).replace(/^file:\/\//, ''), found[number], name === 0 ? undefined : found[name], true);
  }
  return undefined;
}

// ---------------------------------------------------------------- TAP

/** What a test of TAP has below it: `error`, `name` and a list of places; what an assertion was given comes before its own. */
function inTap(lines: readonly string[]): readonly ShownError[] {
  const found: ShownError[] = [];
  let name: string | undefined;
  let message: string | null = null;
  let frames: Frame[] | undefined;
  const close = (): void => {
    if (frames && name !== undefined) found.push({ types: [name], message, language: 'javascript', frames });
    if (frames) name = undefined;
    frames = undefined;
  };
  for (const line of lines) {
    const [, key, value = ''] = /^\s+(error|name|stack): ?(.*)$/.exec(line) ?? [];
    if (frames && key === undefined) {
      const place = placeIn(line) ?? placeIn(`  at ${line.trim().replace(/^at /, '')}`);
      if (place) frames.push(place);
      else if (!/^\s+\S.*\(.*\)$/.test(line)) close();
      continue;
    }
    close();
    if (key === 'name') name = value.replace(/^['"]|['"]$/g, '');
    if (key === 'error') message = value.replace(/^['"]|['"]$/g, '');
    if (key === 'error') name = 'Error';
    if (key === 'stack') frames = [];
  }
  close();
  return found;
}
