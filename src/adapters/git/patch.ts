// A change set as text: unified diff, a patch mail that `git am` takes, line counts. The one door to the `diff` package.
// Binary files are named but not carried: git then refuses the whole patch rather than applying half of it.
import { diffArrays, structuredPatch } from 'diff';
import type { ChangeSet, FileChange, FileStat } from '../../core/model.ts';
import { objectId } from './objects/object-id.ts';

/** Beyond so many differing lines the file is shown as replaced: the exact diff would take minutes. */
const MAX_EDITS = 4000;

interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each with its leading ` `, `-`, `+` or `\`. */
  readonly lines: readonly string[];
}

/** The change set in git's extended unified format, as `git diff --abbrev=12` prints it. Empty for no change. */
export function unifiedDiff(changes: ChangeSet): string {
  return changes.files.map(fileDiff).join('');
}

/**
 * Where a line stood before a change that left it as it is.
 * @param line of `after`, from 1
 * @returns its number in `before`; `undefined` where the change brought it
 * @throws Error where the texts differ too much to be compared
 */
export function sameLine(before: readonly string[], after: readonly string[], line: number): number | undefined {
  const parts = diffArrays([...before], [...after], { maxEditLength: MAX_EDITS });
  if (parts === undefined) throw new Error('the texts differ too much');
  let [old, now] = [0, 0];
  for (const { added, removed, count } of parts) {
    if (!removed && now + count >= line) return added ? undefined : old + (line - now);
    if (!added) old += count;
    if (!removed) now += count;
  }
  return undefined;
}

/** Lines added and removed per file; 0 and 0 for a binary file. */
export function fileStats(changes: ChangeSet): FileStat[] {
  return changes.files.map((file) => {
    const lines = isBinary(file) ? [] : hunksOf(file).flatMap((hunk) => hunk.lines);
    const count = (mark: string): number => lines.filter((line) => line.startsWith(mark)).length;
    const status = file.before === undefined ? 'added' : file.after === undefined ? 'deleted' : 'modified';
    return { path: file.path, status, added: count('+'), removed: count('-') };
  });
}

/**
 * The text `git format-patch --stdout` gives for one commit: `git am` makes the same tree from it. A file with CRLF needs
 * `git am --keep-cr`, as with git's own patches.
 * @param commit.commit its id, 40 hexadecimal digits
 */
export function formatPatch(
  changes: ChangeSet,
  commit: {
    readonly commit: string;
    readonly message: string;
    readonly author: { readonly name: string; readonly email: string };
    readonly date: Date;
  },
): string {
  const [subject = '', ...rest] = commit.message.replace(/\r\n?/g, '\n').trim().split('\n');
  const body = mailBody(rest.join('\n').trim());
  const stats = fileStats(changes);
  return [
    `From ${commit.commit} Mon Sep 17 00:00:00 2001`,
    `From: ${mailbox(commit.author)}`,
    `Date: ${commit.date.toUTCString().replace('GMT', '+0000')}`,
    `Subject: ${encodeHeader(`[PATCH] ${subject}`)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...(body === '' ? [] : [body]),
    '---',
    ...stats.map((stat) => ` ${stat.path} | +${stat.added} -${stat.removed}`),
    ` ${stats.length} file(s) changed`,
    '',
    `${unifiedDiff(changes)}-- `,
    'ai-ops',
    '',
    '',
  ].join('\n');
}

function fileDiff(file: FileChange): string {
  const isNew = file.before === undefined && file.oldMode === undefined;
  const isGone = file.after === undefined;
  const oldMode = file.oldMode ?? file.mode;
  const head = [`diff --git ${quoted(`a/${file.path}`)} ${quoted(`b/${file.path}`)}`];
  if (isNew) head.push(`new file mode ${file.mode}`);
  else if (isGone) head.push(`deleted file mode ${oldMode}`);
  else if (oldMode !== file.mode) head.push(`old mode ${oldMode}`, `new mode ${file.mode}`);
  const before = file.before ?? Buffer.alloc(0);
  const after = file.after ?? Buffer.alloc(0);
  if (!isNew && !isGone && before.equals(after)) return `${head.join('\n')}\n`;
  // Only whole names tell git which binary file is meant.
  const digits = isBinary(file) ? 40 : ID_DIGITS;
  const id = (isThere: boolean, content: Buffer): string => (isThere ? objectId('blob', content) : '0'.repeat(40)).slice(0, digits);
  const ids = `index ${id(!isNew, before)}..${id(!isGone, after)}`;
  head.push(isNew || isGone || oldMode !== file.mode ? ids : `${ids} ${file.mode}`);
  const [left, right] = [isNew ? '/dev/null' : quoted(`a/${file.path}`), isGone ? '/dev/null' : quoted(`b/${file.path}`)];
  if (isBinary(file)) return `${head.join('\n')}\nBinary files ${left} and ${right} differ\n`;
  const hunks = hunksOf(file);
  if (hunks.length === 0) return `${head.join('\n')}\n`;
  // git ends a name that holds a space with a tab, so that it can be told from a time stamp.
  const end = (name: string): string => (name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name);
  return `${[...head, `--- ${end(left)}`, `+++ ${end(right)}`, ...hunks.map(hunkText)].join('\n')}\n`;
}

/** So many digits tell the contents of a very large repository apart; 40 only make the line long. */
const ID_DIGITS = 12;

function hunkText(hunk: Hunk): string {
  return [`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, ...hunk.lines].join('\n');
}

function range(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${start},${lines}`;
}

function hunksOf(file: FileChange): readonly Hunk[] {
  const before = file.before?.toString('utf8') ?? '';
  const after = file.after?.toString('utf8') ?? '';
  const patch = structuredPatch('a', 'b', before, after, '', '', { context: 3, maxEditLength: MAX_EDITS });
  const hunks = patch?.hunks ?? [replacement(before, after)];
  // The package counts an empty side from line 1; git counts it from 0.
  return hunks.map((hunk) => ({
    ...hunk,
    oldStart: hunk.oldLines === 0 && before === '' ? 0 : hunk.oldStart,
    newStart: hunk.newLines === 0 && after === '' ? 0 : hunk.newStart,
  }));
}

function replacement(before: string, after: string): Hunk {
  const [old, fresh] = [marked('-', before), marked('+', after)];
  const count = (lines: readonly string[]): number => lines.filter((line) => !line.startsWith('\\')).length;
  return { oldStart: 1, oldLines: count(old), newStart: 1, newLines: count(fresh), lines: [...old, ...fresh] };
}

function marked(mark: string, text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n').map((line) => mark + line);
  if (text.endsWith('\n')) return lines.slice(0, -1);
  return [...lines, '\\ No newline at end of file'];
}

/** Not text, or text in an encoding that this text could not carry. */
function isBinary(file: FileChange): boolean {
  return [file.before, file.after].some((bytes) => bytes !== undefined && (bytes.includes(0) || !isUtf8(bytes)));
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}

/** Git's C-style quoting of unusual names (quote.c). */
function quoted(name: string): string {
  if (/^[\u0020-\u007e]*$/.test(name) && !/["\\]/.test(name)) return name;
  const octal = (byte: number): string => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte);
  };
  return `"${[...Buffer.from(name, 'utf8')].map(octal).join('')}"`;
}

/** `git am` ends the message, or starts another mail or header, at such lines. */
function mailBody(text: string): string {
  const lines = text.split('\n').map((line) => (/^(---|diff -|Index: |>*From )/.test(line) ? ` ${line}` : line));
  if (/^[A-Za-z-]+:/.test(lines[0] ?? '')) lines[0] = ` ${lines[0]}`;
  return lines.join('\n');
}

function mailbox(author: { readonly name: string; readonly email: string }): string {
  const name = author.name.replace(/[\u0000-\u001f\u007f<>]/g, '').trim();
  const plain = /^[A-Za-z0-9 _-]*$/.test(name);
  const shown = plain ? name : /^[\u0020-\u007e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodeHeader(name);
  return `${shown} <${author.email.replace(/[\u0000-\u0020\u007f<>]/g, '')}>`;
}

/** RFC 2047 words of at most 45 bytes of text each, never cutting a character; plain ASCII stays as it is. */
function encodeHeader(text: string): string {
  if (/^[\u0020-\u007e]*$/.test(text) && !text.includes('=?')) return text;
  const words: string[] = [''];
  for (const char of text) {
    const last = words.at(-1) as string;
    if (Buffer.byteLength(last + char) > 45) words.push(char);
    else words[words.length - 1] = last + char;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\n ');
}
