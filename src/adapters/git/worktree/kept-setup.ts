// What a setup has installed in a work tree, kept for the next repair: which directories, and what `lstat` says of every file
// in them. What code of a fix has written there since is found by the time of change, which no program can set: a file that
// is not as the setup left it ends the keeping, one that has come is removed. The record is written last: a setup that was
// cut off has none.
import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPace, type Pace } from '../../../platform/yield.ts';
import { diskName, removeAt } from './disk.ts';

export interface KeptSetup {
  readonly key: string;
  /** Directories and files, none of them in the base commit; latin1 bytes. */
  readonly roots: readonly string[];
  /** What was seen of each file in them. */
  readonly files: ReadonlyMap<string, string>;
}

const VERSION = 1;
/** A change in the same tick of the file system's clock as the record would not be seen. */
const TICK_MS = 20;

const recordOf = (home: string): string => join(home, 'setup.json');

export async function recordSetup(home: string, dir: string, key: string, roots: readonly string[]): Promise<KeptSetup> {
  const files = new Map<string, string>();
  await walk(dir, roots, (path, stats) => void files.set(path, picture(stats)));
  await pause(TICK_MS);
  await writeFile(recordOf(home), JSON.stringify({ version: VERSION, key, roots, files: [...files] }), { mode: 0o600 });
  return { key, roots, files };
}

/** @returns `undefined` where there is no record, or none of ours */
export async function readSetup(home: string): Promise<KeptSetup | undefined> {
  try {
    const found = JSON.parse(await readFile(recordOf(home), 'utf8')) as Partial<{ version: number; key: string; roots: string[] }> & {
      readonly files?: [string, string][];
    };
    if (found.version !== VERSION || typeof found.key !== 'string' || found.roots === undefined) return undefined;
    return { key: found.key, roots: found.roots, files: new Map(found.files) };
  } catch {
    return undefined;
  }
}

export async function forgetSetup(home: string): Promise<void> {
  await rm(recordOf(home), { recursive: true, force: true });
}

/** Removes what has come to the directories since. @returns whether all that the setup left is there as it was */
export async function isAsLeft(dir: string, { roots, files }: KeptSetup): Promise<boolean> {
  let same = 0;
  const strangers: string[] = [];
  await walk(dir, roots, (path, stats) => {
    const old = files.get(path);
    if (old === undefined) strangers.push(path);
    else if (old === picture(stats)) same += 1;
  });
  if (same !== files.size) return false;
  for (const path of strangers) await removeAt(diskName(dir, path));
  return true;
}

const picture = ({ mode, size, mtimeNs, ctimeNs, ino }: BigIntStats): string => `${mode} ${size} ${mtimeNs} ${ctimeNs} ${ino}`;

type Visit = (path: string, stats: BigIntStats) => void;

/** Every file, link and whatever else is no directory. */
async function walk(dir: string, paths: readonly string[], visit: Visit, pace: Pace = createPace()): Promise<void> {
  for (const path of paths) {
    const stats = lstatSync(diskName(dir, path), { throwIfNoEntry: false, bigint: true });
    if (stats === undefined) continue;
    if (!stats.isDirectory()) {
      visit(path, stats);
      continue;
    }
    const names = readdirSync(diskName(dir, path), { encoding: 'buffer' });
    await walk(
      dir,
      names.map((name) => `${path}/${name.toString('latin1')}`),
      visit,
      pace,
    );
    await pace();
  }
}
