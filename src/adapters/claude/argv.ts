// The command line of the Claude Code CLI: its walls first, what the user may add, and what is refused.
// The prompt is never part of it: it goes through stdin. Measured on 2.1.197; the tests run the real CLI.
import type { FixMode } from '../../core/model.ts';
import { fail } from '../../errors.ts';

export interface ArgvOptions {
  readonly mode: FixMode;
  readonly args: readonly string[];
  /** `claude.unsafeArgs`: names of flags that `args` may hold although a wall goes down with them. */
  readonly unsafeArgs?: readonly string[];
  readonly model?: string;
  readonly maxTurns: number;
  readonly maxBudgetUsd: number;
}

/** Flags without which the CLI would not stay within its walls, or leave the prompt on the disk: an older one is refused. */
export const REQUIRED_FLAGS = [
  '--print',
  '--output-format',
  '--verbose',
  '--tools',
  '--permission-mode',
  '--safe-mode',
  '--setting-sources',
  '--strict-mcp-config',
  '--settings',
  '--max-budget-usd',
  '--no-session-persistence',
] as const;

/** The tools that exist for Claude in each mode. */
export const TOOLS: Readonly<Record<FixMode, readonly string[]>> = {
  code_blocks: [],
  agentic: ['Read', 'Glob', 'Grep', 'Edit', 'Write'],
};

export const PERMISSION_MODES: Readonly<Record<FixMode, string>> = { code_blocks: 'default', agentic: 'acceptEdits' };

/**
 * Files that no repair needs. The CLI itself refuses everything outside its working directory, links followed;
 * these rules are the second wall, and the only one for a `.env` within.
 */
const DENIED = [
  '//proc/**',
  '//sys/**',
  '//etc/**',
  '~/.ssh/**',
  '~/.gnupg/**',
  '~/.aws/**',
  '~/.azure/**',
  '~/.kube/**',
  '~/.docker/**',
  '~/.claude/**',
  '~/.claude.json',
  '~/.config/gh/**',
  '~/.config/glab-cli/**',
  '~/.config/gcloud/**',
  '~/.netrc',
  '~/.npmrc',
  '~/.git-credentials',
  '**/.env',
  '**/.env.*',
  '**/.git/**',
];

const SETTINGS = JSON.stringify({
  permissions: {
    deny: [...DENIED.map((path) => `Read(${path})`), 'Bash', 'WebFetch', 'WebSearch', 'Task'],
    disableBypassPermissionsMode: 'disable',
  },
});

/**
 * What a user may add, with the number of values. All else is refused: a new version brings new doors,
 * and a list of the dangerous ones would be out of date on that day.
 */
const ALLOWED: ReadonlyMap<string, number> = new Map([
  ['--model', 1],
  ['--fallback-model', 1],
  ['--effort', 1],
  ['--append-system-prompt', 1],
  ['--exclude-dynamic-system-prompt-sections', 0],
  ['--disable-slash-commands', 0],
]);

/**
 * The arguments after the command itself. Our own come last: of a flag given twice the last counts.
 * `--safe-mode` keeps the checkout's and the user's CLAUDE.md, memory, skills, hooks and MCP servers out and works with every login.
 * `--bare` does not: it knows API keys only, and takes Glob, Grep and Write away.
 * @throws AiOpsError `claude-args-refused`
 */
export function buildArgv({ mode, args, unsafeArgs = [], model, maxTurns, maxBudgetUsd }: ArgvOptions): readonly string[] {
  refuseUnsafe(args, unsafeArgs);
  const walls = [
    ['--safe-mode'],
    ['--setting-sources', ''],
    ['--strict-mcp-config'],
    ['--settings', SETTINGS],
    ['--permission-mode', PERMISSION_MODES[mode]],
    ['--tools', TOOLS[mode].join(',')],
  ];
  const given = new Set(args.map((arg) => splitOnce(arg, '=')[0]));
  return [
    '--print',
    ...args,
    ...(model === undefined ? [] : ['--model', model]),
    // One line for each message, and the result as the last: what was tried and stopped stands in no other place.
    ...['--output-format', 'stream-json', '--verbose'],
    '--no-session-persistence',
    // Not in `--help`, accepted by every version that has print mode.
    ...['--max-turns', String(maxTurns)],
    ...['--max-budget-usd', String(maxBudgetUsd)],
    // A wall whose flag was given is the user's: they have named it in `claude.unsafeArgs`.
    ...walls.flatMap(([flag = '', ...values]) => (given.has(flag) ? [] : [flag, ...values])),
  ];
}

/**
 * @param unsafe names of further flags, which the user has named one by one
 * @throws AiOpsError `claude-args-refused` for anything that is neither on the list of what a user may add nor named
 */
export function refuseUnsafe(args: readonly string[], unsafe: readonly string[] = []): void {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as string;
    const [flag = '', inline] = splitOnce(arg, '=');
    if (unsafe.includes(flag)) {
      while (args[at + 1] !== undefined && !args[at + 1]?.startsWith('-')) at += 1;
      continue;
    }
    const values = ALLOWED.get(flag);
    if (values === undefined || (values === 0 && inline !== undefined)) throw refused(flag);
    if (values === 0 || inline !== undefined) continue;
    at += 1;
    const value = args[at];
    // A value like a flag may be read as one.
    if (value === undefined || value.startsWith('-')) throw refused(value ?? flag);
  }
}

function refused(arg: string) {
  return fail('claude-args-refused', {
    arg: arg.startsWith('-') ? arg : JSON.stringify(arg.slice(0, 40)),
    allowed: [...ALLOWED.keys()].join(', '),
  });
}

function splitOnce(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
