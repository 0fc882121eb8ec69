// From the frames of one event to files of the repository, all frames together: where one name fits several files, the
// files of the other frames say which is meant. Says why; never guesses where two files fit equally well.

import type { Frame, Language } from '../model.ts';
import { baseName, dirName, longestEnding, normalise, type PathIndex } from '../repository/paths.ts';
import { isTestPath } from '../repository/test-paths.ts';
import { type FrameName, frameNames, isInstalled, madeFrom, type PackageRoot } from './frame-names.ts';

/** A frame, and the compiled file it was in before a source map told its original place. */
export interface PlacedFrame extends Frame {
  readonly mappedFrom?: string;
}

/** Where a frame's file is. */
export interface Located {
  readonly frame: Frame;
  /** One path, or all that fit equally well. */
  readonly paths: readonly string[];
  /** The frame's line in that file; `null` where it is a line of something made from it. */
  readonly line: number | null;
  /** How the path was found, where that was not plain. */
  readonly note: string | null;
  /** The compiled file that ran, where `paths` are what it was made from. */
  readonly made: string | null;
}

export interface LocateOptions {
  readonly language: Language;
  /** Directory of the application, without slashes at its ends; files in it win where several fit. */
  readonly subdir: string;
  readonly roots: readonly PackageRoot[];
}

/** A name against the index: how many of its parts fit, and which files. */
interface Match {
  readonly name: FrameName;
  readonly parts: number;
  /** The name without scheme, drive and dots. */
  readonly whole: string;
  /** What was cut off its front. */
  readonly cut: string;
  readonly paths: readonly string[];
}

/** Frames further out say little, and a log can hold thousands. */
const MOST_FRAMES = 60;

/** The frames that lead to a file, in their order. Frames of packages and of nobody are left out. */
export function locateFrames(all: readonly PlacedFrame[], index: PathIndex, options: LocateOptions): readonly Located[] {
  const frames = all.slice(0, MOST_FRAMES);
  const matches = frames.map((frame) => bestMatch(frame, index, options));
  const sure = matches.flatMap((match) => (match?.paths.length === 1 && match.parts > 1 ? [match] : []));
  return matches.flatMap((match, at) => {
    const frame = frames[at] as PlacedFrame;
    if (!match || isElsewhere(match, matches)) return [];
    const { paths, note } = match.paths.length === 1 ? { paths: match.paths, note: null } : decided(match, sure, frame, options.subdir);
    const { isSource } = match.name;
    const made = frame.mappedFrom ?? (isSource ? frame.file : null);
    const source = made === null ? null : `${isSource ? 'source' : 'by the source map'} of ${baseName(made)}`;
    return [{ frame, paths, line: isSource ? null : frame.line, note: [source, note].filter(Boolean).join('; ') || null, made }];
  });
}

/**
 * The frames as this repository has to read them. Whether a frame is of the application was told by the look of its name, and a
 * project's own code, installed or called as a known library is, looks like one. What the repository holds under the frame's
 * whole name (of its package on) is the repository's, whatever it is called.
 */
export function ownFrames<F extends PlacedFrame>(frames: readonly F[], index: PathIndex, options: LocateOptions): readonly F[] {
  return frames.map((frame, at) => {
    if (frame.inApp || at >= MOST_FRAMES) return frame;
    const match = bestMatch(frame, index, options);
    const isWhole = match?.name.isWhole === true && (match.parts > 1 || match.name.isRooted === true);
    return isWhole && match !== undefined && !match.paths.every(isInstalled) ? { ...frame, inApp: true } : frame;
  });
}

function bestMatch(frame: Frame, index: PathIndex, { language, roots }: LocateOptions): Match | undefined {
  const best = longest(frameNames(frame, language, roots), index);
  if (best === undefined || isCalledAsTest(best)) {
    const source = longest(madeFrom(frame), index);
    if (source !== undefined) return source;
  }
  // A library's file that is called as one of ours: one name in common says nothing.
  return best && !frame.inApp && best.parts < 2 && !best.name.isWhole ? undefined : best;
}

/** A test that is called as what it tests does not run in an application: the frame would name the directory of tests. */
function isCalledAsTest({ paths, whole, cut }: Match): boolean {
  return paths.every(isTestPath) && !isTestPath(whole.slice(cut.length));
}

function longest(names: readonly FrameName[], index: PathIndex): Match | undefined {
  let best: Match | undefined;
  for (const name of names) {
    const match = matchName(name, index);
    if (match && match.parts > (best?.parts ?? 0)) best = match;
  }
  return best;
}

function matchName(name: FrameName, index: PathIndex): Match | undefined {
  const whole = normalise(name.name);
  if (whole === undefined) return undefined;
  const all = whole.split('/');
  if (name.isRooted) return index.has(whole) ? { name, parts: all.length, whole, cut: '', paths: [whole] } : undefined;
  const { parts, paths } = longestEnding(whole, index);
  if (paths.length > 0 && (!name.isWhole || parts === all.length))
    return { name, parts, whole, cut: whole.slice(0, whole.length - all.slice(-parts).join('/').length), paths };
  return name.isWhole ? inSourceRoot(name, index) : undefined;
}

const SOURCE_ROOT = /^(?:.*\/)?(?:src\/[\w-]+\/(?:java|kotlin|scala|groovy)|src|java|kotlin|app)\//;

/** Kotlin and Scala leave the folders out that all packages share: what stands below the source root must fit the end of the name. */
function inSourceRoot(name: FrameName, index: PathIndex): Match | undefined {
  if (!/\.(?:kts?|scala|groovy)$/.test(name.name)) return undefined;
  const paths = index.ending(baseName(name.name)).filter((path) => {
    const below = path.replace(SOURCE_ROOT, '');
    return name.name === below || name.name.endsWith(`/${below}`);
  });
  return paths.length === 0 ? undefined : { name, parts: 2, whole: name.name, cut: '', paths };
}

/** Which of several files is meant: by more of the path, by where the other frames' files are, else all of them. */
function decided(match: Match, sure: readonly Match[], frame: Frame, subdir: string): { paths: readonly string[]; note: string } {
  const { paths } = match;
  const several = `one of ${paths.length} files that fit`;
  for (const other of sure) {
    const placed = samePlace(match, other);
    if (placed !== undefined) return { paths: [placed], note: `${several}, in the same place as ${other.paths[0]}` };
  }
  const inside = paths.filter((path) => subdir !== '' && path.startsWith(`${subdir}/`));
  if (inside.length === 1) return { paths: inside, note: `${several}, the one in ${subdir}` };
  const left = inside.length > 0 ? inside : paths;
  const named = mostBy(left, (path) => sharedWords(path, `${match.cut}/${frame.file}/${frame.function ?? ''}`));
  if (named.length === 1) return { paths: named, note: `${several}, its directory is named in the frame` };
  const near = mostBy(named, (path) => Math.max(0, ...sure.map((other) => commonParts(path, other.paths[0] as string))));
  if (near.length === 1) return { paths: near, note: `${several}, nearest to the files of the other frames` };
  return { paths: near, note: `${near.length} files fit equally` };
}

/** Another frame tells which directory of the repository its cut-off front stands for: the file that is there by this name. */
function samePlace(match: Match, { whole, cut, paths: [other = ''] }: Match): string | undefined {
  const root = other.slice(0, other.length - (whole.length - cut.length));
  const wanted = `${root}${match.whole.slice(cut.length)}`;
  return match.whole.startsWith(cut) ? match.paths.find((path) => path === wanted) : undefined;
}

/** A file beside that of another frame which the repository does not have: that a common last name fits several files there says nothing. */
function isElsewhere(match: Match, all: readonly (Match | undefined)[]): boolean {
  const below = (cut: string): boolean => cut !== '' && match.whole.startsWith(cut) && match.whole.slice(cut.length).includes('/');
  return match.parts === 1 && match.paths.length > 1 && all.some((other) => other?.paths.length === 1 && below(other.cut));
}

/** Those with the highest score; all where none has any. */
function mostBy(paths: readonly string[], score: (path: string) => number): readonly string[] {
  const scores = paths.map(score);
  const most = Math.max(...scores);
  return most === 0 ? paths : paths.filter((_path, at) => scores[at] === most);
}

const words = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);

/** How many directories of `path` are named in `text`: `crates/shop-orders` by `shop_orders::place`. */
function sharedWords(path: string, text: string): number {
  const said = words(text).join(' ');
  return dirName(path)
    .split('/')
    .filter((part) => words(part).length > 0 && ` ${said} `.includes(` ${words(part).join(' ')} `)).length;
}

function commonParts(a: string, b: string): number {
  const [left, right] = [dirName(a).split('/'), dirName(b).split('/')];
  const end = left.findIndex((part, at) => part !== right[at]);
  return end < 0 ? left.length : end;
}
