// The user's own configuration of a test world.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stand-in for Claude that writes down what it is asked beside itself would leave no trace in a sandbox. */
export const UNSHUT = { verify: { sandbox: 'off' } };

export function plantSettings(home: string, settings: object = UNSHUT): void {
  const dir = join(home, '.config', 'ai-ops');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'config.json'), JSON.stringify(settings));
}
