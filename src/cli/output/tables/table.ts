// Tables for people: aligned columns without lines, cut to the width of the terminal. Data is made harmless first.
import { stripHidden } from '../../../core/redact/redact.ts';
import { clip, pad, width } from '../width.ts';
import { type Column, GAP, INDENT, isNarrow, type Laid, laidOut, type Measured } from './columns.ts';

export type { Column } from './columns.ts';

/**
 * @param rows gone through twice: for the widths, then for the lines
 * @param columns width of the terminal, or `undefined` to cut nothing (a pipe)
 * @returns lines without newline, the titles first; no rows give no lines
 */
export function table<Row>(shape: readonly Column<Row>[], rows: Iterable<Row>, columns?: number): readonly string[] {
  return [...tableLines(shape, rows, columns)];
}

/** The lines of `table`, one at a time. */
export function* tableLines<Row>(all: readonly Column<Row>[], rows: Iterable<Row>, columns?: number): Generator<string> {
  const widest = all.map(() => 0);
  let isEmpty = true;
  for (const row of rows) {
    isEmpty = false;
    for (const [index, column] of all.entries()) widest[index] = Math.max(widest[index]!, width(harmless(column.cell(row))));
  }
  if (isEmpty) return;
  // On a terminal, where room is dear, a column that no row fills is none.
  const measured = all.flatMap((column, index) =>
    columns !== undefined && widest[index] === 0 ? [] : [{ column, natural: Math.max(widest[index]!, width(column.title)) }],
  );
  yield* isNarrow(measured, columns) ? inTwoLines(measured, rows, columns!) : inOneLine(measured, rows, columns);
}

function* inOneLine<Row>(measured: readonly Measured<Row>[], rows: Iterable<Row>, columns: number | undefined): Generator<string> {
  const shape = laidOut(measured, columns);
  yield line(shape);
  for (const row of rows) yield line(shape, row);
}

/** What a row is about in a line of its own, and the rest below it. */
function* inTwoLines<Row>(measured: readonly Measured<Row>[], rows: Iterable<Row>, columns: number): Generator<string> {
  const first = laidOut(
    measured.filter(({ column }) => column.main),
    columns,
  );
  const rest = laidOut(
    measured.filter(({ column }) => !column.main),
    columns - INDENT.length,
  );
  yield INDENT + line(rest);
  for (const row of rows) {
    yield line(first, row);
    yield (INDENT + line(rest, row)).trimEnd();
  }
}

/** One line of a table: its titles, or a row. */
function line<Row>(shape: readonly Laid<Row>[], row?: Row): string {
  const cells = shape.map(({ column, columns }, index) => {
    const text = row === undefined ? clip(column.title, columns) : (column.cut ?? clip)(harmless(column.cell(row)), columns);
    // What stands last is not filled up: in its colour the blanks would stay, and fill the line.
    const isLast = index === shape.length - 1 && column.align !== 'right';
    const laid = isLast ? text : pad(text, columns, column.align);
    return row !== undefined && column.paint !== undefined ? column.paint(laid, row) : laid;
  });
  return cells.join(GAP).trimEnd();
}

/** One line of text from data: no control or hidden characters, no line breaks, no tabs. */
export function harmless(text: string): string {
  return stripHidden(text).replace(/[\n\t\u2028\u2029]+/g, ' ');
}
