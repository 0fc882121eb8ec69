// Runs the program once on something hostile and says what must never be: our own bug, a signal, silence about a failure, a line
// on standard output that is no JSON, more than a few seconds.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** Processor time of it and its children. */
  readonly cpuMs: number;
}

export interface Call {
  readonly main: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Buffer;
  /** Ended after so long. */
  readonly killMs?: number;
}

const KILL_MS = 120_000;

/** The shell says on descriptor 3 what its child has taken (POSIX `times`): a loaded machine changes nothing about that. */
const TIMED = '"$0" "$@"; code=$?; times >&3; exit $code';

export async function runOn({ main, args, cwd, env = {}, input, killMs = KILL_MS }: Call): Promise<Ran> {
  const began = performance.now();
  const child: ChildProcess = spawn('/bin/sh', ['-c', TIMED, process.execPath, main, ...args], {
    cwd,
    env: { HOME: cwd, PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that its end is the end of all.
    detached: true,
  });
  const [stdout, stderr, times]: [Buffer[], Buffer[], Buffer[]] = [[], [], []];
  child.stdout!.on('data', (bytes: Buffer) => void stdout.push(bytes));
  child.stderr!.on('data', (bytes: Buffer) => void stderr.push(bytes));
  child.stdio[3]!.on('data', (bytes: Buffer) => void times.push(bytes));
  child.stdin!.on('error', () => undefined);
  child.stdin!.end(input);
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), killMs);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  const text = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString();
  return { code, signal, stdout: text(stdout), stderr: text(stderr), ms: performance.now() - began, cpuMs: cpuOf(text(times)) };
}

/** Second line: user and system time of the children. @example '0m0.00s 0m0.00s\n0m0.45s 0m0.10s' */
function cpuOf(times: string): number {
  const parts = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0);
}

/** Exit codes of the contract but our own bug. */
const KNOWN = new Set([0, 1, 2, 3, 4, 5, 6, 7]);

/** @param limitMs of processor time */
export function problemsOf({ code, signal, stdout, stderr, ms, cpuMs }: Ran, limitMs: number): readonly string[] {
  const problems: string[] = [];
  if (signal !== null) problems.push(`ended by ${signal} after ${Math.round(ms)} ms`);
  else if (code === null || !KNOWN.has(code)) problems.push(`exit ${code}: ${stderr.slice(-300)}`);
  else if (code !== 0 && stderr.trim() === '') problems.push(`exit ${code} without a word`);
  else if (cpuMs > limitMs) problems.push(`took ${Math.round(cpuMs)} ms of processor time`);
  const broken = stdout.split('\n').find((line) => line !== '' && !isJson(line));
  if (broken !== undefined) problems.push(`no JSON: ${broken.slice(0, 200)}`);
  return problems;
}

/** The objects of standard output, once it is known to be made of them. */
export function jsonLines({ stdout }: Ran): readonly Record<string, unknown>[] {
  const lines = stdout.split('\n').filter((line) => line !== '' && isJson(line));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
