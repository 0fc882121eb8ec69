// A block's content beside the file it replaces: what form has spoilt is put right where there is one way only.
// What cannot be put right is for `form-problems.ts`.

import { withoutForm } from './form-of-lines.ts';
import { commentedName } from './other-forms.ts';

/**
 * What a block says after the marks of its form are taken off: a wrapping, a title, entities, a mark in front of every line,
 * blanks of another kind, an indentation of the whole.
 * Nothing is changed that the base does not prove to be form.
 */
export function repairContent(content: string, base: string, path = ''): string {
  const inner = withoutOwnName(withoutTitle(withoutWrapping(content, base), base), base, path);
  return withoutEntities(withOwnMargin(withoutIndentation(withoutForm(inner, base), base), base), base);
}

const WRAPPING = /^\s*<!\[CDATA\[[ \t]*\n?([\s\S]*?)\n?[ \t]*\]\]>\s*$/;

function withoutWrapping(content: string, base: string): string {
  const inner = base.includes('<![CDATA[') ? undefined : WRAPPING.exec(content)?.[1];
  return inner === undefined ? content : `${inner}\n`;
}

/** Its own path as a comment above all, which the base has not: whatever the first line of it has become. */
function withoutOwnName(content: string, base: string, path: string): string {
  const lines = content.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const isOwn = path !== '' && commentedName(lines[first] ?? '') === path && !base.includes((lines[first] as string).trim());
  return isOwn
    ? lines
        .slice(first + 1)
        .join('\n')
        .replace(/^\n+/, /^\n+/.exec(base)?.[0] ?? '')
    : content;
}

/** Its own name above the first line of the base. */
function withoutTitle(content: string, base: string): string {
  const { title, rest } = titleOf(content, base);
  const isName = commentedName(title) !== undefined || /^\s*file(?:name)?:\s*[`"'*]*[\w@./-]+\.\w{1,8}[`"'*]*\s*$/i.test(title);
  const blank = base.split('\n').findIndex((line) => line.trim() !== '');
  return isName ? [...Array(blank).fill(''), ...rest].join('\n') : content;
}

/** The line above the first line of the base, where it is new; empty where there is none. */
export function titleOf(content: string, base: string): { readonly title: string; readonly rest: readonly string[] } {
  const lines = content.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const title = lines[first] ?? '';
  const next = lines.findIndex((line, at) => at > first && line.trim() !== '');
  const start = base.split('\n').find((line) => line.trim() !== '');
  const isTitle = first >= 0 && start !== undefined && lines[next]?.trimEnd() === start.trimEnd() && !base.includes(title.trim());
  return isTitle ? { title, rest: lines.slice(next) } : { title: '', rest: lines };
}

/** The whole block is moved to the right, as in a list; the base begins some line at the margin. */
function withoutIndentation(content: string, base: string): string {
  const lines = content.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = /^[ \t]+/.exec(filled[0] ?? '')?.[0];
  const margin = base.split('\n').some((line) => /^\S/.test(line));
  if (indent === undefined || !margin || !filled.every((line) => line.startsWith(indent))) return content;
  const moved = lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trim()));
  const known = new Set(base.split('\n'));
  const before = filled.filter((line) => known.has(line)).length;
  return moved.filter((line) => line !== '' && known.has(line)).length > before ? moved.join('\n') : content;
}

/** The whole block is moved to the left; no line of the base begins at the margin, and most are those of the base without that. */
function withOwnMargin(content: string, base: string): string {
  const filled = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');
  const leads = filled(base).map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const own = leads.reduce((least, lead) => (lead.length < least.length ? lead : least), leads[0] ?? '');
  const known = new Set(filled(base));
  const lines = filled(content);
  const proven = lines.filter((line) => known.has(own + line)).length;
  if (own === '' || lines.some((line) => known.has(line)) || proven * 2 < lines.length) return content;
  return content
    .split('\n')
    .map((line) => (line.trim() === '' ? line : own + line))
    .join('\n');
}

export const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9a-f]{1,6});/i;
const NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Entities for plain characters: a line that the base holds without them is that line; all of them, where nothing plain is left. */
function withoutEntities(content: string, base: string): string {
  if (ENTITY.test(base)) return withOwnEntities(content, base);
  if (!ENTITY.test(content)) return content;
  const known = new Set(base.split('\n').map((line) => line.trimEnd()));
  const lines = content.split('\n');
  const escaped = lines.filter((line) => ENTITY.test(line));
  const proven = escaped.filter((line) => known.has(decode(line).trimEnd()));
  if (proven.length === 0) return content;
  const everywhere = !/[<>]|&(?!(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9a-f]{1,6});)/i.test(content);
  return lines.map((line) => (everywhere || proven.includes(line) ? decode(line) : line)).join('\n');
}

/**
 * A file that has entities itself, of which the answer keeps none as it is: they were all decoded, or all coded once more,
 * and are put back. Where one is kept, another form of one is the change.
 */
function withOwnEntities(content: string, base: string): string {
  const own = base.split('\n').filter((line) => ENTITY.test(line));
  const lines = content.split('\n');
  if (own.length < 2 || lines.some((line) => own.includes(line))) return content;
  const coded = new Map(own.map((line) => [decode(line), line]));
  const mended = lines.map((line) => coded.get(line) ?? (own.includes(decode(line)) ? decode(line) : line)).join('\n');
  return mended.trimEnd() === base.trimEnd() ? content : mended;
}

export function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,6})|(\w{2,4}));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMES[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
