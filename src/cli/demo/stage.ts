// Sets the stage of the demo in a temporary directory of its own: the example service as a git repository, a `node`
// for it, and the log of a real run in which it really fails. Takes nothing from the user's environment but TMPDIR and PATH.

import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { logNames } from '../../config/schema.ts';
import { type DemoFile, demoFiles, nodeCommand } from '../../embedded.ts';
import { asAiOpsError, fail } from '../../errors.ts';
import type { Processes } from '../../ports.ts';
import { createDemoRepository, makeTemporary, openProcesses, type Recorded } from '../../wiring/demo.ts';
import type { CommandContext } from '../command-line/context.ts';

export interface Stage {
  /** Everything the demo writes is below it, unless `--state-dir` names another place for the state. */
  readonly dir: string;
  /** The example service: a checkout like any user's. */
  readonly service: string;
  readonly log: string;
  readonly mailDir: string;
  /** The whole environment of the service and its tests. */
  readonly env: Readonly<Record<string, string>>;
  readonly answers: readonly Recorded[];
  /** Defaults and the service's own configuration; nothing of the user's. */
  readonly loaded: LoadedConfig;
}

/** Tells what was done: a word, how long it took, what came of it. */
export type Tell = (name: 'unpack' | 'run', since: number, text: string) => void;

const SERVICE = 'orders-service';
const ANSWERS = 'orders-service-answers';
const SERVICE_TIMEOUT_MS = 30_000;

/** @throws AiOpsError `file-unwritable` */
export async function setStage(context: Pick<CommandContext, 'cwd' | 'env' | 'flags' | 'signal' | 'output'>, tell: Tell): Promise<Stage> {
  const all = demoFiles();
  const began = performance.now();
  const dir = await temporaryDirectory();
  const service = path.join(dir, SERVICE);
  const commit = await createDemoRepository(service, below(all, SERVICE));
  const { say } = context.output;
  const unpacked = { count: below(all, SERVICE).length, commit: commit.slice(0, 12), dir: service };
  tell('unpack', began, say('{count} files of the example service, committed as {commit}, in {dir}', unpacked));

  const env = await environment(dir, context.env.PATH);
  const [loaded, processes] = await Promise.all([configuration(dir, service, context), openProcesses()]);
  const log = path.join(service, logNames(loaded.config)[0] ?? 'app.log');
  const ran = performance.now();
  const said = await failForReal(processes, service, log, env, context.signal);
  tell('run', ran, say('the service ran ({said}) and logged to {log}', { said, log }));
  return { dir, service, log, mailDir: path.join(dir, 'mail'), env, answers: recordings(below(all, ANSWERS)), loaded };
}

const temporaryDirectory = async (): Promise<string> => realpath(await makeTemporary('ai-ops-demo-'));

function below(files: readonly DemoFile[], part: string): readonly DemoFile[] {
  return files.filter((file) => file.path.startsWith(`${part}/`)).map((file) => ({ ...file, path: file.path.slice(part.length + 1) }));
}

/** The service's tests are `node --test`: a `node` of our own stands first on the path, so that the machine needs none. */
async function environment(dir: string, searchPath: string | undefined): Promise<Readonly<Record<string, string>>> {
  const bin = path.join(dir, 'bin');
  const home = path.join(dir, 'home');
  await mkdir(bin);
  await mkdir(home);
  const words = nodeCommand().map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await writeFile(path.join(bin, 'node'), `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
  return { PATH: [bin, searchPath ?? '/usr/local/bin:/usr/bin:/bin'].join(path.delimiter), HOME: home };
}

/** The service's `.aiopsrc.json` over the defaults; the home is the demo's own, where nothing is configured. */
async function configuration(
  dir: string,
  service: string,
  { cwd, flags, output: { language } }: Pick<CommandContext, 'cwd' | 'flags' | 'output'>,
): Promise<LoadedConfig> {
  const set = (value: unknown) => ({ flag: 'demo', value });
  const state = flags.stateDir === undefined ? path.join(dir, 'state') : path.resolve(cwd, flags.stateDir);
  return loadConfig({
    cwd: service,
    env: { HOME: path.join(dir, 'home'), AIOPS_LANGUAGE: language },
    flags: { 'repo.path': set(service), 'codeHost.kind': set('local'), 'state.dir': set(state) },
    configFile: '.aiopsrc.json',
  });
}

/** @returns what the service itself says of its run */
async function failForReal(processes: Processes, dir: string, log: string, env: Stage['env'], signal: AbortSignal): Promise<string> {
  const argv = [...nodeCommand(), 'src/main.js', '--log', log, '--requests', 'demo'];
  const { exitCode, stdout, stderr } = await processes.run({ argv, dir, env, timeoutMs: SERVICE_TIMEOUT_MS, signal });
  if (exitCode !== 0) throw fail('bug', { detail: `the example service ended with ${exitCode}: ${stderr.trim()}` });
  return stdout.trim();
}

function recordings(files: readonly DemoFile[]): readonly Recorded[] {
  const textOf = (name: string): string => files.find((file) => file.path === name)?.text ?? '';
  try {
    const table = JSON.parse(textOf('answers.json')) as readonly { readonly answer: string; readonly file: string }[];
    return table.map(({ answer, file }) => ({ file, text: textOf(answer) }));
  } catch (error) {
    throw fail('bug', { detail: `the recorded answers cannot be read: ${asAiOpsError(error).message}` }, error);
  }
}
