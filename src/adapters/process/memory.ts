// Watches what a process group holds in memory. `ulimit -v` would do it in the kernel, but counts reserved addresses, of
// which JVM and V8 take many gigabytes without using them. From /proc, so on Linux only; elsewhere nothing is watched.
// A process that moved to another group is not counted, and what is taken and given back between two looks is not seen.
import { readdirSync, readFileSync } from 'node:fs';

/** Calls `exceeded` once when the group holds more than `maxBytes`. @returns what ends the watch */
export function watchMemory(group: number, maxBytes: number, exceeded: () => void, everyMs = 500): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const timer = setInterval(() => {
    const members = membersOf(group);
    // The quick sum counts shared pages once for each process: it only says when to look closer.
    if (sum(members, 'status', /^VmRSS:\s+(\d+) kB/m) <= maxBytes) return;
    if (sum(members, 'smaps_rollup', /^Pss:\s+(\d+) kB/m) <= maxBytes) return;
    clearInterval(timer);
    exceeded();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Process ids, from the third field after the name in /proc/PID/stat (proc(5)). */
function membersOf(group: number): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    const stat = read(`/proc/${name}/stat`);
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) === group;
  });
}

function sum(members: readonly string[], file: string, pattern: RegExp): number {
  return members.reduce((bytes, pid) => bytes + Number(pattern.exec(read(`/proc/${pid}/${file}`))?.[1] ?? 0) * 1024, 0);
}

/** Empty where the process has ended meanwhile, or is not ours. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
