// Makes text from strangers inert inside Markdown and HTML. Escapes; never interprets.

/** A code span that its content cannot leave, on one line. */
export function codeSpan(text: string): string {
  const flat = oneLine(unmarked(text)).replace(/\|/g, '¦');
  const fence = '`'.repeat(longestRun(flat) + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  return flat === '' ? '` `' : `${fence}${pad}${flat}${pad}${fence}`;
}

/** A fenced block that its content cannot leave. Mentions and issue references in it stay plain text. */
export function codeBlock(text: string, info = 'text'): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${info}\n${unmarked(text).replace(/\n+$/, '')}\n${fence}`;
}

/** By our hidden marks requests and issues are found again: those of a stranger are made visible text. */
function unmarked(text: string): string {
  return text.replace(/<!--(?=\s*\/?ai-ops)/g, '<!- -');
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

/** Text without line breaks, shortened to `max` characters with a mark. */
export function oneLine(text: string, max = 300): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= max ? flat : `${flat.slice(0, max - 1)}…`;
}

/** Plain words for a title: what hosts would turn into links, mentions or commands is taken out. */
export function plainTitle(text: string, max: number): string {
  return oneLine(text.replace(/[`@<>|*_[\]]/g, '').replace(/#(?=\d)/g, 'no. '), max);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
}
