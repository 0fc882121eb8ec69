// From a file name written by a stranger (a stack frame, an answer) to a path of the repository, or to a reason why not.
// Works on names only: it never looks at a disk, and never gives a path that is not in the list it was given.

export type Resolution =
  | { readonly kind: 'found'; readonly path: string }
  /** Several files fit equally well. */
  | { readonly kind: 'ambiguous'; readonly paths: readonly string[] }
  /** The name leads out of the repository, or is no usable name. */
  | { readonly kind: 'outside'; readonly detail: string }
  | { readonly kind: 'absent' };

/** Prefixes that say where a file was found, not which file it is. */
const SCHEMES =
  /^(?:file:\/{2,3}|webpack(?:-internal)?:\/\/(?:[^/]*\/)?|turbopack:\/{2,3}(?:\[project\]\/)?|rsc:\/\/[^/]*\/[^/]*\/|node:internal\/|app:\/{2,3}|(?:https?|capacitor|ionic|ng|resource):\/\/[^/]*\/)/i;
const DRIVE = /^[A-Za-z]:(?=\/)/;
/** Work trees of runners and of other tools: `…/workspaces/<anything>/repo/`. */
const WORKSPACE = /^(?:.*\/)?workspaces\/(?:.+?\/)?repo\//;
/** Controls, and what nobody sees: some file systems ignore these characters, so that `.g\u200cit` is `.git`. */
const UNUSABLE = /[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

/** All files of a repository, to be asked many times. */
export interface PathIndex {
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** The files that end with these names, whole names only: `src/cart.js` finds `web/src/cart.js`. */
  ending(suffix: string): readonly string[];
}

/** @param paths all files of the repository, relative, with `/` */
export function indexPaths(paths: readonly string[]): PathIndex {
  const all = new Set(paths);
  const byName = Map.groupBy(paths, baseName);
  return {
    paths,
    has: (path) => all.has(path),
    ending: (suffix) => (byName.get(baseName(suffix)) ?? []).filter((path) => path === suffix || path.endsWith(`/${suffix}`)),
  };
}

/** @example baseName('src/cart.js') // 'cart.js' */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Without a slash at its end; empty for the root. @example dirName('src/cart.js') // 'src' */
export const dirName = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/**
 * Which of `paths` a name means: the longest suffix of the name that is a path, or that exactly one path ends with.
 * @param paths all files of the repository, relative, with `/`
 * @example resolvePath('/app/src/cart.js', ['src/cart.js', 'lib/cart.js']) // { kind: 'found', path: 'src/cart.js' }
 */
export function resolvePath(name: string, paths: readonly string[] | PathIndex): Resolution {
  const whole = normalise(name);
  if (whole === undefined) return { kind: 'outside', detail: outsideReason(name) };
  const index = 'ending' in paths ? paths : indexPaths(paths);
  // One name, composed by one system and decomposed by another.
  const forms = [whole, whole.normalize('NFC'), whole.normalize('NFD')];
  const found = forms.map((form) => longestEnding(form, index).paths).find((each) => each.length > 0) ?? [];
  if (found.length > 1) return { kind: 'ambiguous', paths: found };
  return found[0] === undefined ? { kind: 'absent' } : { kind: 'found', path: found[0] };
}

/**
 * The files that have most of a name's last parts in common, and how many parts; a file that has nothing else in its path
 * goes before one that has.
 * @param whole without scheme, drive and dots
 * @example longestEnding('app/src/cart.js', index) // { parts: 2, paths: ['src/cart.js'] }
 */
export function longestEnding(whole: string, index: PathIndex): { readonly parts: number; readonly paths: readonly string[] } {
  const wanted = whole.split('/').reverse();
  const shared = index.ending(wanted[0] as string).map((path) => {
    const has = path.split('/').reverse();
    const end = wanted.findIndex((part, at) => part !== has[at]);
    return { path, parts: end < 0 ? wanted.length : end, isAll: has.length === (end < 0 ? wanted.length : end) };
  });
  const parts = Math.max(0, ...shared.map((each) => each.parts));
  const best = shared.filter((each) => each.parts === parts);
  const exact = best.filter(({ isAll }) => isAll);
  return { parts, paths: (exact.length > 0 ? exact : best).map(({ path }) => path) };
}

/**
 * The path under which a new file may be made: relative as written, inside the repository, out of git's own directory.
 * @returns `undefined` where the name is absolute, leads outside or is unsafe on some system
 * @example newPath('./test/cart.test.js') // 'test/cart.test.js'
 */
export function newPath(name: string): string | undefined {
  const slashed = name.trim().replaceAll('\\', '/');
  const inWorkspace = WORKSPACE.test(slashed);
  if (!inWorkspace && (slashed.startsWith('/') || slashed.startsWith('~') || /^[A-Za-z]:/.test(slashed) || slashed.includes('://'))) {
    return undefined;
  }
  const path = normalise(slashed);
  if (path === undefined || slashed.endsWith('/')) return undefined;
  return path.split('/').every(isSafeSegment) ? path : undefined;
}

/** Names that Windows, macOS or git read as something else than a plain file. */
function isSafeSegment(segment: string): boolean {
  if (/^\.git(?:$|[. ~:])|^git~\d/i.test(segment))
    return segment.toLowerCase() === '.gitignore' || segment.toLowerCase() === '.gitattributes';
  if (/[<>:"|?*]/.test(segment) || /[. ]$/.test(segment) || segment.length > 255) return false;
  return !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(segment);
}

/** A name without scheme, drive, dots and the prefixes of tools; `undefined` where it leads out of the repository or cannot be a file. */
export function normalise(name: string): string | undefined {
  const plain = unquote(name.trim()).replaceAll('\\', '/').replace(SCHEMES, '').replace(DRIVE, '');
  if (plain === '' || plain.length > 4096 || UNUSABLE.test(plain)) return undefined;
  const out: string[] = [];
  for (const part of plain.replace(WORKSPACE, '').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return undefined;
  }
  return out.length === 0 ? undefined : out.join('/');
}

function unquote(name: string): string {
  const inner = /^(["'`])(.*)\1$/.exec(name);
  return inner?.[2] ?? name;
}

function outsideReason(name: string): string {
  if (UNUSABLE.test(name)) return 'the name holds characters that no file name should';
  return /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(name) ? 'the name leads out of the repository' : 'the name is no file name';
}
