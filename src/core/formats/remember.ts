// What a text says depends on nothing but the text, and logs repeat themselves: the frames of a trace come with every
// occurrence, byte by byte. What was read of the last few hundred texts is kept and not read again.

const MAX_TEXTS = 200;
/** Longer texts seldom come twice. */
const MAX_LENGTH = 400;

/** @param read a pure function; what it gives is never changed */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  let recent = new Map<string, { readonly value: T }>();
  let older: typeof recent = new Map();
  return (text) => {
    if (text.length > MAX_LENGTH) return read(text);
    const known = recent.get(text);
    if (known) return known.value;
    // A part of a string would keep the whole of it in memory.
    const own = Buffer.from(text, 'utf16le').toString('utf16le');
    const found = older.get(text) ?? { value: read(own) };
    if (recent.size >= MAX_TEXTS) [older, recent] = [recent, new Map()];
    recent.set(own, found);
    return found.value;
  };
}
