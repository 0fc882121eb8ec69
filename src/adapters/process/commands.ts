// Runs one command line of the configuration in a workspace. The line is the user's own and goes to `sh -c`;
// nothing from a log or an answer is ever part of it. The environment is whatever the caller allows.
import type { CommandRun } from '../../core/model.ts';
import type { Commands, Processes, Redact } from '../../ports.ts';
import { toolchain } from './toolchain.ts';

export interface CommandsOptions {
  readonly processes: Processes;
  /** The whole environment of the commands, without our credentials. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Of the command and all that it starts. */
  readonly maxMemoryBytes: number;
  readonly redact: Redact;
}

/** Characters of output that are kept: enough for the summary that test runners print last. */
const KEPT_OUTPUT = 20_000;

/** Bytes of output that are read for what it says of single tests and of their errors. */
const READ_OUTPUT = 2 * 1024 * 1024;

/** Both streams go into one, so that the output reads as it would on a terminal. */
const MERGE_STREAMS = 'exec sh -c "$1" 2>&1';

export function createCommands({ processes, env, timeoutMs, maxMemoryBytes, redact }: CommandsOptions): Commands {
  return {
    toolchain: () => toolchain(env),
    async run(command, dir, signal) {
      const argv = ['sh', '-c', MERGE_STREAMS, 'sh', command];
      const result = await processes.run({ argv, dir, env, timeoutMs, maxMemoryBytes, signal, maxOutputBytes: READ_OUTPUT });
      const printed = redact(result.stdout);
      return {
        command,
        exitCode: result.timedOut || result.overMemory ? null : result.exitCode,
        durationMs: result.durationMs,
        timedOut: result.timedOut,
        ...(result.overMemory ? { overMemory: result.overMemory } : {}),
        output: lastPart(printed),
        printed,
      } satisfies CommandRun & { readonly printed: string };
    },
  };
}

/** Cut after redaction: a secret that is cut in two is not recognised. */
function lastPart(text: string): string {
  if (text.length <= KEPT_OUTPUT) return text;
  const from = text.indexOf('\n', text.length - KEPT_OUTPUT) + 1;
  return `[… ${from} characters left out …]\n${text.slice(from)}`;
}
