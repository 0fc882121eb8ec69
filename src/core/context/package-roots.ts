// The packages of a repository by the names their own code is known by, from the manifests that say so.

import type { Frame } from '../model.ts';
import { baseName, dirName } from '../repository/paths.ts';
import type { Language } from '../tables.ts';
import type { PackageRoot } from './frame-names.ts';

/** Each is a read, and of a remote repository perhaps a fetch. */
const MOST_MANIFESTS = 20;

/** Where a package says its name, and which frames speak of packages by name. */
interface Manifest {
  readonly file: string;
  readonly name: RegExp;
  readonly speaks: RegExp;
}

/** `null` where frames name files, or classes whose folders are in their names. */
const MANIFESTS: Readonly<Record<Language, Manifest | null>> = {
  python: null,
  java: null,
  javascript: { file: 'package.json', name: /^\s*"name"\s*:\s*"([^"]+)"/m, speaks: /(?:^|[\\/])node_modules[\\/]/ },
  go: { file: 'go.mod', name: /^module\s+"?([^\s"]+)/m, speaks: /^/ },
  ruby: null,
  php: null,
  dotnet: null,
  rust: null,
  cpp: null,
  dart: { file: 'pubspec.yaml', name: /^name:\s*['"]?([\w-]+)/m, speaks: /^package:/ },
  elixir: null,
  swift: null,
  perl: null,
  none: null,
};

/**
 * The manifests whose names the frames of an event are to be read with; none where no frame speaks of packages.
 * The nearest to the root first.
 */
export function manifestsFor(language: Language, frames: readonly Frame[], paths: readonly string[]): readonly string[] {
  const kind = MANIFESTS[language];
  if (!kind || !frames.some(({ file }) => kind.speaks.test(file))) return [];
  const found = paths.filter(
    (path) => baseName(path) === kind.file && !isOfOthers(path) && (language !== 'javascript' || isNamed(path, frames)),
  );
  return nearestFirst(found);
}

/** Those by whose names frames of an application speak of its files, whichever event it is: what stands below `node_modules` is installed. */
export function namingManifests(paths: readonly string[]): readonly string[] {
  const files = [MANIFESTS.go?.file, MANIFESTS.dart?.file];
  return nearestFirst(paths.filter((path) => files.includes(baseName(path)) && !isOfOthers(path)));
}

const isOfOthers = (path: string): boolean => /(?:^|\/)(?:node_modules|vendor)\//.test(path);

const nearestFirst = (paths: readonly string[]): readonly string[] =>
  paths.toSorted((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b)).slice(0, MOST_MANIFESTS);

/** Workspaces stand in directories of their names, as good as always: `@acme/rates` in `packages/rates`. Most frames are of packages of others. */
function isNamed(manifest: string, frames: readonly Frame[]): boolean {
  const dir = baseName(dirName(manifest));
  const names = frames.map(({ file }) => /.*node_modules[\\/](?:@[^\\/]+[\\/])?([^\\/]+)[\\/]/.exec(file.slice(0, 1024))?.[1]);
  return dir !== '' && names.some((name) => name === dir || name?.endsWith(`-${dir}`));
}

/** The package that a manifest describes; `undefined` where it gives no name. */
export function packageRoot(path: string, text: string): PackageRoot | undefined {
  const kind = Object.values(MANIFESTS).find((manifest) => manifest?.file === baseName(path));
  const name = kind?.name.exec(text)?.[1];
  return name === undefined ? undefined : { name, dir: dirName(path) };
}
