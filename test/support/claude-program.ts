// The real Claude Code CLI for the tests: 245 MB that nothing else of the project needs, so it is no dependency of it.
// `test/claude-cli` pins it; it is fetched once, before the first tests that are run.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PINNED = join(ROOT, 'test/claude-cli');
const CACHE = join(ROOT, 'node_modules/.cache');

/** The native binary for this machine: its launcher would do too, but needs a Node on PATH. */
export function claudeProgram(): string {
  const { dependencies } = JSON.parse(readFileSync(join(PINNED, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const version = dependencies['@anthropic-ai/claude-code'];
  const musl = existsSync('/lib/ld-musl-x86_64.so.1') || existsSync('/lib/ld-musl-aarch64.so.1') ? '-musl' : '';
  const name = `claude-code-${process.platform}-${process.arch}${process.platform === 'linux' ? musl : ''}`;
  const directory = join(CACHE, `claude-cli-${version}`);
  const file = join(directory, 'node_modules/@anthropic-ai', name, process.platform === 'win32' ? 'claude.exe' : 'claude');
  if (!existsSync(file)) fetchInto(directory);
  if (!existsSync(file)) throw new Error(`the Claude Code CLI for the tests is not at ${file}, and npm could not fetch it`);
  return file;
}

/** By a rename, so that of two who fetch it each finds it whole. */
function fetchInto(directory: string): void {
  process.stderr.write('fetching the Claude Code CLI for the tests, once\n');
  mkdirSync(CACHE, { recursive: true });
  const place = mkdtempSync(join(CACHE, 'fetching-'));
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(PINNED, name), join(place, name));
  // No install script: all that Claude's does is to put the same program in another place.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', args, { cwd: place, encoding: 'utf8', shell: process.platform === 'win32', env: plain() });
  if (status !== 0) process.stderr.write(`npm ci for the Claude Code CLI ended with ${status}\n${stderr}`);
  else {
    rmSync(directory, { recursive: true, force: true });
    try {
      renameSync(place, directory);
    } catch (error) {
      if (!existsSync(directory)) throw error;
    }
  }
  rmSync(place, { recursive: true, force: true });
}

/** Under `npm run`, npm's own settings of the outer package stand in the environment. */
function plain(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?:package|lifecycle|config_(?:local_prefix|prefix))/.test(name)),
  );
}
