// The language of `.gitignore`, which `.gitattributes` shares: which paths the files of a commit name.
import ignoring, { type Ignore } from 'ignore';
import { toText } from './tree.ts';

// The package is CommonJS; its function is the property `default` in every module system.
const ignore = ignoring.default;

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
      const dir = path.slice(0, end + 1);
      const inner = toText(path.slice(end + 1));
      const verdict = inner === undefined ? undefined : rules.get(dir)?.test(directory ? `${inner}/` : inner);
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
      if (end < 0) return false;
    }
  };
  return {
    ignores: (path, directory) => {
      // A file below an ignored directory is ignored, whatever is said about the file itself.
      for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) if (decide(path.slice(0, at), true)) return true;
      return decide(path, directory);
    },
  };
}
