// One place of a stress check: a temporary directory with a copy of the built program (a build meanwhile changes nothing),
// a watcher with a ledger of its own, and the writers. Everything started here is ended by its id.
import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Order, Report, Request } from './writer.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

export type Program = 'build' | 'source';

/** The fields of the program's JSON lines that the checks look at. */
export interface Printed {
  readonly kind: string;
  readonly id?: string;
  readonly fingerprint?: string;
  readonly message?: string | null;
  readonly text?: string;
  readonly count?: number;
  readonly sample?: string;
  readonly [field: string]: unknown;
}

export interface Watcher {
  readonly child: ChildProcess;
  readonly printed: readonly Printed[];
  stderr(): string;
  /** Highest resident memory in MB and processor seconds so far; `undefined` once it has ended. */
  usage(): { readonly peakMb: number; readonly cpuSeconds: number } | undefined;
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface Writer {
  readonly child: ChildProcess;
  /** When each marker was written, by its words. */
  readonly markers: ReadonlyMap<string, number>;
  readonly written: Promise<Extract<Report, { kind: 'written' }>>;
  rotations(): number;
  rotate(): void;
  /** Ends it before its time. */
  stop(): void;
}

export interface Place {
  readonly directory: string;
  readonly log: string;
  path(...names: readonly string[]): string;
  /** @param input a named pipe for its standard input @param more of its environment */
  watch(args: readonly string[], input?: string, more?: Readonly<Record<string, string>>): Watcher;
  write(order: Order): Writer;
  /** Runs the program to its end. */
  program(args: readonly string[]): Promise<readonly Printed[]>;
  incidents(): Promise<readonly Printed[]>;
  /** Ends what runs still. @param keep leaves the directory for a look, with what the watchers printed */
  close(keep: boolean): Promise<void>;
}

export function createPlace(name: string, from: Program): Place {
  const directory = mkdtempSync(join(tmpdir(), `ai-ops-stress-${name}-`));
  const main = from === 'source' ? join(root, 'src', 'main.ts') : join(directory, 'program', 'main.js');
  if (from === 'build') cpSync(join(root, 'dist'), join(directory, 'program'), { recursive: true });
  mkdirSync(join(directory, 'logs'));
  const env = { HOME: directory, PATH: process.env.PATH ?? '' };
  const state = ['--state-dir', join(directory, 'state')];
  const children: ChildProcess[] = [];
  const watchers: Watcher[] = [];

  const program = async (args: readonly string[]): Promise<readonly Printed[]> => {
    const { stdout } = await run(process.execPath, [main, ...args], { cwd: directory, env, maxBuffer: 2 ** 30 });
    return stdout.split('\n').filter(Boolean).map(parse);
  };

  return {
    directory,
    log: join(directory, 'logs', 'app.log'),
    path: (...names) => join(directory, ...names),
    watch: (args, input, more = {}) => {
      const command = [process.execPath, main, 'watch', '--dry-run', '--json', ...state, ...args];
      // The shell opens the pipe, which waits for the writer, and becomes the watcher.
      const [file = '', ...argv] = input === undefined ? command : ['/bin/sh', '-c', 'exec "$@" < "$0"', input, ...command];
      const child = spawn(file, argv, { cwd: directory, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
      children.push(child);
      watchers.push(watcherOf(child));
      return watchers.at(-1)!;
    },
    write: (order) => {
      const child = fork(join(import.meta.dirname, 'writer.ts'), { cwd: directory, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      children.push(child);
      return writerOf(child, order);
    },
    program,
    incidents: () => program(['incidents', '--json', ...state]),
    close: async (keep) => {
      for (const child of children) await ended(child, 'SIGKILL');
      for (const [at, { printed, stderr }] of keep ? watchers.entries() : []) {
        writeFileSync(join(directory, `watcher-${at + 1}.jsonl`), `${printed.map((one) => JSON.stringify(one)).join('\n')}\n`);
        writeFileSync(join(directory, `watcher-${at + 1}.stderr`), stderr());
      }
      if (!keep) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Looks again and again until `look` gives something; `undefined` when it never does. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>, limitMs: number, pauseMs = 20): Promise<T | undefined> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() > end) return found;
    await sleep(pauseMs);
  }
}

function watcherOf(child: ChildProcess): Watcher {
  const printed: Printed[] = [];
  let stderr = '';
  createInterface({ input: child.stdout! }).on('line', (line) => void printed.push({ ...parse(line), seenAt: Date.now() }));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return { child, printed, stderr: () => stderr, usage: () => usageOf(child.pid ?? 0), end: (signal) => ended(child, signal) };
}

function writerOf(child: ChildProcess, order: Order): Writer {
  const markers = new Map<string, number>();
  let rotations = 0;
  const send = (request: Request): void => void child.send(request);
  send({ kind: 'order', order });
  const written = new Promise<Extract<Report, { kind: 'written' }>>((resolve, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`the writer ended with ${signal ?? code}`)));
    child.on('message', (report: Report) => {
      if (report.kind === 'marker') markers.set(report.name, report.at);
      if (report.kind === 'rotated') rotations = report.rotations;
      if (report.kind !== 'written') return;
      resolve(report);
      child.disconnect();
    });
  });
  written.catch(() => undefined);
  return {
    child,
    markers,
    written,
    rotations: () => rotations,
    rotate: () => send({ kind: 'rotate' }),
    stop: () => send({ kind: 'stop' }),
  };
}

/** proc(5): `VmHWM` in kB; fields 14 and 15 of `stat` are processor time in clock ticks of 10 ms. */
function usageOf(pid: number): { peakMb: number; cpuSeconds: number } | undefined {
  if (!existsSync(`/proc/${pid}/status`)) return undefined;
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { peakMb: Number(peak ?? 0) / 1024, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100 };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await over;
}

function parse(line: string): Printed {
  return JSON.parse(line) as Printed;
}
