// A git repository in a work tree, for as long as a setup runs that asks git: the base commit alone, as a shallow clone without
// a remote has it. No hook, no identity, no address, no other commit, and nothing of it is believed: it is removed unread.
// Sources: gitrepository-layout(5), gitformat-index(5).
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPace } from '../../../platform/yield.ts';
import { writeLoose } from '../objects/loose.ts';
import { isTree, parseTree } from '../objects/tree.ts';
import type { StoredRepository } from '../repository.ts';
import { diskName, removeAt } from './disk.ts';
import type { Tracked } from './manifest.ts';
import type { WorkTree } from './work-tree.ts';

/** Nothing in it is collected or looked for elsewhere. */
const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n[gc]\n\tauto = 0\n';

/** Made beside the tree and moved into it at once: a process that a command has left cannot stand in the way. */
export async function withGit<T>(tree: WorkTree, work: () => Promise<T>): Promise<T> {
  const [draft, at] = [join(tree.home, 'git'), diskName(tree.dir, '.git')];
  try {
    await rm(draft, { recursive: true, force: true });
    await makeGit(draft, tree);
    await removeAt(at);
    await rename(draft, at);
    return await work();
  } finally {
    await removeAt(at);
    await rm(draft, { recursive: true, force: true });
  }
}

async function makeGit(dir: string, { repository, base, manifest }: WorkTree): Promise<void> {
  const objects = join(dir, 'objects');
  await mkdir(join(dir, 'refs', 'heads'), { recursive: true, mode: 0o700 });
  await mkdir(objects);
  await writeObjects(objects, repository, base);
  await writeFile(join(dir, 'config'), CONFIG);
  await writeFile(join(dir, 'shallow'), `${base}\n`);
  await writeFile(join(dir, 'index'), formatIndexFile([...manifest.values()]));
  await writeFile(join(dir, 'HEAD'), `${base}\n`);
}

/** The commit, its trees and its files. */
async function writeObjects(dir: string, repository: StoredRepository, base: string): Promise<void> {
  const store = repository.objects();
  const done = new Set<string>();
  const pace = createPace();
  const write = async (oid: string): Promise<Buffer> => {
    const object = await store.read(oid);
    await writeLoose(dir, oid, object, false);
    await pace();
    return object.bytes;
  };
  const visit = async (tree: string): Promise<void> => {
    for (const entry of parseTree(await write(tree))) {
      // The commits of submodules are no objects of this repository.
      if (entry.mode === '160000' || done.has(entry.oid)) continue;
      done.add(entry.oid);
      if (isTree(entry)) await visit(entry.oid);
      else await write(entry.oid);
    }
  };
  const root = /^tree ([0-9a-f]{40})$/m.exec((await write(base)).toString('latin1'))?.[1];
  if (root !== undefined) await visit(root);
}

/** Bytes of an entry before its path: times, device, inode, mode, owner, size, object, flags. */
const [ENTRY_BYTES, MODE_AT, OID_AT, FLAGS_AT] = [62, 24, 40, 60];
const LONGEST_NAME = 0xfff;
/** What was not put on disk is not missed there. */
const ASSUMED = 0x8000;

/** Times and sizes are left to git, which looks at each file once. */
function formatIndexFile(files: readonly Tracked[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const head = Buffer.from('DIRC\0\0\0\x02\0\0\0\0', 'latin1');
  head.writeUInt32BE(sorted.length, 8);
  const body = Buffer.concat([head, ...sorted.map(indexEntry)]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

function indexEntry({ path, mode, oid, seen }: Tracked): Buffer {
  // At least one zero ends it, and as many as bring it to a multiple of eight.
  const entry = Buffer.alloc((Math.floor((ENTRY_BYTES + path.length) / 8) + 1) * 8);
  entry.writeUInt32BE(Number.parseInt(mode.startsWith('100') ? (mode === '100755' ? mode : '100644') : mode, 8), MODE_AT);
  entry.write(oid, OID_AT, 'hex');
  entry.writeUInt16BE(Math.min(path.length, LONGEST_NAME) | (seen === undefined ? ASSUMED : 0), FLAGS_AT);
  entry.write(path, ENTRY_BYTES, 'latin1');
  return entry;
}
