// How many terminal columns a text takes, and cutting and padding by that measure.
// Wide characters (East Asian Width W and F of Unicode, emoji) take two columns, combining marks none.

let segmenter: Intl.Segmenter | undefined;

/** The segmenter is made when a text needs it: that takes longer than many commands. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Of one column each, whatever stands beside them: ASCII, Latin letters, and the marks that our own texts hold. */
const PLAIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;
// The W and F blocks of EastAsianWidth.txt that logs and names really contain; lone exceptions within are left out.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const COLOUR = /\u001b\[[0-9;]*m|\u001b\]8;[^\u001b]*\u001b\\/g;

/** Columns of one line of text; our own colour codes and links take none. */
export function width(text: string): number {
  const bare = text.replace(COLOUR, '');
  if (PLAIN.test(bare)) return bare.length;
  let columns = 0;
  for (const { segment } of graphemes(bare)) columns += columnsOf(segment);
  return columns;
}

/** Cuts a text without colours to at most `columns`, marking a cut with an ellipsis. */
export function clip(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes(text)) {
    const next = columnsOf(segment);
    if (used + next > columns - 1) break;
    kept += segment;
    used += next;
  }
  return columns < 1 ? '' : `${kept}…`;
}

/**
 * A line as lines of at most so many columns: broken at blanks, and beside wide letters wherever it has to be; what closes a sentence
 * or a bracket never begins a line.
 */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECE) ?? []) {
    if (line !== '' && width(line + piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

// A word of narrow letters, or one wide letter, with the closing marks and blanks behind it.
const CLOSING = '，。；：、？！）”’》」』】…,.;:?!)';
const PIECE = new RegExp(
  `(?:[（“‘《「『【]*(?:[\\u2e80-\\u9fff\\uf900-\\ufaff]|[^\\s\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uff60]+)[${CLOSING}]*\\s*)|.`,
  'gu',
);

/** Fills a text with blanks up to `columns`, on the right, or on the left for numbers. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, columns - width(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

function columnsOf(grapheme: string): number {
  if (NOTHING.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}
