// Which of several repositories an event is of. The principle: what a person has said goes first, then what the trees have, then
// what the record says of itself; two that fit equally are no answer, and an answer that something speaks against is none. A base
// name alone never decides. Nothing is read here: the trees come as indexes of their paths.
import { matchesGlob } from 'node:path/posix';
import type { ErrorEvent, Frame } from '../model.ts';
import { longestEnding, normalise, type PathIndex } from '../repository/paths.ts';
import { frameNames, type PackageRoot } from './frame-names.ts';

/** One of the repositories that what is read may be of. */
export interface RoutedRepository {
  /** As its incidents are of: `host/owner/name`, or `path:/…`. */
  readonly name: string;
  /** Names that its programs go by in records. */
  readonly services: readonly string[];
  /** Globs of logs, and of directories that its programs run in. */
  readonly paths: readonly string[];
  /** Its files; `undefined` as long as they are not known. */
  readonly files: PathIndex | undefined;
  /** Its packages that frames speak of by name. */
  readonly packages: readonly PackageRoot[];
}

export type Route =
  | { readonly kind: 'found'; readonly repository: string; readonly why: string }
  /** `reason` begins with `no-repository: `. */
  | { readonly kind: 'none'; readonly reason: string };

export type Routed = Pick<ErrorEvent, 'source' | 'frames' | 'language' | 'origin'>;

/** Parts of a path that say more than a name of a file: a directory and the file in it. */
const LEAST_PARTS = 2;
/** Frames further out say little of whose error it is. */
export const MOST_FRAMES = 20;

/**
 * @param named of the log that it was read from, as the configuration says
 * @example route(event, repositories) // { kind: 'found', repository: 'github.com/acme/shop', why: 'by shop/cart_items.py, found in one of 5 repositories' }
 */
export function route(event: Routed, repositories: readonly RoutedRepository[], named?: string): Route {
  const said = repositories.find(({ name }) => name === named);
  if (said) return found(said, 'by its log');
  const placed = byPaths(event, repositories);
  if (placed.length === 1) return found(placed[0]!, `by ${event.source}`);
  const among = placed.length > 1 ? placed : repositories;
  const serving = byService(event, among);
  const [only] = among;
  if (among.length === 1 && only) return found(only, 'the only one');
  // What is not known may have the file as well.
  const fitting = among.every(({ files }) => files !== undefined) ? byFrames(event, among) : undefined;
  if (fitting === undefined || fitting.repositories.length === 0) {
    if (serving.length === 1) return found(serving[0]!, `by its service ${serviceOf(event)}`);
    const unread = among.filter(({ files }) => files === undefined);
    return none(
      serving,
      unread.length > 0 ? `the files of ${names(unread, 'and')} are not known yet` : 'no frame and no service leads to one',
    );
  }
  const both = fitting.repositories.filter((one) => serving.includes(one));
  if (serving.length > 0 && both.length === 0) return none([...fitting.repositories, ...serving], '');
  const [first, ...others] = both.length > 0 ? both : fitting.repositories;
  if (first === undefined || others.length > 0) return none(fitting.repositories, '');
  // A service that none of its names is: the file of somebody else may end like one of it.
  const stranger = serviceOf(event);
  if (serving.length === 0 && stranger !== undefined && first.services.length > 0)
    return none([], `${fitting.file} is in ${shortName(first)}, whose services do not have the name ${stranger}`);
  const all = `found in one of ${among.length} repositories`;
  return found(first, fitting.repositories.length > 1 ? `by its service ${stranger}` : `by ${fitting.file}, ${all}`);
}

const found = ({ name }: RoutedRepository, why: string): Route => ({ kind: 'found', repository: name, why });

function none(candidates: readonly RoutedRepository[], otherwise: string): Route {
  const several = [...new Set(candidates)];
  return { kind: 'none', reason: `no-repository: ${several.length > 1 ? names(several, 'or') : otherwise}` };
}

/** `github.com/acme/shop` is called `shop`, where no other is. */
const shortName = ({ name }: RoutedRepository): string => name.slice(name.lastIndexOf('/') + 1);

function names(some: readonly RoutedRepository[], word: 'and' | 'or'): string {
  const short = some.map(shortName);
  const shown = some.map(({ name }, at) => (short.indexOf(short[at]!) === short.lastIndexOf(short[at]!) ? short[at]! : name));
  return shown.join(` ${word} `);
}

/** Whose globs take the log, else the file of the nearest frame that any takes. */
function byPaths({ source, frames }: Routed, repositories: readonly RoutedRepository[]): readonly RoutedRepository[] {
  const taking = (path: string) => repositories.filter(({ paths }) => paths.some((glob) => takes(glob, path)));
  const own = taking(source);
  if (own.length > 0) return own;
  for (const { file } of ofApplication(frames)) {
    const some = taking(file.replaceAll('\\', '/'));
    if (some.length > 0) return some;
  }
  return [];
}

/** A directory takes what is below it. */
const takes = (glob: string, path: string): boolean =>
  path === glob || matchesGlob(path, glob) || matchesGlob(path, `${glob.replace(/\/+$/, '')}/**`);

const serviceOf = ({ origin }: Routed): string | undefined => origin?.service;

function byService({ origin }: Routed, repositories: readonly RoutedRepository[]): readonly RoutedRepository[] {
  const said = [origin?.service, origin?.container].flatMap((one) => one?.toLowerCase() ?? []);
  for (const name of said) {
    const some = repositories.filter(({ services }) => services.some((service) => service.toLowerCase() === name));
    if (some.length > 0) return some;
  }
  return [];
}

/**
 * From the crash outwards, those that look like a library's too, which only their whole names can lead to one of ours: those that have the longest ending of a frame, until
 * one is left or a frame leads elsewhere.
 */
function byFrames(
  { frames, language }: Routed,
  repositories: readonly RoutedRepository[],
): { readonly repositories: readonly RoutedRepository[]; readonly file: string } {
  let left: readonly RoutedRepository[] = [];
  let file = '';
  for (const frame of frames.slice(0, MOST_FRAMES)) {
    const fits = repositories.map((repository) => ({ repository, ...longest(frame, language, repository) }));
    const most = Math.max(...fits.map(({ parts }) => parts));
    if (most < LEAST_PARTS) continue;
    const best = fits.filter(({ parts }) => parts === most);
    const narrowed = left.length === 0 ? best : best.filter(({ repository }) => left.includes(repository));
    if (narrowed.length === 0) break;
    left = narrowed.map(({ repository }) => repository);
    file = best[0]!.path;
    if (left.length === 1) break;
  }
  return { repositories: left, file };
}

const ofApplication = (frames: readonly Frame[]): readonly Frame[] => frames.filter(({ inApp }) => inApp);

function longest(
  frame: Frame,
  language: ErrorEvent['language'],
  { files, packages }: RoutedRepository,
): { readonly parts: number; readonly path: string } {
  let best = { parts: 0, path: '' };
  for (const { name, isWhole, isSource } of frameNames(frame, language, packages)) {
    const whole = normalise(name);
    if (whole === undefined || files === undefined) continue;
    const { parts, paths } = longestEnding(whole, files);
    if (!frame.inApp && !isWhole) continue;
    if (paths.length === 0 || parts <= best.parts || (isWhole && parts < whole.split('/').length)) continue;
    // Of `dist/server.js` the directory of the source was added here: the name of a file is left of it, and says little.
    if (isSource && parts <= LEAST_PARTS) continue;
    best = { parts, path: whole.split('/').slice(-parts).join('/') };
  }
  return best;
}
