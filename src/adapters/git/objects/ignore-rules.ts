// The language of `.gitignore`, which `.gitattributes` shares: which paths the files of a commit name.
import ignoring, { type Ignore } from 'ignore';
import { toText } from './tree.ts';

// The package is CommonJS; its function is the property `default` in every module system.
const ignore = ignoring.default;

/** Directories of which is remembered whether they are ignored. */
const MAX_KNOWN = 10_000;

/** Ignore rules of a commit: every `.gitignore` in it, each for its own directory. */
export interface IgnoreRules {
  /** @param path latin1 bytes @param directory whether `path` is one */
  ignores(path: string, directory: boolean): boolean;
}

/** @param files text of each `.gitignore` by the directory it is in, `''` for the root, otherwise ending with `/` */
export function ignoreRules(files: ReadonlyMap<string, string>): IgnoreRules {
  const rules = new Map([...files].map(([dir, text]): [string, Ignore] => [dir, ignore().add(text)]));
  const decide = (path: string, directory: boolean): boolean => {
    // The innermost file that says anything wins.
    for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
      const rule = rules.get(path.slice(0, end + 1));
      const inner = rule === undefined ? undefined : toText(path.slice(end + 1));
      const verdict = inner === undefined ? undefined : rule?.test(directory ? `${inner}/` : inner);
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
      if (end < 0) return false;
    }
  };
  // Paths come directory by directory: without this a deep one would ask for all above it again and again.
  const known = new Map<string, boolean>();
  const isBelowIgnored = (path: string): boolean => {
    const end = path.lastIndexOf('/');
    if (end < 0) return false;
    const dir = path.slice(0, end);
    const earlier = known.get(dir);
    if (earlier !== undefined) return earlier;
    const ignored = isBelowIgnored(dir) || decide(dir, true);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(dir, ignored);
    return ignored;
  };
  // A file below an ignored directory is ignored, whatever is said about the file itself.
  return { ignores: (path, directory) => isBelowIgnored(path) || decide(path, directory) };
}
