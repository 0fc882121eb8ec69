// Where the user is at home. A program that was started without HOME (a timer, a system service) has a user all the same.
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';

/**
 * HOME (USERPROFILE on Windows), else what the system's user database says, if that is there: a service user's home may
 * not exist at all.
 *
 * @param recorded absolute path in the user database; asked only where the environment has none
 */
export function homeOf(
  env: Readonly<Record<string, string | undefined>>,
  recorded: () => string | undefined = inUserDatabase,
): string | undefined {
  return nonEmpty(env.HOME) ?? nonEmpty(env.USERPROFILE) ?? usable(recorded());
}

const nonEmpty = (text: string | undefined): string | undefined => (text === undefined || text.trim() === '' ? undefined : text);

const usable = (dir: string | undefined): string | undefined =>
  dir !== undefined && path.isAbsolute(dir) && dir !== path.parse(dir).root && existsSync(dir) ? dir : undefined;

function inUserDatabase(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    // A user of a container by number alone.
    return undefined;
  }
}
