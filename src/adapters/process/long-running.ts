// Runs programs that may never end, and hands on what they print as it comes. Each leads a process group of its own, which
// ends with the program, with its reader, or with us (`watchdog.ts`). Nothing is kept of what it prints.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fail } from '../../errors.ts';
import { codeOf } from '../../platform/errno.ts';
import type { LongRunning, LongRunningRequest } from '../../ports.ts';
import { createGroups, type Groups } from './groups.ts';

const GRACE_MS = 2000;
/** Output may still come from a process that has left the group. */
const LINGER_MS = 250;

export function createLongRunning(graceMs = GRACE_MS): LongRunning {
  const groups = createGroups();
  return { run: (request) => run(request, groups, graceMs) };
}

async function run(request: LongRunningRequest, groups: Groups, graceMs: number): ReturnType<LongRunning['run']> {
  const { argv, dir, env, signal } = request;
  const [program = '', ...rest] = argv;
  if (signal.aborted) throw fail('interrupted');
  if (!existsSync(dir)) throw fail('directory-gone');
  groups.ready();
  const child = spawn(program, rest, { cwd: dir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const { pid } = child;
  const ended = new Promise<{ readonly exitCode: number | null; readonly signal: string | null }>((done, failed) => {
    child.once('error', (error) =>
      failed(['ENOENT', 'EACCES', 'ENOEXEC'].includes(codeOf(error)) ? fail('program-not-found', { program }, error) : error),
    );
    child.once('exit', (exitCode, by) => done({ exitCode, signal: by }));
  });
  ended.catch(() => undefined);
  if (pid === undefined) return ended;
  groups.add(pid);

  let force: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (force !== undefined) return;
    groups.signal(pid, 'SIGTERM');
    force = setTimeout(() => groups.signal(pid, 'SIGKILL'), graceMs);
  };
  signal.addEventListener('abort', stop, { once: true });
  const broken = new AbortController();
  const hear = async (stream: Readable, heard: (bytes: Buffer) => Promise<void>): Promise<void> => {
    try {
      for await (const bytes of stream) {
        // Who does not want to hear more lets it end.
        if (!broken.signal.aborted) await heard(bytes as Buffer);
      }
    } catch (error) {
      // A stream that we have closed ourselves.
      if (codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') {
        broken.abort();
        stop();
        throw error;
      }
    }
  };
  const both = Promise.all([hear(child.stdout, request.stdout), hear(child.stderr, request.stderr)]);
  both.catch(() => undefined);
  try {
    const end = await ended;
    groups.remove(pid);
    const linger = setTimeout(() => {
      if (!child.stdout.readableEnded && child.stdout.readableLength === 0) child.stdout.destroy();
      if (!child.stderr.readableEnded && child.stderr.readableLength === 0) child.stderr.destroy();
    }, LINGER_MS);
    await both.finally(() => clearTimeout(linger));
    return end;
  } finally {
    clearTimeout(force);
    signal.removeEventListener('abort', stop);
  }
}
