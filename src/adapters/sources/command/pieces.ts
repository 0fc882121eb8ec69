// A daemon of containers keeps a long line in pieces, and a tool that stamps lines stamps each of them: `docker logs --timestamps`
// prints the stamp of such a line again behind every 16 KiB of it. Its driver `local` (Docker 20.10) also leaves out the newline
// behind the last piece, so that the next line stands in the same one: its stamp is later than that of the line, as nothing that
// was written in the line can be.

/** Docker and containerd read what a container writes by so many bytes. */
const PIECE = 16 * 1024;
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) /;
const STAMP_LENGTH = 31;
const LATER = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) /g;

/** @returns the lines as they were written, each behind its one stamp; others as they are */
export const wholeLines = (lines: readonly Buffer[]): readonly Buffer[] =>
  lines.some((line) => line.length > PIECE) ? lines.flatMap(joined) : lines;

function joined(line: Buffer): readonly Buffer[] {
  const [head = '', stamp = ''] = line.length <= PIECE ? [] : (STAMP.exec(line.toString('latin1', 0, STAMP_LENGTH)) ?? []);
  if (head === '') return [line];
  const pieces: Buffer[] = [];
  let start = 0;
  for (let end = head.length + PIECE; line.toString('latin1', end, end + head.length) === head; end = start + head.length + PIECE) {
    pieces.push(line.subarray(pieces.length === 0 ? start : start + head.length, end));
    start = end;
  }
  if (pieces.length === 0) return [line];
  const last = line.subarray(start + head.length);
  const next = [...last.toString('latin1').matchAll(LATER)].find(([, found = '']) => found > stamp);
  const end = next === undefined ? last.length : next.index;
  const whole = Buffer.concat([...pieces, last.subarray(0, end)]);
  return next === undefined ? [whole] : [whole, ...joined(last.subarray(end))];
}
