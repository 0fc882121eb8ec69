// Runs one command line of the configuration in a workspace. The line is the user's own and goes to `sh -c`;
// nothing from a log or an answer is ever part of it. The environment is whatever the caller allows.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandRun, TestResults } from '../../core/model.ts';
import { asked, askedBy, fromGo } from '../../core/proof/asked.ts';
import { testsIn } from '../../core/proof/test-results.ts';
import type { Commands, Processes, ProcessResult, Redact } from '../../ports.ts';
import { readJunit } from './junit.ts';
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
  const start = async (line: string, around: CommandsOptions['env'], dir: string, signal: AbortSignal): Promise<ProcessResult> => {
    const argv = ['sh', '-c', MERGE_STREAMS, 'sh', line];
    return processes.run({ argv, dir, env: around, timeoutMs, maxMemoryBytes, signal, maxOutputBytes: READ_OUTPUT });
  };
  return {
    toolchain: () => toolchain(env),
    async run(command, dir, signal) {
      return told(command, await start(command, env, dir, signal), redact);
    },
    async runTests(command, dir, signal) {
      // Outside of the work tree, so that nothing of it is taken for a part of the project.
      const place = await mkdtemp(join(tmpdir(), 'ai-ops-report-'));
      try {
        const report = join(place, 'report.xml');
        const line = asked(command, report);
        const result = await start(line, askedBy(env, report), dir, signal);
        const { text, named } = fromGo(result.stdout);
        const reported = [...named, ...(await readJunit(await readFile(report, 'utf8').catch(() => '')))];
        const tests = testsIn(text, reported);
        // A runner that did not know the flag has said nothing of its tests.
        const isUnknown = line !== command && tests === undefined && result.exitCode !== 0 && !result.timedOut;
        if (isUnknown) return told(command, await start(command, env, dir, signal), redact);
        return { ...told(command, { ...result, stdout: text }, redact), ...(tests ? { tests: redacted(tests, redact) } : {}) };
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}

function told(command: string, result: ProcessResult, redact: Redact): CommandRun & { readonly printed: string } {
  const printed = redact(result.stdout);
  return {
    command,
    exitCode: result.timedOut || result.overMemory ? null : result.exitCode,
    durationMs: result.durationMs,
    timedOut: result.timedOut,
    ...(result.overMemory ? { overMemory: result.overMemory } : {}),
    output: lastPart(printed),
    printed,
  };
}

/** Names of tests are words of strangers as well. */
function redacted({ ran, names }: TestResults, redact: Redact): TestResults {
  return names === undefined
    ? { ran }
    : { ran, names: Object.fromEntries(Object.entries(names).map(([name, all]) => [redact(name), all])) };
}

/** Cut after redaction: a secret that is cut in two is not recognised. */
function lastPart(text: string): string {
  if (text.length <= KEPT_OUTPUT) return text;
  const from = text.indexOf('\n', text.length - KEPT_OUTPUT) + 1;
  return `[… ${from} characters left out …]\n${text.slice(from)}`;
}
