// The environment that ai-ops was started with, for itself alone: from then on neither the system shows its secrets nor is
// anything started with them that is not given them by name.
import { isCalledSecret, secretsOf } from '../../core/redact/environment.ts';
import { concealEnvironment } from '../../platform/conceal.ts';

/** To be called once, before anything is started. */
export function takeEnvironment(): Readonly<Record<string, string | undefined>> {
  const env = { ...process.env };
  concealEnvironment((name, value) => isCalledSecret(name) || secretsOf({ [name]: value }).length > 0);
  return env;
}
