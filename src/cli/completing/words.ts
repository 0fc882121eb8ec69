// What the completion scripts of all shells are made of: the words and values behind each command, from the table of commands.
import { COMMANDS, COMMON_OPTIONS, type Completes, type OptionShape } from '../command-line/commands.ts';
import type { CommandName } from '../command-line/options.ts';

export const HELP: OptionShape = { flags: '--help', doc: 'show the help' };

/** Of a command, those of all commands among them. */
export const optionsOf = (name: CommandName): readonly OptionShape[] => [...COMMANDS[name].options, ...COMMON_OPTIONS, HELP];

export const longName = ({ flags }: OptionShape): string => /--[\w-]+/.exec(flags)![0];
export const takesValue = ({ flags }: OptionShape): boolean => flags.includes('<');
export const hasFileArgument = (name: CommandName): boolean => COMMANDS[name].argument?.completes === 'file';

/** Whose ids the ledger is asked for, when the key is pressed. */
export type Ids = 'traces' | 'fingerprints';

/** @returns `undefined` where a value is no id */
export const idsOf = (completes: Completes | undefined): Ids | undefined =>
  completes === 'traces' || completes === 'fingerprints' ? completes : undefined;

/** How a script asks for them: a line each, the id, a tab, what it is. */
export const askFor = (ids: Ids): string => `completion --ids ${ids}`;
