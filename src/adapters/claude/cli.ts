// Claude through the Claude Code CLI: one process per repair, prompt by stdin, its JSON result judged by `result.ts`.
// Knows nothing of prompts, blocks or change sets: the caller parses the text, and in agentic mode asks git what has changed.
import { tmpdir } from 'node:os';
import type { FixMode } from '../../core/model.ts';
import { assertNever } from '../../core/never.ts';
import { type AiOpsError, EXIT, fail } from '../../errors.ts';
import type { Check, Fixer, Processes, ProcessResult } from '../../ports.ts';
import { buildArgv, PERMISSION_MODES, REQUIRED_FLAGS, refuseUnsafe, TOOLS } from './argv.ts';
import { claudeEnvironment } from './environment.ts';
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
  /** Our own environment; Claude gets the allowed part of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
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

/** @throws AiOpsError `claude-args-refused` at once: a wall that is down is no matter of the first repair */
export function createClaudeCli(options: ClaudeCliOptions): ClaudeCli {
  refuseUnsafe(options.args, options.unsafeArgs);
  const { processes, command, timeoutMs } = options;
  const env = claudeEnvironment(options.env);
  let installed: Promise<string> | undefined;

  const run = (
    argv: readonly string[],
    more: { dir: string; signal: AbortSignal; timeoutMs: number; stdin?: string },
  ): Promise<ProcessResult> =>
    processes.run({ argv: [command, ...argv], env, maxOutputBytes: MOST_OUTPUT_BYTES, ...more }).catch((error: AiOpsError) => {
      throw error.code === 'program-not-found' ? fail('claude-not-found', { command }, error) : error;
    });

  const ask = async (argv: readonly string[], signal: AbortSignal): Promise<ProcessResult> => {
    const limit = Math.min(timeoutMs, ASK_TIMEOUT_MS);
    const result = await run(argv, { dir: tmpdir(), signal, timeoutMs: limit });
    if (result.timedOut) throw fail('claude-timeout', { seconds: limit / 1000 });
    return result;
  };

  /** Asked once; a failure is asked again. */
  const detect = (signal: AbortSignal): Promise<string> => {
    installed ??= detectInstalled(ask, signal).catch((error: unknown) => {
      installed = undefined;
      throw error;
    });
    return installed;
  };

  const argvFor = (mode: FixMode, maxBudgetUsd = options.maxBudgetUsd): readonly string[] => buildArgv({ ...options, maxBudgetUsd, mode });

  return {
    plan: (mode) => ({ argv: [command, ...argvFor(mode)], environment: Object.keys(env).sort() }),

    async fix({ mode, prompt, dir, budgetUsd, signal }) {
      if (Buffer.byteLength(prompt) > MOST_PROMPT_BYTES) throw fail('claude-failed', { detail: 'the prompt is larger than the CLI takes' });
      const version = await detect(signal);
      const argv = argvFor(mode, budgetUsd);
      const ended = await run(argv, { dir, signal, timeoutMs, stdin: prompt });
      const { stopped, breach } = readTries(ended.stdout, { tools: TOOLS[mode], permissionMode: PERMISSION_MODES[mode], dir });
      if (ended.timedOut) throw fail('claude-timeout', { seconds: timeoutMs / 1000 }, { stopped });
      const result = readResult(ended.stdout, ended.stderr, ended.exitCode);
      const { costUsd, turns, modelMs } = result.kind === 'success' ? result : (result.spent ?? {});
      const spent = { costUsd, turns, modelMs, stopped };
      if (breach !== undefined && !options.unsafeArgs?.length) throw fail('claude-walls', { version, detail: breach }, spent);
      if (result.kind !== 'success') throw failure(result, options, spent);
      const { text, model } = result;
      const engine = `claude ${version}${model === null ? '' : ` (${model})`}`;
      const cost = { costUsd: result.costUsd, turns: result.turns, modelMs: result.modelMs };
      return { summary: text, text, ...cost, engine, ...(stopped.length === 0 ? {} : { stopped }) };
    },

    async check(signal) {
      const version = await detect(signal);
      return [{ name: 'claude', status: 'ok', detail: `${command} ${version}` }, login(await ask(['auth', 'status'], signal))];
    },
  };
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
