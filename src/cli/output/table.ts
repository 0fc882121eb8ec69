// Tables for people: aligned columns without lines, cut to the width of the terminal. Data is made harmless first.
import { stripHidden } from '../../core/redact/redact.ts';
import { clip, pad, width } from './width.ts';

/** One column. `paint` colours a finished cell, so that colour never disturbs alignment. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'left' | 'right';
  readonly paint?: (text: string, row: Row) => string;
  /** This column gives way when the table is too wide. */
  readonly shrinks?: true;
}

const GAP = '  ';
const LEAST = 8;

/**
 * @param rows gone through twice: for the widths, then for the lines
 * @param columns width of the terminal, or `undefined` to cut nothing (a pipe)
 * @returns lines without newline, the titles first; no rows give no lines
 */
export function table<Row>(shape: readonly Column<Row>[], rows: Iterable<Row>, columns?: number): readonly string[] {
  return [...tableLines(shape, rows, columns)];
}

/** The lines of `table`, one at a time. */
export function* tableLines<Row>(shape: readonly Column<Row>[], rows: Iterable<Row>, columns?: number): Generator<string> {
  const natural = shape.map((column) => width(column.title));
  let isEmpty = true;
  for (const row of rows) {
    isEmpty = false;
    for (const [index, column] of shape.entries()) natural[index] = Math.max(natural[index]!, width(harmless(column.cell(row))));
  }
  if (isEmpty) return;
  const widths = columns === undefined ? natural : narrowed(shape, natural, columns);
  const lay = (line: readonly string[], row?: Row): string =>
    line
      .map((text, index) => {
        const column = shape[index]!;
        const laid = pad(clip(text, widths[index]!), widths[index]!, column.align);
        return row !== undefined && column.paint !== undefined ? column.paint(laid, row) : laid;
      })
      .join(GAP)
      .trimEnd();
  yield lay(shape.map((column) => column.title));
  for (const row of rows)
    yield lay(
      shape.map((column) => harmless(column.cell(row))),
      row,
    );
}

/** One line of text from data: no control or hidden characters, no line breaks, no tabs. */
export function harmless(text: string): string {
  return stripHidden(text).replace(/[\n\t\u2028\u2029]+/g, ' ');
}

function narrowed<Row>(shape: readonly Column<Row>[], natural: readonly number[], columns: number): readonly number[] {
  const total = natural.reduce((sum, each) => sum + each, GAP.length * (shape.length - 1));
  let excess = total - columns;
  return natural.map((each, index) => {
    if (excess <= 0 || shape[index]!.shrinks !== true) return each;
    const narrower = Math.max(Math.min(each, LEAST), each - excess);
    excess -= each - narrower;
    return narrower;
  });
}
