// Cuts titles and bodies to a host's limits, with a mark that people can see. Lengths are UTF-16 units, which is
// never less than the characters a host counts.

const LONGEST_FENCE = 40;
const FOLD_END = '\n\n</details>';

/** The first is a bug, the other what its change touches. What frames a section is text: half of it may be cut off. */
const MARK = /<!-- ai-ops(?::[^>]{1,200}|-change:[^>]{1,12100})-->/g;

/** @example shortenTitle('a long title', 6) // 'a lon…' */
export function shortenTitle(title: string, limit: number): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${cut(line, limit - 1).trimEnd()}…`;
}

/** Keeps our marks `<!-- ai-ops… -->` wherever they stood, and closes a code fence that the cut would leave open. */
export function shortenBody(body: string, limit: number): string {
  if (body.length <= limit) return body;
  const marks = [...body.matchAll(MARK)].map(([mark]) => mark).join('');
  const text = marks === '' ? body : body.replace(MARK, '');
  const tail = (left: number): string =>
    `\n\n---\n*Shortened by ai-ops: ${left} characters are left out here; the trace has them.*\n${marks}`;
  const room = LONGEST_FENCE + 1 + FOLD_END.length;
  const kept = cut(text, limit - tail(body.length).length - room);
  const shut = `${openFence(kept) ?? ''}${isFolded(kept) ? FOLD_END : ''}`;
  return `${kept}${shut}${tail(text.length - kept.length)}`;
}

/** What is folded away by us stays open where the cut is in it: it would take the mark with it. */
function isFolded(text: string): boolean {
  return text.lastIndexOf('\n<details>') > text.lastIndexOf('\n</details>');
}

function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}

/** The line that ends a fenced block still open at the end of `text`, as CommonMark closes it. */
function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const [, mark] of text.matchAll(/^ {0,3}(`{3,}|~{3,})[^\n]*$/gm)) {
    if (mark === undefined) continue;
    if (open === undefined) open = mark;
    else if (mark[0] === open[0] && mark.length >= open.length) open = undefined;
  }
  return open === undefined ? undefined : `\n${open.slice(0, LONGEST_FENCE)}`;
}
