// Puts the files of a commit on disk: quickly into a new directory that only we know, carefully into one that tools have
// worked in. Regular files first, links last: nothing is ever written through a link.
import { closeSync, constants, fstatSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { codeOf } from '../../../platform/errno.ts';
import { createPace } from '../../../platform/yield.ts';
import { isDangerousName } from '../objects/names.ts';
import type { TreeFile } from '../objects/snapshot.ts';
import { toText } from '../objects/tree.ts';
import { diskName, linkAt, makeParents, writeFileAt } from './disk.ts';
import { seen, type Tracked } from './manifest.ts';

const AT_ONCE = 16;

export type ReadBlob = (oid: string) => Promise<Buffer>;

/** As file systems bound a name, and the system a path below the work tree's own. */
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 3500;

/** False for what is not put on disk: submodules, names of git itself, and names that no disk takes. */
export function isPlaceable(file: TreeFile): boolean {
  if (file.path.length > MAX_PATH_BYTES || file.path.split('/').some((name) => name.length > MAX_NAME_BYTES)) return false;
  return file.mode !== '160000' && !file.path.split('/').some((name) => isDangerousName(toText(name) ?? name));
}

/** Fills a directory that is new and empty. */
export async function fillNew(dir: string, files: readonly TreeFile[], read: ReadBlob): Promise<Tracked[]> {
  const blob = onceEach(files, read);
  const made = new Set<string>(['']);
  const pace = createPace();
  const tracked: Tracked[] = [];
  const plain = files.filter((file) => file.mode !== '120000');
  for (const file of plain) {
    const row: Tracked = { path: file.path, mode: file.mode, oid: file.oid };
    tracked.push(isPlaceable(file) ? { ...row, ...createFile(dir, file, made, await blob(file.oid)) } : row);
    await pace();
  }
  const links = files.filter((file) => file.mode === '120000');
  return [...tracked, ...(await putFiles(dir, links, blob))];
}

/** As much of what stands in many places (empty files, licences) is kept until its last one. */
const KEPT_BYTES = 65_536;

/** A blob that several files have is read once where it is small: to find and unpack one costs more than to write it. */
function onceEach(files: readonly TreeFile[], read: ReadBlob): ReadBlob {
  const left = new Map<string, number>();
  for (const { oid } of files) left.set(oid, (left.get(oid) ?? 0) + 1);
  const kept = new Map<string, Buffer>();
  return async (oid) => {
    const bytes = kept.get(oid) ?? (await read(oid));
    const rest = (left.get(oid) ?? 1) - 1;
    left.set(oid, rest);
    if (rest > 0 && bytes.length <= KEPT_BYTES && kept.size < 1000) kept.set(oid, bytes);
    else kept.delete(oid);
    return bytes;
  };
}

/** Puts files where anything may stand in their way. */
export async function putFiles(dir: string, files: readonly TreeFile[], blob: ReadBlob): Promise<Tracked[]> {
  const [links, plain] = [files.filter((file) => file.mode === '120000'), files.filter((file) => file.mode !== '120000')];
  const tracked: Tracked[] = [];
  for (const group of [plain, links]) {
    for (let at = 0; at < group.length; at += AT_ONCE) {
      const batch = group.slice(at, at + AT_ONCE);
      for (const file of batch) if (isPlaceable(file)) await makeParents(dir, file.path);
      tracked.push(...(await Promise.all(batch.map((file) => putFile(dir, file, blob)))));
    }
  }
  return tracked;
}

/** What a disk says of two names that it takes for one (case, Unicode form), and of bytes that it takes for no name. */
const NOT_HERE = ['EEXIST', 'ENOTDIR', 'EISDIR', 'EILSEQ'];

/** @returns nothing for a file that this disk cannot hold beside the others: it is left out */
function createFile(dir: string, file: TreeFile, made: Set<string>, bytes: Buffer): Pick<Tracked, 'seen'> {
  try {
    makeDirectories(dir, file.path, made);
    return { seen: writeNew(dir, file, bytes) };
  } catch (error) {
    if (NOT_HERE.includes(codeOf(error))) return {};
    throw error;
  }
}

function writeNew(dir: string, file: TreeFile, bytes: Buffer): NonNullable<Tracked['seen']> {
  const mode = file.mode === '100755' ? 0o777 : 0o666;
  const descriptor = openSync(
    diskName(dir, file.path),
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0),
    mode,
  );
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    return seen(fstatSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

function makeDirectories(dir: string, path: string, made: Set<string>): void {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (made.has(parent)) return;
  makeDirectories(dir, parent, made);
  mkdirSync(diskName(dir, parent), { recursive: true });
  made.add(parent);
}

async function putFile(dir: string, file: TreeFile, blob: ReadBlob): Promise<Tracked> {
  const plain: Tracked = { path: file.path, mode: file.mode, oid: file.oid };
  if (!isPlaceable(file)) return plain;
  const bytes = await blob(file.oid);
  if (file.mode !== '120000') await writeFileAt(dir, file.path, bytes, file.mode === '100755');
  else if (!(await linkAt(dir, file.path, bytes))) return plain;
  return { ...plain, seen: seen(await lstat(diskName(dir, file.path))) };
}
