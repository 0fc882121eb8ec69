// Takes secrets out of what the system shows of this process: the block of its environment, which every program of the same
// user may read in /proc (proc_pid_environ(5)) and `ps e` prints, and the memory that a crash would leave on the disk.
// Linux only. Memory itself stays readable to whoever may trace this process.
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';

/** Fields `env_start` of /proc/PID/stat, counted from 1 (proc_pid_stat(5)); the name in the second may hold blanks. */
const ENV_START = 50;
const FIRST_BEHIND_NAME = 3;

/**
 * Afterwards neither `process.env` nor what a child inherits has them; whoever needs them has a copy.
 * @param isSecret of one variable
 * @returns false where the system does not let us, or is none that is known
 */
export function concealEnvironment(isSecret: (name: string, value: string) => boolean): boolean {
  const names = Object.entries(process.env).flatMap(([name, value]) => (isSecret(name, value ?? '') ? [name] : []));
  try {
    overwrite(new Set(names));
    // Nothing of the heap or the stack goes into a core file (core(5)); children inherit it.
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    return false;
  } finally {
    for (const name of names) delete process.env[name];
  }
  return true;
}

/** The names stay, the values become asterisks. */
function overwrite(names: ReadonlySet<string>): void {
  const block = readFileSync('/proc/self/environ', 'latin1');
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  let at = Number(fields[ENV_START - FIRST_BEHIND_NAME]);
  const memory = openSync('/proc/self/mem', 'r+');
  try {
    for (const entry of block.split('\0')) {
      const value = entry.indexOf('=') + 1;
      const length = entry.length - value;
      if (length > 0 && names.has(entry.slice(0, value - 1))) writeSync(memory, Buffer.alloc(length, '*'), 0, length, at + value);
      at += entry.length + 1;
    }
  } finally {
    closeSync(memory);
  }
}
