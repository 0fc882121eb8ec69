// Which files may be read as logs. What the user names is theirs to name. A file of the repository under repair names files of
// that repository, and others that are called as logs are: what else it names is read once the user has named it.
import { dirname, relative, resolve, sep } from 'node:path';
import type { LoadedConfig } from '../../config/load.ts';
import { leadsOutOf, realPlace, treeOf } from '../../config/outside.ts';
import { isCalledLog } from '../../core/source-names.ts';
import { fail } from '../../errors.ts';
import { askedOnlyBy, isFound } from '../token-hosts.ts';

/** @returns refuses a path, links followed; `undefined` where the user names the logs. @throws AiOpsError `file-unbound` */
export function readableLogs(loaded: LoadedConfig): ((path: string) => Promise<void>) | undefined {
  if (!isFound(loaded, 'logs')) return undefined;
  return async (path) => {
    const whole = resolve(path);
    const real = await realPlace(whole);
    const file = askedOnlyBy(loaded, 'logs', [path, whole, real]);
    if (file === undefined) return;
    // It is shown from the working directory; where it lies is known.
    const whereIs = loaded.files.find((each) => each === file || each.endsWith(`${sep}${file}`)) ?? file;
    if (await isReadable(whereIs, real)) return;
    throw fail('file-unbound', { file, path: real, key: 'logs' });
  };
}

async function isReadable(file: string, real: string): Promise<boolean> {
  const tree = await realPlace(treeOf(file));
  if (await leadsOutOf(tree, real)) return isCalledLog(real.split(sep).join('/'));
  // Of the repository, but neither git's own files nor settings, which may hold secrets of the user.
  const parts = relative(tree, real).split(sep);
  return !parts.includes('.git') && (parts.at(-1)?.startsWith('.') !== true || isCalledLog(dirname(real)));
}
