// How wide the columns of a table are on a terminal: what its rows are about is seen before anything that is said of it.

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
  /** How a text that is too long for it is cut; at its end where absent. */
  readonly cut?: (text: string, columns: number) => string;
  /** What the rows are about: it gives way last, and on a narrow terminal it stands in a line of its own. */
  readonly main?: true;
  /** Where the rest does not fit even so, it is left out: the column with the highest number first. */
  readonly drops?: number;
}

/** A column and its widest text. */
export interface Measured<Row> {
  readonly column: Column<Row>;
  readonly natural: number;
}

export interface Laid<Row> {
  readonly column: Column<Row>;
  readonly columns: number;
}

export const GAP = '  ';
export const INDENT = '  ';
const LEAST = 8;

/** Whether a row has too little room for what it is about and what is said of it side by side. */
export function isNarrow<Row>(measured: readonly Measured<Row>[], columns: number | undefined): boolean {
  const main = measured.find(({ column }) => column.main);
  if (columns === undefined || main === undefined || measured.length < 2) return false;
  const laid = laidOut(measured, columns);
  const got = laid.find(({ column }) => column.main)?.columns ?? 0;
  return got < Math.min(main.column.least ?? LEAST, main.natural) || sum(laid.map((each) => each.columns)) > columns;
}

/** @param columns width of the terminal, or `undefined` to cut nothing */
export function laidOut<Row>(measured: readonly Measured<Row>[], columns: number | undefined): readonly Laid<Row>[] {
  const shown = columns === undefined ? measured : fitting(measured, columns);
  const widths = columns === undefined ? shown.map(({ natural }) => natural) : narrowed(shown, columns);
  return shown.map(({ column }, index) => ({ column, columns: widths[index]! }));
}

/** With the gaps between them. */
const sum = (widths: readonly number[]): number => widths.reduce((all, each) => all + each, GAP.length * (widths.length - 1));

/** Which columns stand beside each other when each is as narrow as it can be. */
function fitting<Row>(measured: readonly Measured<Row>[], columns: number): readonly Measured<Row>[] {
  let shown = measured;
  const least = ({ column: { shrinks, least = LEAST }, natural }: Measured<Row>): number => (shrinks ? Math.min(natural, least) : natural);
  while (sum(shown.map(least)) > columns) {
    const last = Math.max(0, ...shown.map(({ column }) => column.drops ?? 0));
    if (last === 0) break;
    shown = shown.filter(({ column }) => (column.drops ?? 0) !== last);
  }
  return shown;
}

function narrowed<Row>(shown: readonly Measured<Row>[], columns: number): readonly number[] {
  const widths = shown.map(({ natural }) => natural);
  let excess = sum(widths) - columns;
  const give = (isOne: (column: Column<Row>) => boolean, floorOf: (column: Column<Row>) => number): void => {
    // The last first: what stands behind says more about what stands before.
    for (const [index, { column }] of [...shown.entries()].reverse()) {
      const each = widths[index]!;
      if (excess <= 0 || column.shrinks !== true || !isOne(column)) continue;
      widths[index] = Math.max(Math.min(each, floorOf(column)), each - excess);
      excess -= each - widths[index]!;
    }
  };
  const wanted = ({ least = LEAST }: Column<Row>): number => least;
  // To what is wanted of each first, the main one last; then, where nothing more can be left out, to the least of all.
  give(({ main }) => main !== true, wanted);
  give(({ main }) => main === true, wanted);
  give(
    () => true,
    () => LEAST,
  );
  return widths;
}
