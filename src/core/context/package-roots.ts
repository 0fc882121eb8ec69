// The packages of a repository by the names their own code is known by, from the manifests that say so.

import type { Frame, Language } from '../model.ts';
import { baseName, dirName } from '../repository/paths.ts';
import type { PackageRoot } from './frame-names.ts';

/** Each is a read, and of a remote repository perhaps a fetch. */
const MOST_MANIFESTS = 20;

const MANIFESTS: { readonly [language in Language]?: { readonly file: string; readonly name: RegExp } } = {
  go: { file: 'go.mod', name: /^module\s+"?([^\s"]+)/m },
  dart: { file: 'pubspec.yaml', name: /^name:\s*['"]?([\w-]+)/m },
  javascript: { file: 'package.json', name: /^\s*"name"\s*:\s*"([^"]+)"/m },
};

/**
 * The manifests whose names the frames of an event are to be read with; none where no frame speaks of packages.
 * The nearest to the root first.
 */
export function manifestsFor(language: Language, frames: readonly Frame[], paths: readonly string[]): readonly string[] {
  const kind = MANIFESTS[language];
  if (kind === undefined || !frames.some(({ file }) => speaksOfPackages(language, file))) return [];
  const found = paths.filter(
    (path) =>
      baseName(path) === kind.file &&
      !/(?:^|\/)(?:node_modules|vendor)\//.test(path) &&
      (language !== 'javascript' || isNamed(path, frames)),
  );
  return found.sort((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b)).slice(0, MOST_MANIFESTS);
}

/** Workspaces stand in directories of their names, as good as always: `@acme/rates` in `packages/rates`. Most frames are of packages of others. */
function isNamed(manifest: string, frames: readonly Frame[]): boolean {
  const dir = baseName(dirName(manifest));
  const names = frames.map(({ file }) => /.*node_modules[\\/](?:@[^\\/]+[\\/])?([^\\/]+)[\\/]/.exec(file.slice(0, 1024))?.[1]);
  return dir !== '' && names.some((name) => name === dir || name?.endsWith(`-${dir}`));
}

function speaksOfPackages(language: Language, file: string): boolean {
  if (language === 'go') return true;
  return language === 'dart' ? file.startsWith('package:') : /(?:^|[\\/])node_modules[\\/]/.test(file);
}

/** The package that a manifest describes; `undefined` where it gives no name. */
export function packageRoot(path: string, text: string): PackageRoot | undefined {
  const kind = Object.values(MANIFESTS).find(({ file }) => file === baseName(path));
  const name = kind?.name.exec(text)?.[1];
  return name === undefined ? undefined : { name, dir: dirName(path) };
}
