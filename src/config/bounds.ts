// How large a configuration may be, before anything walks it: it may be the work of a stranger, and a few hundred bytes of
// YAML aliases stand for millions of values.

/** Bytes of one file. */
export const MAX_FILE_BYTES = 2 ** 20;

/** Values of one file, with what its aliases stand for. */
const MAX_VALUES = 10_000;

/** Lists and objects within each other. */
const MAX_DEPTH = 32;

/** @throws Error in words, for a content that no configuration has */
export function refuseHuge(content: unknown): void {
  const waiting: [value: unknown, depth: number][] = [[content, 0]];
  for (let values = 1; ; values++) {
    const [value, depth] = waiting.pop() ?? [undefined, -1];
    if (depth < 0) return;
    if (values > MAX_VALUES) throw new Error(`it holds more than ${MAX_VALUES} values, aliases counted in full`);
    if (depth > MAX_DEPTH) throw new Error(`it is nested deeper than ${MAX_DEPTH} levels`);
    if (typeof value !== 'object' || value === null) continue;
    // Not all at once: a list may be as long as the file.
    const inner = Object.values(value);
    if (inner.length > MAX_VALUES) throw new Error(`it holds more than ${MAX_VALUES} values`);
    for (const each of inner) waiting.push([each, depth + 1]);
  }
}
