// A line that came to nothing stands for all that differ from it in numbers, codes too: `signal 15` is nobody's fault, `signal 11`
// is. No rule of the readers is repeated here: the real one is asked about the same line with other numbers in it, before any
// other line is passed over because of it.
import { beginEvent } from '../../detect/begin.ts';
import type { Line } from '../../detect/open-event.ts';
import { readLine } from '../../formats/dialects.ts';
import { keywordTest } from '../../formats/level.ts';
import { clean } from '../../formats/line-reading.ts';
import type { Level } from '../../model.ts';

/** One of each length, of those that mean something: a signal, an answer of HTTP, a state of a process. */
const OTHERS: readonly string[] = '11 503 4 1045 65535 20260102 1767323045678'.split(' ');

/** So many questions are free, and so many more for each line that came to nothing: what is learnt may cost no more than reading. */
const FREE_QUESTIONS = 1400;
const QUESTIONS_A_LINE = 2;

/** What stands for a number or a name with one in it, and for a digit of a time (`wasm/mask.ts`). */
const HOLES = '\xff\xfd\xfc\xfb';
const DIGIT = '\xfe';
const NAME_SIGN = /\w/;

export interface OtherNumbers {
  /** A line has come to nothing: there is more time for questions. */
  earn(): void;
  /**
   * @param line its bytes as text, without the newline
   * @param shape what it was masked to
   * @returns whether it comes to nothing with other numbers too; `undefined` where there is no time to ask
   */
  areNothing(line: Buffer, shape: string): boolean | undefined;
}

export function createOtherNumbers(level: Level, keywords: readonly string[]): OtherNumbers {
  const options = { level, keyword: keywordTest(keywords) };
  let questions = FREE_QUESTIONS;

  function isNothing(text: string): boolean {
    const line: Line = { offset: 0, endOffset: text.length + 1, line: 1, text };
    return typeof beginEvent(line, readLine(clean(text)), options) === 'string';
  }

  return {
    earn() {
      questions = Math.min(FREE_QUESTIONS, questions + QUESTIONS_A_LINE);
    },
    areNothing(line, shape) {
      if (questions < OTHERS.length) return undefined;
      const parts = partsOf(line.toString('latin1'), shape);
      if (parts === undefined) return false;
      if (parts.every(({ isHole }) => !isHole)) return true;
      return OTHERS.every((number) => {
        questions--;
        return isNothing(utf8(parts.map(({ text, isHole }) => (isHole ? text.replace(/\d+/g, number) : text)).join('')));
      });
    },
  };
}

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8').replace(/\r$/, '');

interface Part {
  readonly text: string;
  readonly isHole: boolean;
}

/** The line in parts, those that its shape does not tell and those between; `undefined` where the two do not fit. */
function partsOf(line: string, shape: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let [at, from] = [0, 0];
  let of = 0;
  for (; at < line.length; of++) {
    const sign = shape.charAt(of);
    if (!HOLES.includes(sign) || sign === '') {
      if (sign !== line[at] && !(sign === DIGIT && /\d/.test(line[at]!))) return undefined;
      at++;
      continue;
    }
    const end = endOfHole(line, at, shape.charAt(of + 1));
    parts.push({ text: line.slice(from, at), isHole: false }, { text: line.slice(at, end), isHole: true });
    [at, from] = [end, end];
  }
  parts.push({ text: line.slice(from), isHole: false });
  return shape.charAt(of) === '\n' ? parts : undefined;
}

/** A dash belongs to it where the shape shows none. */
function endOfHole(line: string, start: number, behind: string): number {
  let end = start;
  while (end < line.length && (NAME_SIGN.test(line[end]!) || (line[end] === '-' && behind !== '-'))) end++;
  return end;
}
