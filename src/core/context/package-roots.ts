// The packages of a repository by the names their own code is known by, from the manifests that say so.

import type { Frame } from '../model.ts';
import { baseName, dirName } from '../repository/paths.ts';
import type { Language } from '../tables.ts';
import { type PackageRoot, packageOf } from './frame-names.ts';

/** Each is a read, and of a remote repository perhaps a fetch. */
const MOST_MANIFESTS = 20;

/** Where a package says its name, and which frames speak of packages by name. */
interface Manifest {
  readonly file: RegExp;
  readonly name: (text: string, file: string) => string | undefined;
  readonly speaks: RegExp;
}

/** `null` where frames name files, or classes whose folders are in their names. */
const MANIFESTS: Readonly<Record<Language, Manifest | null>> = {
  python: null,
  java: null,
  javascript: { file: /^package\.json$/, name: ofJson, speaks: /(?:^|[\\/])node_modules[\\/]/ },
  go: { file: /^go\.mod$/, name: (text) => /^module\s+"?([^\s"]+)/m.exec(text)?.[1], speaks: /^/ },
  ruby: { file: /.\.gemspec$/, name: (_text, file) => file.replace(/\.gemspec$/, ''), speaks: /[\\/]gems[\\/]/ },
  php: { file: /^composer\.json$/, name: ofJson, speaks: /(?:^|[\\/])vendor[\\/]/ },
  dotnet: null,
  rust: { file: /^Cargo\.toml$/, name: ofCrate, speaks: /[\\/]registry[\\/]src[\\/]/ },
  cpp: null,
  dart: { file: /^pubspec\.yaml$/, name: (text) => /^name:\s*['"]?([\w-]+)/m.exec(text)?.[1], speaks: /^package:/ },
  elixir: null,
  swift: null,
  perl: null,
  none: null,
};

/** Languages whose frames speak of packages in front of every file, and not only of those that were installed. */
const ALWAYS: readonly Language[] = ['go', 'dart'];

/** One that cannot be parsed has a name all the same, on a line of its own. */
function ofJson(text: string): string | undefined {
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return /^\s*"name"\s*:\s*"([^"]+)"/m.exec(text)?.[1];
  }
}

function ofCrate(text: string): string | undefined {
  return /^\[package\][^[]*?^name\s*=\s*["']([\w-]+)["']/ms.exec(text)?.[1];
}

/**
 * The manifests whose names the frames of an event are to be read with; none where no frame speaks of packages.
 * The nearest to the root first.
 */
export function manifestsFor(language: Language, frames: readonly Frame[], paths: readonly string[]): readonly string[] {
  const kind = MANIFESTS[language];
  if (!kind || !frames.some(({ file }) => kind.speaks.test(file))) return [];
  const names = ALWAYS.includes(language) ? null : new Set(frames.flatMap(({ file }) => packageOf(file)?.name ?? []));
  return nearestFirst(
    paths.filter((path) => kind.file.test(baseName(path)) && !isOfOthers(path) && (names === null || isNamed(path, names))),
  );
}

/** Those by whose names frames of an application speak of its files, whichever event it is: what is installed lies elsewhere. */
export function namingManifests(paths: readonly string[]): readonly string[] {
  const files = ALWAYS.flatMap((language) => MANIFESTS[language]?.file ?? []);
  return nearestFirst(paths.filter((path) => files.some((file) => file.test(baseName(path))) && !isOfOthers(path)));
}

const isOfOthers = (path: string): boolean => /(?:^|\/)(?:node_modules|vendor)\//.test(path);

const nearestFirst = (paths: readonly string[]): readonly string[] =>
  paths.toSorted((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b)).slice(0, MOST_MANIFESTS);

/**
 * Packages stand in directories of their names, as good as always: `@acme/rates` in `packages/rates`, the gem `rack` beside
 * `rack.gemspec`. That of the root is called as somebody has called the clone. Most frames are of packages of others.
 */
function isNamed(manifest: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  const file = baseName(manifest);
  if (file.endsWith('.gemspec')) return names.has(file.replace(/\.gemspec$/, ''));
  const dir = baseName(dirName(manifest));
  return dir === '' || [...names].some((name) => name.replace(/^.*\//, '') === dir || name.endsWith(`-${dir}`));
}

/** The package that a manifest describes; `undefined` where it gives no name. */
export function packageRoot(path: string, text: string): PackageRoot | undefined {
  const file = baseName(path);
  const name = Object.values(MANIFESTS)
    .find((manifest) => manifest?.file.test(file))
    ?.name(text, file);
  return name === undefined ? undefined : { name, dir: dirName(path) };
}
