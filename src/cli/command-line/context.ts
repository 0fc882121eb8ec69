// What every command is given, and what a command module is. Only types.
import type { Readable, Writable } from 'node:stream';
import type { Environment, LoadedConfig } from '../../config/load.ts';
import type { Details } from '../../ports.ts';
import type { Output } from '../output/output.ts';
import type { LiveProgress } from '../output/progress.ts';
import type { CommandName, OptionsOf } from './options.ts';

/** A stream that may be a terminal. */
export type TerminalWritable = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly fd?: number;
};
export type TerminalReadable = Readable & { readonly isTTY?: boolean; readonly fd?: number };

/** The process as a command sees it; tests give their own. */
export interface World {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Environment;
  /** Opened when it is asked for. */
  readonly stdin: () => TerminalReadable;
  readonly stdout: TerminalWritable;
  readonly stderr: TerminalWritable;
  /** Aborts at the first SIGINT or SIGTERM; a command then ends soon and keeps what it has. */
  readonly signal: AbortSignal;
  /** Tells when the configuration is to be read again (SIGHUP); absent where nothing asks for that. */
  readonly onReload?: (told: () => void) => void;
  /** Told when the keys of the terminal, Ctrl-C too, are another program's, and when they are ours again. */
  readonly onLend?: (isLent: boolean) => void;
}

/** The options common to all commands. */
export interface CommonFlags {
  readonly config: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly pager: boolean;
  readonly stateDir: string | undefined;
}

export interface CommandContext extends World {
  /** A person can be asked: standard input and standard error are terminals. */
  readonly isTerminal: boolean;
  readonly flags: CommonFlags;
  readonly output: Output;
  /** Who hears what `--verbose` tells. */
  readonly details: Details;
  /** The configuration with the flags of this run in it; read at the first call, the same afterwards. */
  config(): Promise<LoadedConfig>;
  /** Read anew: `config()` gives this one from now on. */
  reloadedConfig(): Promise<LoadedConfig>;
  /** Live progress on standard error; silent with `--json` and `--quiet`. It is stopped when the command ends. */
  progress(): LiveProgress;
}

/** A file `src/cli/<name>.ts` exports this. */
export interface CommandModule<N extends CommandName> {
  /** @returns the exit code. @throws AiOpsError, shown by `run.ts` */
  run(context: CommandContext, args: readonly string[], options: OptionsOf[N]): Promise<number>;
}
