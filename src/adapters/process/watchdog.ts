// Ends what we have started when we cannot do it ourselves: after `kill -9` of ai-ops, or a crash of it.
// One `sh` beside us reads from a pipe that only we can write to. When we are gone, however that came, the pipe closes,
// and it kills the groups that were alive. See doc/adr/0006-no-orphans.md. Not on Windows.
import { type ChildProcess, spawn } from 'node:child_process';

export interface Watchdog {
  /** Before a program is started: what is slow has happened then, and what is left is one line to be written. */
  ready(): void;
  /** From now on this process group ends with us. */
  guard(group: number): void;
  /** The group has ended. */
  release(group: number): void;
}

/**
 * Lines `+ GROUP` and `- GROUP`; at their end, everything that was not released is killed. POSIX sh, builtins only.
 * Shells differ in how they read a negative number: dash knows `--` after `-s KILL` only.
 */
const SCRIPT = `
alive=
while read -r sign group; do
  left=
  for each in $alive; do [ "$each" = "$group" ] || left="$left $each"; done
  alive=$left
  [ "$sign" = + ] && alive="$alive $group"
done
for each in $alive; do kill -s KILL -- "-$each" || kill -9 "-$each"; done 2>/dev/null
`;

/** Starts nothing before there is something to start. */
export function createWatchdog(): Watchdog {
  if (process.platform === 'win32') return { ready: () => undefined, guard: () => undefined, release: () => undefined };
  let shell: ChildProcess | undefined;
  const tell = (line: string): void => void shell?.stdin?.write(line);
  return {
    ready() {
      shell ??= startShell();
    },
    guard: (group) => tell(`+ ${group}\n`),
    release: (group) => tell(`- ${group}\n`),
  };
}

/** In a session of its own, so that Ctrl-C does not reach it; with nothing of our environment; it does not keep us running. */
function startShell(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { cwd: '/', env: {}, detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Without it everything works as before, but for what a kill of ai-ops would leave behind.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  // A pipe is a socket to Node, whatever its type says.
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  return shell;
}
