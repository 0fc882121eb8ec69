// A real child process that a test starts, watches and ends by its id.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Program {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Exit code; `null` when a signal ended it. Settles when its output is complete. */
  readonly exit: Promise<number | null>;
  /** Sends the signal, and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Nothing of this process's environment gets in. */
export function startProgram(
  [file = '', ...argv]: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Program {
  const child: ChildProcess = spawn(file, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    exit,
    end: (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return exit;
    },
  };
}

/** A zombie counts as gone: it runs nothing. Linux. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Looks again and again until `look` gives something. Rejects after `limitMs` with what `tell` says. */
export async function eventually<T>(look: () => T | undefined, tell: () => string, limitMs = 90_000): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${tell()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
