// Runs one command line of the configuration in a workspace. The line is the user's own and goes to `sh -c`;
// nothing from a log or an answer is ever part of it. The environment is whatever the caller allows. Where there is a sandbox
// each command has one of its own: an empty HOME and TMPDIR, the work tree, and the network only as far as it is let.
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandRun, TestResults } from '../../core/model.ts';
import { asked, askedBy, type ScriptOf } from '../../core/proof/asked.ts';
import { fromGo } from '../../core/proof/json-reports.ts';
import { testsIn } from '../../core/proof/test-results.ts';
import { makeTemporary } from '../../platform/temporary.ts';
import type { CommandPlace, Commands, Inside, Processes, ProcessResult, Redact, Sandbox } from '../../ports.ts';
import { readReports } from './reports.ts';
import { toolchain } from './toolchain.ts';

export interface CommandsOptions {
  readonly processes: Processes;
  /** The whole environment of the commands, without our credentials. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Of the command and all that it starts. */
  readonly maxMemoryBytes: number;
  readonly redact: Redact;
  /** Absent where commands run as we do. */
  readonly sandbox?: Sandbox;
  /** What of the commands may reach the network, where there is a sandbox. */
  readonly network?: Network;
  /** Caches of package managers that the user does not have. */
  readonly cacheDir?: string;
}

export type Network = 'none' | 'setup' | 'all';

/** Characters of output that are kept: enough for the summary that test runners print last. */
const KEPT_OUTPUT = 20_000;

/** Bytes of output that are read for what it says of single tests and of their errors. */
const READ_OUTPUT = 2 * 1024 * 1024;

/** Both streams go into one, so that the output reads as it would on a terminal. */
const MERGE_STREAMS = 'exec sh -c "$1" 2>&1';

export function createCommands(options: CommandsOptions): Commands {
  const { processes, env, timeoutMs, maxMemoryBytes, redact, sandbox, network = 'setup', cacheDir = '' } = options;
  const start = async (line: string, around: CommandsOptions['env'], at: CommandPlace, more: Started): Promise<ProcessResult> => {
    const argv = ['sh', '-c', MERGE_STREAMS, 'sh', line];
    const request = { argv, dir: at.dir, env: around, timeoutMs, maxMemoryBytes, signal: more.signal, maxOutputBytes: READ_OUTPUT };
    const inside: Inside = {
      network: network === 'all' || (network === 'setup' && more.isSetup === true),
      writable: [at.tree, ...(more.writable ?? [])],
      packages: { dir: cacheDir, isWritten: more.isSetup === true },
      builds: { dir: at.scratch, shared: cacheDir, fills: more.fillsBuilds === true },
    };
    return processes.run(sandbox ? sandbox.enclose(request, inside) : request);
  };
  return {
    isolation: { sandbox: sandbox?.kind ?? 'none', network: sandbox === undefined || network === 'all' },
    toolchain: () => toolchain(env),
    async setUp(command, at, signal, fillsBuilds = false) {
      const { printed: _, ...run } = told(command, await start(command, env, at, { signal, isSetup: true, fillsBuilds }), redact);
      return run;
    },
    async run(command, at, signal) {
      return told(command, await start(command, env, at, { signal }), redact);
    },
    async runTests(command, at, signal) {
      // Outside of the work tree, so that nothing of it is taken for a part of the project.
      const place = await makeTemporary('ai-ops-report-');
      try {
        const line = asked(command, place, scriptsIn(at.dir));
        const startedMs = Date.now();
        const result = await start(line, askedBy(env, place), at, { signal, writable: [place] });
        const { text, named } = fromGo(result.stdout);
        const tests = testsIn(text, named.length > 0 ? named : await readReports(place, at.tree, startedMs));
        // A runner that did not know the flag has said nothing of its tests.
        const isUnknown = line !== command && tests === undefined && result.exitCode !== 0 && !result.timedOut;
        if (isUnknown) return told(command, await start(command, env, at, { signal }), redact);
        return { ...told(command, { ...result, stdout: text }, redact), ...(tests ? { tests: redacted(tests, redact) } : {}) };
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}

/** Scripts of the `package.json` files of the tree. */
function scriptsIn(dir: string): ScriptOf {
  return (below, name) => {
    try {
      const { scripts = {} } = JSON.parse(readFileSync(join(dir, below, 'package.json'), 'utf8')) as { scripts?: Record<string, unknown> };
      const script = scripts[name];
      return typeof script === 'string' ? script : undefined;
    } catch {
      return undefined;
    }
  };
}

interface Started {
  readonly signal: AbortSignal;
  readonly isSetup?: true;
  readonly fillsBuilds?: boolean;
  readonly writable?: readonly string[];
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

/** Names of tests are words of strangers as well. Those that differ by a secret alone are one, and each is still counted. */
function redacted({ ran, names }: TestResults, redact: Redact): TestResults {
  if (names === undefined) return { ran };
  const all = Map.groupBy(Object.entries(names), ([name]) => redact(name));
  return { ran, names: Object.fromEntries([...all].map(([name, same]) => [name, same.flatMap(([, outcomes]) => outcomes)])) };
}

/** Cut after redaction: a secret that is cut in two is not recognised. */
function lastPart(text: string): string {
  if (text.length <= KEPT_OUTPUT) return text;
  const from = text.indexOf('\n', text.length - KEPT_OUTPUT) + 1;
  return `[… ${from} characters left out …]\n${text.slice(from)}`;
}
