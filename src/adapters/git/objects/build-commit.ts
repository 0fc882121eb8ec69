// Writes one commit on top of a base from a change set: blobs, the trees on the changed paths, the commit. Its cost is
// path depth times directory size, whatever the size of the repository. Refuses what must not be written, and says why.
import type { ChangeSet, FileChange } from '../../../core/model.ts';
import { fail } from '../../../errors.ts';
import type { Identity } from '../../../ports.ts';
import { filterRules } from './attributes.ts';
import { twinKey, unsafePath } from './names.ts';
import type { Objects } from './objects.ts';
import { lookup, readCommit, readTree } from './snapshot.ts';
import { type Entry, formatTree, isTree, TREE_MODE, toBytes, toText } from './tree.ts';

/** How a commit is made beside its tree. */
export interface CommitForm {
  readonly message: string;
  readonly author: Identity;
  /** The same, unless it is told apart. */
  readonly committer?: Identity | undefined;
  readonly date: Date;
  /** Becomes the first parent, before the base. */
  readonly merges?: string | undefined;
  /** @returns an armoured signature of the bytes of the commit, LF line ends */
  readonly sign?: ((commit: Buffer) => Promise<string>) | undefined;
}

/** What becomes of one path: a new entry, or nothing. */
type Edit = { readonly mode: string; readonly oid: string } | undefined;

interface Leaf {
  readonly path: string;
  readonly edit: Edit;
}

/** Edits by name: of what is called so itself, and of what is below it. Both where a file and a directory change places. */
type EditTree = Map<string, { readonly leaf?: Leaf; readonly below?: EditTree }>;

/**
 * @returns the id of the commit
 * @throws AiOpsError `change-unsafe` for a path that must not be written, `answer-empty` when nothing differs from the base
 */
export async function buildCommit(objects: Objects, changes: ChangeSet, commit: CommitForm): Promise<string> {
  const base = await readCommit(objects, changes.base);
  const edits: EditTree = new Map();
  const isFiltered = filterRules(objects, base.tree);
  for (const change of changes.files) {
    // The path is judged before anything is looked up by it.
    const edit = await checkedEdit(objects, base.tree, change);
    if (edit !== undefined && (await isFiltered(toBytes(change.path))))
      throw unsafe(change.path, 'a filter of .gitattributes makes its content');
    place(edits, change.path, edit);
  }
  const tree = (await editTree(objects, base.tree, edits)) ?? (await objects.write('tree', Buffer.alloc(0)));
  if (tree === base.tree) throw fail('answer-empty');
  return objects.write('commit', await commitBytes(tree, changes.base, commit));
}

async function checkedEdit(objects: Objects, tree: string, change: FileChange): Promise<Edit> {
  const reason = unsafePath(change.path);
  if (reason !== undefined) throw unsafe(change.path, reason);
  const base = await lookup(objects, tree, toBytes(change.path));
  if (base?.mode === '160000' || change.mode === '160000') throw unsafe(change.path, 'it is a submodule');
  if (change.after === undefined) return undefined;
  if (base?.mode === '120000' || change.mode === '120000') throw unsafe(change.path, 'it is a symbolic link');
  if (base !== undefined && isLfsPointer((await objects.read(base.oid)).bytes)) throw unsafe(change.path, 'its content is kept by Git LFS');
  return { mode: modeOf(change, base?.mode), oid: await objects.write('blob', change.after) };
}

/** The base keeps its mode, even an odd one such as 100664, unless the change itself says that the mode has changed. */
function modeOf(change: FileChange, base: string | undefined): string {
  const asked = change.oldMode !== undefined && change.oldMode !== change.mode;
  return base === undefined || asked ? change.mode : base;
}

function place(edits: EditTree, path: string, edit: Edit): void {
  const names = path.split('/').map(toBytes);
  let level = edits;
  for (const name of names.slice(0, -1)) {
    const below: EditTree = level.get(name)?.below ?? new Map();
    level.set(name, { ...level.get(name), below });
    level = below;
  }
  const last = names.at(-1) as string;
  level.set(last, { ...level.get(last), leaf: { path, edit } });
}

/** @returns the new tree, or `undefined` when nothing is left in it: git knows no empty directories */
async function editTree(objects: Objects, oid: string | undefined, edits: EditTree): Promise<string | undefined> {
  const entries = new Map((oid === undefined ? [] : await readTree(objects, oid)).map((entry) => [entry.name, entry]));
  const old = [...entries.values()];
  // Removals first: a file may be renamed to its own twin, or replaced by a directory.
  for (const [name, { leaf }] of edits) {
    if (leaf !== undefined && leaf.edit === undefined) removeEntry(entries, name, leaf.path);
  }
  for (const [name, { leaf, below }] of edits) {
    if (below !== undefined) await editDirectory(objects, entries, name, entries.get(name), below);
    if (leaf?.edit === undefined) continue;
    const before = entries.get(name);
    if (before !== undefined && isTree(before)) throw unsafe(leaf.path, 'it is a directory');
    entries.set(name, { name, ...leaf.edit });
  }
  refuseTwins(old, entries);
  return entries.size === 0 ? undefined : objects.write('tree', formatTree([...entries.values()]));
}

async function editDirectory(
  objects: Objects,
  entries: Map<string, Entry>,
  name: string,
  before: Entry | undefined,
  edits: EditTree,
): Promise<void> {
  if (before !== undefined && !isTree(before)) {
    const what = before.mode === '120000' ? 'a symbolic link' : before.mode === '160000' ? 'a submodule' : 'a file';
    throw unsafe(firstPath(edits), `its directory ${toText(name) ?? '?'} is ${what}`);
  }
  const tree = await editTree(objects, before?.oid, edits);
  if (tree === undefined) entries.delete(name);
  else entries.set(name, { mode: before?.mode ?? TREE_MODE, name, oid: tree });
}

function removeEntry(entries: Map<string, Entry>, name: string, path: string): void {
  const entry = entries.get(name);
  if (entry !== undefined && isTree(entry)) throw unsafe(path, 'it is a directory');
  entries.delete(name);
}

/** New names only: what the base holds already is not ours to judge. */
function refuseTwins(old: readonly Entry[], entries: ReadonlyMap<string, Entry>): void {
  const known = new Set(old.map((entry) => entry.name));
  const keys = new Map<string, string>();
  const ordered = [...entries.keys()].sort((a, b) => Number(known.has(b)) - Number(known.has(a)));
  for (const name of ordered) {
    const text = toText(name);
    if (text === undefined) continue;
    const twin = keys.get(twinKey(text));
    if (twin !== undefined && !known.has(name)) throw unsafe(text, `it differs from ${twin} only by case or Unicode form`);
    keys.set(twinKey(text), text);
  }
}

function firstPath(edits: EditTree): string {
  const first = [...edits.values()][0];
  return first?.leaf?.path ?? (first?.below === undefined ? '' : firstPath(first.below));
}

function isLfsPointer(bytes: Buffer): boolean {
  return bytes.length < 1024 && bytes.toString('latin1').startsWith('version https://git-lfs.github.com/spec/');
}

async function commitBytes(
  tree: string,
  base: string,
  { message, author, committer = author, date, merges, sign }: CommitForm,
): Promise<Buffer> {
  const stamp = `${Math.floor(date.getTime() / 1000)} +0000`;
  const who = ({ name, email }: Identity): string => `${cleanName(name)} <${cleanName(email)}> ${stamp}`;
  const parents = [...(merges === undefined ? [] : [merges]), base].map((parent) => `parent ${parent}\n`).join('');
  const head = `tree ${tree}\n${parents}author ${who(author)}\ncommitter ${who(committer)}\n`;
  const text = `${message.replace(/\r\n?/g, '\n').replaceAll('\0', '').trimEnd()}\n`;
  const plain = Buffer.from(`${head}\n${text}`);
  if (sign === undefined) return plain;
  // As git writes it: each further line of a header begins with a blank. What is signed is the commit without it.
  const signature = (await sign(plain)).trimEnd().replaceAll('\n', '\n ');
  return Buffer.from(`${head}gpgsig ${signature}\n\n${text}`);
}

/** A newline in a name would forge a header line of the commit. */
function cleanName(text: string): string {
  const clean = text
    .replace(/[<>\u0000-\u001f\u007f]/g, '')
    .trim()
    .replace(/^[.,:;"']+|[.,:;"']+$/g, '');
  return clean === '' ? 'ai-ops' : clean;
}

function unsafe(path: string, detail: string): Error {
  return fail('change-unsafe', { path, detail });
}
