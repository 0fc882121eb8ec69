// Lines of data on a terminal that are drawn again in place when they change. Uses no alternate screen: what was last
// seen stays when the program ends, however it ends.
import { cleaned } from './output.ts';
import { clip, width } from './width.ts';

export interface Screen {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

/**
 * Makes a function that shows lines in place of those it showed before. Lines that do not fit on the screen are left
 * out, with a mark: what has scrolled away cannot be drawn again.
 * @param colored whether our own colours may pass
 */
export function createLive(screen: Screen, colored: boolean): (lines: readonly string[]) => void {
  let shown = '';
  let height = 0;

  return (lines) => {
    // Asked each time: a window may have been made larger or smaller.
    const { columns = 80, rows = 24 } = screen;
    const kept = fitting(
      lines.map((line) => cleaned(line, colored)),
      Math.max(2, rows - 1),
      columns,
    );
    const text = kept.map((line) => `${line}\n`).join('');
    if (text === shown) return;
    const back = height === 0 ? '' : `\r\u001b[${height}A\u001b[J`;
    screen.write(back + text);
    shown = text;
    height = heightOf(kept, columns);
  };
}

function fitting(lines: readonly string[], room: number, columns: number): readonly string[] {
  if (heightOf(lines, columns) <= room) return lines;
  let count = 0;
  // One row is left for the mark.
  while (heightOf(lines.slice(0, count + 1), columns) < room) count += 1;
  return [...lines.slice(0, count), clip(`… ${lines.length - count} more lines`, columns)];
}

function heightOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
}
