// The commands that exist, in the order of `--help`.
import { COMMANDS, type CommandName } from './commands.ts';
import { REGISTRY } from './registry.ts';

export const COMMAND_NAMES: readonly CommandName[] = (Object.keys(COMMANDS) as CommandName[]).filter(
  (name) => REGISTRY[name] !== undefined,
);
