// Python prints an error that came up while another one was being handled below that one. Where it was raised by hand it tells
// of the first; where a line of the program failed by itself, it is the fault, and the first has only been in the way.

const HANDLING = /^\s*During handling of the above exception, another exception occurred:\s*$/;
const FRAME = /^\s*File "(.+?)", line (\d+)/;

/**
 * Places of the last traceback, innermost first; `undefined` where there is no chain, or its last error was raised by hand.
 * @param text of an event
 */
export function placesOfLast(text: string): readonly { readonly file: string; readonly line: number }[] | undefined {
  const lines = text.split('\n');
  const last = lines.slice(lines.findLastIndex((line) => HANDLING.test(line)) + 1);
  if (last.length === lines.length) return undefined;
  const at = last.findLastIndex((line) => FRAME.test(line));
  const source = last[at + 1]?.trim() ?? '';
  if (at < 0 || source === '' || /^raise\b/.test(source)) return undefined;
  return last
    .flatMap((line) => {
      const [, file, number] = FRAME.exec(line) ?? [];
      return file === undefined ? [] : [{ file, line: Number(number) }];
    })
    .reverse();
}
