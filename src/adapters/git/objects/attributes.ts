// Which files are not what their blobs say: a filter (Git LFS and others) or an encoding of the work tree stands between.
// We run no filter, so such a path must not be written: its raw bytes would be committed.
import { ignoreRules } from './ignore-rules.ts';
import type { Objects } from './objects.ts';
import { lookup } from './snapshot.ts';

/** Answers for the commit whose tree this is. Reads the `.gitattributes` on the way to each path, of the commit, not of the disk. */
export function filterRules(objects: Objects, tree: string): (path: string) => Promise<boolean> {
  const texts = new Map<string, Promise<string>>();
  const read = async (dir: string): Promise<string> => {
    const file = await lookup(objects, tree, `${dir}.gitattributes`);
    if (file === undefined || !file.mode.startsWith('100')) return '';
    return filtered((await objects.read(file.oid)).bytes.toString('latin1'));
  };
  return async (path) => {
    const dirs = [''];
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) dirs.push(path.slice(0, at + 1));
    const found = new Map<string, string>();
    for (const dir of dirs) {
      if (!texts.has(dir)) texts.set(dir, read(dir));
      found.set(dir, (await texts.get(dir)) as string);
    }
    return ignoreRules(found).ignores(path, false);
  };
}

/** The patterns that name a filter, as ignore rules: later lines win there too. Source: gitattributes(5). */
function filtered(text: string): string {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...attributes] = line.trim().split(/\s+/);
    if (!pattern || pattern.startsWith('#') || pattern.startsWith('[attr]')) return [];
    if (attributes.some((name) => /^(filter|working-tree-encoding)=/.test(name))) return [pattern];
    return attributes.some((name) => /^[-!](filter|working-tree-encoding)$/.test(name)) ? [`!${pattern}`] : [];
  });
  return rules.join('\n');
}
