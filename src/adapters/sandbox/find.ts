// Whether this machine lets us shut a program in: tried once, with all that a command is given. A kernel, a container or a
// profile may forbid it, and each does so in words of its own.
import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import { messageOf } from '../../platform/errno.ts';
import { programIn } from '../../platform/programs.ts';
import type { Processes, Sandbox } from '../../ports.ts';
import { type BubblewrapOptions, createBubblewrap } from './bubblewrap.ts';

export type FoundSandbox =
  | { readonly kind: 'found'; readonly sandbox: Sandbox; readonly program: string }
  /** Why there is none, for people. */
  | { readonly kind: 'none'; readonly why: string };

const TRIAL_MS = 10_000;
const PLACES = ['/usr/bin', '/bin', '/usr/local/bin'];

/** Never throws but for an interruption. @param env of commands, for their PATH */
export async function findSandbox({
  processes,
  env,
  signal,
  ...options
}: Omit<BubblewrapOptions, 'program'> & {
  readonly processes: Processes;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}): Promise<FoundSandbox> {
  if (process.platform !== 'linux') return { kind: 'none', why: `none is known for ${process.platform}` };
  const program = programIn([...PLACES, ...(env.PATH ?? '').split(delimiter)], 'bwrap');
  if (program === undefined) return { kind: 'none', why: 'bubblewrap (bwrap) is not installed' };
  const sandbox = createBubblewrap({ ...options, program });
  const request = { argv: ['true'], dir: '/', env: { ...env, HOME: env.HOME ?? homedir() }, timeoutMs: TRIAL_MS };
  try {
    const { exitCode, stderr, timedOut } = await processes.run({
      ...sandbox.enclose(request, { network: false, writable: [] }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (exitCode === 0) return { kind: 'found', sandbox, program };
    return { kind: 'none', why: `${program}: ${timedOut ? 'did not start in time' : (stderr.trim().split('\n').at(-1) ?? 'failed')}` };
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    return { kind: 'none', why: `${program}: ${messageOf(thrown)}` };
  }
}
