// What a text says depends on nothing but the text, and logs repeat themselves: the frames of a trace come with every
// occurrence, byte by byte. What was read of the last few hundred texts is kept and not read again.

const MAX_TEXTS = 200;
/** Longer texts seldom come twice. */
const MAX_LENGTH = 400;
/** Marks of texts that came once: only what comes again is kept. */
const MARKS = 1 << 12;

/** @param read a pure function; what it gives is never changed */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  let recent = new Map<string, { readonly value: T }>();
  let older: typeof recent = new Map();
  const marks = new Int32Array(MARKS);
  return (text) => {
    if (text.length > MAX_LENGTH) return read(text);
    const mark = markOf(text);
    if (marks[mark & (MARKS - 1)] !== mark) {
      marks[mark & (MARKS - 1)] = mark;
      return read(text);
    }
    const known = recent.get(text);
    if (known) return known.value;
    // A part of a string would keep the whole of it in memory: here that is this text and one character.
    const own = `${text}\0`.slice(0, -1);
    const found = older.get(text) ?? { value: read(own) };
    if (recent.size >= MAX_TEXTS) [older, recent] = [recent, new Map()];
    recent.set(own, found);
    return found.value;
  };
}

/** Of a few places in it, as those of clocks and ids that differ from line to line: two texts of one mark cost a reading, no more. */
function markOf(text: string): number {
  const { length } = text;
  let mark = length + 1;
  for (let at = length - 1, step = 1; at >= 0; at -= step, step += (length >> 6) + 1)
    mark = (Math.imul(mark, 31) + text.charCodeAt(at)) | 0;
  return mark;
}
