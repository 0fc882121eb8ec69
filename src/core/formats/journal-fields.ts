// `journalctl -o export` and `-o verbose`: a field on each line. An export begins with the cursor and ends with an empty
// line, and writes the length of a value that has line ends; verbose sets its fields in below a line with time and cursor.

/** How one of the two forms goes over its lines. */
export interface JournalForm {
  readonly name: string;
  /** The first line of a record. */
  begins(text: string): boolean;
  isField(text: string): boolean;
  /** @param lines those of the record so far */
  goesOn(lines: readonly string[], text: string): boolean;
}

const FIELD = /^[A-Z_][A-Z0-9_]{0,63}=/;
const NAME = /^[A-Z_][A-Z0-9_]{0,63}$/;
const SET_IN = /^ {4}[A-Z_][A-Z0-9_]{0,63}=/;
const TITLE = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \S+ \[[^\]]*\bi=[^\]]*\]$/;
/** Bytes before a value that has line ends: its length, the lowest byte first. */
const LENGTH = 8;

const exported: JournalForm = {
  name: 'export',
  begins: (text) => text.startsWith('__CURSOR='),
  isField: (text) => FIELD.test(text) || NAME.test(text),
  goesOn: (lines, text) => (!text.startsWith('__CURSOR=') && FIELD.test(text)) || NAME.test(text) || isInValue(lines),
};

const verbose: JournalForm = {
  name: 'verbose',
  begins: (text) => TITLE.test(text),
  isField: (text) => /^ {4}/.test(text),
  goesOn: (_, text) => /^ {4}/.test(text),
};

/** @returns the form whose line this is */
export function journalForm(text: string): JournalForm | undefined {
  if (FIELD.test(text) || /^.{2,7}\0/.test(text)) return exported;
  return SET_IN.test(text) || TITLE.test(text) ? verbose : undefined;
}

/** The value of the last field with a length is not over. */
function isInValue(lines: readonly string[]): boolean {
  const at = lines.findLastIndex((line) => NAME.test(line));
  if (at < 0) return false;
  const value = lines.slice(at + 1).join('\n');
  const length = lengthOf(value);
  return length === undefined || Buffer.byteLength(value.slice(LENGTH)) < length;
}

function lengthOf(value: string): number | undefined {
  if (value.length < LENGTH) return undefined;
  return [0, 1, 2].reduce((sum, byte) => sum + value.charCodeAt(byte) * 256 ** byte, 0);
}

/** @param text a record of either form, its lines joined */
export function fieldsOf(text: string): object {
  const fields = new Map<string, string>();
  const lines = text.split('\n');
  let last: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const field = /^(?: {4})?([A-Z_][A-Z0-9_]{0,63})=(.*)$/s.exec(line);
    if (field) {
      last = field[1]!;
      fields.set(last, field[2]!);
    } else if (NAME.test(line)) {
      const end = at + 1 + valueLines(lines.slice(at + 1));
      fields.set(
        line,
        lines
          .slice(at + 1, end)
          .join('\n')
          .slice(LENGTH),
      );
      at = end - 1;
    } else if (last !== undefined && /^ {4}/.test(line)) {
      fields.set(last, `${fields.get(last)}\n${line.slice(4 + last.length + 1)}`);
    }
  }
  return Object.fromEntries(fields);
}

function valueLines(lines: readonly string[]): number {
  const length = lengthOf(lines.join('\n')) ?? 0;
  let count = 1;
  while (count < lines.length && Buffer.byteLength(lines.slice(0, count).join('\n').slice(LENGTH)) < length) count++;
  return count;
}
