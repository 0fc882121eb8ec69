// The process groups that are alive now: ended together, by us or, when we are gone, by the watchdog.
import { codeOf } from '../../platform/errno.ts';
import { createWatchdog } from './watchdog.ts';

export interface Groups {
  /** Before a program is started. */
  ready(): void;
  add(pid: number): void;
  /** Kills what is left of the group. */
  remove(pid: number): void;
  signal(pid: number, signal: NodeJS.Signals): void;
}

/** The groups alive now. They are killed when our own process ends before them, by us or by the watchdog. */
export function createGroups(): Groups {
  const alive = new Set<number>();
  const watchdog = createWatchdog();
  const killAll = (): void => {
    for (const pid of alive) signal(pid, 'SIGKILL');
  };
  const signal = (pid: number, name: NodeJS.Signals): void => {
    try {
      // Windows has no process groups: there only the program itself is ended.
      process.kill(process.platform === 'win32' ? pid : -pid, name);
    } catch (error) {
      // ESRCH: nobody is left, which is what was wanted. EPERM: macOS says so for a group of zombies.
      if (!['ESRCH', 'EPERM'].includes(codeOf(error))) throw error;
    }
  };
  return {
    ready: watchdog.ready,
    signal,
    add(pid) {
      if (alive.size === 0) process.on('exit', killAll);
      alive.add(pid);
      watchdog.guard(pid);
    },
    remove(pid) {
      alive.delete(pid);
      if (alive.size === 0) process.off('exit', killAll);
      signal(pid, 'SIGKILL');
      watchdog.release(pid);
    },
  };
}
