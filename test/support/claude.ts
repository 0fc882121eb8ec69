// The real Claude Code CLI, pointed at a scripted Messages API, with a HOME of its own.
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claudeProgram } from './claude-program.ts';

/** As in `lane.ts`, which is for tests alone: benchmarks start worlds too. */
const IS_SLOW_LANE = process.env.AIOPS_SLOW === '1';
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * `claude` in `dir`: writes down in `starts` how it was started, then becomes the real CLI. What that says of itself
 * (version, flags, login by key) takes it a second each time and never changes: it is asked once after each installation.
 * @param isShort an answer without tools comes from `short-claude.js`; in the slow lane from the real CLI too
 * @returns the program
 */
export function plantRecordedClaude(dir: string, starts: string, isShort = false): string {
  const real = claudeProgram();
  const said = join(ROOT, 'node_modules', '.cache', `ai-ops-claude-${Math.round(statSync(real).mtimeMs)}`);
  for (const each of [dir, starts, said]) mkdirSync(each, { recursive: true });
  // `exec` keeps the process id.
  const script = `#!/bin/sh
printf '%s\\n' "$@" > '${starts}'/$$.argv; env > '${starts}'/$$.env
case $1 in --version | --help | auth)
  if [ ! -e '${said}'/$1 ]; then '${real}' "$@" > '${said}'/$$ || exit; mv '${said}'/$$ '${said}'/$1; fi
  exec cat '${said}'/$1
esac
${isShort && !IS_SLOW_LANE ? shortOf : ''}exec '${real}' "$@"
`;
  const file = join(dir, 'claude');
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

/** No tools: the value behind `--tools` is empty. */
const shortOf = `for each in "$@"; do
  [ "$before" = --tools ] && [ -z "$each" ] && exec '${process.execPath}' '${join(ROOT, 'test', 'support', 'short-claude.js')}' "$@"
  before=$each
done
`;

export interface ClaudeHome {
  readonly home: string;
  /** Environment for the CLI, and for an ai-ops that starts it. Holds nothing of the machine but PATH. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** @param url of the scripted Messages API */
export function claudeHome(url: string): ClaudeHome {
  const home = mkdtempSync(join(tmpdir(), 'ai-ops-claude-home-'));
  return {
    home,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-ant-test-key',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_MAX_RETRIES: '1',
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
