// The variables that `verify.env` lets through to commands, and who may name which.
import type { LoadedConfig } from '../config/load.ts';
import { isCalledSecret } from '../core/redact/environment.ts';
import { isFound } from './token-hosts.ts';

/** A file of the repository under repair may name plain variables; one that is called like a secret only the user names. */
export function commandVariables(loaded: LoadedConfig): readonly string[] {
  const { env } = loaded.config.verify;
  return isFound(loaded, 'verify.env') ? env.filter((name) => !isCalledSecret(name)) : env;
}
