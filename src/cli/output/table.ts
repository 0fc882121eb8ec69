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
  /** So wide it stays, where others can be left out in its favour. */
  readonly least?: number;
  /** Where the rest does not fit even so, it is left out: the column with the highest number first. */
  readonly drops?: number;
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
export function* tableLines<Row>(all: readonly Column<Row>[], rows: Iterable<Row>, columns?: number): Generator<string> {
  const widest = all.map((column) => width(column.title));
  let isEmpty = true;
  for (const row of rows) {
    isEmpty = false;
    for (const [index, column] of all.entries()) widest[index] = Math.max(widest[index]!, width(harmless(column.cell(row))));
  }
  if (isEmpty) return;
  const shown = columns === undefined ? all.map((_, index) => index) : fitting(all, widest, columns);
  const shape = shown.map((index) => all[index]!);
  const natural = shown.map((index) => widest[index]!);
  const widths = columns === undefined ? natural : narrowed(shape, natural, columns);
  const lay = (line: readonly string[], row?: Row): string =>
    line
      .map((text, index) => {
        const column = shape[index]!;
        // What stands last is not filled up: in its colour the blanks would stay, and fill the line.
        const isLast = index === shape.length - 1 && column.align !== 'right';
        const laid = isLast ? clip(text, widths[index]!) : pad(clip(text, widths[index]!), widths[index]!, column.align);
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

/** Which columns stand beside each other when each is as narrow as it can be. */
function fitting<Row>(all: readonly Column<Row>[], widest: readonly number[], columns: number): readonly number[] {
  let shown = all.map((_, index) => index);
  const least = (index: number): number => {
    const { shrinks, least = LEAST } = all[index]!;
    return shrinks ? Math.min(widest[index]!, least) : widest[index]!;
  };
  const total = (): number => shown.reduce((sum, index) => sum + least(index), GAP.length * (shown.length - 1));
  while (total() > columns) {
    const last = Math.max(...shown.map((index) => all[index]!.drops ?? 0));
    if (last === 0) break;
    shown = shown.filter((index) => (all[index]!.drops ?? 0) !== last);
  }
  return shown;
}

function narrowed<Row>(shape: readonly Column<Row>[], natural: readonly number[], columns: number): readonly number[] {
  const total = natural.reduce((sum, each) => sum + each, GAP.length * (shape.length - 1));
  let excess = total - columns;
  const widths = [...natural];
  // To what is wanted of each first; then, where nothing more can be left out, to the least of all.
  for (const floorOf of [({ least = LEAST }: Column<Row>) => least, () => LEAST]) {
    // The last first: what stands behind says more about what stands before.
    for (const [index, column] of [...shape.entries()].reverse()) {
      const each = widths[index]!;
      if (excess <= 0 || column.shrinks !== true) continue;
      widths[index] = Math.max(Math.min(each, floorOf(column)), each - excess);
      excess -= each - widths[index]!;
    }
  }
  return widths;
}
