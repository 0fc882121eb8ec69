// Which files of the repository Claude is shown, in which order and why, and how many of them the budget pays for.
// Names only at first, so that a repository of any size costs no reading; contents come in later.

import { defined } from '../defined.ts';
import type { ErrorEvent } from '../model.ts';
import { baseName, indexPaths, type PathIndex, resolvePath } from '../repository/paths.ts';
import type { FilePlace } from './excerpt.ts';
import { isInstalled, type PackageRoot } from './frame-names.ts';
import { type Located, locateFrames, ownFrames } from './locate.ts';
import { importsOf, isTest, testsOf } from './related-files.ts';
import { namedByLogger, namedTemplates } from './spoken-names.ts';

/** A file that the event points to. */
export interface RankedFile {
  readonly path: string;
  /** Line of the nearest frame in it, `null` where none is known. */
  readonly line: number | null;
  /** Where all its frames are, the nearest first; absent where no frame leads to it. */
  readonly places?: readonly FilePlace[];
  readonly role: 'nearest' | 'caller' | 'perhaps' | 'library-frame' | 'mentioned' | 'test' | 'imported';
  /** A few words for people: why this file, at this place. */
  readonly why: string;
}

export interface Choice {
  readonly files: readonly RankedFile[];
  /** What could not be told apart, for people. */
  readonly notes: readonly string[];
}

export interface ChoiceOptions {
  /** Directory of the application, without slashes at its ends; files in it win where several fit. */
  readonly subdir?: string;
  /** Packages of the repository, where their manifests were read. */
  readonly roots?: readonly PackageRoot[];
  readonly limit?: number;
}

/** More files than this are never looked at: a deep stack says less and less about the cause. */
const MOST_FILES = 12;
/** Of a name that fits more files than this, none is shown. */
const MOST_EQUAL = 3;
const MOST_IMPORTS = 3;

/**
 * The files an event points to, the likeliest to hold the bug first: the nearest in-app frame of the root cause, then its
 * callers; files of which one is meant but nobody can say which; frames taken for a library's that are in the repository
 * after all; then the tests of the nearest file; then files that the text mentions.
 * @param entries all files of the base commit
 */
export function chooseFiles(
  event: Pick<ErrorEvent, 'frames' | 'language' | 'text'>,
  entries: readonly { readonly path: string }[],
  { subdir = '', roots = [], limit = MOST_FILES }: ChoiceOptions = {},
): Choice {
  const index = indexPaths(entries.map(({ path }) => path));
  const options = { language: event.language, subdir, roots };
  const located = locateFrames(ownFrames(event.frames, index, options), index, options);
  const chosen = new Map<string, RankedFile>();
  const add = (file: RankedFile): void => {
    if (chosen.size < limit && !chosen.has(file.path)) chosen.set(file.path, file);
  };
  const sure = located.filter(({ paths, frame }) => frame.inApp && paths.length === 1);
  for (const each of nearestFirst(sure)) add(ofFrame(each, chosen.size));
  const several = located.filter(({ paths }) => paths.length > 1);
  for (const each of several.filter(({ paths }) => paths.length <= MOST_EQUAL)) for (const path of each.paths) add(perhaps(path, each));
  for (const { paths, frame, line } of located)
    if (!frame.inApp && paths.length === 1)
      add({ path: paths[0] as string, line, role: 'library-frame', why: 'a frame that looks like a library’s' });
  const [nearest] = chosen.values();
  if (nearest && nearest.role !== 'mentioned')
    for (const path of testsOf(nearest.path, index)) add({ path, line: null, role: 'test', why: 'tests of the first' });
  // A bundle is no file to mend, once what it was made from is known.
  const made = new Set(located.flatMap((each) => (each.made === null ? [] : [baseName(each.made)])));
  for (const { path, line } of mentioned(event.text, index)) {
    if (!made.has(baseName(path))) add({ path, line, role: 'mentioned', why: 'named in the log' });
  }
  for (const path of namedTemplates(event.text, index)) add({ path, line: null, role: 'mentioned', why: 'a template that the log names' });
  // With a frame, a name in the log is one among many; without, it is all there is.
  if (chosen.size === 0)
    for (const path of namedByLogger(event.text, index))
      add({ path, line: null, role: 'mentioned', why: 'what wrote the log is called so' });
  const notes = several
    .filter(({ paths }) => paths.length > MOST_EQUAL)
    .map(({ frame, paths }) => `${frame.file} fits ${paths.length} files equally and was left out`);
  return { files: [...chosen.values()].map((file) => withPlaces(file, located)), notes: [...new Set(notes)] };
}

function withPlaces(file: RankedFile, located: readonly Located[]): RankedFile {
  const frames = located.filter(({ paths }) => paths.includes(file.path));
  const places = frames.map(({ line, frame }) => ({ line, ...defined({ function: frame.function }) }));
  const own = places.length === 0 && file.line !== null ? [{ line: file.line }] : places;
  return own.length === 0 ? file : { ...file, places: own };
}

/** Test code calls what fails: a test's own frame is never where the bug is, unless there is nothing else. */
function nearestFirst(located: readonly Located[]): readonly Located[] {
  const inTest = (each: Located): boolean => isTest(each.paths[0] as string);
  return [...located.filter((each) => !inTest(each)), ...located.filter(inTest)];
}

function ofFrame({ paths, line, note }: Located, before: number): RankedFile {
  const role = before === 0 ? 'nearest' : 'caller';
  return { path: paths[0] as string, line, role, why: withNote(role === 'nearest' ? 'nearest frame' : 'caller', note) };
}

function perhaps(path: string, { line, note, frame }: Located): RankedFile {
  return { path, line, role: 'perhaps', why: withNote(`perhaps of ${frame.file}`, note) };
}

const withNote = (words: string, note: string | null): string => (note === null ? words : `${words} (${note})`);

/**
 * Files that the nearest one imports, those used near the frame first.
 * @param text of the nearest file
 */
export function withImports(
  files: readonly RankedFile[],
  text: string,
  entries: readonly { readonly path: string }[],
): readonly RankedFile[] {
  const [nearest] = files;
  if (!nearest) return files;
  const known = new Set(files.map(({ path }) => path));
  const index = indexPaths(entries.map(({ path }) => path));
  const more = importsOf(nearest.path, text, index, nearest.line, MOST_IMPORTS).filter((path) => !known.has(path));
  return [...files, ...more.map((path) => ({ path, line: null, role: 'imported' as const, why: 'imported by the first' }))];
}

/** Files of the package of the nearest one, after all that something leads to. */
export function withMates(files: readonly RankedFile[], mates: readonly string[]): readonly RankedFile[] {
  const more = mates.filter((mate) => !files.some(({ path }) => path === mate));
  return [...files, ...more.map((path) => ({ path, line: null, role: 'imported' as const, why: 'of the package of the first' }))];
}

/** `path/file.ext` or `file.ext:12` in running text. At most 50: a log line is no index. */
function mentioned(text: string, index: PathIndex): readonly { readonly path: string; readonly line: number | null }[] {
  const pattern = /(?<![\w.])((?:[\w.@+-]{1,80}[\\/]){0,20}[\w@+-][\w.@+-]{0,80}\.[A-Za-z]{1,6})(?::(\d{1,7}))?(?![\w/])/g;
  const found = [];
  let read = 0;
  for (const match of text.slice(0, 20_000).matchAll(pattern)) {
    read += 1;
    if (read > 50) break;
    // A bare name without a line is too often a word with a dot in it.
    const [, name = '', line] = match;
    if (isInstalled(name) || (line === undefined && !/[\\/]/.test(name))) continue;
    const meant = resolvePath(name, index);
    if (meant.kind === 'found') found.push({ path: meant.path, line: line === undefined ? null : Number(line) });
  }
  return found;
}
