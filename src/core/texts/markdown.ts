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

/** Words of ours or a name of a stranger, in a code span, that lead to a page. @param address made by us */
export function codeLink(text: string, address: string | undefined): string {
  return address === undefined ? codeSpan(text) : `[${codeSpan(text)}](${address})`;
}

/**
 * Prose of somebody else as a quotation: paragraphs, lists and code stay what they are, and nothing in it acts. What a host would
 * make a mention, a reference, a link or a command of stands as code, which no host looks into.
 */
export function quoteBlock(text: string): string {
  const parts = unmarked(text).split(/^[ \t]*(?:```|~~~)[^\n]*\n(.*?)(?:^[ \t]*(?:```|~~~)[ \t]*$|(?!.))/ms);
  const shown = parts.map((part, at) => (at % 2 === 1 ? codeBlock(part) : part.trim().split('\n').map(proseLine).join('\n')));
  return shown
    .filter((part) => part !== '')
    .join('\n\n')
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** Behind a mark of a list, which stays one; what would make a heading or a rule of a line does not. */
function proseLine(line: string): string {
  const [, mark = '', rest = ''] = /^\s*((?:[-*+]|\d{1,4}[.)])\s+)?(.*)$/.exec(line) ?? [];
  const list = mark === '' ? '' : /^\d/.test(mark) ? mark : '- ';
  const spans = rest.split(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/);
  const shown = spans.map((part, at) => (at % 3 === 2 ? codeSpan(part) : at % 3 === 1 ? '' : inertProse(part)));
  // Two spans that touch would be one.
  const prose = shown.reduce((text, part) => (/`$/.test(text) && part.startsWith('`') ? `${text} ${part}` : text + part), '');
  return `${list}${prose.replace(/^(#{1,6}(?=\s|$)|[-=+]|\d{1,9}(?=[.)]))/, (sign) => (/^\d/.test(sign) ? `${sign}\\` : `\\${sign}`))}`;
}

/** What hosts make something of within a word (their pages on autolinks, references, quick actions and emoji). */
const ACTS =
  /:\/\/|^www\.|[@#!$&~%^][\w"'{[]|^\/[a-z]|^:[\w+-]+:|\[[\w. -]+:\d|\bGH-\d|\b[A-Z][A-Z0-9_]+-\d|^[0-9a-f]{7,40}$|[\w.-]@[\w-]+\./;

function inertProse(text: string): string {
  return text
    .split(/(\s+)/)
    .map((word) => {
      const [, before = '', core = '', after = ''] = /^([("'“‘«]*)(.*?)([)"'”’».,;:!?，。；：、]*)$/s.exec(word) ?? [];
      return ACTS.test(core) ? `${escapeMarkdown(before)}${codeSpan(core)}${escapeMarkdown(after)}` : escapeMarkdown(word);
    })
    .join('');
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

/** Words that Markdown shows as they are: what would act is escaped, a bracket or an underscore within a word is no such thing. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*<>|~]|\](?=[([:])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}

/** Text without line breaks, shortened to `max` characters with a mark. */
export function oneLine(text: string, max = 300): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= max ? flat : `${flat.slice(0, max - 1)}…`;
}

/** Words behind which a host closes what is named next (the closing patterns of GitLab's settings and of GitHub). */
const CLOSES = '(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?):? +(?:issues? +)?';
/** A key of a tracker, or of GitHub's own: also the form of `UTF-8`, which stays where it closes nothing. */
const KEY = '(?:[A-Z][A-Z0-9_]*-\\d)';
const CLOSED_KEY = new RegExp(`(^|\\b${CLOSES})(?=${KEY})`, 'gi');

/**
 * Words of a stranger for a title or the subject of a commit: names stay as they are, only what acts is broken. Neither host
 * reads Markdown there; GitLab's single-line pipeline reads mentions, references, links, emoji and closing words, GitHub the
 * last in the subject that a squash makes of a title, and both stop their pipelines at a mark.
 */
export function plainTitle(text: string, max: number): string {
  const flat = unmarked(text)
    .trim()
    .replace(/`/g, "'")
    .replace(/[#!$&](?=\d)/g, 'no. ')
    .replace(/https?:\/\//gi, '')
    .replace(/\[((?:skip|no)[ -](?:ci|actions)|(?:ci|actions)[ -]skip|[\w. -]+:\d+)\]/gi, '($1)')
    .replace(/\*\*\*NO_CI\*\*\*/gi, 'NO_CI')
    .replace(/(?<![:\w])(:[A-Za-z0-9_+-]+):(?![:\w])/g, '$1')
    .replace(/\bGH-(?=\d)/gi, 'GH ')
    .replace(/(?<![\p{L}\p{N}_])@+(?=[\p{L}\p{N}_])/gu, '')
    .replace(CLOSED_KEY, (before) => `${before}"`);
  return oneLine(flat, max);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
}
