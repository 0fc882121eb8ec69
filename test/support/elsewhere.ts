// A place like a container's: another host name, process ids of its own. Asks the kernel for new namespaces, which not
// every system permits.
import { spawnSync } from 'node:child_process';

const UNSHARE = ['unshare', '--user', '--map-root-user', '--uts', '--pid', '--fork', '--kill-child'];

export const isElsewherePermitted = spawnSync(UNSHARE[0] ?? '', [...UNSHARE.slice(1), '--mount-proc', 'hostname', 'x']).status === 0;

/** `command` as it is to be started so that it runs under the host name `name`; whoever ends the first process ends all. */
export function elsewhere(name: string, command: readonly string[], proc: 'own /proc' | 'old /proc' = 'own /proc'): readonly string[] {
  const mount = proc === 'own /proc' ? ['--mount-proc'] : [];
  return [...UNSHARE, ...mount, 'sh', '-c', 'hostname "$0" && exec "$@"', name, ...command];
}
