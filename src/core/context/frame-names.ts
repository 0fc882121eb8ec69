// Under which names a stack frame's file may stand in the repository: what containers, bundlers, compilers and package
// managers make of a path, undone. Names only; whether one exists is for `locate.ts`.
import type { Frame } from '../model.ts';
import type { Language } from '../tables.ts';

/** One name that a frame's file may have. */
export interface FrameName {
  readonly name: string;
  /** Nothing may be cut off its front: the name is known from the root of a package on. */
  readonly isWhole: boolean;
  /** It is the whole path from the root of the repository: nothing stands before it there either. */
  readonly isRooted?: true;
  /** It is not the file that ran, but the one that was made from it: the frame's line is not one of this file. */
  readonly isSource?: true;
}

/** A package of the repository by the name its own code is known by: a Go module, a Dart package, a gem, a crate. */
export interface PackageRoot {
  readonly name: string;
  /** Directory of its manifest, without slashes at its ends; empty for the root. */
  readonly dir: string;
}

/** Packages, toolchains and the standard libraries: not the user's files, even where a suffix of theirs fits one. */
const INSTALLED =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|vendor|bower_components|\.cargo|\.rustup|\.pub-cache|\.m2|\.gradle|\.nuget|gems|rubygems|deps|pkg[\\/]mod)[\\/]|(?:^|[\\/])[^\\/]+@v\d[^\\/]*[\\/]|^node:|^<|^(?:java|javax|jdk|sun|kotlin)[./]|^dart:|(?:^|[\\/])lib(?:64)?[\\/](?:python[\d.]*|ruby|perl\d?|erlang|elixir|node|go)[\\/]|[\\/]usr[\\/](?:local[\\/])?share[\\/]perl5?[\\/]|^\/rustc\/|^\/usr\/(?:include|src\/debug)\/|^\/usr\/local\/go\/|(?:^|[\\/])go[\\/]src[\\/](?:runtime|net|encoding|database|internal|reflect|sync|testing|os|io|fmt|bufio|bytes|strings|time|context)[\\/]/;

/** No real path is longer; a log may say anything. */
const LONGEST = 1024;

/** Whether a path is below a directory of installed packages or of a toolchain. */
export const isInstalled = (file: string): boolean => INSTALLED.test(file);

/**
 * The names of a frame's file, the surest first. Empty where it is nobody's or a stranger's file.
 * @param roots packages of the repository, where their manifests were read
 */
export function frameNames(frame: Frame, language: Language, roots: readonly PackageRoot[] = []): readonly FrameName[] {
  if (frame.file.length > LONGEST) return [];
  const whole = frame.file.replaceAll('\\', '/');
  const file = whole.replace(/[?#].*$/, '');
  // On a disk they are letters of a name; in an address, and in what bundlers print, the path ends before them.
  const exact = whole === file || IN_ADDRESS.test(whole) ? [] : namesOf(whole, frame, language, roots);
  const plain = decoded(file);
  const names = [...exact, ...namesOf(file, frame, language, roots)];
  return plain === file ? names : [...names, ...namesOf(plain, frame, language, roots)];
}

const IN_ADDRESS = /^[a-z][a-z0-9+.-]{1,30}:\/\//i;

/** What a language prints in place of a path. */
interface Customs {
  /** The name of a package, and what is in it; `undefined` where it is a path all the same. */
  readonly fromPackage?: (file: string, roots: readonly PackageRoot[]) => readonly FrameName[] | undefined;
  /** The name of a module. */
  readonly isModule?: (file: string) => boolean;
  /** A class alone, without a file; its name in parts, and which of them begins it. */
  readonly ofBareClass?: (parts: readonly string[], at: number) => readonly FrameName[];
}

/** `{}` where every frame names a file, or none. */
const CUSTOMS: Readonly<Record<Language, Customs>> = {
  python: { isModule: (file) => MODULE.test(file) },
  java: { ofBareClass: ofJavaClass },
  javascript: {},
  go: { fromPackage: goNames },
  ruby: {},
  php: {},
  dotnet: { ofBareClass: ofDotnetClass },
  rust: {},
  cpp: {},
  dart: {},
  elixir: {},
  swift: {},
  perl: {},
  none: { isModule: (file) => MODULE.test(file) },
};

function namesOf(file: string, frame: Frame, language: Language, roots: readonly PackageRoot[]): readonly FrameName[] {
  const own = fromRoots(file, language, roots);
  if (own !== undefined) return own;
  const packaged = installedFromHere(file);
  if (packaged !== undefined) return packaged;
  // Extensions of Java and Kotlin are projects like others; what comes with the virtual machine is nobody's here.
  if (isInstalled(file) && !(JVM_FILE.test(file) && /^(?:javax|kotlin)\//.test(file))) return [];
  if (file === '' || file === 'Unknown Source') return ofClass('', frame.function, language);
  if (JVM_FILE.test(file)) return ofClass(file, frame.function, language);
  if (CUSTOMS[language].isModule?.(file)) return pythonModule(file);
  if (/^package:/.test(file)) return [];
  const bare = file.replace(/^((?:webpack(?:-internal)?|turbopack):\/\/[^.]*?)(?:\.\.?\/)+/, '$1');
  return [...sourcesOf(bare), { name: bare, isWhole: false }];
}

const JVM_FILE = /^[\w$/-]+\.(?:java|kt|kts|scala|groovy)$/;
const MODULE = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/** A path out of a URL: `my%20shop`. */
const decoded = (file: string): string =>
  file.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll('%', ''), 'hex').toString('utf8'));

/** Where installers put packages: the name of one, and a file within it. The last one counts where they stand in each other. */
const OF_PACKAGES: readonly RegExp[] = [
  /(?:^|\/)node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\/(?!.*node_modules\/)(.+)$/,
  /(?:^|\/)vendor\/([\w.-]+\/[\w.-]+)\/(?!.*\/vendor\/)(.+)$/,
  /(?:^|\/)gems\/(\w[\w-]*?)-(?:\d[\w.]*|[0-9a-f]{7,40})(?:-[\w-]+)?\/(?!.*\/gems\/)(.+)$/,
  /(?:^|\/)registry\/src\/[^/]+\/(\w[\w-]*?)-\d+\.\d[^/]*\/(.+)$/,
];

/** The name of the package that a file was installed with, and its path in it. */
export function packageOf(file: string): { readonly name: string; readonly rest: string } | undefined {
  const slashed = file.slice(0, LONGEST).replaceAll('\\', '/');
  const [, name = '', rest = ''] = OF_PACKAGES.map((form) => form.exec(slashed)).find((found) => found !== null) ?? [];
  return name === '' ? undefined : { name, rest };
}

/** Files that begin with the name of a package of ours; `undefined` where the language does not name them so. */
function fromRoots(file: string, language: Language, roots: readonly PackageRoot[]): readonly FrameName[] | undefined {
  const { fromPackage } = CUSTOMS[language];
  if (fromPackage) return fromPackage(file, roots);
  const dart = /^package:([\w.-]+)\/(.+)$/.exec(file);
  if (dart) return within(roots, dart[1] as string, `lib/${dart[2]}`);
  const { name, rest } = packageOf(file) ?? { name: '', rest: '' };
  const ours = roots.filter((root) => root.name === name);
  return ours.length === 0 ? undefined : ours.flatMap(({ dir }) => [...published(dir, rest), rooted(dir, rest)]);
}

/** What a package is published with was compiled from its sources: `execution/execute.js` from `src/execution/execute.ts`. */
function published(dir: string, rest: string): readonly FrameName[] {
  const [, stem = '', kind = ''] = /^(?!src\/)(.+)\.([cm]?)js$/.exec(rest) ?? [];
  const kinds = stem === '' ? [] : [...new Set([`${kind}ts`, 'ts', 'tsx'])];
  const flat = kinds.map((ending) => ({ name: `src/${stem}.${ending}`, isSource: true as const }));
  return [...sourcesOf(rest), ...flat].map((source) => ({ ...source, ...rooted(dir, source.name) }));
}

const rooted = (dir: string, rest: string): FrameName => ({ name: dir === '' ? rest : `${dir}/${rest}`, isWhole: true, isRooted: true });

function within(roots: readonly PackageRoot[], name: string, rest: string): readonly FrameName[] {
  return roots.filter((root) => root.name === name).map(({ dir }) => rooted(dir, rest));
}

/** Go prints module paths with `-trimpath`, and below `/go/src` or `/go/pkg/mod` without it. */
function goNames(file: string, roots: readonly PackageRoot[]): readonly FrameName[] | undefined {
  const path = file.replace(/^.*\/(?:go\/src|pkg\/mod)\//, '').replace(/@v\d[^/]*/, '');
  const best = roots.filter(({ name }) => path.startsWith(`${name}/`)).sort((a, b) => b.name.length - a.name.length);
  const [root] = best;
  if (root) return within([root], root.name, path.slice(root.name.length + 1));
  // Neither absolute nor below a module of ours: the standard library, or somebody else's module.
  return roots.length > 0 && !/^(?:\/|\.|[A-Za-z]:)/.test(file) && file.includes('/') ? [] : undefined;
}

/** Where modules lie by their names alone, without the package they came with. */
const OF_MODULES: readonly RegExp[] = [
  /(?:^|\/)(?:site|dist)-packages\/(?!.*(?:site|dist)-packages\/)(.+)$/,
  /(?:^|\/)(?:lib|share)(?:64)?\/(?:[\w-]+\/)?perl5?\/(?:(?:site|vendor)_perl\/)?(?:\d[\d.]*\/)?(?:[\w-]*linux[\w-]*\/)?([^/]+\/.+\.p[lm]|[^/]+\.pm)$/,
];

/** The application itself, installed: `…/site-packages/acme/orders.py` is `acme/orders.py` here, and nothing shorter. */
function installedFromHere(file: string): readonly FrameName[] | undefined {
  const inside = OF_MODULES.map((form) => form.exec(file)?.[1]).find((found) => found !== undefined);
  if (inside === undefined) return undefined;
  if (inside.includes('/')) return [{ name: inside, isWhole: true }];
  // A module of one file has no directory to be known by but that of all sources.
  return ['', 'src/', 'lib/'].map((dir) => ({ name: `${dir}${inside}`, isWhole: true, isRooted: true }));
}

/** A class in place of a file: the folders are in its name. `Order.java` and `com.acme.Order$Line.cents` → `com/acme/Order.java`. */
function ofClass(file: string, called: string | undefined, language: Language): readonly FrameName[] {
  if (file.includes('/')) return [{ name: file, isWhole: true }];
  const parts = (called ?? '').replace(/^.*\//, '').replace(/\(.*$/, '').split(/[.+]/);
  const at = parts.findIndex((part) => /^[A-Z]/.test(part));
  if (file === '') return at < 0 ? [] : (CUSTOMS[language].ofBareClass?.(parts, at) ?? []);
  const packages = parts.slice(0, at < 0 ? -2 : at).filter((part) => /^[a-z_]\w*$/.test(part));
  return [{ name: [...packages, file].join('/'), isWhole: true }];
}

/** Neither file nor line, as in programs built without debug information. */
function ofJavaClass(parts: readonly string[], at: number): readonly FrameName[] {
  const name = (parts[at] as string).replace(/\$.*$/, '');
  const folder = parts.slice(0, at).join('/');
  return ['java', 'kt', 'scala', 'groovy'].map((kind) => ({
    name: `${folder === '' ? '' : `${folder}/`}${name}.${kind}`,
    isWhole: true,
  }));
}

/** .NET's namespaces are rarely all folders. */
function ofDotnetClass(parts: readonly string[]): readonly FrameName[] {
  const plain = parts.map((part) => part.replace(/`\d+.*$/, ''));
  const classes = plain.slice(0, -1).filter((part) => /^[A-Z]\w*$/.test(part));
  return classes.reverse().map((name) => ({ name: `${name}.cs`, isWhole: true }));
}

/** Python modules in place of files: `app.orders.service`. */
function pythonModule(file: string): readonly FrameName[] {
  if (/\.(?:pyx?|so|js|ts|go|rb|rs|php|cs|exs?|erl|dart|pl|pm|swift|c|cc|cpp)$/.test(file)) return [{ name: file, isWhole: false }];
  const path = file.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__init__.py`].map((name) => ({ name, isWhole: false }));
}

const OUT_DIRS = 'dist|build|out|lib|esm|cjs|output|target|\\.next/server|\\.output/server|\\.svelte-kit/output/server';
const COMPILED = new RegExp(`^((?:.*?/)?)(?:${OUT_DIRS})/((?:.*/)?[^/]+?)\\.([cm]?)js$`);

/** An address says where a bundle is had, not where it was made. */
const ON_DISK = /^(?:file:\/\/\/|\/|[A-Za-z]:\/)/;
const DEEPEST = 8;

/**
 * JavaScript that the repository does not have was made from something, whatever the directory is called that it was put into:
 * `/srv/diff/libesm/util/string.js` from `src/util/string.ts`. Nothing but TypeScript is sure to be compiled file by file, and
 * below the directory it was put into there has to be one more: of a name alone, a bundle may have been made.
 */
export function madeFrom(frame: Frame): readonly FrameName[] {
  const file = frame.file.slice(0, LONGEST).replaceAll('\\', '/');
  const [, path = '', kind = ''] = /^(.*)\.([cm]?)js$/.exec(file) ?? [];
  if (path === '' || !frame.inApp || isInstalled(file) || !ON_DISK.test(file)) return [];
  const parts = path.replace(ON_DISK, '').split('/');
  const ends = parts.map((_, at) => parts.slice(at)).filter(({ length }) => length > 1 && length < Math.min(parts.length, DEEPEST));
  const stems = ends.map((end) => (end[0] === 'src' ? end : ['src', ...end]).join('/'));
  return stems.flatMap((stem) =>
    [`${kind}ts`, 'tsx'].map((ending) => ({ name: `${stem}.${ending}`, isWhole: true, isSource: true as const })),
  );
}

/** Compiled JavaScript stands for its source: `dist/orders.js` for `src/orders.ts`. */
function sourcesOf(file: string): readonly FrameName[] {
  const [, before = '', inner = '', kind = ''] = COMPILED.exec(file) ?? [];
  if (inner === '') return [];
  const kinds = [`${kind}ts`, 'tsx', `${kind}js`, 'jsx'];
  const stems = inner.startsWith('src/') ? [inner] : [`src/${inner}`, inner, `app/${inner}`];
  return stems.flatMap((stem) =>
    kinds
      // Out of a flat directory nothing but TypeScript is sure to have been compiled.
      .filter((ending) => ending.includes('ts') || stem.startsWith('src/'))
      .map((ending) => ({ name: `${before}${stem}.${ending}`, isWhole: false, isSource: true as const })),
  );
}
