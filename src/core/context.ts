// Which files of the repository an event points to, nearest first, and how many of them fit into a prompt.
// Names only at first, so that a repository of any size costs no reading; contents come in later.
import type { ErrorEvent, Frame } from './model.ts';
import { resolvePath } from './paths.ts';

/** A file that the event points to. */
export interface RankedFile {
  readonly path: string;
  /** Line of the nearest frame in it, `null` where none is known. */
  readonly line: number | null;
  readonly why: 'frame' | 'library-frame' | 'mentioned';
}

/** More files than this are never looked at: a deep stack says less and less about the cause. */
const MOST_FILES = 12;

/**
 * The files an event points to: in-app frames from the crash site outwards, then other frames that are in the repository
 * after all, then files that the text mentions. A name that fits several files is left out: a wrong file costs more than none.
 * @param entries all files of the base commit
 * @param subdir directory of the application, without slashes at its ends; files in it win where several fit
 */
export function chooseFiles(
  event: Pick<ErrorEvent, 'frames' | 'language' | 'text'>,
  entries: readonly { readonly path: string }[],
  options: { readonly subdir?: string; readonly limit?: number } = {},
): readonly RankedFile[] {
  const { subdir = '', limit = MOST_FILES } = options;
  const paths = entries.map(({ path }) => path);
  const chosen = new Map<string, RankedFile>();
  const add = (names: readonly string[], line: number | null, why: RankedFile['why']): void => {
    const path = chosen.size < limit ? firstFound(names, paths, subdir) : undefined;
    if (path !== undefined && !chosen.has(path)) chosen.set(path, { path, line, why });
  };
  for (const frame of event.frames) if (frame.inApp) add(frameNames(frame), frame.line, 'frame');
  for (const frame of event.frames) if (!frame.inApp && !isInstalled(frame.file)) add(frameNames(frame), frame.line, 'library-frame');
  for (const mention of mentions(event.text)) add([mention.name], mention.line, 'mentioned');
  return [...chosen.values()];
}

function firstFound(names: readonly string[], paths: readonly string[], subdir: string): string | undefined {
  for (const name of names) {
    const whole = resolvePath(name, paths);
    if (whole.kind === 'found') return whole.path;
    if (whole.kind !== 'ambiguous' || subdir === '') continue;
    const within = whole.paths.filter((path) => path.startsWith(`${subdir}/`));
    if (within.length === 1) return within[0];
  }
  return undefined;
}

/** Names that a frame's file may go by in the repository, the surest first. */
function frameNames(frame: Frame): readonly string[] {
  const file = frame.file.replace(/[?#].*$/, '');
  return [...packagePaths(file, frame.function), ...modulePaths(file), ...sourcesOf(file), file];
}

/** Java and Kotlin print `OrderService.java` and `com.acme.orders.OrderService.place`: the folders are in the function. */
function packagePaths(file: string, called: string | undefined): readonly string[] {
  if (!/^[\w$]+\.(?:java|kt|kts|scala|groovy)$/.test(file) || called === undefined) return [];
  const parts = called.replace(/^.*\//, '').replace(/\(.*$/, '').split('.');
  const packages = parts.slice(0, -2).filter((part) => /^[a-z_][\w]*$/.test(part));
  return packages.length === 0 ? [] : [`${packages.join('/')}/${file}`];
}

/** Python modules in place of files: `app.orders.service`. */
function modulePaths(file: string): readonly string[] {
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(file) || /\.(?:py|js|ts|go|rb|rs|php|java|cs|kt)$/.test(file)) return [];
  const path = file.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__init__.py`];
}

/** Compiled JavaScript stands for its source: `dist/orders.js` for `src/orders.ts`. The file itself wins where it is in the repository. */
function sourcesOf(file: string): readonly string[] {
  const compiled = /(?:^|[\\/])(?:dist|build|out|lib)[\\/](.+)\.([cm]?)jsx?$/.exec(file);
  if (compiled === null) return [];
  const [, inner = '', kind = ''] = compiled;
  return [file, `src/${inner}.${kind}ts`, `src/${inner}.tsx`, `${inner}.${kind}ts`];
}

/** Packages and toolchains: never the user's own files, even where a suffix of theirs fits one. */
function isInstalled(file: string): boolean {
  return /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|vendor|\.cargo|\.rustup|gems|pkg[\\/]mod)[\\/]|^node:|^<|^(?:java|javax|jdk|sun|kotlin)\./.test(
    file,
  );
}

/** `path/file.ext` or `file.ext:12` in running text. At most 50: a log line is no index. */
function mentions(text: string): readonly { readonly name: string; readonly line: number | null }[] {
  const pattern = /(?<![\w.])((?:[\w.@+-]{1,80}[\\/]){0,20}[\w@+-][\w.@+-]{0,80}\.[A-Za-z]{1,6})(?::(\d{1,7}))?(?![\w/])/g;
  const found = [];
  for (const match of text.slice(0, 20_000).matchAll(pattern)) {
    if (found.length === 50) break;
    // A bare name without a line is too often a word with a dot in it.
    const [, name = '', line] = match;
    if (!isInstalled(name) && (line !== undefined || /[\\/]/.test(name)))
      found.push({ name, line: line === undefined ? null : Number(line) });
  }
  return found;
}

/** Characters that the files of one prompt may take. */
export interface ContextBudget {
  readonly totalChars: number;
  readonly perFileChars: number;
}

export const DEFAULT_BUDGET: ContextBudget = { totalChars: 120_000, perFileChars: 60_000 };

export interface FittedFiles<T> {
  readonly kept: readonly T[];
  /** What was left out, and why: for the trace. */
  readonly left: readonly { readonly path: string; readonly reason: 'too-large' | 'no-room' | 'not-text' }[];
}

/**
 * Keeps whole files, nearest first, as long as they fit: an answer gives whole files back, so a part of one would lose the rest.
 * A file that does not fit does not keep a smaller one behind it out.
 */
export function fitFiles<T extends { readonly path: string; readonly text: string }>(
  files: readonly T[],
  budget: ContextBudget = DEFAULT_BUDGET,
): FittedFiles<T> {
  const kept: T[] = [];
  const left: FittedFiles<T>['left'][number][] = [];
  let used = 0;
  for (const file of files) {
    const reason = misfit(file.text, budget, used);
    if (reason !== undefined) {
      left.push({ path: file.path, reason });
      continue;
    }
    used += file.text.length;
    kept.push(file);
  }
  return { kept, left };
}

function misfit(text: string, budget: ContextBudget, used: number): 'too-large' | 'no-room' | 'not-text' | undefined {
  if (text.includes('\0') || text.includes('\uFFFD')) return 'not-text';
  if (text.length > budget.perFileChars) return 'too-large';
  return used + text.length > budget.totalChars ? 'no-room' : undefined;
}
