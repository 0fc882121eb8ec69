// Blocks of an answer → the change set they mean, against the files of the base commit.
// Two steps, because reading the base is not the core's business: `placeBlocks` says which files to read, `toChanges` compares.
// A block that cannot be placed without doubt is a problem, and one problem spoils the answer: half a fix is none.

import type { ChangeSet, FileBlock, FileChange, FileMode } from '../model.ts';
import { assertNever } from '../never.ts';
import { newPath, resolvePath } from '../repository/paths.ts';
import { applyEdits, isEdits, newText } from './edits.ts';
import { contentProblem, editedProblem } from './form-problems.ts';
import { leftOut } from './left-out.ts';
import { keepLineEndings } from './line-endings.ts';
import { repairContent } from './mend-form.ts';
import { joined } from './parse.ts';
import type { AnswerProblem } from './problems.ts';

export interface PlacedBlock {
  readonly path: string;
  readonly content: string;
  /** No such file in the base: it is added. */
  readonly isNew: boolean;
}

/** A file of the base commit. */
export interface BaseFile {
  readonly bytes: Buffer;
  readonly mode: FileMode;
}

/**
 * Finds the file that each block means.
 * @param paths all files of the base commit
 */
export function placeBlocks(
  blocks: readonly FileBlock[],
  paths: readonly string[],
): { readonly placed: readonly PlacedBlock[]; readonly problems: readonly AnswerProblem[] } {
  const placed = new Map<string, PlacedBlock>();
  const problems: AnswerProblem[] = [];
  for (const block of blocks) {
    const result = block.isNew ? placeNew(block, paths) : placeExisting(block, paths);
    if ('kind' in result) {
      problems.push(result);
      continue;
    }
    const content = joined(placed.get(result.path)?.content ?? result.content, result.content);
    if (content === undefined)
      problems.push({ kind: 'conflict', filename: block.filename, detail: `two blocks mean ${result.path} and differ` });
    else placed.set(result.path, { ...result, content });
  }
  return { placed: [...placed.values()], problems };
}

function placeExisting(block: FileBlock, paths: readonly string[]): PlacedBlock | AnswerProblem {
  const { filename, content } = block;
  const several = filename.match(/[^\s,;]*\w\.\w{1,8}(?=[\s,;]|$)/g) ?? [];
  if (several.length > 1 && !paths.includes(filename))
    return { kind: 'ambiguous', filename, detail: `${filename} names several files; give each a block of its own` };
  const written = resolvePath(filename, paths);
  const undressed = written.kind === 'found' ? written : resolvePath(withoutDress(filename), paths);
  const meant = undressed.kind === 'found' ? undressed : written;
  switch (meant.kind) {
    case 'found':
      return { path: meant.path, content, isNew: false };
    case 'ambiguous':
      return { kind: 'ambiguous', filename, detail: `${filename} may be ${meant.paths.slice(0, 3).join(' or ')}` };
    case 'outside':
      return { kind: 'outside', filename, detail: meant.detail };
    case 'absent':
      return absent(filename);
    default:
      return assertNever(meant);
  }
}

/** A plain path can be meant in one way only, and be told so once; a name with something in it that no path has is told of too. */
function absent(filename: string): AnswerProblem {
  const detail = `there is no file ${filename}; where it is new, say so with new="true"`;
  if (newPath(filename) !== undefined) return { kind: 'absent', filename, detail };
  const isPlain = !/^[/~\\]|^[a-z]:|:\/\/|(?:^|[\\/])\.git(?:[\\/]|$)/i.test(filename.trim());
  return { kind: isPlain ? 'unsafe-name' : 'outside', filename, detail: isPlain ? `${detail}; write its path alone` : detail };
}

/** A name without what people write beside one: a line, a remark, marks of Markdown, characters that nobody sees. */
function withoutDress(filename: string): string {
  return filename
    .replace(/\u200b|\u200c|\u200d|\u2060|\u00ad|\ufeff/g, '')
    .trim()
    .replace(/^(?:file(?:name)?|path):\s*/i, '')
    .replace(/\s+\([^()]*\)$/, '')
    .replace(/^[*`"'“”‘’<[]+|[*`"'“”‘’>\]]+$/g, '')
    .replace(/(?::\d+(?:[-:,]\d+)*|\(\d+(?:,\d+)?\)|::?[\p{L}_][\p{L}\p{N}_.:]*(?:\(\))?|#L\d+(?:-L?\d+)?|\?[\w.&=-]*)$/u, '');
}

/** A new file goes exactly where it says: no suffix is tried, so that it can never replace another one. */
function placeNew(block: FileBlock, paths: readonly string[]): PlacedBlock | AnswerProblem {
  const { filename, content } = block;
  const path = newPath(filename);
  if (path === undefined) return { kind: 'outside', filename, detail: 'a new file needs a plain relative path' };
  const folded = path.toLowerCase();
  const clash = paths.find(
    (other) => other !== path && (other.toLowerCase() === folded || other.startsWith(`${path}/`) || path.startsWith(`${other}/`)),
  );
  if (clash !== undefined) return { kind: 'unsafe-name', filename, detail: `${path} and ${clash} cannot stand side by side` };
  return { path, content, isNew: !paths.includes(path) };
}

/**
 * The change set that placed blocks mean: whole files, or edits of them. Line endings, byte order mark, mode and the end of the file stay as the base has
 * them; a block equal to its file is no change; one that can not be the whole file is a problem.
 * @param base commit id
 * @param files contents of the placed paths that are in the base
 * @param inParts paths of which Claude has seen parts only
 */
export function toChanges(
  base: string,
  placed: readonly PlacedBlock[],
  files: ReadonlyMap<string, BaseFile>,
  inParts: ReadonlySet<string> = new Set(),
): { readonly changes: ChangeSet; readonly problems: readonly AnswerProblem[] } {
  const changed: FileChange[] = [];
  const problems: AnswerProblem[] = [];
  for (const block of placed) {
    const before = files.get(block.path);
    const moved = (): ReadonlySet<string> =>
      new Set(placed.flatMap((other) => (other === block ? [] : freshIn(other, files.get(other.path)))));
    const result = inParts.has(block.path) && !isEditOf(block, before) ? unseen(block.path) : toChange(block, before, moved);
    if (result === undefined) continue;
    if ('kind' in result) problems.push(result);
    else changed.push(result);
  }
  const whole = new Set(placed.filter((block) => !isEditOf(block, files.get(block.path))).map(({ path }) => path));
  const lost =
    problems.length === 0
      ? (swapped(changed.filter(({ path }) => whole.has(path))) ?? leftOut(changed.map((file) => sidesOf(file, whole))))
      : undefined;
  return { changes: { base, files: changed }, problems: lost === undefined ? problems : [lost] };
}

const sidesOf = ({ path, before, after }: FileChange, whole: ReadonlySet<string>): Parameters<typeof leftOut>[0][number] => ({
  path,
  before: before?.toString('utf8') ?? '',
  after: after?.toString('utf8') ?? '',
  isWhole: before !== undefined && whole.has(path),
});

/** Each of two whole files has what the other one had: their names were taken for one another. */
function swapped(files: readonly FileChange[]): AnswerProblem | undefined {
  const sides = files.flatMap(({ path, before, after }) =>
    before === undefined || after === undefined ? [] : [{ path, was: before.toString('utf8'), now: after.toString('utf8') }],
  );
  for (const [at, one] of sides.entries())
    for (const other of sides.slice(at + 1))
      if (isOf(one.now, other.was, one.was) && isOf(other.now, one.was, other.was)) {
        const detail = `the blocks for ${one.path} and ${other.path} hold what stands in the other file; write each under its own name`;
        return { kind: 'conflict', filename: one.path, detail };
      }
  return undefined;
}

/** So much of a file stands in what it was made from. */
const OWN = 0.5;

/** Most of its lines are those of `other`, and hardly one is of `own` alone. */
function isOf(text: string, other: string, own: string): boolean {
  const telling = (of: string): readonly string[] =>
    of
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /\w/.test(line));
  const [lines, others, owns] = [telling(text), new Set(telling(other)), new Set(telling(own))];
  const shared = lines.filter((line) => others.has(line)).length;
  return shared >= lines.length * OWN && lines.filter((line) => owns.has(line)).length * 2 < shared;
}

const isEditOf = ({ content }: PlacedBlock, before: BaseFile | undefined): boolean => isEdits(content, before?.bytes.toString('utf8'));

/** Whoever has seen parts of a file cannot write the whole. */
const unseen = (path: string): AnswerProblem => ({
  kind: 'elided',
  filename: path,
  detail: `the block for ${path} holds the whole file, of which only parts were shown; change it by edits`,
});

/** Lines that a block has and its file did not have. */
function freshIn({ content }: PlacedBlock, before: BaseFile | undefined): readonly string[] {
  const known = new Set(
    before?.bytes
      .toString('utf8')
      .split('\n')
      .map((line) => line.trim()),
  );
  return content.split('\n').flatMap((line) => (known.has(line.trim()) ? [] : [line.trim()]));
}

function toChange(
  { path, content }: PlacedBlock,
  before: BaseFile | undefined,
  moved: () => ReadonlySet<string>,
): FileChange | AnswerProblem | undefined {
  if (before === undefined) return addition(path, isEdits(content) ? (newText(content) ?? content) : content);
  if (before.mode === '120000' || before.mode === '160000') {
    return { kind: 'not-a-file', filename: path, detail: `${path} is a ${before.mode === '120000' ? 'symbolic link' : 'submodule'}` };
  }
  const text = before.bytes.toString('utf8');
  if (isEdits(content, text)) return toEdited(path, content, before);
  const isUtf8 = Buffer.from(text).equals(before.bytes);
  // Claude saw the file as UTF-8: what it wrote back of another encoding stands for the bytes of the base.
  const written = isUtf8 ? content : asShown(content, text);
  if (text.includes('\0') || written === undefined) return { kind: 'not-text', filename: path, detail: `${path} is not UTF-8 text` };
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  const mended = repairContent(written, plain, path);
  const fault = contentProblem(path, mended, plain, moved());
  if (fault !== undefined) return fault;
  const whole = likeBase(mended, text);
  const bytes = isUtf8 ? Buffer.from(whole) : inBytesOf(before.bytes, whole);
  if (bytes === undefined) return { kind: 'not-text', filename: path, detail: `${path} is not UTF-8 text` };
  const after = keepLineEndings(before.bytes, bytes);
  if (after.equals(before.bytes)) return undefined;
  return { path, mode: before.mode, oldMode: before.mode, before: before.bytes, after };
}

/** What of a line every encoding writes alike. */
const skeletonOf = (line: string): string => line.trimEnd().replace(/[^\x00-\x7f]+/g, '\ufffd');

/**
 * A file in an encoding that is not UTF-8 as it was shown: each line that has more than ASCII has to be one of the base.
 * @returns `undefined` where one is not, or may be several
 */
function asShown(content: string, base: string): string | undefined {
  const shown = Map.groupBy(
    base.split(/\r?\n/).filter((line) => /[^\x00-\x7f]/.test(line)),
    skeletonOf,
  );
  const lines = content.split('\n').map((line) => {
    if (!/[^\x00-\x7f]/.test(line)) return line;
    const own = new Set(shown.get(skeletonOf(line)));
    return own.size === 1 ? [...own][0] : undefined;
  });
  return lines.includes(undefined) ? undefined : lines.join('\n');
}

/** Lines with more than ASCII as the base has their bytes, in their order where several look alike. */
function inBytesOf(base: Buffer, text: string): Buffer | undefined {
  const own = Map.groupBy(
    base
      .toString('latin1')
      .split(/\r?\n/)
      .map((line) => line.trimEnd()),
    (line) => Buffer.from(line, 'latin1').toString('utf8'),
  );
  const lines = text.split('\n').map((line) => {
    if (!/[^\x00-\x7f]/.test(line)) return line;
    const same = own.get(line.trimEnd()) ?? [];
    return same.length > 1 ? same.shift() : same[0];
  });
  return lines.includes(undefined) ? undefined : Buffer.from(lines.join('\n'), 'latin1');
}

function addition(path: string, content: string): FileChange | AnswerProblem {
  const fault = contentProblem(path, content, undefined);
  return fault ?? { path, mode: '100644', after: Buffer.from(content.endsWith('\n') ? content : `${content}\n`) };
}

/** Bytes that no edit names stay, in whatever encoding they are; new ones are known to fit where that is UTF-8, or they are ASCII. */
function toEdited(path: string, content: string, { bytes, mode }: BaseFile): FileChange | AnswerProblem | undefined {
  const isUtf8 = Buffer.from(bytes.toString('utf8')).equals(bytes);
  const encoding = isUtf8 ? 'utf8' : 'latin1';
  const base = bytes.toString(encoding);
  if (base.includes('\0')) return { kind: 'not-text', filename: path, detail: `${path} is not text` };
  const edited = applyEdits(path, content, base);
  if ('kind' in edited) return edited;
  if (!isUtf8 && edited.added.some((line) => /[^\x00-\x7f]/.test(line)))
    return { kind: 'not-text', filename: path, detail: `${path} is not UTF-8 text: its edits may bring ASCII only` };
  const fault = editedProblem(path, edited.text, base);
  if (fault !== undefined) return fault;
  const after = Buffer.from(edited.text, encoding);
  return after.equals(bytes) ? undefined : { path, mode, oldMode: mode, before: bytes, after };
}

/** The byte order mark and the newlines at the end as the base has them: an answer's form does not show them. */
function likeBase(content: string, base: string): string {
  const mark = base.startsWith('\uFEFF') ? '\uFEFF' : '';
  const ends = (text: string): number => /\n*$/.exec(text.replace(/\r\n/g, '\n'))?.[0].length ?? 0;
  const body = content.replace(/\n+$/, '');
  // One line end more is that of the form.
  const own = Math.max(ends(content) - (ends(base) === 0 ? 1 : 0), ends(base));
  const end = '\n'.repeat(base === '' ? 1 : own);
  return `${mark}${body.replace(/^\uFEFF/, '')}${end}`;
}
