// Which file of the program a frame names: its base name, and the folder it is in where the function's name does not say
// the module. The principle: what the programmer laid out counts; where a machine put it (checkout, release, build,
// bundle) does not. It knows the habits of operating systems and builds, and no framework's file names.
import type { Frame, Language } from '../model.ts';
import { MAX_NAME } from './function-name.ts';

/** What of a frame's file counts, and what was left out of it, in words. */
export interface ModuleName {
  /** `orders/views.py`, in lower case; empty where the function's name says the module. */
  readonly value: string;
  readonly left: readonly string[];
}

/** @example moduleOf({ file: '/srv/shop/orders/views.py', line: 7, function: 'get', inApp: true }, 'python').value // 'orders/views.py' */
export function moduleOf(frame: Frame, language: Language): ModuleName {
  const [file, name] = [frame.file.slice(0, MAX_NAME), (frame.function ?? '').slice(0, MAX_NAME)];
  if (BY_CLASS.has(language) && name.includes('.')) return { value: '', left: file === '' ? [] : ['file'] };
  const { directories, written, isRooted } = parse(file);
  const base = baseOf(written);
  const folder = isQualified(name) ? '' : folderOf(directories, isRooted);
  return {
    value: folder === '' ? base : `${folder}/${base}`,
    left: [
      ...(directories.length === 0 ? [] : [folder === '' ? 'directory' : 'directories above']),
      ...(base === written.toLowerCase() ? [] : ['hash or version in the file name']),
    ],
  };
}

/** Their functions carry package and class, also where symbols are missing and files with them. */
const BY_CLASS: ReadonlySet<Language> = new Set<Language>(['java', 'dotnet']);

/** `shop::orders::total`, `App\Orders->total`, `example.com/shop/orders.Load`, `Shop.Orders.total/1`; not Go's `main.total`. */
function isQualified(name: string): boolean {
  const slash = name.indexOf('/');
  return /::|\\|^[A-Z]\w*\..*\/\d+$/.test(name) || (slash !== -1 && name.indexOf('.', slash) !== -1);
}

function parse(file: string): { readonly directories: readonly string[]; readonly written: string; readonly isRooted: boolean } {
  if (/^[(<]/.test(file)) return { directories: [], written: file, isRooted: false };
  const path = file.replace(/[?#].*$/, '').replaceAll('\\', '/');
  const scheme = /^([a-z][\w+.-]+):\/\//i.exec(path);
  const parts = (scheme ? path.slice(scheme[0].length) : path).split('/');
  const written = parts.pop() ?? '';
  const isRooted = scheme === null ? path.startsWith('/') || path[1] === ':' : scheme[1] === 'file';
  // Of an address the host is no folder, nor is the layer of `webpack-internal:///(rsc)/./src`.
  const directories = (scheme && !isRooted ? parts.slice(1) : parts).filter((part) => part !== '' && !/^(?:\.{1,2}|[a-z]:|~)$/i.test(part));
  return { directories, written, isRooted };
}

/** The base name without what changes with each build: hash, version, number of a chunk or of an evaluation. */
function baseOf(written: string): string {
  return written
    .replace(/^\(eval.*$/, '(eval)')
    .replace(/\(\d+\) : .*$/, ' eval')
    .replace(/^<(ipython-input)-.*$/, '<$1>')
    .replace(/[.-](?=[a-f]*\d)[0-9a-f]{6,40}(?=\.)/gi, '')
    .replace(/(?<=.)[-._]([\w-]{8}|[\w-]{20,22})(?=\.[cm]?js$)/, (found, part: string) => (isHash(part) ? '' : found))
    .replace(/[-_.]v?\d+(?:\.\d+)+(?=\.|-|$)/g, '')
    .replace(/^(?:(chunk)[-.])?\d+(?=\.)/, '$1*')
    .toLowerCase();
}

/** A hash of a bundler, in base64url or base32: a digit, an underscore, or capitals where no word has them. */
const isHash = (part: string): boolean => /[\d_]|[a-z][A-Z].*[A-Z]|[A-Z]{2}/.test(part) && !/^(?:[A-Z]?[a-z]+)(?:[A-Z][a-z]+)*$/.test(part);

/** Directories in which machines and people keep programs, each in one of its own: `/srv/shop`, `/home/ann/code/shop`. */
const PLACES = set(
  'home users user root srv opt var www html htdocs inetpub usr local share lib tmp private folders mnt media data volumes build ' +
    'builds work _work __w workspace workspaces src source repos repo git github code projects dev deploy deployments releases apps ' +
    'sites vhosts wwwroot runner jenkins go documents desktop',
);
/** Folders that every program has, or that a build or a release makes: the folder above them tells files apart. */
const LAYOUT = set(
  'src lib dist build out target bin obj public static assets chunks js esm cjs es app apps packages www html main .next _next releases current',
);

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** A number, a date, a hash, a version, a name with a number behind it: made for one checkout or release. */
const isMade = (part: string): boolean => /^\d+$|\d{6}|^v?\d+\.\d|[-_.]\d{2,}$|^(?=.*\d)[0-9a-f]{7,40}$/.test(part);

/** What stands for any value in a route: `[slug]`, `(shop)`, `@modal`, `$id`, `_id`. It needs the folder above it. */
const isDynamic = (part: string): boolean => /^[[(@$_:]/.test(part);

/** @returns the nearest folder within the program that tells its files from those of others; empty where there is none */
function folderOf(directories: readonly string[], isRooted: boolean): string {
  const lower = directories.map((part) => part.toLowerCase());
  const inside = lower.slice(isRooted ? rootSize(lower) : /\w\.\w/.test(lower[0] ?? '') ? 3 : 0);
  let folder = '';
  for (let at = inside.length - 1; at >= 0; at--) {
    const part = inside[at]!;
    if (LAYOUT.has(part) || isMade(part)) continue;
    folder = folder === '' ? part : `${part}/${folder}`;
    if (!isDynamic(part)) break;
  }
  return folder;
}

/** A drive too: `/mnt/c/Users/ann`, `D:\\a\\1\\s`. */
const isPlace = (part: string | undefined): boolean => part !== undefined && (PLACES.has(part) || /^[a-z]$/.test(part));

/**
 * How many directories lead to the program's own tree: places, and its own name in them (`/srv/shop`, `/app`). What is
 * made for one release or checkout is such a name too, with the places below it (`D:\\a\\1\\s`).
 */
function rootSize(parts: readonly string[]): number {
  let at = 0;
  while (isPlace(parts[at])) at += /^(?:home|users|builds)$/.test(parts[at]!) ? 2 : 1;
  const isNumbered = isMade(parts[at] ?? '');
  // `work/shop/shop` of GitHub's runners.
  at += parts[at + 1] === parts[at] ? 2 : 1;
  while (isNumbered && isPlace(parts[at])) at++;
  // The folder in which an agent of a build server keeps its checkouts: `/opt/actions-runner/_work/shop/shop`.
  return parts[at] === '_work' ? at + rootSize(parts.slice(at)) : at;
}
