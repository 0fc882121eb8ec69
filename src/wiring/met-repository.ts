// Which repository a command is about, from the configuration and the checkout that it runs in. Contacts nobody, and
// writes nothing: what is known of it stands in its address and its git directory.
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import { type MetRepository, repositoryName } from '../core/repository/identity.ts';
import type { Surroundings } from './surroundings.ts';

/** The working directory is absolute; where there is no repository, it is the place itself. */
export async function metRepository(
  { config }: Pick<LoadedConfig, 'config'>,
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
): Promise<MetRepository> {
  const { findRepository } = await import('../adapters/git/users-checkout.ts');
  const { parseRemote } = await import('../adapters/git/remote-address.ts');
  const { url, path } = config.repo;
  const place = resolve(cwd, path ?? '.');
  // As `wireSite` takes it: an address that is named goes before the checkout that somebody happens to stand in.
  const found = url !== null && path === null ? undefined : findRepository(place, { env });
  const { asGitHas } = await import('../adapters/git/user-config.ts');
  const remote = url === null ? found?.remoteUrl : asGitHas(url, env);
  const address = remote === undefined ? undefined : parseRemote(remote);
  // Work trees of one repository share it.
  const main = found && (basename(found.commonDir) === '.git' ? dirname(found.commonDir) : found.commonDir);
  const root = main ?? (address?.protocol === 'file' ? resolve(cwd, address.path) : place);
  return { name: repositoryName(address, realPath(root)), mark: found ? markOf(found.commonDir) : null };
}

/** The number and the birth of its directory: both go with it wherever it is moved on its disk, and no copy has them. */
function markOf(dir: string): string | null {
  try {
    const { ino, birthtimeNs } = statSync(dir, { bigint: true });
    return `${ino}:${birthtimeNs}`;
  } catch {
    return null;
  }
}

/** As it is written where it is not there. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
