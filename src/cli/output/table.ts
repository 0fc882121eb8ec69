// Tables for people: aligned columns without lines, cut to the width of the terminal. Data is made harmless first.
import { stripHidden } from '../../core/redact.ts';
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
 * @param columns width of the terminal, or `undefined` to cut nothing (a pipe)
 * @returns lines without newline, the titles first; no rows give no lines
 */
export function table<Row>(shape: readonly Column<Row>[], rows: readonly Row[], columns?: number): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => shape.map((column) => harmless(column.cell(row))));
  const natural = shape.map((column, index) => Math.max(width(column.title), ...cells.map((line) => width(line[index]!))));
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
  return [lay(shape.map((column) => column.title)), ...cells.map((line, index) => lay(line, rows[index]!))];
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
