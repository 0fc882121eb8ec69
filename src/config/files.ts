// Finds and reads configuration files with cosmiconfig, whose only door this is. What it does not do: run anything
// that the repository under repair brought along. cosmiconfig alone would, in three ways, each closed below:
// a script beside the rc file, `$import` of a script, and `.config/config.*` or package.json#cosmiconfig of the
// working directory, which it obeys while an explorer is being made.

import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Loader, PublicExplorer } from 'cosmiconfig';
import { isJson } from '../core/plain-json.ts';
import { AiOpsError, fail } from '../errors.ts';
import { readPlainNow } from '../platform/read-plain.ts';
import { MAX_FILE_BYTES, refuseHuge } from './bounds.ts';

/** A configuration file as it was read. */
export interface FoundFile {
  readonly file: string;
  /** Directory that its paths are relative to and where its `.env` lies. */
  readonly dir: string;
  readonly content: unknown;
}

/** Where an rc file may lie within a directory, in order. */
export const SEARCH_PLACES = [
  '.aiopsrc',
  '.aiopsrc.json',
  '.aiopsrc.yaml',
  '.aiopsrc.yml',
  '.config/aiopsrc.json',
  '.config/aiopsrc.yaml',
  '.config/aiopsrc.yml',
  'package.json',
] as const;

const USER_PLACES = ['config.json', 'config.yaml', 'config.yml'] as const;
const SCRIPT_ENDINGS = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'] as const;
const SCRIPT_PLACES = ['.aiopsrc', '.config/aiopsrc', 'aiops.config'].flatMap((stem) => SCRIPT_ENDINGS.map((ending) => stem + ending));

/**
 * Looks from `cwd` up to the root of the enclosing repository; outside of one in `cwd` alone, so that no file
 * of a stranger in a shared parent directory is obeyed.
 * @throws AiOpsError `config-unreadable`, `config-script`
 */
export async function findProjectFile(cwd: string): Promise<FoundFile | undefined> {
  for (const dir of directoriesToRoot(cwd)) {
    if (mayConfigure(dir)) {
      const found = await search(dir, SEARCH_PLACES);
      if (found !== undefined) return found;
    }
    const script = SCRIPT_PLACES.map((place) => path.join(dir, place)).find((file) => existsSync(file));
    if (script !== undefined) throw fail('config-script', { file: shown(script, cwd) });
  }
  return undefined;
}

/** The user's own file: `config.{json,yaml,yml}` in `dir`. */
export async function findUserFile(dir: string): Promise<FoundFile | undefined> {
  return hasAny(dir, USER_PLACES) ? search(dir, USER_PLACES) : undefined;
}

/**
 * Reads the file that `--config` names. Only here a script is run: the user trusts it by naming it.
 * @throws AiOpsError `config-unreadable`
 */
export async function readNamedFile(file: string): Promise<FoundFile> {
  const explorer = await createExplorer(SEARCH_PLACES, 'run');
  const result = await readable(file, async () => {
    refuseLong(file);
    return explorer.load(file);
  });
  return { file, dir: path.dirname(file), content: result === null || result.isEmpty === true ? {} : result.config };
}

/** The variables of the `.env` file in `dir`; empty when there is none. */
export async function readDotEnv(dir: string): Promise<{ readonly file: string; readonly text: string } | undefined> {
  const file = path.join(dir, '.env');
  if (!isFile(file)) return undefined;
  return {
    file,
    text: await readable(file, async () => {
      refuseLong(file);
      return String(readPlainNow(file, MAX_FILE_BYTES));
    }),
  };
}

/** @throws Error in words, before anything of it is read */
function refuseLong(file: string): void {
  const facts = statSync(file);
  if (facts.isCharacterDevice()) throw new Error('it is a device');
  if (facts.size > MAX_FILE_BYTES) throw new Error(`it is longer than ${MAX_FILE_BYTES / 2 ** 20} MB`);
}

async function search(dir: string, places: readonly string[]): Promise<FoundFile | undefined> {
  // cosmiconfig passes over files it may not read; a person would wonder why their file does nothing.
  for (const place of places) {
    const file = path.join(dir, place);
    if (!isFile(file)) continue;
    await readable(file, async () => {
      accessSync(file, constants.R_OK);
      refuseLong(file);
    });
  }
  const explorer = await createExplorer(places, 'refuse');
  const result = await readable(dir, () => explorer.search(dir));
  return result === null ? undefined : { file: result.filepath, dir, content: result.config };
}

async function createExplorer(searchPlaces: readonly string[], scripts: 'run' | 'refuse'): Promise<PublicExplorer> {
  // By its default export: bundled, a CommonJS library has no other.
  const { cosmiconfig, defaultLoaders } = (await import('cosmiconfig')).default;
  const refuse: Loader = (file) => {
    throw fail('config-script', { file });
  };
  const withoutImport =
    (load: Loader): Loader =>
    async (file, text) => {
      const content: unknown = await load(file, text);
      const own = path.basename(file) === 'package.json' ? property(content, 'aiops') : content;
      refuseHuge(own);
      if (property(own, '$import') !== undefined) throw new Error('$import is not supported; write the keys into this file');
      return content;
    };
  const loaders: Record<string, Loader> = {};
  for (const [ending, load] of Object.entries(defaultLoaders)) {
    const isScript = (SCRIPT_ENDINGS as readonly string[]).includes(ending);
    loaders[ending] = isScript && scripts === 'refuse' ? refuse : withoutImport(load as Loader);
  }
  return inNeutralDirectory(() => cosmiconfig('aiops', { searchPlaces: [...searchPlaces], loaders, searchStrategy: 'none', cache: false }));
}

/** Files of the working directory that cosmiconfig itself obeys (its "meta configuration"). */
const META_PLACES = [
  'package.json',
  'package.yaml',
  ...['json', 'yaml', 'yml', 'js', 'ts', 'cjs', 'mjs'].map((ending) => `.config/config.${ending}`),
];

/**
 * Runs `make` while the working directory is one without meta configuration. Synchronous from start to end, so that
 * nothing else can see the changed directory.
 */
function inNeutralDirectory<T>(make: () => T): T {
  const home = process.cwd();
  const candidates = [path.parse(home).root, path.dirname(process.execPath), '/proc/self', '/dev'];
  const neutral = candidates.find((dir) => existsSync(dir) && !META_PLACES.some((place) => existsSync(path.join(dir, place))));
  if (neutral === undefined) {
    throw fail('config-unreadable', { file: candidates[0]!, detail: 'a package.json or .config/config.* lies in the root directory' });
  }
  process.chdir(neutral);
  try {
    return make();
  } finally {
    process.chdir(home);
  }
}

function directoriesToRoot(cwd: string): readonly string[] {
  const dirs: string[] = [];
  for (let dir = cwd; ; dir = path.dirname(dir)) {
    dirs.push(dir);
    if (existsSync(path.join(dir, '.git'))) return dirs;
    if (path.dirname(dir) === dir) return [cwd];
  }
}

/** A manifest may hold what is not ours. */
const MOST_MANIFEST_BYTES = 16 * 2 ** 20;

/** Most projects have a package.json that says nothing about us: then cosmiconfig need not be loaded. */
function mayConfigure(dir: string): boolean {
  const places = SEARCH_PLACES.filter((place) => place !== 'package.json');
  if (hasAny(dir, places)) return true;
  const file = path.join(dir, 'package.json');
  if (!isFile(file)) return false;
  const text = manifestIn(file);
  // What cannot be read, or is no JSON, is told by `search`. An escape may hide our name.
  return text === undefined || text.includes('\\u') || text.includes('"aiops"') || !isJson(text);
}

function manifestIn(file: string): string | undefined {
  try {
    return String(readPlainNow(file, MOST_MANIFEST_BYTES));
  } catch {
    return undefined;
  }
}

const hasAny = (dir: string, places: readonly string[]): boolean => places.some((place) => isFile(path.join(dir, place)));

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false; // below a directory that we may not enter
  }
}

async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof AiOpsError) throw thrown;
    throw fail('config-unreadable', { file: brokenFile(thrown) ?? file, detail: reason(thrown) }, thrown);
  }
}

/** cosmiconfig notes on its errors which of several files was broken. */
function brokenFile(thrown: unknown): string | undefined {
  const file = property(thrown, 'filepath');
  return typeof file === 'string' ? file : undefined;
}

function reason(thrown: unknown): string {
  const code = property(thrown, 'code');
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'EISDIR') return 'it is a directory';
  // Neither the excerpt that YAML errors show nor the one in JSON errors: it may hold a secret.
  const place = property(thrown, 'mark');
  const line = property(place, 'line');
  const text = property(thrown, 'reason') ?? (thrown instanceof Error ? thrown.message : String(thrown));
  const short = String(text)
    .replace(/^JSON Error in .*:\n/, '')
    .replace(/, (\.\.\.)?"[\s\S]*is not valid JSON/, ' in JSON')
    .split('\n')[0]!;
  return typeof line === 'number' ? `${short} (line ${line + 1})` : short;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** A path as people see it: relative to `cwd` where it is below it. */
export function shown(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
