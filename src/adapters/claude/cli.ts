// Claude through the Claude Code CLI: one process per repair, prompt by stdin, its JSON result judged by `result.ts`.
// Knows nothing of prompts, blocks or change sets: the caller parses the text, and in agentic mode asks git what has changed.

import { tmpdir } from 'node:os';
import { isAbsolute } from 'node:path';
import type { FixMode } from '../../core/model.ts';
import { assertNever } from '../../core/never.ts';
import { type AiOpsError, EXIT, fail } from '../../errors.ts';
import type { Check, Fixer, Processes, ProcessRequest, ProcessResult, Sandbox } from '../../ports.ts';
import { buildArgv, PERMISSION_MODES, REQUIRED_FLAGS, refuseUnsafe, TOOLS } from './argv.ts';
import { claudeEnvironment, claudePlaces } from './environment.ts';
import type { Prices } from './prices.ts';
import { type ClaudeFailure, readResult } from './result.ts';
import { readTries } from './tries.ts';

export interface ClaudeCliOptions {
  readonly processes: Processes;
  /** Program on PATH, or its path. */
  readonly command: string;
  /** `claude.args`: checked against the list of what a user may add. */
  readonly args: readonly string[];
  /** `claude.unsafeArgs`: with one of these the CLI may have more than we offer. */
  readonly unsafeArgs?: readonly string[];
  readonly model?: string;
  readonly timeoutMs: number;
  readonly maxTurns: number;
  readonly maxBudgetUsd: number;
  /** Of a model whose prices the CLI does not know. */
  readonly prices?: Prices;
  /** Our own environment; Claude gets the allowed part of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent where it runs as we do. */
  readonly sandbox?: Sandbox;
  /** Not without one. */
  readonly isSandboxRequired?: boolean;
}

export interface ClaudeCli extends Fixer {
  /** Found, new enough, logged in: for `doctor`. Asks no model. */
  check(signal: AbortSignal): Promise<readonly Check[]>;
}

/** The CLI's own answers about itself come in half a second. */
const ASK_TIMEOUT_MS = 20_000;
/** The CLI refuses more on stdin. */
const MOST_PROMPT_BYTES = 9_000_000;
/** A result holds the whole answer: far below this. */
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The CLI as it was found. */
interface Installed {
  readonly version: string;
  /** It starts in the sandbox. */
  readonly isShut: boolean;
}

/** @throws AiOpsError `claude-args-refused` at once: a wall that is down is no matter of the first repair */
export function createClaudeCli(options: ClaudeCliOptions): ClaudeCli {
  refuseUnsafe(options.args, options.unsafeArgs);
  const { processes, command, timeoutMs, sandbox } = options;
  const env = claudeEnvironment(options.env);
  let installed: Promise<Installed> | undefined;

  const run = (argv: readonly string[], isShut: boolean, more: Pick<ProcessRequest, 'dir' | 'signal' | 'timeoutMs' | 'stdin'>) => {
    const request = { argv: [command, ...argv], env, maxOutputBytes: MOST_OUTPUT_BYTES, ...more };
    return processes.run(isShut && sandbox ? shutIn(sandbox, request) : request).catch((error: AiOpsError) => {
      throw error.code === 'program-not-found' ? fail('claude-not-found', { command }, error) : error;
    });
  };

  const ask =
    (isShut: boolean) =>
    async (argv: readonly string[], signal: AbortSignal): Promise<ProcessResult> => {
      const limit = Math.min(timeoutMs, ASK_TIMEOUT_MS);
      const result = await run(argv, isShut, { dir: tmpdir(), signal, timeoutMs: limit });
      if (result.timedOut) throw fail('claude-timeout', { seconds: limit / 1000 });
      return result;
    };

  /** In the sandbox, where it starts in one: a wrapper of the user's may need what is not there. */
  const find = async (signal: AbortSignal): Promise<Installed> => {
    if (sandbox === undefined) return { version: await detectInstalled(ask(false), signal), isShut: false };
    try {
      return { version: await detectInstalled(ask(true), signal), isShut: true };
    } catch (thrown) {
      const version = await detectInstalled(ask(false), signal);
      if (options.isSandboxRequired) throw fail('claude-not-shut', { command }, thrown);
      return { version, isShut: false };
    }
  };

  /** Asked once; a failure is asked again. */
  const detect = (signal: AbortSignal): Promise<Installed> => {
    installed ??= find(signal).catch((error: unknown) => {
      installed = undefined;
      throw error;
    });
    return installed;
  };

  /**
   * What ends in the sandbox without a word has not asked anybody yet: a wrapper that tells its version may still need what is
   * not there. Then, and from then on, it runs without one, which is said.
   */
  const answer = async (argv: readonly string[], isShut: boolean, more: Parameters<typeof run>[2]) => {
    const ended = await run(argv, isShut, more);
    const isMute = isShut && !ended.timedOut && ended.exitCode !== 0 && ended.stdout.trim() === '';
    if (!isMute) return { isShut, ended };
    if (options.isSandboxRequired) throw fail('claude-not-shut', { command }, new Error(ended.stderr));
    installed = installed?.then(({ version }) => ({ version, isShut: false }));
    return { isShut: false, ended: await run(argv, false, more) };
  };

  const argvFor = (mode: FixMode, maxBudgetUsd = options.maxBudgetUsd): readonly string[] => buildArgv({ ...options, maxBudgetUsd, mode });

  return {
    plan: (mode) => ({ argv: [command, ...argvFor(mode)], environment: Object.keys(env).sort() }),

    async fix({ mode, prompt, dir, budgetUsd, signal }) {
      if (Buffer.byteLength(prompt) > MOST_PROMPT_BYTES) throw fail('claude-failed', { detail: 'the prompt is larger than the CLI takes' });
      const { version, isShut: isStarted } = await detect(signal);
      const argv = argvFor(mode, budgetUsd);
      const { isShut, ended } = await answer(argv, isStarted, { dir, signal, timeoutMs, stdin: prompt });
      const { stopped, breach } = readTries(ended.stdout, { tools: TOOLS[mode], permissionMode: PERMISSION_MODES[mode], dir });
      if (ended.timedOut) throw fail('claude-timeout', { seconds: timeoutMs / 1000 }, { stopped });
      const result = readResult(ended.stdout, ended.stderr, ended.exitCode, options.prices);
      const { costUsd, turns, modelMs } = result.kind === 'success' ? result : (result.spent ?? {});
      const spent = { costUsd, turns, modelMs, stopped };
      if (breach !== undefined && !options.unsafeArgs?.length) throw fail('claude-walls', { version, detail: breach }, spent);
      if (result.kind !== 'success') throw failure(result, options, spent);
      const { text, model } = result;
      const engine = `claude ${version}${model === null ? '' : ` (${model})`}`;
      const cost = { costUsd: result.costUsd, turns: result.turns, modelMs: result.modelMs };
      const shut = { sandbox: isShut && sandbox ? sandbox.kind : ('none' as const) };
      return { summary: text, text, ...cost, engine, ...shut, ...(stopped.length === 0 ? {} : { stopped }) };
    },

    async check(signal) {
      // A version that is too old takes the question for its login for a prompt: it is asked only once it is known.
      const { version, isShut } = await detect(signal);
      const hasSandbox = sandbox !== undefined;
      const how = hasSandbox ? (isShut ? ' in a sandbox' : ' without a sandbox: it does not start in one') : '';
      return [
        { name: 'claude', status: isShut === hasSandbox ? 'ok' : 'warning', detail: `${command} ${version}${how}` },
        login(await ask(isShut)(['auth', 'status'], signal)),
      ];
    },
  };
}

/** With the network, its login and the place it works in; a shared temporary directory is one of its own there. */
function shutIn(sandbox: Sandbox, request: ProcessRequest): ProcessRequest {
  const { writable, ...places } = claudePlaces(request.env);
  const own = request.dir === tmpdir() ? [] : [request.dir];
  const programs = isAbsolute(request.argv[0] ?? '') ? [request.argv[0] ?? ''] : [];
  return sandbox.enclose(request, { network: true, writable: [...writable, ...own], programs, ...places });
}

/** @returns its version. @throws AiOpsError `claude-unsupported` where a wall's flag is missing */
async function detectInstalled(
  ask: (argv: readonly string[], signal: AbortSignal) => Promise<ProcessResult>,
  signal: AbortSignal,
): Promise<string> {
  const [asked, { stdout: help }] = await Promise.all([ask(['--version'], signal), ask(['--help'], signal)]);
  const printed = asked.stdout.trim();
  const version = /^(\d+\.\d+\.\d+\S*)(?: |$)/.exec(printed)?.[1];
  if (version === undefined) throw fail('claude-garbage', { detail: `no version but ${JSON.stringify(printed.slice(0, 80))}` });
  const missing = REQUIRED_FLAGS.find((flag) => !hasFlag(help, flag));
  if (missing !== undefined) throw fail('claude-unsupported', { version, flag: missing });
  return version;
}

const hasFlag = (help: string, flag: string): boolean => new RegExp(`(?:^|[\\s,])${flag}(?=[\\s,=]|$)`, 'm').test(help);

function failure({ kind, detail }: ClaudeFailure, { maxTurns, maxBudgetUsd }: ClaudeCliOptions, spent: object): AiOpsError {
  switch (kind) {
    case 'auth':
      return fail('claude-auth', { detail }, spent);
    case 'limit':
      return fail('claude-rate-limit', { detail }, spent);
    case 'budget':
      return fail('claude-budget', { limit: maxBudgetUsd }, spent);
    case 'turns':
      return fail('claude-turns', { limit: maxTurns }, spent);
    case 'unreachable':
      return fail('claude-unreachable', { detail }, spent);
    case 'model':
      return fail('claude-model', { detail }, spent);
    case 'garbage':
      return fail('claude-garbage', { detail }, spent);
    case 'failed':
      return fail('claude-failed', { detail }, spent);
    default:
      return assertNever(kind);
  }
}

/** `claude auth status` prints JSON with `loggedIn` and `authMethod`; older versions know no such command. */
function login(result: ProcessResult): Check {
  const loggedIn = /"loggedIn":\s*(true|false)/.exec(result.stdout)?.[1];
  const method = /"authMethod":\s*"(\w+)"/.exec(result.stdout)?.[1] ?? 'unknown';
  if (loggedIn === 'true') return { name: 'claude login', status: 'ok', detail: `logged in (${method})` };
  if (loggedIn === undefined)
    return { name: 'claude login', status: 'warning', detail: 'the CLI does not say', hint: 'run `claude` once to see' };
  return {
    name: 'claude login',
    status: 'failed',
    exitCode: EXIT.auth,
    detail: 'not logged in',
    hint: 'run `claude` once and log in, or set ANTHROPIC_API_KEY',
  };
}
