// The reports of one run: what its runner was asked to write, and what Maven, Gradle and sbt write by themselves. Theirs lie in
// the work tree, beside those of earlier runs: the time of change tells them apart, which no program sets.
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { REPORT_FILES } from '../../core/proof/asked.ts';
import { fromJson } from '../../core/proof/json-reports.ts';
import type { Named } from '../../core/proof/test-results.ts';
import { readJunit, readTrx } from './xml-reports.ts';

const MOST_FILES = 5000;
const MOST_DIRECTORIES = 4000;
/** A module lies so many directories below the build that it belongs to. */
const MOST_BELOW = 3;
const BUILD = /^(?:pom\.xml|build\.xml|(?:build|settings)\.gradle(?:\.kts)?|build\.sbt)$/;
const MOST_BYTES = 16 * 1024 * 1024;
/** A clock of the file system is a little behind the one of programs. */
const BEHIND_MS = 50;

/** Where builds put the reports of each class, from a module's own directory. */
const LEFT = ['target/surefire-reports', 'target/failsafe-reports', 'target/test-reports', 'build/test-results'];
/** Packages of others, and what is no module. */
const NEVER = new Set(['.git', '.gradle', '.venv', 'node_modules', 'src', 'target', 'build', 'vendor']);

/**
 * @param place directory that the runner was pointed to
 * @param startedMs of the run, as `Date.now()`
 * @returns nothing where nobody has written a report
 */
export async function readReports(place: string, tree: string, startedMs: number): Promise<Named> {
  const trx = (await entriesIn(place)).filter(({ name }) => name.endsWith('.trx')).map(({ name }) => join(place, name));
  const asked = [
    ...(await readJunit(await textOf(join(place, REPORT_FILES.junit)))),
    ...fromJson(await textOf(join(place, REPORT_FILES.json)), tree),
    ...(await all(trx, readTrx)),
  ];
  if (asked.length > 0) return asked;
  const left: string[] = [];
  for (const file of await leftIn(tree)) {
    const { ctimeMs = 0 } = (await stat(file).catch(() => undefined)) ?? {};
    if (ctimeMs >= startedMs - BEHIND_MS) left.push(file);
  }
  return all(left.sort(), readJunit);
}

async function all(files: readonly string[], read: (text: string) => Promise<Named>): Promise<Named> {
  const found: (readonly Named[number][])[] = [];
  for (const file of files.slice(0, MOST_FILES)) found.push(await read(await textOf(file)));
  return found.flat();
}

/** Every report below the modules of a tree, old and new. Where nothing is built this way, few directories are looked into. */
async function leftIn(tree: string): Promise<readonly string[]> {
  const found: string[] = [];
  const dirs = [{ dir: tree, below: 0 }];
  for (let at = 0; at < dirs.length && at < MOST_DIRECTORIES; at++) {
    const { dir, below } = dirs[at] as (typeof dirs)[number];
    const entries = await entriesIn(dir);
    const depth = entries.some((entry) => BUILD.test(entry.name)) ? 0 : below;
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (name === 'target' || name === 'build') found.push(...(await reportsBelow(dir, name)));
      if (!NEVER.has(name) && depth < MOST_BELOW) dirs.push({ dir: join(dir, name), below: depth + 1 });
    }
  }
  return found;
}

async function reportsBelow(module: string, top: string): Promise<readonly string[]> {
  const places = LEFT.filter((each) => each.startsWith(`${top}/`)).map((each) => join(module, each));
  const found = await Promise.all(
    places.map(async (place) => {
      const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch((): Dirent[] => []);
      return entries
        .filter((entry) => entry.isFile() && /^TEST-.*\.xml$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return found.flat();
}

const entriesIn = async (dir: string): Promise<readonly Dirent[]> => readdir(dir, { withFileTypes: true }).catch(() => []);

async function textOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() && found.size <= MOST_BYTES ? readFile(file, 'utf8').catch(() => '') : '';
}
