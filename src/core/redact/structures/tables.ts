// Tables: the header names the column, or the row of a table of settings its value. Whatever stands under the name of a password is one, on each row; under the name of another secret,
// what somebody has chosen or chance has made. CSV and its like, tables with bars, and columns that blanks keep apart.
import { isChosen, isPathOrThing } from '../drawn.ts';
import { isHarmless } from '../no-value.ts';
import { NAMES } from '../secret-names.ts';
import { type Cell, looksFor, type Structure } from './structure.ts';

/** Columns. */
interface Settings {
  readonly name: number;
  readonly value: number;
}

interface Header {
  readonly by: RegExp;
  readonly cells: number;
  /** Columns, and whether each holds passwords. */
  readonly secret: readonly (readonly [number, boolean])[];
  readonly settings: Settings | undefined;
}

const NAMED = new RegExp(`^(?:[\\w .-]{0,40}[_ .-]|[a-z]{1,20}(?=[A-Z]))?(?:${NAMES})$`, 'i');
const PASSWORD = /pass(?:word|wd|phrase|code|wort)?|pwd|(?:^|[_ ])pw\b|senha|contrase|kennwort|пароль|密码|パスワード|비밀번호/i;
/** A cheap look: a name, and what may end a cell or a line behind it. */
const WORDS: readonly string[] = [
  'pass',
  'pwd',
  'pw',
  'secret',
  'token',
  'key',
  'cred',
  'senha',
  'contrase',
  'wort',
  'парол',
  '密码',
  'パスワード',
  '비밀번호',
];
const MAY_HEAD =
  /(?:value|p(?:ass|wd?)|secret|token|key|cred|senha|contrase|wort|пароль|密码|パスワード|비밀번호)[\w ]{0,24}["']?[^\S\n]{0,40}(?:(?:[,;|│\t]| {2})[^\n]{0,900})?\n/i;
const IS_NAME = /^[\p{L}_#(][\p{L}\p{M}\w .#()/-]{0,39}$/u;
/** What a line of a table is told with: `header: …`. */
const LABEL = /^\s*[A-Za-z][\w ]{0,20}:\s/;
const BORDER = /^[\s|+:│┃├┼┤─━═╪╞╡┌┬┐└┴┘╭╮╰╯=-]+$/;
const BY: readonly (readonly [sign: string, part: RegExp])[] = [
  ['\t', /\t/g],
  ['|', /[|│┃]/g],
  [';', /;/g],
  [',', /,/g],
  ['  ', / {2,}/g],
];

export const TABLES: Structure = { look: looksFor(WORDS, MAY_HEAD), find: secretCells };

/** Whether a column or a variable is called like a secret, and like a password. */
export const isCalledSecret = (name: string): boolean => NAMED.test(name);
export const isCalledPassword = (name: string): boolean => PASSWORD.test(name);

/** A table is read to its end, or so far. */
const MAX_ROWS = 2_000;

/** @returns where a cell under the name of a secret holds one, in the order of the text */
function secretCells(text: string): readonly Cell[] {
  const found: Cell[] = [];
  const lines = [...linesOf(text)];
  for (let at = 0; at < lines.length - 1; at += 1) {
    const header = isWithin(text, lines, at) ? undefined : headerOf(text, lines[at]!);
    if (header === undefined) continue;
    const rows = lines.slice(at + 1, at + 1 + MAX_ROWS);
    for (const row of rows) {
      if (!BORDER.test(text.slice(row.from, row.to))) {
        const cells = cellsOf(text, row, header.by);
        if (cells.length !== header.cells || row.from === row.to) break;
        for (const [column, isPassword] of [...header.secret, ...settingOf(text, cells, header.settings)])
          if (isSecretCell(text, cells[column]!, isPassword)) found.push(cells[column]!);
      }
      at += 1;
    }
  }
  return found;
}

/** The head of a table of settings: one column names them, the other holds their values. */
const NAMES_THEM = /^(?:name|key|property|setting|variable|parameter|option|field|env\w*|config\w*)$/i;
const HOLDS_THEM = /^(?:(?:current |effective )?values?|setting)$/i;

/** The place of the value where a row of settings names a secret. */
function settingOf(text: string, cells: readonly Cell[], settings: Settings | undefined): readonly (readonly [number, boolean])[] {
  if (settings === undefined) return [];
  const { from, to } = cells[settings.name]!;
  const name = text.slice(from, to);
  return NAMED.test(name) ? [[settings.value, PASSWORD.test(name)]] : [];
}

/** Of a table with bars the header stands above the line, and what stands below it are its rows. */
function isWithin(text: string, lines: readonly Cell[], at: number): boolean {
  if (at < 2) return false;
  const [above, before] = [lines[at - 1]!, lines[at - 2]!].map(({ from, to }) => text.slice(from, to));
  return /^\s*\|?[\s:-]*-{3,}[\s:|-]*$/.test(above!) && above!.includes('|') && before!.includes('|') && /\w/.test(before!);
}

function headerOf(text: string, line: Cell): Header | undefined {
  if (line.to - line.from > 1_000) return undefined;
  const written = text.slice(line.from, line.to);
  for (const [sign, by] of BY) {
    if (!written.includes(sign) && !(sign === '|' && /[│┃]/.test(written))) continue;
    const label = LABEL.exec(written)?.[0].length ?? 0;
    const cells = cellsOf(text, { from: line.from + label, to: line.to }, by);
    const names = cells.map(({ from, to }) => text.slice(from, to));
    if (cells.length < 2 || !names.every((name) => IS_NAME.test(name))) return undefined;
    // In a file of secrets the head is a comment, and nothing else has a column that is called so.
    const isFile = /^\s*#/.test(written);
    const secret = names.flatMap((name, column) =>
      NAMED.test(name) ? [[column, PASSWORD.test(name) || (isFile && /^secrets?$/i.test(name))] as const] : [],
    );
    const [name, value] = [names.findIndex((one) => NAMES_THEM.test(one)), names.findIndex((one) => HOLDS_THEM.test(one))];
    const settings = name >= 0 && value >= 0 && name !== value ? { name, value } : undefined;
    return secret.length === 0 && settings === undefined ? undefined : { by, cells: cells.length, secret, settings };
  }
  return undefined;
}

export function isSecretCell(text: string, { from, to }: Cell, isPassword: boolean): boolean {
  const value = text.slice(from, to);
  if (value.length < 3 || isHarmless(value) || value.includes('[redacted ') || /^\W*\d{0,3}\W*$/.test(value)) return false;
  if (!isPassword) return isChosen(value);
  return !isPathOrThing(value) && !/^(?:yes|no|ok|n\/a|set|unset|not set|string|text|varchar.*|x|✓|✗|never|passed|failed)$/i.test(value);
}

function* linesOf(text: string): Iterable<Cell> {
  let from = 0;
  while (from <= text.length) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    yield { from, to };
    from = to + 1;
  }
}

/** Without the bars at both ends, and each without the blanks and quotes around it. */
function cellsOf(text: string, line: Cell, by: RegExp): readonly Cell[] {
  const isBar = by.source.includes('|');
  let { from, to } = trimmed(text, line);
  if (isBar && /[|│┃]/.test(text[from] ?? '')) from += 1;
  if (isBar && /[|│┃]/.test(text[to - 1] ?? '')) to -= 1;
  const cells: Cell[] = [];
  const written = text.slice(from, to);
  let start = 0;
  let quoted = false;
  let seen = 0;
  for (const { 0: sign, index } of written.matchAll(by)) {
    // A sign between quotes belongs to the cell.
    for (; seen < index; seen += 1) if (written[seen] === '"') quoted = !quoted;
    if (quoted) continue;
    cells.push({ from: from + start, to: from + index });
    start = index + sign.length;
  }
  cells.push({ from: from + start, to });
  return cells.map((cell) => unquoted(text, trimmed(text, cell)));
}

function trimmed(text: string, { from, to }: Cell): Cell {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start]!)) start += 1;
  while (end > start && /\s/.test(text[end - 1]!)) end -= 1;
  return { from: start, to: end };
}

function unquoted(text: string, { from, to }: Cell): Cell {
  const quote = text[from];
  return to - from > 1 && (quote === '"' || quote === "'") && text[to - 1] === quote ? { from: from + 1, to: to - 1 } : { from, to };
}
