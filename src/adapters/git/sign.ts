// Signs commits with a key of ssh, in git's own format (`gpg.format=ssh`): OpenSSH makes the signature, so that keys of every
// kind, agents and hardware tokens work, and no key is ever read here.
// Format: PROTOCOL.sshsig of OpenSSH, namespace `git`; ssh-keygen(1), `-Y sign`.
import { tmpdir } from 'node:os';
import { fail } from '../../errors.ts';
import type { Processes } from '../../ports.ts';

const LIMIT_MS = 15_000;
/** What finds an agent and a home; nothing else of the environment is told. */
const KEPT = ['PATH', 'HOME', 'SSH_AUTH_SOCK', 'SYSTEMROOT', 'USERPROFILE'];

/**
 * @param key file of a private key without a passphrase, or of a public key whose private one an agent holds
 * @returns signs the bytes of a commit. @throws AiOpsError `sign-failed`
 */
export function createSigner(
  key: string,
  env: Readonly<Record<string, string | undefined>>,
  processes: Processes,
): (commit: Buffer) => Promise<string> {
  const kept = KEPT.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  // Nobody is asked for a passphrase, not on the terminal either.
  const surroundings = {
    dir: tmpdir(),
    env: { ...Object.fromEntries(kept), SSH_ASKPASS: 'false', SSH_ASKPASS_REQUIRE: 'force' },
    timeoutMs: LIMIT_MS,
  };
  return async (commit) => {
    const argv = ['ssh-keygen', '-q', '-Y', 'sign', '-n', 'git', '-f', key];
    const run = processes.run({ argv, ...surroundings, stdin: commit.toString('utf8') });
    const { exitCode, stdout, stderr } = await run.catch((error: unknown) => {
      throw fail('sign-failed', { key, detail: 'ssh-keygen cannot be run' }, error);
    });
    if (exitCode === 0 && stdout.startsWith('-----BEGIN SSH SIGNATURE-----')) return stdout;
    throw fail('sign-failed', { key, detail: stderr.trim().split('\n').at(-1) || 'ssh-keygen gave no signature' });
  };
}
