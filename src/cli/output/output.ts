// The two voices of the program: data on standard output, talk on standard error. Everything that is printed passes
// here and is rid of terminal control characters that came with data.

import { stripHidden } from '../../core/redact/redact.ts';
import { errorIn } from '../../core/texts/chinese/errors.ts';
import { type SayHere, sayBy, sayIn } from '../../core/texts/chinese/say.ts';
import type { TextLanguage } from '../../core/texts/phrases.ts';
import { rowOf } from '../../errors.ts';
import { createPaint, ownLink, type Paint } from './colors.ts';
import { type Column, tableLines } from './tables/table.ts';

/** A stream to print to, as far as printing needs it. */
export interface Sink {
  write(text: string): unknown;
  readonly columns?: number;
}

export interface OutputOptions {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Each object bears the time at which it was printed, as `at`. */
  readonly at?: (() => Date) | undefined;
  /** In which errors are told; English where absent. */
  readonly language?: () => TextLanguage;
  /** Whether each stream is coloured; see `wantsColor`. */
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  /** Whether each stream shows links; see `wantsLinks`. */
  readonly links?: { readonly stdout: boolean; readonly stderr: boolean };
}

export interface Output {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** What people are told, in their language. */
  readonly say: SayHere;
  readonly language: TextLanguage;
  /** Colours for `line` and `table`. */
  readonly paint: Paint;
  /** Colours for `note` and `warn`. */
  readonly paintTalk: Paint;
  /** Prints one object as one line (NDJSON); without `--json` nothing is printed. */
  json(object: object): void;
  /** Prints a line of data for people; with `--json` nothing is printed. */
  line(text?: string): void;
  /** Prints a text exactly, whatever the options: a script, a page. It must be our own. */
  raw(text: string): void;
  /** Prints rows below their titles; with `--json` nothing is printed. */
  table<Row>(shape: readonly Column<Row>[], rows: Iterable<Row>): void;
  /** Talk; silent with `--quiet`. */
  note(text: string): void;
  /** Talk that `--quiet` does not silence. */
  warn(text: string): void;
  /** One error line and one hint, for what ended badly without ending the command. @param code of the catalogue */
  problem(message: string, hint: string, code?: string | null): void;
  /** A line of `details.ts`. */
  detail(text: string): void;
  /** What an error says, in the language of the rest. */
  errorWords(error: { readonly code?: string | null; readonly message: string; readonly hint?: string }): {
    readonly message: string;
    readonly hint: string;
  };
}

/** A long table is written in pieces. */
const LINES_AT_ONCE = 500;

/** Makes the output of one run. */
export function createOutput({ stdout, stderr, json, quiet, color, links, at, language = () => 'en' }: OutputOptions): Output {
  const paint = createPaint(color.stdout, links?.stdout);
  const paintTalk = createPaint(color.stderr, links?.stderr);
  const isPainted = color.stdout || paint.isLinked;
  const say = (text: string): void => void stderr.write(`${cleaned(text, color.stderr || paintTalk.isLinked)}\n`);
  return {
    isJson: json,
    isQuiet: quiet,
    get language() {
      return language();
    },
    say: sayBy(language),
    paint,
    paintTalk,
    json: (object) => void (json && stdout.write(`${ndjson(at ? { ...object, at: at().toISOString() } : object)}\n`)),
    line: (text = '') => void (!json && stdout.write(`${cleaned(text, isPainted)}\n`)),
    raw: (text) => void stdout.write(text),
    table: (shape, rows) => {
      if (json) return;
      let lines: string[] = [];
      let isTitle = true;
      for (const line of tableLines(shape, rows, stdout.columns)) {
        lines.push(isTitle ? paint.faint(line) : line);
        isTitle = false;
        if (lines.length === LINES_AT_ONCE) {
          stdout.write(`${lines.join('\n')}\n`);
          lines = [];
        }
      }
      if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`);
    },
    note: (text) => void (!quiet && say(text)),
    warn: (text) => say(labelled('warning:', text, sayIn(language()), paintTalk.warning)),
    problem: (message, hint, code = null) => {
      const told = errorIn(language(), code, rowOf(code), { message, hint });
      problemLines(paintTalk, told, sayIn(language())).forEach(say);
    },
    detail: (text) => say(paintTalk.faint(text)),
    errorWords: ({ code = null, message, hint = '' }) => errorIn(language(), code, rowOf(code), { message, hint }),
  };
}

/** A text behind what it is; a full-width colon has its blank in itself. */
export const labelled = (label: 'error:' | 'hint:' | 'warning:', text: string, say: SayHere, paint: (text: string) => string): string =>
  `${paint(say(label))}${say.language() === 'en' ? ' ' : ''}${text}`;

/** How every error is told: what failed, and what to do. @param isFault false: nothing is wrong, as where a log holds no error */
export function problemLines(
  paint: Paint,
  { message, hint }: { readonly message: string; readonly hint: string },
  say: SayHere,
  isFault = true,
): readonly string[] {
  // What a user typed may hold newlines: a line that goes on stands back, and cannot pass for another error.
  const indented = message.replace(/\n(?! {2})/g, '\n  ');
  return [
    `ai-ops: ${isFault ? labelled('error:', indented, say, paint.bad) : indented}`,
    `ai-ops: ${labelled('hint:', hint, say, paint.accent)}`,
  ];
}

/** JSON of one object in one line. U+2028 and U+2029 are escaped: some readers split lines at them. */
export function ndjson(object: object): string {
  return JSON.stringify(object).replace(/[\u2028\u2029]/g, (char) => (char === '\u2028' ? '\\u2028' : '\\u2029'));
}

// Exactly the codes that `colors.ts` makes: a log line may hold others, for example to hide text.
let code: RegExp | undefined;
const ownCode = (): RegExp => (code ??= new RegExp(`(\\u001b\\[(?:[12]|22|3[1236]|39)m|${ownLink()})`));

/** Text without control and hidden characters; with `colored` our own colours and links are kept. */
export function cleaned(text: string, colored: boolean): string {
  if (!colored) return stripHidden(text);
  return text
    .split(ownCode())
    .map((part) => (ownCode().test(part) ? part : stripHidden(part)))
    .join('');
}
