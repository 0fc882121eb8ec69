// What commands and Claude are shut in by: what the configuration asks for, as far as this machine lets it.
import { homedir } from 'node:os';
import type { LoadedConfig } from '../config/load.ts';
import { fail } from '../errors.ts';
import type { Processes, Sandbox } from '../ports.ts';
import type { Surrounded } from './surroundings.ts';

/** What was found, or why there is none. */
export type WiredSandbox = { readonly sandbox: Sandbox; readonly why?: never } | { readonly sandbox?: never; readonly why: string };

/**
 * Starts one for a trial, where the configuration wants one.
 * @throws AiOpsError `sandbox-missing` where it has to be and cannot
 */
export async function wireSandbox(
  loaded: LoadedConfig,
  env: Surrounded['env'],
  processes: Processes,
  signal?: AbortSignal,
): Promise<WiredSandbox> {
  const { verify, state } = loaded.config;
  if (verify.sandbox === 'off') return { why: 'verify.sandbox is off' };
  const { findSandbox } = await import('../adapters/sandbox/find.ts');
  const found = await findSandbox({
    processes,
    env: { PATH: env.PATH ?? '', HOME: env.HOME ?? homedir() },
    stateDir: state.dir,
    readable: verify.read,
    maxMemoryBytes: verify.maxMemoryMb * 1024 * 1024,
    ...(signal === undefined ? {} : { signal }),
  });
  if (found.kind === 'found') return { sandbox: found.sandbox };
  if (verify.sandbox === 'required') throw fail('sandbox-missing', { detail: found.why });
  return { why: found.why };
}
