// Runs programs: argv in, result out. The only file that knows execa.
// Each program leads a process group of its own, and nothing of that group outlives the call: on timeout or abort
// the whole group gets SIGTERM, then SIGKILL; when the program itself has ended, what is left of its group is killed.
// A grandchild that moved to another session keeps running, but cannot hold the call open.
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { fail } from '../../errors.ts';
import { unwritable } from '../../platform/temporary.ts';
import type { Processes, ProcessRequest, ProcessResult } from '../../ports.ts';
import { createCapture } from './capture.ts';
import { createGroups, type Groups } from './groups.ts';
import { watchMemory } from './memory.ts';

export interface ProcessesOptions {
  /** Time between SIGTERM and SIGKILL. */
  readonly graceMs?: number;
  /** How long output may still arrive after the program has ended. */
  readonly lingerMs?: number;
}

const DEFAULT_OUTPUT_BYTES = 4 * 1024 * 1024;

export function createProcesses(options: ProcessesOptions = {}): Processes {
  const { graceMs = 3000, lingerMs = 250 } = options;
  const groups = createGroups();
  return {
    async run(request) {
      if (request.signal?.aborted) throw fail('interrupted');
      if (request.dir === tmpdir() && !existsSync(request.dir)) throw unwritable('ENOENT');
      if (!existsSync(request.dir)) throw fail('bug', { detail: `no directory ${request.dir} to run a program in` });
      return supervise(request, groups, graceMs, lingerMs);
    },
  };
}

async function supervise(request: ProcessRequest, groups: Groups, graceMs: number, lingerMs: number): Promise<ProcessResult> {
  const [program = '', ...rest] = request.argv;
  const begun = performance.now();
  groups.ready();
  const child = execa(program, rest, {
    cwd: request.dir,
    env: request.env,
    extendEnv: false,
    detached: true,
    // Never inherited and always closed: a program that asks a question gets end-of-file.
    input: request.stdin ?? '',
    buffer: false,
    reject: false,
    cleanup: false,
    windowsHide: true,
  });
  const maxBytes = request.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES;
  const stdout = createCapture(maxBytes);
  const stderr = createCapture(maxBytes);
  child.stdout.on('data', (bytes: Buffer) => stdout.write(bytes));
  child.stderr.on('data', (bytes: Buffer) => stderr.write(bytes));
  if (child.pid !== undefined) groups.add(child.pid);

  const ending = endEarly(child.pid, groups, request, graceMs);
  let linger: NodeJS.Timeout | undefined;
  child.nodeChildProcess.once('exit', () => {
    ending.over();
    if (child.pid !== undefined) groups.remove(child.pid);
    // Only a process outside the group can still hold the pipes.
    linger = setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, lingerMs);
  });
  const result = await child;
  clearTimeout(linger);
  ending.over();

  if (child.pid === undefined) throw spawnFailure(program, result.code, result.cause);
  if (ending.reason() === 'abort') throw fail('interrupted');
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    timedOut: ending.reason() === 'timeout',
    ...(ending.reason() === 'memory' ? { overMemory: true as const } : {}),
    stdout: stdout.text(),
    stderr: stderr.text(),
    durationMs: Math.round(performance.now() - begun),
  };
}

type Reason = 'timeout' | 'abort' | 'memory';

/** Ends the group on timeout, on abort or when it holds too much memory, until `over` is called. */
function endEarly(pid: number | undefined, groups: Groups, request: ProcessRequest, graceMs: number) {
  let reason: Reason | undefined;
  let force: NodeJS.Timeout | undefined;
  const end = (why: Reason): void => {
    if (reason !== undefined || pid === undefined) return;
    reason = why;
    // Nothing that eats memory is waited for.
    groups.signal(pid, why === 'memory' ? 'SIGKILL' : 'SIGTERM');
    force = setTimeout(() => groups.signal(pid, 'SIGKILL'), graceMs);
  };
  const abort = (): void => end('abort');
  const timer = setTimeout(() => end('timeout'), request.timeoutMs);
  request.signal?.addEventListener('abort', abort, { once: true });
  const { maxMemoryBytes } = request;
  const unwatch = pid === undefined || maxMemoryBytes === undefined ? undefined : watchMemory(pid, maxMemoryBytes, () => end('memory'));
  return {
    reason: () => reason,
    over() {
      clearTimeout(timer);
      clearTimeout(force);
      unwatch?.();
      request.signal?.removeEventListener('abort', abort);
    },
  };
}

function spawnFailure(program: string, code: string | undefined, cause: unknown) {
  if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOEXEC') return fail('program-not-found', { program }, cause);
  return fail('bug', { detail: `could not start ${program}: ${code ?? 'unknown reason'}` }, cause);
}
