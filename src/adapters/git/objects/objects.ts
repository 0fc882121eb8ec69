// A bare store of our own: loose objects, packs and refs of one repository, in git's layout, so that git can read it too.
// Reads without loading packs, and asks for what a partial store lacks at the moment it is read
// (doc/adr/0004-own-object-store.md). Whatever is wrong with the store comes out as `store-damaged`.
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AiOpsError, fail } from '../../../errors.ts';
import { replaceFile } from '../../../platform/atomic.ts';
import { codeOf, messageOf } from '../../../platform/errno.ts';
import { readPlain } from '../../../platform/read-plain.ts';
import { readLoose, writeLoose } from './loose.ts';
import { objectId } from './object-id.ts';
import type { RawObject } from './pack-file.ts';
import { takePack } from './pack-intake.ts';
import { formatPack, type Outgoing } from './pack-write.ts';
import { openPacks } from './packs.ts';

export type ObjectType = 'blob' | 'tree' | 'commit';

/** Objects and refs of one bare repository on disk. Object ids are 40 hexadecimal digits. */
export interface Objects {
  readonly dir: string;
  /** The remote as it is named in errors. */
  readonly shown: string;
  /** Makes an empty store. */
  init(url: string | undefined): Promise<void>;
  /** What a partial store lacks is fetched; several reads at once make one request. */
  read(oid: string): Promise<RawObject>;
  /** The same from what is in the store now: nothing is fetched. */
  peek(oid: string): Promise<RawObject>;
  /** Whether it is in the store now. */
  has(oid: string): Promise<boolean>;
  /** Those of `oids` that are not in the store now. */
  lacking(oids: readonly string[]): Promise<readonly string[]>;
  write(type: ObjectType, bytes: Buffer): Promise<string>;
  /** One pack of exactly these objects; those with a `base`, which the receiver has, may travel as its difference. */
  pack(objects: readonly { readonly oid: string; readonly base?: string }[]): Promise<Buffer>;
  /** Puts in the objects of a pack that is coming in. @throws Error when the pack is not whole */
  take(body: AsyncIterable<Uint8Array>): Promise<void>;
  ref(name: string): Promise<string | undefined>;
  setRef(name: string, oid: string): Promise<void>;
  /** Commits whose parents are not in the store. */
  shallow(): Promise<readonly string[]>;
  setShallow(commits: readonly string[]): Promise<void>;
  close(): void;
}

const TOGETHER_MS = 4;
const OID = /^[0-9a-f]{40}$/;

/**
 * @param shown the remote as it is named in errors
 * @param bring fetches objects that a partial store lacks
 */
export function openObjects(dir: string, shown: string, bring?: (oids: readonly string[]) => Promise<void>): Objects {
  const home = join(dir, 'objects');
  const packs = openPacks(join(home, 'pack'));
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw damaged(shown, dir, error);
    }
  };
  const find = async (oid: string): Promise<RawObject | undefined> =>
    packs.read(oid) ?? (await readLoose(home, oid)) ?? (packs.refresh() ? packs.read(oid) : undefined);
  const ask = bring === undefined ? undefined : together(bring);
  const checked = (oid: string, found: RawObject | undefined): RawObject => {
    if (found === undefined) throw new Error(`object ${oid} is not in it`);
    if (objectId(found.type, found.bytes) !== oid) throw new Error(`object ${oid} is damaged`);
    return found;
  };
  const peek = async (oid: string): Promise<RawObject> => checked(oid, await find(oid));
  const read = async (oid: string): Promise<RawObject> => {
    const found = await find(oid);
    if (found !== undefined || ask === undefined) return checked(oid, found);
    await ask(oid);
    return peek(oid);
  };
  return {
    dir,
    shown,
    init: (url) => guard(() => layOut(dir, url)),
    read: (oid) => guard(() => read(oid)),
    peek: (oid) => guard(() => peek(oid)),
    has: (oid) => guard(async () => (await find(oid)) !== undefined),
    lacking: (oids) =>
      guard(async () => {
        packs.refresh();
        const loose = await looseNames(home);
        return [...new Set(oids)].filter((oid) => !packs.has(oid) && !loose.has(oid));
      }),
    write: (type, bytes) =>
      guard(async () => {
        const oid = objectId(type, bytes);
        if (!packs.has(oid)) await writeLoose(home, oid, { type, bytes }, true);
        return oid;
      }),
    pack: (objects) =>
      guard(async () => {
        const outgoing = objects.map(async ({ oid, base }): Promise<Outgoing> => {
          // A base that has to be fetched first would cost more than it saves.
          const under = base === undefined ? undefined : await find(base);
          const from = base === undefined || under === undefined ? {} : { base: { oid: base, bytes: under.bytes } };
          return { object: await read(oid), ...from };
        });
        return formatPack(await Promise.all(outgoing));
      }),
    take: async (body) => {
      await takePack(home, body);
      packs.refresh();
    },
    ref: (name) => guard(() => readRef(join(dir, name))),
    setRef: (name, oid) => guard(() => replace(join(dir, name), `${oid}\n`)),
    shallow: () => guard(async () => ((await text(join(dir, 'shallow'))) ?? '').split('\n').filter((line) => OID.test(line))),
    setShallow: (commits) => guard(() => replace(join(dir, 'shallow'), commits.map((commit) => `${commit}\n`).join(''))),
    close: () => packs.close(),
  };
}

/** Reads that begin together become one request, though each has its own trees to go through first. */
function together(bring: (oids: readonly string[]) => Promise<void>): (oid: string) => Promise<void> {
  let open: { readonly oids: Set<string>; readonly done: Promise<void> } | undefined;
  return (oid) => {
    if (open === undefined) {
      const oids = new Set<string>();
      const done = new Promise<void>((resolve) => setTimeout(resolve, TOGETHER_MS)).then(() => {
        open = undefined;
        return bring([...oids]);
      });
      open = { oids, done };
    }
    open.oids.add(oid);
    return open.done;
  };
}

async function layOut(dir: string, url: string | undefined): Promise<void> {
  for (const part of ['objects/pack', 'refs/heads']) await mkdir(join(dir, part), { recursive: true });
  const remote = url === undefined ? '' : `[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;
  await replace(join(dir, 'config'), `[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n${remote}`);
  // Last: a store without a HEAD is laid out again.
  await replace(join(dir, 'HEAD'), 'ref: refs/heads/main\n');
}

async function looseNames(home: string): Promise<Set<string>> {
  const fans = (await readdir(home)).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const names = await Promise.all(fans.map(async (fan) => (await readdir(join(home, fan))).map((rest) => fan + rest)));
  return new Set(names.flat());
}

async function readRef(file: string): Promise<string | undefined> {
  const value = (await text(file))?.trim();
  if (value === undefined) return undefined;
  if (!OID.test(value)) throw new Error('a ref is damaged');
  return value;
}

const MAX_REFS_BYTES = 64 * 2 ** 20;

async function text(file: string): Promise<string | undefined> {
  try {
    return String(await readPlain(file, MAX_REFS_BYTES));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function replace(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, content, { mode: 0o644 });
}

function damaged(remote: string, dir: string, error: unknown): AiOpsError {
  if (error instanceof AiOpsError) return error;
  const detail = messageOf(error);
  if (['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EMFILE'].includes(codeOf(error))) return fail('state-unwritable', { dir, detail }, error);
  return fail('store-damaged', { remote, detail }, error);
}
