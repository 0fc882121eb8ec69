// Text that a reviewer does not see, or sees as something else: controls that turn the order of letters around (Trojan Source,
// CVE-2021-42574), letters without width, tags, and names of which one letter is of another alphabet (CVE-2021-42694).
// What the base holds already is nobody's news.
import type { Verdict } from '../model.ts';
import { patchOnly, quote, type ReadFile, refuse } from './policy.ts';

/** Embeddings, overrides and isolates. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
/** Marks of a direction, letters without width, fillers; a byte order mark begins a file. */
const INVISIBLE = /[\u200b\u200e\u200f\u061c\u2060-\u2064\u180e\u115f\u1160\u3164\uffa0]|(?<!^)\ufeff/g;
/** Tags and runs of variation selectors carry bytes that no editor shows; a flag of a region ends with a tag. */
const CARRIED = /(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,10})[\u{e0000}-\u{e007f}]|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/gu;

/** Texts for people, where such letters have their place: scripts that run from right to left, emoji that are joined. */
const FOR_PEOPLE =
  /\.(?:po|pot|json5?|strings|stringsdict|arb|resx|xliff?|properties|ftl|mdx?|rst|adoc|txt|html?|xml|csv|tsv|srt|vtt|ya?ml)$/i;

/** Cyrillic and Greek letters that look like Latin ones, beside a Latin letter, within one name. */
const LOOKS_LATIN = 'аеорсухіјѕһԁոԛԝАВЕКМНОРСТХІЈЅοΟΑΒΕΖΗΙΚΜΝΡΤΥΧνѵց';
const LOOKALIKE = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{N}_]{0,80}[A-Za-z])[A-Za-z0-9_]{0,80}[${LOOKS_LATIN}][\\p{L}\\p{N}_]{0,80}`,
  'gu',
);

export function unseen(file: ReadFile): readonly Verdict[] {
  const { path, before, after } = file;
  const found: Verdict[] = [];
  const isMore = (pattern: RegExp, is: string, was: string): string | undefined => {
    const [now, then] = [is.match(pattern) ?? [], was.match(pattern) ?? []];
    return now.length > then.length ? now[0] : undefined;
  };
  const turn = isMore(TURNS, after.text, before.text) ?? isMore(CARRIED, after.text, before.text);
  const hidden = FOR_PEOPLE.test(path) ? undefined : isMore(INVISIBLE, after.text, before.text);
  const shown = (text: string): string =>
    [...text].map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)[0] ?? '';
  if (turn !== undefined) found.push(refuse('hidden-text', `${path} gets text that shows as another text (${shown(turn)})`));
  else if (hidden !== undefined) found.push(patchOnly('hidden-text', `${path} gets letters that nobody sees (${shown(hidden)})`));
  const twin = isMore(LOOKALIKE, after.code, before.code);
  if (twin !== undefined) found.push(patchOnly('lookalike', `${path} gets a name with a letter of another alphabet, ${quote(twin)}`));
  return found;
}
