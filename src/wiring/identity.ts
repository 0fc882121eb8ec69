// Who commits, and whose key signs: what the user has set, else whom the host takes the token for.
import { createSigner } from '../adapters/git/sign.ts';
import type { LoadedConfig } from '../config/load.ts';
import { fail } from '../errors.ts';
import type { CodeHost, Identity, Processes } from '../ports.ts';
import { isFound } from './token-hosts.ts';

/** Who commits where nobody else is known. */
export const AUTHOR: Identity = { name: 'ai-ops', email: 'ai-ops@localhost' };

/** @param host asked where nobody is set; one that does not answer now is no reason to end a repair that needs it only for a name */
export async function identitiesOf(
  { author, committer }: LoadedConfig['config']['commit'],
  host: Pick<CodeHost, 'self'>,
  signal: AbortSignal,
): Promise<{ readonly author: Identity; readonly committer: Identity }> {
  const own = author === null ? ((await host.self(signal).catch(() => null)) ?? AUTHOR) : parsed(author);
  return { author: own, committer: committer === null ? own : parsed(committer) };
}

/** `Name <address>`, as the configuration has checked it. */
function parsed(text: string): Identity {
  const [name = '', email = ''] = text.split(/ <|>$/);
  return { name, email };
}

/**
 * Tried once, before anything is paid for that could not be committed.
 * @throws AiOpsError `sign-failed`, `sign-unbound`
 */
export async function signerOf(
  loaded: LoadedConfig,
  env: Readonly<Record<string, string | undefined>>,
  processes: Processes,
): Promise<((commit: Buffer) => Promise<string>) | undefined> {
  const { sign: key } = loaded.config.commit;
  if (key === null) return undefined;
  if (isFound(loaded, 'commit.sign')) throw fail('sign-unbound', { file: loaded.origins['commit.sign'] ?? 'a file' });
  const sign = createSigner(key, env, processes);
  await sign(Buffer.from('a look whether it can be signed\n'));
  return sign;
}
